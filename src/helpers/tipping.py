"""What would change a ceiling: leave out each statement and each origin in turn, add copies, and look whether it moves."""
import pandas as pd

from helpers import ceilings, tables
from helpers.leaving import Standing
from helpers.ledger import Evidence
from helpers.matching import Scoped

COPIES = 10


def judge(kind: str, claim: Scoped | None, evidence: Evidence, published: str) -> tuple[dict, list[dict]]:
    """(ceiling with reasons, origins) of one claim from the evidence as given: compare, match, trace, cluster, grade."""
    if claim is None:
        return ceilings.of_claim(kind, None, [], [], evidence), []
    standing = Standing(kind, claim, evidence, published)
    return standing.before, standing.behind


def sensitivity(claims: list[tuple[str, Scoped]], evidence: Evidence, published: str) -> pd.DataFrame:
    """The table `sensitivity` of claims given as (kind, scope): leave one statement out, one origin out, the copy test.

    A statement that is left out takes nothing with it (`Evidence.without`). The copy test adds ten more relays, verbatim,
    of the statement ranked first; by rule no ceiling may move.
    """
    rows = []
    for kind, claim in claims:
        standing = Standing(kind, claim, evidence, published)
        before = standing.ceiling

        def tried(change: str, changed: str, after: str):
            rows.append({"subject": claim.claim_id, "change": change, "changed_id": changed, "ceiling_before": before,
                         "ceiling_after": after, "moves": "no" if after == before else "yes"})

        for statement in standing.before["statement_ids"]:
            tried("drop statement", statement, standing.without({statement}))
        for o in standing.behind:
            tried("drop origin", o["origin"], standing.without(o["statement_ids"].split(";")))
        if standing.behind:
            copied = standing.behind[0]["statement_ids"].split(";")[0]
            original = evidence.statements[copied]
            copies = [original._replace(statement_id=f"{copied}+{n}", retells=copied) for n in range(1, COPIES + 1)]
            tried("copy statement", copied, judge(kind, claim, evidence.plus(copies), published)[0]["ceiling"])
    return tables.frame("sensitivity", rows)


def moved(claims: list[tuple[str, Scoped]], then: Evidence, now: Evidence, published: str) -> pd.DataFrame:
    """What differs between two states of the evidence: columns claim, what (ceiling, match, drift, origins), then, now,
    why (of a ceiling: what is new for or against it). A claim is judged by what was known at each time; the earlier
    judgement is not rewritten."""
    rows = []
    for kind, claim in claims:
        before, after = (Standing(kind, claim, known, published) for known in (then, now))
        for what in ("ceiling", "match", "drift", "origins"):
            old, new = (getattr(standing, what) for standing in (before, after))
            if old != new:
                rows.append((claim.claim_id, what, old, new, _news(before.before, after.before, then) if what == "ceiling"
                             else ""))
    return pd.DataFrame(rows, columns=["claim", "what", "then", "now", "why"])


def _news(before: dict, after: dict, then: Evidence) -> str:
    """The reasons that rest on statements which were not known before."""
    fresh = [s for s in after["statement_ids"] if s not in then.statements]
    return "; ".join(r.rstrip(".") for r in after["reasons_for"] + after["reasons_against"]
                     if r not in before["reasons_for"] + before["reasons_against"] and any(s in r for s in fresh))
