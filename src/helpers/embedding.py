"""What stands over a clause and makes it more or less of a fact: "it is not true that", "no chance that", "fails to".

Saurí and Pustejovsky (2012, "Are you sure that this happened?") walk down from the author through every predicate that
embeds another; here the walk goes from the clause upward and ends at the first word that reports somebody else's.
"""
from collections.abc import Collection

from spacy.tokens import Token

from helpers import lexicons
from helpers.commitment import (HIGHEST, Effect, beside, consequence, entry, impersonal, negations, opens, scarce, seen,
                                taken, words, written)
from helpers.syntax import child, is_clause, is_negated, is_verb


def effects(head: Token, cues: Collection[int] = ()) -> list[Effect]:
    """The words that count for a clause, or for an event in a noun, given its head: in it and over it.

    What only frames a clause ("it is likely that", "fails to") is as that clause. `cues`: words (token numbers) that
    count elsewhere, as reporting cues ("the reported theft").
    """
    found = consequence(head)
    for _ in range(HIGHEST):
        framed = _framed(head, cues)
        if framed is None:
            break
        head = framed
        found += consequence(head)
    return found + words(head, cues) + opens(head) + _over(head, cues)


def around(word: Token, cues: Collection[int]) -> list[Effect]:
    """The same for a verb or noun that reports: what makes it open or less than certain that anything was said.

    Left out are its negation, which the attribution has counted, and "will" and "would", which only place it in time.
    `cues`: words that report, where the walk upward ends.
    """
    found, _ = beside(word, (), ("aux", "advmod"), [])
    listed = lexicons.by("reporting_cues", "lemma")  # "reportedly" reports by itself
    weak = []
    for where, value in found:
        last = word.doc[where[1] - 1]
        if value == "Uu" or value.startswith("PS") or last.dep_ == "advmod" and last.lower_ not in listed:
            weak.append((where, value))
    return weak + opens(word) + _over(word, cues)


def verdict(word: Token) -> list[Effect]:
    """What the one who reports makes of it: "falsely claims", "the baseless claim", "the claim ... is untrue"."""
    judging, hedged = [c for c in word.children if c.dep_ in ("amod", "advmod")], []
    if word.dep_ in ("nsubj", "nsubjpass") and not is_negated(word.head):
        over = [word.head, *(c for c in word.head.children if c.dep_ == "xcomp" and c.lemma_ == "be")]
        judging += [c for verb in over for c in verb.children if c.dep_ in ("acomp", "attr", "oprd")]
        judging += [word.head] if word.dep_ == "nsubjpass" and child(word.head, "agent") is None else []
    if word.dep_ == "xcomp" and word.head.dep_ == "acomp" and not is_negated(word.head.head):  # "was wrong to say that"
        judging.append(word.head)
    if word.dep_ == "ROOT":  # "rumours that ... proved untrue", taken for rumours that were proved so
        judging += [c for verb in word.children if verb.dep_ == "acl" and verb.tag_ == "VBN"
                    for c in verb.children if c.dep_ in ("acomp", "oprd")]
        hedged, _ = beside(word.head, (), ("aux", "advmod"), [])
    found = [(written(c), row["value"]) for c in judging if (row := entry(c, "verdict"))]
    return found + (hedged if found else [])


def unsaid(word: Token) -> bool:
    """Whether somebody only missed to say what is so: "forgot to mention that", but not "failed to prove that"."""
    return word.dep_ == "xcomp" and word.head.lemma_.lower() in lexicons.group("missing") and (
        word.lemma_.lower() in lexicons.group("mentioning")) and child(word, "ccomp") is not None


def frames(noun: Token) -> bool:
    """Whether a noun says how firm the clause on it is: "the possibility that"."""
    return entry(noun, "over", "verdict") is not None


def _framed(head: Token, cues: Collection[int]) -> Token | None:
    """The clause that is meant where another is its frame: "failed to pay", "is set to", "there is no doubt that"."""
    for word in (head, *(c for c in head.children if c.dep_ in ("acomp", "attr", "oprd"))):
        if word.i in cues:
            continue
        lemma, below = word.lemma_.lower(), child(word, "xcomp")
        if below is not None and (entry(word, "to") and below.left_edge.i == word.i + 1 or (
                lemma in lexicons.group("undone") | lexicons.group("seeming") if word.i == head.i
                else entry(word, "over"))):
            return below
        if impersonal(head) and entry(word, "over", "verdict"):
            clause = child(word, "ccomp", "acl") or child(head, "ccomp", "csubj")
            if clause is not None and (clause.dep_ != "acl" or _is_content(clause)):
                return clause
    return None


def _is_content(clause: Token) -> bool:
    """Whether a clause on a noun says what the noun is of: "the chance that"."""
    return clause.dep_ == "acl" and clause.head.pos_ == "NOUN" and clause.left_edge.lower_ in ("that", "whether", "if")


def _over(head: Token, cues: Collection[int]) -> list[Effect]:
    """The predicates that a clause hangs on, inside out, with what negates them, weakens them and leaves them open."""
    found: list[Effect] = []
    for _ in range(HIGHEST):
        link, word = head.dep_, head.head
        if link == "conj":
            head = word
            continue
        if link == "pcomp":  # "prevent them from", "aim at"
            word = word.head
        wished = link in ("xcomp", "pcomp") and word.lemma_.lower() in lexicons.group("wish")
        if word.i in cues and wished:
            found.append((written(word), "Uu"))  # "plans to" reports, too, and nobody says that it was done
        if word.i == head.i or word.i in cues or link == "pcomp" and not wished or not (
                link in ("ccomp", "xcomp", "csubj", "pcomp") or _is_content(head)):
            break
        if link == "ccomp" and head.i < word.i and head.left_edge.dep_ != "mark" and not impersonal(word, "i"):
            break  # two clauses side by side; not "..., I think"
        verb = word.head if word.dep_ in ("acomp", "oprd", "attr") and is_clause(word.head) else word
        if verb.i in cues:
            break
        found += _governing(head, word, verb, cues)
        head = verb
    return found


def _governing(clause: Token, word: Token, verb: Token, cues: Collection[int]) -> list[Effect]:
    """The effects of one predicate; `word` is what the clause hangs on, `verb` the verb that it stands with."""
    lemma, infinitive = word.lemma_.lower(), clause.dep_ in ("xcomp", "pcomp")
    undone = infinitive and lemma in lexicons.group("undone")
    if infinitive and not undone and lemma in lexicons.group("wish"):
        return [(written(word), "Uu")]
    said = [word, *(c for c in verb.children if c.dep_ in ("acomp", "attr", "oprd"))]
    if verb.lemma_ == "be" and clause.dep_ == "ccomp" and clause.i > verb.i:
        said += [c for c in verb.children if c.dep_ == "nsubj"]  # "the risk is that"
    places = ("over", "verdict", "to") if clause.left_edge.i == word.i + 1 else ("over", "verdict")
    known = next(((w, row) for w in said if w.i not in cues and (row := entry(w, *places))), None)
    if known is None and clause.dep_ == "csubj":
        return []
    negated = negations(word) or negations(verb) or (negations(known[0]) if known is not None else [])
    weak, negated = beside(verb, cues, ("aux", "advmod"), negated)
    own: list[Effect] = []
    if undone:
        own = [(written(word), "CT-")]
    elif known is not None:
        little = [(where, "CT-") for where, _ in scarce(known[0])]
        value, negated = seen(*known, negated or little)
        own = [(written(known[0]), "PR" + value[2] if little and value.startswith("CT") else value)]
    elif negated and clause.dep_ == "ccomp" and len(said) == 1 and verb.lemma_ != "be":
        own, negated = [(written(word), "Uu")], taken(negated, "Uu")  # "does not mean that"
    elif not infinitive:
        negated = []  # "it is not funny that"
    return own + negated + weak + (opens(verb) if is_verb(verb) else [])
