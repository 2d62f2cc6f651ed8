"""One field of two tellings: what became of it, and how a number and a period of a telling are written."""
from typing import NamedTuple

from helpers.likeness import numbered, point


class Field(NamedTuple):
    """What became of one field: kept, changed or unknown; old, new, direction and note only where it changed."""

    state: str
    old: str = ""
    new: str = ""
    direction: str = ""
    note: str = ""


KEPT, UNKNOWN = Field("kept"), Field("unknown")


def changed(old: str, new: str, direction: str = "other", note: str = "") -> Field:
    return Field("changed", old, new, direction, note)


def amount(row) -> str:
    """A number with its bound, as one reads it: 'over 1,000', 'about 11,000', '24 to 99'; empty where there is none."""
    if not numbered(row):
        return ""
    if row.low < row.high:
        return f"{row.low:,.10g} to {row.high:,.10g}"
    words = {"": "", "exact": "", "at_least": "at least ", "at_most": "at most ", "mean": "a mean of ",
             "about_or_over": "about or over ", "between": ""}
    return words.get(row.bound, f"{row.bound} ") + f"{point(row):,.10g}"


def span_of(row) -> str:
    return f"{row.period_start or '…'} to {row.period_end}" if row.period_end else row.period
