"""What one passage changed of another that tells the same, as far as the words of both show it (`in_words`).

A release and the article made of it are read side by side, passage by passage: a month for another month, a name for
another name, a "may" that is gone. The rules are those of tests/cases/README.md.
"""
import difflib
import functools
import re

from helpers import hedging, lexicons, likeness, measures, naming, numerals
from helpers.drift import SAME_WEEK
from helpers.in_words import Passage, When, doubts, people, told_measures, when, where

ALIKE, LEFT = 5, 0.3  # words of a passage at least, and the share of them that may differ, where one word was swapped
_AS = re.compile(r"(?:spoken to|questioned|interviewed|treated|seen|held|regarded|described|classified|listed|recorded|named|registered|ruled)"
                 r"(?:\s+\w+)?\s+as\s+(an?\s+[a-z]+|[a-z]+)\b", re.I)
_QUOTED = re.compile(r"[\"“]([^\"“”.,]{2,40})[\"”]")
_NOT = re.compile(r"\b(?:not|never|no|neither|nor)\b|n['’]t\b", re.I)
_SUBJECT_TO = re.compile(r"\b((?:subject to|pending|depending on|conditional on)\s+[^.;,]+)", re.I)
_SIDES = re.compile(r"\b(north|south|east|west)(?:ern|erly|-west|-east)?\b", re.I)
_LASTING = re.compile(r"^(?:(?:up\s+)?to\s+|about\s+|over\s+|nearly\s+|more\s+than\s+|at\s+least\s+)?(?:\d+|[a-z]+)\s+(?:second|minute|hour|day|week|month|year)s$")
NONE = 2  # the doubt of a passage without a word of doubt; see `hedging.VALUES`


def changes(old: Passage, new: Passage) -> dict[str, tuple[str, str, str]]:
    """field -> (old, new, direction) of period, place, hedge, magnitude (in words of degree), population and measure, each
    only where the words of both show it. The rules are those of tests/cases/README.md."""
    found = {"period": _period(old, new), "place": _place(old, new), "hedge": _hedge(old, new),
             "magnitude": _degree(old, new), "population": _population(old, new), "measure": _measure(old, new)}
    return {field: change for field, change in found.items() if change}


def _period(old: Passage, new: Passage) -> "tuple[str, str, str] | None":
    a, b = when(old), when(new)
    left, right = (tuple(w for w in own if not any(_one_time(w, v) for v in other)) for own, other in ((a, b), (b, a)))
    pairs = [(x, y) for x in left for y in right if _comparable(x, y)]
    return (pairs[0][0].words, pairs[0][1].words, "other") if pairs else None


def _comparable(x: When, y: When) -> bool:
    if (_LASTING.search(x.core) is None) != (_LASTING.search(y.core) is None):
        return False  # how long, and when
    if x.first and y.first and bool(x.last) != bool(y.last):
        return True  # "since May 2021" for "between May 2021 and January 2022"
    return bool(x.last) == bool(y.last) and (bool(x.last) or _relative(x) == _relative(y))


def _relative(w: When) -> bool:
    """Whether it is counted from the day of publication: "last week" is no other time than "on 2 July" for all one knows."""
    return lexicons.pattern("relative_periods", "phrase").search(w.words) is not None


def _one_time(a: When, b: When) -> bool:
    if a.core == b.core:
        return True
    if not (a.last and b.last):
        return False
    (a0, a1), (b0, b1) = ((likeness.ordinal(w.first), likeness.ordinal(w.last)) for w in (a, b))
    if (a0, a1) == (b0, b1):
        return True
    counted = any(lexicons.pattern("relative_periods", "phrase").search(w.words) for w in (a, b))
    return counted and abs(a1 - b1) <= SAME_WEEK and a1 - a0 == b1 - b0 and a1 - a0 > 0


def _place(old: Passage, new: Passage) -> "tuple[str, str, str] | None":
    a, b = where(old), where(new)
    left, right = ([n for n in own if not any(likeness.places(n, m) == "equal" or naming.stems(n) & naming.stems(m)
                                              for m in other) and n not in said]
                   for own, other, said in ((a, b, new.words), (b, a, old.words)))
    if left and not right and len(a) == 2 == len(b) + 1 and " and ".join(a) in old.words and b[0] in a:
        return " and ".join(a), b[0], "other"  # of two places one is left
    more = next(((n, m[1]) for n in a if n in b and (m := re.search(
        rf"(?<!\w){re.escape(n)},?\s+and\s+(?:the\s+)?([^\W\d_a-z][\w'’-]*(?:\s+[^\W\d_a-z][\w'’-]*)*)", new.words))
        and not naming.stems(m[1]) & naming.stems(old.words)), None)
    if more and not left and not right:
        return more[0], " and ".join(more), "other"  # one more is named
    if not (left and right):  # "the east side" and "the west side"
        x, y = ({m.lower() for m in _SIDES.findall(p.words)} for p in (old, new))
        return (*x, *y, "other") if len(x) == len(y) == 1 and x != y else None
    return left[0], right[0], "other"


def _hedge(old: Passage, new: Passage) -> "tuple[str, str, str] | None":
    a, b = doubts(old), doubts(new)
    direction = "" if a - {"should"} == b - {"should"} else _weight(a, b)  # what one should do is no doubt
    x, y = conditions(old), conditions(new)
    if not direction and bool(x) != bool(y):  # "if no buyer is found" is a doubt, too
        return (", ".join(x), ", ".join(y), "stronger" if x else "weaker")
    return (", ".join(sorted(a)), ", ".join(sorted(b)), direction) if direction else None


def conditions(p: Passage) -> tuple[str, ...]:
    """On what it depends: "if no buyer is found"; not what somebody asks or knows."""
    return tuple(m.group(1).strip() for m in (*_condition().finditer(p.words), *_SUBJECT_TO.finditer(p.words))) or ((p.on,) if p.on else ())


@functools.cache
def _condition() -> re.Pattern:
    opens = "|".join(sorted(lexicons.group("condition") - {"whether", "lest"}))
    return re.compile(rf"(?<!even )(?<!ask )(?<!asked )(?<!asks )(?<!know )(?<!see )(?<!wonder )\b((?:{opens})\s[^.;,]+)", re.I)


def _weight(a: frozenset, b: frozenset) -> str:
    rows = lexicons.by("hedges", "phrase")
    old, new = (min((hedging.VALUES.get(rows.get(h, {"value": ""})["value"][:2], 1) for h in own), default=NONE)
                for own in (a, b))
    if old == new:
        return "stronger" if b < a and len(a) > len(b) + 1 else "weaker" if a < b and len(b) > len(a) + 1 else ""
    return "stronger" if new > old else "weaker"


def _degree(old: Passage, new: Passage) -> "tuple[str, str, str] | None":
    """How many without a figure: the one word of degree in each."""
    x, y = (lexicons.pattern("degrees", "words").findall(p.words) for p in (old, new))
    rows = lexicons.by("degrees", "words")
    if len(x) != 1 or len(y) != 1 or any(re.search(rf"{re.escape(w)}\s+\d", p.words) for w, p in ((x[0], old), (y[0], new))):
        return None
    a, b = (int(rows[" ".join(w[0].lower().split())]["force"]) for w in (x, y))
    return None if a == b else (x[0].lower(), y[0].lower(), "stronger" if b > a else "weaker")


def _population(old: Passage, new: Passage) -> "tuple[str, str, str] | None":
    """Whom it is about: the one word for people that each has and the other has not."""
    a, b = people(old), people(new)
    x, y = [w for w in a if w not in b], [w for w in b if w not in a]
    general = lexicons.group("no people of their own")
    if len(x) != 1 or len(y) != 1 or likeness.members(x[0], y[0]) != "differs" or {x[0], y[0]} & general:
        return None
    return a[x[0]], b[y[0]], "other"


def _measure(old: Passage, new: Passage) -> "tuple[str, str, str] | None":
    """The one measure that each names and the other does not, where the vocabulary orders the two."""
    a, b = told_measures(old), told_measures(new)
    x, y = [m for m in a if m not in b], [m for m in b if m not in a]
    if len(x) != 1 or len(y) != 1 or (direction := measures.direction(x[0], y[0])) == "other":
        return opposite(old, new) or role(old, new)
    return x[0], y[0], direction


def role(old: Passage, new: Passage) -> "tuple[str, str, str] | None":
    """As what somebody or something is held, or the few words of a verdict between quotation marks: "as a witness" and "as a
    suspect", "requires improvement" and "inadequate"."""
    for pattern in (_AS, _QUOTED):
        a, b = ([m for m in pattern.findall(p.words)] for p in (old, new))
        if len(a) == len(b) == 1 and naming.stems(a[0]) and naming.stems(b[0]) and not naming.stems(a[0]) & naming.stems(b[0]):
            return a[0], b[0], "other"
    return None


def opposite(old: Passage, new: Passage) -> "tuple[str, str, str] | None":
    """Two words that cannot both hold of one thing: talks "are continuing" and "have ended"."""
    return None if _turned(old, new) else _against(old, new)


def by_its_contrary(old: Passage, new: Passage) -> bool:
    """Whether two passages say the same, one by what is not so: "did not open" and "was closed"."""
    return _turned(old, new) and _against(old, new) is not None


def _turned(old: Passage, new: Passage) -> bool:
    return bool(_NOT.search(old.words)) != bool(_NOT.search(new.words))


def _against(old: Passage, new: Passage) -> "tuple[str, str, str] | None":
    a, b = naming.stems(old.words), naming.stems(new.words)
    for row in lexicons.rows("opposites"):
        for one, other in ((row["words"], row["against"]), (row["against"], row["words"])):
            x, y = (naming.stems(cells.replace(";", " ")) for cells in (one, other))
            if a & x and b & y and not (a & y or b & x):
                return _spoken(old, x), _spoken(new, y), "other"
    return None


def _spoken(p: Passage, stems: frozenset[str]) -> str:
    return next(w for w in re.findall(r"[^\W_]+", p.words) if naming.stems(w) & stems).lower()


def swapped(old: Passage, new: Passage) -> "tuple[str, str] | None":
    """The one word of each that the other has not, where two passages say the same in the same order but for it: "a fire",
    "an arson". Not a name, a number, a word of doubt, of time or of degree, nor a verb of saying: other fields tell these."""
    a, b = ([w for w in re.findall(r"[^\W_]+(?:['’][^\W_]+)?", p.words)] for p in (old, new))
    if min(len(a), len(b)) < ALIKE:
        return None
    changed = [(a[i:j], b[k:m]) for op, i, j, k, m in difflib.SequenceMatcher(None, [w.lower() for w in a], [
        w.lower() for w in b], autojunk=False).get_opcodes() if op != "equal"]
    told = [(x[-1], y[-1]) for x, y in changed if x and y and _bears(x[-1]) and _bears(y[-1]) and not (
        naming.stems(x[-1]) & naming.stems(y[-1]))]
    rest = sum(max(len(x), len(y)) for x, y in changed)
    if len(told) != 1 or rest > LEFT * min(len(a), len(b)):
        return None
    general = lexicons.group("no people of their own")
    if all(w.lower() in lexicons.group("made known") for w in told[0]) or any(naming.plain(w) in general for w in told[0]):
        return None
    listed = all(measures.parse(w).known for w in told[0]) and measures.relation(*told[0]) in ("equal", "near")
    return None if listed or likeness.members(*told[0]) == "equal" else told[0]


def _bears(word: str) -> bool:
    """Whether a word carries what is said, and no other field tells it."""
    low, stems = word.lower(), naming.stems(word)
    told = (lexicons.group("modal") | lexicons.group("future") | lexicons.group("before a period") | lexicons.group(
        "part of a period") | lexicons.group("which period") | lexicons.group("negating") | lexicons.group("place preposition"))
    listed = any(low in lexicons.by(name, column) for name, column in (
        ("degrees", "words"), ("bounds", "phrase"), ("reporting_cues", "lemma")))
    number = numerals.value(low) is not None or any(c.isdigit() for c in word)
    return bool(stems) and word == low and not (number or low in told or listed or hedging.find(low))
