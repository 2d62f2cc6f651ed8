"""The survey: all runs side by side, and what their ledgers show of their sources and numbers.

Runs that read one ledger share it; a number is followed among *origins* (`origins.behind`), never among mentions.
"""
import hashlib
import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers import ceilings, drift, ledger, likeness, origins, paths, positions, retelling, sources, tables
from helpers.ledger import Evidence
from helpers.paths import InputError, Run
from helpers.schemas import DRIFT_FIELDS

LAST = "report.html"  # what the walk writes last
RUNS = ["run", "document", "as_of", "title", "publisher", "published", "wording", "words", "claims", "named", "unattributed",
        "traced", "drifted", "contradicted", "origins", "judged", "best", "graded", "report"]
CLAIMS = ["run", "claim_id", "exact", "proposition", "kind", "last_source", "word_of", "source_type", "root_id", "drift",
          "mentions", "origins", "contradicted_by", "ceiling", "grade"]
RELAYS = ["ledger", "teller", "name", "kind", "party_to_event", "retellings", "faithful", "share", "low", "high", "stronger",
          "changed"]
NUMBERS = ["ledger", "subject", "period_start", "period_end", "mentions", "origins", "low", "high", "spread", "converge",
           "statement_ids"]
MOVES = ["ledger", "subject", "said_on", "origin", "low", "high", "bound", "statement_id"]


def finished(folder: Path) -> tuple[list[Run], dict[str, str]]:
    """The whole runs in a folder by name, and for each folder that is none, or is not whole, why.

    A run that the runner made says in run.json that it is completed; one that was made by hand has no run.json.
    Raises InputError if there is no such folder.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: there is no such folder; make runs with `retold run`")
    found, left = [], {}
    for at in sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith(".")):
        if not (at / "document.csv").is_file():
            continue
        try:
            log = json.loads((at / "run.json").read_text(encoding="utf-8")) if (at / "run.json").is_file() else {}
            status = log.get("status", "completed")
        except (ValueError, AttributeError):
            status = "not readable in run.json"
        if status != "completed" or not (at / LAST).is_file():
            left[at.name] = f"is {status}" if status != "completed" else f"has no {LAST}"
            continue
        about = tables.read("document", at / "document.csv").iloc[0]
        raw = at / "input" / "raw"
        found.append(Run(about.document, about.as_of, raw if raw.is_dir() else paths.raw(), at))
    return found, left


def side_by_side(runs: Iterable[Run]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All runs, a row each (columns RUNS), and all their claims (columns CLAIMS).

    traced: claims that were followed to a root; drifted: those of them that changed on the way; contradicted: claims that
    an origin contradicts; origins: the most known to be independent that agree on one claim; judged: claims whose ceiling
    is not 6; best: the lowest figure among the ceilings; graded: judgements by people.
    """
    rows, claims = [], []
    for run in runs:
        own = _claims(run)
        about, grades = tables.read("document", run).iloc[0], tables.read("grades", run)
        judged = own[own.ceiling.isin([*"12345"])]
        rows.append({
            "run": run.folder.name, **{c: about[c] for c in ("document", "as_of", "title", "publisher", "published",
                                                              "wording", "words")},
            "claims": len(own), "named": int((own.source_type == "named").sum()),
            "unattributed": int((own.source_type == "none").sum()), "traced": int((own.root_id != "").sum()),
            "drifted": int((own.drift != "").sum()), "contradicted": int((own.contradicted_by != "").sum()),
            "origins": int(own.origins.max()) if len(own) else 0, "judged": len(judged),
            "best": min(judged.ceiling, default=""), "graded": int((grades.grade != "").sum()),
            "report": f"{run.folder.name}/{LAST}"})
        claims.append(own)
    return (pd.DataFrame(rows, columns=RUNS),
            pd.concat(claims, ignore_index=True) if claims else pd.DataFrame(columns=CLAIMS))


def _claims(run: Run) -> pd.DataFrame:
    claims, compared = tables.read("claims", run), tables.read("comparisons", run)
    claims = claims[claims.status != "rejected"]
    net, behind = tables.read("retellings", run), tables.read("origins", run)
    net, agree, against = net[net.step == 0], behind[behind.agrees == "yes"], behind[behind.agrees == "no"]
    best = compared[compared.verdict.isin(["match", "ambiguous"])].drop_duplicates("claim_id")
    grades = tables.read("grades", run).set_index("subject")
    listed = tables.read("sources", run)
    name, text = dict(zip(listed.source_id, listed["name"])), (run.folder / "text.txt").read_bytes().decode()
    last = [c.split(" > ")[-1] for c in claims.chain]
    called = {s: "the author" if s == "author" else name.get(s) or sources.as_written(s, text) for s in set(last)}
    def of(series: pd.Series, blank):
        return [series.get(c, blank) for c in claims.claim_id]
    return pd.DataFrame({
        "run": run.folder.name, **{c: claims[c].tolist() for c in ("claim_id", "exact", "proposition", "kind")},
        "last_source": last, "word_of": [called[s] for s in last], "source_type": claims.source_type.tolist(),
        "root_id": of(best.set_index("claim_id").root_id, ""),
        "drift": of(net.groupby("claim_id").field.agg(";".join), ""),
        "mentions": of(behind.groupby("claim_id").mentions.sum(), 0),
        "origins": of(agree[agree.independent == "yes"].groupby("claim_id").size(), 0),
        "contradicted_by": of(against.groupby("claim_id").statement_ids.agg(";".join), ""),
        "ceiling": of(grades.ceiling, ""), "grade": of(grades.grade, "")}, columns=CLAIMS)


def fields(runs: Iterable[Run]) -> pd.DataFrame:
    """How many claims of each run drifted in each field: a row a run, a column a field, in the order of DRIFT_FIELDS."""
    runs = list(runs)
    counts = {run.folder.name: (lambda net: net[net.step == 0].groupby("field").claim_id.nunique())(
        tables.read("retellings", run)) for run in runs}
    return pd.DataFrame([[int(n.get(f, 0)) for f in DRIFT_FIELDS] for n in counts.values()],
                        index=pd.Index(list(counts), name="run"), columns=DRIFT_FIELDS)


def dates(runs: Iterable[Run]) -> pd.DataFrame:
    """Documents that were run at several cut-offs, claim by claim: columns document, claim_id, exact, and a column of
    ceilings a cut-off ("now" for none); only claims whose ceiling differs."""
    at: dict[str, dict[str, pd.DataFrame]] = {}
    for run in runs:
        at.setdefault(run.document, {})[run.as_of or "now"] = _claims(run).set_index("claim_id")
    found = []
    for document, cut in at.items():
        days = sorted(cut, key=lambda d: (d == "now", d))
        if len(days) > 1:
            table = pd.DataFrame({d: cut[d].ceiling for d in days}).fillna("")
            table = table[table.nunique(axis=1) > 1]
            words = pd.concat([cut[d].exact for d in days])
            table.insert(0, "exact", words[~words.index.duplicated()].reindex(table.index))
            table.insert(0, "document", document)
            found.append(table.rename_axis("claim_id").reset_index())
    return pd.concat(found, ignore_index=True).fillna("") if found else pd.DataFrame(
        columns=["claim_id", "document", "exact"])


class Shared(NamedTuple):
    """A ledger, by the documents that were read beside it."""

    name: str
    evidence: Evidence


def ledgers(runs: Iterable[Run], as_of: str = "") -> list[Shared]:
    """Each ledger that a run read, once, cut at `as_of`: ledgers with the same statements and sources are one."""
    held: dict[str, list[Run]] = {}
    for run in runs:
        both = b"\0".join(tables.path(name, run).read_bytes() for name in ("statements", "sources"))
        held.setdefault(hashlib.sha256(both).hexdigest(), []).append(run)
    found = []
    for own in held.values():
        documents = sorted({run.document for run in own})
        more = f" and {len(documents) - 1} more" if len(documents) > 1 else ""
        known = ledger.known_by(ledger.read(own[0]), as_of)
        found.append(Shared(f"of {documents[0]}{more}", ledger.evidence(known, tables.read("sources", own[0]))))
    return sorted(found, key=lambda s: s.name)


def relays(shared: Iterable[Shared]) -> pd.DataFrame:
    """Which sources relay faithfully: a row a source that retells another's statement (columns RELAYS), those that kept
    most first.

    faithful: retellings in which no field changed, as far as both sides state it; share, low, high: of the retellings,
    with a 90% interval under a flat prior (Beta(1,1)); stronger: retellings in which a field became stronger; changed:
    the fields, the commonest first. Copies count once.
    """
    rows = []
    for one in shared:
        told: dict[str, list[list[dict]]] = {}
        for old, new, way in retelling.pairs(one.evidence):
            told.setdefault(new.source_id, []).append(drift.changes(old, new, way))
        for teller, all_changes in told.items():
            n, kept = len(all_changes), sum(not c for c in all_changes)
            counts = pd.Series([c["field"] for changes in all_changes for c in changes], dtype=str).value_counts(sort=False)
            counts = counts.sort_index(kind="stable").sort_values(ascending=False, kind="stable")
            rows.append({
                "ledger": one.name, "teller": teller, "name": one.evidence.called.get(teller, teller),
                "kind": one.evidence.kind.get(teller, ""), "party_to_event": one.evidence.party.get(teller, "unknown"),
                "retellings": n, "faithful": kept, "share": round(kept / n, 3), **_interval(kept, n),
                "stronger": sum(any(c["direction"] == "stronger" for c in changes) for changes in all_changes),
                "changed": "; ".join(f"{f} {k}" for f, k in counts.items())})
    rows.sort(key=lambda r: (-r["low"], -r["retellings"], r["ledger"], r["teller"]))
    return pd.DataFrame(rows, columns=RELAYS)


def _interval(good: int, n: int) -> dict[str, float]:
    return dict(zip(("low", "high"), (round(end, 2) for end in ceilings.interval(good, n))))


def numbers(shared: Iterable[Shared]) -> pd.DataFrame:
    """Which numbers converge: a row a subject (measure, population, rate, place) and period that two statements or more
    give a number for (columns NUMBERS), most origins first.

    origins: after relays and houses were joined; low, high: over what each origin says itself; spread: high over low;
    converge: yes if all origins' numbers lie within a tenth of each other, no if not; "one origin" where none is compared
    with another, "unknown" where no period is stated, so that they may count different times.
    """
    rows = []
    for one in shared:
        groups: dict[tuple, list] = {}
        for s in one.evidence.statements.values():
            if likeness.numbered(s) and s.stance not in ledger.DENYING:
                key = (s.measure, s.population, s.rate, s.place, s.period_start, s.period_end)
                groups.setdefault(key, []).append(s)
        for (measure, population, rate, place, start, end), said in groups.items():
            if len(said) < 2:
                continue
            behind = origins.behind({s.statement_id: "yes" for s in said}, one.evidence)
            ends = [_ends([one.evidence.statements[i] for i in o["speaking"]]) for o in behind]
            low, high = min(e[0] for e in ends), max(e[1] for e in ends)
            apart = max(e[0] for e in ends) > 1.1 * min(e[1] for e in ends)
            rows.append({
                "ledger": one.name, "subject": subject(measure, population, rate, place), "period_start": start,
                "period_end": end, "mentions": one.evidence.mentions(s.statement_id for s in said), "origins": len(behind),
                "low": low, "high": high, "spread": round(high / low, 2) if 0 < low and high < math.inf else math.nan,
                "converge": "one origin" if len(behind) == 1 else "unknown" if not end else "no" if apart else "yes",
                "statement_ids": ";".join(s.statement_id for s in said)})
    rows.sort(key=lambda r: (-r["origins"], -r["mentions"], r["ledger"], r["subject"], r["period_start"], r["period_end"]))
    return pd.DataFrame(rows, columns=NUMBERS)


def _ends(said: list) -> tuple[float, float]:
    """The least and the most that an origin says; a number with a bound stands for itself."""
    points = [v for s in said for v in (s.low, s.high) if not math.isnan(v)]
    return min(points), max(points)


def subject(measure: str, population: str, rate: str = "", place: str = "") -> str:
    """What is counted, as one reads it: "soldiers killed, per day, in Lenz"."""
    return positions.subject(measure, population) + (f", {rate.replace('_', ' ')}" if rate else "") + (
        f", {place}" if place else "")


def moves(shared: Iterable[Shared], least: int = 3) -> pd.DataFrame:
    """How figures moved: the numbers of every subject that was given on `least` days or more, in order of time, as the
    roots gave them (columns MOVES). origin: the house, or the source where none is known."""
    rows = []
    for one in shared:
        groups: dict[tuple, list] = {}
        for s in one.evidence.statements.values():
            if likeness.numbered(s) and not one.evidence.parent[s.statement_id] and s.stance not in ledger.DENYING:
                groups.setdefault((s.measure, s.population, s.rate), []).append(s)
        for key, said in sorted(groups.items()):
            if len({s.said_on for s in said}) >= least:
                rows += [{"ledger": one.name, "subject": subject(*key), "said_on": s.said_on,
                          "origin": one.evidence.called.get(house := one.evidence.house(s.source_id), house),
                          "low": s.low, "high": s.high, "bound": s.bound, "statement_id": s.statement_id} for s in said]
    return pd.DataFrame(rows, columns=MOVES)
