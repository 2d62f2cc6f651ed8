#!/usr/bin/env python3
"""Kill a batch at random moments until it is done, and compare what it leaves with an uninterrupted one.

usage: kills.py [--size 6] [--kills 20] [--seed 7] [--write]

Each kill is SIGKILL to the command, one of its workers, a kernel, the process that kernels are forked from, or (every fourth
time, with the command's work on a Dask cluster of this machine) a Dask worker. After each, whatever stands under a
run's name must be whole: the bytes of the uninterrupted run, or not there. Run it from the project's folder.
"""
import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

import readme
from batch import RETOLD, project, quiet

DASK = [sys.executable, "-m", "distributed.cli.dask_worker"]


def content(folder: Path) -> dict[str, bytes]:
    """Path -> bytes of all that may not differ between two batches."""
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in sorted(folder.rglob("*"))
            if f.is_file() and f.name not in ("run.json", ".batch.lock")}


def below(process: int, what: str) -> list[psutil.Process]:
    """The workers, kernels or kernel servers under a process."""
    signs = {"worker": "spawn_main", "kernel": "", "server": "import serve"}
    found = []
    for p in psutil.Process(process).children(recursive=True):
        try:
            said = " ".join(p.cmdline())
            forked = signs["server"] in " ".join(p.parent().cmdline())  # a warm kernel looks like its server
            if what == "kernel" and (forked or "ipykernel_launcher" in said) or (
                    what != "kernel" and not forked and signs[what] in said):
                found.append(p)
        except (psutil.Error, AttributeError):
            continue
    return found


def wrong(out: Path, whole: Path) -> list[str]:
    """The runs under their names that are not the uninterrupted batch's."""
    return [run.name for run in sorted(out.glob("[!.]*")) if run.is_dir() and not run.name.endswith(".failed")
            and content(run) != content(whole / run.name)]


def cluster(home: Path) -> tuple[list[subprocess.Popen], str]:
    """A Dask scheduler and two workers with nannies, on this machine."""
    from distributed.utils import open_port
    port, log = open_port("127.0.0.1"), (home / "dask.log").open("ab")
    where = f"tcp://127.0.0.1:{port}"
    more = {"stdout": log, "stderr": log, "cwd": home}
    begun = [subprocess.Popen([sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port",
                               str(port), "--no-dashboard"], **more)]
    begun.append(subprocess.Popen([*DASK, where, "--host", "127.0.0.1", "--nworkers", "2", "--nthreads", "1",
                                   "--no-dashboard", "--local-directory", str(home / "dask")], **more))
    return begun, where


def end(processes: list[subprocess.Popen]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        process.wait(30)


def kills(size: int, number: int, chance: random.Random) -> list[str]:
    rows, faults = [], []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        base = project(home / "project", size)
        began = time.monotonic()
        quiet([*RETOLD, "batch", "--output", str(home / "whole")], cwd=base)
        long = time.monotonic() - began
        dask, where = cluster(home)
        out, done = home / "out", 0
        try:
            for n in range(number):
                if done == size:
                    out, done = home / f"out{n}", 0  # all done: from the beginning
                what = "dask" if n % 4 == 3 else chance.choice(["command", "worker", "kernel", "server"])
                more = ["--scheduler", where] if what == "dask" else []
                process = subprocess.Popen([*RETOLD, "batch", "--output", str(out), *more], cwd=base,
                                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(chance.uniform(0.3, 0.6) * long)
                found = {"command": lambda: [psutil.Process(process.pid)], "dask": lambda: below(dask[1].pid, "worker")}.get(
                    what, lambda: below(process.pid, what)) if process.poll() is None else lambda: []
                victims = found()
                if victims:
                    chance.choice(victims).kill()
                code = process.wait(600)
                time.sleep(2)  # what was left of it ends by itself
                bad = wrong(out, home / "whole")
                done = sum(not run.parent.name.endswith(".failed") for run in out.glob("[!.]*/run.json"))
                faults += bad
                rows.append((n + 1, what if victims else f"{what} (none was there)", code, done, ", ".join(bad) or "none"))
                print(*rows[-1], flush=True)
            quiet([*RETOLD, "batch", "--output", str(out)], cwd=base)
            same = content(out) == content(home / "whole")
            left = sorted(f.name for f in out.iterdir() if f.name.startswith(".") and f.name != ".batch.lock")
        finally:
            end(dask)
    return [f"{number} kills in batches of {size} runs of five notebooks; the last batch, finished, is "
            f"{'the same bytes' if same and not left else 'NOT the same: ' + ', '.join(left)}; runs wrong after a kill: "
            f"{len(faults)}.", "", "| | killed | exit status | runs done after it | wrong |", "|---|---|---|---|---|",
            *("| " + " | ".join(map(str, row)) + " |" for row in rows)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=6)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    os.environ["PYTHONUNBUFFERED"] = "1"
    lines = kills(given.size, given.kills, random.Random(given.seed))
    print("\n".join(lines))
    if given.write:
        readme.put("<!-- kills -->", "\n".join(lines))


if __name__ == "__main__":
    main()
