"""Batches: what a table of runs means, what is passed over, and that nothing that ends a batch can do harm.

The notebooks here are small ones of the tests' own.
"""
import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import psutil
import pytest

from helpers import batch, cli_batch, executing, tables, worker
from helpers.paths import InputError
from helpers.runner import Walk
from small_notebooks import notebook

WRITE = "from pathlib import Path\nPath(output, 'count.txt').write_text(document + as_of)"
TWO = "document\noutbreak;vote\n"
ADD = "from pathlib import Path\nPath(output, 'assessment.md').write_text(Path('count.txt').read_text() + '!')"


@pytest.fixture
def raw(tmp_path):
    raw = tmp_path / "data" / "raw"
    (raw / "texts").mkdir(parents=True)
    rows = []
    for name in ("outbreak", "strike", "vote"):
        (raw / "texts" / f"{name}.txt").write_text(f"The office counted 40 cases of {name} in May.\n", encoding="utf-8")
        rows.append({"document": name, "file": f"{name}.txt", "wording": "original", "published": "2023-06-02"})
    tables.write("texts", tables.frame("texts", rows), raw / "texts.csv")
    return raw


@pytest.fixture
def walk(tmp_path):
    return made(tmp_path, notebook(WRITE), notebook(ADD))


def made(folder, *books):
    files = []
    for n, book in enumerate(books, 1):
        files.append(folder / f"{n:02}_step.ipynb")
        nbformat.write(book, files[-1])
    return Walk(tuple(files), 60.0, ("assessment.md",))


def orders(raw, text):
    file = raw / "runs.csv"
    file.write_text(text, encoding="utf-8")
    return batch.read(file, raw)


def done(raw, walk, output, *, table="document\noutbreak;strike;vote\n", scheduler="", workers=2, force=False, **limits):
    """Carry out a batch; returns the exit status."""
    given = argparse.Namespace(dry_run=False, force=force, workers=workers, scheduler=scheduler)
    return cli_batch.carry_out(orders(raw, table), walk, output, given, limits)


def content(folder):
    """Path -> bytes of all that may not differ between two batches: all but run.json and the lock."""
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in sorted(folder.rglob("*"))
            if f.is_file() and f.name not in ("run.json", ".batch.lock")}


def executed(folder):
    """run -> when each of its notebooks was begun."""
    return {f.parent.name: [n["started"] for n in json.loads(f.read_text())["notebooks"]] for f in folder.glob("*/run.json")}


def kept(folder):
    with (folder / "batch.csv").open(encoding="utf-8", newline="") as f:
        return {row["run"]: row for row in csv.DictReader(f)}


def test_a_cell_may_hold_a_list_and_a_blank_is_the_default(raw):
    found = orders(raw, "document,as_of,yardstick\noutbreak;vote,2023-06-02; ,\n\nstrike,,phia\n")
    assert [o.name for o in found] == ["outbreak@2023-06-02", "outbreak", "vote@2023-06-02", "vote", "strike"]
    assert [o.parameters for o in found] == [{}] * 4 + [{"yardstick": "phia"}]


@pytest.mark.parametrize("table, said", [
    ("document,as_of\noutbreak,\nvote,2023-6-2\n", "row 3, column 'as_of': as_of '2023-6-2' is not a date"),
    ("document\noutbreak\nnowhere\n", "row 3, column 'document': nowhere: neither a document"),
    ("document,yardstick\nvote,inches\n", "row 2, column 'yardstick': yardstick 'inches' is not known"),
    ("document,as-of\nvote,\n", "row 1: column 'as-of' is no parameter of the notebooks; allowed: document, as_of"),
    ("as_of\n2023-06-02\n", "row 1: column 'document' is missing"), ("document,as_of\n,2023-06-02\n", "row 2, column 'document'"),
    ("document,as_of\nvote\n", "row 2: 1 cells where the header has 2"), ("document\n", "no run in it"),
    ("document,annotator\nvote,a\nvote,b\n", "row 3, column 'document': 'vote' is already a run of row 2")])
def test_a_fault_in_the_table_names_row_column_and_value(raw, table, said):
    with pytest.raises(InputError) as refused:
        orders(raw, table)
    assert str(refused.value).startswith(str(raw / "runs.csv")) and said in str(refused.value)


def test_only_what_changed_is_done_again_from_the_first_notebook_touched(raw, walk, tmp_path, capsys):
    out = tmp_path / "out"
    assert done(raw, walk, out) == 0
    first, bytes_ = executed(out), content(out)
    assert {row["status"] for row in kept(out).values()} == {"completed"} and len(first) == 3
    assert done(raw, walk, out) == 0 and executed(out) == first
    assert "0 done, 3 were current, 0 failed" in capsys.readouterr().out

    (raw / "texts" / "vote.txt").write_text("The office counted 41 votes.\n", encoding="utf-8")
    (out / "strike" / "assessment.md").write_text("another hand")
    assert done(raw, walk, out) == 0
    second = executed(out)
    assert second["outbreak"] == first["outbreak"], "current"
    assert not {*second["vote"]} & {*first["vote"]}, "its text changed: all over again"
    assert not {*second["strike"]} & {*first["strike"]}, "its result was changed by another hand"
    assert {k: v for k, v in content(out).items() if "vote.txt" not in k} == {
        k: v for k, v in bytes_.items() if "vote.txt" not in k}

    nbformat.write(notebook(ADD.replace("!", "?")), walk.files[1])
    assert done(raw, walk, out) == 0
    third = executed(out)
    assert all(third[run][0] == second[run][0] and third[run][1] != second[run][1] for run in third), "only the second notebook"
    assert (out / "strike" / "assessment.md").read_text() == "strike?"
    whole = tmp_path / "whole"
    assert done(raw, walk, whole) == 0 and content(whole) == content(out)


def test_a_later_notebook_that_rewrites_an_earlier_ones_file_is_no_place_to_begin(raw, tmp_path):
    again = ADD + "\nPath('count.txt').write_text('spent')"
    walk, out, one = made(tmp_path, notebook(WRITE), notebook(again)), tmp_path / "out", "document\nvote\n"
    assert done(raw, walk, out, table=one) == 0
    nbformat.write(notebook(again.replace("!", "?")), walk.files[1])
    assert done(raw, walk, out, table=one) == 0 and (out / "vote" / "assessment.md").read_text() == "vote?"


BAD = {  # what the notebook does with the document "strike" -> what is said of it
    "1 / 0": "ZeroDivisionError: division by zero", "import os; os._exit(3)": "Dead",
    "import time; time.sleep(600)": "not done after 15 s, its deadline",
    "for _ in range(10**7): print('x' * 10**3)": "printed more than 3,000,000 characters",
    "kept = [bytearray(10**7) for _ in range(10**4)]": "MB of memory where"}


def test_a_notebook_that_fails_dies_hangs_prints_or_eats_fails_alone_with_its_reason(raw, tmp_path, capsys):
    names = [f"bad{n}" for n in range(len(BAD))]
    rows = [dict(r) for r in tables.read("texts", raw / "texts.csv").to_dict("records")]
    for name in names:
        (raw / "texts" / f"{name}.txt").write_text("Nobody counted.\n")
        rows.append({"document": name, "file": f"{name}.txt", "wording": "original"})
    (raw / "texts" / "empty.txt").write_text("")
    rows.append({"document": "empty", "file": "empty.txt", "wording": "original"})
    tables.write("texts", tables.frame("texts", rows), raw / "texts.csv")
    does = dict(zip(names, BAD))
    walk = made(tmp_path, notebook(f"exec({does!r}.get(document, ''))"), notebook(WRITE), notebook(ADD))
    walk = Walk(walk.files, 15.0, walk.results)
    table = "document\n" + ";".join([*names[:3], "vote", *names[3:], "empty", "strike", "outbreak"]) + "\n"
    (tmp_path / "out" / "strike").mkdir(parents=True)
    (tmp_path / "out" / "strike" / "thesis.odt").write_text("three years of work")
    assert done(raw, walk, tmp_path / "out", table=table, printed=3_000_000, memory=1500 * 2**20) == 1
    said_of, rows = capsys.readouterr().err, kept(tmp_path / "out")
    for name, said in zip(names, BAD.values()):
        assert said in rows[name]["error"] and rows[name]["notebook"] == "01_step.ipynb", rows[name]
        assert "`exec(" in rows[name]["cell"]
        assert f"retold: {name}: 01_step.ipynb, " in said_of
    assert "empty.txt: empty" in rows["empty"]["error"] and "strike: not a run of Retold's" in rows["strike"]["error"]
    assert [rows[n]["status"] for n in ("vote", "outbreak")] == ["completed"] * 2


def test_a_disk_that_is_full_is_the_reason_and_not_the_notebook_that_it_cut_short(tmp_path):
    resource = pytest.importorskip("resource")
    nbformat.write(notebook("print('x' * 100_000)"), tmp_path / "01_step.ipynb")
    (tmp_path / "notebooks").mkdir()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))  # a file that grows beyond fails as on a full disk
    try:
        with ThreadPoolExecutor(1) as aside:  # the loop that it leaves behind is that thread's
            outcome = aside.submit(worker.execute, tmp_path / "01_step.ipynb", tmp_path, {}, tempfile.mkdtemp()).result()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "OSError" in outcome["error"] and "not a notebook" not in outcome["error"]


def test_work_that_kills_its_process_fails_and_no_other():
    payloads = ["0", "1", "__import__('os')._exit(9)", "3", "4", "5"]
    with executing.engine(2) as on:
        found = dict(executing.each(eval, payloads, on))
    assert "died, and again" in str(found.pop(payloads[2])) and found == {p: int(p) for p in payloads if len(p) == 1}


SCRIPT = """\
import sys
from pathlib import Path
sys.path[:0] = [{here!r}]
import test_batch
if __name__ == "__main__":
    raw, out = Path({raw!r}), Path({out!r})
    walk = test_batch.Walk(tuple(map(Path, {files!r})), 60.0, ("assessment.md",))
    sys.exit(test_batch.done(raw, walk, out, table=test_batch.TWO))
"""


@pytest.fixture
def start(raw, walk, tmp_path):
    """Start the batch over tmp_path/out in a process of its own."""
    def begun():
        script = tmp_path / "script.py"
        script.write_text(SCRIPT.format(here=str(Path(__file__).parent), raw=str(raw), out=str(tmp_path / "out"),
                                        files=[str(f) for f in walk.files]))
        return subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return begun


def below(process, kernels):
    """The kernels of a batch, or its workers."""
    try:
        found = psutil.Process(process).children(recursive=True)
        return [p for p in found if ("ipykernel_launcher" in " ".join(p.cmdline())) is kernels
                and (kernels or "spawn_main" in " ".join(p.cmdline()))]
    except psutil.Error:
        return []


def test_killed_at_any_moment_it_finishes_with_the_same_bytes(raw, walk, start, tmp_path):
    assert done(raw, walk, tmp_path / "whole", table=TWO) == 0
    chance = random.Random(7)
    for what in ("parent", "worker", "kernel"):
        process = start()
        time.sleep(chance.uniform(2, 5))
        victims = {"parent": [psutil.Process(process.pid)] if process.poll() is None else [],
                   "worker": below(process.pid, False), "kernel": below(process.pid, True)}[what]
        if victims:
            victim = chance.choice(victims)
            try:
                victim.kill()
            except psutil.NoSuchProcess:
                pass
        process.communicate(timeout=120)
        for run in (tmp_path / "out").glob("[!.]*"):
            if run.is_dir() and not run.name.endswith(".failed"):
                assert content(run) == content(tmp_path / "whole" / run.name), "whole, or not there"
    process = start()
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert content(tmp_path / "out") == content(tmp_path / "whole")
    assert sorted(f.name for f in (tmp_path / "out").iterdir()) == [".batch.lock", "batch.csv", "outbreak", "vote"]


def test_a_second_batch_over_the_folder_says_who_holds_it(raw, walk, tmp_path):
    with executing.sole(tmp_path / "out"):
        with pytest.raises(InputError, match=f"another batch is at work there .process {os.getpid()} on "):
            done(raw, walk, tmp_path / "out")
    (tmp_path / "out" / ".batch.lock").write_text("process 1 on a machine that is gone")  # left by a killed batch
    with executing.sole(tmp_path / "out"):
        pass


def test_on_a_cluster_it_leaves_the_same_bytes(raw, walk, tmp_path):
    distributed = pytest.importorskip("distributed")
    assert done(raw, walk, tmp_path / "here", table=TWO) == 0
    with distributed.LocalCluster(n_workers=1, threads_per_worker=2, processes=False, host="127.0.0.1", dashboard_address=None,
                                  protocol="tcp://") as cluster:
        assert done(raw, walk, tmp_path / "there", table=TWO, scheduler=cluster.scheduler_address) == 0
    assert content(tmp_path / "here") == content(tmp_path / "there")
