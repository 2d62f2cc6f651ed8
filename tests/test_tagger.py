"""The trained tagger: spans at words, right offsets, one attribution once, and the rules alone if it is not there."""
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import decoding, language, merging, proposals, sources, tagger, windows

MODEL = tagger.load()

CASES = [  # text, source, cue, part of the content
    ("Doctors at the clinic said that the fever had spread to nine villages.", "Doctors at the clinic", "said",
     "the fever had spread to nine villages"),
    ("“We will march again on Friday,” a student leader told the crowd.", "a student leader", "told",
     "We will march again on Friday"),
    ("The plant will shut by June, according to a letter to the staff.", "a letter to the staff", "according to",
     "The plant will shut by June"),
    ("The defence argued that the witness had never seen the van.", "The defence", "argued",
     "the witness had never seen the van"),
    ("Police believe the fire began in the kitchen.", "Police", "believe", "the fire began in the kitchen"),
    ("The drivers have not been paid since May, the union claims.", "the union", "claims", "have not been paid"),
    ("The company denied that it had planned any layoffs.", "The company", "denied", "it had planned any layoffs"),
    ("She warned that the river could rise again.", "She", "warned", "the river could rise again")]


def read(text):
    return list(tagger.tag(text, MODEL))


def words(text, span):
    return text[slice(*span)] if span else ""


@pytest.mark.parametrize("text, source, cue, content", CASES)
def test_it_reads_news_of_other_fields_than_its_own(text, source, cue, content):
    found, = read(text)
    assert words(text, found.source) == source and cue in words(text, found.cue)
    assert content in text[found.content[0][0]:found.content[-1][1]]


def test_each_of_several_attributions_in_a_sentence_has_its_own_source():
    text = "The mayor said the bridge was safe, but two engineers warned that it would not last the winter."
    assert [words(text, a.source) for a in read(text)] == ["The mayor", "two engineers"]


def test_a_content_may_lie_on_both_sides_of_its_cue():
    text = "“The wards are full,” the nurse said, “and nobody has come to help us.”"
    found, = read(text)
    assert len(found.content) == 2 and words(text, found.source) == "the nurse"


@pytest.mark.parametrize("text", [
    "The shop opens at nine and closes at six.", "It rained on the harbour all night, and the boats stayed in.",
    "There is little hope of rain before the harvest."])
def test_what_nobody_says_is_nobody_s(text):
    assert read(text) == []


def check(text):
    for a in read(text):
        for span in (s for s in (a.source, a.cue, *a.content) if s):
            assert 0 <= span[0] < span[1] <= len(text)
            for place in span:  # no word is cut
                assert not re.fullmatch("[a-z]{2}", text[place - 1:place + 1])
    return True


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_string_is_tagged_without_an_error(text):
    assert check(text)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["the nurse", "said", "“", "”", '"', "that", "\n\n", "300", "sol\u00adiers", "😀",
                                 "left", ",", ".", "denied", "It", "according to", "’s", "\ud800", "İ"]), max_size=60))
def test_any_heap_of_reporting_words_is_tagged_without_an_error(parts):
    assert check(" ".join(parts))


def test_a_long_line_without_a_stop_is_read_in_windows_of_bounded_size():
    text = "the nurse said that the ward was full and " * 3_000
    longest = 0
    for window in windows.cut(text, MODEL.tokenizer):
        longest = max(longest, len(window.ids))
        assert len(window.first) == len(window.units) and window.ids[window.first[-1]]
    assert 100 < longest <= windows.LIMIT


def test_windows_hold_every_word_once_and_in_order():
    text = "The clerk’s note said: “No.”\n\n" * 80 + "Mother-in-law " * 400
    units = [u for w in windows.cut(text, MODEL.tokenizer) for u in w.units]
    assert units == sorted(units) and all(a[1] <= b[0] for a, b in zip(units, units[1:]))
    assert "".join(text[a:b] for a, b in units) == re.sub(r"\s", "", text)


def test_the_same_text_is_tagged_the_same():
    text = " ".join(case[0] for case in CASES)
    assert read(text) == read(text)


def test_the_best_path_never_goes_on_with_a_span_that_did_not_begin():
    scores = np.full((4, len(decoding.TAGS)), -5.0)
    scores[:, decoding.TAGS.index("I-content")] = 0
    scores[2, decoding.TAGS.index("B-source")] = 9
    found = decoding.spans(scores, decoding.allowed())
    assert found["content"] == [(0, 2)] and found["source"] == [(2, 3)]


def test_without_its_files_there_is_no_model_and_the_rules_read_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(tagger, "FOLDER", tmp_path)
    assert tagger.load() is None
    found = proposals.propose(CASES[0][0]).attributions
    assert list(found["voice"]) == ["rules"] and list(found["cue_exact"]) == ["said"]


def test_what_both_voices_find_is_proposed_once_with_the_rule_that_agrees():
    found = proposals.propose(CASES[0][0]).attributions
    assert list(zip(found["voice"], found["rule"])) == [("tagger", "verb-clause")]


def test_what_only_the_tagger_finds_gets_a_source_and_a_chain():
    text = "The ward was full. “Nobody knew,” sighed the matron."
    passage, = language.passages(text)
    start = text.index("the matron")
    t = tagger.Tagged((start, start + 10), (text.index("sighed"), start - 1),
                      ((text.index("Nobody"), text.index(",”")),))
    it, = merging.merge(passage, [], [t], sources.index(None))
    assert (it.voice, it.rule, it.source_id, it.act) == ("tagger", "tagger", "~matron", "say")


@pytest.mark.parametrize("text", ["I think the soup is cold.", "This suggests that the dam broke."])
def test_no_claim_rests_on_the_author_s_own_thought_or_on_a_thing(text):
    assert set(proposals.propose(text).claims["chain"]) == {"author"}
