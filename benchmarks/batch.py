#!/usr/bin/env python3
"""Measure batches and corpora: each figure beside what it is a ratio to, in one run, on the machine as busy as it is.

usage: batch.py walk    [--size 24]     retold batch beside a shell loop of papermill and papermill's API (hours at 24)
       batch.py current [--size 1000]   how long a batch takes to see that all its runs are current
       batch.py corpus  [--size 84] --texts FOLDER   retold corpus beside the bare models, in the same processes
       batch.py memory  [--size 100000] retold corpus over short invented texts: memory and speed, early and late
       batch.py many    [--size 500]    retold batch over small notebooks: cost a run and memory, early and late

Run it from the project's folder. Seconds of the processor are those of all processes and of the kernels; of the wall they
say little on a busy machine. --write puts the table into benchmarks/README.md.
"""
import argparse
import csv
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path

import nbformat
import psutil

import readme
from helpers import executing, inputs, notebooks, runner, tables

WORKERS = 2
ARTICLE = 700  # words of an article, where a million of them are reckoned
BOOKS = [Path("notebooks", f"{name}.ipynb").resolve() for name in notebooks.WALK]
RETOLD = [sys.executable, "-m", "helpers.cli"]


def spent(work) -> tuple[float, float]:
    """Seconds of the wall, and of the processor in all processes that ended meanwhile."""
    def processor() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime
    wall, cpu = time.monotonic(), processor()
    work()
    return time.monotonic() - wall, processor() - cpu


def quiet(command: list[str], **more) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)


def project(folder: Path, size: int) -> Path:
    """A project of its own with so many documents, copies of the shipped ones, each a run."""
    raw = Path("data/raw")
    shutil.copytree(raw, folder / "data" / "raw")
    (folder / "notebooks").mkdir()
    for book in BOOKS:
        shutil.copy(book, folder / "notebooks")
    shipped = tables.read("texts", raw / "texts.csv").to_dict("records")
    rows = []
    for n, row in enumerate(islice(cycle(shipped), size)):
        name = f"d{n:04}"
        shutil.copy(raw / "texts" / row["file"], folder / "data/raw/texts" / f"{name}.txt")
        rows.append(row | {"document": name, "file": f"{name}.txt"})
    tables.write("texts", tables.frame("texts", rows).assign(dossier=[row.get("dossier", "") for row in rows]),
                 folder / "data/raw/texts.csv")
    with (folder / "data/raw/runs.csv").open("w", newline="") as f:
        csv.writer(f).writerows([["document"], *([row["document"]] for row in rows)])
    return folder


def given(document: str, at: Path) -> dict[str, str]:
    return {"document": document, "data": str(at / "input"), "output": str(at)}


def one_by_one(job: tuple[str, Path]) -> None:
    """papermill's API with an ordinary kernel a notebook."""
    import papermill

    document, at = job
    for book in BOOKS:
        papermill.execute_notebook(str(book), str(at / book.name), given(document, at), kernel_name="python3", progress_bar=False)


def walk(size: int) -> list[str]:
    with tempfile.TemporaryDirectory() as home:
        base = project(Path(home, "project"), size)
        orders = inputs.orders([f"d{n:04}" for n in range(size)], base / "data/raw")
        places = {}
        for way in ("loop", "api"):
            for order in orders:
                places[way, order.document] = at = Path(home, way, order.document)
                inputs.gather(order, at / "input")

        def loop() -> None:
            for order in orders:
                at = places["loop", order.document]
                for book in BOOKS:
                    more = [part for pair in given(order.document, at).items() for part in ("-p", *pair)]
                    quiet([sys.executable, "-m", "papermill", str(book), str(at / book.name), "-k", "python3", *more])

        def api() -> None:
            with ProcessPoolExecutor(WORKERS, get_context("spawn")) as pool:
                list(pool.map(one_by_one, [(o.document, places["api", o.document]) for o in orders]))

        ways = {"a shell loop of `papermill`": loop, f"papermill's API, {WORKERS} workers": api,
                f"`retold batch`, {WORKERS} workers": lambda: quiet(
                    [*RETOLD, "batch", "--workers", str(WORKERS), "--output", f"{home}/batch"], cwd=base)}
        took = {name: spent(work) for name, work in ways.items()}
        same = all((Path(home, "batch", o.document) / name).read_bytes() == (places[way, o.document] / name).read_bytes()
                   for way in ("loop", "api") for o in orders for name in ("claims.csv", "grades.csv", "assessment.md"))
    wall, cpu = list(took.values())[-1]
    return [f"{size} runs of {len(BOOKS)} notebooks; claims, grades and assessments {'identical' if same else 'DIFFER'}.", "",
            "| | wall, s | processor, s | times `retold batch`, wall | processor |", "|---|---|---|---|---|",
            *(f"| {name} | {w:.0f} | {c:.0f} | {w / wall:.1f} | {c / cpu:.1f} |" for name, (w, c) in took.items()), "",
            f"A million runs: {1e6 * cpu / size / 86400:,.0f} days of one core."]


def current(size: int) -> list[str]:
    with tempfile.TemporaryDirectory() as home:
        base = project(Path(home, "project"), size)
        quiet([*RETOLD, "run", "d0000", "--output", f"{home}/model"], cwd=base)
        model = Path(home, "model", "d0000")
        made = [f.relative_to(model) for f in model.rglob("*") if f.is_file() and f.parts[-1] != "run.json" and "input" not in f.parts]

        def outcomes(files, folder, *_):
            for file in files:
                for name in made if file == files[0] else ():
                    (folder / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(model / name, folder / name)
                yield file, {"error": "", "wrote": {}}

        runs = runner.Walk(tuple(base / "notebooks" / book.name for book in BOOKS))
        for order in inputs.orders([], base / "data/raw"):
            runner.run(order, runs, Path(home, "batch"), outcomes=outcomes)
        took = [spent(lambda: quiet([*RETOLD, "batch", "--output", f"{home}/batch"], cwd=base)) for _ in range(3)]
    wall, cpu = min(took)
    return [f"{size:,} runs of {len(made)} files, the fastest of 3 calls.", "", "| | wall, s | processor, s |", "|---|---|---|",
            f"| `retold batch`, all current | {wall:.1f} | {cpu:.1f} |"]


def bare(part) -> float:
    """The models alone over a part's texts: spaCy's pipeline and the tagger's session; seconds of the processor."""
    from helpers import language, reading, tagger, windows

    texts = [reading.read(file).text for file in part.files]
    nlp, model = language.load(), tagger.load()
    cut = [tagger.feed(window) for text in texts for window in windows.cut(text, model.tokenizer)]
    began = time.process_time()
    for _ in nlp.pipe(texts, batch_size=128):
        pass
    for window in cut:
        model.session.run(None, window)
    return time.process_time() - began


def whole(part) -> float:
    from helpers import corpus

    began = time.process_time()
    corpus.make(part)
    return time.process_time() - began


def corpora(size: int, folder: Path) -> list[str]:
    from helpers import corpus

    files = corpus.find([str(folder / "*.txt")])[:size]
    words = sum(len(Path(f).read_text(encoding="utf-8").split()) for f in files)
    with tempfile.TemporaryDirectory() as home, executing.engine(WORKERS) as on:
        took: dict[str, list[float]] = {"bare": [], "whole": []}
        for n in range(4):
            for name, work in (("bare", bare), ("whole", whole)):
                parts = corpus.parts(files, Path(home, f"{n}{name}"), size=-(-len(files) // (2 * WORKERS)))
                results = [result for _, result in executing.each(work, parts, on)]
                took[name].append(sum(results))
    best = {name: min(times[1:]) for name, times in took.items()}  # in the first the models are loaded
    return [f"{len(files)} texts, {words:,} words, {WORKERS} processes, the fastest of 3 rounds, by the processes' own time.", "",
            "| | words a second of one core | of the bare models |", "|---|---|---|",
            f"| spaCy's pipeline and the tagger's session | {words / best['bare']:,.0f} | 1.00 |",
            f"| `retold corpus`, to the Parquet file | {words / best['whole']:,.0f} | {best['bare'] / best['whole']:.2f} |", "",
            f"A million articles of {ARTICLE} words: {1e6 * ARTICLE * best['whole'] / words / 3600:,.0f} hours of one core."]


class Watched:
    """A command, with how much was done (by `count`) and the memory of it and of its workers, looked at every second."""

    def __init__(self, command: list[str], count, cwd: Path = Path(".")):
        self.seen: list[tuple[float, int, float, float]] = []
        began = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=cwd)
        while process.poll() is None:
            try:
                top = psutil.Process(process.pid)
                workers = [p.memory_info().rss for p in top.children() if "spawn_main" in " ".join(p.cmdline())]
                self.seen.append((time.monotonic() - began, count(), top.memory_info().rss / 2**20,
                                  max(workers, default=0) / 2**20))
            except psutil.Error:
                pass
            time.sleep(1)

    def lines(self, what: str) -> list[str]:
        most = self.seen[-1][1] or 1
        cut = [next(s for s in self.seen if s[1] >= most * share) for share in (0.2, 0.6, 1)]
        steps = [(b[0] - a[0]) / max(1, b[1] - a[1]) for a, b in zip(cut, cut[1:])]
        def largest(column: int, low: float, high: float) -> float:
            return max(s[column] for s in self.seen if most * low <= s[1] <= most * high)
        return [f"{most:,} {what}, {self.seen[-1][0]:.0f} s.", "",
                f"| | seconds a {what.rstrip('s')} | the command, MB | its largest worker, MB |", "|---|---|---|---|",
                f"| from 20% to 60% | {steps[0]:.4f} | {largest(2, .2, .6):.0f} | {largest(3, .2, .6):.0f} |",
                f"| from 60% to the end | {steps[1]:.4f} | {largest(2, .6, 1):.0f} | {largest(3, .6, 1):.0f} |"]


SAID = ("Mayor {a} Holt said on Monday that {n} houses in {b} were flooded. The river may rise again, officials said.",
        "Farmers in {b} deny that {n} cows were stolen.\n\n\"We lost {n} boats,\" {a} Moss told reporters.",
        "About {n} people marched through {b}, according to the police. {a} Lund called it the largest march in years.")


def memory(size: int) -> list[str]:
    with tempfile.TemporaryDirectory() as home:
        for n in range(size):
            name = "".join(chr(97 + n // 26**k % 26) for k in range(4)).title()
            folder = Path(home, "texts", f"{n // 1000:04}")
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{n:07}.txt").write_text(SAID[n % 3].format(a=name, b=name[::-1].title(), n=n + 12))
        out = Path(home, "corpus.parquet")
        command = [*RETOLD, "corpus", f"{home}/texts/**/*.txt", "--output", str(out), "--workers", str(WORKERS), "--size", "250"]
        return Watched(command, lambda: 250 * len(list(out.glob("texts/*.parquet")))).lines("texts")


def many(size: int) -> list[str]:
    book = nbformat.read(BOOKS[0], 4)
    with tempfile.TemporaryDirectory() as home:
        base = project(Path(home, "project"), size)
        for name in notebooks.WALK:  # the first opens with its real parameters and loads pandas; the others hold nothing
            small = nbformat.from_dict(book)
            last = "Path(output, 'assessment.md').write_text('x'); Path(output, 'report.html').write_text('x')"
            code = f"import pandas\nfrom pathlib import Path\n{last}" if name == notebooks.WALK[0] else "1"
            small.cells = [*book.cells[:2], nbformat.v4.new_code_cell(code)]
            nbformat.write(small, base / "notebooks" / f"{name}.ipynb")
        out = Path(home, "batch")
        command = [*RETOLD, "batch", "--workers", str(WORKERS), "--output", str(out)]
        return Watched(command, lambda: len(list(out.glob("*/run.json"))), base).lines("runs")


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("what", choices=("walk", "current", "corpus", "memory", "many"))
    args.add_argument("--size", type=int)
    args.add_argument("--texts", type=Path)
    args.add_argument("--write", action="store_true")
    args = args.parse_args()
    sizes = {"walk": 24, "current": 1000, "corpus": 84, "memory": 100_000, "many": 500}
    size, more = args.size or sizes[args.what], (args.texts,) if args.what == "corpus" else ()
    lines = {"walk": walk, "current": current, "corpus": corpora, "memory": memory, "many": many}[args.what](size, *more)
    print("\n".join(lines))
    if args.write:
        readme.put(f"<!-- batch {args.what} -->", "\n".join(lines))


if __name__ == "__main__":
    main()
