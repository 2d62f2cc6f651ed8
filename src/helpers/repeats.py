"""Which house may only be repeating another's count? For a person to confirm; nothing is joined here.

A *house* is an origin family, or a source without one that does not merely pass on what others say. Two things raise the
question on a subject (measure, population, rate): one house relays or credits the other's statement, or it gives the
other's unrounded number for the same period, to the unit. Once that may be chance; month after month it is not.
"""
import math
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from helpers.ledger import Evidence
from helpers.positions import passes_on

EXACT_DIGITS, MEAN_DIGITS = 3, 4  # significant digits from which a number is unrounded; and from which a mean of it is

Subject = tuple[str, str, str]
Pair = tuple[str, str]  # the house that gave it first, the house that may be repeating it


class Sign(NamedTuple):
    """One sign that a house repeats another: on which day, in which statement, of which statement of the other."""

    day: str
    statement_id: str
    of: str                         # a statement; of a credit, the name of the house
    how: str                        # in words, with a place for `of`
    period: tuple[str, str] | None  # of a number

    def words(self) -> str:
        return f"{self.statement_id} {self.how.format(self.of)}"


RELAYS, CREDITS, NUMBER = "relays {} on the same subject", "credits {} on the same subject", (
    "gives the number of {} to the unit")


class Telling(NamedTuple):
    """An unrounded number for a period, and the house whose number it is."""

    day: str
    statement_id: str
    house: str
    number: float
    mean: bool


class Told(NamedTuple):
    """What was said on one subject."""

    relays: dict[Pair, list[Sign]]
    tellings: dict[tuple[str, str], list[Telling]]  # by period
    numbers: dict[Pair, list[Sign]]


def subject(s) -> Subject:
    return s.measure, s.population, s.rate


def told(evidence: Evidence) -> dict[Subject, Told]:
    """What was said on each subject."""
    return _told(evidence.statements.values(), evidence)


def signs(about: Subject, evidence: Evidence) -> dict[Pair, list[Sign]]:
    """The signs on one subject, for each pair of houses, in order of time."""
    whole = (evidence.whole or evidence).once(told).get(about, Told({}, {}, {}))
    touched = evidence.touched
    if not touched:
        return _joined(whole.relays, whole.numbers)
    moved = (evidence.statements[s] for s in touched if s in evidence.statements)
    new = _told((s for s in moved if subject(s) == about), evidence).get(about, Told({}, {}, {}))
    # Only the periods in which something changed are compared again.
    periods = {p for p, given in whole.tellings.items() if any(t.statement_id in touched for t in given)} | {*new.tellings}
    again = _numbers({p: sorted([t for t in whole.tellings.get(p, ()) if t.statement_id not in touched]
                                + new.tellings.get(p, [])) for p in periods})
    relays = {pair: [s for s in own if s.statement_id not in touched and s.of not in touched] for pair, own in whole.relays.items()}
    numbers = {pair: [s for s in own if s.period not in periods] for pair, own in whole.numbers.items()}
    return _joined(relays, new.relays, numbers, again)


def reason(own: set[str], subjects: Iterable[Subject], evidence: Evidence) -> str:
    """Why an origin of these houses may be another's, by the first sign on its subjects; "" if there is none."""
    for about in sorted(subjects):
        found = [s for (a, b), given in signs(about, evidence).items() if b in own and a not in own for s in given]
        if found:
            return min(found, key=lambda s: s[:3]).words()
    return ""


def compared(pair: Pair, about: Subject, evidence: Evidence) -> tuple[int, int]:
    """For how many periods both houses gave an unrounded number, and in how many of these it was one number."""
    known = evidence.once(told)[about]
    both = sum({t.house for t in given} >= {*pair} for given in known.tellings.values())
    agreeing = {s.period for way in (pair, pair[::-1]) for s in known.numbers.get(way, ())}
    return both, len(agreeing)


def _told(statements: Iterable[tuple], evidence: Evidence) -> dict[Subject, Told]:
    found: dict[Subject, Told] = defaultdict(lambda: Told(defaultdict(list), defaultdict(list), {}))
    for s in statements:
        root = evidence.statements[evidence.root[s.statement_id][0]]
        by, house, about = (_house(s.source_id, evidence), _house(root.source_id, evidence), found[subject(s)])
        if by and house and by != house:
            about.relays[house, by].append(Sign(s.said_on, s.statement_id, root.statement_id, RELAYS, None))
        for named in evidence.credited(s.statement_id) if by and root is s else ():
            if not passes_on(named, evidence):
                about.relays[named, by].append(
                    Sign(s.said_on, s.statement_id, evidence.called.get(named, named), CREDITS, None))
        if house and s.low == s.high and digits(s.low) >= EXACT_DIGITS:
            about.tellings[s.period_start, s.period_end].append(
                Telling(s.said_on, s.statement_id, house, s.low, s.bound == "mean" or bool(s.rate)))
    return {about: t._replace(numbers=_numbers({p: sorted(g) for p, g in t.tellings.items()})) for about, t in found.items()}


def _numbers(tellings: dict[tuple[str, str], list[Telling]]) -> dict[Pair, list[Sign]]:
    """For each number of a period, the houses that gave it after the first one that did."""
    found: dict[Pair, list[Sign]] = defaultdict(list)
    for period, given in tellings.items():
        first: dict[int, dict[float, Telling]] = defaultdict(dict)  # by whole number, then by number
        for t in given:
            low, high = math.floor(t.number), math.ceil(t.number)
            before = [f for n in range(low - 1, high + 2) for f in first.get(n, {}).values() if agree(f, t)]
            for n in {low, high}:
                first[n].setdefault(t.number, t)
            if before and (earliest := min(before)).house != t.house:
                found[earliest.house, t.house].append(Sign(t.day, t.statement_id, earliest.statement_id, NUMBER, period))
    return found


def agree(a: Telling, b: Telling) -> bool:
    """One number to the unit; or, of means, one that was rounded and one that was cut (1,523 and 1,524)."""
    if a.number == b.number:
        return True
    return (a.mean or b.mean) and abs(a.number - b.number) <= 1 and min(digits(a.number), digits(b.number)) >= MEAN_DIGITS


def digits(number: float) -> int:
    """The significant digits of a number: 1,523 has four, 1,500 two."""
    if not math.isfinite(number):
        return 0
    plain = f"{abs(number):.15g}".partition("e")[0].lstrip("0.").replace(".", "")
    return len(plain.rstrip("0"))


def _house(source_id: str, evidence: Evidence) -> str:
    return "" if passes_on(source_id, evidence) else evidence.house(source_id)


def _joined(*parts: dict[Pair, list[Sign]]) -> dict[Pair, list[Sign]]:
    found: dict[Pair, list[Sign]] = defaultdict(list)
    for part in parts:
        for pair, given in part.items():
            found[pair] += given
    return {pair: sorted(given, key=lambda s: s[:3]) for pair, given in sorted(found.items()) if given}
