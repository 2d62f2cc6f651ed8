"""The figures, each a function that takes tables and returns a `Drawing`; and the first of them, the ribbon.

A `Drawing` is a matplotlib Figure with the table behind it (`data`) and what it says in words (`alt`). One message
each, labels where the thing is, a pattern or a shape wherever there is a colour. An empty table's figure says so.
"""
from collections import defaultdict

import pandas as pd

from helpers.annotations import RULES
from helpers.drawing import (GRID, INK, KIND, MARGIN, MUTED, RULE, WIDTH, Drawing, for_a_phone_too, headed, named,
                             names, nothing, save)
from helpers.figures_agreement import reader_agreement
from helpers.figures_commitment import factuality_by_source
from helpers.figures_drift import drift_chart
from helpers.figures_grades import admiralty_grid, origins_against_mentions
from helpers.figures_graph import source_graph
from helpers.figures_numbers import scoped_intervals
from helpers.figures_timeline import statement_timeline
from helpers.figures_tipping import tipping_points
from helpers.lettering import fit, measure

__all__ = ["attribution_ribbon", "source_graph", "scoped_intervals", "statement_timeline", "drift_chart",
           "origins_against_mentions", "admiralty_grid", "factuality_by_source", "tipping_points", "reader_agreement",
           "save"]

_KIND_WORDS = {"named": "a named source", "role": "a role", "collective": "a group", "unnamed": "nobody named",
               "none": "the author's own voice"}


def spans_by_attribution(claims: pd.DataFrame, attributions: pd.DataFrame, characters: int) -> pd.DataFrame:
    """The text cut where its attribution changes: start, end, depth, source_type, chain, claim_ids (";").

    chain: several (";") where claims of one span stand on the word of different sources. depth: how many sources stand
    between the author and the fact (0: none). Where claims overlap the deepest chain counts. Where there is no claim
    the program's attributions fill the gap, if the claims are the program's own too: what a reader left as the
    author's word is not for a rule to reassign.
    """
    if claims.annotator.ne(RULES).any():
        attributions = attributions.iloc[:0]
    parent = {a.attribution_id: a.parent for a in attributions.itertuples()}
    layers = []
    for c in claims[claims.status != "rejected"].itertuples():
        depth = max(0, len(c.chain.split(" > ")) - 1)
        layers.append((int(c.start), int(c.end), True, depth, c.source_type if depth else "none", c.chain, c.claim_id))
    for a in attributions.itertuples():
        depth, up, seen = 1, a.parent, {a.attribution_id}
        while up and up not in seen:
            seen.add(up)
            depth, up = depth + 1, parent.get(up, "")
        for span in a.content.split(";"):
            start, end = map(int, span.split("-"))
            layers.append((start, end, False, depth, a.source_type, f"author > {a.source_id}", ""))
    cuts = sorted({0, characters, *(min(x, characters) for layer in layers for x in layer[:2])})
    starting, rows = defaultdict(list), []
    for layer in layers:
        starting[min(layer[0], characters)].append(layer)
    open_ = []
    for start, end in zip(cuts, cuts[1:]):
        open_ = [layer for layer in open_ if layer[1] > start] + starting[start]
        order = [(layer[2], layer[3], -layer[0]) for layer in open_]
        over = [layer for layer, at in zip(open_, order) if at == max(order)] or [(0, 0, False, 0, "none", "", "")]
        top, chains = over[0], dict.fromkeys(layer[5] for layer in over)
        ids = ";".join(sorted({layer[6] for layer in open_} - {""}))
        row = {"start": start, "end": end, "depth": top[3], "source_type": top[4] if top[3] else "none",
               "chain": ";".join(chains), "claim_ids": ids}
        if rows and all(rows[-1][k] == row[k] for k in ("depth", "source_type", "chain")):
            joined = dict.fromkeys(i for i in f"{rows[-1]['claim_ids']};{ids}".split(";") if i)
            rows[-1] |= {"end": end, "claim_ids": ";".join(joined)}
        else:
            rows.append(row)
    return pd.DataFrame(rows, columns=["start", "end", "depth", "source_type", "chain", "claim_ids"])


@for_a_phone_too
def attribution_ribbon(claims: pd.DataFrame, attributions: pd.DataFrame, characters: int,
                       paragraphs: list[int] | None = None, sources: pd.DataFrame | None = None,
                       width: float = WIDTH) -> Drawing:
    """Figure 1: the text from left to right; the taller the band, the more mouths it came through; bare where the
    author speaks without naming anybody.

    characters: the length of the text. paragraphs: the offset at which each paragraph starts. sources: their names;
    without it a source stands as its id.
    """
    called = names(sources, marked=True)
    data = spans_by_attribution(claims, attributions, characters)
    outermost = {chains: " and ".join(dict.fromkeys(named(c.split(" > ")[-1], called) for c in chains.split(";")))
                 for chains in data.chain}
    labels = data.assign(source=data.chain.map(outermost))
    data["chain"] = [";".join(" > ".join(named(s, called) for s in chain.split(" > ")) for chain in chains.split(";"))
                     for chains in data.chain]
    if not characters or data.empty or (claims.empty and attributions.empty):
        return nothing("No claim and no attribution was found in the text.", list(data.columns))
    share = {kind: int((data.end - data.start)[data.source_type == kind].sum()) / characters for kind in KIND}
    second = int((data.end - data.start)[data.depth >= 2].sum()) / characters
    alt = (f"{_percent(share['none'])} of the text stands on the author's own word; "
           f"{_percent(share['named'])} on a named source, "
           f"{_percent(share['role'] + share['collective'])} on a role or a group and "
           f"{_percent(share['unnamed'])} on nobody named.")
    if second:
        alt += f" {_percent(second)} came through two or more mouths."
    figure = Drawing(alt, data, width)
    y = figure.heading(f"{_percent(share['none'])} of the text stands on the author’s own word, "
                       f"{_percent(share['named'])} on a named source",
                       "The text from its first character (left) to its last. Height: through how many mouths it came.")
    left, right = MARGIN + (0.8 if width < WIDTH else 1.05), width - MARGIN
    scale = (right - left) / characters
    labels = _source_labels(labels, left, scale, right)
    tracks = 1 + max((label[3] for label in labels), default=-1)
    top = y + tracks * 0.2 + 0.08
    deepest = min(max(1, int(data.depth.max())), 4)
    tall = 0.9 if deepest > 1 else 0.55
    figure.box(left, top, right - left, tall, "#fafaf8", RULE, order=0.5)
    for depth in range(1, deepest + 1):
        level = top + tall - tall * (depth - 0.5) / deepest
        words = ("one source", "two in a row", "three", "four or more")[depth - 1]
        figure.write(left - 0.1, level, words, 7.5, color=MUTED, ha="right")
        if depth < deepest:
            figure.line([left, right], [top + tall - tall * depth / deepest] * 2, GRID, 0.6, order=0.6)
    for s in data[data.depth > 0].itertuples():
        fill, hatch = KIND[s.source_type]
        h = tall * min(s.depth, deepest) / deepest
        figure.box(left + s.start * scale, top + tall - h, max((s.end - s.start) * scale, 0.008), h, fill, hatch=hatch)
    for x, words, at, track in labels:
        level = y + (tracks - 1 - track) * 0.2 + 0.1
        figure.line([at, at], [level + 0.08, top + tall * 0.06], RULE, 0.6, order=0.7)
        figure.write(x, level, words, 7.5)
    y = top + tall
    figure.line([left, right], [y, y], INK, 0.9)
    y = _paragraph_ticks(figure, paragraphs or [], left, scale, right, y)
    y += 0.16
    x, room = left, right - left
    for kind, (fill, hatch) in ((kind, look) for kind, look in KIND.items() if share[kind]):
        words = f"{_KIND_WORDS[kind]} {_percent(share[kind])}"
        wide = 0.28 + measure(words, 8) + 0.22
        if x + wide > left + room:
            x, y = left, y + 0.24
        figure.box(x, y - 0.065, 0.2, 0.13, fill, RULE if kind == "none" else "none", hatch)
        figure.write(x + 0.27, y, words, 8)
        x += wide
    return figure.end(y + 0.24)


def _source_labels(data: pd.DataFrame, left: float, scale: float, right: float) -> list[tuple]:
    """(x, words, x of the span, track) of the sources' labels, as many as have room.

    Those that vouch for most of the text come first; where more fit as a stair from right to left, that is taken.
    """
    spans = defaultdict(list)
    for s in data[data.depth > 0].itertuples():
        spans[s.source].append((s.end - s.start, s.start))
    found = {source: sorted(own, key=lambda f: (-f[0], f[1])) for source, own in spans.items()}
    heavy = sorted(found, key=lambda source: (-sum(n for n, _ in found[source]), source))
    stair = sorted(found, key=lambda source: (-found[source][0][1], source))
    return max(_placed(found, heavy, (0.5, 0.02, 0.98), left, scale, right),
               _placed(found, stair, (0.02,), left, scale, right), key=len)


def _placed(found: dict, order: list[str], shares: tuple, left: float, scale: float, right: float) -> list[tuple]:
    """shares: how much of a label may lie before the middle of its span, the first choice first."""
    taken, placed = defaultdict(list), []
    for source in order:
        words = fit(headed(source), 2.6, 7.5, name=True)
        wide = measure(words, 7.5)
        # Above its longest span, on the lowest track; where that is taken, above another of its spans.
        for track, (length, start), share in ((track, f, share) for track in range(5) for f in found[source][:12]
                                              for share in shares):
            at = left + (start + length / 2) * scale
            x = min(max(at - wide * share, left), right - wide)
            # Neither label on label, nor one label's line through another label.
            clear = all(x + wide + 0.12 < a or b + 0.12 < x for a, b, _ in taken[track])
            crossed = any(a - 0.04 < at < b + 0.04 for t in range(track) for a, b, _ in taken[t]) or any(
                x - 0.04 < o < x + wide + 0.04 for t in range(track + 1, 5) for _, _, o in taken[t])
            if clear and not crossed:
                taken[track].append((x, x + wide, at))
                placed.append((x, words, at, track))
                break
    return placed


def _paragraph_ticks(figure, paragraphs, left, scale, right, y) -> float:
    """A tick a paragraph; every one is labelled, or every second, third ..., so that no two labels meet."""
    at = [left + start * scale for start in paragraphs]
    for x in at:
        figure.line([x, x], [y, y + 0.05], MUTED, 0.7)
    labels = [(x, f"¶{n}", x + measure(f"¶{n}", 7)) for n, x in enumerate(at, 1)]
    thinned = (labels[::step] for step in range(1, len(labels) + 1))
    kept = next((own for own in thinned if all(b[0] >= a[2] + 0.06 for a, b in zip(own, own[1:]))), [])
    for x, words, end in kept:
        if end <= right + MARGIN:
            figure.write(x, y + 0.13, words, 7, color=MUTED)
    return y + (0.22 if paragraphs else 0.06)


def _percent(share: float) -> str:
    return "0%" if share == 0 else "under 1%" if share < 0.005 else "all" if share == 1 else f"{share:.0%}"
