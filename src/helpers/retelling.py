"""Drift: what changed, field by field, between the first speaker and this page.

A *retelling* says a statement again. A field has *drifted* if both tellings state it and state it differently, or if
something that qualifies the number or the claim (its bound, its hedge, its period, who vouches) was dropped or added.
What one side merely leaves blank (a place, a population) is unknown, not changed; nor is a total to date that is told
again at a later date a change of period.
"""
from collections.abc import Iterable

import pandas as pd

from helpers import measures, tables
from helpers.ledger import DENYING, Evidence
from helpers.likeness import bound, members, numbered, periods, places, point
from helpers.matching import AUTHOR, Scoped

# From the least to the most that is claimed by the same number.
BOUND_FORCE = {"under": 0, "about": 1, "about_or_over": 1, "exact": 2, "over": 3}
STANCE_FORCE = {"predict": 0, "assert": 1, "correct": 1, "confirm": 2}
RELAY_AS_ORIGIN = "a relay is presented as the origin"
DENIAL_FORCE = {stance: i for i, stance in enumerate(DENYING)}


def changes(old, new) -> list[dict]:
    """The drifted fields from one telling to the next, as dicts of field, old, new, direction and note.

    old, new: rows of the ledger, or `matching.Scoped` claims. `source` is left to `credited`: a relay's row does not
    say on whose word it puts the number, other than by `retells`.
    """
    found = []

    def changed(field, a, b, direction="other", note=""):
        found.append({"field": field, "old": a or "none", "new": b or "none", "direction": direction, "note": note})

    if measures.relation(old.measure, new.measure) in ("near", "differs"):
        changed("measure", old.measure, new.measure, measures.direction(old.measure, new.measure))
    if members(old.population, new.population) in ("contained", "differs"):
        changed("population", old.population, new.population)
    if places(old.place, new.place) == "differs":
        changed("place", old.place, new.place)
    if numbered(old) and numbered(new):
        if bound(old) != bound(new):
            changed("bound", old.bound, new.bound, _force(BOUND_FORCE, bound(old), bound(new)))
        if point(old) != point(new):
            changed("magnitude", amount(old), amount(new), "stronger" if point(new) > point(old) else "weaker")
        if old.rate != new.rate:
            changed("rate", old.rate, new.rate)
        if old.period_start and old.period_end and not new.period_end:
            changed("period", span_of(old), new.period, note="the period was dropped")
        elif (old.period_start or new.period_start) and periods(old, new) in ("contained", "differs"):
            changed("period", span_of(old), span_of(new))
    if old.stance != new.stance and (old.stance, new.stance) != ("confirm", "assert"):
        order = DENIAL_FORCE if {old.stance, new.stance} <= DENIAL_FORCE.keys() else STANCE_FORCE
        changed("stance", old.stance, new.stance, _force(order, old.stance, new.stance))
    if (hedges := _hedges(old)) and not _hedges(new):
        changed("hedge", ", ".join(hedges), "", "stronger", "the hedge was dropped")
    return found


def credited(claim: Scoped, way: list[str], evidence: Evidence) -> list[dict]:
    """The source drift of the text itself: whom it credits, against the root and the relays of the way."""
    sources = [evidence.statements[s].source_id for s in way]
    families = [evidence.family.get(s, "") for s in sources]
    if claim.source_id == sources[0] or (claim.family and claim.family == families[0]):
        return []
    if claim.source_id in sources or (claim.family and claim.family in families):
        note = RELAY_AS_ORIGIN
    elif claim.stance in DENYING:
        return []  # the text names the actor whose position it is, and an outlet told it: no other origin is claimed
    elif claim.source_id == AUTHOR:
        note = "told in the author's own voice"
    else:
        note = "another source is named" if claim.family else "the source is no longer named"
    return [{"field": "source", "old": sources[0], "new": claim.source_id, "direction": "other", "note": note}]


def trace(claims: Iterable[Scoped], evidence: Evidence, best: dict[str, str]) -> pd.DataFrame:
    """The table `retellings`: per claim, what changed on each step from the root to the text, and over the whole way.

    best: claim_id -> statement_id, from `matching.best`. Steps count from 1; step 0 is the net change, root to claim.
    """
    return tables.frame("retellings", [row for c in claims if c.claim_id in best
                                       for row in drift(c, evidence.way(best[c.claim_id]), evidence)])


def drift(claim: Scoped, way: list[str], evidence: Evidence) -> list[dict]:
    """The rows of `retellings` of one claim, along statements from a root to the one that the claim relays."""
    tellings = [(s, evidence.statements[s]) for s in way] + [(claim.claim_id, claim)]
    pairs = [(0, tellings[0], tellings[-1]), *((n, a, b) for n, (a, b) in enumerate(zip(tellings, tellings[1:]), 1))]
    sourced = credited(claim, way, evidence)
    return [{"claim_id": claim.claim_id, "step": step, "from_id": a, "to_id": b, "root_id": way[0], **change}
            for step, (a, old), (b, new) in pairs for change in changes(old, new) + (sourced if new is claim else [])]


def steps(claim: Scoped, statement_id: str, evidence: Evidence, retellings: pd.DataFrame) -> pd.DataFrame:
    """One claim's way from the root, to read: columns said by, day, measure, number, what changed; a row a telling."""
    changed = retellings[(retellings.claim_id == claim.claim_id) & (retellings.step > 0)]
    told = {to: "; ".join(f"{r.field}: {r.old} → {r.new}" + (f" ({r.direction})" if r.direction != "other" else "")
                          for r in rows.itertuples()) for to, rows in changed.groupby("to_id")}
    rows = [(f"{evidence.called[s.source_id]} ({s.statement_id})", s.said_on, s.measure, amount(s), s.statement_id)
            for s in map(evidence.statements.get, evidence.way(statement_id))]
    rows.append((f"this text ({claim.claim_id})", "", claim.measure, amount(claim), claim.claim_id))
    return pd.DataFrame([(*r[:4], told.get(r[4], "")) for r in rows],
                        columns=["said by", "day", "measure", "number", "what changed"])


def amount(row) -> str:
    """A number with its bound, as one reads it: 'over 1,000', 'about 11,000', '24 to 99'; empty where there is none."""
    if not numbered(row):
        return ""
    if row.low < row.high:
        return f"{row.low:,.10g} to {row.high:,.10g}"
    words = {"": "", "exact": "", "at_least": "at least ", "at_most": "at most ", "mean": "a mean of ",
             "about_or_over": "about or over ", "between": ""}
    return words.get(row.bound, f"{row.bound} ") + f"{point(row):,.10g}"


def span_of(row) -> str:
    return f"{row.period_start or '…'} to {row.period_end}" if row.period_end else row.period


def _hedges(row) -> list[str]:
    return ["as the text has it"] if getattr(row, "hedged", False) else measures.hedges_in(getattr(row, "qualifier", ""))


def _force(order: dict, old: str, new: str) -> str:
    if old not in order or new not in order or order[old] == order[new]:
        return "other"
    return "stronger" if order[new] > order[old] else "weaker"
