"""The evidence ledger: who stated what and when, which statement relays which, and what was known by a day.

A *statement* is one row of statements.csv, or several that are copies of one. Its *root* is where its `retells` chain
begins. A *subject* is what is counted, among whom, and how fast: measure, population, rate.
"""
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

import pandas as pd

from helpers import copies, credits, tables
from helpers.parts import Part
from helpers.paths import InputError, Run, check_date

Made = TypeVar("Made")
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
        way: dict[str, None] = {}
        while statement not in found:
            up = parent[statement]
            if up and up not in parent:
                raise InputError(f"row {row_of[statement]}, column 'retells': {up!r} is not a statement of this ledger")
            if statement in way:
                steps = list(way)
                circle = " > ".join([*steps[steps.index(statement):], statement])
                raise InputError(f"row {row_of[statement]}, column 'retells': {statement!r} retells itself in a circle: "
                                 f"{circle}")
            if not up:
                found[statement] = (statement, 0)
                break
            way[statement] = None
            statement = up
        for below in reversed(way):
            root, depth = found[parent[below]]
            found[below] = (root, depth + 1)
    return found


def known_by(ledger: pd.DataFrame, day: str) -> pd.DataFrame:
    """The statements made by `day` (all of them if empty)."""
    check_date(day, "as_of")
    return (ledger[ledger.said_on <= day] if day else ledger).reset_index(drop=True)


@dataclass(frozen=True, eq=False)
class Evidence:
    """What is known, ready to be asked: statements by id, where each begins, and who its source is."""

    statements: Mapping[str, tuple]  # statement_id -> the row of the ledger, as itertuples gives it, in order of time
    parent: Mapping[str, str]        # statement_id -> the one it retells, if that one is known
    root: Mapping[str, tuple[str, int]]
    family: dict[str, str]           # source_id -> origin_family
    party: dict[str, str]            # source_id -> party_to_event
    kind: dict[str, str]             # source_id -> kind
    called: dict[str, str]           # source_id or origin_family -> a name to print
    copies: dict[str, str]           # verbatim copy -> the statement that it is a mention of
    whole: "Evidence | None" = None  # what this is a part of (`without`)
    touched: frozenset = field(default=frozenset())  # its statements that are gone, or begin elsewhere than in the whole

    def once(self, build: Callable[["Evidence"], Made]) -> Made:
        """What `build` makes of this evidence, made only once."""
        if build not in self._made:
            self._made[build] = build(self)
        return self._made[build]

    @cached_property
    def _made(self) -> dict:
        return {}

    def way(self, statement_id: str) -> list[str]:
        """Statement ids from the root to this one, along `retells`."""
        found = [statement_id]
        while self.parent[found[-1]]:
            found.append(self.parent[found[-1]])
        return found[::-1]

    def house(self, source_id: str) -> str:
        """Whose word a source's is: its origin family, or the source itself."""
        return self.family.get(source_id) or source_id

    def mentions(self, statement_ids: Iterable[str]) -> int:
        """How often the statements were seen, copies counted."""
        return sum(1 + self.repeated.get(s, 0) for s in statement_ids)

    def below(self, statement_ids: Iterable[str]) -> set[str]:
        """All that retell one of these, directly or through another."""
        found, todo = set(), list(statement_ids)
        while todo:
            new = set(self.children.get(todo.pop(), ())) - found
            found |= new
            todo += new
        return found

    def credited(self, statement_id: str) -> frozenset[str]:
        """The houses that a statement names as its source, but for its own; one that is not listed by `~` and its words."""
        if statement_id not in self._credits:
            s = self.statements[statement_id]
            named = (c for c in s.credits if not c.startswith("~") or credits.is_one(c))
            self._credits[statement_id] = frozenset(map(self.house, named)) - {self.house(s.source_id)}
        return self._credits[statement_id]

    @cached_property
    def _credits(self) -> dict[str, frozenset[str]]:
        return {} if self.whole is None else self.whole._credits  # what a statement says is the same in any part

    @cached_property
    def tellers(self) -> Mapping[str, frozenset[str]]:
        """statement_id -> the sources on its way from the root; one set for all that share it."""
        if self.whole is not None:
            below = {s: frozenset(self.statements[w].source_id for w in self.way(s)) for s in self.touched - self.gone}
            return Part(self.whole.tellers, self.gone, below)
        found, same = {}, {}
        for s in sorted(self.statements, key=lambda s: self.root[s][1]):
            own = found.get(self.parent[s], frozenset()) | {self.statements[s].source_id}
            found[s] = same.setdefault(own, own)
        return found

    @cached_property
    def children(self) -> dict[str, list[str]]:
        """statement_id -> those that retell it."""
        found = defaultdict(list)
        for s, up in self.parent.items():
            found[up].append(s)
        found.pop("", None)
        return dict(found)

    @cached_property
    def measures(self) -> dict[str, list[tuple]]:
        """measure -> its statements."""
        found = defaultdict(list)
        for s in self.statements.values():
            found[s.measure].append(s)
        return dict(found)

    @cached_property
    def repeated(self) -> dict[str, int]:
        """statement_id -> how many copies it has, for those that have any."""
        found: dict[str, int] = {}
        for to in self.copies.values():
            found[to] = found.get(to, 0) + 1
        return found

    def without(self, dropped: Iterable[str]) -> "Evidence":
        """The same had these never been seen, nor their copies. What retells one of them is known by what that one
        retells, if anything. Takes time only for what is below them."""
        whole, gone = (self, frozenset(dropped)) if self.whole is None else (self.whole, self.gone | frozenset(dropped))
        below = sorted(whole.below(gone) - gone, key=lambda s: whole.root[s][1])
        parent, root = {}, {}
        for s in below:
            up = whole.parent[s]
            while up in gone:
                up = whole.parent[up]
            first, depth = root.get(up) or (whole.root[up] if up else (s, -1))
            parent[s], root[s] = up, (first, depth + 1)
        return replace(whole, statements=Part(whole.statements, gone, {}), parent=Part(whole.parent, gone, parent),
                       root=Part(whole.root, gone, root), whole=whole, touched=gone.union(below))

    @cached_property
    def gone(self) -> frozenset[str]:
        return frozenset(s for s in self.touched if s not in self.statements)

    def plus(self, more: Iterable[tuple]) -> "Evidence":
        """The same with further statements. Where all are copies of known ones, only their mentions are counted."""
        more = list(more)
        first = self.once(_first_of)
        if any(first.get(copies.content(s), "") != s.retells for s in more):
            return _evidence([*self.statements.values(), *more], self)
        same = replace(self, copies=self.copies | {s.statement_id: s.retells for s in more})
        for made in ("_made", "_credits", "tellers", "children", "measures"):  # what copies do not change
            same.__dict__[made] = getattr(self, made)
        return same


def _first_of(evidence: Evidence) -> dict[tuple, str]:
    return {copies.content(s): k for k, s in evidence.statements.items()}


def evidence(ledger: pd.DataFrame, sources: pd.DataFrame) -> Evidence:
    """Evidence from a ledger (`read`, cut by `known_by`) and the table `sources`. Its rows also hold what `credits.told`
    reads from their paraphrases; copies are collapsed (`copies`)."""
    called = {}
    for s in sources.to_dict("records"):
        called[s["source_id"]] = s["name"]
        called.setdefault(s["origin_family"], s["name"])  # a family goes by the name of its first source
    family, party, kind = (dict(zip(sources.source_id, sources[c])) for c in ("origin_family", "party_to_event", "kind"))
    told = credits.told(ledger, sources).astype(object)
    return _evidence(told.itertuples(index=False), Evidence({}, {}, {}, family, party, kind, called, {}))


def _evidence(rows: Iterable[tuple], about: Evidence) -> Evidence:
    """Evidence of these rows, with the sources (and the copies counted so far) of `about`."""
    rows, again = copies.collapsed(sorted(rows, key=lambda s: (s.said_on, s.statement_id)))
    statements = {s.statement_id: s for s in rows}
    parent = {k: s.retells if s.retells in statements else "" for k, s in statements.items()}
    return replace(about, statements=statements, parent=parent, root=roots(parent),
                   copies={copy: again.get(to, to) for copy, to in about.copies.items()} | again,
                   whole=None, touched=frozenset())
