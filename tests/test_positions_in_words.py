"""A denial, an evasion and silence are met by who holds them and what they are on, whatever name the ledger gives the subject."""
import pytest
from evidence import claim, evidence_of, statement

from helpers import ceilings, findings, matching, origins, retelling

OPEN = {"low": float("nan"), "bound": "", "period_start": "", "period_end": ""}
BLANK = {"low": "", "bound": "", "period_start": "", "period_end": "", "population": ""}
DENIED = claim(kind="event", stance="deny", polarity="neg", source_id="ministry", measure="know", population="well water",
               proposition="It had known that the well water was fouled", **OPEN)


def held(statement_id, stance, source="Health Ministry", **fields):
    return statement(statement_id, source=source, stance=stance, **BLANK | {
        "said_on": "2031-05-06", "measure": "fouled_well", "paraphrase": "On whether it knew that the well was fouled"} | fields)


def traced(c, *said, day="2031-05-10"):
    """(its match, {(field, old, new, direction)}) of a claim."""
    evidence = evidence_of(*said)
    best = matching.best(matching.match([c], evidence, day))
    net = retelling.trace([c], evidence, best).query("step == 0")
    return best.get("c1"), {(r.field, r.old, r.new, r.direction) for r in net.itertuples()}


@pytest.mark.parametrize("name", ["fouled_well", "knowledge_of_the_well", "prior knowledge"])
@pytest.mark.parametrize("stance", ["no_comment", "evade", "deny"])
def test_a_denial_meets_what_its_actor_held_on_the_same_thing_and_how(name, stance):
    change = {("stance", stance, "deny", "stronger")} - {("stance", "deny", "deny", "stronger")}
    assert traced(DENIED, held("a", stance, measure=name)) == ("a", change)


def test_a_family_and_a_paper_that_names_the_actor_hold_its_position_too():
    assert traced(DENIED, held("a", "no_comment", source="Governor"))[0] == "a"
    told = "The ministry did not answer whether it knew that the well was fouled"
    assert traced(DENIED, held("a", "no_comment", source="Marle Echo", paraphrase=told))[0] == "a"


@pytest.mark.parametrize("fields", [{"source": "Field Survey"}, {"source": "Marle Echo"}, {"said_on": "2031-05-20"}, {
    "measure": "school_closed", "paraphrase": "Denied that the school at the well road would close"}])
def test_another_s_position_a_later_one_and_one_on_another_thing_are_not_met(fields):
    assert traced(DENIED, held("a", "deny", **fields))[0] is None


@pytest.mark.parametrize("told, said, direction", [
    ("confirm", "no_comment", "other"), ("confirm", "deny", "other"), ("deny", "assert", "other"), ("deny", "confirm", "other")])
def test_any_other_stance_on_just_that_is_a_change_of_stance(told, said, direction):
    c = DENIED._replace(stance=told, polarity="neg" if told == "deny" else "pos")
    assert traced(c, held("a", said)) == ("a", {("stance", said, told, direction)})
    assert traced(c._replace(source_id="~reports", family=""), held("a", said))[0] is None


def test_what_a_denial_is_on_is_nobody_who_is_counted():
    assert traced(DENIED._replace(population="work"), held("a", "deny", population="Health Ministry")) == ("a", set())


def test_silence_supports_no_denial_and_a_denial_no_silence():
    evidence = evidence_of(held("a", "no_comment"), held("b", "evade", source="Governor"), held("d", "deny"))
    for stance, agree in (("deny", {"d"}), ("no_comment", {"a", "b"})):
        found = matching.match([DENIED._replace(stance=stance)], evidence, "2031-05-10")
        assert set(found[found.agrees.isin(["yes", "partly"])].statement_id) == agree
    silent = evidence_of(held("a", "no_comment"))
    behind = origins.of_claims(matching.match([DENIED], silent, "2031-05-10"), silent)
    assert behind.empty and ceilings.of_claim("event", DENIED, [], [], silent)["ceiling"] == "6"


def test_a_denial_that_was_made_before_the_silence_is_named_beside_the_change():
    early = held("e", "deny", said_on="2031-05-01")
    evidence = evidence_of(early, held("n", "no_comment"))
    best = matching.best(matching.match([DENIED], evidence, "2031-05-10"))
    [row] = retelling.trace([DENIED], evidence, best).query("step == 0").to_dict("records")
    assert (best["c1"], row["old"], row["new"]) == ("n", "no_comment", "deny") and row["note"].endswith("before: e")


def test_of_a_page_without_a_day_the_position_that_it_tells_comes_before_a_later_one():
    said = held("n", "no_comment", said_on="2031-05-01"), held("d", "deny", said_on="2031-05-20")
    silent = DENIED._replace(stance="no_comment", polarity="pos")
    assert traced(silent, *said, day="") == ("n", set()) and traced(DENIED, *said, day="") == ("d", set())
    assert traced(DENIED, *said)[0] == "n"


def test_denials_are_shown_by_what_they_are_on_and_those_that_are_not_matched_are_named():
    evidence = evidence_of(held("a", "no_comment"), held("s", "deny", measure="school_closed", paraphrase="No school shut"))
    [shown] = findings.positions([DENIED], evidence)
    assert shown["actor"].startswith("Health Ministry") and shown["sequence"] == "2031-05-06 no comment a"
    other = claim(measure="rained", population="", proposition="It rained in Orle")
    assert findings.positions([other], evidence) == []
    listed = findings.other_positions([other], evidence)
    assert listed["n"] == 2 and "school closed" in listed["first"][1] and findings.other_positions([], evidence_of())["n"] == 0
