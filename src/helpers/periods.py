"""Periods in words, as days: "the past week", "since 3 May", "between April and June", "by the end of 2026".

Relative ones are counted from the day of publication, which is the last day of a period that has not ended: "the past
week", published on the 28th, is the 21st to the 28th, and so is "last week", as agencies use it; "last month" is the
calendar month before. A day or month without a year is the last one, or the next where the words beside it look
ahead ("will open in May"); after "by" and "until" it is the nearer. An end that is not known is empty: "by 5 May" has
no first day. Without a day of publication relative periods keep their words and have no days.
"""
import datetime
import functools
import re
from typing import NamedTuple

from helpers import days, lexicons, numerals
from helpers.days import COUNT, FORMS, UNIT, Day, Days
from helpers.paths import check_date

_ONE = datetime.timedelta(1)
_LEADS = (r"since|by|until|till|before|after|from|between|in|on|at|during|throughout|over|within|for|of|last|next|this"
          r"|as\s+(?:of|at)|up\s+to")
_FILL = r"(?:(?:the|about|around)\s+)?(?:(?:early|mid|late)(?:\s+(?:in|on))?[\s-]+)?"
_TO = r"(?:up\s+)?to|through|ended|ending|until|till"
# What stands before a point of time and makes a period of it, by kind.
_BEFORE = tuple((kind, re.compile(rf"(?<![\w-]){words}$", re.I)) for kind, words in (
    ("span", rf"(?:(?:in|over|during|for|of)\s+(?:the\s+)?|the\s+)(?:(?P<n>{COUNT})\s+)?(?P<unit>{UNIT})s?\s+"
             rf"(?:{_TO})\s+(?:on\s+)?(?:the\s+end\s+of\s+)?{_FILL}"),
    ("first", rf"(?:(?P<lead>{_LEADS})\s+)?(?:the\s+)?(?P<which>first|last|final)\s+(?:(?P<n>{COUNT})\s+)?"
              rf"(?P<unit>{UNIT})s?\s+of\s+"),
    ("part", rf"(?:(?P<lead>{_LEADS})\s+)?(?:the\s+)?(?:very\s+)?(?P<part>start|beginning|middle|end|close)\s+of\s+"
             rf"{_FILL}"),
    ("lead", rf"(?P<lead>{_LEADS})\s+{_FILL}"),
    ("fill", r"(?:early|mid|late)(?:\s+(?:in|on))?[\s-]+")))
_JOINED = re.compile(r"\s*(?:\b(?:to|and|until|till|through)\b|-|–|—)\s*(?:the\s+end\s+of\s+)?"
                     r"(?:(?:early|mid|late)[\s-]+)?", re.I)
_NEARER = ("by", "until", "till", "before", "up to")
_PREPOSITIONS = frozenset(
    "since by until till before after from between in during throughout last next this".split()) | {"as of", "as at"}


class Period(NamedTuple):
    start: int  # characters of the words
    end: int
    words: str
    first: str  # ISO days, "" where not known
    last: str


class _Point(NamedTuple):
    """One word for a time, with what stands before it: its kind, the preposition, and the match."""

    start: int
    end: int
    form: str
    m: re.Match
    kind: str
    lead: str
    before: re.Match | None


def find(words: str, published: str = "") -> list[Period]:
    """Every period in a text, in order; `published` an ISO day or empty. Raises InputError if it is not a day."""
    check_date(published, "published")
    now = datetime.date.fromisoformat(published) if published else None
    points, found = _points(words), []
    while points:
        a, b = points[0], points[1] if len(points) > 1 else None
        joined = b is not None and _JOINED.fullmatch(words, a.end, b.m.start()) and _range(words, a, b)
        points = points[2 if joined else 1:]
        if not joined and not _stands(words, a):
            continue
        try:
            first, last = _between(words, a, b, now) if joined else _single(words, a, now)
        except (ValueError, OverflowError):  # the 31st of February
            first = last = None
        if first and last and first > last:
            first = last = None
        said = words[a.start:b.end if joined else a.end].rstrip(".,; ")
        found.append(Period(a.start, a.start + len(said), said, *(d.isoformat() if d else "" for d in (first, last))))
    return found


def _points(words: str) -> list[_Point]:
    """All that names a time, the longest first where two begin together; none overlaps another."""
    hits = sorted(((m, form) for form, (pattern, _) in FORMS.items() for m in pattern.finditer(words)),
                  key=lambda h: (h[0].start(), -h[0].end()))
    found, at = [], 0
    for m, form in hits:
        if m.start() < at:
            continue
        start, kind, lead, before = m.start(), "", "", None
        for kind, pattern in _BEFORE:
            if before := pattern.search(words, max(at, start - 60), start):
                lead = " ".join((before.groupdict().get("lead") or "").lower().split())
                break
        if form == "led whole" and (not before or kind not in ("part", "span", "first")):
            continue  # "the week to 14 June"
        point = _Point(before.start() if before else start, m.end(), form, m, kind if before else "", lead, before)
        if form == "date" and lead in ("in", "during", "throughout") and m["n"] and not m["y"]:  # "in April 12 cases"
            m = FORMS["led month"][0].match(words, start)
            point = point._replace(m=m, end=m.end(), form="led month")
        found.append(point)
        at = point.end
    return found


def _stands(words: str, p: _Point) -> bool:
    """Whether a point is a period by itself: a month needs a year or a word before it, a year always a word."""
    if p.form == "led year":
        counted = p.lead == "by" and _moved().search(words, max(0, p.start - 20), p.start)
        led = p.lead in _PREPOSITIONS and p.lead not in ("last", "next", "this")
        return (led or p.kind in ("part", "span", "first", "fill")) and not counted
    if p.form == "led month":
        name = p.m["m"].lower() == "may" and p.kind == "lead" and p.lead in ("from", "after", "before")
        return bool(p.m["y"]) or (p.lead in _PREPOSITIONS or p.kind in ("part", "span", "first", "fill")) and not name
    if p.form == "quarter":
        return bool(p.kind) or p.m[0].startswith("Q") or "of" in p.m[0]
    if p.form == "weekday" and not p.lead and not p.m["which"]:
        every = re.search(r"\b(?:every|each|an?|some|one|black|good|ash)\s+$", words[max(0, p.start - 8):p.start], re.I)
        return not every and not re.match(r"\s+[A-Z]", words[p.end:p.end + 4])
    return True


@functools.cache
def _moved() -> re.Pattern:
    return re.compile(rf"\b(?:{numerals.moves()})\s+$", re.I)


def _range(words: str, a: _Point, b: _Point) -> bool:
    """Whether two joined points are the ends of one period."""
    joint = words[a.end:b.m.start()].lower().split()[:1]
    led = a.kind == "lead" and a.lead in ("from", "between", "since")
    if joint == ["and"]:
        return a.lead == "between"
    bare = a.form.startswith("led") and not (a.form == "led month" and (a.m["y"] or b.form == "led month" and b.m["y"]))
    dash = joint and joint[0][0] in "-–—"
    return led or not bare or bool(dash) and a.form == b.form == "led year" or a.lead in ("in", "during", "over")


def _days(p: _Point, now: Day | None, ahead: bool = False) -> Days:
    return FORMS[p.form][1](p.m, now, ahead)


def _between(words: str, a: _Point, b: _Point, now: Day | None) -> Days:
    last = _days(b, now, _ahead(words, a.start, b.end))[1]
    return _days(a, last or now)[0], last


def _single(words: str, p: _Point, now: Day | None) -> Days:
    if p.form == "dates" and "and" in p.m[0] and p.lead != "between":
        return None, None  # two days apart
    ahead = p.lead == "next" or p.lead != "last" and _ahead(words, p.start, p.end)
    first, last = _days(p, now, ahead)
    if p.lead in _NEARER and now and not ahead:
        other = _days(p, now, True)
        if last and other[1] and abs(other[1] - now) < abs(last - now):
            first, last = other
    if p.kind == "span":
        return _back(p.before, last)
    if p.kind == "first":
        first, last = _of(p.before, first, last)
    if p.kind == "part":
        first, last = _part(p.before["part"].lower(), first, last)
    if p.lead == "since" or p.form == "weekend" and p.m[0].lower().startswith("since"):
        return first if p.kind != "part" or p.before["part"].lower() != "end" else last, now
    if p.lead in ("by", "until", "till", "up to", "as of", "as at"):
        return None, last
    if p.lead == "before":
        return None, first and first - _ONE
    if p.lead == "after":
        return last and last + _ONE, None
    begins = p.lead == "from" and p.form in ("date", "weekday", "led month", "led year")
    return (first, None) if begins else (first, last)


def _ahead(words: str, start: int, end: int) -> bool:
    """Whether the words around a period, to the next stop or comma, put it ahead: "will open in May"."""
    coming = _coming()
    before = re.split(r"[.!?;,:]\s", words[max(0, start - 90):start])[-1]
    if coming.search(before):
        return True
    opens = not before.strip()
    return opens and bool(coming.search(re.split(r"[.!?;:]\s", words[end:end + 70])[0]))


@functools.cache
def _coming() -> re.Pattern:
    either = "|".join(re.escape(w) for w in sorted(lexicons.group("to come"), key=lambda w: (-len(w), w)))
    return re.compile(rf"(?:(?<![\w'’])|(?=['’]))(?:{either})(?!\w)", re.I)


def _back(m: re.Match, last: Day | None) -> Days:
    """ "the six months to June": so much time with that end."""
    many, unit = days.count(m["n"]), m["unit"].lower()
    if many is None or last is None:
        return None, last
    if unit not in ("month", "quarter", "year"):
        return last - datetime.timedelta(max(0, many * days.SPANS[unit] - 1)), last
    months = many * {"month": 1, "quarter": 3, "year": 12}[unit]
    if (last + _ONE).day == 1:
        return days.month_of(last.year, last.month - months + 1)[0], last
    start = days.month_of(last.year, last.month - months)
    return min(start[0].replace(day=min(last.day, start[1].day)) + _ONE, last), last


def _of(m: re.Match, first: Day | None, last: Day | None) -> Days:
    """ "the first six months of 2026"."""
    many, unit = days.count(m["n"]), m["unit"].lower()
    loose = unit == "week" and not m["n"] and m["which"].lower() != "first"  # a last week may be one of two
    if many is None or first is None or last is None or loose:
        return None, None
    if unit in ("month", "quarter"):
        months = many * (3 if unit == "quarter" else 1)
        if m["which"].lower() == "first":
            return first, min(last, days.month_of(first.year, first.month, months)[1])
        return max(first, days.month_of(last.year, last.month - months + 1)[0]), last
    reach = datetime.timedelta(max(0, many * days.SPANS[unit] - 1))
    return (first, min(last, first + reach)) if m["which"].lower() == "first" else (max(first, last - reach), last)


def _part(part: str, first: Day | None, last: Day | None) -> Days:
    """The start or end of a year is a month of it, of a month a week, of a week a day."""
    if first is None or last is None or part == "middle":
        return first, last
    long = (last - first).days
    if part in ("start", "beginning"):
        end = days.month_of(first.year, first.month)[1] if long > 80 else first + (6 if long > 20 else 0) * _ONE
        return first, end
    return days.month_of(last.year, last.month)[0] if long > 80 else last - (6 if long > 20 else 0) * _ONE, last
