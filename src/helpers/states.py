"""What those who are counted are said to be: "40 are in custody", "12 wells are dry", "60 people were on the bridge".

Beside "be" it is not the verb that says what is counted but what follows it: an adjective, a noun, a word for where, or
a preposition with its noun. A bare noun after a preposition is a state ("out of use") also where nobody is counted.
"""
from spacy.tokens import Token

from helpers import lexicons
from helpers.syntax import SUBJECTS, child


def find(noun: Token | None, verb: Token) -> list[Token]:
    """The words for it ("on", "short", "time"), of those counted by `noun` in the clause of `verb`; none where none is
    safe."""
    if verb.lemma_.lower() not in lexicons.group("verb of a state"):
        return []
    there = noun is not None and child(verb, "expl") is not None  # "there are 40 men in custody"
    told = noun is not None and (there or is_told_of(noun, verb))
    for word in [*verb.children, *(noun.children if there else ())]:
        if word.i < verb.i or noun is not None and word.i == noun.i:
            continue
        if word.dep_ == "prep" and (state := _after(word, told)):
            return state
        said = word.dep_ == "acomp" and word.pos_ == "ADJ" or word.dep_ == "attr" and word.pos_ == "NOUN" or (
            word.lower_ in lexicons.group("whereabouts"))
        if told and said and child(word, "xcomp", "nummod") is None and word.lemma_.lower() not in lexicons.group("tally"):
            return [word]
    return []


def is_told_of(noun: Token, verb: Token) -> bool:
    """Whether a noun is the subject of a verb, or the subject so many of them: "half of the wells"."""
    over = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    return over.dep_ in SUBJECTS and over.head.i == verb.i


def _after(prep: Token, told: bool) -> list[Token]:
    """A preposition with its noun, if that is a state, or where those are of whom it is `told`."""
    inner = child(prep, "prep") if prep.lower_ == "out" else prep
    what = child(inner, "pobj") if inner is not None else None
    known = prep.lower_ in lexicons.group("before a state")
    if what is None or not what.is_alpha or not known and not (told and prep.lower_ in lexicons.group("place preposition")):
        return []
    if what.pos_ == "NOUN" and known and _is_bare(what) and all(t.is_alpha for t in prep.doc[prep.i:what.i + 1]):
        return list(prep.doc[prep.i:what.i + 1])
    there = told and what.pos_ in ("NOUN", "PROPN") and what.ent_type_ not in ("DATE", "TIME", "CARDINAL", "PERCENT")
    return [prep, what] if there and not _passes(what) and prep.lower_ != "of" else []


def _passes(what: Token) -> bool:
    """Whether a noun after a preposition says nothing of how somebody is: "in total", "in the morning"."""
    return what.lower_ in lexicons.group("no state") | lexicons.group("part of a period")


def _is_bare(what: Token) -> bool:
    return not _passes(what) and child(what, "det", "poss", "nummod") is None
