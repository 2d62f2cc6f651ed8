"""A corpus: claims, attributions and quantities of many texts, without notebooks, as partitioned Parquet.

The folder that is written holds texts/, claims/, attributions/ and quantities/, each with part-00000.parquet, … of so many
texts; the column `text` joins them. Every part carries in its metadata a print of the texts' hashes, what was given and the
program, so a part that is there and says so need not be made again. Parts are written beside and renamed, texts/ last.
"""
import glob
import itertools
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from helpers import english, language, prints, proposals, reading, record, tables
from helpers.paths import InputError
from helpers.schemas import SCHEMAS

PARTS = ("claims", "attributions", "quantities", "texts")  # in the order in which they are written
TEXTS = {"text": pa.string(), "file": pa.string(), "sha256": pa.string(), "words": pa.int64(), "claims": pa.int64(),
         "remark": pa.string(), "error": pa.string()}
PRINT = b"retold"
SIZE = 500  # texts a part


class Part(NamedTuple):
    """One part to make, as it is handed to a worker."""

    number: int
    files: tuple[str, ...]
    base: str
    output: Path
    published: str
    sources: "Path | None"
    program: str


def find(patterns: Iterable[str]) -> list[str]:
    """The files of patterns or paths, sorted, each once. Raises InputError for one that leads to none."""
    found: dict[str, str] = {}  # by where it really lies: a link that leads up again brings no text twice
    for pattern in patterns:
        files = [pattern] if os.path.isfile(pattern) else [
            f for f in glob.iglob(pattern, recursive=True) if os.path.isfile(f)]
        if not files:
            raise InputError(f"{pattern}: no file is named so")
        for file in map(os.path.abspath, files):
            real = os.path.realpath(file)
            found[real] = min(file, found.get(real, file), key=lambda f: (len(f), f))
    return sorted(found.values())


def parts(files: Sequence[str], output: Path, published: str = "", sources: "Path | None" = None,
          size: int = SIZE) -> Iterator[Part]:
    """The parts that the files make, one after another."""
    base, program = os.path.commonpath([os.path.dirname(file) for file in files]), prints.program()
    for number, start in enumerate(range(0, len(files), size)):
        yield Part(number, tuple(files[start:start + size]), base, output.resolve(), published,
                   sources and sources.resolve(), program)


def make(part: Part) -> dict:
    """Read the texts of a part and write its four files, unless they are current; returns number, made, texts, words and
    faulty (what is wrong with the first few texts that could not be read)."""
    if part.program != prints.program():
        raise InputError("the worker has other code, word lists, models or versions of packages than the command")
    rows, texts = [], []
    for file in part.files:
        row = {"text": _written(os.path.relpath(file, part.base).replace(os.sep, "/")), "sha256": "", "words": 0, "claims": 0,
               "remark": "", "error": ""}
        row["file"] = _written(os.path.basename(file))
        try:
            text, _, row["sha256"] = reading.read(file)
            row |= {"words": len(text.split()), "remark": english.remark(text)}
        except InputError as e:
            text, row["error"] = "", _written(str(e).replace(str(part.base) + os.sep, ""))
        rows.append(row)
        texts.append(text)
    sources = record.sha256(part.sources) if part.sources else ""
    print_ = prints.of(part.program, part.published, sources, [[r["text"], r["sha256"], r["error"]] for r in rows])
    made = not all(_says(_file(part, name)) == print_ for name in PARTS)
    if made:
        for name in PARTS:  # what is made anew is not there until it is whole: no reader may count what it was of
            _file(part, name).unlink(missing_ok=True)
        _write(part, rows, texts, print_)
    faulty = [f"{row['text']}: {row['error'].rpartition(': ')[2]}" for row in rows if row["error"]]
    return {"number": part.number, "made": made, "texts": len(rows), "words": sum(r["words"] for r in rows),
            "faulty": len(faulty), "first": faulty[:3]}


def _written(name: str) -> str:
    """A file's name as it can be written: bytes that are no UTF-8 stand as their codes."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _write(part: Part, rows: list[dict], texts: list[str], print_: str) -> None:
    found: dict[str, list[dict]] = {"claims": [], "attributions": [], "quantities": []}
    sources = tables.read("sources", part.sources) if part.sources else None
    model = language.load()
    with model.memory_zone():  # else its vocabulary would keep every word of the corpus
        for row, proposal in zip(rows, proposals.propose_all(texts, part.published, sources)):
            row["claims"] = len(proposal.claims)
            for name, kept in found.items():
                kept += [{"text": row["text"], **r} for r in getattr(proposal, name)]
    for name in PARTS:
        schema = pa.schema(TEXTS) if name == "texts" else columns(name)
        table = pa.table({c.name: pa.array([_value(r.get(c.name), c.type) for r in (rows if name == "texts" else found[name])],
                                           c.type) for c in schema}, schema.with_metadata({PRINT: print_.encode()}))
        file = _file(part, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f".{file.name}.new")
        pq.write_table(table, fresh, compression="zstd")
        with fresh.open("rb") as written:
            os.fsync(written.fileno())
        fresh.replace(file)


def columns(name: str) -> pa.Schema:
    """The columns of claims/, attributions/ or quantities/: `text`, then those of the table of that name."""
    def kind(rule) -> pa.DataType:
        return pa.int64() if rule.integer else pa.float64() if rule.number else pa.string()
    return pa.schema([("text", pa.string()), *((c, kind(rule)) for c, rule in SCHEMAS[name][1].items())])


def _value(value, kind: pa.DataType):
    if value is None or value != value:
        return "" if pa.types.is_string(kind) else None
    return str(value) if pa.types.is_string(kind) else value


def _file(part: Part, name: str) -> Path:
    return part.output / name / f"part-{part.number:05}.parquet"


def _says(file: Path) -> str:
    try:
        return (pq.read_schema(file).metadata or {}).get(PRINT, b"").decode()
    except (OSError, pa.ArrowInvalid):
        return ""


def check(output: Path) -> None:
    """Refuse a folder that holds something else than a corpus, or a file."""
    if output.exists() and (not output.is_dir() or any(p.name not in (*PARTS, ".batch.lock") for p in output.iterdir())):
        raise InputError(f"{output}: not a corpus of Retold's; move it, or give another --output")


def prune(output: Path, count: int) -> None:
    """Delete the parts beyond the last, which a larger corpus or smaller parts left, and files half written."""
    for name, file in itertools.chain.from_iterable(((n, f) for f in (output / n).glob("*.parquet*")) for n in PARTS):
        number = file.name.removeprefix("part-").removesuffix(".parquet")
        if not number.isdecimal() or int(number) >= count:
            file.unlink()
