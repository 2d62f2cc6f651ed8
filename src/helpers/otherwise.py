"""A statement told otherwise: a claim gives the very number of its source's word, and one other field is not what it was.

Such a pair is not like with like, so it confirms and contradicts nothing. But where nothing that is comparable could be
what the text relays, the number, the measure and the source that is named say which statement it was made of.
"""
from collections import Counter

from helpers import wording
from helpers.ledger import DENYING, Evidence
from helpers.likeness import numbered, point
from helpers.measures import parse

MOVES = ("population", "place", "rate", "period")  # fields of which one may differ
WORD = {"confirm", *DENYING}  # what nobody can say for another: told of whom it is not so, it is a position changed
AHEAD = {"predict", "assert", "confirm"}           # and what was to come may be told as come to pass
TELLING, LONG = 10, 3  # a number from ten on tells which statement is meant; one of three digits does without a source


def tied(c, found: dict) -> bool:
    """Whether a claim tells a statement otherwise. found: from `pairs.compare`."""
    relation, s = found["relation"], found["statement"]
    if len(found["why_not"]) != 1 or found["late"] or found["opposed"] or not numbered(c):
        return False
    named = relation["source"] in ("equal", "near")
    same = relation["measure"] in ("equal", "near") or _named_alike(c, s) or named and bool(found["words"])
    if relation["magnitude"] != "equal":
        return False
    if not same:  # what is counted is not read as what the ledger calls it
        return named and relation["measure"] == "differs" and relation["population"] == "equal" and bool(c.population) and (
            point(c) >= TELLING and relation["place"] != "differs")
    moved = [f for f in (*MOVES, "stance") if relation[f] == "differs"]
    if len(moved) != 1 or moved == ["stance"] and not {c.stance, s.stance} <= AHEAD:
        return False
    sure = [relation[f] in ("equal", "contained") for f in ("population", "place") if f not in moved]
    if named:
        return point(c) >= TELLING or all(sure) and relation["measure"] == "equal"
    return relation["source"] == "unknown" and _digits(point(c)) >= LONG and any(sure)


def graver(c, found: dict) -> bool:
    """Whether a claim tells what its source said was done to somebody as something more or less grave: "arrested", where it
    said "questioned"."""
    relation, s = found["relation"], found["statement"]
    if found["late"] or found["opposed"] or numbered(c) or numbered(s) or len(found["why_not"]) != 1:
        return False
    same = relation["population"] == "equal" and bool(c.population) and relation["place"] != "differs"
    # Of a house that says much of the same people, any word could be the one that was meant.
    named = relation["source"] == "equal" or relation["source"] == "near" and not c.family  # in the sentence, if not in its chain
    sure = named or relation["source"] == "near" and relation["place"] == "equal"
    return relation["measure"] == "near" and same and sure


def turned(c, found: dict) -> bool:
    """Whether a claim gives somebody another word than the one this somebody said on just that: "confirmed" what it had
    not commented on, or denied what it had said."""
    relation, s = found["relation"], found["statement"]
    told = ("equal",) if c.stance == "assert" else ("equal", "near")  # "said": another of the house may have said it
    if found["late"] or numbered(c) or relation["source"] not in told or relation["stance"] != "differs":
        return False
    on = wording.one_subject(c, s)
    same = relation["measure"] == "equal" and relation["population"] in ("equal", "contained") or (
        len(on) > 1 or bool(on) and wording.on_what(s) <= on) and relation["measure"] in ("unknown", "equal")
    return same and all(why.startswith("stance ") for why in found["why_not"]) and {c.stance, s.stance} & WORD != set()


def numbered_alike(c, found: dict) -> bool:
    """Whether a claim gives one very number, and no range, of the source that it names."""
    relation, s = found["relation"], found["statement"]
    return (relation["magnitude"] == "equal" and relation["source"] in ("equal", "near") and not s.low < s.high
            and point(c) >= TELLING)


def renumbered(c, found: dict, evidence: Evidence) -> bool:
    """Whether a claim gives another number for what the source that it names said once, and just lately.

    Only a statement that is alone will do: of the same source, measure and population, at the same place. A running total
    may have grown since: a larger number is then a later one.
    """
    relation, s = found["relation"], found["statement"]
    if found["why_not"] or found["late"] or found["opposed"] or not (numbered(c) and numbered(s)):
        return False
    alike = all(relation[f] == "equal" for f in ("measure", "population", "source", "stance", "rate")) or (
        found["settled"] and relation["stance"] == relation["rate"] == "equal" and relation["population"] != "differs")
    here = relation["place"] == "equal" or not (c.place or s.place)
    when = relation["period"] in ("equal", "unknown")
    if not (alike and here and when) or relation["magnitude"] not in ("differs", "near"):
        return False
    grown = s.period_end and not s.period_start and not s.rate and point(c) > point(s)
    return not grown and evidence.once(_said)[_key(s)] == 1


def _said(evidence: Evidence) -> Counter:
    """How many statements that retell nothing each house made of a measure among a population."""
    return Counter(_key(s) for s in evidence.statements.values() if not evidence.parent[s.statement_id])


def _key(s) -> tuple[str, str, str, str]:
    return s.source_id, s.measure, s.population, s.rate


def _named_alike(c, s) -> bool:
    return not parse(c.measure).known and bool(parse(c.measure).rest & parse(s.measure).rest)


def _digits(number: float) -> int:
    return len(f"{abs(number):.12g}".replace(".", "").strip("0"))
