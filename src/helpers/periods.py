"""Periods in words, as days: "the past week", "since 3 May", "in November 2023".

Relative ones are counted from the day of publication, which is the last day of a period that has not ended: "the past
week", published on the 28th, is the 21st to the 28th, and so is "last week", as agencies use it; "last month" is the
calendar month before. Without a day of publication they keep their words and have no days.
"""
import calendar
import datetime
import functools
import re
from typing import NamedTuple

from helpers import lexicons
from helpers.paths import check_date

MONTHS = {name.lower(): n for names in (calendar.month_name, calendar.month_abbr) for n, name in enumerate(names) if n}
MONTHS["sept"] = 9
WEEKDAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
SPANS = {"hour": 0, "day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3652}
_M = "|".join(sorted(MONTHS, key=lambda m: (-len(m), m)))
_N = r"\d{1,3}|[a-z]+(?:-[a-z]+)?"
_U = "|".join(SPANS)
_WORDS = re.compile(
    r"(?<![\w-])(?:"
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?P<since>since\s+)?(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_M})\.?"
    rf"|(?P<m2>{_M})\.?\s+(?P<d2>\d{{1,2}})"
    rf"(?:st|nd|rd|th)?(?!\d|,\d{{3}}))(?:,?\s+(?P<y1>(?:19|20)\d\d))?"
    rf"|(?P<since2>since\s+|in\s+|during\s+|of\s+|throughout\s+|last\s+|for\s+)?(?:early\s+|mid-|late\s+)?"
    rf"(?P<m3>{_M})\.?,?\s+(?P<y3>(?:19|20)\d\d)"
    rf"|(?P<inm>in|since|during|last)\s+(?:early\s+|mid-|late\s+)?(?P<m4>{_M})\b(?!\s+\d)"
    rf"|(?:(?:in|over|during|within|for|of)\s+)?(?:the\s+|this\s+)?(?P<past>past|last|previous|preceding|latest)\s+"
    rf"(?:(?P<n>{_N})\s+)?(?P<unit>{_U})s?"
    rf"|this\s+(?P<this>week|month|year)"
    r"|(?P<day>yesterday|today|overnight|last\s+night)"
    rf"|(?:on\s+|since\s+)(?P<wd>{'|'.join(WEEKDAYS)})"
    r"|(?P<iny>in|since|during|throughout)\s+(?P<y5>(?:19|20)\d\d)"
    r"|(?P<todate>so\s+far|to\s+date)"
    r")(?![\w-])", re.I)


class Period(NamedTuple):
    start: int  # characters of the words
    end: int
    words: str
    first: str  # ISO days, "" where not known
    last: str


def find(words: str, published: str = "") -> list[Period]:
    """Every period in a text, in order; `published` an ISO day or empty. Raises InputError if it is not a day."""
    check_date(published, "published")
    now = datetime.date.fromisoformat(published) if published else None
    found = []
    for m in _WORDS.finditer(words):
        try:
            first, last = _days(m.groupdict(), m.group(0).lower(), now)
        except (ValueError, OverflowError):
            first = last = None
        said = m.group(0).rstrip(".,; ")
        found.append(Period(m.start(), m.start() + len(said), said, first.isoformat() if first else "",
                            last.isoformat() if last else ""))
    return found


def _days(g: dict, words: str, now: datetime.date | None):
    day = datetime.date
    since = words.startswith("since")
    if g["iso"]:
        found = day.fromisoformat(g["iso"])
        return found, found
    if g["m1"] or g["m2"]:
        month, number = MONTHS[(g["m1"] or g["m2"]).lower()], int(g["d1"] or g["d2"])
        year = int(g["y1"]) if g["y1"] else _year(month, number, now)
        found = day(year, month, number) if year else None
        return (found, now) if since else (found, found)
    if g["m3"] or g["m4"]:
        month = MONTHS[(g["m3"] or g["m4"]).lower()]
        year = int(g["y3"]) if g["y3"] else _year(month, 1, now)
        if not year:
            return None, None
        first, last = day(year, month, 1), day(year, month, calendar.monthrange(year, month)[1])
        return (first, now) if since else (first, last)
    if g["y5"]:
        year = int(g["y5"])
        return (day(year, 1, 1), now) if since else (day(year, 1, 1), day(year, 12, 31))
    if now is None:
        return None, None
    if g["past"]:
        return _past(g, now)
    if g["this"]:
        start = {"week": now - datetime.timedelta(now.weekday()), "month": now.replace(day=1),
                 "year": now.replace(month=1, day=1)}[g["this"].lower()]
        return start, now
    if g["day"]:
        if g["day"].lower() == "today":
            return now, now
        before = now - datetime.timedelta(1)
        return (before, before) if g["day"].lower() == "yesterday" else (before, now)
    if g["wd"]:
        found = now - datetime.timedelta((now.weekday() - WEEKDAYS[g["wd"].lower()]) % 7)
        return (found, now) if since else (found, found)
    return None, now


def _past(g: dict, now: datetime.date):
    unit, many = g["unit"].lower(), _count(g["n"])
    if many is None:
        return None, None
    if g["past"].lower() in ("last", "previous") and not g["n"] and unit in ("month", "year"):
        last = (now.replace(day=1) if unit == "month" else now.replace(month=1, day=1)) - datetime.timedelta(1)
        return (last.replace(day=1) if unit == "month" else last.replace(month=1, day=1)), last
    days = round(many / 24) if unit == "hour" else many * SPANS[unit]
    return now - datetime.timedelta(days), now


def _count(words: str | None) -> int | None:
    if not words:
        return 1
    if words.isdigit():
        return int(words)
    if words.lower() in ("few", "several", "couple"):
        return None
    return _small().get(words.lower())


@functools.cache
def _small() -> dict[str, int]:
    return {r["word"]: int(r["value"]) for r in lexicons.rows("number_words") if r["kind"] == "small"}


def _year(month: int, number: int, now: datetime.date | None) -> int | None:
    """The year of the last such day that is not after publication."""
    return None if now is None else now.year - ((month, number) > (now.month, now.day))
