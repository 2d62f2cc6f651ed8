"""Figure 8: how sure the text says that each source is (factuality after FactBank, Saurí and Pustejovsky 2009)."""
import pandas as pd

from helpers.drawing import (GRID, INK, MARGIN, MUTED, PAPER, RULE, WIDTH, Drawing, dark, for_a_phone_too, headed,
                             named, names, nothing, said_in_words)
from helpers.lettering import measure, told_apart

COLUMNS = ["holder_id", "holder", "value", "claims", "of"]
# From the firmest no to the firmest yes; what a holder leaves open stands apart. -> (words, fill, pattern)
VALUES = {"CT-": ("certain it is not so", "#9c2f0b", "xxxx"), "PR-": ("probably not", "#e08a63", "////"),
          "PS-": ("possibly not", "#f6d8c8", "||"), "PS+": ("possibly", "#d3e0ef", "||"),
          "PR+": ("probably", "#7fa3cc", "////"), "CT+": ("certain that it is so", "#123f73", ""),
          "Uu": ("leaves it open", PAPER, "")}
_NO, _YES = ("CT-", "PR-", "PS-"), ("PS+", "PR+", "CT+")


def commitments(factuality: pd.DataFrame, sources: pd.DataFrame | None = None) -> pd.DataFrame:
    """A row per holder and value of FactBank: how many of the claims that pass through its mouth it holds so.

    The author comes first, then who speaks of most claims. A claim counts once a holder, at its deepest level.
    """
    called = names(sources, marked=True)
    deepest = factuality.sort_values("level", kind="stable").drop_duplicates(["claim_id", "holder"], keep="last")
    total = deepest.holder.value_counts()
    order = sorted(total.index, key=lambda h: (h != "author", -total[h], h))
    count = deepest.groupby(["holder", "value"]).size()
    return pd.DataFrame([[h, named(h, called), v, int(count.get((h, v), 0)), int(total[h])]
                         for h in order for v in VALUES if count.get((h, v), 0)], columns=COLUMNS)


@for_a_phone_too
def factuality_by_source(factuality: pd.DataFrame, sources: pd.DataFrame | None = None, most: int = 20,
                         width: float = WIDTH) -> Drawing:
    """Figure 8: a bar a source, left of the line what it holds to be false, right what it holds to be true, each by how
    sure; beside it what it leaves open. As the text words it: the text may be surer than its source was.

    factuality: the run's table (claim, level, holder, value). sources: their names. `most` holders are drawn.
    """
    data = commitments(factuality, sources)
    if data.empty:
        return nothing("No claim was read, so nobody is sure of anything.", COLUMNS)
    by = {h: own.set_index("value").claims for h, own in data.groupby("holder_id", sort=False)}
    of = dict(zip(data.holder_id, data.of))
    who = dict(zip(data.holder_id, data.holder))
    others = [h for h in by if h != "author"]

    def sure(holders) -> int:
        return sum(int(by[h].get("CT+", 0) + by[h].get("CT-", 0)) for h in holders)

    parts = []
    if "author" in by:
        parts.append(f"The author is certain of {sure(['author'])} of {said_in_words(of['author'], 'claim')}")
    if others:
        told = sum(of[h] for h in others)
        parts.append(f"those cited, as told here, of {sure(others)} of {told}"
                     if parts else f"Those cited, as told here, are certain of {sure(others)} of {told}")
    finding = "; ".join(parts)
    alt = f"{finding}. " + "; ".join(f"{who[h]}: {_in_words(by[h])}" for h in list(by)[:8])
    figure = Drawing(alt + (f"; and {len(by) - 8} more." if len(by) > 8 else "."), data, width)
    y = figure.heading(finding, "Left of the line: what it holds to be false. Right: true. The firmer, the darker, as "
                       "the text words it. Numbers: claims.")
    y = _key(figure, [v for v in VALUES if (data.value == v).any()], y)
    shown = list(by)[:most]
    yes, no, open_ = (max(sum(int(by[h].get(v, 0)) for v in side) for h in shown) for side in (_YES, _NO, ("Uu",)))
    narrow = width < WIDTH
    label, gap, row = (0.05, 0.3, 0.48) if narrow else (2.5, 0.5, 0.34)
    room = width - 2 * MARGIN - label - gap - 0.1
    scale = room / max(1, yes + no + open_)
    zero = MARGIN + label + no * scale
    apart = zero + yes * scale + gap
    top, wide = y, width - 2 * MARGIN - 0.6 if narrow else label - 0.5
    label_of = told_apart([headed(who[h]) for h in shown], wide)
    for h in shown:
        middle, level = y + row - (0.14 if narrow else row / 2), y + (0.14 if narrow else row / 2)
        if narrow:  # the line at nought goes behind the name
            figure.box(MARGIN, level - 0.1, measure(label_of[headed(who[h])], 8.5, h == "author") + 0.05, 0.18, PAPER,
                       order=2.8)
        figure.write(MARGIN, level, label_of[headed(who[h])], bold=h == "author")
        figure.write(width - MARGIN if narrow else MARGIN + label - 0.12, level, str(of[h]), 8, color=MUTED, ha="right")
        for side, way in ((_NO[::-1], -1), (_YES, 1)):
            x = zero
            for value in side:
                x = _bar(figure, x, middle, way, int(by[h].get(value, 0)), scale, value)
        _bar(figure, apart, middle, 1, int(by[h].get("Uu", 0)), scale, "Uu")
        y += row
        figure.line([MARGIN, width - MARGIN], [y, y], GRID, 0.6, order=0.4)
    figure.line([zero, zero], [top, y], INK, 1.1, order=2.7)
    if open_:
        figure.line([apart, apart], [top, y], RULE, 0.9, order=2.7)
    if rest := list(by)[most:]:
        figure.write(MARGIN, y + 0.16, f"{said_in_words(len(rest), 'more source')} with "
                     f"{said_in_words(sum(of[h] for h in rest), 'claim')} in the table.", 8, color=MUTED)
        y += 0.2
    return figure.end(y + 0.2)


def _bar(figure: Drawing, x: float, middle: float, way: int, count: int, scale: float, value: str) -> float:
    """One segment with its number inside, if it fits there; returns where the next one begins."""
    if not count:
        return x
    _, fill, hatch = VALUES[value]
    wide, words = count * scale, str(count)
    begin = x if way > 0 else x - wide
    figure.box(begin, middle - 0.1, wide, 0.2, fill, "#8a8f98", hatch, 0.5)
    if (need := measure(words, 7.5, True) + 0.06) <= wide:
        if hatch:  # the number stands on a plain ground, not on the pattern
            figure.box(begin + (wide - need) / 2, middle - 0.075, need, 0.15, fill, order=1.5)
        figure.write(begin + wide / 2, middle, words, 7.5, True, PAPER if dark(fill) else INK, ha="center")
    return x + way * wide


def _key(figure: Drawing, values: list[str], y: float) -> float:
    x = MARGIN
    for value in values:
        words, fill, hatch = VALUES[value]
        if x + 0.28 + measure(words, 8) > figure.wide - MARGIN:
            x, y = MARGIN, y + 0.22
        figure.box(x, y - 0.065, 0.2, 0.13, fill, "#8a8f98", hatch, 0.5)
        figure.write(x + 0.27, y, words, 8)
        x += 0.27 + measure(words, 8) + 0.25
    return y + 0.2


def _in_words(counts: pd.Series) -> str:
    return ", ".join(f"{counts[v]} {VALUES[v][0]}" for v in reversed(VALUES) if counts.get(v, 0))
