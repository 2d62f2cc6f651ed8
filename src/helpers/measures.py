"""What is counted, and which word says more: *killed* is stronger than *killed or wounded*.

The vocabulary stands in lexicons/measures.csv, which a user may extend; a measure it does not hold is compared by name.
"""
import csv
from functools import cache
from importlib.resources import files


@cache
def vocabulary() -> dict[str, dict]:
    """measure -> its family, the measures it is stronger than and those equal to it in force (all as sets)."""
    rows = csv.DictReader((files("helpers") / "lexicons" / "measures.csv").read_text("utf-8").splitlines())
    found = {r["measure"]: {"family": r["family"], "stronger_than": _set(r["stronger_than"]),
                            "same_as": _set(r["same_as"])} for r in rows}
    for name, m in found.items():
        for other in m["same_as"] & found.keys():
            found[other]["same_as"].add(name)
    return found


def _set(cell: str) -> set[str]:
    return {v.strip() for v in cell.split(";") if v.strip()}


def relation(a: str, b: str) -> str:
    """equal (the same or equal in force), near (same family: one can be told as the other), differs, unknown (a blank)."""
    if not a or not b:
        return "unknown"
    words = vocabulary()
    if a == b or b in words.get(a, {}).get("same_as", ()):
        return "equal"
    if a in words and b in words and words[a]["family"] and words[a]["family"] == words[b]["family"]:
        return "near"
    return "differs"


def direction(old: str, new: str) -> str:
    """Which way a retelling moved: stronger, weaker, or other where the vocabulary does not order the two."""
    words = vocabulary()
    if old in _reach(new, words):
        return "stronger"
    return "weaker" if new in _reach(old, words) else "other"


def _reach(measure: str, words: dict) -> set[str]:
    seen, todo = set(), [measure]
    while todo:
        for weaker in words.get(todo.pop(), {}).get("stronger_than", ()):
            for m in {weaker, *words.get(weaker, {}).get("same_as", ())}:
                if m not in seen:
                    seen.add(m)
                    todo.append(m)
    return seen
