"""Dated indicators: whose next word would bear on a claim."""
import pandas as pd
from evidence import claim, evidence_of, statement

from helpers import matching, origins, watching


def watched(*rows, **fields):
    evidence, c = evidence_of(*rows), claim(**fields)
    found = watching.indicators([c], origins.of_claims(matching.match([c], evidence, "2031-05-10"), evidence), evidence)
    return {r.watch: r for r in found.itertuples()}


def test_who_denied_and_has_not_confirmed_is_watched_with_the_last_word():
    deny = statement("deny", source="Governor", stance="deny", low="", bound="", said_on="2031-05-02")
    found = watched(statement("a"), deny)["a confirmation or a fresh denial by Health Ministry (party)"]
    assert (found.said_on, found.statement_id, found.last, found.times, found.claim_ids) == ("2031-05-02", "deny", "deny", 1, "c1")
    confirm = statement("yes", source="Governor", stance="confirm", low="", bound="", said_on="2031-06-02")
    assert not any("denial" in w for w in watched(statement("a"), deny, confirm))


def test_a_house_that_counts_again_and_again_is_watched_with_its_pace():
    rows = [statement(f"a{n}", said_on=f"2031-05-{8 + 7 * n:02}", low=40 + n) for n in range(3)]
    found = watched(*rows)["the next number from Marle Hospital: killed or wounded"]
    assert (found.last, found.times, found.every) == ("over 42 killed or wounded", 3, 7)


def test_relays_copies_and_single_counts_are_not_watched():
    assert watched(statement("a"), statement("r", source="Marle Echo", retells="a", said_on="2031-05-20")) == {}
    assert watched(statement("a"), statement("a2"), statement("a3")) == {}
    assert watching.indicators([claim()], pd.DataFrame({"claim_id": []}), evidence_of()).empty
