"""Dated indicators: whose next word would bear on a claim, what it said last and when, and how often it has spoken so far.

Two kinds are read from the ledger: an actor that denied or evaded the thing and has not confirmed it, and a house that has
given a number for it more than once and so may give another.
"""
import datetime
import statistics

import pandas as pd

from helpers import ceilings, positions, tables
from helpers.tellings import amount
from helpers.ledger import DENYING, Evidence
from helpers.likeness import numbered
from helpers.matching import Scoped


def indicators(claims: list[Scoped], origins: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """The table `indicators`, a row a thing to watch: claim_ids, watch, said_on and statement_id (of what was said last),
    last (in words), times, every (median days between; empty for a single time)."""
    found: dict[tuple, dict] = {}
    behind = dict(iter(origins.groupby("claim_id", sort=False)))
    for c in claims:
        if c.claim_id not in behind:
            continue
        for d in ceilings.denials(c, evidence):
            if not d["confirmed"]:
                own = [s for actor, s in positions.about(c.measure, c.population, evidence)
                       if actor == d["house"] and s.stance in DENYING]
                _add(found, c, f"a confirmation or a fresh denial by {d['actor']}", own)
        for o in behind[c.claim_id].itertuples() if numbered(c) else ():
            counts = [s for s in map(evidence.statements.get, o.statement_ids.split(";"))
                      if numbered(s) and not evidence.parent[s.statement_id]]
            for measure in sorted({s.measure for s in counts}):
                own = [s for s in counts if s.measure == measure]
                if len({s.said_on for s in own}) > 1 and o.origin_family:
                    names = " and ".join(evidence.called[f] for f in o.origin_family.split(";")) + (
                        " (party)" if o.party_to_event == "yes" else "")
                    _add(found, c, f"the next number from {names}: {_plain(measure)}", own)
    rows = [r | {"claim_ids": ";".join(r["claim_ids"])} for r in found.values()]
    return tables.frame("indicators", sorted(rows, key=lambda r: (r["said_on"], r["watch"]), reverse=True))


def _add(found: dict, claim: Scoped, watch: str, said: list) -> None:
    said = sorted(said, key=lambda s: (s.said_on, s.statement_id))
    days = [datetime.date.fromisoformat(d) for d in sorted({s.said_on for s in said})]
    last = said[-1]
    words = (f"{amount(last)} {_plain(last.measure)}" if numbered(last) else _plain(last.stance))
    between = [(b - a).days for a, b in zip(days, days[1:])]
    row = found.setdefault((watch, last.statement_id), {
        "claim_ids": [], "watch": watch, "said_on": last.said_on, "statement_id": last.statement_id, "last": words,
        "times": len(days), "every": statistics.median(between) if between else ""})
    if claim.claim_id not in row["claim_ids"]:
        row["claim_ids"].append(claim.claim_id)


def _plain(value: str) -> str:
    return value.removesuffix("_unspecified").replace("_", " ")
