import pytest
from evidence import claim, evidence_of, statement

from helpers import ceilings, tipping

DENIED = statement("deny", source="Governor", stance="deny", low="", bound="", said_on="2031-05-02")
CONFIRMED = statement("yes", source="Governor", stance="confirm", low="", bound="", said_on="2031-06-02")


def ceiling(*rows, kind="quantity", **fields):
    return tipping.judge(kind, claim(kind=kind, **fields), evidence_of(*rows), "2031-05-10")[0]["ceiling"]


@pytest.mark.parametrize("rows, expected", [
    ([], "6"),
    ([statement("a")], "2"),                                                     # one known origin
    ([statement("a", source="Health Ministry")], "3"),                           # a party to the event alone
    ([statement("a", source="Marle Echo")], "3"),                                # not known to be independent
    ([statement("a"), statement("b", source="Field Survey")], "1"),              # two known origins
    ([statement("a"), statement("b", source="Field Survey"), DENIED], "2"),      # a standing denial
    ([statement("a"), statement("b", source="Field Survey"), DENIED, CONFIRMED], "1"),
    ([statement("a", low=5, high=5, bound="")], "4"),                            # contradicted, not confirmed
])
def test_no_claim_is_graded_better_than_its_origins_allow(rows, expected):
    assert ceiling(*rows) == expected


def test_a_claim_stronger_than_its_own_root_is_doubtful_until_another_origin_says_it():
    drifted = [statement("a"), statement("b", source="Marle Echo", retells="a", measure="killed")]
    assert ceiling(*drifted, measure="killed", source_id="~reports") == "4"
    assert ceiling(*drifted, statement("c", source="Field Survey", measure="killed", low=45, high=45, bound=""),
                   measure="killed", source_id="~reports") == "3"


@pytest.mark.parametrize("kind", ["opinion", "prediction"])
def test_opinions_and_predictions_cannot_be_judged_whatever_stands_beside_them(kind):
    assert ceiling(statement("a"), statement("b", source="Field Survey"), kind=kind) == "6"


def test_that_such_a_thing_happened_is_at_best_probable_until_a_denier_confirms_it():
    said = [statement("a"), statement("b", source="Field Survey")]
    vague = {"kind": "event", "low": float("nan"), "bound": ""}
    assert ceiling(*said, **vague) == "2"
    assert ceiling(*said, DENIED, CONFIRMED, **vague) == "1"


def test_a_reason_names_only_the_statements_that_say_so():
    result, _ = tipping.judge("quantity", claim(), evidence_of(
        statement("a"), statement("c", low=10, high=10, bound="", measure="killed")), "2031-05-10")
    assert "Marle Hospital says the same, like for like (a)." in result["reasons_for"]


def test_a_claim_that_only_its_own_root_speaks_to_says_what_became_of_it():
    drift = [{"step": 0, "root_id": "a", "field": "measure", "old": "suspected_case", "new": "confirmed_case",
              "direction": "stronger"}]
    found = ceilings.of_claim("quantity", claim(), [], drift, evidence_of(statement("a")))
    assert found["ceiling"] == "6" and found["statement_ids"] == ["a"]
    assert found["reasons_against"][0] == "Its own root a says less: measure “suspected case” became “confirmed case”."


def test_no_letter_without_a_track_record():
    record = ceilings.track_record(evidence_of(statement("a"), statement("b", source="Field Survey")))
    assert record.empty and ceilings.of_source("hospital", record)["ceiling"] == "F"


def test_what_a_denier_confirms_later_bears_out_those_who_said_it_and_not_the_deniers():
    record = ceilings.track_record(evidence_of(statement("a"), statement("r", source="Marle Echo", retells="a"), DENIED,
                                               CONFIRMED))
    assert dict(zip(record.statement_id, record.borne_out)) == {"a": "yes", "deny": "no"}
    assert set(record.resolved_by) == {"yes"}


def test_the_letter_follows_the_lower_end_of_the_interval():
    many = [statement(f"a{n}", low=40 + n) for n in range(13)]
    record = ceilings.track_record(evidence_of(*many, DENIED, CONFIRMED))
    found = ceilings.of_source("hospital", record)
    # 13 of 13 with Beta(1,1): the lower 5% point is 0.05 ** (1/14) = 0.807
    assert found["ceiling"] == "A" and "0.81 to 1.00" in found["reasons_for"][0]


def test_the_tipping_points_name_the_one_statement_that_a_ceiling_rests_on():
    evidence = evidence_of(statement("a"), statement("b", source="Field Survey"))
    found = tipping.sensitivity([("quantity", claim())], evidence, "2031-05-10")
    dropped = found[found.change == "drop statement"].set_index("changed_id")
    assert dict(dropped.ceiling_after) == {"a": "2", "b": "2"} and set(dropped.moves) == {"yes"}
    assert list(found[found.change == "copy statement"].moves) == ["no"]
