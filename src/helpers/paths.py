"""Where things are. A run is one document at one evidence cut-off; it has a folder to read from and one to write to.

Nothing here reads, writes or creates a file.
"""
import datetime
import os
import re
from dataclasses import dataclass
from pathlib import Path

_RAW: "list[Path]" = []  # the raw folder of the run that this process is in, once it is known
DOCUMENT_NAME = re.compile(r"[^\W_][\w.\-]{0,99}")


class InputError(ValueError):
    """What a person gave cannot be used. The message names file, row, column and value, and what was allowed."""


@dataclass(frozen=True)
class Run:
    """One document at one cut-off: `raw` is read, `folder` is written."""

    document: str
    as_of: str
    raw: Path
    folder: Path

    @property
    def name(self) -> str:
        return run_name(self.document, self.as_of)


def run_name(document: str, as_of: str = "") -> str:
    """`<document>` or `<document>@<as_of>`, the name of a run's folder."""
    return f"{document}@{as_of}" if as_of else document


def project() -> Path:
    """The project's own folder: the nearest one upward from here that holds data/raw, else the one helpers came from."""
    here = Path.cwd()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[2]):
        if (folder / "data" / "raw").is_dir() and (folder / "notebooks").is_dir():
            return folder
    raise InputError(f"{here}: no Retold project here or above (a folder with data/raw and notebooks/ in it)")


def raw() -> Path:
    """The folder of what people wrote that this process reads: its run's, or the project's own before a run is named."""
    if _RAW:
        return _RAW[-1]
    try:
        return project() / "data" / "raw"
    except InputError:  # the package alone, without a project around it
        return Path.cwd() / "data" / "raw"


def read_from(folder: Path) -> None:
    """From now on this process reads what people wrote in this folder; to be said before any word list is read."""
    _RAW[:] = [folder]


def check_document(name: str) -> str:
    """The name itself, if it can name a folder on any system; raises InputError if it could point elsewhere."""
    if not DOCUMENT_NAME.fullmatch(name or ""):
        raise InputError(f"document {name!r}: a document's name is 1 to 100 letters, digits, '.', '_' or '-', "
                         "and starts with a letter or a digit")
    return name


def check_date(value: str, what: str) -> str:
    """An ISO day (YYYY-MM-DD) or the empty string, as given; raises InputError naming `what`."""
    if value:
        try:
            if datetime.date.fromisoformat(value).isoformat() != value:
                raise ValueError
        except ValueError:
            raise InputError(f"{what} {value!r} is not a date (YYYY-MM-DD)") from None
    return value


def run(document: str, as_of: str = "", data: str = "", output: str = "") -> Run:
    """The folders of a run. Empty `data` is the project's own; empty `output` is data/processed/<run>."""
    check_document(document)
    check_date(as_of, "as_of")
    base = Path(data) if data else project() / "data"
    if not (base / "raw").is_dir():
        raise InputError(f"data {os.fspath(base)!r}: there is no folder raw/ in it")
    folder = Path(output) if output else base / "processed" / run_name(document, as_of)
    read_from(base / "raw")
    return Run(document, as_of, base / "raw", folder)
