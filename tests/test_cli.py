"""The command: what it takes, what it refuses, how it ends. On a small project of the tests' own."""
import json
import os
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from helpers import cli, notebooks, tables
from helpers.paths import InputError
from small_notebooks import PARAMETERS, notebook

LAST = ("from pathlib import Path\nPath(output, 'report.html').write_text('<p>')\n"
        "line = 'The count is likely (55–80%) too low.\\nIt rests on one ward\\u202e.'\n"
        "Path(output, 'assessment.md').write_text(f'# Ward\\n\\n## Bottom line\\n\\n{line}\\n\\nMore.\\n')")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with one shipped document, in which the test stands."""
    raw = tmp_path / "data" / "raw"
    (raw / "texts").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    (raw / "texts" / "ward.txt").write_text("Nurses said that 12 patients had fallen ill since Monday.\n")
    row = {"document": "ward", "file": "ward.txt", "wording": "original", "published": "2024-03-08"}
    tables.write("texts", tables.frame("texts", [row]), raw / "texts.csv")
    for name in ("sources", "statements", "annotators"):
        tables.write(name, tables.empty(name), raw / f"{name}.csv")
    for name in notebooks.WALK:
        nbformat.write(notebook(LAST if name.startswith("05") else "1"), tmp_path / "notebooks" / f"{name}.ipynb")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(capsys, *arguments: str) -> str:
    """The one message with which the arguments are refused; fails if they are not, or if anything is written."""
    assert cli.main(list(arguments)) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("retold: ") and err.count("\n") == 1 and "Traceback" not in err
    assert not os.path.exists("data/processed") and not os.path.exists("out")
    return err


def test_a_run_ends_with_the_bottom_line_and_the_reports_path(project, capsys):
    assert cli.main(["run"]) == 0
    out, err = capsys.readouterr()
    assert out == ("\nward\n  The count is likely (55–80%) too low. It rests on one ward[U+202E].\n"
                   "  report: data/processed/ward/report.html\n")
    assert [line.split(" (")[0] for line in err.splitlines()[:5]] == [
        f"ward: {n}/5 {name}" for n, name in enumerate(notebooks.WALK, 1)]


def test_a_text_of_ones_own_runs_from_anywhere_to_anywhere(project, capsys, monkeypatch):
    (project / "elsewhere").mkdir()
    (project / "elsewhere" / "my strike.md").write_text("Drivers walked out on Monday.\n")
    monkeypatch.chdir(project / "elsewhere")
    assert cli.main(["run", "my strike.md", "--published", "2024-03-09", "--as-of", "2024-03-10", "--output", "out",
                     "-p", "yardstick=phia"]) == 0
    folder = project / "elsewhere" / "out" / "my-strike@2024-03-10"
    assert "out/my-strike@2024-03-10/report.html" in capsys.readouterr().out
    row = tables.read("texts", folder / "input" / "raw" / "texts.csv").iloc[0]
    assert (row.document, row.title, row.published) == ("my-strike", "my strike", "2024-03-09")
    assert json.loads((folder / "run.json").read_text())["parameters"] == {
        "yardstick": "phia", "document": "my-strike", "as_of": "2024-03-10", "data": "input", "output": "."}


def test_a_failed_notebook_is_exit_status_1(project, capsys):
    nbformat.write(notebook("missing"), project / "notebooks" / "02_annotate_claims.ipynb")
    assert cli.main(["run", "ward"]) == 1
    assert "02_annotate_claims.ipynb, cell [3] `missing`: NameError" in capsys.readouterr().err


@pytest.mark.parametrize("arguments, said", [
    (["nowhere"], "neither a document in texts.csv nor a file"), (["nowhere.txt"], "nowhere.txt: there is no such file"),
    (["data"], "data: "), (["empty.txt"], "empty.txt: empty"), (["latin.txt"], "not UTF-8 (byte 3)"),
    (["ward", "ward"], "is already that of ward"), (["copy/ward.txt"], "is that of a shipped document"),
    (["--as-of", "2024-02-30"], "--as-of '2024-02-30' is not a date"), (["--as-of", "8.3.2024"], "is not a date"),
    (["own.txt", "--published", "yesterday"], "--published 'yesterday' is not a date"),
    (["--statements", "none.csv"], "none.csv: cannot be read (No such file or directory)"),
    (["--statements", "empty.txt"], "empty.txt: empty; expected the columns statement_id"),
    (["--sources", "data"], "data: cannot be read"), (["--output", "own.txt"], "own.txt: a file"),
    (["-p", "document=x"], "-p 'document=x': allowed are as_of=VALUE, annotator=VALUE, yardstick=VALUE"),
    (["-p", "yardstik=phia"], "allowed are"), (["-p", "annotator"], "allowed are"),
    (["-p", "annotator=a", "-p", "annotator=b"], "given twice"), (["-p", "annotator=nobody"], "annotator 'nobody'"),
    (["-p", "as_of=1999"], "is not a date"), (["--as-of", "2024-01-01", "-p", "as_of=2024-01-02"], "give one of them"),
    (["own\x1b[2J.txt"], "own[U+001B][2J.txt: there is no such file")])
def test_bad_input_is_one_message_status_2_and_nothing_written(project, capsys, arguments, said):
    (project / "copy").mkdir()
    for name, content in (("own.txt", b"They met."), ("empty.txt", b""), ("latin.txt", b"caf\xe9 closed"),
                          ("copy/ward.txt", b"Another ward.")):
        (project / name).write_bytes(content)
    assert said in refused(capsys, "run", *arguments)


@pytest.mark.parametrize("table, content, said", [
    ("statements", "statement_id\nS1\n", "statements.csv, row 1: column 'said_on' is missing"),
    ("texts", "document,file,title,publisher,url,published,captured,genre,language,wording,note\n"
              "ward,ward.txt,,,,8 March,,,,original,\n", "texts.csv, row 2, column 'published': '8 March'"),
    ("annotations/ward.anna", None, "'anna'")])
def test_a_bad_table_is_refused_by_run_and_by_check(project, capsys, table, content, said):
    file = project / "data" / "raw" / f"{table}.csv"
    file.parent.mkdir(exist_ok=True)
    file.write_text(content or ",".join(tables.SCHEMAS["annotations"][1]) + "\n")
    message = refused(capsys, "run")
    assert said in message and f"data/raw/{table}.csv" in message
    assert cli.main(["check"]) == 2
    assert said in capsys.readouterr().err


def executed(book):
    for number, cell in enumerate((c for c in book.cells if c.cell_type == "code"), 1):
        cell.execution_count = number
    return book


def test_check_is_silent_about_a_project_in_order(project, capsys):
    for name in notebooks.WALK:
        nbformat.write(executed(notebook("1")), project / "notebooks" / f"{name}.ipynb")
    assert cli.main(["check"]) == 0
    assert capsys.readouterr() == ("4 tables, 1 documents, 5 notebooks: no problems\n", "")
    (project / "data" / "raw" / "runs.csv").write_text("document,as_of\nnobody,\n")
    assert cli.main(["check"]) == 2
    assert "runs.csv, row 2, column 'document'" in capsys.readouterr().err


def broken(name):
    book = executed(notebook("1"))
    if name == "unrun":
        book.cells[2].execution_count = None
    elif name == "error":
        book.cells[2].outputs = [nbformat.v4.new_output("error", ename="KeyError", evalue="x", traceback=[])]
    elif name == "long":
        book.cells[2].source = "1\n" * 21
    elif name == "strict":
        book.cells[2].metadata["tags"] = ["nbval-check-output"]
    elif name == "kernel":
        book.metadata.kernelspec.name = "ir"
    elif name == "twice":
        book.cells[2].metadata["tags"] = ["parameters"]
    elif name == "late":
        book.cells.insert(0, nbformat.v4.new_markdown_cell("# Before"))
    elif name == "computed":
        book.cells[1].source = PARAMETERS + "\nfolder = output + 'x'"
    elif name == "named":
        book.cells[1].source = PARAMETERS.replace("as_of", "asof")
    return book


@pytest.mark.parametrize("name, said", [
    ("unrun", "not run: cell 3"), ("error", "cell 3: keeps an error (KeyError)"), ("long", "cell 3: 21 lines; at most 20"),
    ("strict", "cell 3: is tagged nbval-check-output but has no output"), ("kernel", "the kernel is 'ir'"),
    ("twice", "2 cells are tagged parameters"), ("late", "cell 3: the parameters cell must be the second"),
    ("computed", "cell 2: the parameters cell holds literals only"),
    ("named", "cell 2: the parameters are document, asof, annotator")])
def test_check_names_what_is_wrong_with_a_notebook(tmp_path, name, said):
    file = tmp_path / "01_read_text.ipynb"
    found = notebooks.problems(broken(name), file)
    assert len(found) == 1 and found[0].startswith(str(file)) and said in found[0]


def test_what_is_no_notebook_is_refused(tmp_path):
    (tmp_path / "a.ipynb").write_text("{}")
    for name in ("a.ipynb", "b.ipynb"):
        with pytest.raises(InputError, match=name):
            notebooks.read(tmp_path / name)


def test_proposals_count_the_characters_of_the_file_as_it_is(project, capsys):
    text = "\r\nThe ward is full, nurses said.\r\n\r\n“Nobody 𝒹ied,” the clinic said.\r\n"
    (project / "own.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert cli.main(["propose", "own.txt", "ward", "--output", "found.jsonl"]) == 0
    assert capsys.readouterr().out == ""
    own, ward = map(json.loads, (project / "found.jsonl").read_text(encoding="utf-8").splitlines())
    assert (own["document"], ward["document"]) == ("own", "ward")
    words = [text[a:b] for row in own["attributions"] for a, b in row["cue"] + row["source"]]
    assert words.count("said") == 2 and "nurses" in words and "the clinic" in words
    assert all(text[c["start"]:c["end"]] == c["exact"] for c in own["claims"]) and own["claims"]


@pytest.mark.parametrize("content, why", [(b"", "empty"), (b"\0" * 40, "a NUL"), ("“”\n\"".encode(), "no sentence in it"),
                                          (None, "no such file")])
def test_a_file_that_is_no_text_is_named_and_keeps_no_other_from_being_proposed(project, capsys, content, why):
    (project / "own.txt").write_text("The ward is full, nurses said.", encoding="utf-8")
    if content is not None:
        (project / "bad.txt").write_bytes(content)
    assert cli.main(["propose", "own.txt", "bad.txt", "ward"]) == 2
    out, err = capsys.readouterr()
    assert [json.loads(line)["document"] for line in out.splitlines()] == ["own", "ward"]
    assert err.startswith("retold: skipped: bad.txt: ") and why in err and len(err.splitlines()) == 1


def test_where_no_file_is_a_text_nothing_is_written(project, capsys):
    (project / "bad.txt").write_bytes(b"")
    assert "bad.txt: empty" in refused(capsys, "propose", "bad.txt", "--output", "found.jsonl")
    assert not (project / "found.jsonl").exists()


def test_proposals_are_refused_for_a_folder_that_is_not_there(project, capsys):
    assert "--output none/f.jsonl" in refused(capsys, "propose", "ward", "--output", "none/f.jsonl")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_with_130_and_leaves_nothing(project, sign):
    nbformat.write(notebook("import time\ntime.sleep(600)"), project / "notebooks" / "01_read_text.ipynb")
    run = subprocess.Popen([sys.executable, "-m", "helpers.cli", "run"], stderr=subprocess.PIPE, text=True,
                           preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))  # ignored in a job of a shell's
    assert run.stderr.readline().startswith("ward: 1/5")
    time.sleep(1)
    run.send_signal(sign)
    rest = run.communicate(timeout=60)[1]
    assert run.returncode == 130 and rest.splitlines()[-1].startswith("retold: interrupted") and "Traceback" not in rest
    assert os.listdir(project / "data" / "processed") == []


@pytest.mark.parametrize("assessment, line", [
    ("# A\n\n## Bottom line\n\nOne.\nTwo.\n\nThree.\n", "One. Two."), ("## Bottom line\nIn [c06](#c06) and [c7](#c7).", "In c06 and c7."),
    ("## Bottom line\nOne.\n## Next\nTwo.", "One."),
    ("## Bottom line\n\n## Next\nTwo.", ""), ("# A\n\nOne.\n", "")])
def test_the_bottom_line_is_the_first_paragraph_under_its_heading(assessment, line):
    assert cli.bottom_line(assessment) == line


def test_every_command_explains_itself(capsys):
    for command in ([], ["run"], ["propose"], ["compare"], ["check"]):
        with pytest.raises(SystemExit) as end:
            cli.main([*command, "--help"])
        assert end.value.code == 0 and "usage: retold" in capsys.readouterr().out
