"""What the assessment's table of numbers counts as saying the same, and what it says of the evidence then and now."""
from evidence import claim, evidence_of, statement

from helpers import findings, matching, origins, prospects, tables, tipping


def same(*said):
    evidence = evidence_of(*said)
    comparisons = matching.match([claim()], evidence, "2031-05-10")
    t = {"comparisons": comparisons, "origins": origins.of_claims(comparisons, evidence),
         "not_compared": matching.not_compared([claim()], evidence, "2031-05-10")}
    return findings.numbers(t, [claim()])[0]["same"]


def test_relays_of_one_origin_are_no_further_numbers():
    relays = [statement(f"r{n}", source="Marle Echo", retells="a", said_on=f"2031-05-0{n}", paraphrase=f"{n}") for n in (8, 9)]
    assert same(statement("a")) == "a" and same() == "none"
    assert same(statement("a"), *relays) == "a (1 origin, 3 statements)"
    assert same(statement("a"), *relays, statement("s", source="Field Survey")) == "a, s (2 origins, 4 statements)"


def test_a_claim_that_could_be_set_beside_nothing_then_and_can_now_is_told():
    c = claim(source_id="~reports", population="")
    then, now = evidence_of(), evidence_of(statement("a", said_on="2031-06-01"))
    moved = tipping.moved([("quantity", c)], then, now, "2031-05-10")
    assert ("beside", "none", "some") in set(zip(moved.what, moved.then, moved.now))
    t = {"claims": tables.empty("claims"), "grades": tables.empty("grades"), "sensitivity": tables.empty("sensitivity")}
    assert any("could be set beside" in line or "set beside it" in line for line in prospects.movements(moved, t))
    assert "beside" not in set(tipping.moved([("quantity", c)], now, now, "2031-05-10").what)
