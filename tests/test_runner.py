"""The runner: what it refuses to start, what it calls a success, and what is left when there is none.

The notebooks here are small ones of the tests' own.
"""
import json
import os
import threading

import nbformat
import psutil
import pytest

from helpers import inputs, runner, tables
from helpers.paths import InputError
from small_notebooks import notebook

WRITE = "from pathlib import Path\nPath(output, 'assessment.md').write_text('# Bottom line\\n\\nAll is well.\\n')"


@pytest.fixture
def raw(tmp_path):
    raw = tmp_path / "data" / "raw"
    (raw / "texts").mkdir(parents=True)
    (raw / "texts" / "outbreak.txt").write_text("The health office counted 40 cases in May.\n", encoding="utf-8")
    row = {"document": "outbreak", "file": "outbreak.txt", "wording": "original", "published": "2023-06-02"}
    tables.write("texts", tables.frame("texts", [row]), raw / "texts.csv")
    return raw


@pytest.fixture
def walk(tmp_path):
    def made(*books, deadline=60.0, results=()):
        files = []
        for n, book in enumerate(books, 1):
            files.append(tmp_path / f"{n:02}_step.ipynb")
            nbformat.write(book, files[-1])
        return runner.Walk(tuple(files), deadline, results)
    return made


@pytest.fixture
def order(raw):
    return inputs.orders(["outbreak"], raw)[0]


def left(folder):
    return sorted(f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file())


def at_work(process):
    try:
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def record(folder):
    return json.loads((folder / "run.json").read_text(encoding="utf-8"))


def test_a_run_holds_what_it_read_what_it_made_and_its_record(order, walk, tmp_path):
    seen = []
    folder = runner.run(order, walk(notebook("document, data, output, yardstick", WRITE), notebook("1 + 1"),
                                    results=("assessment.md",)), tmp_path / "out", seen.append)
    assert folder == tmp_path / "out" / "outbreak" and sorted(os.listdir(tmp_path / "out")) == ["outbreak"]
    assert left(folder) == ["assessment.md", "input/raw/annotators.csv", "input/raw/sources.csv",
                            "input/raw/statements.csv", "input/raw/texts.csv", "input/raw/texts/outbreak.txt",
                            "notebooks/01_step.ipynb", "notebooks/02_step.ipynb", "run.json"]
    first = nbformat.read(folder / "notebooks" / "01_step.ipynb", 4)
    assert first.cells[3].outputs[0].data["text/plain"] == "('outbreak', 'input', '.', 'icd203')"
    found = record(folder)
    assert found["status"] == "completed" and found["process"] == [] and found["error"] == ""
    assert set(found["inputs"]) | set(found["outputs"]) | {"run.json"} == set(left(folder))
    assert [(n["notebook"], n["status"]) for n in found["notebooks"]] == [
        ("01_step.ipynb", "completed"), ("02_step.ipynb", "completed")]
    assert found["versions"]["papermill"] and len(found["notebooks"][0]["sha256"]) == 64
    assert [line.split(" (")[0] for line in seen[:2]] == ["outbreak: 1/2 01_step", "outbreak: 2/2 02_step"]


def test_two_runs_give_the_same_bytes_in_all_but_the_record(order, walk, tmp_path):
    book = notebook("import sys, warnings\nprint('a', flush=True)\nwarnings.warn('at an address')\nprint({'x', 'y', 'z'})",
                    "import time\ntime.sleep(.05)\nprint('b', end='', flush=True)\ntime.sleep(.3)\nprint('c')")
    one, two = (runner.run(order, walk(book), tmp_path / name) for name in "ab")
    assert left(one) == left(two) and str(tmp_path) not in (one / "notebooks" / "01_step.ipynb").read_text()
    differing = [f for f in left(one) if (one / f).read_bytes() != (two / f).read_bytes()]
    assert differing in ([], ["run.json"])
    assert "at an address" in record(one)["notebooks"][0]["stderr"]


def test_a_failing_cell_is_named_and_the_last_good_run_stays(order, walk, tmp_path):
    good = runner.run(order, walk(notebook("1")), tmp_path / "out")
    before = {f: (good / f).read_bytes() for f in left(good)}
    with pytest.raises(runner.RunFailed) as failure:
        runner.run(order, walk(notebook("2"), notebook("# the count\ncount = 1 / 0"), notebook("3")), tmp_path / "out")
    assert "02_step.ipynb, cell [3] `count = 1 / 0`: ZeroDivisionError: division by zero" in str(failure.value)
    assert {f: (good / f).read_bytes() for f in left(good)} == before
    failed = tmp_path / "out" / "outbreak.failed"
    assert str(failed) in str(failure.value) and record(failed)["status"] == "failed"
    assert [n["status"] for n in record(failed)["notebooks"]] == ["completed", "failed"]
    kept = nbformat.read(failed / "notebooks" / "02_step.ipynb", 4)
    assert [o.ename for c in kept.cells if c.cell_type == "code" for o in c.outputs if o.output_type == "error"] == [
        "ZeroDivisionError"]
    assert not (failed / "notebooks" / "03_step.ipynb").exists()
    runner.run(order, walk(notebook("4")), tmp_path / "out")
    assert sorted(os.listdir(tmp_path / "out")) == ["outbreak"], "a good run takes the failed one's trace away"


def test_a_kernel_that_dies_is_a_failure_whatever_the_notebook_says_of_itself(order, walk, tmp_path):
    with pytest.raises(runner.RunFailed, match="01_step.ipynb, cell .*`import os; os._exit.3.`"):
        runner.run(order, walk(notebook("1", "import os; os._exit(3)", "2")), tmp_path / "out")
    assert os.listdir(tmp_path / "out") == ["outbreak.failed"]


def test_a_notebook_ends_at_its_deadline_and_its_kernel_with_it(order, walk, tmp_path):
    stay = "from pathlib import Path\nimport os, time\nPath('kernel').write_text(str(os.getpid()))\ntime.sleep(600)"
    with pytest.raises(runner.RunFailed, match="01_step.ipynb: not done after 6 s, its deadline"):
        runner.run(order, walk(notebook(stay), deadline=6.0), tmp_path / "out")
    failed = tmp_path / "out" / "outbreak.failed"
    assert not at_work(int((failed / "kernel").read_text()))
    assert (failed / "notebooks" / "01_step.ipynb").is_file()


def test_a_run_that_is_stopped_leaves_nothing(order, walk, tmp_path):
    stop = threading.Event()
    with pytest.raises(runner.Stopped):
        runner.run(order, walk(notebook("1")), tmp_path / "out", lambda line: stop.set(), stop)
    assert os.listdir(tmp_path / "out") == []


def test_a_missing_result_is_a_failure(order, walk, tmp_path):
    with pytest.raises(runner.RunFailed, match="left no assessment.md"):
        runner.run(order, walk(notebook("1"), results=("assessment.md",)), tmp_path / "out")


@pytest.mark.parametrize("parameters, said", [
    ({"annotater": "a"}, "takes no parameter 'annotater'; it takes document, as_of"),
    ({"yardstick": 203}, "parameter yardstick 203 is a int; allowed: a str"),
    ({"annotator": "nobody"}, "annotator 'nobody'"), ({"yardstick": "inches"}, "yardstick 'inches' is not known")])
def test_unknown_and_mistyped_parameters_are_refused_before_anything_is_written(raw, walk, tmp_path, parameters, said):
    order = inputs.orders(["outbreak"], raw, parameters=parameters)[0]
    with pytest.raises(InputError, match=said):
        list(runner.run_all([order], walk(notebook("1")), tmp_path / "out"))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("parameters, said", [
    ("import os\ndocument = ''", "literals only"), ("document = 'a' + b", "literals only"), ("a = b = 1", "literals only")])
def test_a_parameters_cell_that_computes_is_refused(order, walk, tmp_path, parameters, said):
    with pytest.raises(InputError, match=said):
        runner.run(order, walk(notebook("1", parameters=parameters)), tmp_path / "out")


def test_one_bad_order_keeps_all_from_starting(raw, walk, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    orders = inputs.orders(["outbreak", str(tmp_path / "empty.txt")], raw)
    with pytest.raises(InputError, match="empty.txt: empty"):
        list(runner.run_all(orders, walk(notebook("1")), tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_one_failure_does_not_keep_the_other_document_from_its_run(raw, walk, tmp_path):
    (tmp_path / "strike.md").write_text("# A strike\n\nDrivers walked out on Monday, their union said.\n")
    orders = inputs.orders(["outbreak", str(tmp_path / "strike.md")], raw, published="")
    book = notebook("assert document == 'strike'")
    found = dict((o.document, r) for o, r in runner.run_all(orders, walk(book), tmp_path / "out"))
    assert isinstance(found["outbreak"], runner.RunFailed) and found["strike"] == tmp_path / "out" / "strike"
    row = tables.read("texts", tmp_path / "out" / "strike" / "input" / "raw" / "texts.csv").iloc[0]
    assert (row.document, row.file, row.wording) == ("strike", "strike.md", "original")


def test_a_run_cut_short_while_it_was_renamed_loses_nothing(order, walk, tmp_path):
    out = tmp_path / "out"
    good = runner.run(order, walk(notebook("1")), out)
    good.rename(out / ".outbreak.last")  # what a crash between the two renamings leaves
    with pytest.raises(runner.RunFailed):
        runner.run(order, walk(notebook("1 / 0")), out)
    assert record(good)["status"] == "completed"
    assert sorted(os.listdir(out)) == ["outbreak", "outbreak.failed"]


@pytest.mark.parametrize("there", ["outbreak", "outbreak.failed", ".outbreak.building"])
def test_a_folder_that_is_not_a_run_is_never_replaced(order, walk, tmp_path, there):
    (tmp_path / "out" / there).mkdir(parents=True)
    (tmp_path / "out" / there / "thesis.odt").write_text("three years of work")
    with pytest.raises(InputError, match="not a run of Retold's"):
        runner.run(order, walk(notebook("1")), tmp_path / "out")
    assert left(tmp_path / "out") == [f"{there}/thesis.odt"]


def test_a_run_that_another_process_is_making_is_left_to_it(order, walk, tmp_path):
    building = tmp_path / "out" / ".outbreak.building"
    building.mkdir(parents=True)
    me = [os.getpid(), psutil.Process().create_time()]
    (building / "run.json").write_text(json.dumps({"process": me}))
    with pytest.raises(InputError, match=f"another run is making it .process {os.getpid()}."):
        runner.run(order, walk(notebook("1")), tmp_path / "out")
    (building / "run.json").write_text(json.dumps({"process": [me[0], me[1] - 60]}))  # its maker's id, given out again
    assert runner.run(order, walk(notebook("1")), tmp_path / "out").is_dir()


def test_the_inputs_may_be_ones_own_and_are_copied_as_they_are(raw, walk, tmp_path):
    sources = tables.frame("sources", [{"source_id": "ward", "name": "Ward 4", "kind": "person", "party_to_event": "no"}])
    said = {"statement_id": "S1", "said_on": "2023-05-30", "source": "Ward 4", "stance": "assert", "measure": "ill"}
    mine = {"sources": tables.write("sources", sources, tmp_path / "who.csv"),
            "statements": tables.write("statements", tables.frame("statements", [said]), tmp_path / "ledger.csv")}
    folder = runner.run(inputs.orders(["outbreak"], raw, **mine)[0], walk(notebook("1")), tmp_path / "out")
    for name, file in mine.items():
        assert (folder / "input" / "raw" / f"{name}.csv").read_bytes() == file.read_bytes()


def test_a_run_is_read_with_the_users_own_words_and_keeps_a_copy_of_them(order, raw, walk, tmp_path):
    (raw / "lexicons").mkdir()
    own = raw / "lexicons" / "measures.csv"
    own.write_text("measure,words,stronger_than\nbells_shattered,,bells_cracked\n", encoding="utf-8")
    asked = ("from helpers import measures, paths", "run = paths.run(document, as_of, data, output)",
             "measures.direction('bells_cracked', 'bells_shattered')")
    folder = runner.run(order, walk(notebook(*asked)), tmp_path / "out")
    kept = folder / "input" / "raw" / "lexicons" / "measures.csv"
    assert kept.read_bytes() == own.read_bytes() and "input/raw/lexicons/measures.csv" in record(folder)["inputs"]
    shown = nbformat.read(folder / "notebooks" / "01_step.ipynb", 4).cells[-1].outputs[0].data["text/plain"]
    assert shown == "'stronger'"


def test_a_fault_in_a_users_word_list_is_refused_before_anything_is_written(order, raw, walk, tmp_path):
    (raw / "lexicons").mkdir()
    (raw / "lexicons" / "measures.csv").write_text("measure,grade\na,b\n")
    with pytest.raises(InputError) as refused:
        list(runner.run_all([order], walk(notebook("1")), tmp_path / "out"))
    assert str(refused.value).startswith(f"{raw / 'lexicons' / 'measures.csv'}, row 1: column 'grade'")
    assert not (tmp_path / "out").exists()


def test_a_fault_in_a_table_names_the_persons_own_file(raw, walk, tmp_path):
    (tmp_path / "ledger.csv").write_text("statement_id,said_on\nS1,2023-05-30\n")
    order = inputs.orders(["outbreak"], raw, statements=tmp_path / "ledger.csv")[0]
    with pytest.raises(InputError) as refused:
        list(runner.run_all([order], walk(notebook("1")), tmp_path / "out"))
    assert str(refused.value).startswith(f"{tmp_path / 'ledger.csv'}, row 1: column ")


def test_two_texts_may_not_share_a_name(raw, tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "Vote.txt").write_text("They voted.")
    (tmp_path / "outbreak.md").write_text("Another text.")
    for texts in (["outbreak", "outbreak"], [str(tmp_path / "a/Vote.txt"), str(tmp_path / "b/Vote.txt")]):
        with pytest.raises(InputError, match="is already that of"):
            inputs.orders(texts, raw)
    with pytest.raises(InputError, match="is that of a shipped document"):
        inputs.orders([str(tmp_path / "outbreak.md")], raw)


def test_the_path_of_a_shipped_text_means_the_shipped_document(raw):
    assert inputs.orders([str(raw / "texts" / "outbreak.txt")], raw)[0].row["published"] == "2023-06-02"


def test_a_shipped_documents_day_is_not_changed_from_outside(raw):
    with pytest.raises(InputError, match="was published 2023-06-02"):
        inputs.orders(["outbreak"], raw, published="2023-06-03")
    assert inputs.orders([], raw, published="2023-06-02")[0].document == "outbreak"


def test_what_is_neither_a_document_nor_a_file_is_refused(raw):
    with pytest.raises(InputError, match="nowhere: neither a document in texts.csv nor a file"):
        inputs.orders(["nowhere"], raw)
