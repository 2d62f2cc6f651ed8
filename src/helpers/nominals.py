"""Claims that are no clause: in a noun phrase ("the death of two miners") or in a phrase that a preposition opens ("due to
rain", "with some leaving early"). The rules are named in `clauses`.
"""
from typing import NamedTuple

from spacy.tokens import Doc, Token

from helpers import lexicons, populations, scopes
from helpers.syntax import child, extent
from helpers.voices import Attribution


class Span(NamedTuple):
    start: int  # tokens
    end: int
    head: int
    rule: str
    denial: Attribution | None = None


def find(doc: Doc) -> list[Span]:
    """Every claim of a passage in a noun phrase or in a phrase that a preposition opens, in the order of their heads."""
    found = [span for token in doc for span in _nominal(token)]
    return [_first(doc, span, found) if span.rule == "appositive" else span for span in found]


def is_cause(token: Token) -> bool:
    """Whether a word opens a phrase that gives a cause: "due to heavy rain"."""
    if token.dep_ not in ("prep", "advmod", "acomp", "amod") or token.i + 1 >= len(token.doc) or (
            token.doc[token.i + 1].dep_ == "aux"):  # "is due to open"
        return False
    two = f"{token.lower_} {token.doc[token.i + 1].lower_}"
    return any(r["phrase"] == two for r in lexicons.rows("causes") if r["kind"] == "preposition")


def brought_in(token: Token) -> Token | None:
    """What a "with" brings in, if that states something: somebody doing something, or little or no hope of it."""
    if token.lower_ != "with" or token.dep_ != "prep":
        return None
    thing = child(token, "pobj", "pcomp")
    if thing is None:
        return None
    doing = any(c.tag_ in ("VBG", "VBN") and c.dep_ in ("acl", "amod", "advcl", "relcl") and c.i > token.i + 1
                for c in thing.children) or thing.tag_ == "VBG" and thing.dep_ == "pcomp"
    scarce = any(c.lower_ in lexicons.group("scarce") for c in thing.lefts)
    return thing if doing or scarce else None


def _nominal(token: Token) -> list[Span]:
    if is_cause(token):
        return [Span(*extent(token), token.i, "cause-phrase")]
    thing = brought_in(token)
    if thing is not None:
        start = token.i if any(c.lower_ in lexicons.group("scarce") for c in thing.lefts) else thing.left_edge.i
        end = thing.right_edge.i + 1
        causes = [t.i for t in token.doc[start:end] if is_cause(t)]
        return [Span(start, min([end, *causes]), thing.i, "with-clause")]
    if token.pos_ not in ("NOUN", "PROPN"):
        return []
    found, (start, end) = [], extent(token)
    owner, right = child(token, "poss"), [c for c in token.rights if c.dep_ in ("prep", "acl", "relcl")]
    if owner is not None and owner.ent_type_ == "GPE" and token.lemma_.lower() in lexicons.group("place noun") and any(
            c.pos_ == "PROPN" and c.dep_ in ("compound", "nmod") for c in token.lefts):
        found.append(Span(start, token.i + 1, token.i, "possessive"))
    left, judged = list(token.lefts), _judged(token)
    verdict = token.lemma_.lower() in lexicons.by("evaluative", "lemma")
    described = any(c.dep_ == "amod" and c.tag_ in ("VBN", "JJ") and child(c, "advmod") is not None for c in left)
    if described and token.dep_ in ("nsubj", "nsubjpass"):
        found.append(Span(start, token.i + 1, token.i, "premodified"))
    elif (judged or verdict) and token.dep_ not in ("attr", "ROOT"):
        if sum(c.right_edge.i - c.left_edge.i for c in right) >= 2:
            found.append(Span(start, end, token.i, "evaluative"))
        elif judged_phrase(token.head):
            found.append(Span(token.head.i, token.i + 1, token.i, "evaluative"))
    hedged = [c for c in left if c.dep_ == "amod" and c.lower_ in ("potential", "possible", "likely", "probable")]
    if hedged and token.lemma_.lower() not in lexicons.group("no event") and (right or child(token, "conj") is not None):
        found.append(Span(start, end, token.i, "hedged-noun"))
    if scopes.of_word(token) and right and populations.named(token.doc[start:end].text):
        found.append(Span(start, end, token.i, "event-noun"))
    if is_apposed(token) and any(c.dep_ in ("acl", "relcl") for c in right):
        found.append(Span(_phrase_start(token), end, token.i, "appositive"))
    return found


def _phrase_start(noun: Token) -> int:
    """Where a noun's own phrase begins: what only the parse hangs on it, a comma or a clause before it, is not in it."""
    start = noun.i
    while start > noun.left_edge.i and not noun.doc[start - 1].is_punct:
        start -= 1
    return start


def is_apposed(noun: Token) -> bool:
    """Whether a noun phrase is set off behind a comma; parsers take long ones for an object or the head of it all."""
    start = _phrase_start(noun)
    comma = start > 0 and noun.doc[start - 1].text == "," and start > noun.sent.start
    return noun.dep_ == "appos" or comma and noun.dep_ in ("conj", "dobj", "ccomp", "ROOT", "dep", "npadvmod")


def _first(doc: Doc, span: Span, others: list[Span]) -> Span:
    """Of an apposition that joins two things, the part without those that are claims of their own."""
    ends = [o.start - 1 for o in others if o.rule == "evaluative" and span.start < o.start and o.end <= span.end
            and doc[o.head].dep_ == "conj" and doc[o.start - 1].dep_ == "cc"]
    return span._replace(end=min([span.end, *ends]))


def _judged(noun: Token) -> list[Token]:
    return [c for c in noun.lefts if c.dep_ == "amod" and c.lemma_.lower() in lexicons.by("evaluative", "lemma")]


def judged_phrase(token: Token) -> bool:
    """Whether a preposition brings in a judgement and nothing else: "in reckless raids"."""
    thing = child(token, "pobj") if token.dep_ == "prep" and token.lower_ == "in" else None
    return thing is not None and bool(_judged(thing)) and thing.right_edge.i == thing.i
