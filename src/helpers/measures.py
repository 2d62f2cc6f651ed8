"""What is counted, and which word says more: *killed* is stronger than *killed or wounded*.

The vocabulary stands in lexicons/measures.csv, which a user extends (`lexicons`). A name is looked up without case,
plural and underscore, then by the words that name it ("deaths"); one that the vocabulary does not hold is compared by
its stems, so that "close" and "closure" meet. "Cholera deaths" is a known measure and a rest that narrows it.
"""
from functools import cache, lru_cache
from typing import NamedTuple

from helpers import lexicons, naming


class Name(NamedTuple):
    """A measure's name taken apart: the measure of the vocabulary ("" if there is none) and the other words' stems."""

    known: str
    rest: frozenset[str]


@cache
def vocabulary() -> dict[str, dict[str, set[str]]]:
    """measure -> the measures it is stronger than, those equal to it in force, and those it is the sum of.

    A measure that stands in two rows, as where a user adds to one, has what both say; one that others only name is a
    measure too, under whichever spelling comes first.
    """
    columns = ("stronger_than", "same_as", "union_of")
    rows, spelt = lexicons.rows("measures"), {}
    for name in (*(r["measure"] for r in rows), *(m for r in rows for c in columns for m in lexicons.cells(r[c]))):
        spelt.setdefault(naming.plain(name), name)
    found: dict[str, dict[str, set[str]]] = {name: {c: set() for c in columns} for name in spelt.values()}
    for row in rows:
        for c in columns:
            found[spelt[naming.plain(row["measure"])]][c] |= {spelt[naming.plain(m)] for m in lexicons.cells(row[c])}
    for name, m in found.items():
        for other in m["same_as"]:
            found[other]["same_as"].add(name)
    return found


@lru_cache(65536)
def parse(name: str) -> Name:
    """A name as `Name`: known as a whole, by its stem, or by the longest known expression inside it."""
    whole, by_stem, inside = _index()
    plain, stems = naming.plain(name), naming.stems(name)
    if known := whole.get(plain) or by_stem.get(stems):
        return Name(known, frozenset())
    words = plain.split()
    if within := [w for w in inside if len(w) < len(words) and set(w) <= set(words)]:
        best = max(within, key=lambda w: (len(w), w))
        return Name(inside[best], naming.stems(" ".join(w for w in words if w not in best)))
    return Name("", stems or frozenset([plain]))


@cache
def _index() -> tuple[dict[str, str], dict[frozenset, str], dict[tuple[str, ...], str]]:
    """Plain name -> measure; stems of names of one word -> measure; the words that may stand inside a longer name."""
    rows = lexicons.rows("measures")
    names = {naming.plain(m): m for m in vocabulary()}
    whole, inside = dict(names), {tuple(n.split()): m for n, m in names.items()}
    for row in rows:
        for word in lexicons.cells(row["words"]):
            whole.setdefault(naming.plain(word), names[naming.plain(row["measure"])])
            if " " in word or word not in lexicons.group("two meanings"):
                inside.setdefault(tuple(naming.plain(word).split()), names[naming.plain(row["measure"])])
    by_stem = {}
    for n, m in whole.items():
        if " " not in n:
            by_stem.setdefault(naming.stems(n), m)
    for verb in lexicons.group("noun alone"):
        by_stem.pop(naming.stems(verb), None)
    return whole, by_stem, inside


def relation(a: str, b: str) -> str:
    """equal (one name, or equal in force), near (ordered, or a sum and its part: one can be told as the other),
    differs, unknown (a blank)."""
    if not a or not b:
        return "unknown"
    if a == b:
        return "equal"
    x, y = parse(a), parse(b)
    return known(x.known, y.known) if x.rest == y.rest else "differs"


@lru_cache(65536)
def known(a: str, b: str) -> str:
    """The relation of two measures of the vocabulary; two that it does not hold ("") are equal."""
    words = vocabulary()
    if a == b or b in words.get(a, {}).get("same_as", ()):
        return "equal"
    parts = words.get(a, {}).get("union_of", set()) | words.get(b, {}).get("union_of", set())
    return "near" if b in _reach(a) or a in _reach(b) or {a, b} & parts else "differs"


@lru_cache(65536)
def part_of(a: str, b: str) -> bool:
    """Whether what a names is one of those that b is the sum of."""
    words, x, y = vocabulary(), parse(a).known, parse(b).known
    sums = {y, *words.get(y, {}).get("same_as", ())}
    return any(x in words.get(m, {}).get("union_of", ()) for m in sums)


@lru_cache(65536)
def announcing(name: str) -> frozenset[str]:
    """The measures that announce what a measure names as done: "announced_layoff" of "laid_off"."""
    return _reach(parse(name).known) & lexicons.group("announcing measure")


@lru_cache(65536)
def family(name: str) -> str:
    """The field that a measure of the vocabulary belongs to (harm, law, crowd), or ""."""
    row = lexicons.by("measures", "measure").get(parse(name).known)
    return row["family"] if row else ""


@lru_cache(65536)
def alike(a: str, b: str) -> bool:
    """Whether two names may be of one measure, once it is known who is counted and what else was said."""
    x, y = parse(a), parse(b)
    return known(x.known, y.known) != "differs" and (x.rest <= y.rest or y.rest <= x.rest) if x.known or y.known else (
        bool(x.rest & y.rest))


@lru_cache(65536)
def direction(old: str, new: str) -> str:
    """Which way a retelling moved: stronger, weaker, or other where the vocabulary does not order the two."""
    a, b = parse(old).known, parse(new).known
    bare = ["_".join(w for w in name.split("_") if w not in lexicons.group("doubtful measure")) for name in (old, new)]
    doubtful = [name != own for name, own in zip((old, new), bare)]
    if doubtful[0] != doubtful[1] and (a == b != "" or bare[0] == bare[1]):  # "suspected deaths" became "deaths"
        return "stronger" if doubtful[0] else "weaker"
    up, down = a in _reach(b), b in _reach(a)
    return "other" if up == down or not a or not b else "stronger" if up else "weaker"


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
