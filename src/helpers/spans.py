"""The period of a telling, as days: from its columns or, where these are blank, from its words."""
import calendar
import re
from functools import lru_cache
from typing import NamedTuple

from helpers import lexicons, likeness, periods


class Span(NamedTuple):
    """A period as days counted from year 1 (0: open or not known). said: anything is said of it; relative: its words count
    from the page's own day; month: the first day of the month that they name without a day."""

    said: bool
    first: int = 0
    last: int = 0
    relative: bool = False
    month: int = 0


def of(row) -> Span:
    """The period of a telling, from its days or, where these are blank, from its words."""
    return _span(row.period, row.period_start, row.period_end, getattr(row, "said_on", ""))


@lru_cache(65536)
def _span(words: str, start: str, end: str, said_on: str) -> Span:
    words = _without_rate(words)
    found = periods.find(words, said_on)
    whole = found[0] if len(found) == 1 and len(found[0].words) >= len(_core(words)) - 4 else None
    if not start and not end and whole:
        start, end = (whole.first, whole.last)
        if re.match(r"(?:up\s+)?(?:to|until|till|by)\b", words, re.I):
            start = ""
    last, first = likeness.ordinal(end), likeness.ordinal(start)
    relative = bool(lexicons.pattern("relative_periods", "phrase").search(words))
    named = words and end and not relative and not re.search(r"(?<!\d)\d{1,2}(?!\d)", words)
    ends = named and int(end[8:]) == calendar.monthrange(int(end[:4]), int(end[5:7]))[1]
    return Span(bool(words or start or end), first, last, relative, last - int(end[8:]) + 1 if ends else 0)


def _core(words: str) -> str:
    return re.sub(r"^(?:up\s+)?(?:to|until|till|by|in|over|during|the|on)\s+", "", words.strip(), flags=re.I)


def _without_rate(words: str) -> str:
    """Period words without those that only give a rate: "per day, Oct 2024" is October."""
    return lexicons.pattern("rates", "phrases").sub("", words).strip(" ,;")
