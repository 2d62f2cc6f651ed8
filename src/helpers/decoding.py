"""From a tagger's scores to attributions: spans by the best path of tags, spans joined by arcs. NumPy only.

Tags are BIO (Ramshaw & Marcus 1995) over source, cue and content; arcs are scored as in Dozat & Manning (2017), here as
the product of two projections plus a weight for the distance. A content points at its cue, a cue at its source; the
first place of a window, [CLS], stands for none. So a source may be shared or absent and a content in several parts.
"""
from typing import NamedTuple

import numpy as np

ROLES = ("source", "cue", "content")
TAGS = ("O", *(f"{letter}-{role}" for role in ROLES for letter in "BI"))
WIDTH = 64  # of a projection
NEAR = 16  # buckets of distance to either side
NEVER = -1e9


class Found(NamedTuple):
    """Spans as (first unit, last unit + 1) of a window."""

    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    content: list[tuple[int, int]]
    to_cue: float = 0.0  # the share of the arc from the first part of the content, and of that from the cue
    to_source: float = 0.0


def buckets(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The bucket of every distance from `first` (rows) to `second` (columns), in pieces; two an octave."""
    far = np.asarray(second)[None, :] - np.asarray(first)[:, None]
    step = np.minimum(NEAR - 1, np.floor(2 * np.log2(1 + np.abs(far)))).astype(int)
    return np.where(far < 0, NEAR + step, step)


def _moves() -> np.ndarray:
    """NEVER where a tag may not follow another (rows: the one before, the last row: the window's start), else 0."""
    table = np.zeros((len(TAGS) + 1, len(TAGS)))
    for n, tag in enumerate(TAGS):
        if tag.startswith("I-"):
            table[:, n] = NEVER
            table[[n, n - 1], n] = 0
    return table


MOVES = _moves()
# the tags that may stand before each; None: any
BEFORE = [None if not any(column) else [n for n, x in enumerate(column) if not x] for column in MOVES[:-1].T.tolist()]


def spans(scores: np.ndarray) -> dict[str, list[tuple[int, int]]]:
    """The spans of every role on the best path; `scores` units by TAGS."""
    first, *rest = scores.tolist()
    best, back = [x + y for x, y in zip(first, MOVES[-1].tolist())], []
    for row in rest:  # in plain numbers: seven are too few for arrays to pay
        top = best.index(max(best))
        ways = [top if every is None else max(every, key=best.__getitem__) for every in BEFORE]
        best = [best[way] + x for way, x in zip(ways, row)]
        back.append(ways)
    path = [best.index(max(best))]
    for ways in reversed(back):
        path.append(ways[path[-1]])
    found: dict[str, list[tuple[int, int]]] = {role: [] for role in ROLES}
    for unit, n in enumerate(reversed(path)):
        letter, _, role = TAGS[n].partition("-")
        if letter == "B":
            found[role].append((unit, unit + 1))
        elif letter == "I":
            found[role][-1] = (found[role][-1][0], unit + 1)
    return found


def arcs(states: np.ndarray, bias: np.ndarray, first: list[int], heads: list[int]) -> np.ndarray:
    """Scores of an arc from every place of `first` to none (column 0) and to every place of `heads`.

    `states`: the two projections side by side, pieces by 2 * WIDTH; `bias`: one weight a bucket, the last for none.
    """
    here = np.asarray(first, int)
    there = np.asarray([0, *heads], int)
    scores = states[here, :WIDTH] @ states[there, WIDTH:].T / np.sqrt(WIDTH)
    weights = bias[buckets(here, there)]
    weights[:, 0] = bias[-1]
    return scores + weights


def link(found: dict[str, list[tuple[int, int]]], first: list[int], states: np.ndarray, bias: np.ndarray,
         ) -> list[Found]:
    """One attribution a cue that a content points at, then one a content that points at none."""
    places = {role: [first[a] for a, _ in found[role]] for role in ROLES}
    of_content = arcs(states[:, :2 * WIDTH], bias[0], places["content"], places["cue"])
    of_cue = arcs(states[:, 2 * WIDTH:], bias[1], places["cue"], places["source"])
    said: dict[int, list[tuple[int, int]]] = {}
    sure: dict[int, float] = {}
    for span, row in zip(found["content"], of_content):
        cue = int(row.argmax()) - 1
        said.setdefault(cue, []).append(span)
        sure.setdefault(cue, _share(row))
    out = []
    for cue in sorted(said):
        if cue < 0:
            out += [Found(None, None, [span]) for span in said[cue]]
            continue
        source = int(of_cue[cue].argmax()) - 1
        out.append(Found(found["source"][source] if source >= 0 else None, found["cue"][cue], said[cue], sure[cue],
                         _share(of_cue[cue])))
    return out


def _share(row: np.ndarray) -> float:
    """Of the arcs from one place, the share of the best."""
    return float(1 / np.exp(row - row.max()).sum())
