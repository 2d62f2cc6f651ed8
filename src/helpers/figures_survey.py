"""The survey's figures: drift by field and run, who relays faithfully, how a figure moved over time."""
import datetime
import math

import pandas as pd

from helpers.drawing import (ACCENT, GRID, INK, MARGIN, MUTED, PAPER, RULE, STUDY, WIDTH, Drawing, dark,
                             for_a_phone_too, headed, nothing, said_in_words, short_day)
from helpers.lettering import fit, measure
from helpers.schemas import DRIFT_FIELDS

_ROW = 0.24
_SHADES = ("#ffffff", "#dfe7f1", "#a9bedb", "#5f83b5", "#1f4e8c")
_MARKS = "osD^vPX*<>"


@for_a_phone_too
def drift_by_field(fields: pd.DataFrame, most: int = 30, width: float = WIDTH) -> Drawing:
    """A row a run, a column a field, in each cell how many claims drifted so (`survey.fields`); darker is more.

    A field in which no claim drifted has no column.
    """
    data = fields.rename_axis("run").reset_index()
    total = fields.sum()
    if not total.sum():
        return nothing("No claim of any run drifted in a field that could be compared.", list(data.columns))
    common = [f for f in total.sort_values(ascending=False, kind="stable").index[:2] if total[f]]
    finding = f"What changes most on the way is the {' and the '.join(common)}"
    counts = ", ".join(f"{f} {total[f]}" for f in DRIFT_FIELDS if total[f])
    figure = Drawing(f"{finding}. Drifted claims in {said_in_words(len(fields), 'run')} by field: {counts}.", data, width)
    y = figure.heading(finding, "Claims that changed between their root and the text, by field. Darker is more.")
    narrow, columns = width < WIDTH, [f for f in DRIFT_FIELDS if total[f]]
    left = MARGIN if narrow else MARGIN + 2.4
    wide = (width - MARGIN - left) / max(len(columns), 5)
    tight = any(measure(f, 7.5) > wide - 0.05 for f in columns)  # then every second heading stands a line higher
    for n, field in enumerate(columns):
        figure.write(left + (n + 0.5) * wide, y + 0.14 * (tight and n % 2), field, 7 if narrow else 8, color=MUTED,
                     ha="left" if tight and n == 0 else "center")
    y += 0.3 if tight else 0.16
    top = max(1, int(fields.to_numpy().max()))
    for run, row in fields.head(most).iterrows():
        figure.write(MARGIN, y + _ROW / 2, run, 8.5, width=width - 2 * MARGIN if narrow else 2.3, name=True)
        y += _ROW * narrow
        for n, field in enumerate(columns):
            count = int(row[field])
            shade = _SHADES[math.ceil(count / top * (len(_SHADES) - 1))]
            figure.box(left + n * wide, y, wide, _ROW, shade, GRID)
            if count:
                figure.write(left + (n + 0.5) * wide, y + _ROW / 2, str(count), 8.5, bold=True, ha="center",
                             color=PAPER if dark(shade) else INK)
        y += _ROW
    return _rest(figure, y, len(fields) - most, "more run")


@for_a_phone_too
def faithful_relays(relays: pd.DataFrame, most: int = 24, width: float = WIDTH) -> Drawing:
    """A row a source that retells others: how many of its retellings changed nothing, with the 90% interval."""
    if relays.empty:
        return nothing("No statement of any ledger retells another.", list(relays.columns))
    told, kept = int(relays.retellings.sum()), int(relays.faithful.sum())
    sure = relays[(relays.low > 0.5) | (relays.high < 0.5)]
    finding = f"{kept} of {said_in_words(told, 'retelling')} changed nothing" + (
        "; no source has enough of them to be told from a coin" if sure.empty else "")
    shown = relays.sort_values(["retellings", "low"], ascending=False, kind="stable").head(most)
    shown = shown.sort_values(["share", "retellings"], ascending=False, kind="stable")
    alt = f"{finding}. " + " ".join(f"{r.name}: {r.faithful} of {r.retellings}." for r in
                                    shown.drop(columns="name").assign(name=shown.name).itertuples(index=False))
    figure = Drawing(alt, relays, width)
    y = figure.heading(finding, "By source: the share of its retellings that kept every field, and where it may lie "
                       "(90%, from a flat prior)." + " Right: what it changed." * (width == WIDTH))
    narrow, edge = width < WIDTH, width - MARGIN
    left, right = (MARGIN + 1.9, edge - 0.65) if narrow else (MARGIN + 2.7, edge - 3.0)

    def at(share: float) -> float:
        return left + share * (right - left)

    begin = y + 0.12
    for tick in (0, 0.5, 1):
        figure.line([at(tick)] * 2, [begin, begin + _ROW * len(shown)], GRID if tick != 0.5 else RULE, 0.8, order=0.4)
        figure.write(at(tick), y, f"{tick:.0%}", 7.5, color=MUTED, ha="center")
    y = begin
    for r in shown.to_dict("records"):
        middle = y + _ROW / 2
        figure.write(MARGIN, middle, headed(r["name"]), 7.5 if narrow else 8.5, width=left - MARGIN - 0.12, name=True)
        figure.line([at(r["low"]), at(r["high"])], [middle] * 2, INK, 1.4, order=2)
        figure.mark(at(r["share"]), middle, "o", 6, STUDY if r["share"] >= 0.5 else ACCENT)
        figure.write(right + 0.15, middle, f"{r['faithful']} of {r['retellings']}", 8, bold=True)
        if not narrow:
            figure.write(right + 0.72, middle, r["changed"], 8, color=MUTED, width=edge - right - 0.72)
        y += _ROW
    return _rest(figure, y, len(relays) - most, "more source")


@for_a_phone_too
def figure_over_time(moves: pd.DataFrame, panels: int = 4, width: float = WIDTH) -> Drawing:
    """How figures moved: a panel a subject, a mark a statement on the day it was made, a glyph an origin."""
    if moves.empty:
        return nothing("No number was given on three days or more.", list(moves.columns))
    days = moves.groupby(["ledger", "subject"], sort=False).said_on.nunique().sort_values(ascending=False, kind="stable")
    order = list(days.index[:panels])
    own = {key: moves[(moves.ledger == key[0]) & (moves.subject == key[1])] for key in order}
    words = {key: _spread(rows) for key, rows in own.items()}
    first = order[0]
    finding = f"“{first[1]}” was put at {words[first]}"
    alt = " ".join(f"{subject}: {words[ledger, subject]}, {said_in_words(len(own[ledger, subject]), 'statement')} by "
                   f"{said_in_words(own[ledger, subject].origin.nunique(), 'origin')}." for ledger, subject in order)
    figure = Drawing(f"{finding}. {alt}", moves, width)
    y = figure.heading(finding, "Roots only: what relays repeat is left out. A glyph an origin, a line between a lower and "
                       "an upper end; hollow: about, or a bound.")
    for key in order:
        y = _panel(figure, key[1], own[key], y)
    return _rest(figure, y, len(days) - panels, "more subject")


def _points(r) -> list[float]:
    return [v for v in (r.low, r.high) if not math.isnan(v)]


def _spread(rows: pd.DataFrame) -> str:
    points = [v for r in rows.itertuples() for v in _points(r)]
    ends = f"{min(points):,.10g}" if min(points) == max(points) else f"{min(points):,.10g} to {max(points):,.10g}"
    return f"{ends} between {short_day(min(rows.said_on))} and {short_day(max(rows.said_on))}"


def _panel(figure: Drawing, subject: str, rows: pd.DataFrame, y: float) -> float:
    narrow, edge = figure.wide < WIDTH, figure.wide - MARGIN
    figure.line([MARGIN, edge], [y, y], RULE, 0.8)
    figure.write(MARGIN, y + 0.17, subject, 9.5, bold=True, width=edge - MARGIN)
    left, right, top, bottom = MARGIN + 0.75, edge - (0.1 if narrow else 2.6), y + 0.4, y + 1.75
    when = [datetime.date.fromisoformat(d).toordinal() for d in rows.said_on]
    points = [v for r in rows.itertuples() for v in _points(r)]
    log = min(points) > 0 and max(points) / min(points) > 30
    low, high = (math.log10(min(points)), math.log10(max(points))) if log else (min(0, *points), max(points))
    pad = (high - low) * 0.08 or 1

    def across(day: int) -> float:
        return left + (day - min(when) + 0.5) / (max(when) - min(when) + 1) * (right - left)

    def up(value: float) -> float:
        return bottom - ((math.log10(value) if log else value) - low + pad / 2) / (high - low + pad) * (bottom - top)

    for tick in sorted({min(points), max(points)}):
        figure.line([left, right], [up(tick)] * 2, GRID, 0.8, order=0.4)
        figure.write(left - 0.08, up(tick), f"{tick:,.10g}", 7.5, color=MUTED, ha="right", width=0.65)
    for day, side in ((min(when), "left"), (max(when), "right")):
        figure.write(left if side == "left" else right, bottom + 0.12, short_day(datetime.date.fromordinal(day).isoformat()),
                     7.5, color=MUTED, ha=side)
    key, below = (MARGIN, bottom + 0.36) if narrow else (right + 0.14, top)
    counts = rows.origin.value_counts(sort=False)
    counts = counts.sort_index(kind="stable").sort_values(ascending=False, kind="stable")
    for n, origin in enumerate(counts.index):
        glyph, color = _MARKS[min(n, len(_MARKS) - 1)], STUDY if n % 2 == 0 else ACCENT
        for r, day in zip(rows.itertuples(), when):
            if r.origin == origin:
                ends = _points(r)
                if min(ends) < max(ends):
                    figure.line([across(day)] * 2, [up(min(ends)), up(max(ends))], color, 1.2, order=2)
                for v in set(ends):
                    figure.mark(across(day), up(v), glyph, 5.5, color, color if r.bound in ("", "exact", "mean") else PAPER)
        if n < 7:
            figure.mark(key + 0.06, below + n * 0.19, glyph, 5.5, color)
            figure.write(key + 0.2, below + n * 0.19, f"{fit(headed(origin), 1.9, 8, name=True)} {counts[origin]}", 8)
    if len(counts) > 7:
        figure.write(key + 0.2, below + 7 * 0.19, said_in_words(len(counts) - 7, "more origin"), 8, color=MUTED)
    return below + min(len(counts), 8) * 0.19 + 0.05 if narrow else bottom + 0.3


def _rest(figure: Drawing, y: float, left: int, what: str) -> Drawing:
    if left > 0:
        figure.write(MARGIN, y + 0.12, f"{said_in_words(left, what)} in the table.", 8, color=MUTED)
        y += 0.2
    return figure.end(y + 0.2)
