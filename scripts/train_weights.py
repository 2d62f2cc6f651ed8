#!/usr/bin/env python3
"""Fit the weights of helpers.endings and helpers.trust on PolNeAR train, from the tagger as it stands.

usage: train_weights.py CORPUS [--limit N]

CORPUS holds train/, with text/*.txt and attributions/*.ann. Writes endings.csv and trust.csv in models/tagger. For each
span of the tagger that overlaps an annotated one, the edge that the annotator set is learned against all other edges in
reach; the rest is not learned from. Then, with edges moved, each attribution that the tagger sees, be it faintly, is
learned as right if its content is matched (score_attributions.py), else as wrong. A sign that fewer than RARE of them
have gets no weight.
"""
import argparse
import collections
import csv
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from helpers import attributions, endings, language, merging, sources, tagger, trust

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import score_attributions as scorer  # noqa: E402

RARE = 60
RIDGE = 1.0
Set = tuple[list[endings.Signs], int]  # of each choice, and the right one


def sets(text: str, gold: list[dict], model: tagger.Model) -> dict[tuple[str, str], list[Set]]:
    """By role and side, what there was to choose from."""
    seen = tagger.nothing_seen()
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


def judged(text: str, gold: list[dict], model: tagger.Model) -> list[tuple[trust.Signs, bool]]:
    """What the tagger sees of a text, be it faintly, and whether it is right."""
    seen, names, signs, spans = tagger.nothing_seen(), sources.index(None), [], []
    tagged = sorted([*tagger.tag(language.quoted(text), model, seen), *seen.faint], key=merging.home)
    for passage in language.passages(text):
        ruled = [r for r in attributions.find(passage, names) if r.rule != "relay"]
        for t, cue, content in merging.placed(passage, merging.within(passage, tagged), seen):
            same = [r for r in ruled if merging.is_same(r, cue, content)]
            signs.append(merging.signs(passage, t, cue, content, same))
            spans.append(t.content)
    words = scorer.Words(text)
    right = scorer.matched([words.inside(a["content"]) for a in gold], [words.inside(c) for c in spans])
    return [(own, n in right.values()) for n, own in enumerate(signs)]


def logistic(examples: list[tuple[trust.Signs, bool]]) -> dict[str, float]:
    """The weights of a logistic regression with a quadratic penalty: a conditional logit between it and nothing."""
    return fitted([([own | {"always": 1.0}, {}], 0 if right else 1) for own, right in examples])


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
    table(endings.FILE, [("role", "side", "sign", "weight"), *rows])
    endings.weights.cache_clear()
    weights = logistic([example for text, gold in articles for example in judged(text, gold, model)])
    table(trust.FILE, [("sign", "weight"), *((sign, f"{weight:.3f}") for sign, weight in weights.items())])


def table(file: Path, rows: list[tuple]) -> None:
    with file.open("w", encoding="utf-8", newline="") as f:
        csv.writer(f, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
