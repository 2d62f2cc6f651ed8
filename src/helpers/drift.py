"""Drift: what became of each field of a statement when it was told again.

A *telling* is a row of the ledger or a scoped claim. For each field one function takes two tellings, old and new, and
says whether the field was *kept*, has *changed* (from what, to what, and whether the new telling claims more, less or
something else) or is *unknown* because one of them is silent. The rules are those of tests/cases/README.md: a number
that lost a limit (bound, hedge, period, rate) has changed; anything else that one side leaves blank is unknown.
"""
import math
from collections.abc import Callable, Iterable

import pandas as pd

from helpers import hedging, in_words, lexicons, likeness, limits, measures, naming, rounding, spans, tables
from helpers.ledger import DENYING
from helpers.likeness import numbered, point
from helpers.tellings import KEPT, UNKNOWN, Field, amount, changed, span_of
from helpers.whose import Way, source

# From the least to the most that is claimed by the same number.
FORCE = {"ceiling": 0, "about": 1, "range": 1, "exact": 2, "floor": 3}
SAME_WEEK = 3   # days that words counted from the page's own day ("past week") may move
RATES = ("per_hour", "per_day", "per_night", "per_week", "per_month", "per_year")  # the shorter, the more


def fields(old, new, way: Way = Way()) -> dict[str, Field]:
    """Field -> what became of it, for all of `schemas.DRIFT_FIELDS`. Any two tellings, none of them need be of a ledger."""
    return {name: (source(old, new, way) if one is source else one(old, new)) for name, one in FIELDS.items()}


def changes(old, new, way: Way = Way()) -> list[dict]:
    """The changed fields from one telling to the next, as dicts of field, old, new, direction and note."""
    return [{"field": name, "old": f.old or "none", "new": f.new or "none", "direction": f.direction, "note": f.note}
            for name, f in fields(old, new, way).items() if f.state == "changed"]


def kept(pairs: Iterable[tuple]) -> pd.DataFrame:
    """The table `kept`: of (old, new) or (old, new, way), how many pairs kept each field, changed it, or leave it unknown;
    share: of those that are known, the ones that kept it (empty where none is known)."""
    states = {name: {"kept": 0, "changed": 0, "unknown": 0} for name in FIELDS}
    for pair in pairs:
        for name, f in fields(*pair).items():
            states[name][f.state] += 1
    return tables.frame("kept", [{"field": name, **n, "share": _share(n)} for name, n in states.items()])


def _share(n: dict[str, int]) -> float:
    return round(n["kept"] / (n["kept"] + n["changed"]), 4) if n["kept"] + n["changed"] else math.nan


def measure(old, new) -> Field:
    relation = likeness.measure(old, new)
    if relation in ("equal", "unknown"):
        return KEPT if relation == "equal" else UNKNOWN
    if relation == "differs" and hasattr(new, "claim_id") and not hasattr(old, "claim_id") and not (
            measures.family(old.measure) and measures.family(old.measure) == measures.family(new.measure)):
        return UNKNOWN  # a verb's lemma is not the name under which a ledger lists what it does
    return changed(old.measure, new.measure, measures.direction(old.measure, new.measure))


def population(old, new) -> Field:
    """The same number for a part of the people is the stronger claim, for more people the weaker."""
    relation = likeness.members(old.population, new.population)
    if relation in ("equal", "unknown"):
        return KEPT if relation == "equal" and old.population else UNKNOWN
    named = numbered(old) or numbered(new) or _of_people(old.population, new.population)
    held = hasattr(new, "claim_id") and {old.stance, new.stance} <= {*DENYING}
    if not named and (relation == "contained" or held):
        return UNKNOWN  # "the bridge" and "corrosion of the bridge": a thing that is spoken of, more or less fully
    narrower = likeness.fewer(old.population, new.population) == 1
    if not narrower and _spoken_of(old.population, getattr(new, "proposition", "")):
        return UNKNOWN if relation == "differs" else KEPT  # the claim's words name them, its cell says less
    return changed(old.population, new.population, _sign(likeness.fewer(old.population, new.population)))


def _of_people(*names: str) -> bool:
    return all(in_words.people(in_words.Passage(name.replace("+", " "))) for name in names)


def _spoken_of(name: str, words: str) -> bool:
    return f" {naming.plain(name)} " in f" {naming.plain(words)} "


def place(old, new) -> Field:
    """The cell, or what a row's paraphrase says where it is blank. A wider and a narrower place are other places."""
    a, b = (row.place or getattr(row, "told_place", "") for row in (old, new))
    relation = likeness.places(a, b)
    return UNKNOWN if relation == "unknown" else KEPT if relation == "equal" else changed(a, b)


def bound(old, new) -> Field:
    """Ceiling, about, the number alone, floor: upward is stronger. A range that became one number is stronger too, one
    that became a bound of either kind moves as "about" does.

    The order is by how large a number the words vouch for: "at least 40" may be any number above it, "40" is just that, and
    so is the weaker claim; "up to 40" may be none at all, and "40" is the stronger one (tests/cases/README.md, rule 6)."""
    if not (numbered(old) and numbered(new)):
        return UNKNOWN
    a, b = likeness.bound(old), likeness.bound(new)
    if a == b:
        return KEPT
    if "about or floor" in (a, b):
        other = b if a == "about or floor" else a
        if other in ("about", "floor"):
            return UNKNOWN
        if other == "exact":
            return changed(_bound(old), _bound(new))
        a, b = ("about" if x == "about or floor" else x for x in (a, b))
    return changed(_bound(old), _bound(new), _sign(FORCE[b] - FORCE[a]))


def _bound(row) -> str:
    return row.bound or ("between" if likeness.bound(row) == "range" else "")


def magnitude(old, new) -> Field:
    """The number itself, rounded or not (`rounding.same`)."""
    if not numbered(old) and not numbered(new):
        return UNKNOWN
    if not numbered(new):
        return changed(amount(old), "", "weaker", "the number was dropped")
    if not numbered(old):
        return changed("", amount(new), "stronger", "a number was added")
    if rounding.same(old, new):
        return KEPT
    if likeness.bound(old) == likeness.bound(new) == "range":
        low, high = new.low - old.low, new.high - old.high
        return changed(amount(old), amount(new), _sign(low + high) if low * high >= 0 else "other")
    return changed(amount(old), amount(new), _sign(point(new) - point(old)))


def rate(old, new) -> Field:
    """A blank is no rate: a count. The same number in a shorter time is more, and any rate more than one such count."""
    if not (numbered(old) and numbered(new)):
        return UNKNOWN
    a, b = old.rate, new.rate
    if a == b:
        return KEPT if a else UNKNOWN
    order = [*RATES, ""]
    return changed(a, b, _sign(order.index(a) - order.index(b)) if a in order and b in order else "other")


def period(old, new) -> Field:
    """When, up to when, or for how long. A dropped period is stronger, a moved one other; a running total without its day is
    no change, but is noted. Words that count from the page's own day may move by `SAME_WEEK` days, a total "since" a day runs
    on to whichever day it is told, and a month may be named for a day in it."""
    a, b = spans.of(old), spans.of(new)
    if not a.said:
        return UNKNOWN
    if not b.said:
        if not numbered(old) or not numbered(new):
            return UNKNOWN
        if limits.durations(in_words.Passage(old.period)):
            told = limits.durations(in_words.Passage(getattr(new, "proposition", "")))
            return UNKNOWN if told else changed(old.period, "", "stronger", "how long it takes or lasts was dropped")
        if not a.first and not old.rate:
            return Field("unknown", note=f"the total's day ({span_of(old)}) is not told")
        return changed(span_of(old), "", "stronger", "the period was dropped")
    if not a.last or not b.last:
        return UNKNOWN
    if (a.first, a.last) == (b.first, b.last):
        return KEPT
    if b.relative and abs(b.last - a.last) <= SAME_WEEK and (b.last - b.first == a.last - a.first if a.first else not b.first):
        return KEPT
    if a.first and a.first == b.first and _runs_on(old, a) and _runs_on(new, b) and a.last <= b.last:
        return KEPT
    one_day = a.first == a.last
    if b.month and b.month <= a.last <= b.last and (not b.first if not a.first else one_day):
        return KEPT
    if not numbered(old) and not numbered(new) and not a.first and not b.first:
        return KEPT  # a position held to a day, told again on another
    return changed(span_of(old), span_of(new))


def _runs_on(row, span: spans.Span) -> bool:
    """Whether a period is open to the day on which it was told: "since 1 March"."""
    words = row.period.split()
    if words:
        return words[0].casefold() == "since"
    return bool(getattr(row, "said_on", "")) and abs(likeness.ordinal(row.said_on) - span.last) <= SAME_WEEK


def stance(old, new) -> Field:
    """What a paraphrase makes of it ("confirmed") overrules an assertion. Lines of stances, and their order within a line,
    stand in lexicons/stances.csv; what is said to be so and what is said not to be so are on none together."""
    a, b = _position(old), _position(new)
    if a == b:
        return KEPT
    if (a, b) == ("confirm", "assert") and hasattr(new, "claim_id"):
        return UNKNOWN  # a text's "said" may be said of a confirmation
    x, y = (lexicons.by("stances", "stance").get(s) for s in (a, b))
    if not x or not y or x["line"] != y["line"]:
        return changed(a, b)
    return KEPT if x["force"] == y["force"] else changed(a, b, _sign(int(y["force"]) - int(x["force"])))


def _position(row) -> str:
    if numbered(row) and getattr(row, "polarity", "pos") == "pos":
        own = row.stance  # that a count is nought is said by the number
    else:
        own = likeness.position(row)
    return own if own != "assert" else getattr(row, "told_stance", "") or own


def hedge(old, new) -> Field:
    """Words of doubt that came, went or were swapped. A claim that is weakened in another way (hedged) tells nothing."""
    a, b = hedges(old), hedges(new)
    if a != b and (not b and getattr(new, "hedged", False) or not a and getattr(old, "hedged", False)):
        return UNKNOWN
    if not (direction := hedging.change(a, b)):
        return KEPT
    note = "" if a and b else "the hedge was dropped" if a else "a hedge was added"
    return changed(", ".join(sorted(a)), ", ".join(sorted(b)), direction, note)


def hedges(row) -> frozenset[str]:
    """The words of doubt of a claim, or of a row's qualifier and paraphrase, but for those that its measure holds: suspected
    cases are counted as such."""
    if hasattr(row, "claim_id"):
        found = hedging.find(row.hedges)
    else:
        found = hedging.find(row.qualifier) | hedging.in_prose(row.paraphrase)
    return frozenset(h for h in found if not naming.stems(h) <= naming.stems(row.measure))


def _sign(more: float) -> str:
    return "stronger" if more > 0 else "weaker" if more < 0 else "other"


FIELDS: dict[str, Callable] = {"measure": measure, "population": population, "place": place, "bound": bound,
                               "magnitude": magnitude, "period": period, "rate": rate, "source": source,
                               "stance": stance, "hedge": hedge}
