#!/usr/bin/env python3
"""Measure how fast a text is read, beside the bare pipeline of spaCy in the same run: words a second of one core.

usage: speed.py FOLDER [--rounds 3] [--write]

FOLDER holds *.txt, such as polnear/dev/text. `bare` is every pipe of spaCy's small English model over the texts as they
are, and nothing else. `rules` and `both` are what `retold propose` does with a text that it has read, to the line of
JSON, without and with the tagger. Each round measures all three, in turn, by this process's own time; the fastest round
counts, since whatever else the machine does only slows it. --write puts the table into benchmarks/README.md.
"""
import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

import readme

MARK = "<!-- speed -->"


def seconds(work: Callable[[str], object], texts: list[str]) -> float:
    began = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - began


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("folder", type=Path)
    args.add_argument("--rounds", type=int, default=3)
    args.add_argument("--write", action="store_true")
    args = args.parse_args()
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"  # before the libraries are loaded: one core is what is measured
    from helpers import json_lines, language, proposals, tagger

    texts = [file.read_text(encoding="utf-8") for file in sorted(args.folder.glob("*.txt"))]
    words, load = sum(len(text.split()) for text in texts), tagger.load

    def propose(text: str) -> str:
        return json_lines.line("", text, proposals.propose(text))

    def by_rules(text: str) -> str:
        tagger.load = lambda *_: None
        try:
            return propose(text)
        finally:
            tagger.load = load

    works = {"bare": language.load(), "rules": by_rules, "both": propose}
    for work in works.values():
        work(texts[0])  # what loads once is not counted
    best = {name: min(times) for name, times in zip(works, zip(*(
        [seconds(work, texts) for work in works.values()] for _ in range(args.rounds))))}
    lines = [f"{len(texts)} texts, {words:,} words, one core, the fastest of {args.rounds} rounds.", "",
             "| | words a second | of the bare pipeline |", "|---|---|---|"]
    names = {"bare": "spaCy's pipeline, bare", "rules": "`propose`, rules alone", "both": "`propose`, both voices"}
    lines += [f"| {names[name]} | {words / time_:,.0f} | {best['bare'] / time_:.2f} |" for name, time_ in best.items()]
    print("\n".join(lines))
    if args.write:
        readme.put(MARK, "\n".join(lines))


if __name__ == "__main__":
    main()
