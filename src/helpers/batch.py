"""Many runs: a table says which, those that are current are passed over, the rest is done on an engine of `executing`.

Each run is built beside and renamed when it is whole, as `retold run` does it, so whatever ends a batch, the next one
does what is left. A run that fails does not keep the others.
"""
import csv
import functools
import itertools
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from helpers import inputs, notebooks, paths, prints, record, runner, tables, warm, worker, yardstick
from helpers.inputs import Order
from helpers.paths import InputError
from helpers.runner import Walk

COLUMNS = tuple(name for name in notebooks.PARAMETERS if name not in ("data", "output"))
KEPT = ("run", *COLUMNS, "status", "notebook", "cell", "error")  # columns of batch.csv
PATIENCE = 15.0  # seconds that a run waits for the end of a process that still writes it


class Job(NamedTuple):
    """A run to do, as it is handed to a worker; `why` says why it is not current."""

    order: Order
    walk: Walk
    output: Path
    limits: dict[str, int]
    again: bool
    program: str
    why: str


def read(file: Path, raw: Path) -> list[Order]:
    """The orders of a table of runs: a row each, or one for every combination where cells hold lists ("a;b").

    Its columns are parameters of the notebooks; a blank cell is the default. Raises InputError naming the file, row,
    column and value.
    """
    found: list[tuple[int, dict[str, str]]] = []
    for n, row in _rows(file):
        if not row.get("document"):
            raise InputError(f"{file}, row {n}, column 'document': blank; a name in texts.csv or the path of a text was expected")
        lists = [[value.strip() for value in row[column].split(";")] for column in row]
        found += [(n, dict(zip(row, values))) for values in itertools.product(*lists)]
    orders, seen = [], {}
    shipped = _orders(file, found, raw)
    for n, given in found:
        for column, check in (("as_of", lambda day: paths.check_date(day, "as_of")), ("yardstick", yardstick.terms)):
            try:
                check(value) if (value := given.get(column, "")) else None
            except InputError as e:
                raise InputError(f"{file}, row {n}, column {column!r}: {e}") from None
        more = {name: given[name] for name in COLUMNS if given.get(name) and name not in ("document", "as_of")}
        order = replace(shipped[given["document"]], as_of=given.get("as_of", ""), parameters=more)
        if before := seen.get(order.name.casefold()):
            raise InputError(f"{file}, row {n}, column 'document': {order.name!r} is already a run of row {before}; a run's "
                             "folder is named by its document and as_of (another reader or yardstick: another --output)")
        seen[order.name.casefold()] = n
        orders.append(order)
    if not orders:
        raise InputError(f"{file}: no run in it; expected a row a run under {', '.join(COLUMNS)}")
    return orders


def _orders(file: Path, found: list[tuple[int, dict[str, str]]], raw: Path) -> dict[str, Order]:
    """Text, as the table names it -> its order. All are looked up at once; only for a fault the row is sought."""
    rows = {given["document"]: n for n, given in reversed(found)}
    texts = list(dict.fromkeys(given["document"] for _, given in found))
    try:
        made = inputs.orders(texts, raw) if texts else []
    except InputError as e:
        for text in texts:
            try:
                inputs.orders([text], raw)
            except InputError as own:
                raise InputError(f"{file}, row {rows[text]}, column 'document': {own}") from None
        raise InputError(f"{file}, column 'document': {e}") from None
    return {text: replace(order, file=order.file.resolve(), raw=order.raw.resolve()) for text, order in zip(texts, made)}


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as f:
            rows = list(csv.reader(f, strict=True))
    except OSError as e:
        raise InputError(f"{file}: cannot be read ({e.strerror})") from None
    except (UnicodeDecodeError, csv.Error) as e:
        raise InputError(f"{file}: not a CSV table in UTF-8 ({e})") from None
    header = rows[0] if rows else []
    for column in header:
        if column not in COLUMNS or header.count(column) > 1:
            raise InputError(f"{file}, row 1: column {column!r} " + ("stands twice" if column in COLUMNS else
                             f"is no parameter of the notebooks; allowed: {', '.join(COLUMNS)}"))
    if "document" not in header:
        raise InputError(f"{file}, row 1: column 'document' is missing; found {', '.join(header) or 'nothing'}")
    for n, row in enumerate(rows[1:], 2):
        if row and len(row) != len(header):
            raise InputError(f"{file}, row {n}: {len(row)} cells where the header has {len(header)} columns")
        if any(cell.strip() for cell in row):
            yield n, {column: cell.strip() for column, cell in zip(header, row)}


def plan(orders: list[Order], walk: Walk, output: Path, force: bool = False, **limits: int) -> list[Job]:
    """A job an order; `why` is empty if its run is current. What several orders read is hashed once."""
    books = [record.sha256(file) for file in walk.files]
    digest, readings = functools.cache(record.sha256), functools.cache(inputs.readings)
    jobs = []
    for order in orders:
        try:
            read_ = {to: digest(file) for to, file in inputs.files(order, readings).items()}
            chain = prints.chain(order, runner.parameters(order), read_, books)
            why = "by --force" if force else prints.stale(output / order.name, chain)
        except OSError:  # its run will say what cannot be read
            why = "not there yet"
        jobs.append(Job(order, walk, output, limits, force, prints.program(), why))
    return jobs


def run_one(job: Job) -> dict:
    """Do one job in this process; returns run, status, notebook, cell, error, executed (notebooks) and seconds."""
    began, executed = time.monotonic(), []
    warm.use()
    result = {"run": job.order.name, "status": "failed", "notebook": "", "cell": "", "error": ""}
    try:
        if job.program != prints.program():
            raise InputError("the worker has other code, word lists, models or versions of packages than the batch")
        _wait_for(job.output / f".{job.order.name}.building")
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            def outcomes(files, folder, parameters, deadline, stop, announce):
                for number, file in enumerate(files, 1):
                    announce(number, file)
                    executed.append(file.name)
                    yield file, worker.execute(file, folder.resolve(), parameters, home, seconds=deadline, **job.limits)

            runner.run(job.order, job.walk, job.output, outcomes=outcomes, again=job.again)
        result["status"] = "completed"
    except runner.RunFailed as e:
        result |= {"notebook": e.notebook, "cell": e.outcome.get("cell", ""),
                   "error": e.outcome.get("error") or str(e).splitlines()[0]}
    except Exception as e:  # a faulty text, a full disk, a folder that may not be written: the others go on
        result["error"] = str(e) if isinstance(e, InputError) else f"{type(e).__name__}: {e}"
    return result | {"executed": executed, "seconds": round(time.monotonic() - began, 3)}


def _wait_for(building: Path) -> None:
    """A worker whose batch was killed ends by itself, but not at once."""
    until = time.monotonic() + PATIENCE
    while record.maker(building) and record.taken(building) and time.monotonic() < until:
        time.sleep(0.2)
    if building.exists() and not record.taken(building):  # this very process left it
        runner.remove(building)


def clear(jobs: list[Job]) -> None:
    """Delete what an interrupted batch left half built; what a process still writes stays, for the next batch to delete."""
    for job in jobs:
        building = job.output / f".{job.order.name}.building"
        if building.exists() and not record.maker(building):
            runner.remove(building)


def keep(jobs: list[Job], results: dict[str, dict], output: Path) -> Path:
    """Write batch.csv, a row a run in the order of the table; what it says does not depend on when or where it was done."""
    lines = [list(KEPT)]
    for job in jobs:
        given = runner.parameters(job.order)
        row = given | {"status": "completed"} | results.get(job.order.name, {}) | {"run": job.order.name}
        lines.append([tables.guard(str(row.get(name, ""))) for name in KEPT])
    fresh = output / ".batch.csv.new"
    try:
        with fresh.open("w", encoding="utf-8", newline="") as f:
            csv.writer(f, lineterminator="\n").writerows(lines)
        fresh.replace(output / "batch.csv")
    except OSError as e:
        raise InputError(f"{output / 'batch.csv'}: cannot be written ({e.strerror})") from None
    return output / "batch.csv"


def failed(job: Job, error: BaseException) -> dict:
    """The result of a job whose worker came to no result."""
    return {"run": job.order.name, "status": "failed", "notebook": "", "cell": "", "executed": [], "seconds": 0.0,
            "error": f"{type(error).__name__}: {error}" if not isinstance(error, RuntimeError) else str(error)}


def go(jobs: list[Job], on, announce: Callable[[int], None] = lambda running: None) -> Iterator[dict]:
    """Do the jobs that are not current, on an engine of `executing`; yields each result as it comes."""
    from helpers import executing

    for job, result in executing.each(run_one, [job for job in jobs if job.why], on, announce):
        yield failed(job, result) if isinstance(result, BaseException) else result
