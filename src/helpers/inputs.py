"""What a run reads, gathered before it starts: named documents and paths become orders, an order becomes a folder.

An *order* is one text with the tables it is read against. `gather` copies exactly those into a folder and checks them
there, so that what was checked is what is run; a message about a copy names the file that the person gave.

A *dossier* is a ledger with its sources (and word lists, if it has any), in a folder of its own under data/raw/dossiers.
texts.csv may have a column `dossier` that names it; a text without one is read against the tables of data/raw itself.
"""
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from helpers import annotations, grades, hypotheses, ledger, lexicons, paths, reading, tables, yardstick
from helpers.paths import InputError, Run, check_date

LEFT_TO_THE_RUNNER = ("document", "data", "output")


@dataclass(frozen=True)
class Order:
    """One text to run: its row of texts.csv, its file, the project's raw folder and the tables given in its stead."""

    row: dict[str, str]
    file: Path
    raw: Path
    as_of: str = ""
    statements: "Path | None" = None
    sources: "Path | None" = None
    parameters: dict[str, str] = field(default_factory=dict)

    @property
    def document(self) -> str:
        return self.row["document"]

    @property
    def name(self) -> str:
        return paths.run_name(self.document, self.as_of)

    @property
    def home(self) -> Path:
        """The folder of the text's ledger: its dossier's, or the raw folder itself."""
        dossier = self.row.get("dossier", "")
        return self.raw / "dossiers" / dossier if dossier else self.raw

    def table(self, name: str) -> "Path | None":
        """The file of "statements", "sources" or "annotators" for this text; None if it has none. A dossier has the first
        two: where they are missing they are named all the same, so that the fault is."""
        given = {"statements": self.statements, "sources": self.sources}.get(name)
        own = (self.raw if name == "annotators" else self.home) / f"{name}.csv"
        return given or (own if own.is_file() or own.parent != self.raw else None)


def orders(texts: list[str], raw: Path, *, published: str = "", **given) -> list[Order]:
    """One order a text, in the order given; all shipped documents if none is.

    A text is a document's name in texts.csv or a path. Raises InputError for what is neither, and for two texts that
    would share a document name (letter case aside, as on many file systems).
    """
    check_date(published, "--published")
    shipped = tables.read("texts", raw / "texts.csv").to_dict("records") if (raw / "texts.csv").is_file() else []
    if not texts and not shipped:
        raise InputError(f"{raw / 'texts.csv'}: no document in it; give a TEXT")
    rows = {row["document"]: row for row in shipped}
    folded = {name.casefold(): name for name in rows}
    found, seen = [], {}
    for text in texts or rows:
        named = rows.get(text)
        own = None if named else next((r for r in shipped if _same(raw / "texts" / r["file"], Path(text))), None)
        row, file = ((named or own), None) if named or own else (_row(Path(text), published), Path(text))
        if file is None:
            file = raw / "texts" / row["file"]
            if Path(row["file"]).name != row["file"]:
                raise InputError(f"{raw / 'texts.csv'}, document {row['document']!r}, column 'file': {row['file']!r} is "
                                 "not the name of a file in texts/")
            if row.get("dossier") and not _is_dossier(raw, row["dossier"]):
                raise InputError(f"{raw / 'texts.csv'}, document {row['document']!r}, column 'dossier': "
                                 f"{row['dossier']!r} is not the name of a folder in dossiers/")
            if published and published != row["published"]:
                raise InputError(f"--published {published!r}: texts.csv says of {row['document']!r} that it was "
                                 f"published {row['published'] or 'on an unknown day'}; change it there")
        elif row["document"].casefold() in folded:
            raise InputError(f"{text}: its document name {row['document']!r} is that of a shipped document; "
                             "rename the file, or give the name alone to run the shipped one")
        if row["document"].casefold() in seen:
            raise InputError(f"{text}: the document name {row['document']!r} is already that of "
                             f"{seen[row['document'].casefold()]}; rename one of the files")
        seen[row["document"].casefold()] = text
        found.append(Order(row, file, raw, **given))
    return found


def use_words(found: list[Order], data: "Path | None" = None) -> None:
    """Let this process read the word lists of the orders' dossier, or of the folder `data` (checked here).

    Raises InputError for a folder that holds no tables, a faulty list, and texts whose dossiers have lists of their own.
    """
    if data and not any((data / name).exists() for name in ("sources.csv", "statements.csv", "lexicons")):
        raise InputError(f"--data {data}: " + ("neither sources.csv nor lexicons/ is in this folder" if data.is_dir()
                                               else "there is no such folder"))
    homes = [data] if data else list(dict.fromkeys(order.home for order in found))
    if len(homes) > 1 and any((home / "lexicons").is_dir() for home in homes):
        raise InputError(f"{found[0].document} and others: their dossiers have word lists of their own; give the texts of "
                         "one dossier at a time")
    paths.read_from(homes[0])
    for file in sorted((homes[0] / "lexicons").glob("*.csv")):
        lexicons.extension(file)


def _is_dossier(raw: Path, name: str) -> bool:
    return bool(paths.DOCUMENT_NAME.fullmatch(name)) and (raw / "dossiers" / name).is_dir()


def _same(a: Path, b: Path) -> bool:
    return a.exists() and b.exists() and a.samefile(b)


def _row(file: Path, published: str) -> dict[str, str]:
    if not file.suffix and not file.exists():
        raise InputError(f"{file}: neither a document in texts.csv nor a file")
    document = reading.document_name(file)
    return {"document": document, "file": document + file.suffix.lower(), "title": file.stem, "published": published,
            "wording": "original"}


def gather(order: Order, folder: Path) -> Run:
    """Copy what the order's run reads to <folder>/raw and check all of it; returns the Run that reads it there.

    Raises InputError naming the person's own file, never the copy.
    """
    run = Run(order.document, order.as_of, folder / "raw", folder)
    origin: dict[Path, Path] = {}
    try:
        _gather(order, run, origin)
    except InputError as e:
        message = str(e)
        for copy, file in sorted(origin.items(), reverse=True):
            message = message.replace(str(copy), str(file))
        raise InputError(message) from None
    return run


def readings(raw: Path) -> dict[str, list[Path]]:
    """Document -> the files of its readings in a raw folder."""
    found: dict[str, list[Path]] = {}
    for file in sorted((raw / "annotations").glob("*.csv")):
        found.setdefault(file.name.rpartition(".")[0].rpartition(".")[0], []).append(file)
    return found


def files(order: Order, known: Callable[[Path], dict[str, list[Path]]] = readings) -> dict[str, Path]:
    """Path in a run's input/raw -> the file that is copied there; the order's row, in texts.csv, is written and not here.
    `known` may keep what `readings` returns where there are many orders."""
    found = {f"texts/{order.row['file']}": order.file}
    found |= {f"{name}.csv": file for name in ("statements", "sources", "annotators") if (file := order.table(name))}
    found |= {f"annotations/{file.name}": file for file in known(order.raw).get(order.document, [])}
    found |= {f"lexicons/{file.name}": file for file in sorted((order.home / "lexicons").glob("*.csv"))}
    judged = (f"judgements/{order.document}.csv", f"judgements/{order.document}.hypotheses.csv")
    return found | {name: order.raw / name for name in judged if (order.raw / name).is_file()}


def _gather(order: Order, run: Run, origin: dict[Path, Path]) -> None:
    reading.read(order.file)
    for to, file in files(order).items():
        origin[run.raw / to] = file
        (run.raw / to).parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(file, run.raw / to)
        except OSError as e:
            raise InputError(f"{file}: cannot be read ({e.strerror})") from None
    tables.write("texts", tables.frame("texts", [order.row]), run.raw / "texts.csv")
    for name in ("statements", "sources", "annotators"):
        if not order.table(name):
            tables.write(name, tables.empty(name), run.raw / f"{name}.csv")
    check(run, order.parameters)


def check(run: Run, parameters: "dict[str, str] | None" = None) -> None:
    """Check everything in run.raw that a run reads, each table by its own rules; raises InputError at the first fault."""
    given = parameters or {}
    for file in sorted((run.raw / "lexicons").glob("*.csv")):
        lexicons.extension(file)
    _, file = reading.registered(run)
    text = reading.read(file).text
    known = ledger.read(run)
    annotations.chosen(annotations.readings(run, text), given.get("annotator", ""))
    if "yardstick" in given:
        yardstick.terms(given["yardstick"])
    if (file := run.raw / "judgements" / f"{run.document}.csv").is_file():
        grades.check(tables.read("judgements", file), known, tables.read("sources", run), file, text)
    if (file := run.raw / "judgements" / f"{run.document}.hypotheses.csv").is_file():
        hypotheses.check(tables.read("own_hypotheses", file), known, file, text)
