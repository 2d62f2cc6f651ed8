"""`retold check`: every table in data/raw, every notebook and every sentence of a judgement or an assessment, held to its
rules; all faults, not only the first."""
import tempfile
from collections.abc import Callable
from pathlib import Path

from helpers import batch, inputs, ledger, linter, notebooks, record, tables
from helpers.paths import InputError, Run


def project(folder: Path) -> tuple[list[str], str]:
    """What is wrong in a project, one line each and each once, and how much was looked at, in words."""
    raw = folder / "data" / "raw"
    found = _faults(lambda: tables.read("texts", raw / "texts.csv"))
    documents = [] if found else list(tables.read("texts", raw / "texts.csv").document)
    for name in ("sources", "annotators"):
        found += _faults(lambda: tables.read(name, raw / f"{name}.csv"))
    dossiers = sorted(d for d in (raw / "dossiers").glob("*") if d.is_dir())
    for home in (raw, *dossiers):
        found += _faults(lambda: ledger.read(Run("", "", home, home)))
    for document in documents:
        with tempfile.TemporaryDirectory() as staged:
            found += _faults(lambda: [inputs.gather(o, Path(staged)) for o in inputs.orders([document], raw)])
    if (runs := raw / "runs.csv").is_file() and documents:
        found += _faults(lambda: batch.read(runs, raw))
    readings = sorted((raw / "annotations").glob("*.csv"))
    judgements = sorted((raw / "judgements").glob("*.csv"))
    rivals = [f for f in judgements if f.stem not in documents and f.stem.endswith(".hypotheses")]
    kinds = {**dict.fromkeys(readings, "annotations"), **dict.fromkeys(judgements, "judgements"),
             **dict.fromkeys(rivals, "own_hypotheses")}
    for file, kind in kinds.items():
        document = file.stem if kind == "judgements" else file.stem.rpartition(".")[0]
        if document not in documents:
            found.append(f"{file}: texts.csv has no document {document!r}")
        found += _faults(lambda: tables.read(kind, file))
    for file, kind in kinds.items():
        found += _faults(lambda: _misplaced(file, kind)) if kind in linter.WRITTEN else []
    found += _prose(folder, {f: kind for f, kind in kinds.items() if kind in linter.WRITTEN})
    books = sorted((folder / "notebooks").glob("*.ipynb"))
    for name in notebooks.WALK:
        if folder / "notebooks" / f"{name}.ipynb" not in books:
            found.append(f"{folder / 'notebooks' / name}.ipynb: there is no such notebook")
    for book in books:
        try:
            found += notebooks.problems(notebooks.read(book), book)
        except InputError as e:
            found.append(str(e))
    seen = (f"{4 + runs.is_file() + 2 * len(dossiers) + len(readings) + len(judgements)} tables, {len(documents)} documents, {len(books)} notebooks")
    return list(dict.fromkeys(found)), seen


def _misplaced(file: Path, kind: str) -> None:
    """Refuse what a person wrote of a claim that no person's reading of the document holds in these words."""
    document = file.stem if kind == "judgements" else file.stem.rpartition(".")[0]
    readings = sorted((file.parents[1] / "annotations").glob(f"{document}.*.csv"))
    held = {(c.claim_id, c.exact) for r in readings for c in tables.read("annotations", r).itertuples()}
    for n, row in enumerate(tables.read(kind, file).itertuples(), 2):
        if held and row.exact and (row.subject, row.exact) not in held:
            raise InputError(f"{file}, row {n}, column 'exact': no reading of {document!r} has a claim {row.subject!r} with the "
                             f"words {row.exact!r}; it is applied to none")


def _prose(folder: Path, written: dict[Path, str]) -> list[str]:
    """What the linter finds in what people wrote (file -> its table) and in the assessments of the project's own runs."""
    found, raw = [], folder / "data" / "raw"
    lists = [home / "sources.csv" for home in (raw, *(raw / "dossiers").glob("*"))]
    names = {n for file in lists if not _faults(lambda: tables.read("sources", file))
             for n in tables.read("sources", file)["name"]}
    for file, kind in written.items():
        if not _faults(lambda: tables.read(kind, file)):
            found += linter.written(kind, file, names)
    for file in sorted((folder / "data" / "processed").glob("*/assessment.md")):
        found += _faults(lambda: found.extend(linter.of_file(file, record.yardstick(file.parent), names)))
    return found


def _faults(check: Callable[[], object]) -> list[str]:
    try:
        check()
    except InputError as e:
        return [str(e)]
    return []
