"""How sure whom is of what (FactBank's values), by which words, and the hedges.

cases/factuality.csv: `claim` is words of the claim, the shortest claim that holds them is meant; `values` names every
holder in the chain outward with its value, `cues` the words that made the author's value what it is.
"""
import csv
from collections import Counter
from pathlib import Path

import pytest

from helpers import factuality, proposals, tagger

FILE = Path(__file__).parent / "cases" / "factuality.csv"
with FILE.open(encoding="utf-8", newline="") as f:
    CASES = list(csv.DictReader(f))


@pytest.fixture(autouse=True)
def rules_alone(monkeypatch):
    """The chains are the rules' part, with the tagger's model or without."""
    monkeypatch.setattr(tagger, "load", lambda *_: None)


def held(text, words):
    """The rows of the table factuality of the shortest claim that holds some words, the author's first."""
    found = proposals.propose(text)
    claims = [c for c in found.claims.itertuples() if words in c.exact]
    assert claims, "no claim holds these words"
    claim = min(claims, key=lambda c: len(c.exact))
    return found.factuality[found.factuality.claim_id == claim.claim_id].to_dict("records")


@pytest.mark.parametrize("case", CASES, ids=[f"{c['field']}: {c['sentence']}" for c in CASES])
def test_each_holder_is_committed_as_far_as_the_words_go_and_no_farther(case):
    rows = held(case["sentence"], case["claim"])
    assert "; ".join(f"{r['holder']} {r['value']}" for r in rows) == case["values"]
    assert rows[0]["cue_words"] == case["cues"]


def test_each_field_has_its_share_of_cases():
    assert min(Counter(c["field"] for c in CASES).values()) >= 15


def test_each_holder_has_the_words_that_stand_between_the_clause_and_itself():
    text = "The paper says that the ministry suspects that the farm knew that the hens may be ill."
    assert [(r["level"], r["holder"], r["value"], r["cue_words"]) for r in held(text, "the hens")] == [
        (0, "author", "Uu", "says … suspects … knew … may"), (1, "~paper", "Uu", "says … suspects … knew … may"),
        (2, "~ministry", "PS+", "suspects … knew … may"), (3, "~farm", "PS+", "knew … may")]


def test_the_cues_are_spans_of_the_text_as_it_was_given():
    text = "\n\n  No\u00adbody said that the wells\u200b could  not have closed."
    for row in held(text, "closed"):
        spans = [map(int, span.split("-")) for span in row["cues"].split(";")]
        assert " … ".join(text[start:end] for start, end in spans) == row["cue_words"]
    assert row["cue_words"] == "No\u00adbody … said … could … not"


@pytest.mark.parametrize("frame, value", [
    ("It is {} that the dam broke.", {"likely": "PR+", "not likely": "PR-", "possible": "PS+", "impossible": "CT-",
                                      "not possible": "CT-", "certain": "CT+", "not certain": "Uu", "true": "CT+",
                                      "false": "CT-", "not false": "CT+", "almost certain": "PR+"}),
    ("There is {} that the dam broke.", {"no doubt": "CT+", "little doubt": "PR+", "a chance": "PS+",
                                         "no chance": "CT-", "little chance": "PR-"}),
    ("The dam {} broken.", {"has": "CT+", "has not": "CT-", "has never": "CT-", "may have": "PS+",
                            "may not have": "PS-", "could not have": "CT-", "cannot have": "CT-", "must have": "PR+", "has probably": "PR+",
                            "has probably not": "PR-", "would have": "PR+", "has not necessarily": "Uu"})])
def test_a_negation_has_the_word_beside_it_in_its_scope(frame, value):
    words = {text: held(frame.format(text), "dam")[0]["value"] for text in value}
    assert words == value


@pytest.mark.parametrize("text", [
    "If the dam breaks, the town will flood.", "The town will flood unless the dam is mended.",
    "Had the dam been mended, the town would have been spared.", "Did the town flood?",
    "Officials ask whether the town will flood.", "The town must pay."])
def test_what_depends_is_asked_or_is_only_demanded_commits_nobody(text):
    assert {r["value"] for r in held(text, "town")} == {"Uu"}


@pytest.mark.parametrize("said", ["knows", "does not know", "may know", "forgot", "regrets", "did not reveal",
                                  "is not aware"])
def test_what_is_taken_for_granted_stays_so_for_the_author(said):
    assert held(f"The mayor {said} that the dam broke.", "the dam broke")[0]["value"] == "CT+"


@pytest.mark.parametrize("said", ["says", "does not say", "may say", "denies", "hopes", "is sure", "did not confirm"])
def test_what_is_merely_said_does_not_commit_the_author(said):
    assert held(f"The mayor {said} that the dam broke.", "the dam broke")[0]["value"] == "Uu"


def test_whoever_denies_a_report_has_not_denied_what_was_reported():
    rows = held("The mayor denied that the clerk had confirmed that the dam broke.", "the dam broke")
    assert [r["value"] for r in rows] == ["Uu", "Uu", "CT+"]


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
    assert factuality.passed_on("CT-", "CT-") == "CT+"


@pytest.mark.parametrize("text, found", [
    ("About 30 boats possibly sank.", ["about", "possibly"]), ("They spoke about boats.", []),
    ("The ship may sail.", ["may"]), ("The ship sailed in May.", []), ("Some boats sank.", []),
    ("Some 40 boats sank.", ["some"])])
def test_hedges_count_where_they_hedge(text, found):
    claim = proposals.propose(text).claims.iloc[0]
    assert [h for h in claim.hedges.split(";") if h] == found
