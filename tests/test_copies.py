"""Copies add mentions and nothing else, and the order of the ledger's rows says nothing."""
import pandas as pd
import pytest
from evidence import claim, evidence_of, ledger_of, sources, statement
from hypothesis import given, settings
from hypothesis import strategies as st
from test_leaving import CLAIMS, ledgers

from helpers import ledger, matching, origins, paths, positions, retelling, tables, tipping
from helpers.paths import Run

PAGE = {"page_title": "Another page", "page_url": "https://example.org/x", "page_date": "2031-06-01"}


def judged(evidence, *claims):
    """What copies may not move: drift, what each origin says and how many there are, ceilings, matches, positions."""
    comparisons = matching.match(list(claims), evidence, "2031-05-10")
    drift = retelling.trace(claims, evidence, matching.best(comparisons))
    behind = origins.of_claims(comparisons, evidence)
    return (comparisons.drop(columns="reason").to_csv(), drift.to_csv(),
            behind[["claim_id", "origin", "root_id", "origin_family", "independent", "agrees", "statement_ids"]].to_csv(),
            [tipping.judge(c.kind, c, evidence, "2031-05-10")[0]["ceiling"] for c in claims],
            positions.sequences(evidence).to_csv(), origins.proposed(evidence).to_csv())


@given(ledgers(), CLAIMS, st.data())
@settings(max_examples=80)
def test_any_number_of_copies_with_or_without_retells_moves_nothing(rows, c, data):
    chosen = data.draw(st.sampled_from(rows))
    kind = data.draw(st.sampled_from(["the same", "of the original"]))
    retells = chosen["retells"] if kind == "the same" else chosen["statement_id"]
    copies = [chosen | PAGE | {"statement_id": f"{chosen['statement_id']}.copy{n}", "retells": retells}
              for n in range(data.draw(st.integers(1, 4)))]
    seen = [chosen["statement_id"], *(r["statement_id"] for r in copies)]  # a relay may name any of them
    told = [r | {"retells": data.draw(st.sampled_from(seen))} if r["retells"] == seen[0] else r for r in rows]
    before, after = evidence_of(*rows), evidence_of(*told, *copies)
    assert judged(after, c) == judged(before, c)
    assert len(after.copies) == len(before.copies) + len(copies)


def test_a_copy_that_forgot_what_it_retells_is_still_a_copy():
    rows = [statement("a"), statement("b", source="Marle Echo", retells="a", measure="killed")]
    copy = rows[1] | PAGE | {"statement_id": "z", "retells": ""}
    c = claim(source_id="~reports", measure="killed")
    assert judged(evidence_of(*rows, copy), c) == judged(evidence_of(*rows), c)


def test_copies_of_a_whole_chain_are_copies_of_each_of_its_statements():
    rows = [statement("a"), statement("b", source="Marle Echo", retells="a"), statement("c", source="Echo Mirror", retells="b")]
    again = [r | {"statement_id": f"z{r['statement_id']}", "retells": r.get("retells") and f"z{r['retells']}"} for r in rows]
    assert evidence_of(*again, *rows).copies == {"za": "a", "zb": "b", "zc": "c"}


def test_what_retells_a_copy_retells_its_original():
    rows = [statement("a"), statement("b", source="Marle Echo", retells="a", measure="killed")]
    again = [rows[0], rows[0] | PAGE | {"statement_id": "a2"}, rows[1] | {"retells": "a2"}]
    assert evidence_of(*again).parent == {"a": "", "b": "a"}
    c = claim(source_id="~reports", measure="killed")
    assert judged(evidence_of(*again), c) == judged(evidence_of(*rows), c)


def test_one_who_comes_back_to_his_first_words_is_not_joined_into_a_circle():
    rows = [statement("a"), statement("b", low=50, retells="a"), statement("c", retells="b")]
    assert evidence_of(*rows).way("c") == ["a", "b", "c"]


def test_another_day_or_another_source_is_no_copy():
    found = evidence_of(statement("a"), statement("b", said_on="2031-05-09"), statement("c", source="Field Survey"))
    assert not found.copies and len(found.statements) == 3


def test_the_mentions_of_an_origin_count_its_copies():
    evidence = evidence_of(statement("a"), statement("b", **PAGE), statement("c", **PAGE))
    (origin,) = origins.of_claims(matching.match([claim()], evidence), evidence).to_dict("records")
    assert (origin["mentions"], origin["statement_ids"], origin["why"]) == (3, "a", "2 verbatim copies")


@pytest.mark.parametrize("relays", [True, False])
def test_a_copy_of_every_shipped_statement_changes_nothing(relays):
    run = paths.run("kursk-retelling")
    sources_ = tables.read("sources", run)
    known = ledger.read(run)
    copies = known.assign(statement_id=known.statement_id + "x", page_url="")
    if relays:
        copies = copies.assign(retells=known.statement_id)
    doubled = ledger.evidence(pd.concat([known, copies], ignore_index=True), sources_)
    alone = ledger.evidence(known, sources_)
    assert doubled.statements.keys() == alone.statements.keys() and doubled.root == alone.root
    assert len(doubled.copies) == len(known)


@given(ledgers(), CLAIMS, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_rows_changes_no_byte(rows, c, chance):
    shuffled = chance.sample(rows, len(rows))
    one, other = evidence_of(*rows), evidence_of(*shuffled)
    assert judged(one, c) == judged(other, c)
    assert (tipping.sensitivity([(c.kind, c)], one, "2031-05-10").to_csv()
            == tipping.sensitivity([(c.kind, c)], other, "2031-05-10").to_csv())


def test_the_order_of_the_file_changes_no_byte_of_what_is_read(tmp_path):
    rows = [statement("b", said_on="2031-05-09"), statement("c"), statement("a", retells="c"), statement("d")]
    found = []
    for n, order in enumerate((rows, rows[::-1])):
        raw = tmp_path / str(n)
        tables.write("statements", tables.frame("statements", order), raw / "statements.csv")
        tables.write("sources", sources(), raw / "sources.csv")
        found.append(ledger.read(Run("d", "", raw, tmp_path / "out")).to_csv())
    assert found[0] == found[1]


def test_an_empty_ledger_gives_nothing_and_no_error():
    evidence = ledger.evidence(ledger_of(), sources())
    assert matching.match([claim()], evidence).empty and matching.not_compared([claim()], evidence).empty
    assert positions.sequences(evidence).empty and origins.proposed(evidence).empty
    assert tipping.judge("quantity", claim(), evidence, "2031-05-10")[0]["ceiling"] == "6"
    assert tipping.sensitivity([("quantity", claim())], evidence, "2031-05-10").empty
