"""The comparison of two texts to read and to write: each claim of both in one list, with where it stands.

The lists are those of `comparing.Compared`: what B changed, kept, left out and added, and what fits several passages of A.
"""
import textwrap

import pandas as pd

from helpers import tables
from helpers.comparing import Compared, claim_of
from helpers.proposals import Proposal

NO_CHANGE = {"field": "", "old": "", "new": "", "direction": "", "note": ""}


def table(found: Compared, a: Proposal, b: Proposal) -> pd.DataFrame:
    """The table `compared`: a row a changed field; a row a claim that was kept, left out, added or is not settled."""
    of_a, of_b = (_by_id(p) for p in (a, b))
    rows, changed = [], found.changed()
    for claim, statement in found.told.items():
        for change in changed[claim].itertuples() if claim in changed else ():
            rows.append(_row("changed", of_a[claim_of(change.from_id)], of_b[claim],
                             {column: getattr(change, column) for column in NO_CHANGE}))
    rows += [_row("kept", of_a[claim_of(found.told[c])], of_b[c]) for c in found.kept(b)]
    rows += [_row("left out", of_a[c], None) for c in found.left_out]
    rows += [_row("added", None, of_b[c]) for c in found.added]
    rows += [_row("not settled", of_a[claim_of(s)], of_b[c]) for c, fitting in found.unsettled.items() for s in fitting]
    return tables.frame("compared", rows)


def _by_id(p: Proposal) -> dict:
    return {c.claim_id: c for c in p.claims.itertuples()}


def _row(verdict: str, a, b, change: "dict | None" = None) -> dict:
    spans = {f"{side}_{column}": getattr(c, name) for side, c in (("a", a), ("b", b)) if c is not None
             for column, name in (("id", "claim_id"), ("start", "start"), ("end", "end"), ("exact", "exact"))}
    return {"verdict": verdict, **spans, **(change or NO_CHANGE)}


def summary(found: Compared, a: Proposal, b: Proposal, name_a: str = "A", name_b: str = "B") -> str:
    """The same in lines to read, what changed first. A claim is given with its id and where it stands in its text."""
    of_a, of_b = (_by_id(p) for p in (a, b))
    changed = []
    for claim, rows in found.changed().items():
        for statement, own in rows.groupby("from_id", sort=False):
            changed += [_said(of_a[claim_of(statement)], "A"), _said(of_b[claim], "B")]
            changed += ["    " + _change(r) for r in own.itertuples()]
    unsettled = []
    for claim, fitting in found.unsettled.items():
        unsettled += [_said(of_b[claim], "B"), *("  " + _said(of_a[claim_of(s)], "A") for s in fitting)]
    parts = [("Changed", changed, len(found.changed())),
             (f"Kept by {name_b}", [_said(of_b[c], "B") for c in found.kept(b)], 0),
             (f"Left out of {name_a}", [_said(of_a[c], "A") for c in found.left_out], 0),
             (f"Only in {name_b}", [_said(of_b[c], "B") for c in found.added], 0),
             ("Not settled: fits several equally", unsettled, len(found.unsettled))]
    lines = [f"A is {name_a}: {len(a.claims)} claims. B is {name_b}: {len(b.claims)} claims."]
    if not found.told and not found.unsettled:
        lines.append(f"Nothing in {name_b} could be traced to {name_a}.")
    for heading, rows, number in parts:
        if rows:
            lines += ["", f"{heading} ({number or len(rows)})", *(f"  {row}" for row in rows)]
    return "\n".join(lines)


def _said(c, side: str) -> str:
    return f'{side} {c.claim_id} {c.start}-{c.end} "{textwrap.shorten(c.exact, 160, placeholder=" …")}"'


def _change(r) -> str:
    direction = f" ({r.direction})" if r.direction != "other" else ""
    return f"{r.field}: {r.old} → {r.new}{direction}" + (f", {r.note}" if r.note else "")
