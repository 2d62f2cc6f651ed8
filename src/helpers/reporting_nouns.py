"""Attributions whose cue is no verb: "the claim that", "according to", "in the words of", "allegedly", "the reported
theft"."""
from spacy.tokens import Token

from helpers import frames, lexicons, scopes, sources
from helpers.syntax import child, clause_of, extent, is_name, is_verb, negation, subject, without
from helpers.voices import Attribution, listed, made


def noun(noun: Token, entry: dict[str, str], names: sources.Names) -> list[Attribution]:
    takes = lexicons.cells(entry["takes"])
    source = child(noun, "poss")
    clause, about, announcing = None, None, lexicons.group("announcing verb") | {"say"}
    for c in noun.children:
        if c.dep_ in ("acl", "ccomp", "relcl") and c.i > noun.i and is_verb(c) and c.left_edge.lower_ == "that":
            who = child(c, "nsubj", "nsubjpass")  # of a relative clause: "the claim that he made" has no content
            relates = who is None or who.lower_ == "that" or c.lemma_ in announcing
            if (c.dep_ != "relcl" or not relates) and not frames.has_gap(c):
                clause = c
        elif c.dep_ == "prep" and c.i > noun.i and (inner := child(c, "pobj", "pcomp")) is not None:
            if c.lower_ in ("by", "from") or c.lower_ == "of" and is_name(inner) and child(inner, "acl") is None:
                source = source if source is not None else inner
            elif c.lower_ in takes:
                about = about if about is not None else inner
    if source is None:
        source = next((c for c in noun.children if c.dep_ in ("amod", "compound", "nmod") and is_name(c)), None)
    own = source is None or source.tag_ == "PRP$"  # "repeated her claim"
    if own and noun.dep_ == "dobj" and noun.head.lemma_ in lexicons.group("announcing verb"):
        source = subject(noun.head)
    part = clause if clause is not None else about
    none = bool(negation(noun)) or noun.head.lower_ == "without" or any(
        c.lower_ in lexicons.group("scarce") for c in noun.lefts) or frames.unfound(noun)
    nobody = none and entry["lemma"] == "doubt"  # "no doubt that": nobody doubts
    if part is None or part.lemma_.lower() in lexicons.group("asked for") or nobody:
        return []
    cue = (noun.i, noun.i + 1)
    made_of = made(frames.reported(part, [cue]), part, cue, entry, "noun", source, names)
    for it in made_of if none else ():
        it.value, it.author_value = "Uu", "Uu"
    return made_of


def according(token: Token, names: sources.Names) -> list[Attribution]:
    to = child(token, "prep")
    source = child(to, "pobj") if to is not None else None
    if source is None:
        return []
    head = token.head if token.head.i != token.i else source
    main = head if is_verb(head) else clause_of(head)
    entry = {**listed("say"), "speech_act": "say"}
    noun = lexicons.by("reporting_cues", "lemma").get(source.lemma_.lower())
    if noun is not None and noun["speech_act"] == "estimate":
        entry = {**noun, "unnamed_as": "estimates"}
    beside = [extent(c) for c in main.children if c.i > main.i and c.dep_ == "advcl" and frames.stands_beside(c)]
    parts = without(extent(main), [extent(token), *beside])
    return made(parts, main, (token.i, to.i + 1), entry, "according-to", source, names)


def in_words(words: Token, whose: Token, names: sources.Names) -> list[Attribution]:
    """ "In the words of the chair, ..."."""
    phrase = words.head
    main = clause_of(phrase)
    cue = (phrase.i, (whose.head.i if whose.dep_ == "pobj" else words.i) + 1)
    parts = without(extent(main), [extent(phrase)])
    return made(parts, main, cue, listed("say"), "according-to", whose, names)


def adverb(token: Token, entry: dict[str, str], names: sources.Names) -> list[Attribution]:
    head = token.head
    whole = clause_of(head) if is_verb(head) or head.dep_ == "acomp" else head
    beside = [extent(c) for c in whole.children if c.i > token.i and frames.stands_beside(c)]
    cue = (token.i, token.i + 1)
    return made(without(extent(whole), [cue, *beside]), whole, cue, entry, "adverb", None, names)


def adjective(token: Token, entry: dict[str, str], names: sources.Names) -> list[Attribution]:
    noun = token.head
    if noun.pos_ not in ("NOUN", "PROPN") or scopes.is_expression(token, noun):  # "suspected cases" are counted as such
        return []
    start, end = extent(noun)
    relative = child(noun, "relcl")
    if relative is not None:
        end = min(end, relative.left_edge.i)
    cue = (token.i, token.i + 1)
    return made(without((start, end), [cue]), noun, cue, entry, "adjective", None, names)
