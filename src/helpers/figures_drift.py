"""Figure 5: what changed on the way, field by field: the root, the relays and the text as columns."""
import pandas as pd

from helpers.drawing import (ACCENT, GRID, INK, MARGIN, MUTED, RULE, STUDY, WIDTH, Drawing, for_a_phone_too, headed,
                             names, nothing, said_in_words, short_day)
from helpers.lettering import fit, measure, wrap
from helpers.steps import (COLUMNS, FIELDS, SIGN, alike, change_in_words, changes_of, of_the_whole_way, plain, rank,
                           tellings)


@for_a_phone_too
def drift_chart(retellings: pd.DataFrame, claims: pd.DataFrame, statements: pd.DataFrame,
                quantities: pd.DataFrame | None = None, comparisons: pd.DataFrame | None = None,
                sources: pd.DataFrame | None = None, most: int = 3, lines: int = 12, width: float = WIDTH) -> Drawing:
    """Figure 5: a block a drifted claim; a column a telling; a row a field; what changed is outlined.

    What counts most comes first (`weight`); claims with one root and the same changes share a block. `most` have a
    block, the first in any case and those whose measure, stance or number changed; `lines` more are told in a line
    each, and the rest is in the data. comparisons: how many relays fit equally well; sources: their names.
    """
    data = tellings(retellings, claims, statements, quantities, comparisons, sources)
    if data.empty:
        return nothing("No claim was found to have changed on its way into the text.", COLUMNS)
    net, called = of_the_whole_way(retellings), names(sources, marked=True)
    blocks = alike(retellings)
    told = {own[0]: "; ".join(change_in_words(r, called) for r in changes_of(net, own[0])) for own in blocks}
    alt = " ".join(f"{', '.join(own)}: {told[own[0]]}." for own in blocks[:most + lines] if told[own[0]])
    alt = f"{said_in_words(net.claim_id.nunique(), 'claim')} changed on the way into the text. {alt}"
    figure = Drawing(alt, data, width)
    leading = [rows[0] for own in blocks if rank(rows := changes_of(net, own[0])) == 0] or changes_of(net, blocks[0][0])
    title = ", and ".join(list(dict.fromkeys(change_in_words(r, called) for r in leading))[:2])
    y = figure.heading(f"{title[0].upper()}{title[1:]} on the way; {said_in_words(net.claim_id.nunique(), 'claim')} "
                       "changed" if net.claim_id.nunique() > 1 else f"{title[0].upper()}{title[1:]} on the way",
                       "Left to right: who said it first, who relayed it, this text. Outlined: what the comparison "
                       "counts as changed.")
    exact = dict(zip(claims.claim_id, claims.exact))
    fits = _fitting(comparisons)
    full = [own for n, own in enumerate(blocks) if n == 0 or rank(changes_of(net, own[0])) < 2][:most]
    rest = [own for own in blocks if own not in full]
    for own in full:
        y = _block(figure, own, _quoted(own, exact), data[data.claim_id == own[0]], fits.get(own[0], []), y)
    for n, own in enumerate(rest[:lines]):
        figure.line([MARGIN, width - MARGIN], [y, y], RULE if n == 0 else GRID, 0.9 if n == 0 else 0.6)
        y = _headed(figure, own, _quoted(own, exact), y)
        words = told[own[0]]
        y = figure.paragraph(MARGIN, y - 0.04, words[:1].upper() + words[1:], width - 2 * MARGIN, 8.5) + 0.12
    if left := sum(len(own) for own in rest[lines:]):
        figure.write(MARGIN, y + 0.06, f"{said_in_words(left, 'more changed claim')} in the table.", 8, color=MUTED)
        y += 0.15
    return figure.end(y + 0.12)


def _quoted(own: list[str], exact: dict[str, str]) -> str:
    return "” / “".join(dict.fromkeys(exact.get(c, "") for c in own))


def _headed(figure: Drawing, claims: list[str], words: str, y: float) -> float:
    """The claims' ids and what they say, in a line; returns the y below it."""
    ids = fit(", ".join(claims), 1.5 if figure.wide < WIDTH else 2.5, 9.5, True)
    after = max(0.45, measure(ids, 9.5, True) + 0.15)
    figure.write(MARGIN, y + 0.18, ids, 9.5, bold=True, color=STUDY)
    figure.write(MARGIN + after, y + 0.18, f"“{words}”", 8.5, color=MUTED, width=figure.wide - 2 * MARGIN - after)
    return y + 0.36


def _fitting(comparisons: pd.DataFrame | None) -> dict[str, list[str]]:
    """claim_id -> the statements that it could relay equally well."""
    if comparisons is None:
        return {}
    equal = comparisons[comparisons.verdict == "ambiguous"]
    return {c: list(own.statement_id) for c, own in equal.groupby("claim_id")}


def _block(figure: Drawing, claims: list[str], exact: str, rows: pd.DataFrame, fits: list[str], y: float) -> float:
    claim = claims[0]
    tellers = rows.drop_duplicates("step").sort_values("step")
    narrow, edge = figure.wide < WIDTH, figure.wide - MARGIN
    if len(tellers) > (room := 3 if narrow else 5):  # the root, the text and what stands next to it; the rest is data
        tellers = tellers.iloc[[0, *range(1 - room, 0)]]
    figure.line([MARGIN, edge], [y, y], RULE, 0.9)
    y = _headed(figure, claims, exact, y)
    label, size = (0.6, 7.5) if narrow else (0.95, 8.5)
    wide = (edge - MARGIN - label) / len(tellers)
    shown = rows[rows.step.isin(tellers.step)]
    # A field that nobody but one names, and that did not change, is left to the table.
    fields = [f for f in FIELDS if (own := shown[shown.field == f]).changed.eq("yes").any()
              or (f in ("measure", "magnitude", "period") and own.value.ne("").sum() > 1)]
    heads = []
    for n, t in enumerate(tellers.itertuples()):
        x, text = MARGIN + label + n * wide, t.teller == "this text" and t.teller_id == claim
        others = len(set(fits) - {tellers.teller_id.iloc[0]}) if t.teller_id in fits else 0
        role = "this text" if text else "root" if n == 0 else f"relay, one of {others}" if others > 1 else "relay"
        name = headed(t.teller)
        below = ", ".join(claims) if text or not t.day else f"{t.teller_id}, {short_day(t.day)}"
        figure.write(x + 0.08, y + 0.07, role, 7.5, bold=True, color=STUDY if text else MUTED, width=wide - 0.1)
        heads.append(figure.paragraph(x + 0.08, y + 0.17, below if text else name, wide - (0.16 if narrow else 0.35),
                                      size - 0.5, bold=not text, most=4 if narrow else 2))
        if not text:
            heads[-1] = figure.paragraph(x + 0.08, heads[-1], below, wide - 0.14, 7 if narrow else 7.5, color=MUTED,
                                          most=2)
    y = max(heads) + 0.08
    value = {(r.step, r.field): r for r in shown.itertuples()}
    for step in tellers.step:  # a number is read with its bound: one cell, changed if either did
        bound, number = value.get((step, "bound")), value.get((step, "magnitude"))
        if bound is not None and number is not None and bound.changed == "yes":
            same = number.changed == "no" or number.direction == bound.direction
            value[step, "magnitude"] = number._replace(changed="yes", direction=bound.direction if same else "other")
    fields = [f for f in fields if f != "bound" or "magnitude" not in fields]
    for field in fields:
        cells = [(MARGIN + label + n * wide, value.get((t.step, field))) for n, t in enumerate(tellers.itertuples())]
        cut = [(x, c, wrap(plain(field, c.value), wide - (0.24 if narrow else 0.32), size,
                                c.changed == "yes", 4 if narrow else 3) if c else [])
               for x, c in cells]
        signed = any(c is not None and c.changed == "yes" for _, c, _ in cut)
        tall = 0.12 + 0.168 * max(1, *(len(words) for _, _, words in cut)) + (0.15 if signed else 0)
        figure.line([MARGIN, edge], [y, y], GRID, 0.6, order=0.3)
        figure.write(MARGIN, y + 0.15, "number" if field == "magnitude" else field, 7 if narrow else 8, color=MUTED)
        for x, c, words in cut:
            if c is None:
                continue
            new = c.changed == "yes"
            if new:
                figure.box(x, y + 0.03, wide - (0.08 if narrow else 0.16), tall - 0.06, "#fdf1eb", ACCENT, line=1.5,
                           order=0.8)
                figure.write(x + 0.08, y + tall - 0.12, fit(SIGN[c.direction], wide - 0.3, 7), 7, color=ACCENT)
            for i, line in enumerate(words):
                figure.write(x + 0.08, y + 0.15 + i * 0.168, line, size, bold=new, color=INK if new else MUTED)
        y += tall
    return y + 0.16
