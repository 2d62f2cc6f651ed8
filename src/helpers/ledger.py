"""The evidence ledger: who stated what and when, which statement relays which, and what was known by a day.

A *statement* is one row of statements.csv. Its *root* is where its `retells` chain begins. A *position* is what an
actor holds on a subject at a time: a denial, an evasion, a refusal to comment, a confirmation.
"""
import pandas as pd

from helpers import tables
from helpers.paths import InputError, Run, check_date

DENYING = ("no_comment", "evade", "deny")  # from weakest to strongest


def read(run: Run) -> pd.DataFrame:
    """statements.csv, checked, in order of said_on and statement_id, with three columns more: source_id, root_id, depth
    (steps from the root). Raises InputError for an unknown source, a `retells` that points nowhere, later or in a
    circle, a number range or a period that runs backwards.
    """
    file = tables.path("statements", run)
    ledger, sources = tables.read("statements", run), tables.read("sources", run)
    ids = source_index(sources, tables.path("sources", run))
    for i, row in ledger.iterrows():
        at = f"{file}, row {i + 2}, statement {row.statement_id!r}"
        if row.source.casefold() not in ids:
            raise InputError(f"{at}, column 'source': {row.source!r} is not in sources.csv, neither as a name nor as an "
                             "alias; add it there (or pass the ledger's own table with --sources)")
        if row.low > row.high:
            raise InputError(f"{at}, column 'low': {row.low:g} is more than high {row.high:g}")
        if row.period_start and row.period_end and row.period_start > row.period_end:
            raise InputError(f"{at}, column 'period_start': {row.period_start!r} is after period_end "
                             f"{row.period_end!r}")
    ledger["source_id"] = [ids[s.casefold()] for s in ledger.source]
    return _rooted(ledger, file)


def source_index(sources: pd.DataFrame, file="sources.csv") -> dict[str, str]:
    """Name or alias (casefolded) -> source_id. Raises InputError if two sources share one."""
    found: dict[str, str] = {}
    for i, row in sources.iterrows():
        for word in (row["name"], row.source_id, *filter(None, (a.strip() for a in row.aliases.split(";")))):
            if found.setdefault(word.casefold(), row.source_id) != row.source_id:
                raise InputError(f"{file}, row {i + 2}, column 'aliases': {word!r} already names "
                                 f"{found[word.casefold()]!r}; a name or alias may stand for one source only")
    return found


def _rooted(ledger: pd.DataFrame, file) -> pd.DataFrame:
    parent = dict(zip(ledger.statement_id, ledger.retells))
    row_of = {s: i + 2 for i, s in enumerate(ledger.statement_id)}
    for statement, up in parent.items():
        if up and up not in parent:
            raise InputError(f"{file}, row {row_of[statement]}, column 'retells': {up!r} is not a statement of this ledger")
    root: dict[str, tuple[str, int]] = {}
    for statement in parent:
        way = []
        while statement not in root:
            if statement in way:
                raise InputError(f"{file}, row {row_of[statement]}, column 'retells': {statement!r} retells itself in a "
                                 f"circle: {' > '.join([*way[way.index(statement):], statement])}")
            way.append(statement)
            if not parent[statement]:
                root[statement] = (statement, 0)
                way.pop()
                break
            statement = parent[statement]
        for below in reversed(way):
            top, depth = root[parent[below]]
            root[below] = (top, depth + 1)
    ledger["root_id"] = [root[s][0] for s in ledger.statement_id]
    ledger["depth"] = [root[s][1] for s in ledger.statement_id]
    return ledger.sort_values(["said_on", "statement_id"], kind="stable").reset_index(drop=True)


def known_by(ledger: pd.DataFrame, day: str) -> pd.DataFrame:
    """The statements made by `day` (all of them if empty). A chain whose root was not yet said begins where it can."""
    check_date(day, "as_of")
    known = ledger[ledger.said_on <= day] if day else ledger
    lost = ~known.retells.isin(["", *known.statement_id])
    known = known.assign(retells=known.retells.mask(lost, ""))
    return _rooted(known.drop(columns=["root_id", "depth"]), "the ledger by " + day) if lost.any() else \
        known.reset_index(drop=True)


def chain(ledger: pd.DataFrame, statement_id: str) -> list[str]:
    """Statement ids from the root to this one, along `retells`."""
    parent = dict(zip(ledger.statement_id, ledger.retells))
    way = [statement_id]
    while parent[way[-1]]:
        way.append(parent[way[-1]])
    return way[::-1]


def positions(ledger: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """What each actor said of each subject over time: the statements that deny, evade, refuse comment or confirm.

    Columns: actor (origin_family, else source_id), measure, population, said_on, stance, statement_id, in that order.
    A later confirmation stands beside the earlier denial; it does not replace it.
    """
    family = dict(zip(sources.source_id, sources.origin_family))
    taken = ledger[ledger.stance.isin([*DENYING, "confirm"])]
    taken = taken.assign(actor=[family.get(s) or s for s in taken.source_id])
    columns = ["actor", "measure", "population", "said_on", "stance", "statement_id"]
    return taken[columns].sort_values(columns, kind="stable").reset_index(drop=True)
