"""What is counted, and which word says more: *killed* is stronger than *killed or wounded*.

The vocabulary stands in lexicons/measures.csv, which a user may extend; a measure that it does not hold is compared by
its name.
"""
import re
from functools import cache

from helpers import lexicons


@cache
def vocabulary() -> dict[str, dict[str, set[str]]]:
    """measure -> the measures it is stronger than, those equal to it in force, and those it is the sum of."""
    found = {r["measure"]: {c: set(lexicons.cells(r[c])) for c in ("stronger_than", "same_as", "union_of")}
             for r in lexicons.rows("measures")}
    for name, m in found.items():
        for other in m["same_as"] & found.keys():
            found[other]["same_as"].add(name)
    return found


def relation(a: str, b: str) -> str:
    """equal (one name, or equal in force), near (ordered, or a sum and its part: one can be told as the other),
    differs, unknown (a blank)."""
    if not a or not b:
        return "unknown"
    words = vocabulary()
    if a == b or b in words.get(a, {}).get("same_as", ()):
        return "equal"
    parts = words.get(a, {}).get("union_of", set()) | words.get(b, {}).get("union_of", set())
    return "near" if b in _reach(a) or a in _reach(b) or {a, b} & parts else "differs"


def direction(old: str, new: str) -> str:
    """Which way a retelling moved: stronger, weaker, or other where the vocabulary does not order the two."""
    if old in _reach(new):
        return "stronger"
    return "weaker" if new in _reach(old) else "other"


@cache
def _reach(measure: str) -> frozenset[str]:
    """All that a measure is stronger than, directly or through another."""
    words, seen, todo = vocabulary(), set(), [measure]
    while todo:
        for weaker in words.get(todo.pop(), {}).get("stronger_than", ()):
            new = {weaker, *words.get(weaker, {}).get("same_as", ())} - seen - {measure}
            seen |= new
            todo += sorted(new)
    return frozenset(seen)


@cache
def wider_places() -> dict[str, frozenset[str]]:
    """place -> the places that contain it, both casefolded, from the column part_of of lexicons/places.csv."""
    return {r["place"].casefold(): frozenset(p.casefold() for p in lexicons.cells(r.get("part_of", "")))
            for r in lexicons.rows("places")}


@cache
def epistemic_hedges() -> frozenset[str]:
    """The words and phrases that hedge what is said (likely, preliminary), as against those that bound a number."""
    return frozenset(r["phrase"] for r in lexicons.rows("hedges") if r["kind"] != "approximator")


def hedges_in(words: str) -> list[str]:
    """The words in it that hedge what is said (likely, preliminary, reports of), not those that bound a number."""
    return sorted(w for w in epistemic_hedges() if re.search(rf"\b{re.escape(w)}\b", words.casefold()))
