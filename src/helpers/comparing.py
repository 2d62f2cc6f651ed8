"""Two texts beside each other: A the upstream (a press release, a report), B the page that may have been made of it.

A's claims become statements of a small ledger, one a number, and B's are matched and traced as with any ledger
(`matching`, `retelling`). Since A is known to come before, what that leaves is paired once more: with the one claim of A
that says the same but for one field or for its number.
"""
import textwrap
from collections import Counter
from typing import NamedTuple

import pandas as pd

from helpers import ledger, likeness, matching, naming, pairs, retelling, rounding, tables, wording
from helpers.ledger import Evidence
from helpers.matching import AUTHOR, Scoped
from helpers.proposals import Proposal

SOME_DAY = "2000-01-01"  # of a text whose day nobody knows: no date of its claims is counted from it
FIELDS = ("measure", "population", "place", "rate", "period", "stance")
SHARED = 2  # words that two claims have in common before one may be the other changed


class Compared(NamedTuple):
    """What became of A in B. told: claim of B -> statement of A; unsettled: claim of B -> statements of A that fit alike;
    left_out: claims of A that B does not tell; added: claims of B that A does not have."""

    retellings: pd.DataFrame
    told: dict[str, str]
    unsettled: dict[str, list[str]]
    left_out: list[str]
    added: list[str]

    def kept(self, b: Proposal) -> list[str]:
        """The claims of B that tell a claim of A as it is, but those within one that does not."""
        return [c for c in self.told if c not in _beside(self.changed(), b.claims)]

    def changed(self) -> dict[str, pd.DataFrame]:
        """claim of B -> its rows of `retellings`, for those that changed anything."""
        return dict(iter(self.retellings.groupby("claim_id", sort=False)))


def statements(a: Proposal, sources: pd.DataFrame, day: str = "") -> pd.DataFrame:
    """The claims of a text as a ledger (`ledger.read`): ids are A. and the claim's (and .2, .3 for its further numbers);
    said_on is `day`; `source` and `source_id` are who said it, as the claim's chain ends; polarity is the claim's."""
    rows, seen = [], Counter()
    for c in matching.scoped(a.claims, a.quantities, sources):
        seen[c.claim_id] += 1
        own = f"A.{c.claim_id}" + (f".{seen[c.claim_id]}" if seen[c.claim_id] > 1 else "")
        rows.append({**{k: v for k, v in c._asdict().items() if k in tables.SCHEMAS["statements"][1]},
                     "statement_id": own, "said_on": day or SOME_DAY, "source": c.source_id, "qualifier": c.hedges,
                     "paraphrase": c.proposition, "seen_with": "high", "polarity": c.polarity})
    found = tables.frame("statements", rows)
    return found.assign(source_id=found.source, polarity=pd.Series([r["polarity"] for r in rows], dtype=object))


def compare(a: Proposal, b: Proposal, sources: pd.DataFrame, day_a: str = "", day_b: str = "") -> Compared:
    """What B kept of A, changed, left out and added. day_a, day_b: when they were published; empty if not known.

    What A says in its own voice is the word of whoever published A, which no table names: whom B credits with it is no
    change.
    """
    upstream = statements(a, sources, day_a or day_b)
    evidence = ledger.evidence(upstream, sources)
    scoped = matching.settled(matching.scoped(b.claims, b.quantities, sources), evidence, day_b)
    comparisons = matching.match(scoped, evidence, day_b)
    told = matching.best(comparisons)
    told |= _paired([c for c in scoped if c.claim_id not in told], list(evidence.statements.values()), evidence)
    table = retelling.trace(scoped, evidence, told)
    table = table[(table.step == 0) & ~((table.field == "source") & (table.old == AUTHOR))].reset_index(drop=True)
    unsettled = {claim: rows.statement_id.to_list()
                 for claim, rows in comparisons[comparisons.verdict == "ambiguous"].groupby("claim_id", sort=False)
                 if claim not in told and claim not in _beside(told, b.claims)}
    retold = {*told.values(), *(s for rows in unsettled.values() for s in rows)}
    retold |= {copy for copy, first in evidence.copies.items() if first in retold}
    return Compared(table, told, unsettled, _rest({*map(claim_of, retold)}, map(claim_of, upstream.statement_id), a.claims),
                    _rest({*told, *unsettled}, (c.claim_id for c in scoped), b.claims))


def summary(found: Compared, a: Proposal, b: Proposal, name_a: str = "A", name_b: str = "B") -> str:
    """The same in lines to read: what B kept of A, changed, left out and added."""
    of_a, of_b = (dict(zip(p.claims.claim_id, map(_short, p.claims.exact))) for p in (a, b))
    changed = []
    for claim, rows in found.changed().items():
        changed += [f'{claim_of(found.told[claim])} "{of_a[claim_of(found.told[claim])]}"', f'  {claim} "{of_b[claim]}"']
        changed += [f"    {r.field}: {r.old} → {r.new}" + (f" ({r.direction})" if r.direction != "other" else "")
                    for r in rows.itertuples()]
    parts = [(f"Kept by {name_b}", [f'{c} "{of_b[c]}"' for c in found.kept(b)], ""),
             ("Changed", changed, len(found.changed())),
             (f"Left out of {name_a}", [f'{c} "{of_a[c]}"' for c in found.left_out], ""),
             (f"Only in {name_b}", [f'{c} "{of_b[c]}"' for c in found.added], ""),
             ("Not settled: fits several equally", [f'{c} "{of_b[c]}": {", ".join(map(claim_of, ids))}'
                                                    for c, ids in found.unsettled.items()], "")]
    lines = [f"{name_a}: {len(a.claims)} claims. {name_b}: {len(b.claims)} claims."]
    if not found.told and not found.unsettled:
        lines.append(f"Nothing in {name_b} could be traced to {name_a}.")
    for heading, rows, number in parts:
        if rows:
            lines += ["", f"{heading} ({number or len(rows)})", *(f"  {row}" for row in rows)]
    return "\n".join(lines)


def _short(words: str) -> str:
    return textwrap.shorten(words, 160, placeholder=" …")


def claim_of(statement_id: str) -> str:
    """The claim of A that a statement was made of."""
    return statement_id.split(".")[1]


def _rest(known: set[str], ids, claims: pd.DataFrame) -> list[str]:
    """The ids that are not known and whose words are not those of a known claim, or of one listed before."""
    found: list[str] = []
    for one in dict.fromkeys(ids):
        if one not in known and one not in _beside({*known, *found}, claims):
            found.append(one)
    return found


def _beside(ids, claims: pd.DataFrame) -> set[str]:
    """The claims that share words of the text with one of these."""
    spans = {c.claim_id: (c.start, c.end) for c in claims.itertuples()}
    own = [spans[i] for i in ids]
    return {i for i, (start, end) in spans.items() if any(start < e and s < end for s, e in own)}


def _paired(claims: list[Scoped], rest: list, evidence: Evidence) -> dict[str, str]:
    """claim of B -> statement of A, of what was not matched: the only one that it could be, by its number or else by its
    words."""
    found: dict[str, str] = {}
    for tied in (_by_number, _by_words):
        for c in claims:
            ties = [s.statement_id for s in rest if c.claim_id not in found and tied(c, s, evidence)]
            if len(ties) == 1:
                found[c.claim_id] = ties[0]
    return found


def _by_number(c: Scoped, s, evidence: Evidence) -> bool:
    """One number and all but one field the same; or one count of one source, and another number."""
    if not (likeness.numbered(c) and likeness.numbered(s)) or len(_common(c, s)) < SHARED:
        return False
    relation = pairs.compare(c, s, evidence)["relation"]
    differing = [f for f in FIELDS if relation[f] == "differs"]
    if rounding.same(s, c):
        return len(differing) <= 1
    return not differing and relation["measure"] == "equal" and (
        relation["source"] in ("equal", "near") or s.source_id == AUTHOR)


def _by_words(c: Scoped, s, evidence: Evidence) -> bool:
    """The same in words, one of them without a number, and all but one field the same; a measure is among the words."""
    common, shorter = _common(c, s), min(map(len, map(naming.stems, (c.proposition, s.paraphrase))))
    if likeness.numbered(c) and likeness.numbered(s) or len(common) < max(SHARED, wording.SHARED * shorter):
        return False
    relation = pairs.compare(c, s, evidence)["relation"]
    return sum(relation[f] == "differs" for f in FIELDS if f != "measure") <= 1 and (
        {c.stance, s.stance} & set(ledger.DENYING) or likeness.polarity(c) == likeness.polarity(s))


def _common(c: Scoped, s) -> frozenset[str]:
    return naming.stems(c.proposition) & naming.stems(s.paraphrase)
