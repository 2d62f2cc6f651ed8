"""Where the tagger's sources and contents begin and end, weighed anew with the parse in view.

The tagger sees each unit for itself. Of all words near an edge of its span, the edge is moved to the likeliest by a
conditional logit (McFadden 1974) over what the tagger makes of the units between, and over how the words on both sides
of the cut hang together. scripts/train_weights.py fits the weights, models/tagger/endings.csv.
"""
import csv
import functools
import math
from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Doc, Token

from helpers.language import Passage
from helpers.syntax import Range

FILE = Path(__file__).parent / "models" / "tagger" / "endings.csv"
REACH = 30  # words to either side of the tagger's edge
LEAST = -7.0  # log odds that an edge may cost by the tagger alone; what lies beyond is not looked at
FAINT = -6.0  # log odds of a word beyond the text's edge
MARKS = {"comma": ",", "stop": ".!?…", "close": "”", "open": "“", "quote": '"', "dash": "-–—", "colon": ":;",
         "bracket": "()[]"}
Signs = dict[str, float]


def moved(doc: Doc, role: str, tokens: Range, taken: set[int], odds: list[float | None]) -> Range:
    """The tokens of a span with both edges where they are likeliest.

    `role`: "source" or "content"; `taken`: tokens of other spans; `odds`: for each token, the tagger's log odds that it
    stands in a span of this role, None where no unit begins.
    """
    start, end = tokens
    held = [n for n in range(start, end) if is_word(doc[n])]
    if not held:
        return tokens
    first, last = held[0], held[-1]
    end_at = _best(role, "right", choices(doc, "right", first, last, taken, odds))
    start_at = _best(role, "left", choices(doc, "left", end_at, first, taken, odds))
    return (start if start_at == first else start_at), (end if end_at == last else end_at + 1)


def of_tokens(passage: Passage, odds: dict[int, float]) -> list[float | None]:
    """For each token of a passage the log odds of the unit that begins with it, if one does."""
    return [odds.get(passage.places[token.idx]) if not token.is_space else None for token in passage.doc]


def choices(doc: Doc, side: str, fixed: int, edge: int, taken: set[int], odds: list[float | None],
            ) -> list[tuple[int, Signs]]:
    """The words that a span might end with (`side` right) or begin with (left), the tagger's own first, and the signs
    of each; `fixed` is the word at the other edge, `edge` the tagger's."""
    step, found = (1 if side == "right" else -1), [(edge, 0.0)]
    for way in (-step, step):  # shorter, then longer
        n, gain = edge, 0.0
        for _ in range(REACH):
            if way != step:
                gain -= odds[n] or 0.0
            n = next(words(doc, n, way), -1)
            if n < 0 or (n in taken if way == step else (n - fixed) * step < 0):
                break
            if way == step:
                gain += odds[n] or 0.0
            if gain <= LEAST:
                break
            found.append((n, gain))
    if len(found) == 1:
        return [(edge, {})]
    return [(n, _signs(doc, side, fixed, edge, n, gain, taken, odds)) for n, gain in found
            if n == edge or odds[_behind(doc, n, step)] is not None]


def _best(role: str, side: str, found: list[tuple[int, Signs]]) -> int:
    known = weights()
    if len(found) < 2:
        return found[0][0]
    own = [sum(known.get((role, side, sign), 0.0) * x for sign, x in signs.items()) for _, signs in found]
    return found[own.index(max(own))][0]


@functools.cache
def weights() -> dict[tuple[str, str, str], float]:
    """By role, side and sign; none where the file is missing."""
    if not FILE.is_file():
        return {}
    with FILE.open(encoding="utf-8", newline="") as f:
        return {(r["role"], r["side"], r["sign"]): float(r["weight"]) for r in csv.DictReader(f)}


def is_word(token: Token) -> bool:
    return token.is_alpha or any(c.isalnum() for c in token.text)


def words(doc: Doc, n: int, way: int) -> Iterator[int]:
    """The words before or after a token."""
    return (i for i in (range(n + 1, len(doc)) if way > 0 else range(n - 1, -1, -1)) if is_word(doc[i]))


def _behind(doc: Doc, n: int, step: int) -> int:
    """The token whose unit has to begin for an edge to be between units."""
    return min(n + 1, len(doc) - 1) if step > 0 else n


def _signs(doc: Doc, side: str, fixed: int, edge: int, n: int, gain: float, taken: set[int], odds: list[float | None],
           ) -> Signs:
    step = 1 if side == "right" else -1
    low, high = sorted((fixed, n))
    out = next(words(doc, n, step), None)
    inner, far = doc[n], (n - edge) * step
    signs = {"gain": max(-30.0, min(30.0, gain)) / 5, "root of gain": math.copysign(math.sqrt(abs(gain)), gain),
             "odds in": (odds[n] or 0.0) / 3, "odds out": ((odds[out] or 0.0) if out is not None else FAINT) / 3,
             "longer": math.log1p(max(far, 0)), "shorter": math.log1p(max(-far, 0)), f"in is {inner.pos_}": 1.0,
             f"in {inner.lower_}": 1.0}
    if not far:
        signs["tagger's own"] = 1.0
    beside = out if out is not None else len(doc) if step > 0 else -1
    between = doc[min(n, beside) + 1:max(n, beside)]
    marks = "".join(t.text for t in between).strip()
    signs["mark " + next((name for name, those in MARKS.items() if marks and marks[0] in those), "none" if not marks
                         else "other")] = 1.0
    if any(c in "“”\"" for c in marks):
        signs["quotation mark"] = 1.0
    if low > 0 and high + 1 < len(doc) and (
            doc[fixed].right_edge.i > high if step > 0 else doc[fixed].left_edge.i < low):
        signs["torn"] = 1.0
    if out is None:
        return signs | {"text ends": 1.0}
    beyond = doc[out]
    top = beyond
    while not low <= top.head.i <= high and top.head.i != top.i:
        top = top.head
    signs |= {f"out is {beyond.pos_}": 1.0, f"out {beyond.lower_}": 1.0,
              f"hangs as {top.dep_}" if low <= top.head.i <= high else "hangs outside": 1.0}
    if (beyond if step > 0 else inner).is_sent_start or any(t.is_sent_start for t in between):
        signs["sentence ends"] = 1.0
    if out in taken:
        signs["another span"] = 1.0
    return signs
