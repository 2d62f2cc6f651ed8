"""The subject that a clause leaves out or has in a pronoun, where the parse is clear; ranges are token numbers.

A parse counts as clear where verb and noun agree in number and the noun phrase stands unbroken before the clause.
"""
from typing import NamedTuple

from spacy.tokens import Token

from helpers import lexicons, scopes
from helpers.syntax import Range, child, is_finite, is_passive, is_verb

LONGEST = 14  # tokens of a noun phrase that is said again
_ASIDE = ("relcl", "appos", "parataxis")
_WHEN = ("DATE", "TIME")
_DEFINITE = ("the", "this", "that", "these", "those")


class Subject(NamedTuple):
    noun: Token
    phrase: Range
    helping: Range = (0, 0)  # auxiliaries shared with the verb before
    picks_out: bool = False  # the clause only says which one is meant: "workers who earn little"


def of_relative(verb: Token) -> Subject | None:
    """What "who", "which" or "that" stands for as the subject of a relative clause.

    A noun that does not agree with the verb gives way to that which it hangs on ("attacks in the region, which have").
    """
    own = child(verb, "nsubj", "nsubjpass")
    if verb.dep_ != "relcl" or own is None or own.i > verb.i or own.lower_ not in ("who", "which", "that") or (
            own.nbor().pos_ in ("NOUN", "PROPN", "PRON", "DET")):  # "which the town owns", whatever the parser says
        return None
    noun, start = verb.head, verb.left_edge.i
    if own.lower_ == "which" and not plural(verb) and verb.lemma_.lower() in lexicons.group("of a clause"):
        return None
    if not (_agree(noun, verb) and _suits(noun, own)) and noun.dep_ == "pobj" and noun.head.dep_ == "prep":
        noun = noun.head.head
    words = phrase(noun, start)
    if words is None or not (_agree(noun, verb) and _suits(noun, own)):
        return None
    between = verb.doc[words[1]:start]
    if any(not t.is_punct and not t.is_space for t in between):
        return None
    return Subject(noun, words, picks_out=not any(t.is_punct for t in between) and not _identified(noun))


def of_participle(verb: Token) -> Subject | None:
    """The noun right before a participle that hangs on it: "a firm employing 300 people"."""
    noun = verb.head
    if verb.dep_ != "acl" or verb.tag_ not in ("VBG", "VBN") or noun.pos_ not in ("NOUN", "PROPN") or noun.i > verb.i:
        return None
    words = phrase(noun, verb.left_edge.i)
    if words is None or words[1] != verb.left_edge.i or noun.ent_type_ in _WHEN:
        return None
    return Subject(noun, words, picks_out=True)


def shared(verb: Token) -> Subject | None:
    """The subject of a verb before, with the auxiliaries that both need: "was arrested and [was] sent home"."""
    first = verb
    for _ in range(5):
        if first.dep_ != "conj" or child(first, "nsubj", "nsubjpass", "csubj", "expl") is not None:
            break
        first = first.head
    own = child(first, "nsubj", "nsubjpass")
    if first.i == verb.i or own is None or own.i > first.i or not is_verb(first) or not is_finite(first) or (
            own.lower_ in ("it", "this", "there", "what") or own.tag_ == "DT") or _either(first, verb):
        return None
    helping = _helping(first, verb)
    if helping is None:
        return None
    if own.tag_ in ("WDT", "WP"):
        told = of_relative(first)
        return told._replace(helping=helping) if told is not None and not told.picks_out and (
            helping[0] < helping[1] or _agree(told.noun, verb)) else None
    words = phrase(own, first.i)
    if words is None or helping[0] == helping[1] and not _agree(own, verb):
        return None
    return Subject(own, words, helping)


def of_verb(verb: Token) -> Subject | None:
    """The subject that stands with a verb or that it shares."""
    own = child(verb, "nsubj", "nsubjpass")
    if own is None:
        return shared(verb)
    if own.tag_ in ("WDT", "WP"):
        return of_relative(verb)
    words = phrase(own, verb.i) if own.i < verb.i else None
    return Subject(own, words) if words is not None else None


def _either(first: Token, verb: Token) -> bool:
    """Whether it could as well go with another verb: "fired the clerk who lied and left", "fell, he said, and sank"."""
    before = verb.doc[max(0, verb.left_edge.i - 1)]
    fronted = first.dep_ == "parataxis" or any(c.dep_ == "ccomp" and c.i < first.i for c in first.children)
    if before.pos_ in ("NOUN", "PROPN", "PRON", "ADJ") or fronted or not _in_step(first, verb):
        return True
    return any(t.dep_ in ("relcl", "ccomp", "advcl") and is_verb(t) and is_finite(t) and first in t.ancestors
               and _in_step(t, verb) for t in verb.doc[first.i + 1:verb.i])


def _in_step(verb: Token, other: Token) -> bool:
    return None in (past(verb), past(other)) or past(verb) == past(other)


def _helping(first: Token, verb: Token) -> Range | None:
    """The auxiliaries of the first verb that the other needs too (maybe none); None if that is not clear."""
    tags = {c.tag_ for c in first.children if c.dep_ in ("aux", "auxpass")}
    alone = is_finite(verb) and not (verb.tag_ == "VBP" and first.tag_ == "VB" and tags)
    if alone:
        sent = verb.tag_ == "VBD" and first.tag_ == "VBN" and (
            is_passive(first) or first.dep_ == "relcl")  # "was arrested and sent home"
        return None if sent or _or(first, verb) else (0, 0)
    if not is_finite(first) or {first.tag_, verb.tag_} not in ({"VB"}, {"VBN"}, {"VBG"}, {"VB", "VBP"}) or child(
            verb, "aux", "auxpass") is not None:
        return None
    start = min((c.i for c in first.lefts if c.dep_ in ("aux", "auxpass")), default=first.i)
    run = [first.doc[i] for i in range(start, first.i)]
    weaker = [t for t in first.children if t.dep_ == "advmod" and t.lower_ in lexicons.by("hedges", "phrase")]
    plain = all(t.head.i == first.i and t.dep_ in ("aux", "auxpass", "neg", "advmod") and t.text[0].isalpha()
                and t.whitespace_ for t in run)
    negated = any(t.dep_ == "neg" for t in run)
    clear = run and plain and negated == _or(first, verb) and all(t in run for t in weaker)
    return (start, first.i) if clear else None


def _or(first: Token, verb: Token) -> bool:
    """Whether only one of two verbs need hold: "were killed or wounded"; after "not" neither does."""
    joined = (first, *(t for t in first.conjuncts if t.i <= verb.i))
    return any(c.dep_ == "cc" and c.lower_ not in ("and", "but") and not any(
        g.i > c.i and scopes.one_measure(g) for g in t.children) for t in joined for c in t.children)


def phrase(noun: Token, before: int) -> Range | None:
    """A noun with what belongs to it and stands before a token, without what commas or brackets set off.

    None if it is no noun, if it says that there is none ("no man", "few"), if it is broken, or longer than LONGEST.
    """
    doc, start, limit = noun.doc, noun.left_edge.i, min(noun.right_edge.i + 1, before)
    if noun.pos_ not in ("NOUN", "PROPN", "PRON") or _has(noun, lexicons.group("not any")):
        return None
    joins, end = child(noun, "conj") is not None, limit
    for t in doc[noun.i + 1:limit]:
        aside = t.dep_ in _ASIDE and doc[t.left_edge.i - 1].is_punct
        if aside or not joins and t.is_punct and not t.is_quote and t.text != "-":
            end = min(end, t.left_edge.i if aside else t.i)
    while end > start and (doc[end - 1].is_space or doc[end - 1].is_punct and not doc[end - 1].is_quote):
        end -= 1
    while start < noun.i and (doc[start].is_space or doc[start].is_punct and not doc[start].is_quote or (
            doc[start].dep_ == "advmod" and doc[start].head.i == noun.i)):
        start += 1
    mine = {t.i for t in noun.subtree}
    whole = start <= noun.i < end <= start + LONGEST and mine.issuperset(range(start, end))
    dated = noun.ent_type_ not in _WHEN and any(
        t.ent_type_ in _WHEN and t.dep_ == "compound" for t in doc[start:noun.i])  # "On 16 May Kirby left"
    off = {t.i for c in noun.subtree if c.dep_ in (*_ASIDE, "acl", "punct") and c.left_edge.i >= end for t in c.subtree}
    return (start, end) if whole and not dated and off.issuperset(i for i in mine if end <= i < limit) else None


def _has(noun: Token, words: frozenset[str]) -> bool:
    return noun.lower_ in words or any(
        c.lower_ in words for c in noun.lefts if c.dep_ in ("det", "amod", "neg", "predet", "advmod", "preconj"))


def plural(token: Token) -> bool | None:
    """The number of a noun or of a finite verb; None if its form does not show it."""
    if token.pos_ in ("NOUN", "PROPN"):
        return token.tag_ in ("NNS", "NNPS") or _joined(token)
    if not is_verb(token):
        return {"they": True, "we": True, "these": True, "those": True, "he": False, "she": False, "it": False}.get(
            token.lower_)
    for t in (*(c for c in token.children if c.dep_ in ("aux", "auxpass") and c.i < token.i), token):
        known = {"was": False, "were": True, "VBZ": False, "VBP": True}
        if t.tag_ in ("VBZ", "VBP", "VBD", "MD"):
            return known.get(t.lower_, known.get(t.tag_))
    return None


def past(verb: Token) -> bool | None:
    """Whether a verb is finite in the past or in the present; None with a modal or without tense."""
    for t in (*(c for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i < verb.i), verb):
        if t.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            return {"VBD": True, "MD": None}.get(t.tag_, False)
    return None


def _joined(noun: Token) -> bool:
    return child(noun, "conj") is not None and any(c.lower_ == "and" for c in noun.children if c.dep_ == "cc")


def _agree(noun: Token, verb: Token) -> bool:
    return None in (plural(noun), plural(verb)) or plural(noun) == plural(verb)


def _suits(noun: Token, pronoun: Token) -> bool:
    """Whether "who" stands for somebody and "which" for something, as far as names show it."""
    if pronoun.lower_ == "who":
        return noun.ent_type_ not in ("GPE", "ORG", "LOC", "FAC", "DATE", "TIME", "MONEY", "PERCENT")
    return pronoun.lower_ != "which" or noun.ent_type_ != "PERSON"


def _identified(noun: Token) -> bool:
    """Whether a noun says which one it is even without the clause: "the man who left", not "workers who left"."""
    if _has(noun, lexicons.group("counting")):
        return False
    definite = any(c.dep_ == "poss" or c.dep_ == "det" and c.lower_ in _DEFINITE for c in noun.lefts)
    return noun.tag_ == "NNP" or definite and (not plural(noun) or child(noun, "nummod") is not None)
