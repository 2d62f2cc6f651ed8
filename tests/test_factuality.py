"""How sure whom is of what (FactBank's values), and the hedges that say so."""
import pytest

from helpers import factuality, proposals


def values(text, find):
    """(author, source) of the claim whose words contain `find`, the shortest such."""
    claims = [c for c in proposals.propose(text).claims.to_dict("records") if find in c["exact"]]
    claim = min(claims, key=lambda c: len(c["exact"]))
    return claim["factuality_author"], claim["factuality_source"]


@pytest.mark.parametrize("text, author, source", [
    ("The dam broke in May.", "CT+", "CT+"),
    ("The dam did not break in May.", "CT-", "CT-"),
    ("No dam broke in May.", "CT-", "CT-"),
    ("The dam may have broken.", "PS+", "PS+"),
    ("The dam might not break.", "PS-", "PS-"),
    ("The dam probably broke.", "PR+", "PR+"),
    ("Did the dam break?", "Uu", "Uu"),
    ("Engineers say that the dam broke.", "Uu", "CT+"),
    ("Engineers allege that the dam broke.", "Uu", "CT+"),
    ("Engineers say that the dam may break.", "Uu", "PS+"),
    ("Engineers believe that the dam broke.", "Uu", "PR+"),
    ("Engineers suspect that the dam did not break.", "Uu", "PR-"),
    ("Engineers confirmed that the dam broke.", "CT+", "CT+"),
    ("Reports indicate that the dam broke.", "PR+", "CT+"),
    ("This suggests that the dam broke.", "PR+", "PR+"),
    ("The dam reportedly broke.", "Uu", "CT+"),
    ("Engineers do not believe that the dam broke.", "Uu", "PR-")])
def test_author_and_source_are_told_apart(text, author, source):
    assert values(text, "dam") == (author, source)


def test_a_denial_is_what_its_source_asserts_to_be_false():
    claim = proposals.propose("The firm denies the closure.").claims.iloc[0]
    assert (claim.factuality_source, claim.factuality_author, claim.polarity) == ("CT-", "Uu", "neg")


def test_a_condition_is_not_asserted():
    assert values("If the dam breaks, the town will flood.", "dam breaks") == ("Uu", "Uu")


def test_certainty_only_falls_on_the_way_and_two_negatives_make_a_positive():
    assert factuality.passed_on("CT+", "PR+") == "PR+" and factuality.passed_on("PS-", "PR-") == "PS+"
    assert factuality.passed_on("Uu", "CT+") == "Uu"
    assert factuality.of_author("CT+", ["CT+", "Uu"]) == "Uu" and factuality.of_source("CT+", ["Uu", "PR+"]) == "PR+"


@pytest.mark.parametrize("text, found", [
    ("About 30 boats possibly sank.", ["about", "possibly"]), ("They spoke about boats.", []),
    ("The ship may sail.", ["may"]), ("The ship sailed in May.", []), ("Some boats sank.", []),
    ("Some 40 boats sank.", ["some"])])
def test_hedges_count_where_they_hedge(text, found):
    claim = proposals.propose(text).claims.iloc[0]
    assert [h for h in claim.hedges.split(";") if h] == found
