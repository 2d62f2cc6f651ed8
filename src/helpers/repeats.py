"""Which house may only be repeating another's count? For a person to confirm; nothing is joined here.

A *house* is an origin family, or a source without one that does not merely pass on what others say. Two things raise the
question on a subject (measure, population, rate): one house relays or credits the other's statement, or it gives the
other's unrounded number for the same period, to the unit. Once that may be chance; month after month it is not.
"""
import math
from collections import defaultdict
from collections.abc import Callable, Container, Iterable
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
    of: str      # a statement; of a credit, the name of the house
    how: str     # in words, with a place for `of`
    cell: tuple  # of a number: where it stands in `Told.tellings`

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
    """What was said on one subject. Signs stand in order of time."""

    relays: dict[Pair, list[Sign]]
    numbers: dict[Pair, list[Sign]]
    tellings: dict[tuple, list[Telling]]  # by period_start, period_end and whole number


def subject(s) -> Subject:
    return s.measure, s.population, s.rate


def told(evidence: Evidence) -> dict[Subject, Told]:
    """What was said on each subject."""
    return _told(evidence.statements.values(), evidence)


def signs(about: Subject, evidence: Evidence) -> dict[Pair, list[Sign]]:
    """The signs on one subject, for each pair of houses; relays first, then numbers, in order of time."""
    t = evidence.once(told).get(about, NOTHING)
    return {pair: t.relays.get(pair, []) + t.numbers.get(pair, []) for pair in sorted({*t.relays, *t.numbers})}


def fresh(about: Subject, part: Evidence) -> Told:
    """The signs on one subject that a part of the evidence may have beyond the whole: of what begins elsewhere now, and of
    the numbers in the cells (`tellings`) where something changed, of which the signs of the whole no longer hold."""
    made = part.once(_made)
    if about not in made:
        whole = part.whole.once(told).get(about, NOTHING)
        moved = (part.statements[s] for s in part.touched if s in part.statements)
        new = _told((s for s in moved if subject(s) == about), part).get(about, NOTHING)
        lost = {_cell(s, n) for s in map(part.whole.statements.get, part.touched)
                if subject(s) == about and s.low == s.high for n in (-1, 0, 1)}
        cells = {c for c in lost if c in whole.tellings} | {(*c[:2], c[2] + n) for c in new.tellings for n in (-1, 0, 1)}

        def given(cell: tuple) -> list[Telling]:
            return [t for t in whole.tellings.get(cell, ()) if t.statement_id not in part.touched] + new.tellings.get(cell, [])

        made[about] = Told(new.relays, _numbers(cells, given), dict.fromkeys(cells))
    return made[about]


def reason(own: set[str], subjects: Iterable[Subject], evidence: Evidence) -> str:
    """Why an origin of these houses may be another's, by the first sign on its subjects; "" if there is none."""
    for about in sorted(subjects):
        whole, new = (evidence.whole or evidence).once(told).get(about, NOTHING), NOTHING
        if evidence.whole is not None:
            new = fresh(about, evidence)
        found = [first for known, gone, touched in ((whole, new.tellings, evidence.touched), (new, (), ()))
                 for pairs in (known.relays, known.numbers) for (a, b), given in pairs.items()
                 if b in own and a not in own and (first := _first(given, gone, touched))]
        if found:
            return min(found, key=lambda s: s[:3]).words()
    return ""


def compared(pair: Pair, about: Subject, evidence: Evidence) -> tuple[int, int]:
    """For how many periods both houses gave an unrounded number, and in how many of these it was one number."""
    known = evidence.once(told)[about]
    periods = evidence.once(_periods).get(about, {})
    agreeing = {s.cell[:2] for way in (pair, pair[::-1]) for s in known.numbers.get(way, ())}
    return len(periods.get(pair[0], set()) & periods.get(pair[1], set())), len(agreeing)


NOTHING = Told({}, {}, {})


def _made(evidence: Evidence) -> dict:
    return {}


def _periods(evidence: Evidence) -> dict[Subject, dict[str, set]]:
    """For each subject, house -> the periods for which it gave an unrounded number."""
    found: dict[Subject, dict[str, set]] = {}
    for about, known in evidence.once(told).items():
        own = found.setdefault(about, defaultdict(set))
        for cell, given in known.tellings.items():
            for t in given:
                own[t.house].add(cell[:2])
    return found


def _first(given: list[Sign], gone: Container, touched: Container) -> Sign | None:
    """The first sign that still holds."""
    return next((s for s in given if s.cell not in gone and s.statement_id not in touched and s.of not in touched), None)


def _told(statements: Iterable[tuple], evidence: Evidence) -> dict[Subject, Told]:
    found: dict[Subject, Told] = {}
    for s in statements:
        root = evidence.statements[evidence.root[s.statement_id][0]]
        by, house = _house(s.source_id, evidence), _house(root.source_id, evidence)
        about = found.setdefault(subject(s), Told(defaultdict(list), {}, defaultdict(list)))
        if by and house and by != house:
            about.relays[house, by].append(Sign(s.said_on, s.statement_id, root.statement_id, RELAYS, ()))
        for named in evidence.credited(s.statement_id) if by and root is s else ():
            if not named.startswith("~") and not passes_on(named, evidence):
                about.relays[named, by].append(
                    Sign(s.said_on, s.statement_id, evidence.called.get(named, named), CREDITS, ()))
        if house and s.low == s.high and digits(s.low) >= EXACT_DIGITS:
            about.tellings[_cell(s)].append(
                Telling(s.said_on, s.statement_id, house, s.low, s.bound == "mean" or bool(s.rate)))
    return {about: t._replace(numbers=_numbers(t.tellings, lambda cell, t=t: t.tellings.get(cell, ())))
            for about, t in found.items()}


def _cell(s, beside: int = 0) -> tuple[str, str, int]:
    return s.period_start, s.period_end, math.floor(s.low) + beside


def _numbers(cells: Iterable[tuple], given: Callable[[tuple], Iterable[Telling]]) -> dict[Pair, list[Sign]]:
    """For each number in these cells, the houses that gave it after the first one that did. given: what stands in a cell."""
    found: dict[Pair, list[Sign]] = defaultdict(list)
    for cell in sorted(cells):
        # Numbers that agree stand in one cell, or in two that touch.
        about = sorted(t for n in (-1, 0, 1) for t in given((*cell[:2], cell[2] + n)))
        for t in given(cell):
            first = next(f for f in about if agree(f, t))
            if first.house != t.house:
                found[first.house, t.house].append(Sign(t.day, t.statement_id, first.statement_id, NUMBER, cell))
    return {pair: sorted(own) for pair, own in found.items()}


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
