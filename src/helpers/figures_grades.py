"""Figure 6, origins against mentions; figure 7, the Admiralty grid."""
import math
from collections import Counter

import pandas as pd

from helpers.drawing import (ACCENT, GRID, INK, MARGIN, MUTED, PAPER, RULE, STUDY, WIDTH, Drawing, for_a_phone_too,
                             headed, named, names, nothing, said_in_words)
from helpers.lettering import fit, measure, told_apart, wrap
from helpers.steps import weight


# What an origin says of the claim -> (words, fill, pattern); a contradiction is crossed out as well.
_SAYS = {"yes": ("says the same, like for like", STUDY, ""), "partly": ("near: fits with it", "#dbe5f1", "//////"),
         "no": ("contradicts it", PAPER, "")}
_TALL = 0.14


@for_a_phone_too
def origins_against_mentions(origins: pd.DataFrame, claims: pd.DataFrame, most: int = 14,
                             retellings: pd.DataFrame | None = None, width: float = WIDTH) -> Drawing:
    """Figure 6: a mark a statement that bears on the claim, a group an origin: solid says the same, hatched is near,
    crossed contradicts. Underlined: known to be independent.

    First, and in the title, stands the claim that changed most on the way (`retellings`, by `steps.weight`);
    without one, that with the most mentions. The `most` claims with the most mentions are drawn; the rest are in the
    data.
    """
    columns = ["claim_id", "exact", "mentions", "origins", "independent", "same", "near", "contradicting", "groups"]
    exact = dict(zip(claims.claim_id, claims.exact))
    rows, groups, alike = [], {}, {}
    for claim, own in origins[origins.agrees.isin(list(_SAYS))].groupby("claim_id", sort=False):
        own = own.assign(rank=own.agrees.map(list(_SAYS).index)).sort_values(
            ["rank", "mentions"], ascending=[True, False], kind="stable")
        alike.setdefault(tuple(zip(own.statement_ids, own.agrees, own.independent)), []).append(claim)
        groups[claim] = [(int(o.mentions), o.independent == "yes", o.agrees) for o in own.itertuples()]
        rows.append([claim, exact.get(claim, ""), int(own.mentions.sum()), len(own),
                     int((own.independent == "yes").sum()), *(int((own.agrees == says).sum()) for says in _SAYS),
                     ";".join(f"{o.origin}:{o.mentions}" for o in own.itertuples())])
    changed = {} if retellings is None else weight(retellings)
    lead = min((c for c in changed if c in groups), key=changed.get, default="")
    data = pd.DataFrame(rows, columns=columns)
    data = data.assign(first=data.claim_id != lead).sort_values(
        ["first", "mentions", "claim_id"], ascending=[True, False, True], kind="stable", ignore_index=True)[columns]
    if data.empty:
        return nothing("No statement bears on a claim, so no origin stands behind any.", columns)
    top = data.iloc[0]
    worst, bare = data[data.mentions > data.origins], data[data.same == 0]
    contrary = int((data.contradicting > 0).sum())
    origins_ = f"{_come(top.mentions)} from {said_in_words(top.origins, 'origin')}"
    alt = (f"{said_in_words(top.mentions, 'mention')} of claim {top.claim_id} {origins_}, {top.independent or 'none'} "
           f"of them known to be independent: {top.same or 'none'} {_say(top.same)} the same, {top.near or 'none'} "
           f"something near, {top.contradicting or 'none'} the contrary. For {len(worst)} of "
           f"{said_in_words(len(data), 'claim')} the mentions outnumber the origins"
           + (f"; for {len(bare)} no origin says the same, like for like" if len(bare) else "")
           + (f"; {contrary} {'is' if contrary == 1 else 'are'} contradicted by an origin." if contrary else "."))
    narrow, right = width < WIDTH, width - MARGIN
    most = min(most, 8) if narrow else most
    figure = Drawing(alt, data, width)
    short = fit(top.exact, 5.2, 12, True)
    short = f"{short.rsplit(' ', 1)[0]} …" if short.endswith("…") and " " in short else short  # no word is cut
    quoted = f"“{short}”" if top.exact else top.claim_id
    says = f"{top.same or 'none'} of them {_say(top.same)} the same"
    says += f", {top.contradicting} {'contradicts' if top.contradicting == 1 else 'contradict'} it" * bool(
        top.contradicting)
    y = figure.heading(f"{said_in_words(top.mentions, 'mention')} of {quoted} {origins_}; {says}",
                       "A mark is a statement that bears on the claim, a group of marks an origin, drawn by what the "
                       "origin says. “+2”: two more claims rest on the same statements.")
    x = MARGIN
    for says, (words, *_) in _SAYS.items():
        if x + 0.2 + measure(words, 8) > right:
            x, y = MARGIN, y + 0.2
        _mentions(figure, [x], y, 0.11, says)
        figure.write(x + 0.2, y, words, 8)
        x += 0.2 + measure(words, 8) + 0.3
    if x + 2.5 > right:
        x, y = MARGIN, y + 0.2
    figure.line([x, x + 0.2], [y, y], STUDY, 1.8)
    figure.write(x + 0.28, y, "under a group: known to be independent", 8)
    y += 0.22
    # Claims that rest on the very same statements share a row.
    others = {same[0]: len(same) - 1 for same in alike.values()}
    others |= {lead: len(same) - 1 for same in alike.values() if lead in same}
    hidden = {c for same in alike.values() for c in same[lead not in same:] if c != lead}
    drawn = data[~data.claim_id.isin(hidden)]
    label, count = (0, 0) if narrow else (3.3, 1.75)
    left, shown = MARGIN + label + 0.1 * (not narrow), drawn.head(most)
    units = max(r.mentions + 0.6 * r.origins for r in shown.itertuples())
    step = min(0.19, (right - count - 0.15 - left) / units)
    row = 0.56 if narrow else 0.34
    for r in shown.itertuples():
        middle, level, x = y + row - 0.19, y + (0.2 if narrow else row / 2 - 0.02), left
        figure.write(MARGIN, level, r.claim_id + (f" +{others[r.claim_id]}" if others[r.claim_id] else ""), bold=True,
                     width=0.55 if narrow else 0.85)
        counted = f"{said_in_words(r.mentions, 'mention')}, {said_in_words(r.origins, 'origin')}"
        figure.write(right, level, counted, 7.5 if narrow else 8, ha="right")
        lines = wrap(r.exact, right - MARGIN - 0.75 - measure(counted, 7.5) if narrow else label - 0.95, 7.5,
                     most=1 if narrow else 2)
        for n, line in enumerate(lines):
            figure.write(MARGIN + (0.6 if narrow else 0.9), level + (n - (len(lines) - 1) / 2) * 0.14, line, 7.5,
                         color=MUTED)
        for mentions, independent, agrees in groups[r.claim_id]:
            begun = x
            _mentions(figure, [x + n * step for n in range(mentions)], middle, min(step * 0.74, 0.11), agrees,
                      min(0.8, step * 6))
            x += mentions * step
            if independent:
                below = middle + _TALL / 2 + 0.045
                figure.line([begun, x - step + min(step * 0.74, 0.11)], [below, below], STUDY, 1.8,
                            solid_capstyle="butt")
            x += 0.6 * step
        y += row
        figure.line([MARGIN, right], [y, y], GRID, 0.6, order=0.5)
    if len(drawn) > most:
        figure.write(MARGIN, y + 0.16, f"{len(drawn) - most} more with fewer mentions are in the table.", 8,
                     color=MUTED)
        y += 0.26
    return figure.end(y + 0.2)


def _mentions(figure: Drawing, xs: list[float], middle: float, wide: float, says: str, line: float = 0.8) -> None:
    """A mark at each x, by what their origin says of the claim."""
    _, fill, hatch = _SAYS[says]
    color, top = ACCENT if says == "no" else STUDY, middle - _TALL / 2
    figure.boxes([(x, top, wide, _TALL) for x in xs], fill, color, hatch, line)
    if says == "no":
        ends = [(x + (0, wide, math.nan, 0, wide, math.nan)[n], top + (0, _TALL, math.nan, _TALL, 0, math.nan)[n])
                for x in xs for n in range(6)]
        figure.line(*zip(*ends), color, max(line, 0.5), order=2)


def _come(n: int) -> str:
    return "comes" if n == 1 else "come"


def _say(n: int) -> str:
    return "says" if n <= 1 else "say"


_LETTERS = {"A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
            "E": "unreliable", "F": "cannot be judged"}
_DIGITS = {"1": "confirmed", "2": "probably true", "3": "possibly true", "4": "doubtful", "5": "improbable",
           "6": "cannot be judged"}


@for_a_phone_too
def admiralty_grid(grades: pd.DataFrame, claims: pd.DataFrame | None = None, most: int = 120,
                   sources: pd.DataFrame | None = None, width: float = WIDTH) -> Drawing:
    """Figure 7: claims by credibility (columns) and by their outermost source's reliability (rows); F and 6 apart.

    A row or column without claim or source is left out, and named in a line below.

    A person's grade counts before the program's ceiling and is set in bold. Sources stand at the head of their row.
    claims: gives each claim's chain; without it, or for a source without a grade, a claim stands in row F.
    sources: their names.
    """
    called = names(sources, marked=True)
    columns = ["subject", "subject_kind", "source", "reliability", "credibility", "decided_by"]
    letter = {g.subject: g.grade or g.ceiling for g in grades.itertuples() if g.subject_kind == "source"}
    chain = dict(zip(claims.claim_id, claims.chain)) if claims is not None else {}
    rows = []
    for g in grades.itertuples():
        source = g.subject if g.subject_kind == "source" else chain.get(g.subject, "").split(" > ")[-1]
        subject = named(g.subject, called) if g.subject_kind == "source" else g.subject
        rows.append([subject, g.subject_kind, named(source, called), letter.get(source, "F"), (g.grade or g.ceiling) if
                     g.subject_kind == "claim" else "", "a person" if g.grade else "ceiling"])
    data = pd.DataFrame(rows, columns=columns)
    on = data[data.subject_kind == "claim"]
    if data.empty:
        return nothing("Nothing was graded: there is no claim and no source.", columns)
    judged = on[on.credibility != "6"]
    best = min(on.credibility, default="6")
    standing = on.subject[on.credibility == best]
    above = int((data.reliability[data.subject_kind == "source"] != "F").sum())
    alt = (f"{len(judged)} of {said_in_words(len(on), 'claim')} can be judged at all; "
           + (f"the best stand at {best} ({_DIGITS[best]}): {_some(list(standing))}. " if len(judged) else "")
           + f"{above or 'none'} of {said_in_words(int((data.subject_kind == 'source').sum()), 'source')} "
           f"{'has' if above <= 1 else 'have'} a letter above F.")
    figure = Drawing(alt, data, width)
    claimed = said_in_words(len(on), "claim")
    y = figure.heading("No claim was graded" if on.empty else
                       f"All {claimed} can be judged" if len(judged) == len(on) else
                       f"{len(judged)} of {claimed} can be judged; for the rest, 6 is the honest grade",
                       "Across: credibility of the claim. Down: reliability of the source it is credited to. "
                       "Plain: the program’s ceiling, the best grade that the evidence allows. Bold: a person’s grade.")
    narrow, right = width < WIDTH, width - MARGIN
    head, gap = (0, 0.08) if narrow else (2.15, 0.14)
    inside = Counter(zip(on.reliability, on.credibility))
    across = {d: words for d, words in _DIGITS.items() if on.empty or (on.credibility == d).any()}
    down = {name: words for name, words in _LETTERS.items() if (data.reliability == name).any()}
    wide = _widths(across, inside, right - MARGIN - head - gap, 0.62 if narrow else 1.0)
    at, x = {}, MARGIN + head
    for d, words in across.items():
        x += gap if d == "6" else 0
        at[d] = x
        figure.write(x + wide[d] / 2, y + 0.08, d, 10.5, bold=True, ha="center")
        for n, line in enumerate(wrap(words, wide[d] - 0.04, 6.5 if narrow else 7.5, most=2)):
            figure.write(x + wide[d] / 2, y + 0.26 + n * 0.12, line, 6.5 if narrow else 7.5, color=MUTED, ha="center")
        x += wide[d]
    y += 0.56 if narrow else 0.42
    for name, words in down.items():
        y += gap if name == "F" else 0
        own = data.subject[(data.subject_kind == "source") & (data.reliability == name)]
        if narrow:
            figure.write(MARGIN, y + 0.13, name, 10.5, bold=True)
            figure.write(MARGIN + 0.2, y + 0.13, words, 7.5, color=MUTED)
            y = figure.paragraph(MARGIN + 0.2, y + 0.2, ", ".join(map(headed, own)), right - MARGIN - 0.2, 7.5, most=6)
            y += 0.08
        placed, tall = [], 0.36
        for d in across:
            here = on[(on.reliability == name) & (on.credibility == d)]
            x, line, room = at[d] + 0.07, y + 0.13, wide[d] - 0.14
            for g in here.head(most).itertuples():
                long = min(measure(g.subject, 7.5, True), room)
                if x + long > at[d] + wide[d] - 0.05 and x > at[d] + 0.08:
                    x, line = at[d] + 0.07, line + 0.17
                placed.append((x, line, g.subject, g.decided_by == "a person", room))
                x += long + 0.08
            if inside[name, d] > most:
                line += 0.17
                placed.append((at[d] + 0.07, line, f"+ {inside[name, d] - most} more", False, room))
            tall = max(tall, line - y + 0.13)
        if not narrow:
            shown = max(6, int((tall - 0.28) / 0.15) - 1)
            label = told_apart(list(own.head(shown)), head - 0.3, 7.5)
            listed = [*own.head(shown), *([f"and {len(own) - shown} more"] if len(own) > shown else [])]
            tall = max(tall, 0.28 + len(listed) * 0.15)
            figure.write(MARGIN, y + 0.13, name, 10.5, bold=True)
            figure.write(MARGIN + 0.2, y + 0.13, words, 7.5, color=MUTED, width=head - 0.3)
            for n, source in enumerate(listed):
                figure.write(MARGIN + 0.2, y + 0.3 + n * 0.15, headed(label.get(source, source)), 7.5)
        if placed or not across:
            for d in across:
                apart = d == "6" or name == "F"
                figure.box(at[d], y, wide[d], tall, "#f4f4f1" if apart else PAPER, RULE, line=0.6, order=0.5,
                           style=":" if apart else "-")
        else:
            figure.write(MARGIN + head + 0.07, y + 0.13, "No claim is credited to it in the text.", 7.5, color=MUTED)
        for x, line, words, bold, room in placed:
            figure.write(x, line, words, 7.5, bold=bold, color=INK, width=room)
        y += tall
    empty = [f"{kind}{'s' * (len(left) > 1)} {', '.join(left)}" for kind, left in (
        ("row", [n for n in _LETTERS if n not in down]), ("column", [d for d in _DIGITS if d not in across])) if left]
    if empty:
        y = figure.paragraph(MARGIN, y + 0.09, f"Empty, and left out: {' and '.join(empty)}.", right - MARGIN, 8,
                             color=MUTED)
    return figure.end(y + 0.25)


def _widths(across: dict, inside: Counter, room: float, least: float) -> dict[str, float]:
    """A column's width: enough for its heading (`least`), and the rest by how many claims its fullest cell holds."""
    full = {d: max((n for (_, digit), n in inside.items() if digit == d), default=0) for d in across}
    least = min(least, room / len(across))
    rest, total = room - least * len(across), sum(full.values())
    return {d: least + rest * (n / total if total else 1 / len(across)) for d, n in full.items()}


def _some(names: list[str], most: int = 6) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
