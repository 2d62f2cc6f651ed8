"""Where the words show that somebody said it and name nobody, the source is unnamed and the cue is the word that says so."""
import pytest

from helpers import proposals

UNNAMED = [
    ("It is believed that the fever came in with the cattle.", "is believed", "estimate", "PR+"),
    ("It has been claimed that guards beat two prisoners.", "has been claimed", "allege", "CT+"),
    ("It is understood the dairy has cut forty jobs.", "is understood", "say", "CT+"),
    ("It later transpired that two nurses had died.", "later transpired", "say", "CT+"),
    ("The juror is said to have fled.", "is said", "say", "CT+"),
    ("The rally was reportedly called off.", "reportedly", "say", "CT+"),
    ("There are reports that the ferry has sunk.", "", "say", "CT+"),
    ("There are fears that the dam could fail.", "fears", "speculate", "PS+"),
    ("Turnout was put at 40,000.", "was put", "estimate", "PR+"),
    ("Three miners are feared trapped.", "are feared", "speculate", "PS+"),
    ("The trawler is believed lost.", "is believed", "estimate", "PR+")]


@pytest.mark.parametrize("text, cue, act, value", UNNAMED)
def test_nobody_is_named(text, cue, act, value):
    found = proposals.propose(text)
    held = [(c.cue, c.speech_act, c.factuality_source) for c in found.claims.itertuples() if c.source_type == "unnamed"]
    assert held == [(cue, act, value)]
    assert set(found.attributions.source_exact) == {""}
    assert not {"It", "There", "was", "is"} & set(found.attributions.cue_exact)


@pytest.mark.parametrize("text", [
    "The rally was called off.", "Three survivors emerged.", "The union backed down.", "The clerk was found guilty."])
def test_a_verb_that_only_looks_like_one_of_saying_reports_nothing(text):
    assert set(proposals.propose(text).claims.source_type) == {"none"}
