"""Shapes of a sentence in which a verb of saying stands, as questions to the parse.

"Quoted the governor as saying", "accused the police of hiding it", "the mill, prosecutors allege, burned down", a
headline's ", officials say", and what an adverb such as "reportedly" is not said of.
"""
from spacy.tokens import Token

from helpers import lexicons, sources
from helpers.syntax import (SUBJECTS, Range, child, extent, is_clause, is_negated, is_passive, is_verb, phrasal,
                            subject, without)


def of_doing(verb: Token) -> list[Token]:
    """The "of" that the parse hangs on the accused, or on who accuses: "accuse the police of hiding it"."""
    by = child(verb, "agent")
    accused = child(by, "pobj") if by is not None else child(verb, "dobj")
    found = [c for c in accused.children if c.lower_ == "of" and c.dep_ == "prep"] if accused is not None else []
    return [c for c in found if child(c, "pcomp")] or (found[-1:] if verb.lemma_ == "accuse" else [])


def as_saying(verb: Token) -> Token | None:
    """The verb in "quoted the governor as saying"."""
    credited = subject(verb) if is_passive(verb) else child(verb, "dobj")
    over = [verb, *([credited] if credited is not None else ())]
    said = (child(c, "pcomp") for t in over for c in t.children if c.dep_ == "prep" and c.lower_ == "as")
    return next((s for s in said if s is not None), None) if credited is not None else None


def speaker_before(verb: Token) -> Token | None:
    """Whose words "quoting the minister as saying" are behind "..., the paper reported,": the paper's."""
    told = verb.doc[verb.i - 2] if verb.i > 1 and verb.doc[verb.i - 1].text == "," else None
    says = told is not None and is_verb(told) and told.lemma_.lower() in lexicons.by("reporting_cues", "lemma")
    return subject(told) if says and verb.tag_ == "VBG" and verb.lemma_.lower() in lexicons.group("crediting") else None


def said_of(verb: Token) -> Token | None:
    """What somebody is said to be, behind a passive: "are feared trapped", "was put at 40,000"."""
    what = child(verb, "oprd")
    at = next((p for c in verb.rights if c.dep_ == "prep" and c.lower_ == "at" and (p := child(c, "pobj")) is not None
               and any(t.like_num for t in p.subtree)), None)
    return what if what is not None and what.i > verb.i else at


def is_other_verb(verb: Token, takes: list[str]) -> bool:
    """Whether a particle makes another verb of it, which reports nothing: "called off", "backed down"."""
    particle = child(verb, "prt")
    known = particle is None or phrasal(verb) in lexicons.by("reporting_cues", "lemma")
    return not known and f"particle {particle.lower_}" not in takes and child(verb, "ccomp", "parataxis") is None


def needs_clause(verb: Token, head: Token) -> bool:
    """Whether a verb that reports only in a clause or a quotation has a thing for its object, and so tells of a deed:
    "recalled the trains", "found a leak"."""
    return verb.lemma_.lower() in lexicons.group("speech in a clause") and not is_clause(head)


def wishes_no_name(verb: Token) -> bool:
    """Whether it only says that somebody did not want to be named: "asked not to be identified", "speaking on condition
    of anonymity"."""
    wish = child(verb, "xcomp")
    hidden = any(t.lower_ == "anonymity" for c in verb.children if c.dep_ == "prep" for t in c.subtree)
    return hidden or wish is not None and wish.lemma_ in lexicons.group("unnamed by wish") and is_negated(wish)


def is_deed(verb: Token, thing: Token) -> bool:
    """Whether what a verb is done to can be handed out, struck or bought: "issued masks", "attacked the village"."""
    lemma, says = verb.lemma_.lower(), lexicons.by("reporting_cues", "lemma").get(thing.lemma_.lower())
    if lemma in lexicons.group("handed out"):
        return (says is None or says["part"] != "noun") and not sources.is_listed(thing.text)
    if lemma in lexicons.group("done to people") and (sources.is_somebody(thing.text) or thing.ent_type_ == "PERSON"
                                                      or thing.lemma_.lower() in lexicons.group("people")):
        return True  # "questioned two workers"
    if lemma in lexicons.group("struck or bought"):
        place = thing.ent_type_ in ("GPE", "LOC", "FAC") or thing.lemma_.lower() in lexicons.group("place or thing")
        return place or child(thing, "nummod") is not None
    return False


def is_eloquent(verb: Token) -> bool:
    """Whether a thing, not a person, says it: "the act speaks volumes about them" reports nobody's words."""
    thing = child(verb, "dobj", "npadvmod")
    return thing is not None and thing.lemma_.lower() in lexicons.group("eloquent")


def headline(verb: Token) -> tuple[Range, Token] | None:
    """What a headline without a verb of its own says before ", officials say" at its end, and who says it."""
    sent = verb.sent
    closing = [t for t in verb.doc[verb.i + 1:sent.end] if not t.is_punct and not t.is_space]
    speaker = next((t for t in verb.doc[verb.i - 1:verb.i] if t.dep_ in SUBJECTS and t.head.i == verb.i), None)
    start = speaker.left_edge.i if speaker is not None else 0
    if closing or start - 1 <= sent.start or verb.doc[start - 1].text not in (",", "-", "–", "—") or is_passive(verb):
        return None
    return (sent.start, start - 1), speaker


def between_commas(verb: Token, who: Token | None) -> bool:
    """Whether "prosecutors allege" stands by itself between commas behind the subject of a clause."""
    start, end = extent(verb)
    alone = who is not None and who.head.i == verb.i and who.left_edge.i == start and end - start < 6
    return alone and start > 0 and end < len(verb.doc) and verb.doc[start - 1].text == "," == verb.doc[end].text and (
        verb.head.dep_ in SUBJECTS and is_verb(verb.head.head))


def stands_beside(clause: Token) -> bool:
    """Whether a clause is none of what an adverb in the clause before it is said of: ", though ...", "and they ..."."""
    if clause.dep_ == "conj":
        return child(clause, *SUBJECTS) is not None
    return clause.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in lexicons.group("conceding")
                                          for c in clause.children)


def has_gap(verb: Token) -> bool:
    """Whether a verb of saying lacks what is said, as in a relative clause: "a claim that doctors reject"."""
    row = lexicons.by("reporting_cues", "lemma").get(verb.lemma_.lower())
    return row is not None and row["part"] == "verb" and not is_passive(verb) and not any(
        c.dep_ in ("dobj", "ccomp", "xcomp", "prep", "attr", "acomp") for c in verb.children)


def unfound(noun: Token) -> bool:
    """Whether evidence, a sign or a proof was not found: "did not find proof that", "has yet to hear evidence that"."""
    verb = noun.head
    over = verb.head if verb.dep_ == "xcomp" else verb
    missed = over.i != verb.i and over.lemma_.lower() in lexicons.group("undone")
    return noun.dep_ == "dobj" and noun.lemma_.lower() in lexicons.group("no speaker") and (
        is_negated(verb) or is_negated(over) or missed)


def in_the_words(words: Token) -> Token | None:
    """Whose words are given: "in the words of the chair", "in her words"."""
    if words.dep_ != "pobj" or words.head.lower_ != "in":
        return None
    of = next((c for c in words.children if c.lower_ == "of"), None)
    return child(of, "pobj") if of is not None else child(words, "poss")


def reported(part: Token, holes: list[Range]) -> list[Range]:
    """What a part of a sentence says once "that" is off its front, less holes in it."""
    start, end = extent(part)
    if part.doc[start].lower_ in ("only", "just") and part.doc[start + 1:end][:1].text == "that":
        start += 1
    if part.doc[start].lower_ == "that" and part.doc[start].dep_ not in ("nsubj", "nsubjpass", "det"):
        start += 1
    return without((start, end), holes)


def cue(verb: Token) -> Range:
    """The verb with its auxiliaries, negation, adverbs and particle, where they stand together."""
    start, end, cues = verb.i, verb.i + 1, lexicons.by("reporting_cues", "lemma")
    helpers = {c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "prt", "advmod") and not c.is_punct
               and c.lower_ not in cues}
    while start - 1 in helpers:
        start = min(start - 1, verb.doc[start - 1].left_edge.i)  # "have so far confirmed"
    while end in helpers and verb.doc[end].dep_ in ("prt", "neg"):
        end += 1
    return start, end
