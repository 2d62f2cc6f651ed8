"""From a word of the assessment to the row that it rests on.

Two kinds of link: a claim, a statement and a source lead to their place in report.html; a number and a judgement lead to
the rows of the table they were read from, by RFC 7111 (`grades.csv#row=7`; the header is row 1, as a spreadsheet counts).
In the report, which is one page, the second kind leads to the place of what that row is about.
"""
import re
from collections.abc import Iterable
from urllib.parse import quote, unquote

import pandas as pd

from helpers import tables
from helpers.paths import Run
from helpers.prose import hrefs
from helpers.schemas import SCHEMAS

ROWS = re.compile(r"(\w+)\.csv(?:#row=(\d+)(?:-\d+)?(?:;\d+(?:-\d+)?)*)?")
# The column that says what a row is about, by what it names; the first that the table has counts.
ABOUT = (("claim_id", "claim"), ("subject", ""), ("source_id", "source"), ("statement_id", "statement"))
WHOLE = {"claims": "claims", "retellings": "changes", "document": "text", "sentences": "text", "statements": "statements",
         "sources": "sources"}


def place(name: str, kind: str = "") -> str:
    """The address of a claim, a statement, or (kind "source") a source in the report."""
    return f"report.html#{'source-' if kind == 'source' else ''}{quote(name)}"


def rows(words: str, table: str, mask: "pd.Series | None" = None) -> str:
    """Words as a Markdown link to rows of a table of the run: those that the mask holds, or the table as a whole. Words
    alone where the mask holds none."""
    if mask is None:
        return f"[{words}]({table}.csv)"
    numbers = [n + 2 for n, held in enumerate(mask) if held]
    return f"[{words}]({table}.csv#row={';'.join(_ranges(numbers))})" if numbers else words


def few(ids: Iterable[str], claims: pd.DataFrame, most: int = 6) -> str:
    """The first ids of claims, bare, and how many more there are, as a link to these rows of the table."""
    ids = list(ids)
    more = rows(f"{len(ids) - most} more", "claims", claims.claim_id.isin(ids[most:]))
    return ", ".join(ids[:most]) + (f" and {more}" if len(ids) > most else "")


def _ranges(numbers: list[int]) -> Iterable[str]:
    start = None
    for n, following in zip(numbers, [*numbers[1:], None]):
        start = n if start is None else start
        if following != n + 1:
            yield f"{start}-{n}" if n > start else str(n)
            start = None


def targets(tokens, run: Run, spots: dict[tuple[str, str], str]) -> dict[str, str]:
    """href -> an id on the page, for the links of a text (`prose.parse`) that lead to tables of the run.

    spots: (kind, id) -> the id of a claim, a statement or a source on the page (`report.anchors`).
    """
    found, read = {}, {}
    for href in hrefs(tokens):
        m = ROWS.fullmatch(unquote(href))
        if not m or m[1] not in SCHEMAS or SCHEMAS[m[1]][0] != "processed":
            continue
        if not m[2]:
            found[unquote(href)] = WHOLE.get(m[1], "assessment")
            continue
        if m[1] not in read:
            read[m[1]] = tables.read(m[1], run)
        found[unquote(href)] = _spot(read[m[1]], int(m[2]) - 2, spots) or WHOLE.get(m[1], "assessment")
    return found


def _spot(table: pd.DataFrame, n: int, spots: dict[tuple[str, str], str]) -> str:
    if not 0 <= n < len(table):
        return ""
    row = table.iloc[n]
    for column, kind in ABOUT:
        if column in table.columns:
            kinds = (kind,) if kind else ("claim", "source")
            return next((spots[k, row[column]] for k in kinds if (k, row[column]) in spots), "")
    return ""
