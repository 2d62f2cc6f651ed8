"""Inside one text: where it contradicts itself, or says more at one place than at another.

A *shift* is a pair of claims about one thing, the earlier first, that differ in degree (some, widespread), in certainty, in
the cause that they put first, in what a denial denies, in a number, or in whether it is so. Two claims are about one
thing by what they count (measure, population, place) or by their words; what is not plainly about one thing is passed over.
"""
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pandas as pd

from helpers import causing, lexicons, likeness, measures, naming, periods, rounding, tables, tellings
from helpers.matching import AUTHOR

CERTAINTY = {"PS": 0, "PR": 1, "CT": 2}  # FactBank's values, Uu aside
# Of the words of two claims that say one thing, so many are common: of the shorter's and of the longer's. Below this, as
# the cases in tests/test_inside.py show, "the north bridge is closed" and "the south bridge is closed" are one.
SHORTER, LONGER = 0.8, 0.6
SAME_DENIAL = 0.5  # of the words of two denials by one source
LEAST = 2


class Told(NamedTuple):
    """A claim as it is compared: words are the stems of what it states, without those of degree, doubt and emphasis."""

    id: str
    start: int
    end: int
    source: str
    row: tuple
    words: frozenset[str]
    when: tuple
    numbers: tuple


def shifts(claims: pd.DataFrame, quantities: pd.DataFrame) -> pd.DataFrame:
    """The table `shifts` of one text from its tables `claims` and `quantities`: claim_a stands before claim_b.

    Opinions, rejected claims, and what nobody commits to (Uu) are left out. note: why the two are about one thing, and
    who says them.
    """
    numbers = defaultdict(list)
    for q in quantities.itertuples(index=False):
        numbers[q.claim_id].append(q)
    told = [_told(c, numbers[c.claim_id]) for c in claims.itertuples(index=False)
            if c.kind != "opinion" and c.status != "rejected" and c.factuality_source != "Uu"]
    told.sort(key=lambda t: (t.start, t.end, t.id))
    rows = []
    for i, j in _pairs(told):
        a, b = told[i], told[j]
        if a.end <= b.start:
            found = (rule(a, b) for rule in (_degree, _certainty, _cause, _denial, _number, _polarity))
            rows += [{"claim_a": a.id, "claim_b": b.id, **shift} for shift in found if shift]
    return tables.frame("shifts", rows)


def _told(c, numbers: list) -> Told:
    said = c.proposition or c.exact
    words = naming.stems(_marks("pointing").sub(" ", _unmarked().sub(" ", said)))
    when = tuple(p.words.lower() for p in periods.find(said, ""))
    return Told(c.claim_id, c.start, c.end, c.chain.split(" > ")[-1], c, words, when,
                tuple(q for q in numbers if likeness.numbered(q)))


def _pairs(told: list[Told]) -> Iterator[tuple[int, int]]:
    """Places of two claims that share a measure or `LEAST` words, put a cause first, or are denials of one source's; in
    order."""
    by_key, common = defaultdict(list), defaultdict(int)
    for n, t in enumerate(told):
        keys = set(t.words)
        if t.row.measure:
            keys.add(("measure", naming.plain(t.row.measure)))
        if causing.primary(t.row.proposition or t.row.exact):
            keys.add(("cause",))
        if t.row.speech_act == "deny":
            keys.add(("denial", t.source))
        for key in keys:
            for before in by_key[key]:
                common[before, n] += 1 if isinstance(key, str) else LEAST
            by_key[key].append(n)
    return iter(sorted(pair for pair, n in common.items() if n >= LEAST))


def _one_thing(a: Told, b: Told) -> str:
    """Why two claims state one thing by their words, whoever says it and however surely; "" if they do not."""
    common = a.words & b.words
    few, many = sorted((len(a.words), len(b.words)))
    if len(common) < LEAST or len(common) < SHORTER * few or len(common) < LONGER * many or a.when != b.when:
        return ""
    if bool(_marks("another").search(a.row.exact)) != bool(_marks("another").search(b.row.exact)):
        return ""
    if likeness.places(a.row.place, b.row.place) == "differs" or any(q.low != r.low for q in a.numbers for r in b.numbers):
        return ""
    return f"the same words: {', '.join(sorted(common))}"


def _one_subject(a: Told, b: Told) -> str:
    """Why two claims are about one subject: a measure of the vocabulary, with nothing against it, or their words."""
    x, y = a.row, b.row
    if likeness.members(x.population, y.population) == "differs" or likeness.places(x.place, y.place) == "differs":
        return ""
    if x.measure and measures.parse(x.measure).known and likeness.measure(x, y) == "equal" and a.when == b.when:
        return f"the same measure: {x.measure}"
    return _one_thing(a, b)


def _row(field: str, old: str, new: str, more: float, why: str, a: Told, b: Told) -> dict:
    speakers = f"both {a.source}" if a.source == b.source else f"{a.source}, then {b.source}"
    return {"field": field, "old": old, "new": new, "note": f"{why}; {speakers}",
            "direction": "stronger" if more > 0 else "weaker" if more < 0 else "other"}


def _degree(a: Told, b: Told) -> dict:
    """How many or how often, without a figure: the one word of degree in each."""
    x, y = (lexicons.pattern("degrees", "words").findall(t.row.exact) for t in (a, b))
    if len(x) != 1 or len(y) != 1 or a.numbers or b.numbers or a.row.polarity != b.row.polarity:
        return {}
    more = _force(y[0]) - _force(x[0])
    why = _one_subject(a, b) if more else ""
    return _row("degree", x[0].lower(), y[0].lower(), more, why, a, b) if why else {}


def _force(word: str) -> int:
    return int(lexicons.by("degrees", "words")[" ".join(word.lower().split())]["force"])


def _certainty(a: Told, b: Told) -> dict:
    """How sure one and the same thing is said to be: by one source, or by two where both say how sure ("likely", then
    "clearly"), or where the author tells as so what a source only thinks likely."""
    x, y = (t.row.factuality_author if t.source == AUTHOR else t.row.factuality_source for t in (a, b))
    if x[-1] != y[-1] or "Uu" in (x, y) or x == y:
        return {}
    marked = [bool(t.row.hedges or _marks("certain").search(t.row.exact)) for t in (a, b)]
    if a.source != b.source and not (marked[0] and (marked[1] or b.source == AUTHOR)):
        return {}
    why = _one_thing(a, b)
    more = CERTAINTY[y[:2]] - CERTAINTY[x[:2]]
    return _row("certainty", _sure(a, x), _sure(b, y), more, why, a, b) if why else {}


def _sure(t: Told, value: str) -> str:
    words = t.row.hedges.replace(";", ", ") or ", ".join(
        w.lower() for w in _marks("certain").findall(t.row.exact))
    return f"{words} ({value})" if words else value


def _cause(a: Told, b: Told) -> dict:
    """Two causes that are each put first, of one effect."""
    x, y = (causing.primary(t.row.proposition or t.row.exact) for t in (a, b))
    if not x or not y:
        return {}
    (cause, effect), (other, same) = ((naming.stems(c), naming.stems(e)) for c, e in (x, y))
    shared = effect & same
    if not cause or not other or cause & other or not shared or len(shared) < min(len(effect), len(same)):
        return {}
    return _row("cause", x[0], y[0], 0, f"each the first cause of one effect: {', '.join(sorted(shared))}", a, b)


def _denial(a: Told, b: Told) -> dict:
    """One who denies something else than before: of the same people another measure, or in the same words another thing."""
    x, y = a.row, b.row
    if {x.speech_act, y.speech_act} != {"deny"} or a.source != b.source or a.source.startswith("~unnamed"):
        return {}
    if x.measure and y.measure and x.population and likeness.members(x.population, y.population) == "equal":
        if likeness.measure(x, y) != "equal":
            more = {"stronger": 1, "weaker": -1}.get(measures.direction(x.measure, y.measure), 0)
            return _row("denial", x.measure, y.measure, more, f"a denial about the same people: {x.population}", a, b)
    own, other = (_left(t, u) for t, u in ((a, b), (b, a)))
    denying = naming.stems(f"{x.cue} {y.cue} {a.source[1:].replace('-', ' ')}")
    common = (a.words & b.words) - denying
    if not own or not other or not common or len(common) < SAME_DENIAL * (min(len(a.words), len(b.words)) - len(
            denying & a.words & b.words)):
        return {}
    return _row("denial", own, other, 0, f"a denial in the same words: {', '.join(sorted(common))}", a, b)


def _left(t: Told, beside: Told) -> str:
    """The words of a claim that the other has not, in order."""
    words = re.findall(r"[^\W\d_]+", t.row.proposition or t.row.exact)
    return " ".join(w.lower() for w in words if (own := naming.stems(w)) and own <= t.words - beside.words)


def _number(a: Told, b: Told) -> dict:
    """Two numbers of one measure, population, place, rate and time that cannot both be right."""
    if a.row.speech_act == b.row.speech_act == "deny":
        return {}  # what is not so has no number
    for q in a.numbers:
        for r in b.numbers:
            if _same_scope(q, r, a, b) and not rounding.same(q, r) and not rounding.same(r, q) and not _meet(q, r):
                more = likeness.point(r) - likeness.point(q)
                why = f"the same measure: {q.measure}{' of ' + q.population if q.population else ''}"
                return _row("magnitude", tellings.amount(q), tellings.amount(r), more, why, a, b)
    return {}


def _same_scope(q, r, a: Told, b: Told) -> bool:
    same = all(getattr(q, f) == getattr(r, f) for f in ("rate", "unit", "change", "period_start", "period_end"))
    if not same or not q.measure or measures.relation(q.measure, r.measure) != "equal" or a.when != b.when:
        return False
    if likeness.members(q.population, r.population) != "equal" or likeness.places(
            q.place or a.row.place, r.place or b.row.place) != ("equal" if q.place or a.row.place else "unknown"):
        return False
    if not q.population and not measures.parse(q.measure).known:
        return False  # so much was owed, but by whom
    # Two counts without a time may be of two events; then their words have to agree as well.
    x, y = ({w for w in t.words if not any(ch.isdigit() for ch in w)} for t in (a, b))
    return bool(q.period_end and q.population) or len(x & y) >= max(LEAST, SHORTER * min(len(x), len(y)))


def _meet(q, r) -> bool:
    """Whether some number fits both, a tenth more or less where one is "about" so many."""
    slack = likeness.NEAR if "about" in (likeness.bound(q), likeness.bound(r)) else 0.0
    return likeness.least(q) * (1 - slack) <= likeness.most(r) and likeness.least(r) * (1 - slack) <= likeness.most(q)


def _polarity(a: Told, b: Told) -> dict:
    """One source, or the author, says of one thing that it is so and that it is not."""
    x, y = a.row, b.row
    if a.source != b.source or x.polarity == y.polarity:
        return {}
    why = _one_thing(a, b)
    return _row("polarity", *("is so" if t.polarity == "pos" else "is not so" for t in (x, y)), 0, why, a, b) if why else {}


@cache
def _marks(kind: str) -> re.Pattern:
    words = [w for row in lexicons.rows("marks") if row["kind"] == kind for w in lexicons.cells(row["words"])]
    either = "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.I)


@cache
def _unmarked() -> re.Pattern:
    """Words of degree, doubt and emphasis, which two claims may differ in and be about one thing."""
    parts = (lexicons.pattern("degrees", "words"), lexicons.pattern("hedges", "phrase"), _marks("primary"),
             _marks("certain"))
    return re.compile("|".join(p.pattern for p in parts), re.I)
