"""What a number or a clause is about: its measure, by the word lists (`populations`: of whom; `locating`: where).

A *measure* is what was done to those who are counted (arrested, charged, laid off). Words of several measures that stand
joined ("dismissed or suspended") are the measure that is their union. What the lists do not know keeps its own lemma.
"""
import functools

from spacy.tokens import Token

from helpers import lexicons, states
from helpers.syntax import SUBJECTS, child, extent, is_negated, is_verb, subject


@functools.cache
def _words() -> tuple[dict[str, str], dict[str, str], dict[str, frozenset]]:
    single, phrases, unions = {}, {}, {}
    for row in lexicons.rows("measures"):
        for word in lexicons.cells(row["words"]):
            (phrases if " " in word else single).setdefault(word, row["measure"])
        if row["union_of"]:
            unions[row["measure"]] = frozenset(lexicons.cells(row["union_of"]))
    return single, phrases, unions


def of_word(token: Token) -> str:
    """The measure that one word names, or "". Some verbs name it only without an object ("hundreds demonstrated")."""
    single, alone = _words()[0], lexicons.by("measures", "intransitive")
    if token.lemma_.lower() in alone and child(token, "dobj") is not None:
        return ""
    if token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in lexicons.group("a thing as a noun"):
        return ""
    return single.get(token.lower_) or single.get(token.lemma_.lower(), "")


def is_expression(adjective: Token, noun: Token) -> bool:
    """Whether the two are a fixed expression that names a measure: "suspected cases"."""
    return f"{adjective.lower_} {noun.lemma_.lower()}" in _words()[1]


def is_listed(measure: str) -> bool:
    """Whether a measure is one of the list's own."""
    return measure in lexicons.by("measures", "measure")


def union(names: list[str], either: bool = False) -> str:
    """One measure for several that are joined: their union where the list has one, else the first, or, where only one
    of them need hold, all ("arrested_or_charged")."""
    names = list(dict.fromkeys(n for n in names if n))
    for measure, parts in sorted(_words()[2].items(), key=lambda u: -len(u[1])):
        if parts == frozenset(names) and len(parts) > 1:
            return measure
    return "_or_".join(names) if either else names[0] if names else ""


def one_measure(verb: Token) -> bool:
    """Whether a verb only completes the measure of the verb that it is joined to: "killed or wounded".

    Then nothing but the join stands between them and neither has a subject or object that the other lacks. "And" makes
    one measure only where the list has it.
    """
    first = verb.head
    listed = verb.dep_ == "advcl" and all(c.dep_ in ("cc", "conj", "punct") for c in verb.children)
    own = child(verb, *SUBJECTS, "aux", "auxpass", "neg")
    if verb.dep_ != "conj" and not listed or verb.i < first.i or not is_verb(first) or own is not None or (
            first.tag_ != verb.tag_ and not {first.tag_, verb.tag_} <= {"VBN", "VBD", "JJ"}):
        return False
    between = verb.doc[first.i + 1:verb.i]
    if any(t.dep_ not in ("cc", "punct") and not (t.dep_ == "advmod" and t.head.i == verb.i) for t in between) or (
            is_negated(first)):  # "did not pay or feed": both hold
        return False
    joins = {t.lower_ for t in (*first.children, *verb.children) if t.dep_ == "cc" and t.i > first.i}
    both = frozenset((of_word(first), of_word(verb)))
    return "or" in joins or "and" in joins and any(both <= parts for parts in _words()[2].values())


def _people(token: Token | None) -> str:
    """The measure that a noun for people implies ("protester"), which what is done to them outweighs."""
    row = lexicons.by("measures", "people").get(token.lemma_.lower()) if token is not None else None
    return row["measure"] if row else ""


def _joined(token: Token) -> str:
    """The measure of a word and of those joined to it without a subject, object or number of their own."""
    found = [of_word(token)]
    for other in token.conjuncts if found[0] else ():
        later = max(token, other, key=lambda t: t.i)
        apart = child(later, "nsubj", "nsubjpass") is not None or child(other, "nummod") is not None or (
            child(other, "dobj") is not None and child(token, "dobj") is not None)
        if not apart:
            found.append(of_word(other))
    either = _alternatives(token)
    return union(either, True) if found[0] and len(set(filter(None, either))) > 1 else union(found)


def _alternatives(token: Token) -> list[str]:
    """The measures of a verb and of those that complete its measure, in their order."""
    while one_measure(token):
        token = token.head
    found, todo = [], [token]
    while todo:
        at = todo.pop(0)
        found.append(of_word(at))
        todo += [c for c in at.children if one_measure(c)]
    return found


def _phrase(start: int, end: int, token: Token) -> str:
    """The measure of a fixed expression among some words ("confirmed cases"), the longest first."""
    words = [{t.lower_, t.lemma_.lower()} for t in token.doc[start:end]
             if t.tag_ not in ("PRP$", "DT", "CD") and not t.is_punct]
    found = [phrase for n, at in enumerate(words) for word in at for parts, phrase in _phrases().get(word, ())
             if len(parts) <= len(words) - n and all(map(set.__contains__, words[n:], parts))]
    return _words()[1][max(found, key=lambda p: (len(p), p))] if found else ""


@functools.cache
def _phrases() -> dict[str, list[tuple[list[str], str]]]:
    """The fixed expressions by their first word, each with its words."""
    found: dict[str, list[tuple[list[str], str]]] = {}
    for phrase in _words()[1]:
        found.setdefault(phrase.split()[0], []).append((phrase.split(), phrase))
    return found


def done_to(verb: Token, noun: Token | None) -> str:
    """The measure of a verb with those it was done to, however far they stand apart ("lost an average of 40 soldiers")."""
    return _words()[1].get(f"{verb.lemma_.lower()} {noun.lemma_.lower()}", "") if noun is not None else ""


def measure(noun: Token | None, verb: Token) -> str:
    """The measure of those counted by `noun` (None: a bare number) in the clause of `verb`; else a lemma."""
    start, end = extent(verb)
    other = (c.i for c in verb.rights if c.dep_ == "conj" and is_verb(c) and not one_measure(c))
    end = min((end, *(n for n in other if noun is None or n > noun.i)))  # "closed two shops and laid off 40 bakers"
    near = (max(start, verb.i - 3), min(end, verb.i + 6))
    if noun is not None:
        near = (min(near[0], max(start, noun.i - 4)), max(near[1], min(end, noun.i + 5)))
        own = _phrase(noun.left_edge.i, noun.i + 1, noun) or _joined(noun)
        if own:
            return own
        for c in noun.children:
            if c.dep_ in ("amod", "acl", "compound", "nmod") and (found := _joined(c)):
                return found
            if c.dep_ == "relcl" and (found := _joined(c)):
                return found
    if found := _phrase(*near, verb) or done_to(verb, noun) or _joined(verb):
        return found
    for c in verb.children:
        if c.dep_ in ("dobj", "attr", "acomp", "xcomp", "oprd") and (noun is None or c.i != noun.i) and (
                found := _joined(c)):
            return found
    if found := _people(noun):
        return found
    # A verb that only says how many ("losses came to 300", "averaged 40") counts what its subject names.
    who = subject(verb)
    if who is not None and (noun is None or who.i != noun.i) and (found := _joined(who)):
        return found
    return _by_its_word(noun, verb)


def _by_its_word(noun: Token | None, verb: Token) -> str:
    """The lemma of the word that says what happened, where no list does: the verb, the state that they are in ("300 are
    on strike"), what it left the noun as ("left 300 homes flooded"), or the noun where the verb only counts it ("reported
    40 births"); "" where none is safe."""
    light = verb.lemma_.lower() in lexicons.group("light verb") and not _says_all(noun, verb)
    if is_verb(verb) and not light and verb.is_alpha:
        return verb.lemma_.lower()
    if state := states.find(noun, verb):
        return of_word(state[-1]) or "_".join(t.lower_ for t in state)
    if noun is None:
        return ""
    after = noun.doc[noun.right_edge.i + 1] if noun.right_edge.i + 1 < len(noun.doc) else noun
    if light and noun.dep_ in ("dobj", "nsubj") and after.tag_ in ("VBN", "JJ") and (
            after.head.i in (verb.i, noun.i) and after.dep_ in ("advcl", "acl", "oprd", "xcomp", "ccomp", "amod")):
        return of_word(after) or after.lemma_.lower()
    counts = light and is_verb(verb) and verb.lemma_.lower() not in lexicons.group("holding verb")
    return noun.lemma_.lower() if counts and noun.pos_ != "NUM" else ""


def _says_all(noun: Token | None, verb: Token) -> bool:
    """Whether a light verb has nothing beside it that could say what happened: "300 workers left"."""
    beside = child(verb, "dobj", "attr", "acomp", "oprd", "xcomp", "ccomp", "prep", "prt", "dative", "npadvmod", "advmod")
    return noun is not None and verb.pos_ == "VERB" and states.is_told_of(noun, verb) and (
        beside is None or beside.dep_ in ("npadvmod", "advmod") and beside.pos_ not in ("NUM", "ADP"))
