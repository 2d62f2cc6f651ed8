"""The evidence ledger: who stated what and when, which statement relays which, and what was known by a day.

A *statement* is one row of statements.csv. Its *root* is where its `retells` chain begins. A *position* is what an
actor holds on a subject at a time: a denial, an evasion, a refusal to comment, a confirmation.
"""
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from helpers import tables
from helpers.paths import InputError, Run, check_date

DENYING = ("no_comment", "evade", "deny")  # from the weakest to the strongest


def read(run: Run) -> pd.DataFrame:
    """statements.csv, checked, in order of said_on and statement_id, with one column more: source_id.

    Raises InputError for an unknown source, a `retells` that points nowhere or in a circle, a number range or a period
    that runs backwards.
    """
    file = tables.path("statements", run)
    ledger, sources = tables.read("statements", run), tables.read("sources", run)
    ids = source_index(sources, tables.path("sources", run))
    for i, row in enumerate(ledger.itertuples(index=False), 2):
        at = f"{file}, row {i}, statement {row.statement_id!r}"
        if row.source.casefold() not in ids:
            raise InputError(f"{at}, column 'source': {row.source!r} is not in sources.csv, neither as a name nor as an "
                             "alias; add it there (or give the ledger's own table with --sources)")
        if row.low > row.high:
            raise InputError(f"{at}, column 'low': {row.low:g} is more than high {row.high:g}")
        if row.period_start and row.period_end and row.period_start > row.period_end:
            raise InputError(f"{at}, column 'period_start': {row.period_start!r} is after period_end "
                             f"{row.period_end!r}")
    try:
        roots(dict(zip(ledger.statement_id, ledger.retells)))
    except InputError as e:
        raise InputError(f"{file}, {e}") from None
    ledger["source_id"] = [ids[s.casefold()] for s in ledger.source]
    return ledger.sort_values(["said_on", "statement_id"], kind="stable").reset_index(drop=True)


def source_index(sources: pd.DataFrame, file="sources.csv") -> dict[str, str]:
    """Name or alias (casefolded) -> source_id. Raises InputError if two sources share one."""
    found: dict[str, str] = {}
    for i, row in enumerate(sources.to_dict("records"), 2):
        for word in (row["name"], row["source_id"], *filter(None, (a.strip() for a in row["aliases"].split(";")))):
            if found.setdefault(word.casefold(), row["source_id"]) != row["source_id"]:
                raise InputError(f"{file}, row {i}, column 'aliases': {word!r} already names "
                                 f"{found[word.casefold()]!r}; a name or alias may stand for one source only")
    return found


def roots(parent: dict[str, str]) -> dict[str, tuple[str, int]]:
    """statement -> (its root, steps from the root), from statement -> the one it retells (or the empty string).

    Raises InputError naming the row (2 is the first) where `retells` points nowhere or in a circle.
    """
    row_of = {s: i for i, s in enumerate(parent, 2)}
    found: dict[str, tuple[str, int]] = {}
    for statement in parent:
        way: list[str] = []
        while statement not in found:
            up = parent[statement]
            if up and up not in parent:
                raise InputError(f"row {row_of[statement]}, column 'retells': {up!r} is not a statement of this ledger")
            if statement in way:
                circle = " > ".join([*way[way.index(statement):], statement])
                raise InputError(f"row {row_of[statement]}, column 'retells': {statement!r} retells itself in a circle: "
                                 f"{circle}")
            if not up:
                found[statement] = (statement, 0)
                break
            way.append(statement)
            statement = up
        for below in reversed(way):
            root, depth = found[parent[below]]
            found[below] = (root, depth + 1)
    return found


def known_by(ledger: pd.DataFrame, day: str) -> pd.DataFrame:
    """The statements made by `day` (all of them if empty)."""
    check_date(day, "as_of")
    return (ledger[ledger.said_on <= day] if day else ledger).reset_index(drop=True)


class Evidence(NamedTuple):
    """What is known, ready to be asked: statements by id, where each begins, and who its source is."""

    statements: dict[str, tuple]  # statement_id -> the row of the ledger, as itertuples gives it
    parent: dict[str, str]        # statement_id -> the one it retells, if that one is known
    root: dict[str, tuple[str, int]]
    family: dict[str, str]        # source_id -> origin_family
    party: dict[str, str]         # source_id -> party_to_event
    called: dict[str, str]        # source_id or origin_family -> a name to print
    measures: dict[str, list[tuple]]  # measure -> its statements

    def way(self, statement_id: str) -> list[str]:
        """Statement ids from the root to this one, along `retells`."""
        found = [statement_id]
        while self.parent[found[-1]]:
            found.append(self.parent[found[-1]])
        return found[::-1]

    def without(self, dropped: Iterable[str]) -> "Evidence":
        """The same had these never been seen. What retells one of them is known by what that one retells, if anything."""
        gone, kept = set(dropped), []
        for k, s in self.statements.items():
            up = self.parent[k]
            while up in gone:
                up = self.parent[up]
            if k not in gone:
                kept.append(s if up == s.retells else s._replace(retells=up))
        return _evidence(kept, self.family, self.party, self.called)

    def plus(self, more: Iterable[tuple]) -> "Evidence":
        """The same with further statements."""
        return _evidence([*self.statements.values(), *more], self.family, self.party, self.called)

    def about(self, measure: str, population: str) -> list[tuple]:
        """(actor, statement) for each position on a subject, in order of time: who denied, evaded or confirmed it.

        An actor is an origin family, or a source without one. A blank population is any.
        """
        return [(self.family.get(s.source_id) or s.source_id, s) for s in self.statements.values()
                if s.stance in (*DENYING, "confirm") and s.measure == measure
                and (not population or s.population in ("", population))]


def evidence(ledger: pd.DataFrame, sources: pd.DataFrame) -> Evidence:
    """Evidence from a ledger (`read`, cut by `known_by`) and the table `sources`."""
    family = dict(zip(sources.source_id, sources.origin_family))
    called = {}
    for s in sources.to_dict("records"):
        called[s["source_id"]] = s["name"]
        called.setdefault(s["origin_family"], s["name"])  # a family goes by the name of its first source
    return _evidence(ledger.itertuples(index=False), family, dict(zip(sources.source_id, sources.party_to_event)), called)


def _evidence(rows: Iterable[tuple], family: dict, party: dict, called: dict) -> Evidence:
    statements = {s.statement_id: s for s in rows}
    parent = {k: s.retells if s.retells in statements else "" for k, s in statements.items()}
    measures: dict[str, list[tuple]] = {}
    for s in statements.values():
        measures.setdefault(s.measure, []).append(s)
    return Evidence(statements, parent, roots(parent), family, party, called, measures)
