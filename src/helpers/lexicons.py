"""The words that the rules go by, kept as tables in helpers/lexicons/ so that nobody has to read code to change them.

A word list is a CSV in UTF-8, one entry a row; ";" separates words inside a cell. Words are lower-case lemmas unless
the column says "phrase". The lists are ours; the classes that they fill are named in the modules that use them.

A user extends a list with one of the same name in a folder lexicons/ beside the ledger (data/raw/lexicons/measures.csv):
its rows come first, and it needs only the columns that it fills. A run keeps copies of those it was read with.
"""
import csv
import functools
import re
from pathlib import Path

import pandas as pd

from helpers import paths
from helpers.paths import InputError

FOLDER = Path(__file__).parent / "lexicons"


@functools.cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of lexicons/<name>.csv as dicts of text, the user's own first. Raises InputError if the list is missing,
    or for a row that has more or fewer cells than its header."""
    file = FOLDER / f"{name}.csv"
    if not file.is_file():
        raise InputError(f"{file}: there is no such word list")
    shipped, own = _read(file), paths.raw() / "lexicons" / f"{name}.csv"
    return (*extension(own), *shipped) if own.is_file() else shipped


def extension(file: Path) -> tuple[dict[str, str], ...]:
    """The rows of a user's own list, with every column of the shipped one of its name; what it does not give is empty.

    Raises InputError if there is no list to extend, or for a column that the shipped list does not have.
    """
    shipped = FOLDER / file.name
    if not shipped.is_file():
        raise InputError(f"{file}: there is no word list of this name to extend; there are "
                         + ", ".join(sorted(f.name for f in FOLDER.glob("*.csv"))))
    columns, found = list(_read(shipped)[0]), _read(file)
    for column in found[0] if found else ():
        if column not in columns:
            raise InputError(f"{file}, row 1: column {column!r} is not one of {', '.join(columns)}")
    return tuple({c: row.get(c, "") for c in columns} for row in found)


def _read(file: Path) -> tuple[dict[str, str], ...]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as f:
            found = list(csv.DictReader(f, strict=True))
    except (UnicodeDecodeError, csv.Error) as e:
        raise InputError(f"{file}: not a CSV table in UTF-8 ({e})") from None
    for n, row in enumerate(found, 2):
        if None in row or None in row.values():
            raise InputError(f"{file}, row {n}: expected {len([c for c in found[0] if c is not None])} cells")
    return tuple(found)


def load(name: str) -> pd.DataFrame:
    """The same rows as a table."""
    return pd.DataFrame(rows(name), dtype=str)


def cells(value: str) -> list[str]:
    """The words of a cell."""
    return [w.strip() for w in value.split(";") if w.strip()]


@functools.cache
def by(name: str, column: str) -> dict[str, dict[str, str]]:
    """word -> row, for every ";"-separated word in `column`. The first row that names a word keeps it."""
    found: dict[str, dict[str, str]] = {}
    for row in rows(name):
        for word in cells(row[column]):
            found.setdefault(word, row)
    return found


@functools.cache
def pattern(name: str, column: str) -> re.Pattern:
    """One expression, case-insensitive, that finds any word or phrase of `column` as whole words, the longest first."""
    words = sorted(by(name, column), key=lambda w: (-len(w), w))
    either = "|".join(r"\s+".join(map(re.escape, w.split())) for w in words)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.I)


@functools.cache
def group(name: str) -> frozenset[str]:
    """The words of one group of lexicons/word_groups.csv."""
    return frozenset(cells(next(r["words"] for r in rows("word_groups") if r["group"] == name)))
