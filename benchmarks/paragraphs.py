#!/usr/bin/env python3
"""Score the program's reading of a text against claims that were coded by hand.

usage: paragraphs.py GOLD.csv TEXT.txt [--published DAY] [--sources SOURCES.csv] [--write]

GOLD.csv holds a claim a row: id, start, end (code points of TEXT.txt), source (as worded, or "author", or beginning with
"unattributed"), source_type, attribution_cue, level, quantities (measure|population|low|high|bound|period, the bound and
the period as worded; several joined by ";"), core (1 or 0). What is scored is what `proposals.propose` makes of the text
as far as the coding goes, by both voices. Misses are printed by id, never by words. --write puts the table into
benchmarks/README.md.

found    the claim has a partner, one to one, whose span shares half of their joint extent (`annotations.paired`).
source   of those found: the last in the partner's chain is the source, by sources.csv or by its words; "author" is a chain
         of the author alone; an unattributed source is any of type unnamed.
level    of those found: certain, probable and possible are CT, PR and PS, of the author, or of the source where the author
         is not committed; an author not committed to what a source is certain of is "underspecified".
numbers  of the quantities with a figure: its claim is found, both ends, bound, measure, population, period and rate agree.
amounts  of the quantities without a figure ("heavy"): its claim is found, measure and population agree.

Coders differ in one thing that is no matter of right or wrong: "A denies the deal" is here the author's certain report of
a denial, in our tables what A denies, by A. A partner whose span holds its own cue of denial is read in that way.
"""
import argparse
import csv
import re
from pathlib import Path

import pandas as pd
import readme

from helpers import annotations, lexicons, paths, proposals, sources, tables

LEVELS = {"CT": "certain", "PR": "probable", "PS": "possible"}
MARK = "<!-- paragraphs -->"
FIGURES = (("core claims found", 90), ("all claims found", None), ("source right", 85), ("level right", 75),
           ("numbers right", 100), ("amounts right", None))


def told(claim: dict) -> bool:
    """Whether a claim is the report of a denial, its cue included."""
    return claim["speech_act"] in ("deny", "decline") and bool(claim["cue"]) and claim["cue"] in claim["exact"]


def same_source(row: dict, claim: dict, names: sources.Names) -> bool:
    last = "author" if told(claim) else claim["chain"].split(" > ")[-1]
    if row["source"].startswith("author"):
        return last == "author"
    if row["source"].startswith("unattributed"):
        return claim["source_type"] == "unnamed"
    wanted = re.sub(r"\s*\(.*?\)", "", row["source"])
    return last == sources.resolve(wanted, names)


def level(claim: dict) -> str:
    """The level as the coding has it, of the two values as our tables have them."""
    if told(claim):
        return "certain"
    author, source = claim["factuality_author"], claim["factuality_source"]
    if author != "Uu":
        return LEVELS[author[:2]]
    return LEVELS[source[:2]] if source[:2] in ("PR", "PS") else "underspecified"


def wanted(cell: str) -> list[dict]:
    """The quantities of a row, in the terms of our tables."""
    found = []
    for part in filter(None, cell.split(";")):
        measure, population, low, high, bound, *when = [*part.split("|"), ""][:6]
        named = lexicons.by("rates", "phrases").get(when[0].lower(), {"rate": ""})["rate"]
        if measure.startswith("daily_"):
            measure, named = measure.removeprefix("daily_"), "per_day"
        alone = lexicons.by("measures", "measure")
        measure = measure if measure in alone else f"{measure}_unspecified"
        found.append({"measure": measure, "population": population, "rate": named,
                      "low": float(low) if low else None, "high": float(high) if high else None,
                      "bound": lexicons.by("bounds", "phrase").get(bound, {"bound": "exact"})["bound"],
                      "period": "" if named else when[0]})
    return found


def same_number(a: dict, b: dict) -> bool:
    def value(x):
        return None if x is None or x != x else x
    ends = all(value(a[k]) == value(b[k]) for k in ("low", "high"))
    period = a["period"] in b["period"] if a["period"] else not b["period"]
    return ends and period and all(a[k] == b[k] for k in ("bound", "measure", "population", "rate"))


def score(rows: list[dict], found: proposals.Proposal, names: sources.Names) -> dict[str, list[tuple[str, bool]]]:
    """By figure: the ids that count and whether each is right."""
    gold = pd.DataFrame([{"start": int(r["start"]), "end": int(r["end"])} for r in rows])
    partner = dict(annotations.paired(gold, found.claims))
    claims, numbers = found.claims.to_dict("records"), found.quantities.to_dict("records")
    out: dict[str, list[tuple[str, bool]]] = {name: [] for name, _ in FIGURES}
    for n, row in enumerate(rows):
        claim = claims[partner[n]] if n in partner else None
        out["all claims found"].append((row["id"], claim is not None))
        if row["core"] == "1":
            out["core claims found"].append((row["id"], claim is not None))
        if claim is not None:
            out["source right"].append((row["id"], same_source(row, claim, names)))
            out["level right"].append((row["id"], level(claim) == row["level"]))
        for q in wanted(row["quantities"]):
            if q["low"] is None and q["high"] is None:
                right = claim is not None and (claim["measure"], claim["population"]) == (q["measure"], q["population"])
                out["amounts right"].append((row["id"], right))
            else:
                own = [x for x in numbers if claim is not None and x["claim_id"] == claim["claim_id"]]
                out["numbers right"].append((row["id"], any(same_number(q, x) for x in own)))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("text", type=Path)
    parser.add_argument("--published", default="", help="the day of publication")
    parser.add_argument("--sources", type=Path, help="a table of sources; the project's own if left out")
    parser.add_argument("--write", action="store_true", help="put the table into benchmarks/README.md")
    given = parser.parse_args()
    with given.gold.open(encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    text = given.text.read_text(encoding="utf-8")
    known = tables.read("sources", given.sources or paths.project() / "data" / "raw" / "sources.csv")
    end = text.find("\n\n", max(int(r["end"]) for r in rows))
    found = proposals.propose(text[:end if end > 0 else len(text)], given.published, known)
    lines = [f"{len(rows)} claims, {len(found.claims)} proposed.", "", "| figure | right | of | share | goal |",
             "|---|---|---|---|---|"]
    scores = score(rows, found, sources.index(known))
    for name, goal in FIGURES:
        said = scores[name]
        right = sum(ok for _, ok in said)
        lines.append(f"| {name} | {right} | {len(said)} | {100 * right / max(1, len(said)):.0f}% "
                     f"| {f'{goal}%' if goal else ''} |")
    print("\n".join(lines))
    for name, said in scores.items():
        print(f"{name}, missed: {', '.join(own for own, ok in said if not ok) or 'none'}")
    if given.write:
        readme.put(MARK, "\n".join(lines))


if __name__ == "__main__":
    main()
