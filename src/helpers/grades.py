"""The table of grades: the program's ceiling, with reasons, and beside it the grade that a person set."""
import pandas as pd

from helpers import ceilings, smallest, tables, tipping
from helpers.ledger import Evidence
from helpers.matching import Scoped
from helpers.paths import InputError

LIST = " | "  # between the reasons in a cell: a sentence may hold a semicolon


def build(claims: pd.DataFrame, scoped: list[Scoped], retellings: pd.DataFrame, evidence: Evidence,
          judgements: pd.DataFrame, published: str) -> pd.DataFrame:
    """The table `grades`: one row a claim, then one a source that the text cites or that its claims go back to."""
    scope = {c.claim_id: c for c in scoped}
    rows = [_row(c.claim_id, "claim", c.exact, tipping.judge(c.kind, scope.get(c.claim_id), evidence, published)[0])
            for c in claims.itertuples()]
    record = ceilings.track_record(evidence)
    for source in cited_sources(claims, retellings, evidence):
        own = record[record.source_id == source]
        moves = smallest.of_record(int((own.borne_out == "yes").sum()), len(own))
        rows.append(_row(source, "source", evidence.called[source], ceilings.of_source(source, record) | moves)
                    | {"party_to_event": evidence.party[source]})
    off = unapplied(judgements, claims, evidence, {r["subject"]: r["ceiling"] for r in rows})
    given = {j.subject: j for j in judgements.itertuples() if j.subject not in off}
    return tables.frame("grades", [r | _given(given.get(r["subject"])) for r in rows])


def cited_sources(claims: pd.DataFrame, retellings: pd.DataFrame, evidence: Evidence) -> list[str]:
    """The sources of sources.csv that stand in a claim's chain, or at the root of its retelling."""
    named = {s for chain in claims.chain for s in chain.split(" > ")}
    named |= {evidence.statements[r].source_id for r in retellings.root_id}
    return sorted(named & evidence.family.keys())


def unapplied(judgements: pd.DataFrame, claims: pd.DataFrame, evidence: Evidence,
              ceiling: dict[str, str]) -> dict[str, str]:
    """subject -> why a person's judgement does not enter this run: its claim is not in this reading (by id and words
    together), or nobody cites its source, or it rests on a statement that was not yet known at the run's cut-off, or it is
    better than the ceiling and does not say why. ceiling: of each subject of the run."""
    held, found = {(c.claim_id, c.exact) for c in claims.itertuples()}, {}
    for j in judgements.itertuples():
        later = [s for s in _cited(j) if s not in evidence.statements and s not in evidence.copies]
        if j.exact and (j.subject, j.exact) not in held:
            found[j.subject] = "this reading holds no such claim in these words"
        elif j.subject not in ceiling:
            found[j.subject] = "the text neither cites it nor goes back to it"
        elif later:
            found[j.subject] = f"it rests on what was not known by then ({', '.join(later)})"
        elif exceeds(j.grade, ceiling[j.subject]) and not j.over_ceiling.strip():
            found[j.subject] = f"{j.grade} is better than the ceiling, {ceiling[j.subject]}, and over_ceiling gives no reason"
    return found


def check(judgements: pd.DataFrame, ledger: pd.DataFrame, sources: pd.DataFrame, file="judgements",
          text: str | None = None) -> None:
    """Refuse a letter for a claim, a digit for a source, a source or a statement that is not known, a subject twice, and
    words that the text, where it is given, does not have."""
    seen: set[str] = set()
    for n, j in enumerate(judgements.itertuples(), 2):
        if j.subject in seen:
            raise InputError(f"{file}, row {n}, column 'subject': {j.subject!r} is graded twice")
        seen.add(j.subject)
        if not j.reason.strip():
            raise InputError(f"{file}, row {n}, column 'reason': empty; a grade stands with its reason")
        if bool(j.exact) != j.grade.isdigit():
            raise InputError(f"{file}, row {n}, column 'grade': {j.grade!r}; allowed: " + (
                "1 to 6 for a claim" if j.exact else "A to F for a source (a claim's row carries its words in 'exact')"))
        if text is not None and j.exact not in text:
            raise InputError(f"{file}, row {n}, column 'exact': {j.exact!r} does not stand in the text")
        if not j.exact and j.subject not in set(sources.source_id):
            raise InputError(f"{file}, row {n}, column 'subject': {j.subject!r} is not a source_id of sources.csv")
        for statement in _cited(j):
            if statement not in set(ledger.statement_id):
                raise InputError(f"{file}, row {n}, column 'statement_ids': {statement!r} is not in the ledger")


def _cited(judgement) -> list[str]:
    return [s.strip() for s in judgement.statement_ids.split(";") if s.strip()]


def _row(subject: str, kind: str, exact: str, ceiling: dict) -> dict:
    return {"subject": subject, "subject_kind": kind, "exact": exact, "ceiling": ceiling["ceiling"],
            **{k: LIST.join(ceiling[k]) for k in ("reasons_for", "reasons_against", "would_raise", "would_lower")},
            "statement_ids": ";".join(ceiling["statement_ids"])}


def _given(human) -> dict:
    """The columns of a grade that a person set; the reason for going over the ceiling follows that for the grade."""
    return {} if human is None else {
        "grade": human.grade, "graded_by": human.graded_by, "graded_on": human.graded_on,
        "grade_reason": " ".join(filter(None, (human.reason.strip(), human.over_ceiling.strip())))}


def exceeds(grade: str, ceiling: str) -> bool:
    """Is a person's grade better than the ceiling? F and 6 cannot be compared with anything."""
    return bool(grade) and grade not in "F6" and (ceiling in "F6" or grade < ceiling)
