"""`retold batch` and `retold corpus`: what they take, what they show while at work, and how they close."""
import argparse
import os
import sys
from pathlib import Path

from helpers.visible import visible


def add(commands) -> None:
    """Add the commands to the parser's."""
    batch = commands.add_parser(
        "batch", help="execute the notebooks for every row of a table; what is current is passed over", allow_abbrev=False,
        description="A row a run, columns are parameters of the notebooks: document, as_of, annotator, yardstick. A cell may "
                    "hold a list (\"2024-12-28;2025-06-01\"): one run for each combination. Killed at any moment, the next "
                    "call does what is left. Exit status: 0 all runs are done, 1 a run failed, 2 what was given cannot be used.")
    batch.add_argument("runs", nargs="?", type=Path, metavar="RUNS.csv", help="the table (data/raw/runs.csv)")
    _engine(batch)
    batch.add_argument("--force", action="store_true", help="execute all notebooks of all runs, current or not")
    batch.add_argument("--dry-run", action="store_true", help="say what would be done and why, and do nothing")
    batch.add_argument("--output", type=Path, metavar="DIR", help="the folder that receives the runs' folders "
                       "(data/processed)")
    batch.add_argument("--deadline", type=_positive, default=None, metavar="SECONDS",
                       help="end a notebook that takes longer (900)")
    batch.add_argument("--memory", type=_positive, default=None, metavar="GB",
                       help="end a notebook whose kernel takes more (its share of the machine's)")
    batch.set_defaults(do=_batch)


def _engine(command: argparse.ArgumentParser) -> None:
    command.add_argument("--workers", type=_count, default=os.cpu_count() or 1, metavar="N", help="processes (the cores)")
    command.add_argument("--scheduler", default="", metavar="ADDRESS",
                         help="work on the workers of this Dask scheduler (tcp://host:8786) instead; they must see the same "
                              "folders under the same paths")


def _count(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError
    return number


def _positive(value: str) -> float:
    number = float(value)
    if not 0 < number < float("inf"):
        raise ValueError
    return number


def _batch(given: argparse.Namespace) -> int:
    from helpers import batch, notebooks, paths, runner

    project = paths.project()
    output = (given.output or project / "data" / "processed").resolve()
    walk = runner.Walk(tuple(project / "notebooks" / f"{name}.ipynb" for name in notebooks.WALK),
                       given.deadline or runner.DEADLINE)
    orders = batch.read(given.runs or project / "data" / "raw" / "runs.csv", project / "data" / "raw")
    limits = {"memory": int(given.memory * 2**30)} if given.memory else {}
    return carry_out(orders, walk, output, given, limits)


def carry_out(orders: list, walk, output: Path, given: argparse.Namespace, limits: dict[str, int]) -> int:
    """Plan, do and report the runs; returns the exit status."""
    from helpers import batch, executing, runner

    for order in {tuple(order.parameters): order for order in orders}.values():
        runner.check_given(order, walk)
    if given.dry_run:
        jobs = batch.plan(orders, walk, output, given.force, **limits)
        _table([(job.order.name, f"to do: {job.why}" if job.why else "current") for job in jobs])
        return 0
    with executing.sole(output):
        jobs = batch.plan(orders, walk, output, given.force, **limits)
        results: dict[str, dict] = {}
        if waiting := [job for job in jobs if job.why]:
            with executing.engine(min(given.workers, len(waiting)), given.scheduler) as on:
                results = _with_bar(batch.go(waiting, on, said := _Said(len(jobs), len(jobs) - len(waiting))), said)
        kept = batch.keep(jobs, results, output)
    _table([(job.order.name, _outcome(results.get(job.order.name))) for job in jobs])
    failed = sum(result["status"] == "failed" for result in results.values())
    print(f"{len(results) - failed} done, {len(jobs) - len(results)} were current, {failed} failed: {_shown(str(kept))}")
    return 1 if failed else 0


class _Said:
    """The progress bar: what runs, is done, was current, failed, and the time left."""

    def __init__(self, total: int, current: int):
        from tqdm import tqdm

        self.counts = {"running": 0, "done": 0, "skipped": current, "failed": 0}
        self.bar = tqdm(total=total, initial=current, unit="run", file=sys.stderr, dynamic_ncols=True,
                        mininterval=0.2 if sys.stderr.isatty() else 10)

    def __call__(self, running: int) -> None:
        self.counts["running"] = running
        self.bar.set_postfix(self.counts)

    def result(self, result: dict) -> None:
        ok = result["status"] == "completed"
        self.counts["done" if ok else "failed"] += 1
        if not ok:
            self.bar.write(f"retold: {_shown(_fault(result))}", file=sys.stderr)
        self.bar.set_postfix(self.counts, refresh=False)
        self.bar.update()


def _with_bar(results, said: _Said) -> dict[str, dict]:
    found = {}
    try:
        for result in results:
            found[result["run"]] = result
            said.result(result)
    finally:
        said.bar.close()
    return found


def _fault(result: dict) -> str:
    where = ", ".join(part for part in (result["notebook"], result["cell"]) if part)
    return f"{result['run']}: {f'{where}: ' if where else ''}{result['error']}"


def _outcome(result: "dict | None") -> str:
    if result is None:
        return "current"
    if result["status"] == "failed":
        return f"failed: {_fault(result).partition(': ')[2]}"
    first, count = (result["executed"] or [""])[0].removesuffix(".ipynb"), len(result["executed"])
    return f"done, {count} notebook{'' if count == 1 else 's'} from {first}" if count else "done, nothing to execute"


def _table(rows: list[tuple[str, str]]) -> None:
    width = max(len(name) for name, _ in rows)
    for name, outcome in rows:
        print(f"{_shown(name):<{width}}  {_shown(outcome)}")


def _shown(text: str) -> str:
    return visible(text)
