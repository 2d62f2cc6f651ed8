"""The runner: the notebooks of the walk, one after another, on one document; nothing half done is ever taken for done.

Everything is built in a folder beside (`.<run>.building`) and renamed when it is whole. papermill executes; whether a
notebook succeeded is read from its exception and its cells, not from what it says of itself. A notebook may take as
long as its deadline: then the process that executes it is ended, and its kernel.
"""
import multiprocessing
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from helpers import inputs, notebooks, prints, record, worker
from helpers.ending import end, family
from helpers.inputs import Order
from helpers.paths import InputError

DEADLINE = 900.0  # seconds a notebook
AT_ONCE = 2  # documents
_OURS = ("run.json", "run.json.new", "document.csv", "input")  # a folder with one of these is a run's


class RunFailed(RuntimeError):
    """A notebook failed. The message names the notebook, the cell and where the executed notebook is."""


    def __init__(self, said: str, notebook: str = "", outcome: "dict | None" = None):
        super().__init__(said)
        self.notebook, self.outcome = notebook, outcome or {}


class Stopped(RuntimeError):
    """The run was ended from outside before it was done."""


# (files, folder, parameters, deadline, stop, announce) -> each file with how it went, as worker.execute says it
Outcomes = Callable[..., Iterator[tuple[Path, dict]]]


@dataclass(frozen=True)
class Walk:
    """The notebooks to execute, in order; the seconds each may take; the files that must be there at the end."""

    files: tuple[Path, ...]
    deadline: float = DEADLINE
    results: tuple[str, ...] = ("assessment.md", "report.html")


def run_all(orders: list[Order], walk: Walk, output: Path,
            say: Callable[[str], None] = lambda line: None) -> Iterator[tuple[Order, "Path | RunFailed"]]:
    """Check every order, then execute the walk on each, two at a time; yields each with its folder or its failure.

    Raises InputError before anything is written if one of them cannot be run.
    """
    for order in orders:
        _check(order, walk, output)
        with tempfile.TemporaryDirectory() as staged:
            inputs.gather(order, Path(staged))
    stop = threading.Event()
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        futures = [pool.submit(run, order, walk, output, say, stop) for order in orders]
        for order, future in zip(orders, futures):
            try:
                yield order, future.result()
            except RunFailed as failure:
                yield order, failure
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


def run(order: Order, walk: Walk, output: Path, say: Callable[[str], None] = lambda line: None,
        stop: "threading.Event | None" = None, outcomes: "Outcomes | None" = None, again: bool = True) -> Path:
    """Execute the walk on one order and return the run's folder, <output>/<run>.

    `outcomes` executes the notebooks and yields how each went (in a process of their own, if it is not given). Unless
    `again`, what is current in the last run is taken from it. Raises InputError if the order cannot be run, Stopped if
    `stop` is set (nothing is left of the run then), and RunFailed if a notebook fails: <run>.failed holds what there is.
    The last good run stays as it was in all three.
    """
    _check(order, walk, output)
    folder = output / order.name
    building, failed = _beside(folder, "building"), output / f"{order.name}.failed"
    _begin(folder)
    log = record.Log(order, parameters(order))
    try:
        try:
            log.write(building, "running")
            inputs.gather(order, building / "input")
            read = record.hashes(building / "input" / "raw")
            log.prints = prints.chain(order, log.parameters, {to: read[to] for to in inputs.files(order)},
                                      map(record.sha256, walk.files))
            log.notebooks = [] if again else prints.resume(folder, building, log.prints)
            (building / "notebooks").mkdir(exist_ok=True)
            _execute(order, walk, building, log, say, stop or threading.Event(), outcomes or _outcomes)
            missing = [name for name in walk.results if not (building / name).is_file()]
            if missing:
                raise RunFailed(f"{order.name}: the notebooks ran through but left no {' and no '.join(missing)}")
            _still_ours(building)
            log.write(building, "completed")
            record.flush(building)
        except RunFailed as e:
            _still_ours(building)
            log.write(building, "failed", error=str(e))
            remove(failed)
            building.rename(failed)
            raise RunFailed(f"{e}\n  what there is of it: {failed}", e.notebook, e.outcome) from None
    except BaseException:
        if not record.taken(building):
            remove(building)
        raise
    _swap(folder)
    remove(failed)
    return folder


def survey(file: Path, runs: Path, as_of: str = "", deadline: float = DEADLINE, corpus: str = "") -> Path:
    """Execute the notebook of the survey over a folder of runs and return what it made, <runs>/corpus. `corpus` is a folder
    that `retold corpus` wrote, or empty.

    It is built beside and put in place when it is whole, as a run is. Raises RunFailed if the notebook fails, InputError if
    something else stands there.
    """
    if (old := runs / "corpus").exists() and not (old / "corpus.html").is_file():
        raise InputError(f"{old}: not a survey; move it, or name the document otherwise")
    building = _beside(runs / "corpus", "building")
    _begin(runs / "corpus")
    try:
        (building / "notebooks").mkdir()
        given = {"runs": "..", "as_of": as_of, "output": ".", "corpus": corpus}
        with closing(_outcomes([file], building, given, deadline, threading.Event())) as outcomes:
            for _, outcome in outcomes:
                _refuse(file.name, outcome)
    except BaseException:
        remove(building)
        raise
    _swap(runs / "corpus")
    return runs / "corpus"


def parameters(order: Order) -> dict[str, str]:
    """What each notebook of the walk is given for an order."""
    return order.parameters | {"document": order.document, "as_of": order.as_of, "data": "input", "output": "."}


def _execute(order: Order, walk: Walk, building: Path, log: record.Log, say: Callable[[str], None],
             stop: threading.Event, outcomes_of: Outcomes) -> None:
    """Execute the notebooks that the log does not have yet, say which is at work, and note there how each went."""
    began, done = time.monotonic(), len(log.notebooks)

    def announce(number: int, file: Path) -> None:
        spent = f" ({time.monotonic() - began:.0f} s so far)" if number > 1 else ""
        say(f"{order.name}: {done + number}/{len(walk.files)} {file.stem}{spent}")

    with closing(outcomes_of(walk.files[done:], building, parameters(order), walk.deadline, stop, announce)) as outcomes:
        for file, outcome in outcomes:
            log.notebook(file, outcome)
            _refuse(f"{order.name}: {file.name}", outcome)
    say(f"{order.name}: done, {time.monotonic() - began:.1f} s")


def _refuse(name: str, outcome: dict) -> None:
    if outcome["error"]:
        at = f", {outcome['cell']}" if outcome.get("cell") else ""
        raise RunFailed(f"{name}{at}: {outcome['error']}", name.rpartition(": ")[2], outcome)


def _outcomes(files: Sequence[Path], folder: Path, parameters: dict[str, str], deadline: float, stop: threading.Event,
              announce: Callable[[int, Path], None] = lambda number, file: None) -> Iterator[tuple[Path, dict]]:
    """Execute notebooks in a process of their own; yields each with how it went. The deadline is kept from here."""
    context = multiprocessing.get_context("spawn")  # a fork would copy locks that other threads hold
    here, there = context.Pipe()
    process = context.Process(target=worker.work, daemon=True, args=(
        there, [str(file.resolve()) for file in files], str(folder.resolve()), parameters))
    process.start()
    there.close()
    try:
        for number, file in enumerate(files, 1):
            announce(number, file)
            yield file, _wait(here, deadline, stop)
        process.join(5)
    finally:
        _end(process)
        here.close()


def _wait(here, deadline: float, stop: threading.Event) -> dict:
    until = time.monotonic() + deadline
    while not here.poll(0.1):
        if stop.is_set():
            raise Stopped
        if time.monotonic() > until:
            return {"error": f"not done after {deadline:g} s, its deadline; it was ended"}
    try:
        return here.recv()
    except (EOFError, OSError):
        return {"error": "the process that executed it ended without a word"}


def _end(process) -> None:
    """End the process, if it has not ended by itself, and every kernel it started."""
    if process.exitcode is not None:
        return
    end(family(process.pid))
    process.join(5)


def _still_ours(building: Path) -> None:
    if record.taken(building):  # a machine that was taken for lost goes on
        raise Stopped(f"{building.parent}: another machine took over this run")


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.{what}")


def check_given(order: Order, walk: Walk) -> None:
    """Refuse parameters that a notebook of the walk does not take."""
    for file in walk.files:
        notebooks.check_given(parameters(order), notebooks.read(file), file)


def _check(order: Order, walk: Walk, output: Path) -> None:
    """Refuse parameters that a notebook does not take, and an output where something else stands or is being made."""
    check_given(order, walk)
    folder = output / order.name
    for above in (output, *output.parents):
        if above.exists() and not above.is_dir():
            raise InputError(f"{above}: a file; a folder for the runs was expected")
    for old in (folder, output / f"{order.name}.failed", _beside(folder, "building"), _beside(folder, "last")):
        if old.exists() and not (old.is_dir() and (not any(old.iterdir()) or any((old / n).exists() for n in _OURS))):
            raise InputError(f"{old}: not a run of Retold's; move it, or give another --output")
    if maker := record.maker(_beside(folder, "building")):
        raise InputError(f"{folder}: another run is making it (process {maker}); wait for it, or end it")


def _begin(folder: Path) -> None:
    """Make the folder to build in; first put right what an interrupted run left: a good run set aside comes back."""
    building, last = _beside(folder, "building"), _beside(folder, "last")
    if last.exists() and not folder.exists():
        last.rename(folder)
    remove(last)
    remove(building)
    try:
        building.mkdir(parents=True)
    except OSError as e:
        raise InputError(f"{folder.parent}: cannot be written ({e.strerror})") from None


def _swap(folder: Path) -> None:
    """Put the new run in the old one's place. At every moment one of them is whole, and `_begin` finds it."""
    last = _beside(folder, "last")
    if folder.exists():
        folder.rename(last)
    _beside(folder, "building").rename(folder)
    remove(last)


def remove(folder: Path) -> None:
    """Delete a folder; a kernel whose maker was killed a moment ago may still be writing there, and ends by itself."""
    until = time.monotonic() + 5
    while folder.exists():
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            pass
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
