"""A statement told otherwise: a claim gives the very number of its source's word, and one other field is not what it was.

Such a pair is not like with like, so it confirms and contradicts nothing. But where nothing that is comparable could be
what the text relays, the number, the measure and the source that is named say which statement it was made of.
"""
from helpers.likeness import numbered, point
from helpers.measures import parse

MOVES = ("population", "place", "rate", "period")  # fields of which one may differ
AHEAD = {"predict", "assert", "confirm"}           # and what was to come may be told as come to pass
TELLING, LONG = 10, 3  # a number from ten on tells which statement is meant; one of three digits does without a source


def tied(c, found: dict) -> bool:
    """Whether a claim tells a statement otherwise. found: from `pairs.compare`."""
    relation, s = found["relation"], found["statement"]
    if len(found["why_not"]) != 1 or found["late"] or found["opposed"] or found["words"] or not numbered(c):
        return False
    if relation["magnitude"] != "equal" or relation["measure"] not in ("equal", "near") and not _named_alike(c, s):
        return False
    moved = [f for f in (*MOVES, "stance") if relation[f] == "differs"]
    if len(moved) != 1 or moved == ["stance"] and not {c.stance, s.stance} <= AHEAD:
        return False
    sure = [relation[f] in ("equal", "contained") for f in ("population", "place") if f not in moved]
    if relation["source"] in ("equal", "near"):
        return point(c) >= TELLING or all(sure) and relation["measure"] == "equal"
    return relation["source"] == "unknown" and _digits(point(c)) >= LONG and any(sure)


def _named_alike(c, s) -> bool:
    return not parse(c.measure).known and bool(parse(c.measure).rest & parse(s.measure).rest)


def _digits(number: float) -> int:
    return len(f"{abs(number):.12g}".replace(".", "").strip("0"))
