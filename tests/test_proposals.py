"""The whole reading: checked tables, right offsets, the same for the same text, whatever the text."""
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers import json_lines, language, proposals, schemas, tables, tagger
from helpers.paths import InputError

TEXT = ("Health officials say that at least 40 nurses in Lima tested positive last week, according to "
        "a ministry memo.\n\n"
        "“We never saw the memo,” the union’s lawyer said. The clinic denies any outbreak; it may still close.")


def test_the_tables_fit_together():
    found = proposals.propose(TEXT, "2023-06-15")
    assert set(found.quantities["claim_id"]) <= set(found.claims["claim_id"])
    assert set(found.attributions["parent"]) <= {"", *found.attributions["attribution_id"]}
    assert list(found.claims["claim_id"])[:2] == ["c01", "c02"]
    assert list(found.attributions["attribution_id"])[0] == "a01"
    assert list(found.claims["start"]) == sorted(found.claims["start"])
    assert set(found.claims["annotator"]) == {"retold-rules"} and set(found.claims["status"]) == {"proposed"}
    assert set(found.claims["paragraph"]) == {1, 2}


def test_the_tables_can_be_written_and_read_back(tmp_path):
    for name, frame in proposals.propose(TEXT, "2023-06-15")._asdict().items():
        file = tables.write(name, frame, tmp_path / f"{name}.csv")
        assert tables.read(name, file).astype(str).equals(frame.astype(str))


def test_the_same_text_gives_the_same_line():
    lines = {json_lines.line("memo", TEXT, proposals.propose(TEXT, "2023-06-15")) for _ in range(2)}
    assert len(lines) == 1 and "\n" not in lines.pop()


def test_the_line_of_json_points_into_the_text():
    line = json.loads(json_lines.line("memo", TEXT, proposals.propose(TEXT, "2023-06-15")))
    assert line["document"] == "memo" and line["claims"] and line["quantities"]
    said = [a for a in line["attributions"] if a["rule"] == "verb-clause" and a["speech_act"] == "say"]
    (start, end), = said[-1]["source"]
    assert TEXT[start:end] == "the union’s lawyer"
    assert line["left_out"] == []
    named = {"source", "cue", "content", "source_id", "parent", "rule", "voice"}
    assert all(named <= set(a) for a in line["attributions"])


def test_each_claim_on_the_line_says_who_is_committed_how_far_and_by_which_words():
    claim = next(c for c in json.loads(json_lines.line("memo", TEXT, proposals.propose(TEXT)))["claims"]
                 if c["exact"].startswith("We never saw"))
    assert [(f["holder"], f["value"]) for f in claim["factuality"]] == [("author", "Uu"), ("~union-lawyer", "CT-")]
    assert [[TEXT[a:b] for a, b in f["cues"]] for f in claim["factuality"]] == [["never", "said"]] * 2


def test_a_source_that_resolves_stands_with_its_id():
    table = tables.frame("sources", [{"source_id": "who", "name": "World Health Organization", "aliases": "WHO",
                                      "kind": "agency", "party_to_event": "no"}])
    found = proposals.propose("The WHO said that the ward had closed.", "", table)
    assert found.claims.iloc[0]["chain"] == "author > who"


def test_prefix_and_suffix_are_what_stands_around():
    for row in proposals.propose(TEXT).claims.to_dict("records"):
        assert TEXT[:row["start"]].endswith(row["prefix"]) and TEXT[row["end"]:].startswith(row["suffix"])


def test_a_day_of_publication_that_is_none_is_refused():
    with pytest.raises(InputError, match="published"):
        proposals.propose(TEXT, "last week")


@pytest.mark.parametrize("sentence, reason", [
    ("Read the whole story below.", "order"), ("Continue to the next page.", "order"), ("Why the delay?", "question"),
    ("A long walk to the sea.", "no verb"), ("12 May", "no verb"), ("Hello, neighbours.", "greeting or exclamation"),
    ("What a mess!", "greeting or exclamation"), ("“No,” said the bishop.", "greeting or exclamation"),
    ("法院周一表示录音是真实的证人没有撒谎辩护律师说案卷中缺少几页部长拒绝回答记者的提问并否认知道文件在五月失踪据报道两名职员已经被停职了", "not English")])
def test_a_sentence_without_a_claim_is_listed_with_the_reason(sentence, reason):
    text = f"The clinic closed in May and the nurses left the town.\n\n{sentence}\n\nThe clinic is owned by the city."
    left = proposals.propose(text).left_out.to_dict("records")
    assert [(row["exact"], row["reason"], row["paragraph"]) for row in left] == [(sentence, reason, 2)]


@pytest.mark.parametrize("text, left", [
    ("The clerk who lied left the town.", [("who lied", "says which")]),
    ("The minister, who met the families that lost their homes, wept.", [("that lost their homes", "says which")]),
    ("The bakers who sold 30 loaves went on strike.", []), ("If the dam breaks, 300 homes will be lost.", []),
    ("The union said the firm had promised that nobody would lose a job.", [])])
def test_a_clause_that_is_no_claim_of_its_own_is_listed_with_the_reason(text, left):
    found = proposals.propose(text)
    assert len(found.claims) and list(zip(found.left_out.exact, found.left_out.reason)) == left


def test_words_that_only_say_who_speaks_are_left_out_as_such(monkeypatch):
    text = "“The pier is gone and the boats are lost.” The matron sighed."
    source, cue, content = ((text.index(w), text.index(w) + len(w)) for w in (
        "The matron", "sighed", "The pier is gone and the boats are lost"))
    monkeypatch.setattr(tagger, "load", lambda *_: "a model")
    monkeypatch.setattr(tagger, "tag", lambda *_: iter([tagger.Tagged(source, cue, (content,))]))
    (row,) = proposals.propose(text).left_out.to_dict("records")
    assert (row["exact"], row["reason"]) == ("The matron sighed.", "attribution only")


@pytest.mark.parametrize("sentence", [
    "The bishop called the plan a “disgrace for the whole town.”", "Peru accused the firm of “reckless neglect.”",
    "The council did not consider the widow a serious rival.", "She said the mayor favours a “firm and final answer.”",
    "Those repairs are continuing, he said.", "The clerk says the sermon was “unhinged, even for him.”"])
def test_a_plain_statement_is_never_left_out(sentence):
    found = proposals.propose(sentence)
    assert len(found.claims) and not len(found.left_out)


def test_what_is_reported_but_cannot_be_read_alone_is_claimed_whole_and_on_its_sources_word():
    claims = proposals.propose("The bishop branded the mayor a “menace for the whole town.”").claims.to_dict("records")
    assert [(c["exact"], c["chain"]) for c in claims] == [
        ("The bishop branded the mayor a “menace for the whole town.”", "author > ~bishop")]
    own = proposals.propose("The mayor will find it difficult to repeat his attacks.").claims.to_dict("records")
    assert own[0]["chain"] == "author" and own[0]["kind"] == "prediction"


def test_a_clause_that_is_cut_in_two_keeps_its_subject():
    claims = proposals.propose("The dam, when it is full, will break.\n\nThe mill, the owner said, has closed.").claims
    assert {"The dam, when it is full, will break", "The mill, the owner said, has closed"} <= set(claims.exact)


def test_of_a_text_in_another_language_no_sentence_is_listed():
    german = "Der Minister sagte am Montag, dass die Aufnahme echt sei und der Zeuge nicht gelogen habe. " * 3
    assert len(proposals.propose(german).left_out) == 0


def check(text):
    found = proposals.propose(text, "2023-06-15")
    if len(found.claims) or len(found.left_out):  # every sentence, as notebook 01 cuts them, is one or the other
        cut = language.sentences(text)
        whole = set(zip(cut.paragraph, cut.start, cut.end))
        left = set(zip(found.left_out.paragraph, found.left_out.start, found.left_out.end))
        spans = list(zip(found.claims.start, found.claims.end))
        silent = {(p, a, b) for p, a, b in whole if not any(s < b and e > a for s, e in spans)}
        assert silent <= left
        assert all(any(a <= s and e <= b for _, a, b in whole - silent) for _, s, e in left - silent)  # clauses
        assert set(found.left_out.reason) <= set(schemas.REASONS)
    for frame in (found.claims, found.quantities, found.left_out):
        tables.check_spans(frame, text, "text")
    for part in ("source", "cue"):
        tables.check_spans(found.attributions, text, "text", start=f"{part}_start", end=f"{part}_end",
                           exact=f"{part}_exact")
    for content, exact in zip(found.attributions["content"], found.attributions["content_exact"]):
        spans = [map(int, s.split("-")) for s in content.split(";")]
        assert " … ".join(text[a:b] for a, b in spans) == exact
    assert set(found.quantities["claim_id"]) <= set(found.claims["claim_id"])
    rows = found.factuality.groupby("claim_id", sort=False)
    assert list(rows.groups) == list(found.claims["claim_id"])
    for claim, (_, held) in zip(found.claims.itertuples(), rows):
        assert " > ".join(held["holder"]) == claim.chain and list(held["level"]) == list(range(len(held)))
        assert (held["value"].iloc[0], held["value"].iloc[-1]) == (claim.factuality_author, claim.factuality_source)
    for cues, words in zip(found.factuality["cues"], found.factuality["cue_words"]):
        spans = [map(int, s.split("-")) for s in cues.split(";") if s]
        assert " … ".join(text[a:b] for a, b in spans) == words
    assert not any(c in source for source in found.attributions["source_id"] for c in "; >")
    json.loads(json_lines.line("any", text, found))


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300))
@example("")
@example("\ud800 said 300 \ud800 died")
@example("“" * 50 + " said 12 " + "”" * 49)
@example("A MINISTER SAID THAT 300 PEOPLE HAD DIED IN LIMA, ACCORDING TO \N{POLICE OFFICER}\N{ZERO WIDTH JOINER}!")
@example("Der Minister sagte, 300 Menschen seien gestorben. Об этом сообщил 300 раз. 三百人が死亡したと発表した。")
def test_any_string_is_read_without_an_error_and_with_right_offsets(text):
    check(text)


PIECES = st.sampled_from(["said", "that", "denied", "the", "clinic", "“", "”", '"', "'", "300", "1,200", "over",
                          "according", "to", "nurses", "died", ",", ".", "\n", "\n\n", "\u00ad", "and", "who", "if",
                          "not", "may", "nobody", "no", "doubt", "seems", "fail", "to", "likely", "it", "is", "?",
                          "cannot", "neither", "nor", "sure", "knows", "unless",
                          "reports", "of", "in", "Lima", "–", "between", "a", "day", "%", "$", "May", "2023", ":",
                          "(", ")", "some"])


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=40), st.sampled_from([" ", ""]))
def test_any_heap_of_reporting_words_is_read_without_an_error(words, between):
    check(between.join(words))
