"""From a file to a text: which bytes were read, how they were decoded, and what a run calls the document.

A *text* is what every offset of a run counts: the file decoded, a byte-order mark taken off, line ends as "\\n", and
nothing else changed. Of a page in HTML it is the main content, as trafilatura finds it (Barbaresi 2021, ACL demo,
doi:10.18653/v1/2021.acl-demo.15).
"""
import hashlib
import logging
import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers import tables
from helpers.paths import DOCUMENT_NAME, InputError, Run

PLAIN, PAGES = (".txt", ".md"), (".html", ".htm")
_MARKS = ((b"\xff\xfe\x00\x00", "UTF-32"), (b"\x00\x00\xfe\xff", "UTF-32"), (b"\xef\xbb\xbf", "UTF-8 with BOM"),
          (b"\xff\xfe", "UTF-16LE with BOM"), (b"\xfe\xff", "UTF-16BE with BOM"))


class Reading(NamedTuple):
    """A file as read: its text, the encoding found, and the SHA-256 of its bytes."""

    text: str
    encoding: str
    sha256_file: str


def read(file: "Path | str") -> Reading:
    """Read a .txt, .md, .html or .htm file. Raises InputError naming the file if it is missing, not a file, empty, of
    another kind, neither UTF-8 nor UTF-16, binary, without main content or without a letter."""
    file = Path(file)
    text, encoding, content = _decoded(file)
    if file.suffix.lower() in PAGES:
        text = _main_content(text, file)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not any(c.isalpha() for c in text):
        raise InputError(f"{file}: there is no sentence in it, not even a letter")
    return Reading(text, encoding, hashlib.sha256(content).hexdigest())


def as_it_is(file: "Path | str") -> str:
    """The decoded .txt or .md with nothing normalised, so that offsets count the file's own characters (a byte-order
    mark is not one of them). Raises InputError as `read` does, and for a page: its main content has no such offsets."""
    text = _decoded(Path(file))[0]
    if Path(file).suffix.lower() in PAGES:
        raise InputError(f"{file}: offsets would count its markup too; save the page's text as .txt")
    if not any(c.isalpha() for c in text):
        raise InputError(f"{file}: there is no sentence in it, not even a letter")
    return text


def document_name(file: "Path | str") -> str:
    """The file's name without its ending, as a document's name: what may not stand in one becomes "-".

    Raises InputError if nothing remains, or if it would be taken for the folder of a failed run.
    """
    stem = unicodedata.normalize("NFC", Path(file).stem)
    name = re.sub(r"-{2,}", "-", re.sub(r"[^\w.\-]", "-", stem)).strip("-._")[:100].rstrip("-._")
    if not DOCUMENT_NAME.fullmatch(name) or name.lower().endswith(".failed"):
        raise InputError(f"{file}: no document name can be made of {Path(file).name!r}; "
                         "rename the file to letters or digits (not ending in '.failed')")
    return name


def registered(run: Run) -> tuple[dict[str, str], Path]:
    """The run's row of texts.csv and the file it names. Raises InputError if there is none or it leads elsewhere."""
    table = tables.path("texts", run)
    rows = tables.read("texts", run)
    found = rows[rows.document == run.document]
    if found.empty:
        raise InputError(f"{table}: no row has document {run.document!r}; there are {', '.join(rows.document) or 'none'}")
    row = found.iloc[0]
    file = run.raw / "texts" / row.file
    if Path(row.file).name != row.file:
        raise InputError(f"{table}, row {found.index[0] + 2}, column 'file': {row.file!r} is not the name of a file in "
                         "texts/")
    return dict(row), file


def describe(run: Run, reading: Reading, sentences: pd.DataFrame) -> pd.DataFrame:
    """The table "document": the row of texts.csv with the cut-off, encoding, hashes (SHA-256) and counts."""
    row, _ = registered(run)
    return tables.frame("document", [row | {
        "as_of": run.as_of, "encoding": reading.encoding, "sha256_file": reading.sha256_file,
        "sha256_text": hashlib.sha256(reading.text.encode()).hexdigest(), "characters": len(reading.text),
        "words": len(reading.text.split()), "sentences": len(sentences),
        "paragraphs": sentences.paragraph.nunique()}])


def _decoded(file: Path) -> tuple[str, str, bytes]:
    if file.is_dir():
        raise InputError(f"{file}: a folder, not a text")
    if not file.exists():
        raise InputError(f"{file}: there is no such file")
    if not file.is_file():
        raise InputError(f"{file}: not a regular file")
    if file.suffix.lower() not in PLAIN + PAGES:
        raise InputError(f"{file}: files ending in {file.suffix!r} are not read; allowed: {', '.join(PLAIN + PAGES)}")
    try:
        content = file.read_bytes()
    except OSError as e:
        raise InputError(f"{file}: cannot be read ({e.strerror})") from None
    if not content.strip():
        raise InputError(f"{file}: empty")
    text, encoding = _decode(content, file)
    if "\0" in text:
        raise InputError(f"{file}: binary, not a text (a NUL at character {text.index(chr(0))})")
    return text, encoding, content


def _decode(content: bytes, file: Path) -> tuple[str, str]:
    mark, name = next(((m, n) for m, n in _MARKS if content.startswith(m)), (b"", "UTF-8"))
    if name == "UTF-32":
        raise InputError(f"{file}: its encoding is UTF-32; save it as UTF-8")
    if not mark and b"\0" in content:
        return _unmarked_utf16(content, file)
    try:
        return content[len(mark):].decode(name.split()[0]), name
    except UnicodeDecodeError as e:
        if mark:
            raise InputError(f"{file}: says {name} but is not (byte {len(mark) + e.start}); save it as UTF-8") from None
        raise InputError(f"{file}: not UTF-8 (byte {e.start}); {_guess(content, e.start)}; save it as UTF-8") from None


def _unmarked_utf16(content: bytes, file: Path) -> tuple[str, str]:
    """UTF-16 without its mark, if it is beyond doubt: it decodes, and most of it is Latin letters and blanks."""
    for name in ("UTF-16LE", "UTF-16BE"):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        latin = sum(c.isascii() and (c.isalpha() or c.isspace()) for c in text)
        if "\0" not in text and latin > len(text) / 2:
            return text, name
    raise InputError(f"{file}: binary, not a text (a NUL at byte {content.index(0)})")


def _guess(content: bytes, at: int) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(content[max(0, at - 50_000):at + 50_000]).best()
    return f"the encoding found is {best.encoding}" if best else "no encoding was recognised"


def _main_content(page: str, file: Path) -> str:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports a page without content on stderr
    try:
        content = trafilatura.extract(page, include_comments=False, deduplicate=False)
    except Exception as e:  # a hostile page may break any of the parsers below it; the person gets one message
        raise InputError(f"{file}: cannot be read as HTML ({type(e).__name__})") from None
    if not (content or "").strip():
        raise InputError(f"{file}: no main content was found in this page; save its text as .txt")
    return content
