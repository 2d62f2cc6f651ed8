"""Figure 5: what changed on the way, field by field: the root, the relays and the text as columns."""
import pandas as pd

from helpers.drawing import (ACCENT, GRID, INK, MARGIN, MUTED, RULE, STUDY, WIDTH, Drawing, for_a_phone_too, headed,
                             named, names, nothing, parties_to, said_in_words, short_day)
from helpers.drawing import teller as who
from helpers.lettering import fit, measure, wrap
from helpers.tellings import amount, span_of

FIELDS = ("measure", "bound", "magnitude", "rate", "period", "population", "place", "stance", "source", "hedge")
SIGN = {"stronger": "▲ stronger", "weaker": "▼ weaker", "other": "◆ changed"}
RELAYED = "a relay is presented as the origin"  # as `drift.source` notes it
HELD = {"assert": "an assertion", "predict": "a prediction", "confirm": "a confirmation", "deny": "a denial",
        "evade": "an evasion", "no_comment": "“no comment”", "correct": "a correction"}
COLUMNS = ["claim_id", "step", "teller_id", "teller", "day", "field", "value", "changed", "direction"]


def tellings(retellings: pd.DataFrame, claims: pd.DataFrame, statements: pd.DataFrame,
             quantities: pd.DataFrame | None = None, comparisons: pd.DataFrame | None = None,
             sources: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every telling of each drifted claim, field by field: the root (step 0), its relays, the text last.

    changed: yes where this telling differs from the one before. A field that the text does not state and that did not
    change is empty. comparisons: shows relays that changed nothing on the last step; without it they may be missing.
    """
    said = dict(zip(statements.statement_id, statements.itertuples()))
    claim_of = dict(zip(claims.claim_id, claims.itertuples()))
    matched = {} if comparisons is None else {
        c.claim_id: c.statement_id for c in comparisons[comparisons.verdict.isin(["match", "ambiguous"])]
        .sort_values("rank", ascending=False, kind="stable").itertuples()}
    called, parties, rows = names(sources, marked=True), parties_to(sources), []
    for claim_id, own in retellings.groupby("claim_id", sort=True):
        root = own.root_id.iloc[0]
        steps = own[own.step > 0].sort_values("step", kind="stable")
        changed = {(r.to_id, r.field): r for r in steps.itertuples()}
        last = [r.from_id for r in steps.itertuples() if r.to_id == claim_id] + [r.to_id for r in steps.itertuples()
                                                                               if r.to_id != claim_id][::-1]
        way = _way(last[0] if last else matched.get(claim_id, root), root, said)
        for n, teller in enumerate([*way, claim_id]):
            value = _claim_values(claim_of.get(claim_id), claim_id, quantities, said.get(way[-1])) \
                if teller == claim_id else _statement_values(said.get(teller))
            name = "this text" if teller == claim_id else who(said[teller], parties) if teller in said else teller
            day = said[teller].said_on if teller in said else ""
            for field in FIELDS:
                change = changed.get((teller, field))
                rows.append([claim_id, n, teller, name, day, field, change.new if change else value.get(field, ""),
                             "yes" if change else "no", change.direction if change else ""])
            for (to, field), change in changed.items():
                # What the root or a relay said, where the ledger's row has no such column (its hedge, its source).
                if n + 1 < len(way) + 1 and to == [*way, claim_id][n + 1]:
                    at = len(rows) - len(FIELDS) + FIELDS.index(field)
                    rows[at][6] = rows[at][6] or change.old
    data = pd.DataFrame(rows, columns=COLUMNS)
    data["value"] = [named(v, called) if f == "source" and v else v for f, v in zip(data.field, data.value)]
    told = data.groupby(["claim_id", "field"]).value.transform(lambda v: (v != "").any())
    return data[told & data.field.isin(FIELDS)].reset_index(drop=True) if len(data) else data


def _way(last: str, root: str, said: dict) -> list[str]:
    """Statement ids from the root to the last relay, along `retells`."""
    way = [last]
    while way[-1] != root and way[-1] in said and said[way[-1]].retells and said[way[-1]].retells not in way:
        way.append(said[way[-1]].retells)
    return way[::-1] if way[-1] == root else list(dict.fromkeys([root, last]))


def _statement_values(s) -> dict:
    if s is None:
        return {}
    return {"measure": s.measure, "bound": s.bound, "magnitude": amount(s), "rate": s.rate, "period": span_of(s),
            "population": s.population, "place": s.place, "stance": s.stance, "source": s.source}


def _claim_values(c, claim_id: str, quantities, relayed) -> dict:
    """What the text itself says, from its own tables; stance and source only where they changed.

    Of several numbers the one that is counted as the relayed one is, and lies nearest to it.
    """
    if c is None:
        return {}
    value = {"measure": c.measure, "population": c.population, "place": c.place, "hedge": c.hedges,
             "source": c.chain.split(" > ")[-1]}
    own = quantities[quantities.claim_id == claim_id] if quantities is not None else []
    if len(own):
        rate, number = (relayed.rate, relayed.low) if relayed else ("", float("nan"))
        q = min(own.itertuples(), key=lambda q: (q.rate != rate, not abs(q.low - number) >= 0, abs(q.low - number)))
        value |= {"bound": q.bound, "magnitude": amount(q), "rate": q.rate, "period": span_of(q)}
    return value


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
    told = {own[0]: "; ".join(change_in_words(r, called) for r in _whole(net, own[0])) for own in blocks}
    alt = " ".join(f"{', '.join(own)}: {told[own[0]]}." for own in blocks[:most + lines] if told[own[0]])
    alt = f"{said_in_words(net.claim_id.nunique(), 'claim')} changed on the way into the text. {alt}"
    figure = Drawing(alt, data, width)
    leading = [rows[0] for own in blocks if _rank(rows := _whole(net, own[0])) == 0] or _whole(net, blocks[0][0])
    title = ", and ".join(list(dict.fromkeys(change_in_words(r, called) for r in leading))[:2])
    y = figure.heading(f"{title[0].upper()}{title[1:]} on the way; {said_in_words(net.claim_id.nunique(), 'claim')} "
                       "changed" if net.claim_id.nunique() > 1 else f"{title[0].upper()}{title[1:]} on the way",
                       "Left to right: who said it first, who relayed it, this text. Outlined: what the comparison "
                       "counts as changed.")
    exact = dict(zip(claims.claim_id, claims.exact))
    fits = _fitting(comparisons)
    full = [own for n, own in enumerate(blocks) if n == 0 or _rank(_whole(net, own[0])) < 2][:most]
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


def of_the_whole_way(retellings: pd.DataFrame) -> pd.DataFrame:
    """The rows that compare a claim with its root (step 0), or all where a table has none."""
    net = retellings[retellings.step == 0]
    return net if len(net) else retellings


def _whole(net: pd.DataFrame, claim: str) -> list:
    """The changes of one claim, those that matter most first. A number is read with its bound: one change, not two."""
    own = net[net.claim_id == claim]
    own = own[own.field != "bound"] if (own.field == "magnitude").any() else own
    return sorted(own.itertuples(), key=lambda r: (_matters(r), FIELDS.index(r.field)))


def _matters(r) -> int:
    if r.field in ("measure", "stance") and r.direction == "stronger":
        return 0
    return 1 if r.field in ("magnitude", "bound") else 2 if r.note == RELAYED else 3


def _rank(rows: list) -> int:
    return min(map(_matters, rows), default=9)


def weight(retellings: pd.DataFrame) -> dict[str, tuple]:
    """claim_id -> what it sorts by: a stronger measure or stance first, then another number, then a relay presented as
    the origin, then the rest; among those the most changes first."""
    rows = {c: list(own.itertuples()) for c, own in of_the_whole_way(retellings).groupby("claim_id")}
    return {c: (_rank(own), -len(own), c) for c, own in rows.items()}


def alike(retellings: pd.DataFrame) -> list[list[str]]:
    """The drifted claims in the order of `weight`; those with one root that changed in the same way stand together."""
    order, found = weight(retellings), {}
    told = {c: tuple(sorted((r.root_id, r.step, r.field, r.old, r.new, r.direction, r.from_id,
                             r.to_id if r.to_id != c else "") for r in own.itertuples()))
            for c, own in retellings.groupby("claim_id")}
    for claim in sorted(order, key=order.get):
        found.setdefault(told[claim], []).append(claim)
    return list(found.values())


def change_in_words(r, called: dict[str, str]) -> str:
    """One row of `retellings` as a clause: “killed or wounded” became “killed”; “likely” was dropped."""
    if r.field == "source":
        return f"what {named(r.old, called)} said is credited to {named(r.new, called)}"
    if r.field == "stance" and r.old in HELD and r.new in HELD:
        return f"{HELD[r.old]} became {HELD[r.new]}"
    old, new = (f"“{_plain(v)}”" for v in (r.old, r.new))
    what = f"the {'number' if r.field == 'magnitude' else r.field} "
    if "none" in (r.old, r.new):
        return f"{what}{old} was dropped" if r.new == "none" else f"{what}{new} was added"
    return f"{'' if r.field in ('measure', 'hedge') else what}{old} became {new}"


def _fitting(comparisons: pd.DataFrame | None) -> dict[str, list[str]]:
    """claim_id -> the statements that it could relay equally well."""
    if comparisons is None:
        return {}
    equal = comparisons[comparisons.verdict == "ambiguous"]
    return {c: list(own.statement_id) for c, own in equal.groupby("claim_id")}


def _plain(value: str) -> str:
    return value.replace("_", " ")


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
            heads[-1] = figure.paragraph(x + 0.08, heads[-1], below, wide - 0.14, 7 if narrow else 7.5, color=MUTED, most=2)
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
                figure.box(x, y + 0.03, wide - (0.08 if narrow else 0.16), tall - 0.06, "#fdf1eb", ACCENT, line=1.5, order=0.8)
                figure.write(x + 0.08, y + tall - 0.12, fit(SIGN[c.direction], wide - 0.3, 7), 7, color=ACCENT)
            for i, line in enumerate(words):
                figure.write(x + 0.08, y + 0.15 + i * 0.168, line, size, bold=new, color=INK if new else MUTED)
        y += tall
    return y + 0.16


def plain(field: str, value: str) -> str:
    """A field's value as one reads it; what a retelling lost or never had is said in words."""
    return {"none": "no hedge" if field == "hedge" else "not stated"}.get(value, _plain(value))
