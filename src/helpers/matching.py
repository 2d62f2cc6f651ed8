"""Which statement does a claim relay? Like is set beside like; the rest is listed with the reason why not.

A *scoped* claim (`scoping`) says what is counted (measure), among whom (population), where, how fast (rate), when and how
many. It is set beside the statements of the ledger (`beside`), one by one (`pairs`). The *match* is the comparable
statement, made by the day the text was published, that the claim most likely relays, or if there is none, one that it tells
`otherwise`; a later statement is evidence, never what was relayed.
"""
import datetime
import itertools
from collections import defaultdict
from collections.abc import Iterable

import pandas as pd

from helpers import beside, gazetteer, likeness, measures, otherwise, tables
from helpers.copies import SEEN
from helpers.ledger import DENYING, Evidence
from helpers.likeness import numbered
from helpers.scoping import AUTHOR, Scoped, scoped

__all__ = ["AUTHOR", "Scoped", "scoped", "settled", "match", "not_compared", "compared", "relayable", "ranked", "ordered",
           "leading", "best"]

NAMED = 12  # of the statements that fit equally well, how many each of them names


def placed(scopes: list[Scoped], evidence: Evidence) -> list[Scoped]:
    """The scopes, with the ledger's own places where the words name one and the claim's cell is blank."""
    places = gazetteer.of(evidence)

    def place(c: Scoped) -> str:
        return next(filter(None, (gazetteer.find(w, places) for w in c.where.split("\n"))), "")

    return [c if c.place else c._replace(place=place(c)) for c in scopes]


def announced(c: Scoped, evidence: Evidence) -> Scoped:
    """What is still to come, as an announcement where the source that is named made one of it: "300 will be laid off"."""
    if c.stance != "predict" or not c.measure:
        return c
    for measure in sorted(measures.announcing(c.measure)):
        if any(s.source_id == c.source_id or c.family and evidence.house(s.source_id) == c.family
               for s in evidence.measures.get(measure, ())):
            return c._replace(measure=measure, stance="assert")
    return c


def settled(scopes: list[Scoped], evidence: Evidence, published: str = "") -> list[Scoped]:
    """One scope a claim: of several numbers, the one that some statement fits best; the first if none fits."""
    by_claim = defaultdict(list)
    for c in placed(scopes, evidence):
        by_claim[c.claim_id].append(announced(c, evidence))

    def fit(c: Scoped) -> tuple[bool, int]:
        found = compared(c, evidence, published)
        able = [f["score"] for f in found if relayable(c, f)]
        return bool(able), max(able or [f["score"] for f in found if otherwise.tied(c, f)], default=-1)

    return [own[0] if len(own) == 1 else max(own, key=fit) for own in by_claim.values()]


def match(claims: list[Scoped], evidence: Evidence, published: str = "") -> pd.DataFrame:
    """The table `comparisons`: every scoped claim beside every statement of its measure, or of one near it, that it can
    be compared with, and beside the beside.KEPT most alike of the others (`not_compared` counts them all).

    published: the text's day; empty if unknown (then no statement is too late to be what it relays).
    """
    return tables.frame("comparisons", [row for c in claims for row in ranked(c, compared(c, evidence, published), evidence)])


def not_compared(claims: list[Scoped], evidence: Evidence, published: str = "") -> pd.DataFrame:
    """The table `not_compared`: how many statements of its measure each claim cannot be compared with, by the fields in
    which they differ."""
    return tables.frame("not_compared", [
        {"claim_id": c.claim_id, "reason": reason, "statements": n} for c in claims
        for reason, n in sorted(beside.of(c, evidence, published).refused.items(), key=lambda r: (-r[1], r[0]))])


def compared(c: Scoped, evidence: Evidence, published: str = "") -> list[dict]:
    """`pairs.compare` for each statement that the claim can be compared with, and for the beside.KEPT most alike of the
    others."""
    return beside.of(c, evidence, published).rows


def relayable(c: Scoped, found: dict) -> bool:
    """Could the text relay this statement? It must be comparable and said by then, and something must tie the two:
    the number, with the people it counts, with the place, or with the source that is named; a named denier's position on
    the same; or, without a number, somebody's word of the same thing about the same people, or the named source's own."""
    relation, s = found["relation"], found["statement"]
    if found["why_not"] or found["late"] or found["opposed"]:
        return False
    if found["held"]:
        return True
    by_name, known = named(found), relation["population"] in ("equal", "contained")
    if found["words"]:
        return relation["magnitude"] == "equal" and (by_name or known) or by_name and not numbered(c) and not numbered(s)
    if c.stance in DENYING:
        return bool(c.family) or by_name
    if numbered(c):
        here = relation["place"] == relation["measure"] == "equal" and relation["population"] == "unknown"
        if relation["magnitude"] == "equal" and here and likeness.point(c) >= otherwise.TELLING:
            return True
        return relation["magnitude"] == "equal" and by_name or known and relation["magnitude"] in ("equal", "near", "contained")
    own = by_name and relation["measure"] == "equal" and relation["population"] == "unknown"
    return c.source_id != AUTHOR and (known or own) and not numbered(s) and s.seen_with != "low"


def ranked(c: Scoped, found: list[dict], evidence: Evidence) -> list[dict]:
    """Rows of `comparisons`, best first. The best that the text could relay is the match; equals are ambiguous."""
    found, able = ordered(c, found, evidence)
    if not able:
        able = [f for f in found if otherwise.tied(c, f)]
        able = able or [f for f in found if otherwise.renumbered(c, f, evidence)] or [
            f for f in found if otherwise.turned(c, f) or otherwise.graver(c, f)]
        found = able + [f for f in found if f not in able] if able else found
    top = leading(c, able)
    among, roots = {id(f) for f in top}, sorted({evidence.root[f["statement"].statement_id][0] for f in top})
    settles = ("all go back to " if len(roots) == 1 else "their roots differ: ") + ", ".join(roots[:NAMED])
    able = {id(f) for f in able}
    rows = []
    for rank, f in enumerate(found, 1):
        alone = len(top) == 1 and (not f["words"] or f["settled"] or otherwise.numbered_alike(c, f))
        verdict = ("match" if alone else "ambiguous") if id(f) in among else (
            "not comparable" if f["why_not"] else "candidate")
        rows.append({"claim_id": c.claim_id, "statement_id": f["statement"].statement_id, "rank": rank,
                     "verdict": verdict, **f["relation"], "agrees": f["agrees"],
                     "root_id": evidence.root[f["statement"].statement_id][0],
                     "reason": _reason(c, f, verdict, top, id(f) in able, settles)})
    return rows


def named(found: dict) -> bool:
    """Whether the claim names the source of a statement, or its house."""
    return found["relation"]["source"] in ("equal", "near")


def ordered(c: Scoped, found: list[dict], evidence: Evidence) -> tuple[list[dict], list[dict]]:
    """What was compared, best first; and of it, in the same order, what the text could relay."""
    able = {id(f) for f in found if relayable(c, f)}

    def best_first(f):
        s = f["statement"]
        # A position can change from one day to the next: without a number, the last word known is what a page relays. Of a
        # page without a day nobody knows which was the last: there the position that it tells comes first.
        recency = 0 if numbered(c) else -datetime.date.fromisoformat(s.said_on).toordinal()
        moved = c.stance in DENYING and not f["dated"] and f["relation"]["stance"] != "equal"
        return (bool(f["why_not"]), id(f) not in able, f["late"], bool(f["words"]) and not f["held"], moved, recency,
                -f["score"], evidence.root[s.statement_id][1], SEEN.get(s.seen_with, 3), s.said_on, s.statement_id)

    found = sorted(found, key=best_first)
    return found, [f for f in found if id(f) in able]


def leading(c: Scoped, able: Iterable[dict]) -> list[dict]:
    """The first of what the text could relay, in order, and all that fit as well; of these only what the source that the
    text names said itself, if any: who tells it after him is not whom the text names."""
    able = iter(able)
    if not (first := next(able, None)):
        return []
    top = [first, *itertools.takewhile(
        lambda f: f["score"] == first["score"] and bool(f["words"]) == bool(first["words"])
        and (numbered(c) or f["statement"].said_on == first["statement"].said_on), able)]
    return [f for f in top if f["statement"].source_id == c.source_id] or top


def _reason(c: Scoped, f: dict, verdict: str, top: list, able: bool, settles: str) -> str:
    if verdict == "not comparable":
        return "; ".join(f["why_not"])
    same = [k for k, v in f["relation"].items() if v in ("equal", "near")]
    unstated = [k for k, v in f["relation"].items() if v == "unknown" and k not in ("source", "bound")]
    parts = (["same " + ", ".join(same)] if same else []) + (
        ["in words: " + ", ".join(sorted(f["words"]))] if f["words"] else []) + (
        ["not stated on both sides: " + ", ".join(unstated)] if unstated else [])
    if f["why_not"]:
        parts.append(f"told otherwise: {f['why_not'][0]}")
    if f["late"]:
        parts.append("said after the text was published: evidence, not what it relays")
    elif verdict == "match" and not f["why_not"] and not able:
        parts.append("the one number that this source gave of it, and the text gives another")
    elif not able and not f["why_not"]:
        other = numbered(c) and numbered(f["statement"]) and f["relation"]["magnitude"] != "equal"
        alone = "only the number ties" if f["relation"]["magnitude"] == "equal" else "nothing ties"
        parts.append(("another number" if other else f"{alone} the claim to it") + ": evidence, not what it relays")
    elif verdict == "ambiguous":
        others = [t["statement"].statement_id for t in itertools.islice((t for t in top if t is not f), NAMED)]
        more = f" and {len(top) - 1 - NAMED} more" if len(top) - 1 > NAMED else ""
        parts.append((f"fits as well as {', '.join(others)}{more}; " if others else "by its words alone: ") + settles)
    elif verdict == "candidate":
        parts.append("fits less well" if numbered(c) else "an earlier word on the same subject")
    return "; ".join([*parts, f"score {f['score']}"])


def best(comparisons: pd.DataFrame) -> dict[str, str]:
    """claim_id -> the statement its retelling is traced through: its match or, of ambiguous ones that share one root,
    the first in rank. Ambiguous statements of different roots give nothing: chance settles no match, and some words in
    common do not either, unless they give the very number of the source that is named."""
    numbered = (comparisons.magnitude == "equal") & comparisons.source.isin(["equal", "near"])
    tied = (comparisons.verdict == "match") | (comparisons.verdict == "ambiguous") & (
        (comparisons.measure != "unknown") | numbered)
    taken = comparisons[tied]
    taken = taken.sort_values(["claim_id", "rank"])
    return {claim: group.statement_id.iloc[0] for claim, group in taken.groupby("claim_id", sort=True)
            if group.root_id.nunique() == 1}
