"""Weasel words: who says so, how many and how surely is left open. "Some say", "many believe", "is widely regarded as".

They are what Wikipedia's editors mark as weasels, and what the shared task of CoNLL-2010 (Farkas and others 2010) took
took for uncertainty in such prose. lexicons/weasels.csv holds the words, each with what the parse has to show (`needs`):

adverb, adjective, verb, word, phrase     the word as such, or the words as they stand
quantity          before a noun or standing for one: "several of them"; "as many as 40" and "some 40" bound a number
doer              the same, of those who do or hold something
state, perfect    "may be", "may have been": a possibility of what is or was; what one is free to do is no doubt
held              an opinion without its holder: "is considered"
people            a class of people without an article: "critics"
noun              a noun that argues: "there is speculation"
impersonal        "it is possible that"
superlative, one of the best     "the most notable", "one of the largest"
"""
import functools
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from helpers import lexicons
from helpers.syntax import child, is_passive

_PARTS = {"adverb": ("ADV",), "adjective": ("ADJ", "VERB"), "verb": ("VERB", "AUX"), "noun": ("NOUN",)}


class Cue(NamedTuple):
    """Words that leave something open: their tokens in the doc, and the kind in lexicons/weasels.csv."""

    start: int
    end: int
    words: str
    kind: str


def find(words: Doc | Span) -> list[Cue]:
    """Every such cue in a sentence or a doc, in order, at most one a token."""
    found = []
    for token in words:
        row = next((r for r in _entries(token.lower_, token.lemma_.lower()) if _shows(token, r)), None)
        if row is not None:
            end = token.i + len(row["word"].split())
            found.append(Cue(token.i, end, token.doc[token.i:end].text.lower(), row["kind"]))
    return found


@functools.cache
def _index() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in lexicons.rows("weasels"):
        for word in lexicons.cells(row["words"]):
            found.setdefault(word.split()[0], []).append({**row, "word": word})
    return found


def _entries(*forms: str) -> list[dict[str, str]]:
    return [row for form in dict.fromkeys(forms) for row in _index().get(form, ())]


def _shows(token: Token, row: dict[str, str]) -> bool:
    needs, said = row["needs"], row["word"].split()
    if needs == "phrase":
        return [t.lower_ for t in token.doc[token.i:token.i + len(said)]] == said
    if needs in _PARTS:
        return token.pos_ in _PARTS[needs] and (needs != "adjective" or token.lower_ == row["word"])
    return needs == "word" or _TESTS[needs](token)


def _before(token: Token) -> Token:
    return token.doc[max(0, token.i - 1)]


def _counted(token: Token) -> Token | None:
    """The noun that a quantifier counts (itself where it stands alone); none where it only measures."""
    after = token.doc[min(token.i + 1, len(token.doc) - 1)]
    if _before(token).lower_ in ("how", "so", "as", "too") and _before(token).head.i == token.i:
        return None
    if token.lower_ == "some" and after.like_num or token.lower_ == "many" and after.lower_ == "as":
        return None
    stands_before = token.dep_ in ("det", "amod", "nummod", "predet", "quantmod", "nmod") and token.head.i > token.i
    return token.head if stands_before else token


def _doer(token: Token) -> bool:
    noun = _counted(token)
    if noun is None or token.tag_ == "RBS" or token.lower_ == "other" and token.i == noun.i:
        return False
    doing = noun.dep_ in ("nsubj", "nsubjpass") or noun.dep_ == "pobj" and noun.head.lower_ == "by"
    several = token.i == noun.i or noun.tag_ in ("NNS", "NNPS")
    return doing and several and _before(token).lower_ not in ("the", "each", "any", "its", "his", "their", "a")


def _perfect(token: Token) -> bool:
    return token.tag_ == "MD" and any(c.dep_ in ("aux", "auxpass") and c.lower_ == "have" for c in token.head.children)


def _state(token: Token) -> bool:
    return token.tag_ == "MD" and (token.head.lemma_ == "be" or token.lower_ == "might")


def _held(token: Token) -> bool:
    return is_passive(token) and child(token, "agent") is None


def _people(token: Token) -> bool:
    return token.tag_ == "NNS" and not any(c.dep_ in ("det", "poss", "nummod") for c in token.lefts)


def _impersonal(token: Token) -> bool:
    state = child(token.head, "acomp")
    return token.dep_ in ("nsubj", "nsubjpass") and token.head.lemma_ == "be" and state is not None and (
        state.lower_ in lexicons.group("open question"))


def _superlative(token: Token) -> bool:
    known = _before(token).lower_ == "the" or _before(token).tag_ in ("POS", "PRP$")
    return token.tag_ in ("RBS", "JJS") and token.dep_ == "advmod" and known


def _one_of_the_best(token: Token) -> bool:
    after = token.doc[token.i + 1:token.i + 6]
    return len(after) > 2 and after[0].lower_ == "of" and any(t.tag_ in ("JJS", "RBS") for t in after)


_TESTS = {"quantity": lambda token: _counted(token) is not None, "doer": _doer, "perfect": _perfect, "state": _state,
          "held": _held, "people": _people, "impersonal": _impersonal, "superlative": _superlative,
          "one of the best": _one_of_the_best}
