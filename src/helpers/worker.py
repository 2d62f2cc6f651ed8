"""The process that executes one document's notebooks with papermill, and tells the runner after each how it went.

It imports as little as it can, for it starts anew for every run. The runner ends it, with its kernels, at a deadline;
if the runner itself is gone, it ends by itself.
"""
import contextlib
import os
import signal
import tempfile
import threading
import time
from pathlib import Path

from helpers import notebooks, record, warm
from helpers.paths import InputError

# What may not differ between two kernels: hash order, time zone, threads of linear algebra, the user's own start-up
# files, the day that a figure's metadata would carry.
ENVIRONMENT = {"PYTHONHASHSEED": "0", "TZ": "UTC", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
               "MKL_NUM_THREADS": "1", "SOURCE_DATE_EPOCH": "0", "JUPYTER_PREFER_ENV_PATH": "1", "NO_COLOR": "1"}


def work(runner, files: list[str], folder: str, parameters: dict[str, str]) -> None:
    """Execute the notebooks in `folder`, in order, until one fails; sends `runner` (a Connection) one dict a notebook."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the runner is interrupted too, and ends this process
    threading.Thread(target=_end_with, args=(runner,), daemon=True).start()
    if len(files) > 1:  # for one notebook alone it would not pay
        warm.use()
    with tempfile.TemporaryDirectory() as home:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)  # kernels write notices of their own there
        for file in files:
            outcome = execute(Path(file), Path(folder), parameters, home)
            runner.send(outcome)
            if outcome["error"]:
                return


def _end_with(runner) -> None:
    try:
        runner.recv()  # nothing is ever sent: this returns when the runner's end of the pipe is gone
    except (EOFError, OSError):
        os._exit(1)


def execute(file: Path, folder: Path, parameters: dict[str, str], home: str, **limits) -> dict:
    """Execute one notebook in `folder`, within `limits` (those of engine.Limits), and keep it, cleaned, in notebooks/. `home`
    is an empty folder for the kernel's own settings and sockets.

    Returns started, finished (seconds since 1970), stderr, wrote (path in the folder -> SHA-256, for each file that is
    new or changed), cell (where it failed) and error; the last two are empty if every cell was run and none failed.
    """
    import papermill
    from papermill.exceptions import PapermillExecutionError

    from helpers import engine

    started, cell, error, stderr = time.time(), "", "", ""
    before, watch = record.seen(folder), engine.Watch(engine.Limits(**limits))
    kept = folder / "notebooks" / file.name
    try:
        papermill.execute_notebook(
            str(file), str(kept), parameters, kernel_name="python3", progress_bar=False, record_timing=False,
            store_widget_state=False, iopub_timeout=60, shutdown_kernel="immediate", engine_name=engine.NAME,
            watch=watch, folder=folder, home=home, environment=ENVIRONMENT)
    except PapermillExecutionError as e:
        cell, error = where(e.source, e.exec_count), f"{e.ename}: {e.evalue}"
    except Exception as e:  # a kernel that died or did not start: whatever it is, the notebook has failed
        error = f"{type(e).__name__}: {(str(e).strip() or 'no message').splitlines()[0]}"
    finally:
        watch.close()
    error = watch.reason or error
    with contextlib.suppress(InputError) if error else contextlib.nullcontext():  # half written, on a full disk
        if kept.is_file():
            cell, error, stderr = _finished(kept, cell, error)
    wrote = {f: record.sha256(folder / f) for f, at in record.seen(folder).items() if before.get(f) != at}
    return {"started": started, "finished": time.time(), "stderr": stderr, "wrote": wrote, "cell": cell, "error": error}


def _finished(kept: Path, cell: str, error: str) -> tuple[str, str, str]:
    """Clean the executed notebook; returns the cell at fault and the error, if there is one, and what went to stderr."""
    import nbformat

    done = notebooks.read(kept)
    code = [c for c in done.cells if c.cell_type == "code" and c.source.strip()]
    begun = [c for c in code if c.metadata.get("papermill", {}).get("start_time")]
    unrun = [c for c in code if c.execution_count is None]
    if error and not cell and begun:  # a dead kernel: the cell that was running
        cell = where(begun[-1].source)
    elif unrun and not error:  # not papermill's own word for it: its notebook would say "completed"
        cell, error = where(unrun[0].source), "was not run"
    stderr = notebooks.clean(done)
    nbformat.write(done, kept)
    return cell, error, stderr


def where(source: str, count: "int | None" = None) -> str:
    """A cell, named by its count and its first line of code."""
    lines = [line.strip() for line in source.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return f"cell {f'[{count}] ' if count else ''}`{(lines or ['(no code)'])[0][:100]}`"
