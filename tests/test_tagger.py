"""The trained tagger: spans at words, right offsets, one attribution once, and the rules alone if it is not there."""
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import attributions, decoding, endings, language, merging, proposals, sources, tagger, trust, windows

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
    found = proposals.propose(text)
    said, = found.attributions[found.attributions.voice == "tagger"].to_dict("records")
    assert said["source_exact"] == source and cue in said["cue_exact"]
    assert any(content in c["exact"] and c["chain"] == f"author > {said['source_id']}"
               for c in found.claims.to_dict("records"))


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


def test_a_piece_knows_how_its_unit_is_written_and_whether_it_is_quoted():
    text = "She read: “The NHS lost 40 beds. We wept.”\n\nHe left"
    window, = windows.cut(text, MODEL.tokenizer)
    kinds = {text[a:b]: window.kinds[n] for (a, b), n in zip(window.units, window.first)}
    outside = {"She": 2, "read": 1, ":": 0, "”": 0, "He": 2, "left": 1}
    inside = {"“": 0, "The": 2, "NHS": 3, "lost": 1, "40": 4, "We": 2, "wept": 1}
    assert all(kinds[word] == kind for word, kind in outside.items())
    assert all(kinds[word] == kind + windows.KINDS // 2 for word, kind in inside.items())
    assert len(window.kinds) == len(window.ids)


def test_a_quotation_stays_open_from_one_window_to_the_next():
    text = "“" + "The ward was full and the roof was gone. " * 60 + "” he said."
    cut = list(windows.cut(text, MODEL.tokenizer))
    assert len(cut) > 2 and all(k >= windows.KINDS // 2 for w in cut[:-1] for k in w.kinds[1:-1])
    assert cut[-1].kinds[cut[-1].first[-2]] < windows.KINDS // 2


def test_the_same_text_is_tagged_the_same():
    text = " ".join(case[0] for case in CASES)
    assert read(text) == read(text)


def test_the_best_path_never_goes_on_with_a_span_that_did_not_begin():
    scores = np.full((4, len(decoding.TAGS)), -5.0)
    scores[:, decoding.TAGS.index("I-content")] = 0
    scores[2, decoding.TAGS.index("B-source")] = 9
    found = decoding.spans(scores)
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


def test_who_is_named_after_a_second_statement_has_not_made_the_first():
    text = "Nurses counted 90 patients. Ten wards were shut, the council said."

    def held(text):
        passage, = language.passages(text)
        at, end, second = text.index("the council"), text.index("said") + 4, text.index("Ten wards")
        t = tagger.Tagged((at, end - 5), (end - 4, end), ((0, second - 1), (second, at - 2)))
        names = sources.index(None)
        it, = merging.merge(passage, attributions.find(passage, names), [t], names)
        return len(it.content), it.tagged.content[0][0]

    assert held(text) == (1, text.index("Ten wards"))
    assert held("“Nurses counted 90 patients.” Ten wards were shut, the council said.")[1] == 0


def test_what_only_a_rule_finds_needs_some_chance_of_a_cue():
    text = "The pump, as one might expect, broke."
    passage, = language.passages(text)
    names = sources.index(None)
    ruled = attributions.find(passage, names)
    assert len(ruled) == 1
    assert merging.merge(passage, ruled, [], names, tagger.nothing_seen()) == []
    seen = tagger.nothing_seen()
    seen.hints.append(text.index("expect"))
    assert merging.merge(passage, ruled, [], names, seen) == ruled
    assert merging.merge(passage, ruled, [], names) == ruled


def test_a_rule_may_nest_another_attribution_in_a_tagged_one_without_a_hint():
    text = "The paper reports that the court believes that the van was stolen."
    passage, = language.passages(text)
    names = sources.index(None)
    start = text.index("that the court")
    t = tagger.Tagged((0, 9), (text.index("reports"), text.index("reports") + 7), ((start, len(text) - 1),))
    outer, inner = merging.merge(passage, attributions.find(passage, names), [t], names, tagger.nothing_seen())
    assert (outer.voice, inner.voice) == ("tagger", "rules") and inner.parent is outer


COMMENTARY = [  # by people who judge, wish and remember, and quote nobody
    "The new bridge is a triumph of thrift over taste, and the town will look at it until our grandchildren retire.",
    "There is little hope of a quiet season now that the ferry company runs the harbour.",
    "The orchestra, long known for its dull programmes, has at last found a pulse.",
    "What a waste of a good museum.",
    "It was a summer of small promises and large excuses.",
    "The council's love of roundabouts has outlived three mayors.",
    "Fear of the dentist is no excuse for a bad novel.",
    "The film is an argument for leaving the cinema early.",
    "His reputation for kindness rests on one good winter.",
    "Nobody deserves such a railway, least of all those who pay for it.",
    "The soup deserved better, and so did the guests.",
    "There is a lesson in this for everyone who owns a boat."]


def test_commentary_puts_hardly_anything_on_the_word_of_others():
    others = [c for text in COMMENTARY for c in proposals.propose(text).claims["chain"] if c != "author"]
    assert len(others) <= 1, others


def test_of_commentary_no_word_is_cut():
    assert check(" ".join(COMMENTARY))


@pytest.mark.parametrize("text", ["I think the soup is cold.", "This suggests that the dam broke."])
def test_no_claim_rests_on_the_author_s_own_thought_or_on_a_thing(text):
    assert set(proposals.propose(text).claims["chain"]) == {"author"}


def ended(text, seen, last, rest):
    """Where a content goes that the tagger sees in some words after its source and cue: with these log odds for the last
    of them and for all words beyond, and sure of the others."""
    passage, = language.passages(text)
    start = text.index(seen)
    part = passage.doc.char_span(start, start + len(seen))
    odds = [rest if token.i >= part.end else last if token.i == part.end - 1 else 6.0 for token in passage.doc]
    found = endings.moved(passage.doc, "content", (part.start, part.end), set(range(part.start)), odds)
    return passage.doc[slice(*found)].text


TORN = [("She promised to repair the roof by June.", "to repair the", 6.0, -0.3, "to repair the roof by June"),
        ("The council praised the new bridge and said that it would last.", "the new bridge and", 0.5, -6.0,
         "the new bridge"),
        ("Two nurses said the ward was full, which had worried the town.", "the ward was full, which", 0.5, -6.0,
         "the ward was full")]


@pytest.mark.parametrize("text, seen, last, rest, meant", TORN)
def test_a_content_ends_where_its_phrase_does(text, seen, last, rest, meant):
    assert ended(text, seen, last, rest) == meant


def test_an_edge_that_the_tagger_is_sure_of_stays():
    seen = "the plant would shut on Friday"
    assert ended(f"The union said {seen}, and the town fell quiet.", seen, 8.0, -8.0) == seen


def test_without_weights_every_edge_stays(monkeypatch):
    monkeypatch.setattr(endings, "weights", dict)
    for text, seen, last, rest, _ in TORN:
        assert ended(text, seen, last, rest) == seen


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_edge_passes_a_word_of_another_span_or_leaves_its_text(data):
    doc = PARSED.doc
    start = data.draw(st.integers(0, len(doc) - 1))
    end = data.draw(st.integers(start + 1, len(doc)))
    words = [n for n in range(len(doc)) if endings.is_word(doc[n]) and not start <= n < end]
    others = data.draw(st.sets(st.sampled_from(words))) if words else set()
    number = st.none() | st.floats(-9.3, 9.3)
    odds = data.draw(st.lists(number, min_size=len(doc), max_size=len(doc)))
    low, high = endings.moved(doc, "source", (start, end), others, odds)
    assert 0 <= low < high <= len(doc) and others.isdisjoint(range(low, high))


def test_what_the_tagger_all_but_passed_over_shares_no_word_with_what_it_marks():
    text = " ".join(case[0] for case in CASES) + " The old bridge seems safe to some. Hopes of a reprieve faded."
    seen = tagger.nothing_seen()
    sure = {n for t in tagger.tag(text, MODEL, seen) for span in (t.cue, *t.content) if span for n in range(*span)}
    assert seen.faint and all("faint" in t.signs for t in seen.faint)
    assert all(sure.isdisjoint(range(*span)) for t in seen.faint for span in (t.cue, *t.content) if span)


def sighed(signs):
    """A find of the tagger's, with what speaks for it, after the rules have looked."""
    text = "The ward was full. “Nobody knew,” sighed the matron."
    passage, = language.passages(text)
    start, cue, said = (text.index(words) for words in ("the matron", "sighed", "Nobody"))
    t = tagger.Tagged((start, start + 10), (cue, cue + 6), ((said, said + 11),), signs)
    return merging.merge(passage, [], [t], sources.index(None))


STRONG = {f"{role} {sign}": 3.0 for role in decoding.ROLES for sign in ("mean", "least", "begins", "long")} | {
    "parts": 0.0, "to cue": 1.0, "to source": 1.0, "away": 0.7}


def test_what_is_too_unlikely_is_no_attribution_and_faint_finds_need_more():
    weak = STRONG | {sign: -2.0 for sign in STRONG if sign.endswith(("mean", "least", "begins"))}
    assert len(sighed(STRONG)) == 1 and sighed(weak) == []
    assert len(sighed(STRONG | {"faint": 1.0})) == 1 and sighed(weak | {"faint": 1.0}) == []


def test_without_weights_what_is_faint_is_none_and_the_rest_stands(monkeypatch):
    monkeypatch.setattr(trust, "weights", dict)
    assert len(sighed(STRONG)) == 1 and sighed(STRONG | {"faint": 1.0}) == []


PARSED, = language.passages("“The wards — all nine — are full,” the nurse, who had asked for help, said on Friday.")
