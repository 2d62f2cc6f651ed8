"""Verbatim copies: rows of the ledger that are one statement, seen more than once.

A *copy* has the source, the day and all the content of another row; only its id, the page on which it was seen and our
notes on that differ. It may retell what the other retells, the other itself, or nothing. Copies are mentions of the first.
"""
from collections import defaultdict

SEEN = {"high": 0, "medium": 1, "low": 2}
# What may differ from copy to copy. An alias is not another source, so source_id stands for it.
OWN = frozenset(("statement_id", "source", "said_on_precision", "retells", "page_title", "page_url", "page_date",
                 "seen_with", "note"))


def content(s) -> tuple:
    """All that a statement says; equal for copies. A missing number is None, as NaN equals nothing."""
    return tuple(None if v != v else v for name, v in zip(s._fields, s) if name not in OWN)


def collapsed(rows: list[tuple]) -> tuple[list[tuple], dict[str, str]]:
    """The rows without copies, in the order given, and copy -> the row that it is a copy of, the first by id.

    rows: rows of the ledger whose `retells` lead in no circle. The row that is kept carries what the group retells, and
    the surest reading of any copy; what retells a copy retells it.
    """
    alike: dict[tuple, list[tuple]] = defaultdict(list)
    for s in rows:
        alike[content(s)].append(s)
    first: dict[str, str] = {}
    twice = {key: group for key, group in alike.items() if len(group) > 1}
    parent = {s.statement_id: s.retells for s in rows} if twice else {}
    while found := _round(twice, first, parent):
        first = {copy: found.get(to, to) for copy, to in first.items()} | found
    if not first:
        return rows, {}
    groups: dict[str, list[tuple]] = defaultdict(list)
    for s in rows:
        groups[first.get(s.statement_id, s.statement_id)].append(s)
    kept = [_merged(s, own, first, parent) if len(own := groups[s.statement_id]) > 1 else
            s._replace(retells=first[s.retells]) if s.retells in first else s
            for s in rows if s.statement_id not in first]
    return kept, first


def _round(twice: dict[tuple, list[tuple]], first: dict[str, str], parent: dict[str, str]) -> dict[str, str]:
    """Copies found beyond those in `first`. Where copies are joined, what retells them may have become alike in turn."""
    found: dict[str, str] = {}

    def at(statement: str) -> str:
        statement = first.get(statement, statement)
        return found.get(statement, statement)

    for group in twice.values():
        own = {at(s.statement_id) for s in group}
        if len(own) < 2:
            continue
        by_parent: dict[str, set[str]] = defaultdict(set)
        within = set()  # rows that retell a copy of themselves
        for s in group:
            up = at(s.retells) if s.retells in parent else ""
            if up in own:
                within.add((at(s.statement_id), up))
            else:
                by_parent[up].add(at(s.statement_id))
        parts = [set(p) for _, p in sorted(by_parent.items())]
        if len(by_parent) == 2 and "" in by_parent and not _leads(max(by_parent), own, parent, at):
            parts = [own]
        for a, b in sorted(within):
            joined = [p for p in parts if a in p or b in p]
            parts = [p for p in parts if p not in joined] + [{a, b}.union(*joined)]
        for part in parts:
            found |= {s: min(part) for s in part if s != min(part)}
    return found


def _leads(statement: str, to: set[str], parent: dict[str, str], at) -> bool:
    """Whether `retells` leads from a statement to one of `to`: joined with them it would retell itself."""
    while statement in parent:
        if at(statement) in to:
            return True
        statement = parent[statement]
    return False


def _merged(kept, group: list[tuple], first: dict[str, str], parent: dict[str, str]):
    known = {first.get(s.retells, s.retells) for s in group if s.retells in parent} - {kept.statement_id}
    seen = min((s.seen_with for s in group), key=lambda v: SEEN.get(v, 3))
    return kept._replace(retells=min(known, default=""), seen_with=seen)
