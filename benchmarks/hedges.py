"""How well weasel words and hedges are found in sentences of an encyclopedia, scored as the shared task of CoNLL-2010 did
(F1 of the uncertain sentences), with a 95% bootstrap interval over sentences.

usage: hedges.py FILE.csv [--write]

FILE.csv holds a sentence a row without a header: 1 (certain) or -1 (uncertain), then the sentence (benchmarks/README.md
says how to get it). --write puts the table into benchmarks/README.md.
"""
import argparse
import csv
import html
import random
import sys
from pathlib import Path

import readme

from helpers import factuality, language

SAMPLES, SEED = 1000, 0
MARK = "<!-- hedges -->"


def read(file: Path) -> list[tuple[bool, str]]:
    """(uncertain, sentence) of each row."""
    with file.open(encoding="utf-8", newline="") as f:
        rows = [row for row in csv.reader(f) if row]
    for n, row in enumerate(rows, 1):
        if len(row) != 2 or row[0] not in ("1", "-1"):
            sys.exit(f"{file.name}, row {n}: expected 1 or -1 and a sentence, found {row[:3]!r}")
    return [(label == "-1", html.unescape(sentence)) for label, sentence in rows]


def scores(pairs: list[tuple[bool, bool]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the uncertain class, of pairs (uncertain, taken for uncertain)."""
    hits, found, there = (sum(x) for x in zip(*((g and p, p, g) for g, p in pairs)))
    p, r = hits / found if found else 0.0, hits / there if there else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--write", action="store_true", help="put the table into benchmarks/README.md")
    given = parser.parse_args()
    rows = read(given.file)
    docs = language.load().pipe((sentence for _, sentence in rows), batch_size=64)
    pairs = [(uncertain, bool(factuality.hedged(doc))) for (uncertain, _), doc in zip(rows, docs)]
    draw = random.Random(SEED)
    samples = sorted(scores(draw.choices(pairs, k=len(pairs)))[2] for _ in range(SAMPLES))
    low, high = samples[SAMPLES // 40], samples[-SAMPLES // 40]
    p, r, f1 = scores(pairs)
    table = ("| sentences | uncertain | P | R | F1 | 95% | our goal | best peer |\n|---|---|---|---|---|---|---|---|\n"
             f"| {len(pairs)} | {sum(g for g, _ in pairs)} | {100 * p:.1f} | {100 * r:.1f} | {100 * f1:.1f} "
             f"| {100 * low:.1f} to {100 * high:.1f} | 82 | 79.2 |")
    print(table)
    if given.write:
        readme.put(MARK, table)


if __name__ == "__main__":
    main()
