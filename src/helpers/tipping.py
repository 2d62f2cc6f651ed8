"""What would change a ceiling: leave out each statement and each origin in turn, add copies, and look whether it moves."""
import pandas as pd

from helpers import ceilings, matching, origins, retelling, tables
from helpers.ledger import Evidence
from helpers.matching import Scoped

COPIES = 10


def judge(kind: str, claim: Scoped | None, evidence: Evidence, published: str) -> tuple[dict, list[dict]]:
    """(ceiling with reasons, origins) of one claim from the evidence as given: compare, match, trace, cluster, grade."""
    if claim is None:
        return ceilings.of_claim(kind, None, [], [], evidence), []
    return _judge(kind, claim, matching.compared(claim, evidence, published), evidence)


def _judge(kind: str, claim: Scoped, compared: list[dict], evidence: Evidence) -> tuple[dict, list[dict]]:
    rows = matching.ranked(claim, compared, evidence)
    relayed = [r for r in rows if r["verdict"] in ("match", "ambiguous")]
    drift = retelling.drift(claim, evidence.way(relayed[0]["statement_id"]), evidence) if relayed and len(
        {r["root_id"] for r in relayed}) == 1 else []
    behind = origins.behind(origins.bearing(rows), evidence)
    return ceilings.of_claim(kind, claim, behind, drift, evidence), behind


def sensitivity(claims: list[tuple[str, Scoped]], evidence: Evidence, published: str) -> pd.DataFrame:
    """The table `sensitivity` of claims given as (kind, scope): leave one statement out, one origin out, the copy test.

    A statement that is left out takes nothing with it (`Evidence.without`). The copy test adds ten more relays of the
    statement ranked first; by rule no ceiling may move.
    """
    rows = []
    for kind, claim in claims:
        compared = matching.compared(claim, evidence, published)
        before, behind = _judge(kind, claim, compared, evidence)

        def tried(change: str, changed: str, kept: list[dict], known: Evidence):
            after = _judge(kind, claim, kept, known)[0]["ceiling"]
            rows.append({"subject": claim.claim_id, "change": change, "changed_id": changed,
                         "ceiling_before": before["ceiling"], "ceiling_after": after,
                         "moves": "no" if after == before["ceiling"] else "yes"})

        def without(dropped: set[str]) -> tuple[list[dict], Evidence]:
            known = evidence.without(dropped)
            return [matching.compare(claim, c["statement"], known, published) for c in compared
                    if c["statement"].statement_id not in dropped], known

        cited = sorted(s for s in before["statement_ids"])
        for statement in cited:
            tried("drop statement", statement, *without({statement}))
        for o in behind:
            tried("drop origin", o["origin"], *without(set(o["statement_ids"].split(";"))))
        if behind:
            copied = behind[0]["statement_ids"].split(";")[0]
            original = evidence.statements[copied]
            copies = [original._replace(statement_id=f"{copied}+{n}", retells=copied) for n in range(1, COPIES + 1)]
            known = evidence.plus(copies)
            tried("copy statement", copied, compared + [matching.compare(claim, s, known, published) for s in copies],
                  known)
    return tables.frame("sensitivity", rows)


def moved(claims: list[tuple[str, Scoped]], then: Evidence, now: Evidence, published: str) -> pd.DataFrame:
    """The ceilings that differ between two states of the evidence: columns claim, then, now, why (what is new against or
    for it). A claim is judged by what was known at each time; the earlier judgement is not rewritten."""
    rows = []
    for kind, claim in claims:
        before, after = (judge(kind, claim, known, published)[0] for known in (then, now))
        if before["ceiling"] != after["ceiling"]:
            news = [r for r in after["reasons_for"] + after["reasons_against"]
                    if r not in before["reasons_for"] + before["reasons_against"]]
            gone = [s for s in after["statement_ids"] if s not in then.statements]
            rows.append((claim.claim_id, before["ceiling"], after["ceiling"],
                         "; ".join(r.rstrip(".") for r in news if any(s in r for s in gone))))
    return pd.DataFrame(rows, columns=["claim", "then", "now", "why"])
