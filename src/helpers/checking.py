"""`retold check`: every table in data/raw and every notebook, held to its rules; all faults, not only the first."""
import tempfile
from collections.abc import Callable
from pathlib import Path

from helpers import inputs, ledger, notebooks, tables
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
    readings = sorted((raw / "annotations").glob("*.csv"))
    judgements = sorted((raw / "judgements").glob("*.csv"))
    for kind, files, known in (("annotations", readings, documents), ("judgements", judgements, documents)):
        for file in files:
            document = file.stem.rpartition(".")[0] if kind == "annotations" else file.stem
            if document not in known:
                found.append(f"{file}: texts.csv has no document {document!r}")
            found += _faults(lambda: tables.read(kind, file))
    books = sorted((folder / "notebooks").glob("*.ipynb"))
    for name in notebooks.WALK:
        if folder / "notebooks" / f"{name}.ipynb" not in books:
            found.append(f"{folder / 'notebooks' / name}.ipynb: there is no such notebook")
    for book in books:
        try:
            found += notebooks.problems(notebooks.read(book), book)
        except InputError as e:
            found.append(str(e))
    seen = (f"{4 + 2 * len(dossiers) + len(readings) + len(judgements)} tables, {len(documents)} documents, {len(books)} notebooks")
    return list(dict.fromkeys(found)), seen


def _faults(check: Callable[[], object]) -> list[str]:
    try:
        check()
    except InputError as e:
        return [str(e)]
    return []
