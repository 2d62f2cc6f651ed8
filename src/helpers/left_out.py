"""Sentences and clauses that are no claim, each with the reason why, so that a reader sees what was passed over.

not English              the sentence is in another language (`english.foreign`)
question                 it ends in a question mark
attribution only         its words only say who speaks; what is said stands in other sentences: "The bishop asked."
greeting or exclamation  it ends in "!" or is a word such as "no" or "thanks"
order                    a verb in its base form without a subject: "Read the whole story."
no verb                  a headline, caption, list or fragment: no verb has tense but the one that says who speaks
says which               a clause with tense that only says who or what is meant: "the clerk who left"
condition                it stands under "if", "unless", "whether"
inside a claim           another clause, read with the claim that holds it
other                    some verb has tense; if the sentence or clause states something, the rules missed it

The last four are of clauses in a sentence that has claims; a clause that only says who speaks is none of them.
"""
from collections.abc import Sequence

from spacy.tokens import Span, Token

from helpers import english, lexicons, quotations, scopes
from helpers.claims import Claim
from helpers.language import Passage
from helpers.syntax import SUBJECTS, child, extent, is_clause, is_finite, is_verb, trimmed
from helpers.voices import Attribution

_CLOSING = "\"'”’»)]} "


def foreign(passage: Passage) -> frozenset[int]:
    """The tokens of a passage in sentences and quotations of another language."""
    cut = list(passage.doc.sents)
    found = {t.i for s, other in zip(cut, english.foreign([s.text for s in cut])) if other for t in s}
    for start, end in quotations.spans(passage.doc):
        if english.foreign([passage.doc[start:end].text])[0]:
            found.update(range(start, end))
    return frozenset(found)


def find(passage: Passage, text: str, claims: Sequence[Claim], attributions: Sequence[Attribution],
         foreign: frozenset[int] = frozenset()) -> list[dict]:
    """Rows of the table "left_out" for a passage of `text`: its sentences, as `language.sentences` cuts them; foreign:
    the tokens of another language."""
    rows = []
    for sentence in passage.doc.sents:
        here = [c for c in claims if c.start < sentence.end_char and c.end > sentence.start_char]
        other = sentence.start in foreign or not here and any(t.i in foreign for t in sentence)
        why = "not English" if other else "" if here else _reason(sentence, attributions)
        found = [(sentence.start_char, sentence.end_char, why)] if why else _clauses(sentence, here, attributions)
        for low, high, reason in found:
            start, end = passage.span(low, high)
            if start < end:
                rows.append({"paragraph": passage.paragraph, "start": start, "end": end, "exact": text[start:end],
                             "reason": reason})
    return rows


def _clauses(sentence: Span, claims: Sequence[Claim],
             attributions: Sequence[Attribution]) -> list[tuple[int, int, str]]:
    """The clauses with tense of a sentence that no claim is of, in order: where they lie and why."""
    told = {c.head for c in claims} | {n for a in attributions for n in (a.verb, *range(*a.cue))}
    doc, found = sentence.doc, {}
    for verb in sentence:
        if verb.i in told or not is_clause(verb) or not is_finite(verb) or scopes.one_measure(verb):
            continue
        start, end = trimmed(doc, *extent(verb))
        low, high = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
        if end - start < 2 or any((c.start, c.end) == (low, high) for c in claims):
            continue
        held = any(c.start <= low and high <= c.end for c in claims)
        found.setdefault((low, high), _why(verb, held))
    return [(low, high, reason) for (low, high), reason in sorted(found.items())]


def _why(verb: Token, held: bool) -> str:
    if any(c.dep_ in ("mark", "advmod") and c.lower_ in lexicons.group("condition") for c in verb.children):
        return "condition"
    if not held:
        return "other"
    return "says which" if verb.dep_ in ("relcl", "acl") else "inside a claim"


def _reason(sentence: Span, attributions: Sequence[Attribution]) -> str:
    words = sentence.text.rstrip(_CLOSING)
    here = [a for a in attributions if sentence.start <= a.verb < sentence.end]
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
