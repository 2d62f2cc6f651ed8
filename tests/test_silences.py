"""Whoever was asked and did not answer has said nothing on the matter: an act of declining, and nobody committed."""
import pytest

from helpers import attributions, language, proposals

DECLINED = [
    ("The abbot evaded questions about the deaths.", "evaded", "the deaths"),
    ("The rector dodged a question on whether the school would close.", "dodged", "whether the school would close"),
    ("The coach would not be drawn on the arrests.", "would not be drawn", "the arrests"),
    ("The dairy did not respond to a request for comment.", "did not respond", "a request for comment"),
    ("The dairy failed to reply to three emails about the leak.", "failed to reply", "the leak"),
    ("The dairy has yet to answer the question.", "has yet to answer", "the question"),
    ("Asked whether the vault was empty, Mr Orrin dodged the question.", "dodged", "whether the vault was empty"),
    ("The colonel deflected when asked whether guards had fired.", "deflected", "whether guards had fired"),
    ("The envoy avoided saying whether the talks had failed.", "avoided", "whether the talks had failed"),
    ("The clinic was not available for comment.", "was not available", "comment"),
    ("Ada Moss could not be reached for comment.", "could not be reached", "comment"),
    ("The regiment remained silent on the toll.", "remained silent", "the toll"),
    ("The police gave no details of the arrests.", "gave", "the arrests")]


@pytest.mark.parametrize("text, cue, content", DECLINED)
def test_no_answer_declines_and_says_what_it_leaves_open(text, cue, content):
    found = [(a.act, p.doc[slice(*a.cue)].text, [p.doc[slice(*c)].text for c in a.content], a.value)
             for p in language.passages(text) for a in attributions.find(p, {})]
    assert found == [("decline", cue, [content], "Uu")]


@pytest.mark.parametrize("text", [text for text, *_ in DECLINED])
def test_a_claim_that_is_not_answered_is_held_by_nobody(text):
    held = [(c.speech_act, c.factuality_author, c.factuality_source)
            for c in proposals.propose(text).claims.itertuples() if c.source_type != "none"]
    assert ("decline", "Uu", "Uu") in held and not {act for act, *_ in held} & {"say", "confirm", "deny"}


@pytest.mark.parametrize("text", [
    "The patient did not respond to the drug.", "The cyclist dodged a lorry.", "The summit could not be reached.",
    "The hall was silent.", "The bailiff avoided the question of money.", "The seats were unavailable.",
    "The mayor did not dodge the question."])
def test_a_deed_is_no_silence(text):
    assert all(a.act != "decline" for p in language.passages(text) for a in attributions.find(p, {}))
