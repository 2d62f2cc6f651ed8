"""One thing left out at a time: sources, annotations, what was said after a day, and the prior of a track record."""
from evidence import claim, evidence_of, statement

from helpers import ceilings, tipping

TWO = [statement("a"), statement("b", source="Field Survey", said_on="2031-05-20")]


def tried(*rows, claim_=None, **given):
    found = tipping.sensitivity([("quantity", claim_ or claim())], evidence_of(*rows), "2031-05-10", **given)
    return {(r.change, r.changed_id): r.ceiling_after for r in found.itertuples()}


def test_a_source_is_left_out_with_all_that_it_said():
    rows = [*TWO, statement("a2", said_on="2031-05-09", low=41)]
    assert tried(*rows)["drop source", "hospital"] == "2" and tried(*rows)["drop statement", "a"] == "1"


def test_a_cut_off_is_tried_for_each_day_since_publication_on_which_something_was_said():
    found = tried(*TWO)
    assert {k: v for k, v in found.items() if k[0] == "cut-off"} == {("cut-off", "2031-05-10"): "2"}


def test_an_annotation_is_left_out_field_by_field():
    found = tried(*TWO)
    assert found["drop annotation", "number"] == "3" and ("drop annotation", "period") in found
    assert ("drop annotation", "place") not in found  # the reader noted none


def test_another_readers_claim_takes_the_place_of_the_one_that_is_left_out():
    other = {"bo": {"c1": ("quantity", claim(measure="killed"))}, "cy": {"c1": ("", None)}, "di": {"c1": ("opinion", None)}}
    found = tried(*TWO, others=other)
    assert [found["drop annotation", r] for r in other] == ["4", "no claim", "6"]


def test_a_letter_is_tried_without_each_statement_and_under_other_priors():
    denied = statement("deny", source="Governor", stance="deny", low="", bound="", said_on="2031-05-02")
    confirmed = statement("yes", source="Governor", stance="confirm", low="", bound="", said_on="2031-06-02")
    evidence = evidence_of(*[statement(f"a{n}", low=40 + n) for n in range(4)], denied, confirmed)
    record = ceilings.track_record(evidence)
    found = tipping.of_records(["hospital", "survey"], record, evidence)
    after = {(r.change, r.changed_id): r.ceiling_after for r in found.itertuples()}
    assert set(found.subject) == {"hospital"} and set(found.ceiling_before) == {"C"}
    assert after["drop statement", "yes"] == "F" and after["drop statement", "a0"] == "C"
    assert after["prior", "Beta(0.5,0.5)"] == "B" and after["prior", "Beta(2,2)"] == "C"


def test_a_record_says_what_was_resolved_by_which_later_statement_and_when():
    denied = statement("deny", source="Governor", stance="deny", low="", bound="", said_on="2031-05-02")
    confirmed = statement("yes", source="Governor", stance="confirm", low="", bound="", said_on="2031-06-02")
    row = ceilings.track_record(evidence_of(statement("a"), denied, confirmed)).set_index("statement_id").loc["a"]
    assert (row.resolved_by, row.resolved_on, row.borne_out) == ("yes", "2031-06-02", "yes")
    assert row.subject == "killed or wounded, patients"
