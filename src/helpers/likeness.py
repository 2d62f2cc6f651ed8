"""How alike two tellings are, field by field: each function takes two values or rows and says equal, near, contained,
differs or unknown. A row is a statement of the ledger or a scoped claim; low and high are NaN where they are open.
"""
import datetime
import math
import re
from functools import cache, lru_cache

from helpers import lexicons, measures, naming

NEAR = 0.1  # two numbers within a tenth of each other may be one number rounded
SHIFT = 8   # "the past week" told some days later is the same phrase; beyond this many days it is another week
BOUNDS = {"over": "floor", "at_least": "floor", "under": "ceiling", "at_most": "ceiling", "about": "about",
          "mean": "about", "about_or_over": "about or floor", "exact": "exact"}
NEAR_STANCES = ({"assert", "confirm", "correct"}, {"assert, negated", "confirm, negated", "correct, negated", "deny"},
                {"no_comment", "evade", "deny"})
_JOINED = re.compile(r"\s*(?:[+;,/&]|\band\b)\s*", re.I)


def measure(a, b) -> str:
    """Measures of two rows: by name, and by who is counted and what else was said where that completes a name.

    "Closure" of "bridges" is "bridge_closures"; "cholera_deaths" are "deaths" where the other row speaks of cholera.
    """
    relation = measures.relation(a.measure, b.measure)
    if relation != "differs" or not measures.alike(a.measure, b.measure):
        return relation
    x, y = measures.parse(a.measure), measures.parse(b.measure)
    if y.rest - x.rest <= content(a) and x.rest - y.rest <= content(b):
        return measures.known(x.known, y.known)
    return "differs"


def content(row) -> frozenset[str]:
    """The stems of all that a row says in words: whom it counts, where, and its paraphrase or proposition."""
    return naming.stems(" ".join((row.population, row.place, getattr(row, "paraphrase", "") or getattr(
        row, "proposition", ""))))


@lru_cache(65536)
def members(a: str, b: str) -> str:
    """Populations: names joined by '+' or "and" are several; one may be contained in the other ("migrant workers" in
    "workers"). "People" says no more than a blank. Two blanks are alike."""
    x, y = _parts(a), _parts(b)
    if not x or not y:
        return "equal" if x == y else "unknown"
    return "equal" if x == y else "contained" if _within(x, y) or _within(y, x) else "differs"


@lru_cache(65536)
def fewer(old: str, new: str) -> int:
    """1 if the new population is a part of the old, -1 if it holds the old, 0 if neither."""
    x, y = _parts(old), _parts(new)
    return int(_within(y, x)) - int(_within(x, y))


@lru_cache(65536)
def _parts(names: str) -> frozenset[frozenset[str]]:
    found = (naming.plain(_listed("populations", "population", p)) for p in _JOINED.split(names))
    return frozenset(frozenset(p.split()) for p in found if p and not set(p.split()) <= lexicons.group("anybody"))


def _within(x: frozenset, y: frozenset) -> bool:
    return all(any(q <= p for q in y) for p in x)


def _listed(name: str, column: str, words: str) -> str:
    """Some words with what the list knows of them under its own name: "Kursk oblast" is "Kursk region"."""
    def own(m):
        return lexicons.by(name, "terms")[" ".join(m.group(0).lower().split())][column]
    return lexicons.pattern(name, "terms").sub(own, words.replace("’", "'"))


@lru_cache(65536)
def places(a: str, b: str) -> str:
    """Places, by name or by what the list says that they are part of (lexicons/places.csv); "Orle, Marle" lies in Marle,
    and so does "northern Marle"."""
    x, y = _place(a), _place(b)
    if not x or not y:
        return "unknown"
    if x == y:
        return "equal"
    wide = _wider()
    inside = any(p in wide.get(q, ()) for p in x for q in y) or any(p in wide.get(q, ()) for p in y for q in x)
    return "contained" if inside or _lies(x, y) or _lies(y, x) else "differs"


def _lies(x: frozenset, y: frozenset) -> bool:
    """Whether one of the places that x names is, or lies in, each that y names."""
    return all(any(q <= p for p in x) for q in y)


@lru_cache(65536)
def _place(name: str) -> frozenset[frozenset[str]]:
    parts = (naming.plain(_listed("places", "place", p)) for p in re.split(r"[,;+]", name))
    words = (frozenset(p.split()) - {"the"} for p in parts)
    return frozenset(w - lexicons.group("place noun") or w for w in words if w)


@cache
def _wider() -> dict[frozenset[str], frozenset[frozenset[str]]]:
    """place -> all that contain it, from the column part_of of lexicons/places.csv, as `_place` takes names apart."""
    above: dict[frozenset, set] = {}
    for row in lexicons.rows("places"):
        for name in _place(row["place"]):
            above.setdefault(name, set()).update(q for p in lexicons.cells(row["part_of"]) for q in _place(p))
    grown = True
    while grown:
        sizes = {p: len(up) for p, up in above.items()}
        for up in above.values():
            up.update(*[above.get(q, ()) for q in up])
        grown = any(len(up) > sizes[p] for p, up in above.items())
    return {p: frozenset(up) for p, up in above.items()}


def periods(a, b) -> str:
    """equal, near (the same phrase told some days apart: "last week", or "since 2021"), contained (an open start reaches
    back without end), differs."""
    if not (a.period_end and b.period_end):
        return "unknown"
    (a0, a1), (b0, b1) = interval(a), interval(b)
    if (a0, a1) == (b0, b1):
        return "equal"
    if a0 and b0 and a1 - a0 == b1 - b0 and abs(a1 - b1) <= SHIFT and a0 <= b1 and b0 <= a1:
        return "near"
    if a0 and a0 == b0 and abs(a1 - b1) <= SHIFT < (min(a1, b1) - a0) / 4:
        return "near"
    return "contained" if (a0 >= b0 and a1 <= b1) or (b0 >= a0 and b1 <= a1) else "differs"


def interval(row) -> tuple[int, int]:
    return ordinal(row.period_start), ordinal(row.period_end)


@lru_cache(65536)
def ordinal(day: str) -> int:
    """A day as a number; 0 if it is blank."""
    return datetime.date.fromisoformat(day).toordinal() if day else 0


def magnitudes(a, b) -> str:
    """equal (an end of a range too), near (within a tenth), contained (a closed number or range meets the other's, not twice
    as large), differs."""
    if not (numbered(a) and numbered(b)):
        return "unknown"
    x, y = point(a), point(b)
    if x == y or (a.low < a.high) != (b.low < b.high) and (x == b.high or y == a.high):
        return "equal"
    if abs(x - y) <= NEAR * max(abs(x), abs(y)):
        return "near"
    overlap = least(a) <= most(b) and least(b) <= most(a)
    closed = any(not math.isnan(r.low) and not math.isnan(r.high) for r in (a, b))
    return "contained" if closed and overlap and abs(x - y) <= 0.5 * max(abs(x), abs(y)) else "differs"


def numbered(row) -> bool:
    return not (math.isnan(row.low) and math.isnan(row.high))


def least(row) -> float:
    return 0.0 if math.isnan(row.low) else row.low


def most(row) -> float:
    return math.inf if math.isnan(row.high) else row.high


def point(row) -> float:
    """The number that was said: the end that is given; of a range, its lower end."""
    return row.high if math.isnan(row.low) else row.low


def bound(row) -> str:
    """A number's bound as a reader hears it: floor, ceiling, about (a mean too), about or floor, range or exact.

    The row's own word decides, then its qualifier's where the cell is blank ("up to"), then its two ends.
    """
    word = row.bound or _bound_in(getattr(row, "qualifier", ""))
    ends = ("ceiling" if math.isnan(row.low) else "floor" if math.isnan(row.high) else
            "range" if row.low < row.high else "exact")
    return BOUNDS.get(word, ends) if word != "exact" or ends != "range" else ends


@lru_cache(65536)
def _bound_in(qualifier: str) -> str:
    found = (lexicons.by("bounds", "phrase").get(" ".join(p.lower().split())) for p in re.split("[;,]", qualifier))
    return next((row["bound"] for row in found if row), "")


def polarity(row) -> str:
    """neg for a claim that nothing of the kind happened, or a count of none; else pos."""
    return "neg" if getattr(row, "polarity", "pos") == "neg" or row.low == row.high == 0 else "pos"


def position(row) -> str:
    """A row's stance; ", negated" is added where something is stated not to be so."""
    negated = polarity(row) == "neg" and row.stance in ("assert", "confirm", "correct", "predict")
    return f"{row.stance}, negated" if negated else row.stance


def stances(a, b) -> str:
    """near: two ways to state a thing, to keep from stating it, or to state that it is not so. What is stated and what is
    stated not to be so differ."""
    x, y = position(a), position(b)
    if x == y:
        return "equal"
    return "near" if any({x, y} <= together for together in NEAR_STANCES) else "differs"
