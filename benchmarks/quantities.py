#!/usr/bin/env python3
"""Score the program's reading of numbers against sentences marked up as in NewsQuant.

usage: quantities.py CORPUS.json [--errors] [--write]

CORPUS.json is a list of sentences: {"text": ..., "quantities": [{"change": one of = ~ > < up down, "value": "5.0" or
"5.0-10.0", "unit": as worded, "normalized_unit": ...}]}, the format of NewsQuant (Almasian, Kazakova, Göldner, Gertz:
"CQE: A Comprehensive Quantity Extractor", EMNLP 2023). Every sentence is read alone, by `quantities.find`. --write puts
the table into benchmarks/README.md, --errors prints every number that was missed or misread.

Matching follows the corpus's own evaluation as far as that is stated, but strictly one to one: within a sentence,
greedily, pairs with equal values are joined, those that also agree in unit first, then those that agree in change, then
in order. F1 is over all numbers of the corpus and all that were found.

value         equal as numbers (relative tolerance 1e-5). A range equals only a range with the same two ends, in either
              order. "Dozens", open upward in our tables, is written as the corpus writes it: from one dozen to ten. The
              number of a period ("the past two years"), in our tables a period, counts as found.
value + unit  the unit equals the corpus's normalised unit or its unit as worded, after case, plurals, currency signs,
              codes and symbols are put alike (lexicons/units.csv); what is counted is compared with its modifiers
              ("young nurses" are not "nurses").
... by head   the same, but of what is counted only the last word has to agree.
value + change   our tables keep the bound and the change apart, the corpus has one field for both: the class is that of
              the change (up, down), or of the bound: about is ~, over and at least are >, under and at most are <,
              exact and ranges are =; "nearly", in our tables under, is ~ to the corpus. Of a number with a change
              and a bound ("up nearly 3%") either is right.
change alone  of the numbers whose value was found, the share with the right class.
"""
import argparse
import json
import math
import random
import re
from pathlib import Path

import readme

from helpers import language, lexicons, numerals, periods, populations, quantities

CLASS = {"about": "~", "over": ">", "at_least": ">", "under": "<", "at_most": "<"}
MARK = "<!-- quantities -->"
BESIDE = {"value": ("93", "92.0"), "value + unit": ("86", "85.6"), "value + change": ("90", "")}
KINDS = ("value", "value + unit", "value + unit, by head", "value + change")


def named(unit: str) -> str:
    """A unit spelled out, its words in the singular: "US dollars" are "dollar", "km/h" is "kilometre per hour"."""
    rows = {r["unit"].lower(): r["name"] for r in lexicons.rows("units")}
    symbols, words = lexicons.by("units", "symbols"), lexicons.by("units", "words")
    unit = " ".join(unit.replace("united states ", "").split()).strip("- ")
    row = symbols.get(unit) or symbols.get(unit.lower()) or words.get(unit.lower())
    if row:
        return row["name"]
    if unit.lower() in rows:
        return rows[unit.lower()]
    parts = re.split(r"\s+(?:per|a|an)\s+|(?<=\w)/", unit)
    if len(parts) == 2 and all(parts):
        return f"{named(parts[0])} per {named(parts[1])}"
    return " ".join(re.sub(r"(?<=\w\w)s$", "", w) for w in re.sub(r"ies\b", "y", unit.lower()).split())


def gold(quantity: dict) -> dict:
    parts = re.fullmatch(r"\s*(-?[\d.]+(?:[eE][+-]?\d+)?)\s*(?:-\s*(-?[\d.]+))?\s*", quantity["value"])
    ends = tuple(float(p) for p in parts.groups() if p is not None)
    return {"value": ends, "units": {named(quantity["unit"]), named(quantity["normalized_unit"])},
            "change": {quantity["change"]}}


def read(sentence: str) -> list[dict]:
    """What the program finds in a sentence, in the corpus's terms."""
    found, memory = [], populations.Memory()
    for passage in language.passages(sentence):
        for q in quantities.find(passage, sentence, "", memory):
            ends = sorted({e for e in (q.low, q.high) if e is not None})
            words = passage.view[q.start:q.end]
            bound = "~" if words.lower().startswith(tuple(lexicons.group("just short"))) else CLASS.get(q.bound)
            moved = "" if q.bound == "between" else q.change  # the corpus gives two levels no direction
            change = {moved, bound} - {"", None} or {"="}
            if numerals.is_vague(words) and q.high is None:
                ends, change = [q.low / 2, q.low * 5], {"="}
            per = " per " + q.rate.removeprefix("per_") if q.rate and q.per else ""
            units = {named(q.unit) + per} | ({named(q.counted) + per} if q.counted else set())
            found.append({"value": tuple(ends), "units": units, "change": change, "words": words, "at": q.start})
        for p in periods.find(passage.view):
            m = re.search(r"(?:past|last|previous|preceding|latest)\s+(.+?)\s+(\w+?)s?$", p.words, re.I)
            if m and numerals.value(m[1]):
                found.append({"value": (numerals.value(m[1]),), "units": {named(m[2])}, "change": {"="},
                              "words": p.words, "at": p.start})
    return sorted(found, key=lambda q: q["at"])


def agree(a: dict, b: dict) -> tuple[bool, bool, bool, bool]:
    """Whether gold and found agree, by KINDS."""
    x, y = sorted(a["value"]), sorted(b["value"])
    value = len(x) == len(y) and all(math.isclose(p, q, rel_tol=1e-5, abs_tol=1e-8) for p, q in zip(x, y))
    unit = bool(a["units"] & b["units"])
    heads = [{u.split()[-1] if u.split() and " per " not in u else u for u in s["units"]} for s in (a, b)]
    change = bool(a["change"] & b["change"])
    return value, value and unit, value and (unit or bool(heads[0] & heads[1])), value and change


def match(wanted: list[dict], found: list[dict]) -> list[tuple[dict | None, dict | None, tuple]]:
    pairs = [(agree(a, b), i, j) for i, a in enumerate(wanted) for j, b in enumerate(found)]
    pairs = sorted((p for p in pairs if p[0][0]), key=lambda p: (*(not x for x in p[0]), p[1], p[2]))
    rows, left, free = [], set(range(len(wanted))), set(range(len(found)))
    for ok, i, j in pairs:
        if i in left and j in free:
            left.remove(i)
            free.remove(j)
            rows.append((wanted[i], found[j], ok))
    none = (False,) * len(KINDS)
    return rows + [(wanted[i], None, none) for i in sorted(left)] + [(None, found[j], none) for j in sorted(free)]


def figures(counts: list[tuple[int, ...]]) -> list[tuple[float, float, float]]:
    """Precision, recall and F1 by KINDS, and the share of right changes, from (wanted, found, *hits) a sentence."""
    wanted, found, *hits = map(sum, zip(*counts))
    rows = [(100 * h / max(found, 1), 100 * h / max(wanted, 1), 200 * h / max(found + wanted, 1)) for h in hits]
    return [*rows, (math.nan, math.nan, 100 * hits[-1] / max(hits[0], 1))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path, help="a file of sentences with their quantities, as in NewsQuant")
    parser.add_argument("--errors", action="store_true", help="also print what was missed or misread")
    parser.add_argument("--write", action="store_true", help="put the table into benchmarks/README.md")
    given = parser.parse_args()
    counts = []
    for n, sentence in enumerate(json.loads(given.corpus.read_text(encoding="utf-8"))):
        rows = match([gold(q) for q in sentence["quantities"]], read(sentence["text"]))
        counts.append((sum(a is not None for a, _, _ in rows), sum(b is not None for _, b, _ in rows),
                       *(sum(ok[k] for _, _, ok in rows) for k in range(len(KINDS)))))
        if given.errors and not all(all(ok) for _, _, ok in rows):
            print(n, sentence["text"])
            for a, b, ok in rows:
                if not all(ok):
                    what = "missed" if b is None else "not there" if a is None else "misread"
                    print(f"    {what}: {a and (a['value'], sorted(a['units']), *a['change'])} | "
                          f"{b and (b['words'], b['value'], sorted(b['units']), *b['change'])}")
    draw = random.Random(0)
    again = [figures(draw.choices(counts, k=len(counts))) for _ in range(1000)]
    lines = [f"{len(counts)} sentences of {given.corpus.stem}, {sum(c[0] for c in counts)} numbers.", "",
             "| figure | P | R | F1 | 95% | our goal | best peer |", "|---|---|---|---|---|---|---|"]
    for k, (name, row) in enumerate(zip((*KINDS, "change alone (share right)"), figures(counts))):
        spread = sorted(a[k][2] for a in again)
        cells = [f"{x:.1f}" if x == x else "" for x in row]
        lines.append(f"| {name} | {' | '.join(cells)} | {spread[25]:.1f} to {spread[974]:.1f} | {' | '.join(BESIDE.get(name, ('', '')))} |")
    print("\n".join(lines))
    if given.write:
        readme.put(MARK, "\n".join(lines))


if __name__ == "__main__":
    main()
