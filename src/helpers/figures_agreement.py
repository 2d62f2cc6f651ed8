"""Figure 10: how far two readers of one text agree, layer by layer."""
import pandas as pd

from helpers.drawing import (ACCENT, GRID, INK, MARGIN, MUTED, PAPER, RULE, STUDY, WIDTH, Drawing, for_a_phone_too,
                             nothing, said_in_words)

COLUMNS = ["layer", "statistic", "value", "n", "prevalence", "note"]
GOOD, TENTATIVE = 0.8, 0.667  # Krippendorff 2019, ch. 12: rely on data from 0.8; below 0.667 on none
LAYERS = {"kind": "kind of claim", "source_type": "kind of source", "speech_act": "what the source does",
          "polarity": "yes or no", "factuality_author": "how sure the author is",
          "factuality_source": "how sure the source is", "checkable": "can it be checked", "measure": "what is counted",
          "population": "who is counted"}


@for_a_phone_too
def reader_agreement(agreement: pd.DataFrame, width: float = WIDTH) -> Drawing:
    """Figure 10: a dot a layer on one scale of agreement, with what the number rests on beside it; worst first.

    agreement: the run's table; empty where a text has one reader. A layer without a value has no dot and says so.
    """
    data = agreement[COLUMNS].reset_index(drop=True) if len(agreement) else pd.DataFrame(columns=COLUMNS)
    if data.empty:
        return nothing("One reading only: there is nobody to agree or disagree with.", COLUMNS)
    alphas = data[data.statistic.str.contains("alpha")]
    known = alphas[alphas.value.notna()].sort_values(["value", "layer"], kind="stable")
    marked = data[~data.index.isin(alphas.index)]
    good = int((known.value >= GOOD).sum())
    finding = "Two readers cannot be compared: no judgement of theirs varies"
    if len(known):
        least = known.iloc[0]
        finding = (f"Two readers agree on {'all ' if good == len(known) else f'{good} of '}"
                   f"{said_in_words(len(known), 'question')}; " if good else "Two readers agree on no question; ")
        finding += ("both always say the same" if least.value == 1 else
                    f"least on “{_called(least.layer)}” ({_number(least.value)})")
    alt = f"{finding}. " + "; ".join(f"{_called(r.layer)} {_number(r.value)}" for r in known.itertuples())
    alt += "".join(f"; {r.layer}: {r.note}" for r in marked.itertuples()) + "."
    figure = Drawing(alt, data, width)
    y = figure.heading(finding, "Krippendorff’s alpha over the claims that both marked: 1 is full agreement, 0 what "
                       "chance would give. From 0.8 a reading can be relied on; below 0.67 it cannot.")
    narrow, edge = width < WIDTH, width - MARGIN
    left, right = (MARGIN + 0.1, edge - 0.55) if narrow else (MARGIN + 2.3, edge - 3.6)
    low = min(0.0, *(float(v) for v in known.value), 0.0)

    def at(value: float) -> float:
        return left + (max(-1.0, value) - low) / (1 - low) * (right - left)

    heads = y
    y += 0.3
    top, row = y, 0.46 if narrow else 0.27
    undefined = alphas[alphas.value.isna()]
    rows = [*known.itertuples(), *undefined.itertuples()]
    figure.box(at(GOOD), top, at(1) - at(GOOD), row * len(rows), "#e8eef5", order=0.2)
    figure.box(at(TENTATIVE), top, at(GOOD) - at(TENTATIVE), row * len(rows), "#f4f4f1", order=0.2)
    for value in sorted({low, 0.0, TENTATIVE, GOOD, 1.0}):
        figure.line([at(value)] * 2, [top, top + row * len(rows)], GRID if value in (low, 1.0) else RULE, 0.7,
                    "--" if value in (TENTATIVE, GOOD) else "-", order=0.4)
        figure.write(at(value), heads + 0.2, _number(value).rstrip("0").rstrip("."), 7.5, color=MUTED, ha="center")
    if not narrow:
        figure.write(right + 0.75, heads + 0.2, "the same in", 7.5, color=MUTED)
        figure.write(right + 1.9, heads + 0.2, "commonest answer", 7.5, color=MUTED)
    for r in rows:
        middle, level = y + row - (0.13 if narrow else row / 2), y + (0.15 if narrow else row / 2)
        figure.write(MARGIN, level, _called(r.layer), width=2.1)
        if pd.isna(r.value):
            figure.write(left + 0.05, middle, "not defined: one answer only" if r.n else "no claim in common", 8,
                         color=MUTED, width=right - left)
        else:
            color = STUDY if r.value >= GOOD else INK if r.value >= TENTATIVE else ACCENT
            figure.line([at(0), at(r.value)], [middle, middle], color, 1.4, order=1.5)
            figure.mark(at(r.value), middle, "o" if r.value >= GOOD else "D", 6.5, color,
                        color if r.value >= GOOD else PAPER)
            figure.write(right + 0.2, middle, _number(r.value), bold=True, color=color)
        if narrow:
            figure.write(edge, level, r.note, 7.5, color=MUTED, width=1.5, ha="right")
        else:
            figure.write(right + 0.75, middle, r.note.removeprefix("the same in "), 8, color=MUTED, width=1.05)
            figure.write(right + 1.9, middle, r.prevalence.replace("_", " "), 8, color=MUTED, width=1.7)
        y += row
        figure.line([MARGIN, edge], [y, y], GRID, 0.6, order=0.3)
    for r in marked.itertuples():
        words = "" if pd.isna(r.value) else f" {_number(r.value)}"
        y = figure.paragraph(MARGIN, y + 0.08, f"{r.layer}: {r.note} ({r.statistic}{words})", edge - MARGIN, 8,
                             color=MUTED)
    return figure.end(y + 0.18)


def _called(layer: str) -> str:
    return LAYERS.get(layer, layer.replace("_", " "))


def _number(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
