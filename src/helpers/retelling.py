"""Retellings: a statement is said again, and each of its fields is kept or changes on the way (`drift`).

Followed here are the chains of the ledger, step by step along `retells`, and each claim of the text back to its root.
"""
from collections.abc import Iterable, Iterator

import pandas as pd

from helpers import positions, tables
from helpers.drift import changes, fields
from helpers.ledger import DENYING, Evidence
from helpers.matching import Scoped
from helpers.tellings import amount
from helpers.whose import Way


def trace(claims: Iterable[Scoped], evidence: Evidence, best: dict[str, str]) -> pd.DataFrame:
    """The table `retellings`: per claim, what changed on each step from the root to the text, and over the whole way.

    best: claim_id -> statement_id, from `matching.best`. Steps count from 1; step 0 is the net change, root to claim.
    """
    return tables.frame("retellings", [row for c in claims if c.claim_id in best
                                       for row in drift(c, evidence.way(best[c.claim_id]), evidence)])


def drift(claim: Scoped, way: list[str], evidence: Evidence) -> list[dict]:
    """The rows of `retellings` of one claim, along statements from a root to the one that the claim relays."""
    tellings = [(s, evidence.statements[s]) for s in way] + [(claim.claim_id, claim)]
    steps = [(0, tellings[0], tellings[-1]), *((n, a, b) for n, (a, b) in enumerate(zip(tellings, tellings[1:]), 1))]
    way_to = _way(way, evidence)
    rows = [{"claim_id": claim.claim_id, "step": step, "from_id": a, "to_id": b, "root_id": way[0], **change}
            for step, (a, old), (b, new) in steps for change in changes(old, new, way_to)]
    return [_since_when(r, claim, evidence) if r["to_id"] == claim.claim_id else r for r in rows]


def _since_when(change: dict, claim: Scoped, evidence: Evidence) -> dict:
    """A change, and where silence became a denial, the denials that the same actor had made before: the text may be right of
    an earlier day."""
    if change["field"] != "stance" or claim.stance != "deny" or change["old"] not in DENYING:
        return change
    told = evidence.statements[change["from_id"]]
    before = [s.statement_id for actor, s in positions.about(told.measure, told.population, evidence)
              if s.stance == "deny" and s.said_on <= told.said_on and actor == (claim.family or claim.source_id)]
    return change | {"note": f"it had denied it before: {', '.join(before)}"} if before else change


def _way(way: list[str], evidence: Evidence) -> Way:
    sources = [evidence.statements[s].source_id for s in way]
    return Way(sources[0], frozenset(sources), evidence.family)


def chains(evidence: Evidence) -> pd.DataFrame:
    """The table `ledger_retellings`: what changed on each step of each `retells` chain of the ledger; claim_id is empty,
    and step counts from the root."""
    rows = []
    for old, new, way in pairs(evidence):
        root, depth = evidence.root[new.statement_id]
        rows += [{"step": depth, "from_id": old.statement_id, "to_id": new.statement_id, "root_id": root, **change}
                 for change in changes(old, new, way)]
    return tables.frame("ledger_retellings", rows)


def pairs(evidence: Evidence) -> Iterator[tuple]:
    """(statement, the one that retells it, the way behind them) for each step of the ledger, as `drift.kept` takes them."""
    for statement_id, up in evidence.parent.items():
        if up:
            root = evidence.statements[evidence.root[statement_id][0]].source_id
            yield evidence.statements[up], evidence.statements[statement_id], Way(root, family=evidence.family)


def last_steps(claims: Iterable[Scoped], evidence: Evidence, best: dict[str, str]) -> Iterator[tuple]:
    """The same for the step from each claim's match to the claim, the text's own part of the way."""
    for c in claims:
        if c.claim_id in best:
            way = evidence.way(best[c.claim_id])
            yield evidence.statements[way[-1]], c, _way(way, evidence)


def steps(claim: Scoped, statement_id: str, evidence: Evidence, retellings: pd.DataFrame) -> pd.DataFrame:
    """One claim's way from the root, to read: columns said by, day, measure, number, what changed; a row a telling. What was
    left out on the way without changing what is claimed stands in brackets."""
    changed = retellings[(retellings.claim_id == claim.claim_id) & (retellings.step > 0)]
    told = {to: "; ".join(f"{r.field}: {r.old} → {r.new}" + (f" ({r.direction})" if r.direction != "other" else "")
                          for r in rows.itertuples()) for to, rows in changed.groupby("to_id")}
    way = evidence.way(statement_id)
    tellings = [*map(evidence.statements.get, way), claim]
    for to, old, new in zip((*way[1:], claim.claim_id), tellings, tellings[1:]):
        notes = [f"({f.note})" for f in fields(old, new, _way(way, evidence)).values() if f.note and f.state == "unknown"]
        told[to] = "; ".join(filter(None, (told.get(to, ""), *notes)))
    rows = [(f"{evidence.called[s.source_id]} ({s.statement_id})", s.said_on, s.measure, amount(s), s.statement_id)
            for s in tellings[:-1]]
    rows.append((f"this text ({claim.claim_id})", "", claim.measure, amount(claim), claim.claim_id))
    return pd.DataFrame([(*r[:4], told.get(r[4], "")) for r in rows],
                        columns=["said by", "day", "measure", "number", "what changed"])
