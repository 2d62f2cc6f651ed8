"""Every telling of a claim that changed, from its root to the text; which change matters most; each change in words."""
import pandas as pd

from helpers import tables
from helpers.drawing import named, names, parties_to
from helpers.drawing import teller as who
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
    for claim_id, own in sorted(tables.rows_by("claim_id", retellings).items()):
        root = own[0].root_id
        steps = sorted((r for r in own if r.step > 0), key=lambda r: r.step)
        changed = {(r.to_id, r.field): r for r in steps}
        last = [r.from_id for r in steps if r.to_id == claim_id] + [r.to_id for r in steps if r.to_id != claim_id][::-1]
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
    told = {(claim, field) for claim, *_, field, value, _, _ in rows if value}
    return pd.DataFrame([(*row[:6], named(row[6], called) if row[5] == "source" and row[6] else row[6], *row[7:])
                         for row in rows if (row[0], row[5]) in told], columns=COLUMNS)


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


def of_the_whole_way(retellings: pd.DataFrame) -> pd.DataFrame:
    """The rows that compare a claim with its root (step 0), or all where a table has none."""
    net = retellings[retellings.step == 0]
    return net if len(net) else retellings


def changes_of(net: pd.DataFrame, claim: str) -> list:
    """The changes of one claim, those that matter most first. A number is read with its bound: one change, not two."""
    own = net[net.claim_id == claim]
    own = own[own.field != "bound"] if (own.field == "magnitude").any() else own
    return sorted(own.itertuples(), key=lambda r: (_matters(r), FIELDS.index(r.field)))


def _matters(r) -> int:
    if r.field in ("measure", "stance") and r.direction == "stronger":
        return 0
    return 1 if r.field in ("magnitude", "bound") else 2 if r.note == RELAYED else 3


def rank(rows: list) -> int:
    """How much the weightiest of some changes matters: 0 a stronger measure or stance, 1 a number, ... 9 none."""
    return min(map(_matters, rows), default=9)


def weight(retellings: pd.DataFrame) -> dict[str, tuple]:
    """claim_id -> what it sorts by: a stronger measure or stance first, then another number, then a relay presented as
    the origin, then the rest; among those the most changes first."""
    rows = tables.rows_by("claim_id", of_the_whole_way(retellings))
    return {c: (rank(own), -len(own), c) for c, own in rows.items()}


def alike(retellings: pd.DataFrame) -> list[list[str]]:
    """The drifted claims in the order of `weight`; those with one root that changed in the same way stand together."""
    order, found = weight(retellings), {}
    told = {c: tuple(sorted((r.root_id, r.step, r.field, r.old, r.new, r.direction, r.from_id,
                             r.to_id if r.to_id != c else "") for r in own))
            for c, own in tables.rows_by("claim_id", retellings).items()}
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


def plain(field: str, value: str) -> str:
    """A field's value as one reads it; what a retelling lost or never had is said in words."""
    return {"none": "no hedge" if field == "hedge" else "not stated"}.get(value, _plain(value))


def _plain(value: str) -> str:
    return value.replace("_", " ")
