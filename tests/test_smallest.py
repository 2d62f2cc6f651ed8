"""The smallest change that moves a ceiling is said in words, and the words are true of the rules."""
import pytest
from evidence import claim, evidence_of, statement
from hypothesis import given, settings
from test_leaving import CLAIMS, ledgers

from helpers import ceilings, smallest, tipping

DENIED = statement("deny", source="Governor", stance="deny", low="", bound="", said_on="2031-05-02")


def up(*rows, kind="quantity", **fields):
    return tipping.judge(kind, claim(kind=kind, **fields), evidence_of(*rows), "2031-05-10")[0]["would_raise"]


def down(*rows, **fields):
    return tipping.judge("quantity", claim(**fields), evidence_of(*rows), "2031-05-10")[0]["would_lower"]


def test_one_known_origin_asks_for_a_second_that_is_independent_of_it():
    [said] = up(statement("a"))
    assert said == ("A second origin, independent of Marle Hospital, that gives over 40 killed or wounded (patients, 2031-05-01 "
                    "to 2031-05-07) would lift the ceiling from 2 to 1.")


def test_a_drifted_claim_asks_for_the_dead_apart_from_the_wounded():
    rows = [statement("a"), statement("b", source="Marle Echo", retells="a", measure="killed")]
    [said] = up(*rows, measure="killed", source_id="~reports")
    assert "independent of Marle Hospital" in said and "counted apart from “killed or wounded”" in said and "from 4 to 3" in said


def test_a_standing_denial_asks_for_the_deniers_confirmation_and_nothing_else():
    said = up(statement("a"), statement("b", source="Field Survey"), DENIED)
    assert said == ["A confirmation by Health Ministry (party), which denied it (deny) would lift the ceiling from 2 to 1."]


def test_what_is_missing_twice_is_asked_for_together():
    [said] = up(statement("a"), DENIED)
    assert said.startswith("A second origin") and " and a confirmation by " in said and said.endswith("from 2 to 1.")


def test_an_origin_that_may_repeat_another_asks_for_proof_that_it_does_not():
    said = up(statement("a", source="Marle Echo"))
    assert any("Proof that Marle Echo speaks on knowledge of its own" in s for s in said)


def test_an_amount_in_words_says_that_no_statement_can_lift_it():
    [said] = up(statement("a"), low=float("nan"), bound="")
    assert said == "No further statement lifts it above 3 while it gives no number."


def test_opinions_have_no_smallest_change_and_a_claim_of_nothing_counted_asks_for_another_reading():
    assert smallest.of_claim("opinion", None, [], [], evidence_of()) == {"would_raise": [], "would_lower": []}
    assert "another" not in up(statement("a"))[0]
    assert "ledger counts" in smallest.of_claim("event", None, [], [], evidence_of())["would_raise"][0]


def test_what_would_lower_it_names_who_would_have_to_withdraw_what_or_to_contradict():
    said = down(statement("a"), statement("b", source="Field Survey"))
    assert said == ["A withdrawal by Marle Hospital of a would lower it from 1 to 2.",
                    "A withdrawal by Field Survey of b would lower it from 1 to 2.",
                    "Proof that Marle Hospital and Field Survey are one origin would lower it from 1 to 2."]


@given(ledgers(most=6), CLAIMS)
@settings(max_examples=60)
def test_no_lever_promises_what_the_rules_do_not_give(rows, c):
    result, behind = tipping.judge(c.kind, c, evidence_of(*rows), "2031-05-10")
    for said in result["would_raise"]:
        if "from" in said and " to " in said and "would lift" in said:
            old, new = said.rstrip(".").split("the ceiling from ")[1].split(" to ")
            assert old == result["ceiling"] and int(new) < int(old)
    for said in result["would_lower"]:
        old, new = said.rstrip(".").split("it from ")[1].split(" to ")
        assert old == result["ceiling"] and int(new) > int(old)
    assert result["ceiling"] == "1" or result["would_raise"]


@pytest.mark.parametrize("good, n", [(0, 0), (2, 2), (4, 4), (5, 9), (40, 40)])
def test_a_letter_says_how_many_statements_would_move_it(good, n):
    said, now = smallest.of_record(good, n), ceilings.letter(good, n)
    if now == "F":
        assert said["would_raise"] == [f"{3 - n} more of its own statements that a later confirmation settles would give it "
                                       "a letter."]
    else:
        assert bool(said["would_raise"]) == (now != "A")
        assert bool(said["would_lower"]) == (now != "E")
