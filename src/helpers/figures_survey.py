"""The survey's figures: drift by field and run, who relays faithfully, how a figure moved over time."""
import datetime
import math

import pandas as pd

from helpers.drawing import (ACCENT, GRID, INK, MARGIN, MUTED, PAPER, RULE, STUDY, WIDTH, Drawing, dark, nothing,
                             said_in_words, short_day)
from helpers.lettering import fit
from helpers.schemas import DRIFT_FIELDS

_ROW = 0.24
_SHADES = ("#ffffff", "#dfe7f1", "#a9bedb", "#5f83b5", "#1f4e8c")
_MARKS = "osD^vPX*<>"


def drift_by_field(fields: pd.DataFrame, most: int = 30) -> Drawing:
    """A row a run, a column a field, in each cell how many claims drifted so (`survey.fields`); darker is more."""
    data = fields.rename_axis("run").reset_index()
    total = fields.sum()
    if not total.sum():
        return nothing("No claim of any run drifted in a field that could be compared.", list(data.columns))
    common = [f for f in total.sort_values(ascending=False, kind="stable").index[:2] if total[f]]
    finding = f"What changes most on the way is the {' and the '.join(common)}"
    counts = ", ".join(f"{f} {total[f]}" for f in DRIFT_FIELDS if total[f])
    figure = Drawing(f"{finding}. Drifted claims in {said_in_words(len(fields), 'run')} by field: {counts}.", data)
    y = figure.heading(finding, "Claims that changed between their root and the text, by field. Darker is more.")
    left, wide = MARGIN + 2.4, (WIDTH - 2 * MARGIN - 2.4) / len(DRIFT_FIELDS)
    for n, field in enumerate(DRIFT_FIELDS):
        figure.write(left + (n + 0.5) * wide, y, field, 8, color=MUTED, ha="center")
    y += 0.16
    top = max(1, int(fields.to_numpy().max()))
    for run, row in fields.head(most).iterrows():
        figure.write(MARGIN, y + _ROW / 2, run, 8.5, width=2.3, name=True)
        for n, field in enumerate(DRIFT_FIELDS):
            count = int(row[field])
            shade = _SHADES[math.ceil(count / top * (len(_SHADES) - 1))]
            figure.box(left + n * wide, y, wide, _ROW, shade, GRID)
            if count:
                figure.write(left + (n + 0.5) * wide, y + _ROW / 2, str(count), 8.5, bold=True, ha="center",
                             color=PAPER if dark(shade) else INK)
        y += _ROW
    return _rest(figure, y, len(fields) - most, "more run")


def faithful_relays(relays: pd.DataFrame, most: int = 24) -> Drawing:
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
    figure = Drawing(alt, relays)
    y = figure.heading(finding, "By source: the share of its retellings that kept every field, and where it may lie "
                       "(90%, from a flat prior). Right: what it changed.")
    left, right = MARGIN + 2.7, WIDTH - MARGIN - 3.0

    def at(share: float) -> float:
        return left + share * (right - left)

    begin = y + 0.12
    for tick in (0, 0.5, 1):
        figure.line([at(tick)] * 2, [begin, begin + _ROW * len(shown)], GRID if tick != 0.5 else RULE, 0.8, order=0.4)
        figure.write(at(tick), y, f"{tick:.0%}", 7.5, color=MUTED, ha="center")
    y = begin
    for r in shown.to_dict("records"):
        middle = y + _ROW / 2
        figure.write(MARGIN, middle, r["name"], 8.5, width=2.55, name=True)
        figure.line([at(r["low"]), at(r["high"])], [middle] * 2, INK, 1.4, order=2)
        figure.mark(at(r["share"]), middle, "o", 6, STUDY if r["share"] >= 0.5 else ACCENT)
        figure.write(right + 0.15, middle, f"{r['faithful']} of {r['retellings']}", 8, bold=True)
        figure.write(right + 0.72, middle, r["changed"], 8, color=MUTED, width=WIDTH - MARGIN - right - 0.72)
        y += _ROW
    return _rest(figure, y, len(relays) - most, "more source")


def figure_over_time(moves: pd.DataFrame, panels: int = 4) -> Drawing:
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
    figure = Drawing(f"{finding}. {alt}", moves)
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
    figure.line([MARGIN, WIDTH - MARGIN], [y, y], RULE, 0.8)
    figure.write(MARGIN, y + 0.17, subject, 9.5, bold=True, width=WIDTH - 2 * MARGIN)
    left, right, top, bottom = MARGIN + 0.75, WIDTH - MARGIN - 2.6, y + 0.4, y + 1.75
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
            figure.mark(right + 0.2, top + n * 0.19, glyph, 5.5, color)
            figure.write(right + 0.34, top + n * 0.19, f"{fit(origin, 1.9, 8, name=True)} {counts[origin]}", 8)
    if len(counts) > 7:
        figure.write(right + 0.34, top + 7 * 0.19, said_in_words(len(counts) - 7, "more origin"), 8, color=MUTED)
    return bottom + 0.3


def _rest(figure: Drawing, y: float, left: int, what: str) -> Drawing:
    if left > 0:
        figure.write(MARGIN, y + 0.12, f"{said_in_words(left, what)} in the table.", 8, color=MUTED)
        y += 0.2
    return figure.end(y + 0.2)
