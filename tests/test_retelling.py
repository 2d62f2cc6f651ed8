import pytest
from evidence import claim, evidence_of, sources, statement
from hypothesis import given
from hypothesis import strategies as st

from helpers import ledger, matching, origins, retelling, tipping

NAN = float("nan")


def net(c, *rows, published="2031-05-10"):
    evidence = evidence_of(*rows)
    found = retelling.trace([c], evidence, matching.best(matching.match([c], evidence, published)))
    return {(r.field, r.old, r.new, r.direction) for r in found[found.step == 0].itertuples()}


def test_a_faithful_retelling_has_not_drifted():
    assert net(claim(), statement("a")) == set()


@pytest.mark.parametrize("change, drift", [
    ({"measure": "killed"}, ("measure", "killed_or_wounded", "killed", "stronger")),
    ({"measure": "casualties_all"}, ("measure", "killed_or_wounded", "casualties_all", "weaker")),
    ({"bound": "about", "high": 40.0}, ("bound", "over", "about", "weaker")),
    ({"low": 42.0}, ("magnitude", "over 40", "over 42", "stronger")),
    ({"period_start": "", "period_end": ""}, ("period", "2031-05-01 to 2031-05-07", "none", "stronger")),
    ({"source_id": "~reports"}, ("source", "hospital", "~reports", "other")),
    ({"source_id": "survey"}, ("source", "hospital", "survey", "other")),
    ({"source_id": "author"}, ("source", "hospital", "author", "other")),
])
def test_changing_one_field_of_a_faithful_retelling_gives_exactly_that_drift(change, drift):
    assert net(claim(**change), statement("a")) == {drift}


def test_a_bound_that_was_dropped_is_a_drift():
    up_to = statement("a", low="", high=40, bound="at_most")
    assert net(claim(low=40.0, high=40.0, bound=""), up_to) == {("bound", "at_most", "none", "stronger")}


def test_a_dropped_hedge_is_a_drift_and_an_other_hedge_is_not():
    assert net(claim(), statement("a", qualifier="more than; likely")) == {("hedge", "likely", "none", "stronger")}
    assert net(claim(hedged=True), statement("a", qualifier="more than; likely")) == set()


@pytest.mark.parametrize("old, new, direction", [("no_comment", "deny", "stronger"), ("evade", "deny", "stronger"),
                                                 ("deny", "no_comment", "weaker")])
def test_silence_evasion_and_denial_are_three_stances(old, new, direction):
    c = claim(stance=new, source_id="ministry", low=NAN, bound="", period_start="", period_end="")
    said = statement("a", source="Marle Echo", stance=old, low="", bound="", period_start="", period_end="")
    assert net(c, said) == {("stance", old, new, direction)}


def test_a_relay_presented_as_the_origin_is_a_source_drift_back_to_the_root():
    evidence = evidence_of(statement("a"), statement("b", source="Health Ministry", retells="a"))
    c = claim(source_id="ministry")
    found = retelling.trace([c], evidence, matching.best(matching.match([c], evidence)))
    assert [(r.step, r.from_id, r.to_id, r.old, r.new, r.note) for r in found.itertuples()] == [
        (0, "a", "c1", "hospital", "ministry", "a relay is presented as the origin"),
        (2, "b", "c1", "hospital", "ministry", "a relay is presented as the origin")]


def test_another_source_is_told_on_the_step_where_it_was_named_and_not_again():
    evidence = evidence_of(statement("a"), statement("b", source="Health Ministry", retells="a",
                                                     paraphrase="More than 40 patients are dead or ill"))
    c = claim(source_id="ministry")
    found = retelling.trace([c], evidence, matching.best(matching.match([c], evidence)))
    assert [(r.step, r.to_id, r.old, r.new) for r in found.itertuples() if r.field == "source"] == [
        (0, "c1", "hospital", "ministry"), (1, "b", "hospital", "ministry")]


def test_drift_stands_on_the_step_where_it_happened():
    evidence = evidence_of(statement("a"), statement("b", source="Marle Echo", retells="a", measure="killed"))
    c = claim(measure="killed")
    found = retelling.trace([c], evidence, matching.best(matching.match([c], evidence)))
    assert [(r.step, r.from_id, r.to_id, r.field) for r in found.itertuples()] == [
        (0, "a", "c1", "measure"), (1, "a", "b", "measure")]


ROWS = [statement("a"), statement("b", source="Marle Echo", retells="a", measure="killed"),
        statement("c", source="Field Survey", low=41, high=41, bound=""), statement("d", source="Governor", low=15, high=15,
                                                                                   bound="", said_on="2031-05-12"),
        statement("e", source="Health Ministry", stance="deny", low="", bound="", said_on="2031-05-02")]


@given(st.permutations(ROWS))
def test_the_order_of_the_ledgers_rows_changes_nothing(rows):
    def all_of(rows):
        table = ledger_table(rows)
        evidence = ledger.evidence(table, sources())
        found = matching.match([claim(), claim("c2", measure="killed")], evidence, "2031-05-10")
        return [t.to_csv() for t in (found, retelling.trace([claim()], evidence, matching.best(found)),
                                     origins.of_claims(found, evidence))]
    assert all_of(rows) == all_of(ROWS)


def ledger_table(rows):
    from evidence import ledger_of
    return ledger_of(*rows).sort_values(["said_on", "statement_id"], kind="stable").reset_index(drop=True)


@given(st.sampled_from(ROWS), st.integers(1, 20))
def test_copies_of_any_statement_change_no_drift_no_origin_and_no_ceiling(original, copies):
    more = [original | {"statement_id": f"{original['statement_id']}{n}", "retells": original["statement_id"],
                        "source": "Echo Mirror"} for n in range(copies)]
    for c in (claim(), claim(measure="killed", source_id="~reports")):
        def judged(rows):
            return tipping.judge("quantity", c, ledger.evidence(ledger_table(rows), sources()), "2031-05-10")

        (before, behind), (after, behind_after) = judged(ROWS), judged(ROWS + more)
        assert after["ceiling"] == before["ceiling"]
        assert len(behind_after) == len(behind)
        assert sum(o["agrees"] == "yes" for o in behind_after) == sum(o["agrees"] == "yes" for o in behind)
        assert net(c, *ROWS) == net(c, *ROWS, *more)
