"""What the words of a clause do to its factuality: its modals, adverbs and negation, conditions and questions.

An *effect* is some words and a value of FactBank's that they give: CT+ changes nothing, CT- turns a clause round, PR
and PS weaken it, Uu leaves it open. Which word has which effect, and which when it is negated, stands in
lexicons/hedges.csv and commitments.csv; there `reads` says where a word counts: "in" the clause, "to" before an
infinitive, "over" a clause that hangs on it, or as a "verdict" on what is said.
"""
import functools
from collections.abc import Collection

from spacy.tokens import Token

from helpers import lexicons, sources
from helpers.syntax import Range, child, is_name, lead, negation

Effect = tuple[Range, str]
HIGHEST = 8  # clauses above or beside a clause that are looked at


@functools.cache
def _entries() -> dict[tuple[str, str], dict[str, str]]:
    """(word, where it reads) -> its row."""
    found = {}
    for row in lexicons.rows("commitments"):
        found |= {(word, where): row for word in lexicons.cells(row["words"]) for where in lexicons.cells(row["reads"])}
    for row in lexicons.rows("hedges"):
        for where in ("in", "over") if row["value"] else ():
            found.setdefault((row["phrase"], where), row)
    return found


def entry(word: Token, *places: str) -> dict[str, str] | None:
    """The row of a word where it reads in one of these places, by its form or its lemma."""
    entries = _entries()
    return next((entries[key] for where in places for key in ((word.lower_, where), (word.lemma_.lower(), where))
                 if key in entries), None)


def written(word: Token) -> Range:
    """A word as it is written ("cannot", "didn't"), with those it needs: "no longer", "at no time", "almost surely"."""
    start, end, doc = word.i, word.i + 1, word.doc
    before = doc[start - 1] if start > word.sent.start else word
    if before.pos_ in ("AUX", "VERB") and not before.whitespace_ and word.text[:1].isalpha() or (
            before.head.i == word.i and before.lower_ in lexicons.group("just short")):
        start -= 1
    if word.lower_ == "no" and word.head.i == end and word.head.dep_ == "advmod":
        end += 1
    elif word.lower_ == "no" and word.head.dep_ == "pobj" and word.head.head.i == start - 1:
        start, end = start - 1, word.head.i + 1
    return start, end


def negations(head: Token) -> list[Effect]:
    """The words that negate a clause or a noun; together they turn it round once."""
    return [(written(word), "CT+" if n else "CT-") for n, word in enumerate(negation(head))]


def scarce(noun: Token) -> list[Effect]:
    """ "Little hope of a truce"."""
    return [(written(c), "PR-") for c in noun.children
            if c.dep_ in ("amod", "det") and c.lower_ in lexicons.group("scarce") - {"no"}]


def words(head: Token, cues: Collection[int]) -> list[Effect]:
    """The modals, adverbs, adjectives and negation of a clause, or of an event in a noun; not those in `cues`."""
    found, negated = beside(head, cues, ("aux", "advmod", "amod", "acomp"), negations(head))
    for c in head.children:  # ", it seems,"
        if c.dep_ in ("parataxis", "ccomp") and c.right_edge.i - c.left_edge.i < 5 and c.i not in cues and (
                impersonal(c, "i")):
            said = [(w, row) for w in (c, child(c, "acomp")) if w is not None and (row := entry(w, "over"))]
            found += [(written(word), row["value"]) for word, row in said[:1]]
    nothing = [d for c in head.children if c.dep_ in ("dobj", "attr") for d in c.lefts if d.lower_ in ("no", "neither")]
    return found + scarce(head) + (negated or [(written(d), "CT-") for d in nothing[:1]])


def beside(head: Token, cues: Collection[int], parts: tuple[str, ...],
           negated: list[Effect]) -> tuple[list[Effect], list[Effect]]:
    """The effects of a clause's words of these parts, and what is left of those of its negation (`seen`)."""
    found, first = [], lead(head)
    for c in [*(c for c in first.children if c.i < first.i and first.i != head.i), *head.children]:
        if c.dep_ not in parts or c.i in cues:
            continue
        if c.lower_ in lexicons.group("obligation") and c.dep_ == "aux" and _owed(head, c.lower_):
            found.append((written(c), "Uu"))
        elif c.dep_ == "advmod" and c.lower_ == "doubt" and c.left_edge.lower_ == "no":
            found.append(((c.left_edge.i, c.i + 1), "CT+"))
        elif (row := entry(c, "in")) is not None:
            value, negated = seen(c, row, negated)
            found.append((written(c), value))
    return found, negated


def seen(word: Token, row: dict[str, str], negated: list[Effect]) -> tuple[str, list[Effect]]:
    """The effect of a listed word under a negation, and what is left of the negation.

    "Not certain" is open, "could not" is a denial: where the list says so the word takes the negation in.
    """
    if negated and row["negated"]:
        return row["negated"], taken(negated, row["negated"])
    near = any(c.dep_ == "advmod" and c.lower_ in lexicons.group("just short") for c in word.children)
    return "PR" + row["value"][2] if near and row["value"].startswith("CT") else row["value"], negated


def taken(negated: list[Effect], value: str) -> list[Effect]:
    """A negation that has been counted in another word's value; it still is one of the words that made it so."""
    return [(words, "Uu" if value == "Uu" else "CT+") for words, _ in negated]


def _owed(head: Token, modal: str) -> bool:
    """Whether "must" or "should" says what ought to be, not what is likely.

    "Must have known", "must be ill" infer; "should" infers of things ("the vote should pass"), and orders people.
    """
    helpers = {c.lemma_.lower() for c in head.children if c.dep_ == "aux"}
    if modal == "must":
        return "have" not in helpers and head.lemma_ != "be" and not (head.tag_ == "VBG" and "be" in helpers)
    who = child(head, "nsubj")
    return head.lemma_ != "be" and who is not None and (
        is_name(who) or who.lower_ in lexicons.group("somebody") or sources.is_listed(who.text))


def impersonal(verb: Token, *subjects: str) -> bool:
    """Whether a verb has "it", "there" or a clause for its subject, or one of `subjects`."""
    what = child(verb, "nsubj")
    return child(verb, "expl", "csubj") is not None or what is not None and what.lower_ in ("it", *subjects)


def opens(head: Token) -> list[Effect]:
    """What leaves a clause open: "if", "unless", "whether", "had they known", the question mark."""
    found = _condition(head)
    for _ in range(HIGHEST):
        if found or head.dep_ != "conj":
            break
        head = head.head
        found = _condition(head)
    asked = next((c for c in head.children if c.text.startswith("?")), None)
    if asked is None and head.sent.root.i == head.i:
        last = next((t for t in reversed(head.sent) if not t.is_quote and t.text != ")"), head)
        asked = last if last.text.startswith("?") else None
    return found + ([(written(asked), "Uu")] if asked is not None else [])


def _condition(head: Token) -> list[Effect]:
    for c in head.children:
        turned = c.dep_ == "aux" and head.dep_ == "advcl" and c.i == head.left_edge.i  # "had they known, ..."
        unreal = c.lower_ == "though" and c.i > 0 and c.doc[c.i - 1].lower_ == "as"
        if c.dep_ == "mark" and (c.lower_ in lexicons.group("condition") or unreal) or (
                turned and c.lower_ in ("had", "were", "should")):
            return [((c.i - 1 if unreal else c.i, c.i + 1), "Uu")]
    return []


def consequence(head: Token) -> list[Effect]:
    """The condition under which alone a clause holds: "the town will flood if the dam breaks", but not "even if"."""
    above = head.head if head.dep_ == "conj" else head
    modal = any(c.dep_ == "aux" and c.tag_ == "MD" for c in above.children)
    for c in above.children:
        if c.dep_ != "advcl" or above.i != head.i and c.i > head.i:
            continue
        for (start, end), value in _condition(c):
            mark, before = c.doc[start], c.doc[max(start - 1, 0)].lower_
            if mark.lower_ not in ("whether", "lest", "as") and before not in ("even", "as") and (
                    mark.dep_ == "mark" or modal):
                return [((start, end), value)]
    return []
