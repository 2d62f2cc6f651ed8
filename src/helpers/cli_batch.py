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
    batch.add_argument("--deadline", type=positive, default=None, metavar="SECONDS",
                       help="end a notebook that takes longer (900)")
    batch.add_argument("--memory", type=positive, default=None, metavar="GB",
                       help="end a notebook whose kernel takes more (its share of the machine's)")
    batch.set_defaults(do=_batch)

    corpus = commands.add_parser(
        "corpus", help="write what is proposed for many texts as Parquet, without notebooks", allow_abbrev=False,
        description="Claims, attributions and quantities of every text, in parts of so many texts: texts/, claims/, attributions/ "
                    "and quantities/ in the folder given. Killed at any moment, the next call makes the parts that are left. "
                    "Exit status: 0 done, 1 a text could not be read (texts/ says why) or a part failed, 2 what was given "
                    "cannot be used.")
    corpus.add_argument("texts", nargs="+", metavar="PATTERN", help="paths or patterns of texts, such as 'folder/**/*.txt'")
    corpus.add_argument("--output", type=Path, required=True, metavar="DIR", help="the folder of parts, such as corpus.parquet")
    corpus.add_argument("--published", default="", metavar="DATE", help="when the texts were published")
    corpus.add_argument("--sources", type=Path, metavar="CSV", help="names and aliases of sources")
    corpus.add_argument("--size", type=_count, default=500, metavar="N", help="texts a part (500)")
    _engine(corpus)
    corpus.set_defaults(do=_corpus)


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


def positive(value: str) -> float:
    """A number above nought, as argparse asks for it."""
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
        waiting = [job for job in jobs if job.why]
        try:
            with (executing.engine(min(given.workers, len(waiting) or 1), given.scheduler) as on,
                  _Said(len(jobs), len(jobs) - len(waiting)) as said):
                for result in batch.go(waiting, on, said):
                    results[result["run"]] = result
                    said.add("done") if result["status"] == "completed" else said.fault(_fault(result))
        except BaseException:
            batch.clear(waiting)
            raise
        kept = batch.keep(jobs, results, output)
    _table([(job.order.name, _outcome(results.get(job.order.name))) for job in jobs])
    failed = sum(result["status"] == "failed" for result in results.values())
    print(f"{len(results) - failed} done, {len(jobs) - len(results)} were current, {failed} failed: {_shown(str(kept))}")
    return 1 if failed else 0


def _corpus(given: argparse.Namespace) -> int:
    from helpers import corpus, executing, paths, tables

    paths.check_date(given.published, "--published")
    if given.sources:
        tables.read("sources", given.sources)
    files, count, failed = corpus.find(given.texts), 0, []
    corpus.check(given.output)
    faulty, words = [0, []], 0
    with executing.sole(given.output):
        count = -(-len(files) // given.size)
        with executing.engine(min(given.workers, count), given.scheduler) as on, _Said(len(files), 0, "text") as said:
            todo = corpus.parts(files, given.output, given.published, given.sources, given.size)
            for part, result in executing.each(corpus.make, todo, on, said):
                if isinstance(result, BaseException):
                    failed.append(part.number)
                    said.fault(f"part {part.number}: {result}", len(part.files))
                    continue
                faulty[0] += result["faulty"]
                faulty[1] += result["first"][:10 - len(faulty[1])]
                words += result["words"]
                said.add("done" if result["made"] else "skipped", result["texts"])
        corpus.prune(given.output, count)
    for line in faulty[1]:
        print(f"retold: {_shown(line)}", file=sys.stderr)
    print(f"{len(files):,} texts, {words:,} words, {count:,} parts, {faulty[0]:,} texts could not be read, {len(failed)} parts "
          f"failed: {_shown(str(given.output))}")
    return 1 if failed or faulty[0] else 0


class _Said:
    """The progress bar: what runs, is done, was current, failed, and the time left."""

    def __init__(self, total: int, current: int, unit: str = "run"):
        from tqdm import tqdm

        self.counts = {"running": 0, "done": 0, "skipped": current, "failed": 0}
        self.bar = tqdm(total=total, initial=current, unit=unit, file=sys.stderr, dynamic_ncols=True,
                        mininterval=0.2 if sys.stderr.isatty() else 10)

    def __enter__(self) -> "_Said":
        return self

    def __exit__(self, *_) -> None:
        self.bar.close()

    def __call__(self, running: int) -> None:
        self.counts["running"] = running
        self.bar.set_postfix(self.counts, refresh=False)

    def add(self, what: str, count: int = 1) -> None:
        self.counts[what] += count
        self.bar.set_postfix(self.counts, refresh=False)
        self.bar.update(count)

    def fault(self, line: str, count: int = 1) -> None:
        self.bar.write(f"retold: {_shown(line)}", file=sys.stderr)
        self.add("failed", count)


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
