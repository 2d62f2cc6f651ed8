"""Units of measure: what stands at a number and says of what kind it is (lexicons/units.csv).

A row has a unit (the SI or ISO 4217 symbol where there is one), its name in words, and how it is written: `words`
(singular, in any case), `symbols` after a number and `signs` before one (both as they stand).
"""
import functools
import re

from helpers import lexicons

_SPACED = ("W", "V", "C", "p", "g")  # letters that may stand apart from their number; others only at it ("5A", "2 F")
_TIME = ("second", "minute", "hour", "day", "night", "week", "fortnight", "month", "year", "decade", "century")


@functools.cache
def _words() -> dict[str, str]:
    found = {}
    for row in lexicons.rows("units"):
        for word in lexicons.cells(row["words"]):
            found.setdefault(word, row["unit"])
            found.setdefault(word if word.endswith("s") else word + "s", row["unit"])
    return found


@functools.cache
def _symbols() -> dict[str, str]:
    return {w: row["unit"] for w, row in reversed(lexicons.by("units", "symbols").items())}


def _either(words) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"[\s-]") for w in sorted(words, key=lambda w: (-len(w), w)))


@functools.cache
def sign() -> str:
    """An expression for a sign of currency before a number."""
    return rf"(?:{_either(lexicons.by('units', 'signs'))})"


@functools.cache
def after_number() -> str:
    """An expression for a unit that follows a number, for use with re.I: " miles", "-day", "GB", " per cent"."""
    apart = [s for s in _symbols() if len(s) > 1 or s in _SPACED or not s.isalpha()]
    glued = [s for s in _symbols() if s != "C"]
    words = _either(_words())
    return rf"(?:[\s-](?:{words})(?!\w)|(?-i:\s(?:{_either(apart)})|{_either(glued)}|(?<=\d\d)C)(?![\w²³]))"


def named(words: str) -> str:
    """The unit that some words or a symbol name, or ""."""
    words = " ".join(words.lstrip(" \u00a0-").split())
    return _symbols().get(words) or _words().get(words.lower()) or _words().get(words.lower().replace("-", " "), "")


def is_symbol(words: str) -> bool:
    return words.strip(" \u00a0-") in _symbols()


def of_sign(sign: str) -> str:
    """The currency of a sign before a number."""
    return lexicons.by("units", "signs")[re.sub(r"[\s-]", " ", sign)]["unit"]


def of_time(words: str) -> bool:
    """Whether some words are a unit of time, singular or plural."""
    return named(words) in _TIME


def is_age(unit: str) -> bool:
    return unit.endswith(" of age")


def is_measured(unit: str) -> bool:
    """Whether a unit is one of the list, so that it measures and does not count."""
    return unit in lexicons.by("units", "unit")


def is_length_ahead(view: str, end: int) -> bool:
    """Whether what follows "37m" shows that the m is metres: "37m tall", "37m (121ft)"."""
    return re.match(r"(?:\s|-)?(?:\(\d|\)?-?(?:long|tall|wide|high|deep|thick|away|above|below|off|sprint|race)\b)",
                    view[end:end + 12], re.I) is not None


@functools.cache
def _per() -> re.Pattern:
    words = "|".join(sorted(lexicons.group("per"), key=lambda w: (-len(w), w)))
    return re.compile(rf"(?:\s?(?:\bper\b|/)\s?(?P<per>(?:(?:sq|square|cubic)\.?\s)?[a-z]+)"
                      rf"|[\s-](?:an?|each|every)[\s-](?P<a>{words}))"
                      rf"(?!\w|\s+(?:ago|earlier|later|before|after|old)\b)", re.I)


def per(view: str, end: int) -> tuple[int, str]:
    """What a number is per, beside it: ("$5 a share") the end of the words and "share"; (end, "") if nothing."""
    m = _per().match(view, end)
    if not m:
        return end, ""
    word = (m["per"] or m["a"]).lower().replace(".", "")
    unit = named(word)
    name = next((r["name"] for r in lexicons.rows("units") if r["unit"] == unit), word) if unit else word
    return m.end(), name
