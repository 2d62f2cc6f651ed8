"""Refusals to say: what they leave open, and which words in them are no reports of their own.

"She declined to say whether the tape was real", "asked whether it was real, she declined to comment", "he neither
confirmed nor denied that it was real": one attribution each, with the clause as its content, and nobody committed.
"""
from spacy.tokens import Token

from helpers import lexicons, sources
from helpers.syntax import Range, child, phrasal

ASKED = ("asked", "pressed", "questioned")
BOTH = ("confirm", "deny")


def is_refusal(verb: Token) -> bool:
    """Whether a verb refuses to do something: decline to, refuse to."""
    return verb.lemma_.lower() in lexicons.group("refusal")


def is_of_deeds(verb: Token) -> bool:
    """Whether it is something to be done that is refused, not something to be told: "refused to leave"."""
    what = child(verb, "xcomp")
    lemma = phrasal(what) if what is not None else ""
    return is_refusal(verb) and lemma not in lexicons.group("telling") and lemma not in lexicons.by("reporting_cues", "lemma")


def is_part(verb: Token) -> bool:
    """Whether a verb of saying belongs to a refusal: what is not said, the question that it answers, "nor denied"."""
    above = verb.head
    if verb.dep_ == "xcomp" and verb.i != above.i:
        return is_refusal(above) and not is_refusal(verb)
    if is_asked(verb):
        return is_refusal(above)
    return verb.dep_ == "conj" and neither(above) is not None


def is_asked(verb: Token) -> bool:
    """Whether a verb opens with what somebody was asked: "asked whether the tape was real"."""
    return verb.dep_ == "advcl" and verb.lower_ in ASKED and child(verb, "nsubj") is None


def question(verb: Token) -> Token | None:
    """The verb of the clause that somebody was asked, beside the verb that says how he answered."""
    over = verb.head if verb.dep_ == "ccomp" else verb  # "asked whether ..., she said she could not comment"
    asked = next((c for v in (verb, over) for c in v.children if is_asked(c)), None)
    return child(asked, "ccomp") if asked is not None else None


def is_turned_down(entry: dict[str, str], thing: Token) -> bool:
    """Whether a verb of denial sends somebody or something away instead: "dismissed 40 nurses", "rejected the offer"."""
    people = thing.ent_type_ == "PERSON" or sources.is_somebody(thing.text) or thing.lower_ in lexicons.group("somebody")
    return entry["speech_act"] == "deny" and (people or thing.lemma_.lower() in lexicons.group("turned down"))


def left_possible(verb: Token) -> Token | None:
    """What is refused, where that is to deny something: "declined to rule out"."""
    what = child(verb, "xcomp") if is_refusal(verb) else None
    return what if what is not None and phrasal(what) in lexicons.group("left possible") else None


def left_open(verb: Token) -> Token | None:
    """The verb of the clause that a refusal leaves open, if it names one."""
    told = child(verb, "xcomp")
    clause = child(told, "ccomp") if told is not None else None
    return clause if clause is not None else question(verb)


def neither(verb: Token) -> tuple[Range, Token] | None:
    """The cue and the second verb of "neither confirmed nor denied"; none where a verb is no such pair's first."""
    second = child(verb, "conj")
    first = next((c for c in verb.children if c.lower_ == "neither" and c.i < verb.i), None)
    pair = second is not None and {verb.lemma_.lower(), second.lemma_.lower()} == set(BOTH)
    return ((first.i, second.i + 1), second) if first is not None and pair else None
