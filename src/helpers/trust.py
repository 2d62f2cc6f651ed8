"""Whether what the tagger sees is an attribution: a logistic regression over its scores, the parse and the rules' finds.

The tagger decides unit by unit; here each attribution is weighed as a whole, also what the tagger all but passed over
("faint"). scripts/train_weights.py fits the weights, models/tagger/trust.csv.
"""
import csv
import functools
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from helpers import decoding
from helpers.syntax import Range, is_verb

FILE = Path(__file__).parent / "models" / "tagger" / "trust.csv"
BAR = 0.3  # the least chance; more joint attributions are right at 0.4, more indirect ones found at 0.2
LOW, LONG = 0.1, math.log1p(12)  # the same for quotations and for contents of so many units: more is lost with them
LEAST = 1e-4  # no chance is taken for less
Signs = dict[str, float]


def odds(scores: np.ndarray) -> dict[str, np.ndarray]:
    """By role, and by "B-" and role, the log odds that each unit stands in such a span or begins one."""
    shares = np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))
    begins = {role: decoding.TAGS.index(f"B-{role}") for role in decoding.ROLES}
    chances = {role: shares[:, n] + shares[:, n + 1] for role, n in begins.items()}
    chances |= {f"B-{role}": shares[:, n] for role, n in begins.items()}
    chances = {name: np.clip(c, LEAST, 1 - LEAST) for name, c in chances.items()}
    return {name: np.log(c / (1 - c)) for name, c in chances.items()}


def of_scores(found: decoding.Found, own: dict[str, np.ndarray]) -> Signs:
    """The signs that lie in the tagger's scores; `own` from `odds`."""
    signs = {"parts": len(found.content) - 1.0, "to cue": found.to_cue, "to source": found.to_source}
    spans = {"content": found.content, "cue": [found.cue] if found.cue else [],
             "source": [found.source] if found.source else []}
    for role, parts in spans.items():
        if parts:
            inside = np.concatenate([own[role][slice(*part)] for part in parts])
            signs |= {f"{role} mean": float(inside.mean()) / 3, f"{role} least": float(inside.min()) / 3,
                      f"{role} begins": float(own[f"B-{role}"][parts[0][0]]) / 3, f"{role} long": math.log1p(len(inside))}
        else:
            signs[f"no {role}"] = 1.0
    if found.cue:
        away = min(abs(found.content[0][0] - found.cue[1]), abs(found.cue[0] - found.content[-1][1]))
        signs["away"] = math.log1p(away)
    return signs


def of_parse(doc: Doc, source: Range | None, cue: Range | None, content: list[Range], same: Sequence, listed: dict[str, str] | None,
             ) -> Signs:
    """The signs that lie in the parse and in `same`, the rules' finds that are it; `listed`: the cue's row, if any."""
    first = doc[content[0][0]]
    signs = {f"content opens as {first.pos_}": 1.0, f"content opens by {first.dep_}": 1.0}
    if first.i and doc[first.i - 1].text in '“"' or first.text in '“"':
        signs["quoted"] = 1.0
    if cue is not None:
        tokens = doc[slice(*cue)]
        word = next((t for t in tokens if is_verb(t)), tokens[-1])
        signs |= {f"cue is {word.pos_}": 1.0, f"cue as {word.dep_}": 1.0,
                  f"cue tells {listed['speech_act'] if listed else 'unlisted'}": 1.0}
        for name, span in (("content", content[0]), ("source", source)):
            if span is not None:
                root = doc[slice(*span)].root
                signs[f"{name} hangs as {root.dep_ if cue[0] <= root.head.i < cue[1] else 'elsewhere'}"] = 1.0
    if source is not None:
        signs[f"source is {doc[slice(*source)].root.pos_}"] = 1.0
    if not same:
        return signs | {"no rule": 1.0}
    ruled = [part for r in same for part in r.content]
    mine, its = ({n for part in parts for n in range(*part)} for parts in (content, ruled))
    signs |= {f"rule {r.rule}": 1.0 for r in same}
    return signs | {"alike": len(mine & its) / len(mine | its), "rule's source": float(any(r.source for r in same))}


def holds(signs: Signs) -> bool:
    """Whether something is likely enough to be an attribution; without weights, if it is not faint."""
    known = weights()
    if not known:
        return "faint" not in signs
    bar = LOW if "faint" not in signs and ("quoted" in signs or signs["content long"] >= LONG) else BAR
    return known["always"] + sum(known.get(sign, 0.0) * x for sign, x in signs.items()) >= math.log(bar / (1 - bar))


@functools.cache
def weights() -> dict[str, float]:
    """By sign; none where the file is missing."""
    if not FILE.is_file():
        return {}
    with FILE.open(encoding="utf-8", newline="") as f:
        return {r["sign"]: float(r["weight"]) for r in csv.DictReader(f)}
