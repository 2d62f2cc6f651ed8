"""Sentences in which no claim lies, each with the reason why, so that a reader sees what was passed over.

not English              the sentence alone would not be read (`english.remark`)
question                 it ends in a question mark
attribution only         its words only say who speaks; what is said stands in other sentences: "The bishop asked."
greeting or exclamation  it ends in "!" or is a word such as "no" or "thanks"
order                    a verb in its base form without a subject: "Read the whole story."
no verb                  a headline, caption, list or fragment: no verb has tense but the one that says who speaks
other                    some verb has tense; if the sentence states something, the rules missed it
"""
from collections.abc import Sequence

from spacy.tokens import Span, Token

from helpers import english, lexicons
from helpers.claims import Claim
from helpers.language import Passage
from helpers.syntax import SUBJECTS, child, is_finite, is_verb
from helpers.voices import Attribution

_CLOSING = "\"'”’»)]} "


def find(passage: Passage, text: str, claims: Sequence[Claim], attributions: Sequence[Attribution]) -> list[dict]:
    """Rows of the table "left_out" for a passage of `text`: its sentences, as `language.sentences` cuts them."""
    rows = []
    for sentence in passage.doc.sents:
        if any(c.start < sentence.end_char and c.end > sentence.start_char for c in claims):
            continue
        start, end = passage.span(sentence.start_char, sentence.end_char)
        if start < end:
            rows.append({"paragraph": passage.paragraph, "start": start, "end": end, "exact": text[start:end],
                         "reason": _reason(sentence, attributions)})
    return rows


def _reason(sentence: Span, attributions: Sequence[Attribution]) -> str:
    words = sentence.text.rstrip(_CLOSING)
    here = [a for a in attributions if sentence.start <= a.verb < sentence.end]
    if english.remark(sentence.text):
        return "not English"
    if words.endswith("?"):
        return "question"
    if any(not any(s < sentence.end and e > sentence.start for s, e in a.content) for a in here):
        return "attribution only"
    if words.endswith("!") or _greets(sentence):
        return "greeting or exclamation"
    if _orders(sentence.root):
        return "order"
    reporting = {a.verb for a in here}
    return "other" if any(is_verb(t) and is_finite(t) and t.i not in reporting for t in sentence) else "no verb"


def _greets(sentence: Span) -> bool:
    """Whether a sentence is a greeting or an interjection and at most says whose: "No," said the bishop."""
    words = [t for t in sentence if not t.is_punct and not t.is_space]
    if not words or words[0].lower_ not in lexicons.group("greeting") or any(t.like_num for t in words):
        return False
    after = words[0].i + 1
    return len(words) <= 2 or after < sentence.end and sentence.doc[after].is_punct


def _orders(verb: Token) -> bool:
    bare = not any(c.dep_ == "aux" and c.lower_ != "do" for c in verb.children)
    return is_verb(verb) and verb.tag_ in ("VB", "VBP") and bare and child(verb, *SUBJECTS) is None
