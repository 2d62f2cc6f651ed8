import pytest

from helpers import annotations, tables
from helpers.paths import InputError, Run

TEXT = "The mayor said the bridge is closed. Nobody was hurt, she added."


def reading(annotator, *spans, **fields):
    rows = [{"claim_id": f"c{n}", "start": TEXT.index(s), "end": TEXT.index(s) + len(s), "exact": s, "paragraph": 1,
             "kind": "event", "chain": "author > mayor", "source_type": "named", "speech_act": "say", "polarity": "pos",
             "factuality_author": "Uu", "factuality_source": "CT+", "checkable": "yes", "status": "proposed",
             "annotator": annotator} | fields for n, s in enumerate(spans, 1)]
    return tables.frame("annotations", rows)


@pytest.fixture
def run(tmp_path):
    (tmp_path / "annotations").mkdir()
    who = [{"annotator": "ann", "kind": "person", "precedence": 2}, {"annotator": "bo", "kind": "person", "precedence": 1}]
    tables.write("annotators", tables.frame("annotators", who), tmp_path / "annotators.csv")
    return Run("bridge", "", tmp_path, tmp_path / "out")


def save(run, annotator, table):
    return tables.write("annotations", table, run.raw / "annotations" / f"bridge.{annotator}.csv")


def test_the_first_in_precedence_counts_unless_another_is_asked_for(run):
    for annotator in ("ann", "bo"):
        save(run, annotator, reading(annotator, "the bridge is closed"))
    found = annotations.readings(run, TEXT)
    assert list(found) == ["bo", "ann"]
    assert [annotations.chosen(found, a) for a in ("", "ann", annotations.RULES)] == ["bo", "ann", annotations.RULES]
    assert annotations.chosen({}) == annotations.RULES
    with pytest.raises(InputError, match="'cy' has no reading.*bo, ann, retold-rules"):
        annotations.chosen(found, "cy")


def test_a_reading_by_somebody_unknown_or_of_another_text_is_refused(run):
    save(run, "cy", reading("cy", "the bridge is closed"))
    with pytest.raises(InputError, match="'cy' is not in .*annotators.csv; allowed: bo, ann"):
        annotations.readings(run, TEXT)
    (run.raw / "annotations" / "bridge.cy.csv").unlink()
    save(run, "ann", reading("ann", "the bridge is closed"))
    with pytest.raises(InputError, match="bridge.ann.csv, row 2, column 'exact'"):
        annotations.readings(run, TEXT.replace("bridge", "tunnel"))


def test_a_reading_becomes_claims_and_numbers_without_what_was_rejected():
    read = reading("ann", "the bridge is closed", "Nobody was hurt")
    read["status"] = ["proposed", "rejected"]
    claims, quantities = annotations.as_claims(read)
    assert list(claims.claim_id) == ["c1"] and quantities.empty


def test_a_reading_says_how_firm_the_author_and_the_last_in_the_chain_are_and_by_no_words():
    claims, _ = annotations.as_claims(reading("ann", "the bridge is closed", "Nobody was hurt"))
    claims.loc[1, ["chain", "factuality_author", "factuality_source"]] = ["author", "CT-", "CT-"]
    claims.loc[0, "chain"] = "author > paper > union"
    rows = annotations.as_factuality(claims)
    assert [(r.claim_id, r.level, r.holder, r.value, r.cues) for r in rows.itertuples()] == [
        ("c1", 0, "author", "Uu", ""), ("c1", 2, "union", "CT+", ""), ("c2", 0, "author", "CT-", "")]


def test_units_are_paired_by_half_their_joint_extent_and_each_once():
    a = reading("ann", "the bridge is closed", "Nobody was hurt, she added")
    b = reading("bo", "bridge is closed", "hurt", "the bridge")
    assert annotations.paired(a, b) == [(0, 0)]


def adjudicators(run):
    who = [{"annotator": a, "kind": "adjudicator" if a == "judge" else "person", "precedence": n}
           for n, a in enumerate(("judge", "ann", "bo"))]
    tables.write("annotators", tables.frame("annotators", who), run.raw / "annotators.csv")


def test_an_adjudicated_claim_stands_for_the_readers_claim_under_its_id_and_a_rejected_one_takes_it_away(run):
    adjudicators(run)
    save(run, "ann", reading("ann", "the bridge is closed", "Nobody was hurt"))
    over = reading("judge", "the bridge is closed", "The mayor said", "Nobody was hurt", kind="opinion")
    over["status"] = ["accepted", "accepted", "rejected"]
    save(run, "judge", over.assign(claim_id=["j1", "c1", "j3"]))
    found = annotations.readings(run, TEXT)
    rest, settled = annotations.apart(run, found)
    assert list(found) == ["judge", "ann"] and list(rest) == ["ann"] and annotations.chosen(rest) == "ann"
    claims, _ = annotations.as_claims(annotations.adjudicated(rest["ann"], settled))
    assert list(zip(claims.exact, claims.kind, claims.annotator)) == [
        ("The mayor said", "opinion", "judge"), ("the bridge is closed", "opinion", "judge")]
    assert claims.claim_id[1] == "c1" and claims.claim_id.is_unique


def test_an_adjudication_alone_is_a_reading_and_two_are_refused(run):
    adjudicators(run)
    save(run, "judge", reading("judge", "the bridge is closed"))
    rest, settled = annotations.apart(run, annotations.readings(run, TEXT))
    assert list(rest) == ["judge"] and settled is None
    who = tables.read("annotators", run)
    tables.write("annotators", who.assign(kind="adjudicator"), run.raw / "annotators.csv")
    save(run, "ann", reading("ann", "the bridge is closed"))
    with pytest.raises(InputError, match="judge and ann both adjudicate 'bridge'"):
        annotations.apart(run, annotations.readings(run, TEXT))


def test_another_readers_claim_stands_in_for_the_one_on_the_same_words_and_for_no_other():
    a = reading("ann", "the bridge is closed", "Nobody was hurt")
    b = reading("bo", "the bridge is closed", kind="opinion")
    found = annotations.stand_ins({"ann": a, "bo": b}, "ann", lambda claims, quantities: [])
    assert found == {"bo": {"c1": ("opinion", None), "c2": ("", None)}}
    assert annotations.stand_ins({"ann": a}, annotations.RULES, lambda claims, quantities: []) == {}
