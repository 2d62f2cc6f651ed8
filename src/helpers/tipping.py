"""What would change a ceiling: leave out one thing after the other, add copies, and look whether it moves."""
import math
from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from helpers import ceilings, smallest, tables
from helpers.leaving import Standing, standing_of
from helpers.ledger import Evidence
from helpers.likeness import numbered
from helpers.matching import Scoped

COPIES = 10
PRIORS = ((0.5, 0.5), (2.0, 2.0))
REASONS = {"ceiling": ("reasons_for", "reasons_against"), "origins": ("reasons_against",)}  # what moved -> which are news
BLANKED = ("place", "rate", "number", "period")  # as the table calls the fields that are blanked
GONE = "no claim"  # what is left of a claim that nobody else marks
NAMES = {"low": "number", "period_end": "period"}
# field -> what is blanked with it. Without its measure or its population nothing can be compared with any claim.
BLANK = {"place": {"place": ""}, "rate": {"rate": ""},
         "low": {"low": math.nan, "high": math.nan, "bound": "", "rate": ""},
         "period_end": {"period": "", "period_start": "", "period_end": ""}}


def judge(kind: str, claim: Scoped | None, evidence: Evidence, published: str) -> tuple[dict, list[dict]]:
    """(ceiling with reasons and what would move it, origins) of one claim from the evidence as given: compare, match,
    trace, cluster, grade."""
    if claim is None:
        return ceilings.of_claim(kind, None, [], [], evidence) | smallest.of_claim(kind, None, [], [], evidence), []
    stands = standing_of(kind, claim, evidence, published)
    return stands.before | smallest.of_claim(kind, claim, stands.behind, stands.changed, evidence), stands.behind


def sensitivity(claims: list[tuple[str, Scoped]], evidence: Evidence, published: str,
                others: Mapping[str, Mapping[str, tuple[str, Scoped | None]]] = MappingProxyType({})) -> pd.DataFrame:
    """The table `sensitivity` of claims given as (kind, scope): one thing left out at a time, and the copy test.

    Left out are each statement, each origin, each source that the ceiling rests on, and what was said after each day
    since the text was published (cut-off); what is left out takes nothing with it (`Evidence.without`). An annotation is
    left out twice over: each field of the claim's scope is blanked, and each other reader's claim takes its place (others:
    reader -> claim_id -> (kind, scope), None where that reader marks no such claim; `annotations.stand_ins`). The copy
    test adds ten more relays, verbatim, of the statement ranked first; by rule no ceiling may move.
    """
    rows = []
    for kind, claim in claims:
        standing = standing_of(kind, claim, evidence, published)
        before, cited = standing.ceiling, standing.before["statement_ids"]

        def tried(change: str, changed: str, after: str):
            rows.append({"subject": claim.claim_id, "change": change, "changed_id": changed, "ceiling_before": before,
                         "ceiling_after": after, "moves": "no" if after == before else "yes"})

        for statement in cited:
            tried("drop statement", statement, standing.without({statement}))
        for o in standing.behind:
            tried("drop origin", o["origin"], standing.without(o["statement_ids"].split(";")))
        for source in sorted({evidence.statements[s].source_id for s in cited}):
            tried("drop source", source, standing.without(evidence.once(_by_source)[source]))
        for day in sorted({max(evidence.statements[s].said_on, published) for s in cited})[:-1]:
            tried("cut-off", day, standing.by(day))
        if standing.behind:
            for field, blank in BLANK.items():
                if claim._replace(**blank) != claim and not (field == "low" and not numbered(claim)):
                    again = Standing(kind, claim._replace(**blank), evidence, published)
                    tried("drop annotation", NAMES.get(field, field), again.ceiling)
            for reader, read in others.items():
                if claim.claim_id in read:
                    tried("drop annotation", reader, _other(read[claim.claim_id], evidence, published))
            copied = standing.behind[0]["statement_ids"].split(";")[0]
            original = evidence.statements[copied]
            copies = [original._replace(statement_id=f"{copied}+{n}", retells=copied) for n in range(1, COPIES + 1)]
            tried("copy statement", copied, Standing(kind, claim, evidence.plus(copies), published).ceiling)
    return tables.frame("sensitivity", rows)


def _by_source(evidence: Evidence) -> dict[str, list[str]]:
    """source -> all its statements."""
    own: dict[str, list[str]] = {}
    for s in evidence.statements.values():
        own.setdefault(s.source_id, []).append(s.statement_id)
    return own


def _other(read: tuple[str, Scoped | None], evidence: Evidence, published: str) -> str:
    kind, claim = read
    if not kind:
        return GONE
    return standing_of(kind, claim, evidence, published).ceiling if claim else "6"


def of_records(sources: list[str], record: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """Rows of `sensitivity` for sources: each resolved statement, and each that resolves one, left out; other priors.

    The priors beside Beta(1,1): Jeffreys' Beta(1/2,1/2), which leans on the record more, and Beta(2,2), which leans on it
    less.
    """
    again = {s: ceilings.track_record(evidence.without({s})) for s in sorted(set(record.resolved_by))}
    rows = []
    for source in sources:
        own = record[record.source_id == source]
        before = ceilings.of_source(source, record)["ceiling"]

        def tried(change: str, changed: str, after: str):
            rows.append({"subject": source, "change": change, "changed_id": changed, "ceiling_before": before,
                         "ceiling_after": after, "moves": "no" if after == before else "yes"})

        for statement in own.statement_id:
            tried("drop statement", statement, ceilings.of_source(source, own[own.statement_id != statement])["ceiling"])
        for statement in sorted(set(own.resolved_by)):
            tried("drop statement", statement, ceilings.of_source(source, again[statement])["ceiling"])
        for prior in PRIORS if len(own) else ():
            tried("prior", f"Beta({prior[0]:g},{prior[1]:g})",
                  ceilings.letter(int((own.borne_out == "yes").sum()), len(own), prior))
    return tables.frame("sensitivity", rows)


def moved(claims: list[tuple[str, Scoped]], then: Evidence, now: Evidence, published: str) -> pd.DataFrame:
    """What differs between two states of the evidence: columns claim, what (ceiling, match, drift, origins, beside), then, now,
    why (of a ceiling: what is new for or against it; of origins: what is new against it). A claim is judged by what was
    known at each time; the earlier judgement is not rewritten."""
    rows = []
    for kind, claim in claims:
        before, after = (standing_of(kind, claim, known, published) for known in (then, now))
        for what in ("ceiling", "match", "drift", "origins", "beside"):
            old, new = (getattr(stands, what) for stands in (before, after))
            if old != new:
                why = _news(before.before, after.before, then, REASONS.get(what, ()))
                rows.append((claim.claim_id, what, old, new, why))
    return pd.DataFrame(rows, columns=["claim", "what", "then", "now", "why"])


def _news(before: dict, after: dict, then: Evidence, kinds: tuple[str, ...]) -> str:
    """The reasons of these kinds that rest on statements which were not known before."""
    fresh = [s for s in after["statement_ids"] if s not in then.statements]
    return "; ".join(r.rstrip(".") for kind in kinds for r in after[kind]
                     if r not in before["reasons_for"] + before["reasons_against"] and any(s in r for s in fresh))
