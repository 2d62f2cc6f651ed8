"""Figure 6, origins against mentions; figure 7, the Admiralty grid."""
from collections import Counter

import pandas as pd

from helpers.drawing import (ACCENT, GRID, INK, MARGIN, MUTED, PAPER, RULE, STUDY, WIDTH, Drawing, measure, nothing,
                             said_in_words, shortened)


def origins_against_mentions(origins: pd.DataFrame, claims: pd.DataFrame, most: int = 30) -> Drawing:
    """Figure 6: a mark a mention, a group an origin. Filled: known to be independent; hollow: not known.

    The `most` claims with the most mentions are drawn; the rest are in the data.
    """
    columns = ["claim_id", "exact", "mentions", "origins", "independent", "disagreeing", "groups"]
    exact = dict(zip(claims.claim_id, claims.exact))
    rows, groups, alike = [], {}, {}
    for claim, own in origins.groupby("claim_id", sort=False):
        own = own.sort_values("mentions", ascending=False, kind="stable")
        alike.setdefault(tuple(zip(own.statement_ids, own.agrees, own.independent)), []).append(claim)
        groups[claim] = [(int(o.mentions), o.independent == "yes", o.agrees) for o in own.itertuples()]
        rows.append([claim, exact.get(claim, ""), int(own.mentions.sum()), len(own),
                     int((own.independent == "yes").sum()), int((own.agrees == "no").sum()),
                     ";".join(f"{o.origin}:{o.mentions}" for o in own.itertuples())])
    data = pd.DataFrame(rows, columns=columns).sort_values(["mentions", "claim_id"], ascending=[False, True],
                                                          kind="stable").reset_index(drop=True)
    if data.empty:
        return nothing("No statement can be compared with a claim, so no origin stands behind any.", columns)
    top = data.iloc[0]
    worst = data[data.mentions > data.origins]
    alt = (f"Claim {top.claim_id} has {said_in_words(top.mentions, 'mention')} from "
           f"{said_in_words(top.origins, 'origin')}, {top.independent or 'none'} of them known to be independent. "
           f"For {len(worst)} of {said_in_words(len(data), 'claim')} the mentions outnumber the origins.")
    figure = Drawing(alt, data)
    y = figure.heading(f"{said_in_words(top.mentions, 'mention')} of {top.claim_id} come from "
                       f"{said_in_words(top.origins, 'origin')}" if top.mentions > 1 else
                       "No claim is mentioned more than once in the ledger",
                       "A mark is a statement, a group of marks an origin. Filled: known to be independent. "
                       "Hollow: not known. Crossed: it says something else. “+2”: two more claims rest on the "
                       "same statements.")
    label, figures_at = 2.6, WIDTH - MARGIN - 1.75
    # Claims that rest on the very same statements share a row.
    others = {same[0]: len(same) - 1 for same in alike.values()}
    drawn = data[data.claim_id.isin(list(others))]
    left, shown = MARGIN + label + 0.1, drawn.head(most)
    units = max(r.mentions + 0.6 * r.origins for r in shown.itertuples())
    step = min(0.19, (figures_at - 0.15 - left) / units)
    row = 0.3
    for r in shown.itertuples():
        middle, x = y + row / 2, left
        figure.write(MARGIN, middle, r.claim_id + (f" +{others[r.claim_id]}" if others[r.claim_id] else ""), bold=True,
                     width=0.72)
        figure.write(MARGIN + 0.78, middle, r.exact, 8, color=MUTED, width=label - 0.83)
        for mentions, independent, agrees in groups[r.claim_id]:
            for _ in range(mentions):
                size, tall = min(step * 0.74, 0.14), 0.14
                figure.box(x, middle - tall / 2, size, tall, STUDY if independent else PAPER, STUDY,
                           line=min(0.8, step * 6))
                if agrees == "no":
                    figure.line([x, x + size], [middle + tall / 2, middle - tall / 2],
                                PAPER if independent else ACCENT, 0.9, order=2)
                x += step
            x += 0.6 * step
        figure.write(WIDTH - MARGIN, middle, f"{said_in_words(r.mentions, 'mention')}, "
                     f"{said_in_words(r.origins, 'origin')}", 8, ha="right", width=1.75)
        y += row
        figure.line([MARGIN, WIDTH - MARGIN], [y, y], GRID, 0.6, order=0.5)
    if len(drawn) > most:
        figure.write(MARGIN, y + 0.16, f"{len(drawn) - most} more with fewer mentions are in the table.", 8,
                     color=MUTED)
        y += 0.26
    return figure.end(y + 0.2)


_LETTERS = {"A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
            "E": "unreliable", "F": "cannot be judged"}
_DIGITS = {"1": "confirmed", "2": "probably true", "3": "possibly true", "4": "doubtful", "5": "improbable",
           "6": "cannot be judged"}


def admiralty_grid(grades: pd.DataFrame, claims: pd.DataFrame | None = None, most: int = 40) -> Drawing:
    """Figure 7: claims by credibility (columns) and by their outermost source's reliability (rows); F and 6 apart.

    A person's grade counts before the program's ceiling and is set in bold. Sources stand at the head of their row.
    claims: gives each claim's chain; without it, or for a source without a grade, a claim stands in row F.
    """
    columns = ["subject", "subject_kind", "source", "reliability", "credibility", "decided_by"]
    letter = {g.subject: g.grade or g.ceiling for g in grades.itertuples() if g.subject_kind == "source"}
    chain = dict(zip(claims.claim_id, claims.chain)) if claims is not None else {}
    rows = []
    for g in grades.itertuples():
        source = g.subject if g.subject_kind == "source" else chain.get(g.subject, "").split(" > ")[-1]
        rows.append([g.subject, g.subject_kind, source, letter.get(source, "F"), (g.grade or g.ceiling) if
                     g.subject_kind == "claim" else "", "a person" if g.grade else "ceiling"])
    data = pd.DataFrame(rows, columns=columns)
    on = data[data.subject_kind == "claim"]
    if data.empty:
        return nothing("Nothing was graded: there is no claim and no source.", columns)
    judged = on[on.credibility != "6"]
    best = min(on.credibility, default="6")
    names = on.subject[on.credibility == best]
    alt = (f"{len(judged)} of {said_in_words(len(on), 'claim')} can be judged at all; "
           + (f"the best stand at {best} ({_DIGITS[best]}): {_some(list(names))}. " if len(judged) else "")
           + f"{int((data.reliability[data.subject_kind == 'source'] != 'F').sum())} of "
           f"{said_in_words(int((data.subject_kind == 'source').sum()), 'source')} have a letter above F.")
    figure = Drawing(alt, data)
    claimed = said_in_words(len(on), "claim")
    y = figure.heading("No claim was graded" if on.empty else
                       f"All {claimed} can be judged" if len(judged) == len(on) else
                       f"{len(judged)} of {claimed} can be judged; for the rest, 6 is the honest grade",
                       "Across: credibility of the claim. Down: reliability of the source it is credited to. "
                       "Plain: the program’s ceiling. Bold: a person’s grade.")
    head, gap = 2.15, 0.14
    cell = (WIDTH - 2 * MARGIN - head - gap) / 6
    at = {d: MARGIN + head + i * cell + (gap if d == "6" else 0) for i, d in enumerate(_DIGITS)}
    for d, words in _DIGITS.items():
        figure.write(at[d] + cell / 2, y + 0.08, d, 10.5, bold=True, ha="center")
        figure.write(at[d] + cell / 2, y + 0.26, words, 7.5, color=MUTED, ha="center", width=cell - 0.04)
    y += 0.42
    inside = Counter(zip(on.reliability, on.credibility))
    for name, words in _LETTERS.items():
        y += gap if name == "F" else 0
        own = data.subject[(data.subject_kind == "source") & (data.reliability == name)]
        placed, tall = [], 0.5
        for d in _DIGITS:
            here = on[(on.reliability == name) & (on.credibility == d)]
            x, line = at[d] + 0.07, y + 0.13
            for g in here.head(most).itertuples():
                wide = min(measure(g.subject, 7.5, True), cell - 0.14)
                if x + wide > at[d] + cell - 0.05 and x > at[d] + 0.08:
                    x, line = at[d] + 0.07, line + 0.17
                placed.append((x, line, g.subject, g.decided_by == "a person", cell - 0.14))
                x += wide + 0.08
            if inside[name, d] > most:
                line += 0.17
                placed.append((at[d] + 0.07, line, f"+ {inside[name, d] - most} more", False, cell - 0.14))
            tall = max(tall, line - y + 0.13)
        lines = min(6, len(own)) + (len(own) > 6)
        tall = max(tall, 0.28 + lines * 0.15)
        figure.write(MARGIN, y + 0.13, name, 10.5, bold=True)
        figure.write(MARGIN + 0.2, y + 0.13, words, 7.5, color=MUTED, width=head - 0.3)
        for n, source in enumerate([*own.head(6), *([f"and {len(own) - 6} more"] if len(own) > 6 else [])]):
            figure.write(MARGIN + 0.2, y + 0.3 + n * 0.15, shortened(source), 7.5, width=head - 0.3, name=True)
        for d in _DIGITS:
            apart = d == "6" or name == "F"
            figure.box(at[d], y, cell, tall, "#f4f4f1" if apart else PAPER, RULE, line=0.6, order=0.5,
                       style=":" if apart else "-")
        for x, line, words, bold, wide in placed:
            figure.write(x, line, words, 7.5, bold=bold, color=INK, width=wide)
        y += tall
    return figure.end(y + 0.25)


def _some(names: list[str], most: int = 6) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
