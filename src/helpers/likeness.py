"""How alike two tellings are, field by field: each function takes two values or rows and says equal, near, contained,
differs or unknown. A row is a statement of the ledger or a scoped claim; low and high are NaN where they are open.
"""
import datetime
import math

from helpers import measures

NEAR = 0.1  # two numbers within a tenth of each other may be one number rounded
SHIFT = 8   # "the past week" told some days later is the same phrase; beyond this many days it is another week


def members(a: str, b: str) -> str:
    """Populations: names joined by '+' are several; one may be contained in the other. Two blanks are alike."""
    if not a and not b:
        return "equal"
    if not a or not b:
        return "unknown"
    x, y = ({p.strip().casefold() for p in v.split("+")} for v in (a, b))
    return "equal" if x == y else "contained" if x < y or y < x else "differs"


def places(a: str, b: str) -> str:
    if not a or not b:
        return "unknown"
    wider, a, b = measures.wider_places(), a.casefold(), b.casefold()
    return "equal" if a == b else "contained" if b in wider.get(a, ()) or a in wider.get(b, ()) else "differs"


def periods(a, b) -> str:
    """equal, near (the same phrase told some days apart), contained (an open start reaches back without end), differs."""
    if not (a.period_end and b.period_end):
        return "unknown"
    (a0, a1), (b0, b1) = interval(a), interval(b)
    if (a0, a1) == (b0, b1):
        return "equal"
    if a0 and b0 and a1 - a0 == b1 - b0 and abs(a1 - b1) <= SHIFT and a0 <= b1 and b0 <= a1:
        return "near"
    return "contained" if (a0 >= b0 and a1 <= b1) or (b0 >= a0 and b1 <= a1) else "differs"


def interval(row) -> tuple[int, int]:
    start, end = (datetime.date.fromisoformat(d).toordinal() if d else 0 for d in (row.period_start, row.period_end))
    return start, end


def magnitudes(a, b) -> str:
    """equal, near (within a tenth), contained (a closed number or range meets the other's, not twice as large), differs."""
    if not (numbered(a) and numbered(b)):
        return "unknown"
    x, y = point(a), point(b)
    if x == y:
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
    """A bound as a reader hears it: two names of one bound are one, a bare number is exact, and so is a mean."""
    return {"": "exact", "mean": "exact", "at_least": "over", "at_most": "under"}.get(row.bound, row.bound)


def stances(a: str, b: str) -> str:
    if a == b:
        return "equal"
    group = {"assert": 1, "confirm": 1, "correct": 1, "predict": 2}
    return "near" if group.get(a, 0) == group.get(b, 0) else "differs"
