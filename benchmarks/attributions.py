#!/usr/bin/env python3
"""Score attributions against PolNeAR: who is said to have said what.

usage: attributions.py SPLIT [--voice both|tagger|rules] [--model FOLDER] [--every N] [--write]

SPLIT is a folder of the corpus with text/*.txt and attributions/*.ann, such as polnear/dev (benchmarks/README.md says
how to get it). `both` is what `retold propose` prints, less what is nested in another: the corpus has none nested.
--write puts the table into benchmarks/README.md.
"""
import argparse
import collections
import json
import random
import time
from pathlib import Path

import readme
import score_attributions as scorer

from helpers import attributions, json_lines, language, proposals, sources, tagger

FIGURES = ("joint", "matched", "source", "content", "source exact", "content exact", "direct", "indirect")
MARK = "<!-- attributions -->"
# Our goal, the best other program, and two people against each other; the last two on the test split, by the same scorer.
BESIDE = {"joint": (72, 50.1, 75.4), "source": (84, 63.4, 81.2), "content": (92, 69.6, 91.3),
          "content exact": (65, 39.2, 69.1), "direct": ("", 69.3, 96.0), "indirect": (76, 36.6, 74.2)}


def proposed(text: str, voice: str, model: tagger.Model | None) -> list[dict]:
    """A text's attributions as the scorer reads them."""
    if voice == "tagger":
        return [{"source": [t.source] if t.source else [], "cue": [t.cue] if t.cue else [], "content": t.content}
                for t in tagger.tag(text, model)]
    if voice == "rules":
        names = sources.index(None)
        def spans(passage, ranges):
            parts = [passage.doc[slice(*r)] for r in ranges if r]
            return [passage.span(part.start_char, part.end_char) for part in parts]
        return [{"source": spans(p, [a.source]), "cue": spans(p, [a.cue]), "content": spans(p, a.content)}
                for p in language.passages(text) for a in attributions.find(p, names)]
    return json.loads(json_lines.line("", text, proposals.propose(text)))["attributions"]


def table(counts: list[collections.Counter]) -> list[str]:
    """Markdown rows: figure, precision, recall, F1, its 95% by bootstrap over articles, and others'; recalls have no F1."""
    total, rng = sum(counts, collections.Counter()), random.Random(0)
    samples = [sum(rng.choices(counts, k=len(counts)), collections.Counter()) for _ in range(300)]
    lines = ["| figure | P | R | F1 | 95% | our goal | best peer | two people |", "|---|---|---|---|---|---|---|---|"]
    for figure in FIGURES:
        p, r, f1 = (f"{100 * x:.1f}" for x in scorer.prf(total, figure))
        recall = figure in ("direct", "indirect")
        spread = sorted(100 * scorer.prf(s, figure)[1 if recall else 2] for s in samples)
        name = f"recall, {figure}" if recall else figure if figure in ("joint", "matched") or "exact" in figure else (
            f"{figure} tokens")
        lines.append(f"| {name} | {'' if recall else p} | {r} | {'' if recall else f1} "
                     f"| {spread[7]:.1f} to {spread[-8]:.1f} | {' | '.join(map(str, BESIDE.get(figure, ('', '', ''))))} |")
    return lines


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("split", type=Path)
    args.add_argument("--voice", choices=("both", "tagger", "rules"), default="both")
    args.add_argument("--model", type=Path, default=tagger.FOLDER, help="another model")
    args.add_argument("--every", type=int, default=1, help="only every Nth article")
    args.add_argument("--write", action="store_true")
    args = args.parse_args()
    gold = dict(list(scorer.load_gold(args.split).items())[::args.every])
    tagger.FOLDER = args.model
    model = tagger.load()
    proposed("The clerk said that the vault was empty.", args.voice, model)  # what loads once is not counted
    began = time.process_time()
    found = {stem: proposed(text, args.voice, model) for stem, (text, _) in gold.items()}
    seconds = time.process_time() - began
    words = sum(len(text.split()) for text, _ in gold.values())
    lines = [f"{len(gold)} articles of PolNeAR {args.split.name}, voice: {args.voice}. {words:,} words, "
             f"{words / seconds:,.0f} a second of one core.", "",
             *table([scorer.count(text, said, found[stem]) for stem, (text, said) in gold.items()])]
    print("\n".join(lines))
    if args.write:
        readme.put(MARK, "\n".join(lines))


if __name__ == "__main__":
    main()
