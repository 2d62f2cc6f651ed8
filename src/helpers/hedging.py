"""The words that weaken what is said (likely, preliminary, reportedly), and which of two weakens more.

They stand in lexicons/hedges.csv with FactBank's values, probable (PR) or possible (PS). Not among them are words that
only make a number approximate ("about", "an estimated": bounds), those that say how often or how far ("largely"), and
modals that reported speech puts for the future ("would").
"""
from functools import lru_cache

from helpers import lexicons

VALUES = {"PR": 1, "": 1, "PS": 0}  # without a value: a doubt of the mildest kind


@lru_cache(65536)
def find(words: str) -> frozenset[str]:
    """The hedges in a cell or a list of them, lower case."""
    return frozenset(h for h in (" ".join(m.group(0).lower().split())
                                 for m in lexicons.pattern("hedges", "phrase").finditer(words)) if _row(h))


def in_prose(words: str) -> frozenset[str]:
    """The hedges in running text: only words that can be nothing else there ("possibly", "preliminary")."""
    return frozenset(h for h in find(words) if _row(h)["kind"] in ("adverb", "early"))


@lru_cache(65536)
def change(old: frozenset[str], new: frozenset[str]) -> str:
    """stronger (a hedge was dropped, or a weaker word of doubt put for it), weaker, or "" where none came or went.

    A word for another of the same value is no change: "likely" and "probably" say the same.
    """
    if old < new:
        return "weaker"
    if new < old:
        return "stronger"
    a, b = (min((VALUES.get(_row(h)["value"][:2], 1) for h in hedges), default=2) for hedges in (old, new))
    return "" if a == b else "stronger" if b > a else "weaker"


def _row(hedge: str) -> dict[str, str] | None:
    row = lexicons.by("hedges", "phrase").get(hedge)
    doubt = row and row["kind"] not in ("approximator", "shield") and (row["kind"], row["value"][:2]) != ("modal", "PR")
    return row if doubt else None
