"""The words that the rules go by, kept as tables in helpers/lexicons/ so that nobody has to read code to change them.

A word list is a CSV in UTF-8, one entry a row; ";" separates words inside a cell. Words are lower-case lemmas unless
the column says "phrase". The lists are ours; the classes that they fill are named in the modules that use them.
"""
import csv
import functools
import re
from pathlib import Path

import pandas as pd

from helpers.paths import InputError

FOLDER = Path(__file__).parent / "lexicons"


@functools.cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of lexicons/<name>.csv as dicts of text. Raises InputError if the list is missing or a row is ragged."""
    file = FOLDER / f"{name}.csv"
    if not file.is_file():
        raise InputError(f"{file}: there is no such word list")
    with file.open(encoding="utf-8", newline="") as f:
        found = list(csv.DictReader(f, strict=True))
    for n, row in enumerate(found, 2):
        if None in row or None in row.values():
            raise InputError(f"{file}, row {n}: expected {len(found[0])} cells")
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
