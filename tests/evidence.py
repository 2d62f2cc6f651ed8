"""An invented dossier for the tests: an illness in the town of Marle, told by a hospital, a ministry and some papers."""
import pandas as pd

from helpers import ledger, matching, tables

SOURCES = [
    {"source_id": "hospital", "name": "Marle Hospital", "aliases": "the hospital;Dr Ode", "kind": "agency",
     "party_to_event": "no", "origin_family": "hospital"},
    {"source_id": "ministry", "name": "Health Ministry", "aliases": "the ministry", "kind": "state",
     "party_to_event": "yes", "origin_family": "government"},
    {"source_id": "governor", "name": "Governor", "aliases": "", "kind": "state", "party_to_event": "yes",
     "origin_family": "government"},
    {"source_id": "survey", "name": "Field Survey", "aliases": "", "kind": "agency", "party_to_event": "no",
     "origin_family": "survey"},
    {"source_id": "paper", "name": "Marle Echo", "aliases": "", "kind": "outlet", "party_to_event": "no"},
    {"source_id": "mirror", "name": "Echo Mirror", "aliases": "", "kind": "aggregator", "party_to_event": "no"},
]


def sources() -> pd.DataFrame:
    return tables.frame("sources", SOURCES)


def statement(statement_id: str, source: str = "Marle Hospital", **fields) -> dict:
    """A row of the ledger: unless told otherwise, more than 40 dead or ill in the first week of May, said on the 8th."""
    return {"statement_id": statement_id, "said_on": "2031-05-08", "source": source, "stance": "assert",
            "measure": "killed_or_wounded", "population": "patients", "low": 40, "bound": "over",
            "period_start": "2031-05-01", "period_end": "2031-05-07", "seen_with": "high"} | fields


def ledger_of(*rows: dict) -> pd.DataFrame:
    found = tables.frame("statements", list(rows))
    ids = ledger.source_index(sources())
    return found.assign(source_id=[ids[s.casefold()] for s in found.source])


def evidence_of(*rows: dict) -> ledger.Evidence:
    return ledger.evidence(ledger_of(*rows), sources())


def claim(claim_id: str = "c1", **fields) -> matching.Scoped:
    """A scoped claim that says just what `statement` says, by the hospital."""
    given = {"kind": "quantity", "stance": "assert", "source_id": "hospital", "hedged": False, "measure": "killed_or_wounded",
             "population": "patients", "place": "", "rate": "", "low": 40.0, "high": float("nan"), "bound": "over",
             "period": "", "period_start": "2031-05-01", "period_end": "2031-05-07"} | fields
    family = dict(zip(sources().source_id, sources().origin_family)).get(given["source_id"], "")
    return matching.Scoped(claim_id=claim_id, family=family, **given)
