"""Tables are read, checked against `schemas`, and written.

A table is a CSV in UTF-8. All cells are text as they stand ("NA" and "007" are not touched); an empty cell is an
empty string, and only columns declared as numbers become numbers (float, NaN where empty; offsets are int).
Lists inside a cell are separated by ";". Offsets are Unicode code points into the run's text.txt.

A cell that a spreadsheet would run as a formula is written with an apostrophe before it and read back without.
"""
import csv
import functools
import io
import re
from pathlib import Path

import pandas as pd

# Where pyarrow is installed pandas keeps text in it, and it refuses a lone surrogate; a hostile text may hold one. Set
# before pandera looks.
pd.set_option("mode.string_storage", "python")
import pandera.pandas as pa  # noqa: E402

from helpers.paths import InputError, Run  # noqa: E402
from helpers.schemas import SCHEMAS, Column  # noqa: E402

REMEMBERED = 2**20  # characters of a table that is kept once it has been checked
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def guard(value: str) -> str:
    """A cell as it may stand in a CSV: what a spreadsheet would run as a formula gets an apostrophe before it."""
    return "'" + value if _FORMULA.match(value) else value


def _unguard(value: str) -> str:
    return value[1:] if value.startswith("'") and _FORMULA.match(value) else value


def path(name: str, where: "Run | Path | str") -> Path:
    """The file of a table: in the run's raw or own folder by its schema; a Path stands for itself."""
    if not isinstance(where, Run):
        return Path(where)
    return (where.raw if SCHEMAS[name][0] == "raw" else where.folder) / f"{name}.csv"


def rows_by(column: str, table: pd.DataFrame) -> dict[str, list]:
    """value -> the rows that hold it in a column, as named tuples in their order: a table asked many times is cut once."""
    found: dict[str, list] = {}
    for row in table.itertuples():
        found.setdefault(getattr(row, column), []).append(row)
    return found


def read(name: str, where: "Run | Path | str") -> pd.DataFrame:
    """Read and check one table (a name in SCHEMAS) from a run or a file.

    Returns its declared columns in their order, then any others as text. Raises InputError naming the file, row (as a
    spreadsheet counts them, the header being row 1), column, value and what was allowed.
    """
    file = path(name, where)
    if not file.is_file():
        raise InputError(f"{file}: there is no such table; " + (
            "an earlier notebook writes it: run them in order, or `retold run`" if SCHEMAS[name][0] == "processed"
            else f"expected the columns {', '.join(SCHEMAS[name][1])}"))
    try:
        content = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as e:
        row = file.read_bytes()[:e.start].count(b"\n") + 1
        raise InputError(f"{file}, line {row}: not UTF-8 (byte {e.start}); save the table as CSV in UTF-8") from None
    return (_parsed if len(content) <= REMEMBERED else _parsed.__wrapped__)(name, file, content).copy()


@functools.lru_cache(maxsize=64)
def _parsed(name: str, file: Path, content: str) -> pd.DataFrame:
    """The checked table in a file's content: a notebook asks for the same one many times."""
    if "\0" in content:
        raise InputError(f"{file}, line {content[:content.index(chr(0))].count(chr(10)) + 1}: holds a NUL character; "
                         "this is not a CSV table")
    try:
        csv.field_size_limit(2**31 - 1)
        rows = list(csv.reader(io.StringIO(content, newline=""), strict=True))
    except csv.Error as e:
        raise InputError(f"{file}: not a CSV table ({e})") from None
    if not rows:
        raise InputError(f"{file}: empty; expected the columns {', '.join(SCHEMAS[name][1])}")
    header, body = rows[0], [(n, r) for n, r in enumerate(rows[1:], 2) if r]
    for column in header:
        if header.count(column) > 1:
            raise InputError(f"{file}, row 1: column {column!r} stands {header.count(column)} times")
    for column in SCHEMAS[name][1]:
        if column not in header:
            raise InputError(f"{file}, row 1: column {column!r} is missing; found {', '.join(header)}")
    for n, r in body:
        if len(r) != len(header):
            raise InputError(f"{file}, row {n}: {len(r)} cells where the header has {len(header)} columns")
    frame = pd.DataFrame([[_unguard(v) for v in r] for _, r in body], columns=header, index=[n for n, _ in body],
                         dtype=str)
    order = [*SCHEMAS[name][1], *(c for c in header if c not in SCHEMAS[name][1])]
    return _typed(_checked(name, frame, file), name)[order].reset_index(drop=True)


def write(name: str, frame: pd.DataFrame, where: "Run | Path | str") -> Path:
    """Check one table and write it as CSV; returns the file. Raises InputError as `read` does, and writes nothing then."""
    file, columns = path(name, where), SCHEMAS[name][1]
    for column in columns:
        if column not in frame.columns:
            raise InputError(f"{file}: column {column!r} is missing; found {', '.join(map(str, frame.columns))}")
    extra = [c for c in frame.columns if c not in columns]
    out = pd.DataFrame({c: [_cell(v) for v in frame[c]] for c in [*columns, *extra]}, dtype=str)
    out.index = range(2, len(out) + 2)
    _checked(name, out, file)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as f:
        numeric = [c in columns and (columns[c].number or columns[c].integer) for c in out.columns]
        f.write(_line(out.columns))
        f.writelines(_line(v if plain else guard(v) for v, plain in zip(r, numeric))
                     for r in out.itertuples(index=False, name=None))
    return file


def _line(cells) -> str:
    """One CSV line. A carriage return inside a cell must be quoted, which csv does only if it ends the lines."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()[:-2] + "\n"


def empty(name: str) -> pd.DataFrame:
    """The table with its columns and types and no row."""
    return _typed(pd.DataFrame({c: pd.Series([], dtype=str) for c in SCHEMAS[name][1]}), name)


def frame(name: str, rows: list[dict]) -> pd.DataFrame:
    """A typed table from rows as dicts; what a row does not name is empty."""
    columns = SCHEMAS[name][1]
    cells = {c: [_cell(r.get(c, "")) for r in rows] for c in columns}
    return _typed(pd.DataFrame(cells, dtype=str), name) if rows else empty(name)


def check_spans(frame: pd.DataFrame, content: str, file: "Path | str", *, start="start", end="end",
                exact="exact") -> None:
    """Refuse a span that lies outside the text or whose `exact` is not what stands there; nothing is re-anchored."""
    for n, (a, b, words) in enumerate(zip(frame[start], frame[end], frame[exact]), 2):
        if pd.isna(a) or a == "":
            continue
        if not 0 <= a < b <= len(content):
            raise InputError(f"{file}, row {n}: {start} {int(a)}, {end} {int(b)} is not a span of a text of "
                             f"{len(content)} characters")
        if content[int(a):int(b)] != words:
            raise InputError(f"{file}, row {n}, column {exact!r}: {words[:80]!r} is not what stands at {int(a)} to "
                             f"{int(b)}: {content[int(a):int(b)][:80]!r}")


def _cell(value) -> str:
    if value is None or (isinstance(value, float) and value != value) or value is pd.NA:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(float(value))
    return str(value)


def _typed(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    frame = frame.copy()
    for column, rule in SCHEMAS[name][1].items():
        if rule.integer:
            cells = pd.to_numeric(frame[column].replace("", None))
            frame[column] = cells.astype("int64" if rule.required else "Int64")
        elif rule.number:
            frame[column] = pd.to_numeric(frame[column].replace("", None)).astype("float64")
    return frame


def _schema(name: str) -> pa.DataFrameSchema:
    def column(rule: Column) -> pa.Column:
        return pa.Column(str, unique=rule.unique, checks=pa.Check(rule.accepts, element_wise=True, name=rule.allowed))
    return pa.DataFrameSchema({c: column(rule) for c, rule in SCHEMAS[name][1].items()}, name=name)


def _holds(name: str, frame: pd.DataFrame) -> bool:
    """Whether every cell is as its column's rule has it: each value is asked for once, in a tenth of the schema's time."""
    return all(all(map(rule.accepts, values := set(frame[c]))) and not (rule.unique and len(values) < len(frame))
               for c, rule in SCHEMAS[name][1].items())


def _checked(name: str, frame: pd.DataFrame, file: Path) -> pd.DataFrame:
    """The frame, if it holds; else the schema says which cells do not."""
    if frame.empty or _holds(name, frame):
        return frame
    try:
        _schema(name).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as e:
        cases = e.failure_cases.sort_values(["index", "column"], kind="stable")
        first, rule = cases.iloc[0], SCHEMAS[name][1][cases.iloc[0]["column"]]
        more = f" (and {len(cases) - 1} more cells)" if len(cases) > 1 else ""
        twice = " stands twice" if "unique" in str(first["check"]) or "duplicate" in str(first["check"]) else ""
        raise InputError(f"{file}, row {int(first['index'])}, column {first['column']!r}: "
                         f"{str(first['failure_case'])[:120]!r}{twice}; allowed: {rule.allowed}{more}") from None
    return frame
