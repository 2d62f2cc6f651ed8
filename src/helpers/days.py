"""What days a word for a time names: a day, a month, a year, a weekday, "the past three weeks", "the first quarter".

Every form has an expression and a function from its match, the day from which it is counted (None: not known) and
whether it lies ahead of that day ("will open in May") to its first and last day; (None, None) where they are not known.
"""
import calendar
import datetime
import functools
import re
from collections.abc import Callable

from helpers import lexicons

Day = datetime.date
Days = tuple[Day | None, Day | None]
MONTHS = {name.lower(): n for names in (calendar.month_name, calendar.month_abbr) for n, name in enumerate(names) if n}
MONTHS["sept"] = 9
WEEKDAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
SPANS = {"hour": 0, "day": 1, "week": 7, "fortnight": 14, "month": 30, "quarter": 91, "year": 365, "decade": 3652}
COUNT = r"(?:\d{1,3}|[a-z]+(?:-[a-z]+)?)"
UNIT = "|".join(SPANS)
_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
_VERBS = ("may", "march", "mar")  # small letters make these other words


def _months() -> str:
    spelt = {s for m in MONTHS for s in (m.title(), m.upper(), *([] if m in _VERBS else [m]))}
    return f"(?-i:{'|'.join(sorted(spelt, key=lambda m: (-len(m), m)))})"


_M, _Y, _D = _months(), r"(?:19|20)\d\d", r"(?:[12]\d|3[01]|0?[1-9])"
_DTH, _TO = rf"(?:{_D})(?:st|nd|rd|th)?", r"\s*(?:\bto\b|\band\b|\buntil\b|\bthrough\b|-|–|—)\s*"


def week(now: Day) -> Day:
    """The Monday of a day's week."""
    return now - datetime.timedelta(now.weekday())


def month_of(year: int, month: int, many: int = 1) -> Days:
    """The first day of a month and the last of the `many` that begin with it; months run on into other years."""
    first, last = year * 12 + month - 1, year * 12 + month - 2 + many
    end = Day(last // 12, last % 12 + 1, 1)
    return Day(first // 12, first % 12 + 1, 1), end.replace(day=calendar.monthrange(end.year, end.month)[1])


def _year(month: int, number: int, now: Day | None, ahead: bool) -> int | None:
    """The year of the last such day that is not after `now`, or of the first that is not before it."""
    if now is None:
        return None
    there = (month, number)
    return now.year + (there < (now.month, now.day)) if ahead else now.year - (there > (now.month, now.day))


def _iso(m: re.Match, now: Day | None, ahead: bool) -> Days:
    return (Day.fromisoformat(m[0]),) * 2


def _date(m: re.Match, now: Day | None, ahead: bool) -> Days:
    month, number = MONTHS[(m["m"] or m["n"]).lower()], int(re.match(r"\d+", m["d"] or m["e"])[0])
    year = int(m["y"]) if m["y"] else _year(month, number, now, ahead)
    return (Day(year, month, number),) * 2 if year else (None, None)


def _dates(m: re.Match, now: Day | None, ahead: bool) -> Days:
    """ "7 to 13 April", "April 7-13"."""
    month = MONTHS[(m["m"] or m["n"]).lower()]
    low, high = (int(re.match(r"\d+", d)[0]) for d in ((m["d"], m["e"]) if m["m"] else (m["f"], m["g"])))
    year = int(m["y"]) if m["y"] else _year(month, high, now, ahead)
    return (Day(year, month, low), Day(year, month, high)) if year and low < high else (None, None)


def _month(m: re.Match, now: Day | None, ahead: bool) -> Days:
    month = MONTHS[m["m"].lower()]
    year = int(m["y"]) if m["y"] else _year(month, now.day if now and ahead else 1, now, ahead)
    return month_of(year, month) if year else (None, None)


def _years(m: re.Match, now: Day | None, ahead: bool) -> Days:
    year, until = int(m["y"]), int(m["until"] or 0)
    return Day(year, 1, 1), Day(year // 100 * 100 + until if until > year % 100 else year, 12, 31)


def _decade(m: re.Match, now: Day | None, ahead: bool) -> Days:
    year = int(m["y"])
    return Day(year, 1, 1), Day(year + 9, 12, 31)


def _quarter(m: re.Match, now: Day | None, ahead: bool) -> Days:
    many = 6 if m["half"] else 3
    which = (m["half"] or m["q"] or "").lower()
    part = int(m["number"]) if m["number"] else 2 if m["half"] and which == "last" else _ORDER[which]
    month = (part - 1) * many + 1
    said = (m["half_y"] or m["y"] or m["bare_y"] or "").lower()
    if not said:
        year = _year(month, now.day if now and ahead else 1, now, ahead)
    else:
        year = int(said) if said.isdigit() else now and now.year + {"last": -1, "next": 1}.get(said.split()[0], 0)
    return month_of(year, month, many) if year else (None, None)


def _weekday(m: re.Match, now: Day | None, ahead: bool) -> Days:
    if now is None:
        return None, None
    which, number = (m["which"] or "").lower(), WEEKDAYS[m["wd"].lower()]
    if which == "next" or ahead and which != "last":
        found = now + datetime.timedelta((number - now.weekday() - (which == "next")) % 7 + (which == "next"))
    else:
        found = now - datetime.timedelta((now.weekday() - number - (which == "last")) % 7 + (which == "last"))
    return found, found


def _named(m: re.Match, now: Day | None, ahead: bool) -> Days:
    if now is None:
        return None, None
    words, day = " ".join(m[0].lower().split()), datetime.timedelta(1)
    return {"yesterday": (now - day,) * 2, "tomorrow": (now + day,) * 2, "overnight": (now - day, now),
            "last night": (now - day, now)}.get(words, (now, now))


def _weekend(m: re.Match, now: Day | None, ahead: bool) -> Days:
    if now is None:
        return None, None
    saturday = now - datetime.timedelta((now.weekday() - 5) % 7)
    if m["which"].lower() == "last" and now.weekday() >= 5:
        saturday -= datetime.timedelta(7)
    if m["which"].lower() == "next" or (ahead or m["which"].lower() == "this") and now.weekday() < 5:
        saturday += datetime.timedelta(7)
    sunday = saturday + datetime.timedelta(1)
    return saturday, sunday if sunday <= now or saturday > now else now


def _past(m: re.Match, now: Day | None, ahead: bool) -> Days:
    unit, many = m["unit"].lower(), count(m["n"])
    if many is None or now is None or not m["n"] and m["many"]:
        return None, None
    if m["which"].lower() in ("last", "previous") and not m["n"] and unit in ("month", "quarter", "year"):
        months = {"month": 1, "quarter": 3, "year": 12}[unit]
        first = now.year * 12 + (now.month - 1) // months * months - months
        return month_of(first // 12, first % 12 + 1, months)
    days = round(many / 24) if unit == "hour" else many * SPANS[unit]
    return now - datetime.timedelta(days), now


def _next(m: re.Match, now: Day | None, ahead: bool) -> Days:
    unit, many = m["unit"].lower(), count(m["n"])
    if many is None or now is None or not m["n"] and m["many"] or m["which"].lower() == "following":
        return None, None
    if m["n"] or m["which"].lower() != "next" or unit not in ("week", "month", "year"):
        return now, now + datetime.timedelta(round(many / 24) if unit == "hour" else many * SPANS[unit])
    if unit == "week":
        first = week(now) + datetime.timedelta(7)
        return first, first + datetime.timedelta(6)
    return month_of(now.year, now.month + 1) if unit == "month" else month_of(now.year + 1, 1, 12)


def _this(m: re.Match, now: Day | None, ahead: bool) -> Days:
    first, last = whole(m["unit"], now) if now else (None, None)
    return (first, last if ahead else now) if first else (None, None)


def _whole(m: re.Match, now: Day | None, ahead: bool) -> Days:
    return whole(m["unit"], now) if now else (None, None)


def whole(unit: str, now: Day) -> Days:
    """The first and last day of the week, month, quarter or year of a day."""
    if unit.lower() == "week":
        return week(now), week(now) + datetime.timedelta(6)
    many = {"month": 1, "quarter": 3, "year": 12}[unit.lower()]
    return month_of(now.year, (now.month - 1) // many * many + 1, many)


def _unknown(m: re.Match, now: Day | None, ahead: bool) -> Days:
    return None, now if m.re is _TO_DATE else None


def count(words: str | None) -> int | None:
    """The number before a unit of time; 1 where there is none, None where the word is no number ("few")."""
    if not words:
        return 1
    return int(words) if words.isdigit() else _small().get(words.lower())


@functools.cache
def _small() -> dict[str, int]:
    return {r["word"]: int(r["value"]) for r in lexicons.rows("number_words") if r["kind"] == "small"}


def _form(words: str) -> re.Pattern:
    return re.compile(rf"(?<![\w-])(?:{words})(?!\w|-\w|/\d)", re.I)


_TO_DATE = _form(r"so\s+far|to\s+date|since\s+then")
_OF_YEAR = rf"\s+of\s+(?P<y>{_Y}|(?:the|this|last|next)\s+year)"
# The forms by name; "led" ones are periods only behind a word such as "in" (see `periods`).
FORMS: dict[str, tuple[re.Pattern, Callable[[re.Match, Day | None, bool], Days]]] = {
    "iso": (_form(r"\d{4}-\d\d-\d\d"), _iso),
    "dates": (re.compile(rf"(?<![\w-])(?:(?P<d>{_DTH}){_TO}(?P<e>{_DTH})\s+(?:of\s+)?(?P<m>{_M})\.?"
                         rf"|(?P<n>{_M})\.?\s+(?P<f>{_DTH})\s*(?:\bto\b|-|–|—)\s*(?P<g>{_DTH})(?!\d|,\d{{3}}))"
                         rf"(?:,?\s+(?P<y>{_Y}))?(?!\w)", re.I), _dates),
    "date": (re.compile(rf"(?<![\w-])(?:(?P<d>{_DTH})\s+(?:of\s+)?(?P<m>{_M})\.?"
                        rf"|(?P<n>{_M})\.?\s+(?P<e>{_DTH})(?!\d|,\d{{3}}))(?:,?\s+(?P<y>{_Y}))?(?!\w)", re.I), _date),
    "led month": (re.compile(rf"(?<!\w)(?P<m>{_M})(?:\.?,?\s+(?P<y>{_Y})|\b)(?!\w)", re.I), _month),
    "led year": (re.compile(rf"(?:(?<![\w-])|(?<=mid-)|(?<=\d-))(?P<y>{_Y})(?:[-–/](?P<until>\d\d))?(?!\w|-[a-z]|/\d)",
                            re.I), _years),
    "decade": (_form(r"(?P<y>(?:19|20)\d0)s"), _decade),
    "quarter": (_form(rf"(?P<half>first|second|last)\s+half{_OF_YEAR.replace('<y>', '<half_y>')}"
                      rf"|(?:(?P<q>first|second|third|fourth|final|last(?=\squarter\sof))[\s-]quarter"
                      rf"|(?-i:Q)(?P<number>[1-4]))"
                      rf"(?:{_OF_YEAR}|\s+(?P<bare_y>{_Y}))?(?!\s+of\b)"), _quarter),
    "weekday": (re.compile(rf"(?<!\w)(?:(?P<which>last|next|this)\s+)?(?-i:(?P<wd>"
                           rf"{'|'.join(w for n in WEEKDAYS for w in (n.title(), n.upper()))}))(?![\w-]|['’]s)", re.I),
                _weekday),
    "named": (_form(r"yesterday|today|tomorrow|overnight|tonight|last\s+night|this\s+(?:morning|afternoon|evening)"),
              _named),
    "weekend": (_form(r"(?:(?:over|at|during|since)\s+)?(?P<which>the|last|past|this|next)\s+weekend"), _weekend),
    "past": (_form(rf"(?P<which>past|last|previous|preceding|latest)\s+(?:(?P<n>{COUNT})\s+)?"
                   rf"(?P<unit>{UNIT})(?P<many>s)?"
                   rf"(?!\s+of\s+(?:(?:the|this|last)\s+(?:month|year)|{_M}|{_Y}))"), _past),
    "next": (_form(rf"(?P<which>next|coming|following)\s+(?:(?P<n>{COUNT})\s+)?(?P<unit>{UNIT})(?P<many>s)?"), _next),
    "this": (_form(r"this\s+(?P<unit>week|month|quarter|year)"), _this),
    "led whole": (_form(r"the\s+(?P<unit>week|month|quarter|year)"), _whole),
    "to date": (_TO_DATE, _unknown),
}
