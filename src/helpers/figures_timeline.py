"""Figure 4: who asserted, denied, evaded and confirmed, and when."""
import datetime

import pandas as pd

from helpers.drawing import (ACCENT, INK, MARGIN, MUTED, PAPER, PARTY, RULE, STUDY, WIDTH, Drawing, for_a_phone_too,
                             headed, nothing, said_in_words, short_day)
from helpers.lettering import fit, measure, told_apart

# stance -> (glyph, colour, filled, words)
STANCES = {"assert": ("o", INK, True, "asserts"), "predict": (">", MUTED, False, "predicts"),
           "confirm": ("s", STUDY, True, "confirms"), "correct": ("v", STUDY, False, "corrects itself"),
           "deny": ("X", ACCENT, True, "denies"),
           "evade": ("D", ACCENT, False, "evades"), "no_comment": ("D", ACCENT, False, "no comment")}
OUTLETS = ("wire", "outlet", "aggregator")  # kinds of source that pass on what others say, unless a family speaks there
_TRACKS, _APART, _RISE = 4, 0.115, 0.12  # rows of marks in a lane; inches between two marks, and between two rows


@for_a_phone_too
def statement_timeline(statements: pd.DataFrame, sources: pd.DataFrame, published: str = "", as_of: str = "",
                       most: int = 12, width: float = WIDTH) -> Drawing:
    """Figure 4: who held what, and when. A lane an actor (origin family, else source), rules at both dates.

    Actors who denied, evaded or confirmed come first, then those who spoke most; outlets stand apart below, in grey:
    a silence that they report is not theirs. Beyond `most` lanes the others share one; beyond four rows of marks
    what has no room in a lane is counted, assertions first.
    """
    by_name = {n.casefold(): s for s in sources.itertuples() for n in (s.source_id, s.name, *s.aliases.split(";")) if n}
    family_name = {s.origin_family: s.name for s in reversed(list(sources.itertuples()))}  # that of its first source
    parties, rows = set(), []
    for s in statements.itertuples():
        known = by_name.get(str(getattr(s, "source_id", s.source)).casefold()) or by_name.get(s.source.casefold())
        family = known.origin_family if known else ""
        actor = family_name[family] if family else known.name if known else s.source
        if known and known.party_to_event == "yes":
            parties.add(actor)
        passes_on = known.kind in OUTLETS and not family if known else s.origin_type.startswith("media")
        rows.append([actor, "yes" if passes_on else "no", s.said_on, s.stance, s.measure, s.population, s.statement_id,
                     s.source])
    columns = ["actor", "outlet", "said_on", "stance", "measure", "population", "statement_id", "source"]
    data = pd.DataFrame(rows, columns=columns).sort_values(["said_on", "statement_id"], kind="stable")
    if data.empty:
        return nothing("The ledger holds no statement on what the text claims.", columns)
    turned, denying = _turned(data[data.outlet == "no"])
    back = list(dict.fromkeys(actor for actor, *_ in turned))
    when = "confirmed only after the text" if published and all(day > published for *_, day in turned) else \
        "later confirmed"
    count = said_in_words(len(data), "statement")
    finding = ("; ".join(w for _, w, _ in turned) + "." if turned else
               f"{_and(denying)} denied or evaded and never confirmed." if denying
               else "Nobody in the ledger denied or evaded in their own name.")
    alt = (f"{finding} {count} by {said_in_words(data.actor.nunique(), 'actor')}, "
           f"{short_day(data.said_on.iloc[0])} to {short_day(data.said_on.iloc[-1])}.")
    if published:
        alt += f" {said_in_words(int((data.said_on > published).sum()), 'statement')} came after the text."
    figure = Drawing(alt, data.reset_index(drop=True), width)
    y = figure.heading(f"{_and(back)} denied or evaded, and {when}" if back else finding.rstrip("."),
                       "A lane an actor, a mark a statement; “+2”: two more there. Grey, below: outlets that "
                       "tell what others said, or would not say.")
    narrow, edge = width < WIDTH, width - MARGIN
    x, held = MARGIN, set(data.stance)
    for stance, (glyph, color, filled, words) in STANCES.items():
        if stance != "no_comment" and (stance in held or (stance == "evade" and "no_comment" in held)):
            words = "evades or gives no comment" if stance == "evade" else words
            if x + 0.2 + measure(words, 8) > edge:
                x, y = MARGIN, y + 0.2
            figure.mark(x + 0.07, y, glyph, 6, color, color if filled else PAPER)
            figure.write(x + 0.2, y, words, 8)
            x += 0.2 + measure(words, 8) + 0.3
    y += 0.2
    left, right = MARGIN + (0.08 if narrow else 2.3), edge - 0.12
    days = [datetime.date.fromisoformat(d).toordinal() for d in [*data.said_on, *(d for d in (published, as_of) if d)]]
    first, last = min(days), max(days)
    pad = max(3, (last - first) * 0.02)
    scale = (right - left) / (last - first + 2 * pad)

    def at(day: str) -> float:
        return left + (datetime.date.fromisoformat(day).toordinal() - first + pad) * scale

    rules = _rules(figure, y, at, left, right, published, as_of)
    y += 0.2 * (1 + max((r[1] for r in rules), default=0)) + 0.06 if rules else 0.1
    top = y
    lanes = _lanes(data, back, most)
    called = {actor: headed(actor) + PARTY * (actor in parties) for actor, _, _ in lanes}
    label = told_apart(list(called.values()), edge - MARGIN if narrow else 2.2, 8)
    for n, (actor, own, outlet) in enumerate(lanes):
        if outlet and (n == 0 or not lanes[n - 1][2]):
            figure.line([MARGIN, edge], [y + 0.04] * 2, RULE, 0.9)
            figure.box(MARGIN, y + 0.12, measure("Outlets, relaying others", 8, True) + 0.04, 0.14, PAPER, order=2.2)
            figure.write(MARGIN, y + 0.19, "Outlets, relaying others", 8, bold=True, color=MUTED)
            y += 0.34
        tracks, marks, more = _placed([(at(s.said_on), s.stance) for s in own.itertuples()])
        tall = max(0.25, 0.14 + _RISE * (tracks + bool(more)))
        above = 0.2 if narrow else 0
        if n % 2 == 0:
            figure.box(MARGIN - 0.08, y, edge - MARGIN + 0.16, tall + above, "#f6f6f3", order=0.2)
        at_level, lettered = (y + 0.13, y + above) if narrow else (y + tall / 2, y)
        if narrow:  # the rules go behind the name
            figure.box(MARGIN, at_level - 0.07, measure(label[called[actor]], 8) + 0.04, 0.14,
                       "#f6f6f3" if n % 2 == 0 else PAPER, order=2.2)
        figure.write(MARGIN, at_level, label[called[actor]], 8, color=MUTED if outlet else INK)
        y = lettered
        for x, track, stance in marks:
            glyph, color, filled, _ = STANCES[stance]
            color = MUTED if outlet else color
            level = y + tall / 2 + (track - (tracks + bool(more) - 1) / 2) * _RISE
            own_mark = stance not in ("assert", "predict")
            figure.mark(x, level, glyph, 6 if own_mark else 4.6, color, color if filled else PAPER,
                        order=4 if own_mark else 3)
        for x, count in more:
            wide = measure(f"+{count}", 7)
            figure.box(x - wide / 2 - 0.02, y + tall - 0.16, wide + 0.04, 0.13, PAPER, order=2.5)
            figure.write(x, y + tall - 0.1, f"+{count}", 7, color=MUTED, ha="center")
        y += tall
    for x, _, style in rules:
        figure.line([x, x], [top - 0.05, y], STUDY if style == "-" else MUTED, 1.1, style, order=2)
    for x, words in _months(first, last, at, 4 if narrow else 8):
        figure.line([x, x], [top, y], "#dededa", 0.6, order=0.3)
        if left <= x and x + measure(words, 7) < width - 0.05:
            figure.write(x, y + 0.12, words, 7, color=MUTED)
    return figure.end(y + 0.35)


def _lanes(data: pd.DataFrame, back: list[str], most: int) -> list[tuple[str, pd.DataFrame, bool]]:
    """(name, its statements, whether they are outlets') of each lane: actors first, a third for outlets."""
    found = []
    kinds = {outlet: data[data.outlet == outlet] for outlet in ("no", "yes")}
    third = most // 3
    room = {"yes": third if len(kinds["no"]) else most, "no": most - third if len(kinds["yes"]) else most}
    for outlet, held in kinds.items():
        groups = sorted(held.groupby("actor", sort=False), key=lambda g: (
            g[0] not in back, outlet == "no" and not g[1].stance.isin(["deny", "evade", "no_comment"]).any(),
            "confirm" not in set(g[1].stance), -len(g[1]), g[0]))
        if len(groups) > room[outlet]:
            rest = groups[room[outlet] - 1:]
            shared = pd.concat([own for _, own in rest]).sort_values(["said_on", "statement_id"], kind="stable")
            groups = [*groups[:room[outlet] - 1],
                      (f"{len(rest)} other {'outlets' if outlet == 'yes' else 'actors'}", shared)]
        found += [(actor, own, outlet == "yes") for actor, own in groups]
    return found


def _placed(marks: list[tuple[float, str]]) -> tuple[int, list[tuple[float, int, str]], list[tuple[float, int]]]:
    """(rows, (x, row, stance) of each mark, (x, how many) of those without room): no two marks lie on each other.

    What was denied, evaded or confirmed is placed first; only what is left over is counted.
    """
    taken: list[list[float]] = []
    placed, over = [], []
    for x, stance in sorted(marks, key=lambda m: (m[1] in ("assert", "predict"), m[0])):
        row = next((t for t, xs in enumerate(taken) if all(abs(x - o) > _APART for o in xs)), len(taken))
        if row == _TRACKS:
            over.append(x)
            continue
        taken[row:row + 1] = [[*(taken[row] if row < len(taken) else []), x]]
        placed.append((x, row, stance))
    counted: list[list[float]] = []
    for x in sorted(over):
        if counted and x - counted[-1][0] < 0.4:
            counted[-1].append(x)
        else:
            counted.append([x])
    return len(taken), placed, [(xs[0], len(xs)) for xs in counted]


def _turned(data: pd.DataFrame) -> tuple[list[tuple[str, str, str]], list[str]]:
    """(actor, in words, day confirmed) for each who denied or evaded and later confirmed the same; and who denied and never did."""
    turned, denying = [], []
    held = data[data.stance.isin(["deny", "evade", "no_comment", "confirm"])]
    for (actor, thing, _), own in held.groupby(["actor", "measure", "population"], sort=False):
        refused, confirmed = own[own.stance != "confirm"], own[own.stance == "confirm"]
        if refused.empty:
            continue
        later = confirmed[confirmed.said_on > refused.said_on.iloc[0]]
        if len(later):
            turned.append((actor, f"{actor} denied or evaded from {short_day(refused.said_on.iloc[0])} and confirmed "
                          f"on {short_day(later.said_on.iloc[0])} ({thing.replace('_', ' ')})", later.said_on.iloc[0]))
        elif actor not in denying:
            denying.append(actor)
    return turned[:3], denying


def _and(names: list[str], most: int = 3) -> str:
    shown = [fit(n, 3, 12, True, name=True) for n in names[:most]]
    shown += [f"{len(names) - most} more"] if len(names) > most else []
    return " and ".join([", ".join(shown[:-1])] * (len(shown) > 1) + shown[-1:])


def _rules(figure, y, at, left, right, published, as_of) -> list[tuple]:
    """(x, row of the label, style) of the rules; labels that would meet stand one above the other."""
    found = []
    for day, words, style in ((published, "text published", "-"), (as_of, "evidence up to", "--")):
        if day:
            words = f"{words} {short_day(day)}"
            wide, x = measure(words, 7.5, True), at(day)
            start = min(max(x - wide / 2, left), right + 0.1 - wide)
            row = int(bool(found))
            figure.write(start, y + 0.1 + 0.2 * row, words, 7.5, bold=True, color=STUDY if style == "-" else MUTED)
            found.append((x, row, style))
    return found


def _months(first: int, last: int, at, most: int) -> list[tuple[float, str]]:
    """Ticks on the first of a month, as many as have room: (x, words)."""
    months = (last - first) / 30.4
    step = next((s for s in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200) if months / s <= most), 2400)
    day = datetime.date.fromordinal(first).replace(day=1)
    ticks = []
    while day.toordinal() <= last:
        due = (day.month - 1) % min(step, 12) == 0 and (step <= 12 or day.year % (step // 12) == 0)
        if due and day.toordinal() >= first:
            ticks.append((at(day.isoformat()), short_day(day.isoformat())[2:] if step < 12 else str(day.year)))
        if (day.year, day.month) == (9999, 12):
            break
        day = (day + datetime.timedelta(days=32)).replace(day=1)
    return ticks
