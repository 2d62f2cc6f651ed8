"""What limits a number, in the words of its passage: how long it takes ("3 million over two years") and what it is a part of
("30% of 200 tested trains"). A number that is told without its limit claims more.
"""
import re
from functools import cache, lru_cache
from typing import NamedTuple

from helpers import lexicons, naming, numerals
from helpers.in_words import Passage

_WHOLE = re.compile(r"\s*(?:out\s+)?of\s+(?:[a-z'’]+\s+){0,2}$")
_FIRST = re.compile(r"(?:^|[.;:,\n]\s+)(?:out\s+)?of\s+(?:[a-z'’]+\s+){0,2}$", re.I)
_AGES = re.compile(r"\b(?:aged|older than|younger than)\s+(?:[a-z]+\s+){0,2}(\d{1,3})(?!\d)|"
                   r"\b(?:over|under|above|below)\s+the\s+age\s+of\s+(\d{1,3})(?!\d)|"
                   r"\b(?:over|under)-?\s?(\d{1,3})s\b|\b(\d{1,3})\s+(?:or|and)\s+(?:over|older|under|younger)\b", re.I)
_LATE = re.compile(r"[\s-]*[a-z]+\s+(?:late|behind|overdue|early)\b", re.I)  # "more than five minutes late"
_BOUND = re.compile(r"((?:[a-z]+\s+than\s+|at\s+least\s+|up\s+to\s+|about\s+)?)$", re.I)
_WORDS = re.compile(r"\s*((?:[^\W\d_][\w'’-]*\s+){0,2}[^\W\d_][\w'’-]*)")


class Limit(NamedTuple):
    """words: as said ("over two years", "of the 200 tested trains"); number: its own; of: the stems of what is counted."""

    words: str
    number: float
    of: frozenset[str]


@lru_cache(8192)
def durations(p: Passage) -> tuple[Limit, ...]:
    """How long something takes or lasts: a number of units of time after "over", "for", "within"."""
    found = []
    for n in _numbers(p.words):
        lead = _lead().search(p.words[:n.first]) or _LATE.match(p.words[n.last:]) and _BOUND.search(p.words[:n.first])
        unit = re.match(r"[\s-]*([^\W\d_]+)", p.words[n.last:])
        if lead and unit and naming.plain(unit[1]) in lexicons.group("unit of time"):
            found.append(Limit(p.words[lead.start(1):n.last + unit.end()], n.low, naming.stems(unit[1])))
    return tuple(found)


@lru_cache(8192)
def bases(p: Passage) -> tuple[Limit, ...]:
    """What a number is a part of: the number after "of", or "out of", another number or share; or before it, "of 40 wells"."""
    found, before, numbers = [], None, _numbers(p.words)
    for n in numbers:
        between = p.words[before.end:n.first] if before else ""
        ahead = n is not numbers[-1] and _FIRST.search(p.words[:n.first])  # "of 40 wells, 12 were"
        if lead := _WHOLE.match(between) or ahead:
            counted = _counted(p.words[n.last:])
            said = lead.group().strip(" .;:,\n")
            found.append(Limit(f"{said} {p.words[n.first:n.last]} {counted}".strip(), n.low, naming.stems(counted)))
        before = n
    return tuple(found)


@lru_cache(8192)
def ages(p: Passage) -> tuple[Limit, ...]:
    """How old those are who are counted: "aged over 60", "under the age of 12"."""
    return tuple(Limit(m.group().strip(), float(next(filter(None, m.groups()))), frozenset()) for m in _AGES.finditer(p.words))


def _counted(words: str) -> str:
    """The words after a number up to the first plural among the next three, or the next one."""
    if not (m := _WORDS.match(words)):
        return ""
    said = m[1].split()
    end = next((k for k, w in enumerate(said, 1) if naming.plain(w) != w.lower()), 1)
    return " ".join(said[:end])


def lost(old: tuple[Limit, ...], new: tuple[Limit, ...], numbers: frozenset[float]) -> "Limit | None":
    """The one limit of the old passage that the new one has lost: it has none of the kind, nor its number. numbers: those of
    the new passage and of what stands around it."""
    return old[0] if len(old) == 1 and not new and old[0].number not in numbers else None


def _numbers(words: str) -> list[numerals.Numeral]:
    return sorted(numerals.find(words), key=lambda n: n.first)


@cache
def _lead() -> re.Pattern:
    before = "|".join(sorted(map(re.escape, lexicons.group("before a duration"))))
    between = "the|a|another|about|at|least|up|to|more|than|next|past|last|coming"
    return re.compile(rf"(?<!\w)((?:{before})\s+(?:(?:{between})\s+)*)$", re.I)
