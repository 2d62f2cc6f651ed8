"""Figure 2: whom the text credits, who relayed it, and who said it first."""
import pandas as pd
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from helpers.drawing import (ACCENT, MARGIN, MUTED, PAPER, RULE, STUDY, WIDTH, Drawing, for_a_phone_too, headed, named,
                             names, nothing, parties_to, said_in_words, teller)
from helpers.lettering import told_apart, wrap

COLUMNS = ["claim_id", "credited", "through", "relay", "relay_id", "origin", "origin_id", "same_name"]
_COLUMNS = ("credited", "relay", "origin")
_HEADS = {"credited": "The text credits", "relay": "Relayed by", "origin": "Said first, in the ledger, by"}
_TALL, _HIGH, _LANE, _GAP = 0.4, 0.5, 0.04, 0.12  # inches: a box, a box on a phone, a band without a box; between them


def routes(claims: pd.DataFrame, comparisons: pd.DataFrame, retellings: pd.DataFrame, statements: pd.DataFrame,
           sources: pd.DataFrame | None = None) -> pd.DataFrame:
    """A row per claim: credited (the end of its chain), through (who stands between in the text), the statement that it
    matches (relay; empty where that is the origin itself), the origin, and same_name: whether the text credits who said
    it first (yes, no; empty where the claim could not be traced)."""
    called, parties = names(sources, marked=True), parties_to(sources)
    said = dict(zip(statements.statement_id, statements.itertuples()))
    fits = comparisons[comparisons.verdict.isin(["match", "ambiguous"])].sort_values("rank", kind="stable")
    match = {m.claim_id: m for m in fits[::-1].itertuples()}
    renamed = set(retellings.claim_id[retellings.field == "source"])
    rows = []
    for c in claims[claims.status != "rejected"].itertuples():
        chain = c.chain.split(" > ")
        m = match.get(c.claim_id)
        root = (m.root_id or m.statement_id) if m is not None else ""
        relay = m.statement_id if m is not None and m.statement_id != root else ""
        rows.append([c.claim_id, named(chain[-1], called), " > ".join(named(s, called) for s in chain[1:-1]),
                     teller(said[relay], parties) if relay in said else relay, relay,
                     teller(said[root], parties) if root in said else root, root,
                     "" if not root else "no" if c.claim_id in renamed or chain == ["author"] else "yes"])
    return pd.DataFrame(rows, columns=COLUMNS)


@for_a_phone_too
def source_graph(claims: pd.DataFrame, comparisons: pd.DataFrame, retellings: pd.DataFrame, statements: pd.DataFrame,
                 sources: pd.DataFrame | None = None, most: int = 12, width: float = WIDTH) -> Drawing:
    """Figure 2: from whom the text credits, by way of who relayed it, to who said it first; a band a claim or several.

    Solid: the source was kept (`retellings` has no change of it). Dashed: the text names somebody else, or nobody.
    Beyond `most` names a column the others share a box; those whose claims could not be traced are named in a line
    below.
    """
    data = routes(claims, comparisons, retellings, statements, sources)
    if data.empty:
        return nothing("No claim was found in the text, so there is nobody to credit.", COLUMNS)
    traced = data[data.origin_id != ""]
    lost = data[data.origin_id == ""]
    if traced.empty:
        finding = f"None of {said_in_words(len(data), 'claim')} could be followed to a statement in the ledger"
    else:
        other = int((traced.same_name == "no").sum())
        finding = f"{len(traced)} of {said_in_words(len(data), 'claim')} can be traced to who said it first; " + (
            f"{other or 'none'} of them {'bears' if other <= 1 else 'bear'} another name, or none"
            if len(traced) > 1 else "it bears another name, or none" if other else "it bears that name")
    told = [f"{', '.join(own.claim_id)}: credited to {credited}"
            + (f", relayed by {relay}" if relay else "") + f", first said by {origin}"
            for (credited, relay, origin), own in traced.groupby(["credited", "relay", "origin"], sort=False)]
    alt = "; ".join([f"{finding}. {told[0]}" if told else finding, *told[1:10]])
    figure = Drawing(alt + (f"; and {len(told) - 10} more ways." if len(told) > 10 else "."), data, width)
    y = figure.heading(finding, "Solid: the source was kept on the way. Dashed: the text credits somebody else, or "
                       "nobody. The wider, the more claims." if len(traced) else "")
    if len(traced):
        y = _draw(figure, _gathered(traced, most), y)
    if len(lost):
        count = lost.credited.value_counts()
        order = sorted(count.index, key=lambda who: (-count[who], who))
        listed = ", ".join(f"{who} ({count[who]})" for who in order[:most])
        more = f" and {said_in_words(len(order) - most, 'other')}" if len(order) > most else ""
        y = figure.paragraph(MARGIN, y + 0.06, f"Not traced: {said_in_words(len(lost), 'claim')}, credited to "
                             f"{listed}{more}.", width - 2 * MARGIN, 8, color=MUTED, most=4 if width == WIDTH else 9)
    return figure.end(y + 0.18)


def _gathered(traced: pd.DataFrame, most: int) -> pd.DataFrame:
    """The traced claims with the rarer names of each column as one."""
    traced = traced.copy()
    for column in _COLUMNS:
        count = traced.loc[traced[column] != "", column].value_counts()
        order = sorted(count.index, key=lambda who: (-count[who], who))
        if len(order) > most:
            rest = order[most - 1:]
            traced.loc[traced[column].isin(rest), column] = f"{len(rest)} others"
    return traced


def _draw(figure: Drawing, traced: pd.DataFrame, y: float) -> float:
    shown = [c for c in _COLUMNS if (traced[c] != "").any()]
    narrow = figure.wide < WIDTH
    wide = (1.1 if narrow else 2.35) if len(shown) == 3 else (1.6 if narrow else 2.9)
    high = _HIGH if narrow else _TALL
    size = 7 if narrow else 8.5
    across = {c: MARGIN + n * (figure.wide - 2 * MARGIN - wide) / (len(shown) - 1) for n, c in enumerate(shown)}
    bands = traced.groupby(["credited", "relay", "origin", "same_name"], sort=False).size().reset_index(name="claims")
    if "relay" in shown:  # a band without a relay has a place of its own in their column, so that it runs behind no box
        bands["relay"] = [b.relay or (b.credited, b.origin) for b in bands.itertuples()]
    orders = _ordered(bands, shown)
    tall = {c: sum(high + _GAP if isinstance(who, str) else _LANE + _GAP for who in orders[c]) for c in shown}
    top, middle = y + (0.4 if narrow else 0.26), {}
    for column in shown:
        figure.paragraph(across[column], y, _HEADS[column], wide + 0.1, 7 if narrow else 8, bold=True,
                         color=MUTED, most=2)
        last = column == "origin"
        label = told_apart([headed(who) for who in orders[column] if isinstance(who, str)],
                           (wide - 0.16) * (2 if narrow else 1) - 0.2 * narrow, size, last)
        at = top + (max(tall.values()) - tall[column]) / 2
        for who in orders[column]:
            deep = high if isinstance(who, str) else _LANE
            middle[column, who] = at + deep / 2
            if isinstance(who, str):
                figure.box(across[column], at, wide, deep, PAPER, STUDY if last else RULE, line=1.2 if last else 0.8,
                           order=2.5)
                lines = wrap(label[headed(who)], wide - 0.12, size, last, most=2 if narrow else 1)
                for n, line in enumerate(lines):
                    figure.write(across[column] + 0.06, at + 0.125 + 0.125 * n, line, size, bold=last)
                ids = ", ".join(traced.claim_id[traced[column] == who])
                figure.write(across[column] + 0.06, at + deep - 0.115, ids, 7 if narrow else 7.5, color=MUTED,
                             width=wide - 0.14)
            at += deep + _GAP
    for a, b in zip(shown, shown[1:]):
        steps = [((a, getattr(r, a)), (b, getattr(r, b)), r) for r in bands.itertuples()]
        begin = _ports([(one, middle[two]) for one, two, _ in steps], middle, high)
        end = _ports([(two, middle[one]) for one, two, _ in steps], middle, high)
        for (_, two, r), from_, to in zip(steps, begin, end):
            lane = not isinstance(two[1], str)
            _band(figure, across[a] + wide, from_, across[b], to, r.claims, r.same_name == "yes", wide if lane else 0)
    return top + max(tall.values())


def _ordered(bands: pd.DataFrame, shown: list[str]) -> dict[str, list]:
    """Who stands where in each column: by the mean place of whom it is joined to (Sugiyama et al. 1981), a few turns."""
    orders = {c: list(dict.fromkeys(bands[c])) for c in shown}
    for _ in range(4):
        for column, by in (("origin", ("credited",)), ("credited", ("origin",)), ("relay", ("credited", "origin"))):
            if column not in shown:
                continue
            rank = {c: {who: n / len(orders[c]) for n, who in enumerate(orders[c])} for c in by}
            joined: dict = {}
            for b in bands.itertuples():
                joined.setdefault(getattr(b, column), []).extend(rank[c][getattr(b, c)] for c in by)
            orders[column] = sorted(orders[column], key=lambda who: sum(joined[who]) / len(joined[who]))
    return orders


def _ports(ends: list[tuple], middle: dict, high: float) -> list[float]:
    """The height at which each band meets its box: side by side, in the order of where their other ends lie."""
    met: dict = {}
    for n, (box, other) in sorted(enumerate(ends), key=lambda e: e[1][1]):
        met.setdefault(box, []).append(n)
    found = [0.0] * len(ends)
    for box, own in met.items():
        apart = min(0.12, (high - 0.1) / len(own))
        for k, n in enumerate(own):
            found[n] = middle[box] + (k - (len(own) - 1) / 2) * apart
    return found


def _band(figure: Drawing, x: float, y: float, to_x: float, to_y: float, claims: int, same: bool, on: float) -> None:
    """A curve from box to box, as wide as it carries claims; `on`: how far it goes on level, where it meets no box."""
    color, bend = STUDY if same else ACCENT, (to_x - x) / 2
    points = [(x, y), (x + bend, y), (to_x - bend, to_y), (to_x, to_y), (to_x + on, to_y)]
    codes = [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4, Path.LINETO]
    figure.add(figure.artists, PathPatch(Path(points, codes), facecolor="none", edgecolor=color, zorder=1.5,
                                         capstyle="butt", linewidth=min(0.7 + 0.8 * claims, 6),
                                         linestyle="-" if same else (0, (3, 1.2))))
    if not on:
        figure.mark(to_x - 0.05, to_y, ">", 4.5, color)
