"""Numbers as they are written: digits, words, ranges, fractions, with the unit that stands at them. No parse is needed.

The words stand in lexicons/number_words.csv by kind: small (seven), scale (million), vague (dozens), lead (several),
suffix (1.2m), part (third: what one is divided by). A vague number is a least one: "dozens" are two dozen or more;
"several hundred" are two hundred to 999.
"""
import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from helpers import lexicons, units

_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f' ]\d{3})+(?!\d)(?:\.\d+)?|\d*\.\d+|\d+"
_POWER = r"(?:\s?[×x]\s?10(?:(?:\^|\*\*)[-−]?|[-−])\d+)"
_SIGNS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞"
_BELOW = r"(?:(?<!\bor\s)(?:minus|negative)[\s-]|[-−](?=[\d.$€£¥]))"


class Numeral(NamedTuple):
    """One number or range in a text, in characters."""

    start: int  # with "between" or "from"
    first: int  # of the number itself
    last: int  # of the number without its unit
    end: int  # with its unit
    low: float
    high: float | None  # the other end of a range or of "several hundred", else None
    unit: str  # in lexicons/units.csv, else ""
    kind: str  # number, range, several, share
    words: str  # of the number without its unit


@functools.cache
def _words() -> dict[str, tuple[float, str]]:
    return {r["word"]: (float(r["value"]), r["kind"]) for r in lexicons.rows("number_words")}


def _either(*kinds: str) -> str:
    words = (w for w, (_, kind) in _words().items() if kind in kinds)
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=lambda w: (-len(w), w)))


@functools.cache
def _number() -> str:
    small, scale, vague, lead, suffix = map(_either, ("small", "scale", "vague", "lead", "suffix"))
    over = r"\d{1,3}⁄\d{1,4}|\d{1,2}/\d{1,3}(?=\s+of\s)|[1-7]/(?:[2-58]|16)(?=\s[a-z])"
    digits = rf"(?:\d*[{_SIGNS}]|{over}|(?:{_DIGITS}){_POWER}?)"
    half = rf"(?:\s+and\s+a\s+half(?:\s+(?:{scale}))?)?"
    whole = rf"(?:{scale})(?:\s+and\s+(?:{small}))?"  # "hundred and six", but not "five and six"
    words = rf"(?:an?\s+{whole}|(?:{small}))(?:[\s-](?:{whole}|(?:{small})))*"
    return (rf"(?:{_BELOW}?(?:(?-i:{units.sign()})\s?)?{_BELOW}?{digits}"
            rf"(?:(?:{suffix})(?!\w)|(?:[\s-](?:{scale}))+(?!\w))?{half}"
            rf"|(?:half\s+a\s+(?:{scale})|(?:{lead})\s+(?:{scale})s?|{_BELOW}?{words}{half}"
            rf"|(?!scores\b(?!\s+(?:of|more|were|are|have|had)\b))(?:{vague})(?:\s+of\s+(?:{vague}))?)(?!\w))")


@functools.cache
def _expressions() -> tuple[re.Pattern, re.Pattern, re.Pattern]:
    """A number or a range; a part ("two-thirds of"); a ratio ("one in five")."""
    number, unit, small = _number(), units.after_number(), _either("small")
    one, many = _either("part"), "|".join(w for w in _either("part").split("|") if w.endswith("s"))
    few = rf"(?:\d{{1,4}}|{small})"
    left, right = r"(?<![\w.:/’'])(?<!\d,)", r"(?![\w:]|/\w|[.,]\d)"
    return (re.compile(rf"{left}(?:(?P<between>between|from)\s+)?(?P<a>{number})(?P<ua>{unit})?"
                       rf"(?:(?P<gap>(?(between)(?:\s+(?!to\b|and\b|or\b)[\w.:]+){{0,5}}?))"
                       rf"\s?(?P<to>\bto-|-|–|—|\bto\b|\band\b|\bor\b)\s?"
                       rf"(?P<b>{number})(?P<ub>{unit})?)?{right}", re.I),
            re.compile(rf"(?<![\w-])(?:(?:an?|{small})[\s-](?:{one})(?=\s+of\b)|(?:{small})-(?:{many})(?!\w)"
                       r"|half(?=\s+(?:of|the|its|their|his|her|our|all|these|those)\b)"
                       rf"|(?<=\bby\s)(?:an?\s(?:{one})|half)(?![\w-]))", re.I),
            re.compile(rf"(?<![\w.,-])(?P<a>{few})\s+(?:(?:in|out\s+of)\s+(?:every\s+)?|of\s+every\s+)"
                       rf"(?P<b>{few})(?![\w-]|[.,]\d)", re.I))


def value(words: str) -> float | None:
    """The number that some words or digits mean; None if they mean none. "two hundred and six" is 206."""
    low = words.lower().strip()
    if half := re.search(r"\s+and\s+a\s+half(?:\s+([a-z]+))?$", low):
        return ((value(low[:half.start()]) or 0.0) + 0.5) * _words().get(half[1] or "", (1.0, ""))[0]
    sign = -1 if re.match(rf"{_BELOW}|[^\d\w]+[-−]\d", low) else 1
    digits = re.search(rf"\d+⁄\d+|\d+/\d+|\d*[{_SIGNS}]|(?:{_DIGITS}){_POWER}?", low)
    if digits:
        number = _figures(digits.group(0))
        for word in re.findall(r"[a-z]+", low[digits.end():]):
            number *= _words().get(word, (1.0, ""))[0]
        return sign * number
    total, part, seen = 0.0, 0.0, False
    for word in re.findall(rf"(?:{_either('lead')})\b|[a-z]+", low):
        number, kind = _words().get(" ".join(word.split()), (None, ""))
        if word in ("a", "an"):
            part, seen = part or 1.0, True
        elif number is None:
            number, kind = _words().get(word.removesuffix("s"), (None, "")) if word.endswith("s") else (None, "")
        if number is None or kind == "suffix":
            continue
        if kind == "scale":
            part, seen = (part or 1.0) * number, True
            if number >= 1000:
                total, part = total + part, 0.0
        elif kind == "vague":
            part, seen = part * number / 2 if part else number, True  # "hundreds of thousands": two hundred thousand
        elif kind == "part":
            part, seen = (part or 1.0) / number, True
        elif kind == "lead":
            part, seen = number, True
        else:
            part, seen = part + number, True
    return sign * (total + part) if seen else None


def _figures(digits: str) -> float:
    """The value of a number written in figures."""
    if digits[-1] in _SIGNS:
        return float(digits[:-1] or 0) + unicodedata.numeric(digits[-1])
    if parts := re.fullmatch(r"(\d+)[⁄/](\d+)", digits):
        return int(parts[1]) / int(parts[2]) if int(parts[2]) else 0.0
    base, _, power = re.sub(r"\s", "", digits).replace("−", "-").partition("×" if "×" in digits else "x")
    number = float(re.sub(r"[^\d.]", "", base))
    exponent = int(re.sub(r"^10(?:\^|\*\*)?", "", power)) if power else 0
    return float(f"{number!r}e{exponent}") if power and abs(exponent) < 200 else number


def is_vague(words: str) -> bool:
    """Whether a number is open upward by its own word: "dozens"."""
    return re.search(rf"\b(?:{_either('vague')})\b", words, re.I) is not None


def is_scale(view: str, start: int, end: int) -> bool:
    """Whether what looks like a word is the end of a number in figures: the "m." of "0.8m."."""
    row = lexicons.by("number_words", "word").get(view[start:end].lower().rstrip("."))
    return row is not None and row["kind"] == "suffix" and view[max(0, start - 1):start].isdigit()


def find(view: str) -> Iterator[Numeral]:
    """Every number of a text: first the shares, then the others, which overlap none of them; each in order."""
    number, part, ratio = _expressions()
    shares = list(_shares(view, part, ratio))
    yield from shares
    for found in _numbers(view, number):
        if not any(s.first < found.end and found.first < s.end for s in shares):
            yield found


@functools.cache
def _moved() -> re.Pattern:
    """A part by which something moved, behind its bound: "by as much as | a fifth"."""
    bounds = "|".join(sorted((re.escape(r["phrase"]) for r in lexicons.rows("bounds") if r["place"] == "before"),
                             key=lambda w: (-len(w), w)))
    return re.compile(rf"\bby\s+(?:{bounds})\s+(?P<part>an?\s(?:{_either('part')})|half)(?![\w-])", re.I)


def _shares(view: str, part: re.Pattern, ratio: re.Pattern) -> Iterator[Numeral]:
    moved = {m.start("part"): m for m in _moved().finditer(view)}
    for start, m in moved.items():
        yield Numeral(start, start, m.end("part"), m.end("part"), value(m["part"]), None, "", "share", m["part"])
    for m in part.finditer(view):
        before = view[:m.start()].rstrip().rsplit(None, 1)[-1:] or [""]
        share = value(m.group(0))
        if m.start() not in moved and before[0].lower() not in lexicons.group("before a half") and share is not None and 0 < share < 1:
            yield Numeral(m.start(), m.start(), m.end(), m.end(), share, None, "", "share", m.group(0))
    for m in ratio.finditer(view):
        a, b = value(m["a"]), value(m["b"])
        timed = units.of_time(re.match(r"[\s-]*([a-z]*)", view[m.end():m.end() + 20], re.I)[1])
        if a and b and a < b and b > 2 and not timed:
            yield Numeral(m.start(), m.start(), m.end(), m.end(), a / b, None, "", "share", m.group(0))


def _numbers(view: str, number: re.Pattern) -> Iterator[Numeral]:
    at = 0
    while m := number.search(view, at):
        at = m.end()
        a, b, joined = value(m["a"]), value(m["b"]) if m["b"] else None, (m["to"] or "").lower()
        if b is not None and a is not None:
            a = _scaled(m, a, b)
            if not _is_range(m, joined, a, b):
                if joined not in ("and", "or", "to") and not m["gap"].strip():
                    continue  # a score
                a, b, at = value(m["a"]), None, m.end("ua") if m["ua"] else m.end("a")
        if a is None or abs(a) > 1e300 or (b is not None and abs(b) > 1e300):
            continue
        which = "b" if b is not None else "a"
        last = m.end(which)
        unit, end = m[f"u{which}"] or "", m.end(f"u{which}") if m[f"u{which}"] else last
        name = _unit(m, which) or (_unit(m, "a") if which == "b" else "")
        if unit and not re.search(r"\d", m[which]) and units.is_symbol(unit):
            name, end = "", last  # "two p" is no price
        if m["a"].endswith("m") and not name and units.is_length_ahead(view, last) and a >= 1e6:
            a, b, name = a / 1e6, b and b / 1e6, "m"
        start, kind = (m.start(), "range") if b is not None else (m.start("a"), "number")
        if kind == "number" and re.match(rf"(?:{_either('lead')})\b", m["a"], re.I):
            kind, b = "several", a * 5 - 1 if a > 24 else 99.0
        yield Numeral(start, m.start("a"), last, end, a, b, name, kind, view[m.start("a"):last])


def _is_range(m: re.Match, joined: str, a: float, b: float) -> bool:
    """Whether two joined numbers are one range: "200 to 300", "three or four"; not "40 and 50", "up 3% to 40", a score.
    """
    led = (m["between"] or "").lower()
    of_a, of_b = _unit(m, "a"), _unit(m, "b")
    if of_a and of_b and of_a != of_b or m["gap"].strip() and (led != "from" or joined != "to"):
        return False
    if joined == "and":
        return led == "between" and a != b
    if joined == "or":
        return a < b <= 2 * a and a == int(a)
    if led == "from":
        return a != b
    if joined == "to":
        moved = re.search(rf"\b(?:by|{moves()})\s+$", m.string[max(0, m.start() - 14):m.start()], re.I)
        level = of_a and (not of_b or moved)
        return not level and a != b and (a < b or bool(of_a))
    return a < b or bool(of_a or of_b) and a != b


def _unit(m: re.Match, end: str) -> str:
    """The unit of one end of a range, by its sign or the words after it."""
    sign = re.search(units.sign(), m[end])
    if sign and not m[end][0].islower():
        return units.of_sign(sign.group(0))
    return units.named(m[f"u{end}"]) if m[f"u{end}"] else ""


@functools.cache
def moves() -> str:
    """The forms of the words of change, for "rose $5 to $105"."""
    found = set()
    for row in lexicons.rows("changes"):
        w, regular = row["word"], [*lexicons.cells(row["irregular"])]
        if row["kind"] != "word":
            regular += [w + "s", w + "ed", w + "d", w + "ing", w[:-1] + "ing", w + w[-1] + "ed", w + w[-1] + "ing"]
        found |= {w, *regular}
    return "|".join(sorted(found, key=lambda w: (-len(w), w)))


def _scaled(m: re.Match, a: float, b: float) -> float:
    """The lower end of a range whose scale stands only at the upper: "10 to 12 million"."""
    if m["to"] == "-" and "," in m["b"] and b % 1000 == 0 and a == int(a) and 1 <= a < b / 1000:
        return a * 1000  # "5-6,000"
    tail = re.search(r"[a-z]+$", m["b"].lower())
    scale, kind = _words().get(tail.group(0), (1.0, "")) if tail else (1.0, "")
    own = re.search(rf"(?:{_either('scale', 'suffix')})$", re.sub(units.sign(), "", m["a"]), re.I)
    shared = kind in ("scale", "suffix") and not own and a <= b / scale  # but "$200 to $4 million" is as it stands
    return a * scale if shared else a
