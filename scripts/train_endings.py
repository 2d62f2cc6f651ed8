#!/usr/bin/env python3
"""Fit the weights of helpers.endings on PolNeAR train: where sources and contents begin and end.

usage: train_endings.py CORPUS [--limit N]

CORPUS holds train/, with text/*.txt and attributions/*.ann. Writes models/tagger/endings.csv, from the tagger as it stands.
For each span of the tagger that overlaps an annotated one, the edge that the annotator set is learned against all other
edges in reach; the rest is not learned from. A sign seen in fewer than RARE of these sets gets no weight.
"""
import argparse
import collections
import csv
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from helpers import endings, language, merging, tagger

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import score_attributions as scorer  # noqa: E402

RARE = 60
RIDGE = 1.0
Set = tuple[list[endings.Signs], int]  # of each choice, and the right one


def sets(text: str, gold: list[dict], model: tagger.Model) -> dict[tuple[str, str], list[Set]]:
    """By role and side, what there was to choose from."""
    seen = tagger.Seen([], {"source": {}, "content": {}})
    tagged = sorted(tagger.tag(language.quoted(text), model, seen), key=merging.home)
    found = collections.defaultdict(list)
    for passage in language.passages(text):
        own = merging.within(passage, tagged)
        taken = {n for t in own for span in (t.source, t.cue, *t.content) for n in merging.words(passage, span)}
        for role in ("source", "content"):
            odds = endings.of_tokens(passage, seen.odds[role])
            marked = [{n for span in a[role] for n in merging.words(passage, span)} for a in gold]
            for span in {span for t in own for span in ([t.source] if role == "source" else t.content)}:
                words = merging.words(passage, span)
                meant = max(marked, key=lambda those: len(those.intersection(words)), default=set())
                if not meant.intersection(words):
                    continue
                for side, edge, fixed, step in (("right", words[-1], words[0], 1), ("left", words[0], words[-1], -1)):
                    options = endings.choices(passage.doc, side, fixed, edge, taken, odds)
                    right = _end(passage, meant, words, step)
                    place = next((k for k, (n, _) in enumerate(options) if n == right), None)
                    if place is not None:
                        found[role, side].append(([signs for _, signs in options], place))
    return found


def _end(passage: language.Passage, meant: set[int], words: list[int], step: int) -> int:
    """The last word of the annotated run that a span ends in, or the first."""
    n = next(n for n in words[::-step] if n in meant)
    while True:
        after = next(endings.words(passage.doc, n, step), None)
        if after is None or after not in meant:
            return n
        n = after


def fitted(examples: list[Set]) -> dict[str, float]:
    """The weights of a conditional logit with a quadratic penalty."""
    counts = collections.Counter(sign for options, _ in examples for sign in {s for signs in options for s in signs})
    names = sorted(sign for sign, count in counts.items() if count >= RARE)
    place = {sign: n for n, sign in enumerate(names)}
    rows = [signs for options, _ in examples for signs in options]
    table = np.zeros((len(rows), len(names)), np.float32)
    for n, signs in enumerate(rows):
        for sign, x in signs.items():
            if sign in place:
                table[n, place[sign]] = x
    sizes = np.array([len(options) for options, _ in examples])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = table[starts + np.array([k for _, k in examples])].astype(float)

    def loss(own: np.ndarray) -> tuple[float, np.ndarray]:
        scores = (table @ own.astype(np.float32)).astype(float)
        scores -= np.repeat(np.maximum.reduceat(scores, starts), sizes)
        shares = np.exp(scores)
        total = np.add.reduceat(shares, starts)
        shares /= np.repeat(total, sizes)
        value = np.log(total).sum() - scores[starts + np.array([k for _, k in examples])].sum() + RIDGE / 2 * own @ own
        return value, shares.astype(np.float32) @ table - right.sum(axis=0) + RIDGE * own

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return dict(zip(names, best.x))


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("corpus", type=Path)
    args.add_argument("--limit", type=int, help="only so many articles, to try it out")
    args = args.parse_args()
    write(list(scorer.load_gold(args.corpus / "train").values())[:args.limit], tagger.load())


def write(articles: list[tuple[str, list[dict]]], model: tagger.Model) -> None:
    found = collections.defaultdict(list)
    for text, gold in articles:
        for key, own in sets(text, gold, model).items():
            found[key] += own
    rows = [(role, side, sign, f"{weight:.3f}") for (role, side), examples in sorted(found.items())
            for sign, weight in fitted(examples).items() if abs(weight) >= 0.0005]
    with endings.FILE.open("w", encoding="utf-8", newline="") as f:
        csv.writer(f, lineterminator="\n").writerows([("role", "side", "sign", "weight"), *rows])


if __name__ == "__main__":
    main()
