"""States that people or things are said to be in: "40 are in custody", "12 wells are out of use".

A bare noun after a preposition beside "be" says how they are, and so what is counted. With an article it is somewhere,
and no state: "in the hall".
"""
from spacy.tokens import Span, Token

from helpers import lexicons
from helpers.syntax import child


def find(noun: Token | None, verb: Token) -> Span | None:
    """The preposition and what follows it ("on short time"), of those counted by `noun` in the clause of `verb`."""
    if verb.lemma_.lower() not in lexicons.group("verb of a state"):
        return None
    there = noun is not None and child(verb, "expl") is not None  # "there are 40 men in custody"
    for prep in [*verb.children, *(noun.children if there else ())]:
        if prep.dep_ != "prep" or prep.i < verb.i or prep.lower_ not in lexicons.group("before a state"):
            continue
        inner = child(prep, "prep") if prep.lower_ == "out" else prep
        what = child(inner, "pobj") if inner is not None else None
        if what is not None and _is_bare(what) and all(t.is_alpha for t in verb.doc[prep.i:what.i + 1]):
            return verb.doc[prep.i:what.i + 1]
    return None


def _is_bare(what: Token) -> bool:
    none = lexicons.group("no state") | lexicons.group("part of a period")
    return what.pos_ == "NOUN" and what.lower_ not in none and child(what, "det", "poss", "nummod") is None
