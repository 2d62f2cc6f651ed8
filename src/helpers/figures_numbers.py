"""Figure 3: the numbers of the text beside those of the ledger, like with like."""
import math

import pandas as pd

from helpers.drawing import (ACCENT, GRID, INK, MARGIN, MUTED, PAPER, RULE, STUDY, WIDTH, Drawing, for_a_phone_too,
                             headed, nothing, parties_to, said_in_words, short_day, teller)
from helpers.lettering import fit, measure, wrap
from helpers.measures import relation
from helpers.tellings import amount, span_of

_OPEN_ABOVE, _OPEN_BELOW = ("over", "at_least", "about_or_over"), ("under", "at_most")


def comparable_numbers(claims: pd.DataFrame, quantities: pd.DataFrame, statements: pd.DataFrame,
                       comparisons: pd.DataFrame, sources: pd.DataFrame | None = None) -> pd.DataFrame:
    """The numbers of the text and of the statements comparable with one of its claims, a row each.

    Columns: panel, id, who, day, of_text (yes, no), low, high, bound, words, period, role (relayed: a claim's match;
    root: where that one begins; else empty), near (for a number of the text: the panel of its match, if another).
    """
    numbered = quantities[quantities.low.notna() | quantities.high.notna()]
    said = dict(zip(claims.claim_id, claims.itertuples()))
    ids = set(comparisons.statement_id[(comparisons.verdict != "not comparable")
                                       & comparisons.claim_id.isin(numbered.claim_id)])
    kept = statements[statements.statement_id.isin(ids) & (statements.low.notna() | statements.high.notna())]
    matched = comparisons[comparisons.verdict.isin(["match", "ambiguous"])
                          & comparisons.claim_id.isin(numbered.claim_id)]
    role = dict.fromkeys(matched.statement_id, "relayed") | dict.fromkeys(matched.root_id, "root")
    # The measures named here, each with those equal to it in force: they are one thing, and share a panel.
    held = list(dict.fromkeys(m for m in [*numbered.measure, *claims.measure, *kept.measure] if m))
    one = {m: " / ".join(sorted({o for o in held if relation(m, o) == "equal"})) for m in held}
    panel_of = {s.statement_id: _panel(s.population, one.get(s.measure, ""), s) for s in kept.itertuples()}
    near = {m.claim_id: panel_of[m.root_id] for m in matched[::-1].itertuples() if m.root_id in panel_of}
    rows, seen = [], set()
    for q in numbered.itertuples():
        c = said.get(q.claim_id)
        if c is None or c.status == "rejected" or not (q.measure or c.measure):
            continue
        row = [_panel(q.population or c.population, one[q.measure or c.measure], q), q.claim_id, "this text", "", "yes",
               q.low, q.high, q.bound, amount(q), span_of(q), "", near.get(q.claim_id, "")]
        if (key := tuple(map(str, row))) not in seen:
            seen.add(key)
            rows.append(row)
    parties = parties_to(sources)
    for s in kept.itertuples():
        rows.append([panel_of[s.statement_id], s.statement_id, teller(s, parties), s.said_on, "no", s.low, s.high,
                     s.bound, amount(s), span_of(s), role.get(s.statement_id, ""), ""])
    frame = pd.DataFrame(rows, columns=["panel", "id", "who", "day", "of_text", "low", "high", "bound", "words",
                                        "period", "role", "near"])
    alone = (frame.of_text == "yes") & (frame.near == "") & ~frame.panel.isin(frame.panel[frame.of_text == "no"])
    return frame[~alone] if len(frame) else frame


def _panel(population: str, measure_: str, row) -> str:
    within = row.rate.replace("_", " ") or ("within a period" if row.period_start and row.period_end else "in all")
    within += {"up": ", a rise", "down": ", a fall"}.get(getattr(row, "change", ""), "")  # the ledger holds no changes
    return f"{population or 'population not stated'} · {measure_.replace('_', ' ')} · {within}"


def _scope(panel: str) -> str:
    population, *_, within = panel.split(" · ")
    return f"{population} · {within}"


@for_a_phone_too
def scoped_intervals(claims: pd.DataFrame, quantities: pd.DataFrame, statements: pd.DataFrame,
                     comparisons: pd.DataFrame, panels: int = 6, most: int = 5, sources: pd.DataFrame | None = None,
                     width: float = WIDTH) -> Drawing:
    """Figure 3: like beside like. A panel per population, measure and rate or period; an arrow is an open bound.

    Drawn: the panels of the text and those that its numbers go back to, `panels` at most. Statements of one number
    share a row, under its root or relay, else under who gave it first; the text, the root, the relay and
    the least and greatest number stand first in line for the `most` rows of a panel, then those given most often.
    The rest is in the data. sources: who is a party.
    """
    data = comparable_numbers(claims, quantities, statements, comparisons, sources)
    own = data[data.of_text == "yes"]
    if own.empty or len(own) == len(data):
        return nothing("No number of this text can be set beside the ledger.", list(data.columns))
    # Each panel of the text, then the one that its number goes back to, so that a change of measure can be seen: it
    # comes first.
    moved = [o for o in own.itertuples() if _another(o)]
    order = list(dict.fromkeys(p for o in (*moved, *own.itertuples()) for p in (o.panel, o.near) if p))
    like = set(data.panel[data.of_text == "no"])
    same, numbers = own[own.panel.isin(like)].id.nunique(), own.id.nunique()
    finding = _elsewhere(data, own) or (
        f"For {said_in_words(numbers, 'number')} of the text the ledger counts only something near it" if not same else
        "For " + ("the one number" if numbers == 1 else f"all {numbers} numbers")
        + " of the text that can be compared, the ledger counts the same thing" if same == numbers else
        f"For {same} of {numbers} numbers of the text the ledger counts the same thing; for the rest, something near "
        "it")
    alt = f"{finding}. " + " ".join(_panel_words(p, data[data.panel == p]) for p in order[:panels]
                                    if p in set(own.panel))
    figure = Drawing(alt.strip(), data, width)
    y = figure.heading(finding, "A panel is one population, one measure, one rate or kind of period. Bold: the text. "
                       "“+5”: five more gave the same number. Arrow: no limit was stated. Ring: about.")
    scope = data.panel.map(_scope)
    for panel in order[:panels]:
        alike = data[(scope == _scope(panel)) & data.panel.isin(order[:panels])]
        values = [v for v in [*alike.low, *alike.high] if not pd.isna(v)]
        y = _draw_panel(figure, panel, data[data.panel == panel], values, y, most)
    left_out = len(set(data.panel)) - min(len(order), panels)
    if left_out:
        figure.write(MARGIN, y + 0.05, f"{said_in_words(left_out, 'more panel')} of nearby measures in the table.", 8,
                     color=MUTED, width=width - 2 * MARGIN)
        y += 0.2
    return figure.end(y + 0.15)


def _elsewhere(data: pd.DataFrame, own: pd.DataFrame) -> str:
    """The numbers of the text whose root counted another measure, in a sentence that gives the first; empty if none."""
    other = [o for o in own.itertuples() if _another(o)]
    if not other:
        return ""
    first, ids = other[0], {o.id for o in other}
    roots = data[(data.panel == first.near) & (data.role == "root")]
    was, now = (panel.split(" · ")[1].split(" / ")[-1] for panel in (first.near, first.panel))
    count = "The one number" if own.id.nunique() == 1 else f"{len(ids)} of {own.id.nunique()} numbers"
    words = f"“{roots.words.iloc[0]}” {was}" if len(roots) == 1 else was
    return (f"{count} of the text {'goes' if len(ids) == 1 else 'go'} back to a count of something else: "
            f"“{first.words}” {now} was {words}")


def _another(o) -> bool:
    """Whether a number of the text goes back to a panel of another measure."""
    return bool(o.near) and o.near.split(" · ")[1] != o.panel.split(" · ")[1]


def _panel_words(panel: str, rows: pd.DataFrame) -> str:
    text, others = rows[rows.of_text == "yes"], rows[rows.of_text == "no"]
    ids = ", ".join(f"{r.id} says {r.words}" for r in text.head(3).itertuples())
    if others.empty:
        return f"{panel}: {ids}; no statement counts it so."
    # The ends in their own words: "over 1,000" is no upper limit.
    least = others.words[others.low.fillna(others.high).idxmin()]
    most = others.words[others.high.fillna(others.low).idxmax()]
    ends = least if least == most else f"from {least} to {most}"
    return f"{panel}: {ids}; {said_in_words(len(others), 'statement')}, {ends}."


def _several(ids: list[str]) -> str:
    """Claims that give one number share a row."""
    return ids[0] + (f" +{len(ids) - 1}" if len(ids) > 1 else "")


def _rows(rows: pd.DataFrame, most: int) -> tuple[pd.DataFrame, int]:
    """A panel's rows, one a number, with `more`: how many others gave it; and how many numbers had no room."""
    text = rows[rows.of_text == "yes"]
    same = text.groupby(["words", "period"], sort=False).id.transform(lambda ids: _several(list(ids)))
    text = text.assign(id=same, more=0).drop_duplicates(["words", "period"]).head(most // 2)
    others = rows[rows.of_text == "no"]
    others = others.assign(near=others.role.map({"root": 0, "relayed": 1, "": 2})).sort_values(
        ["near", "day", "id"], kind="stable")
    more = others.groupby("words", sort=False).id.transform("size") - 1
    others = others.assign(more=more).drop_duplicates("words").reset_index(drop=True)
    if len(others):  # both ends are shown
        ends = [others.low.fillna(others.high).idxmin(), others.high.fillna(others.low).idxmax()]
        others.loc[ends, "near"] = others.near[ends].clip(upper=1)
    kept = others.sort_values(["near", "more", "day"], ascending=[True, False, True], kind="stable")
    kept = kept.head(most - len(text))
    return pd.concat([text, kept.sort_values(["day", "id"], kind="stable")]), len(others) - len(kept)


def _draw_panel(figure: Drawing, panel: str, rows: pd.DataFrame, values: list[float], y: float, most: int) -> float:
    """One panel, on the scale of `values`: panels of one population and rate share it, so that they can be compared."""
    rows, hidden = _rows(rows, most)
    narrow, edge = figure.wide < WIDTH, figure.wide - MARGIN
    figure.line([MARGIN, edge], [y, y], RULE, 0.8)
    for line in wrap(panel, edge - MARGIN, 9.5, True, most=2):
        figure.write(MARGIN, y + 0.17, line, 9.5, bold=True)
        y += 0.16
    y += 0.15
    left, right = (MARGIN + 0.2, edge - 0.5) if narrow else (MARGIN + 3.9, edge - 2.0)
    top, least = max(values), min((v for v in values if v > 0), default=1)
    log = min(values) > 0 and top / least > 30

    def at(v: float) -> float:
        if log:
            low, high = math.log10(least) - 0.15, math.log10(top) + 0.15
            return left + (math.log10(v) - low) / (high - low) * (right - left)
        low = min(0.0, min(values))
        return left + (v - low) / ((top - low) * 1.15 or 1) * (right - left)

    row = 0.36 if narrow else 0.205
    ticks = [tick for tick in _ticks(0 if not log else least, top, log) if left <= at(tick) <= right]
    for tick in ticks:
        figure.line([at(tick)] * 2, [y, y + row * len(rows)], GRID, 0.7, order=0.4)
        figure.write(at(tick), y + row * len(rows) + 0.1, f"{tick:,.10g}", 7, color=MUTED, ha="center")
    for r in rows.itertuples():
        text, level, middle = r.of_text == "yes", y + 0.1, y + (0.26 if narrow else row / 2)
        level = level if narrow else middle
        color = STUDY if text else INK
        label = fit(r.id, 0.62, 8, text)
        figure.write(MARGIN, level, label, 8, bold=text, color=color)
        begin = MARGIN + max(0.5 if narrow else 0.66, measure(label, 8, text) + 0.08)
        words = measure(r.words, 8, text) if narrow else 0
        room = (edge - words if narrow else left) - 0.1
        room -= 0 if narrow and not r.role else measure("relayed", 7.5) + 0.15
        after = f" +{r.more}" if r.more else ""
        after = ("" if text or not r.day else f", {short_day(r.day)}") + after
        who = fit(headed(r.who), room - begin - measure(after, 8, text), 8, text, name=True) + after
        if r.role:
            figure.write((edge - words if narrow else left) - 0.1, level, r.role, 7.5, color=ACCENT, ha="right")
        figure.write(begin, level, who, 8, bold=text, color=color)
        low = r.low if not pd.isna(r.low) else r.high
        high = r.high if not pd.isna(r.high) else r.low
        line = 2.6 if text else 1.2
        if r.bound not in _OPEN_BELOW and (r.bound in _OPEN_ABOVE or pd.isna(r.high)):
            end, head = min(at(low) + 0.55, right + 0.4), ">"
            figure.line([at(low), end], [middle, middle], color, line, order=2)
            figure.mark(end, middle, head, 5.5 if text else 4.5, color)
        elif r.bound in _OPEN_BELOW or pd.isna(r.low):
            end = max(at(high) - 0.55, left - 0.04)
            figure.line([end, at(high)], [middle, middle], color, line, order=2)
            figure.mark(end, middle, "<", 5.5 if text else 4.5, color)
        elif low < high:
            figure.line([at(low), at(high)], [middle, middle], color, line, order=2)
        for v in {low, high}:
            figure.mark(at(v), middle, "o", 7 if text else 5.5, color, PAPER if r.bound in ("about", "mean") else color)
        figure.write(edge - (words if narrow else 1.3), level, r.words, 8, bold=text, color=color,
                     width=words if narrow else 1.3)
        y += row
    y += 0.2
    if hidden:
        figure.write(MARGIN, y + 0.06, f"{said_in_words(hidden, 'more number')} in the table.", 8, color=MUTED)
        y += 0.13
    return y + 0.08


def _ticks(low: float, top: float, log: bool) -> list[float]:
    if log:
        return [10.0 ** e for e in range(math.floor(math.log10(low)), math.ceil(math.log10(top)) + 1)]
    if top <= 0:
        return [0]
    step = 10 ** math.floor(math.log10(top / 2)) if top > 0 else 1
    step = next(s for s in (step, 2 * step, 5 * step, 10 * step) if top / s <= 4)
    return [i * step for i in range(int(top / step) + 1)]
