"""Answers that are none: "evaded questions about the leak", "did not respond", "would not be drawn on the layoffs".

Somebody was asked, or could have been, and said nothing on the matter: like a refusal to say (`declines`) it commits
nobody. lexicons/silences.csv has the words, the shape that they take, and what they are about:

turns away   "dodged the question"            negated   "did not reply to the email", "has yet to comment"
does not     "avoided saying whether"         is not    "could not be reached"
not so, so   "was not available", "is silent" nothing   "gave no details"
"""
from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from helpers import declines, frames, lexicons, sources
from helpers.syntax import Range, child, extent, is_clause, is_name, is_negated, is_passive, is_verb, phrasal, subject

TOPIC = ("about", "on", "over", "regarding", "concerning", "whether")
OF_A_THING = ("detail", "reason", "explanation", "information")
STAYING = ("be", "remain", "stay", "keep")


class Silence(NamedTuple):
    """The cue, what is left open (its tokens and their head), and the clause's verb."""

    cue: Range
    content: Range
    head: Token
    verb: Token  # that has the one who is silent for its subject


def find(verb: Token) -> Silence | None:
    """What a verb leaves open in this way; None if it does not."""
    if not is_verb(verb) or (who := subject(verb)) is None or who.lower_ in ("it", "that", "this", "which"):
        return None
    for word, row in _rows(verb):
        if (thing := _shown(verb, word, who, row)) is not None:
            return _made(verb, thing)
    return None


def answers(verb: Token) -> bool:
    """Whether a verb, or what it says, is such an answer: "did not reply", "said she could not comment"."""
    said = child(verb, "ccomp")
    return find(verb) is not None or said is not None and find(said) is not None


def _rows(verb: Token) -> Iterator[tuple[Token, dict[str, str]]]:
    """Each row that has the verb, or the adjective beside it, with that word."""
    after = verb.doc[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else ""
    forms = {verb.lemma_.lower(), phrasal(verb), f"{verb.lemma_.lower()} {after}"}
    beside = child(verb, "acomp", "oprd") if verb.lemma_ in STAYING else None
    for row in lexicons.rows("silences"):
        words = lexicons.cells(row["words"])
        if not forms.isdisjoint(words):
            yield verb, row
        elif beside is not None and beside.lower_ in words and row["shape"] in ("so", "not so"):
            yield beside, row


def _shown(verb: Token, word: Token, who: Token, row: dict[str, str]) -> Token | None:
    """The word from which the matter hangs, if the verb takes the row's shape."""
    shape, about = row["shape"], lexicons.cells(row["about"])
    thing, no = child(verb, "dobj"), is_negated(verb) or _over(verb).i != verb.i
    if shape == "turns away":
        if thing is None:
            return word if not no and declines.question(verb) is not None else None
        of = any(c.lower_ == "of" for c in thing.rights)  # "the question of money"
        return thing if not no and not of and thing.lemma_.lower() in about else None
    if shape == "does not":
        what = child(verb, "xcomp")
        return what if what is not None and not no and what.lemma_.lower() in about else None
    if shape == "negated":
        to = next((p for c in verb.children if c.lower_ == "to" and (p := child(c, "pobj")) is not None), thing)
        if not no or is_passive(verb):
            return None
        if to is None:
            known = not about or is_name(who) or sources.is_somebody(who.text) or who.lower_ in ("he", "she", "they")
            return word if known and "return" not in row["words"] else None
        return to if not about or to.lemma_.lower() in about else None
    matter = any(c.lower_ in (*TOPIC, "for") for over in (word, verb) for c in over.rights if c.dep_ == "prep")
    if shape == "is not":
        could = any(c.tag_ == "MD" for c in verb.children) and is_passive(verb) and child(verb, "agent") is None
        return word if no and could and (matter or _speaks(who)) else None
    if shape in ("so", "not so"):
        return word if no == (shape == "not so") and matter and (verb.lemma_ != "be" or _speaks(who)) else None
    bare = thing is not None and thing.lemma_.lower() in about and (
        thing.left_edge.lower_ == "no" or no and child(thing, "amod") is None)
    return thing if bare else None


def _speaks(who: Token) -> bool:
    return is_name(who) or sources.is_listed(who.text) or who.lower_ in ("he", "she", "they")


def _over(verb: Token) -> Token:
    """The verb that says that it was not done: "has yet to comment", "failed to reply"."""
    above = verb.head
    undone = above.lemma_.lower() in ("fail", "neglect", "omit") and not is_negated(above)
    return above if verb.dep_ == "xcomp" and (undone or above.lemma_ == "have" and is_negated(above)) else verb


def _made(verb: Token, thing: Token) -> Silence:
    top = _over(verb)
    start, end = frames.cue(top)[0], frames.cue(verb)[1]
    by_itself = thing.i == verb.i or thing.dep_ in ("acomp", "oprd")
    cue = (start, max(end, thing.i + 1)) if by_itself else (start, end)
    for over in (thing, *(p for c in thing.children if (p := child(c, "pobj")) is not None), verb):
        if (matter := _matter(over, thing)) is not None:
            return Silence(cue, extent(matter), matter, top)
    if (asked := declines.question(verb)) is not None:
        return Silence(cue, extent(asked), asked, top)
    if not by_itself:
        return Silence(cue, extent(thing), thing, top)
    called = next((p for over in (thing, verb) for c in over.rights if c.lower_ == "for" and (p := child(c, "pobj"))),
                  None)
    if called is not None:
        return Silence(cue, extent(called), called, top)
    # "did not | respond"
    return Silence((start, thing.i) if start < thing.i else cue, (thing.i, thing.i + 1), thing, top)


def _matter(over: Token, thing: Token) -> Token | None:
    """What a question, a request or an answer is about."""
    for c in over.rights:
        asks = c.left_edge.lower_ != "that"  # "the charge that it hid the leak" is left open as a whole
        if c.dep_ in ("ccomp", "acl") and asks and is_clause(c) and child(c, "nsubj", "nsubjpass") is not None:
            return c
        ways = (*TOPIC, "of", "for") if thing.lemma_.lower() in OF_A_THING else TOPIC
        if c.dep_ == "prep" and c.lower_ in ways and (inner := child(c, "pobj", "pcomp")) is not None:
            return inner
    return None
