"""A corpus in Parquet: the same claims as read one by one, in parts that are whole or not there."""
import os
import subprocess
import sys
import time

import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from helpers import cli, corpus, corpus_counts, proposals, reading

SAID = ["The mayor said on Monday that {n} houses were flooded.\n\nThe river may rise again.",
        "Farmers deny that {n} cows were stolen, the police said.",
        "\"We lost {n} boats,\" Mira Holt told reporters. The harbour was closed."]


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for n in range(9):
        (folder / f"t{n}.txt").write_text(SAID[n % 3].format(n=n + 12), encoding="utf-8")
    return folder


def made(texts, output, *more):
    return cli.main(["corpus", str(texts / "*.txt"), "--output", str(output), "--size", "4", "--workers", "1", *more])


def content(folder):
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in sorted(folder.rglob("*.parquet"))}


def times(folder):
    return {f.relative_to(folder).as_posix(): f.stat().st_mtime_ns for f in sorted(folder.rglob("*.parquet"))}


def test_it_holds_what_each_text_alone_is_read_as(texts, tmp_path):
    assert made(texts, tmp_path / "corpus.parquet") == 0
    for name in ("claims", "attributions", "quantities"):
        kept = ds.dataset(tmp_path / "corpus.parquet" / name).to_table()
        for file in sorted(texts.iterdir()):
            alone = getattr(proposals.propose(reading.read(file).text), name)
            here = kept.filter(ds.field("text") == file.name).drop(["text"]).to_pandas()
            assert list(here.columns) == list(alone.columns) and len(here) == len(alone)
            for column in alone.columns:
                ours, theirs = ([None if v != v else v for v in f[column].astype(object)] for f in (here, alone))
                assert ours == theirs, (name, column)
    assert ds.dataset(tmp_path / "corpus.parquet" / "claims").count_rows() > 9


def test_it_is_counted_as_it_was_read(texts, tmp_path):
    out = tmp_path / "corpus.parquet"
    assert made(texts, out) == 0
    kept = {name: ds.dataset(out / name).to_table().to_pandas() for name in ("claims", "attributions")}
    counts = corpus_counts.texts(out)
    assert (counts["texts"], counts["claims"], counts["not read"]) == (9, len(kept["claims"]), 0)
    assert corpus_counts.by_source_type(out).to_dict() == kept["claims"].source_type.value_counts().to_dict()
    holt = kept["attributions"][kept["attributions"].source_exact == "Mira Holt"]
    cited = corpus_counts.most_cited(out).set_index("source").attributions
    assert cited[holt.source_id.iloc[0] or "Mira Holt"] == len(holt) == 3


def test_only_the_part_that_changed_is_made_again_and_none_is_left_over(texts, tmp_path, capsys):
    out = tmp_path / "corpus.parquet"
    assert made(texts, out) == 0
    before = times(out)
    assert made(texts, out) == 0 and times(out) == before
    (texts / "t5.txt").write_text("The mayor said that nobody was hurt.", encoding="utf-8")
    (out / "claims" / "part-00002.parquet").write_bytes(b"PAR1")  # cut short by a crash of the machine
    assert made(texts, out) == 0
    changed = {f for f, at in times(out).items() if before[f] != at}
    assert {f[-13:-8] for f in changed} == {"00001", "00002"} and len(changed) == 8
    (texts / "t8.txt").write_bytes(b"\x00\x01")
    assert made(texts, out) == 1
    assert "t8.txt: binary" in capsys.readouterr().err
    assert [e for e in pq.read_table(out / "texts" / "part-00002.parquet")["error"].to_pylist() if e]
    (texts / "t8.txt").unlink()
    assert made(texts, out) == 0 and len(times(out)) == 8
    fresh = tmp_path / "fresh.parquet"
    assert made(texts, fresh) == 0 and content(fresh) == content(out)


def test_killed_while_it_writes_it_finishes_with_the_same_bytes(texts, tmp_path):
    whole, out = tmp_path / "whole.parquet", tmp_path / "corpus.parquet"
    assert made(texts, whole) == 0
    process = subprocess.Popen([sys.executable, "-m", "helpers.cli", "corpus", str(texts / "*.txt"), "--output", str(out),
                                "--size", "1", "--workers", "1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not list(out.glob("texts/*.parquet")) and time.monotonic() < until:
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert 1 <= len(list(out.glob("texts/*.parquet"))) < 9
    assert made(texts, out) == 0 and content(out) == content(whole)


def test_a_folder_of_something_else_is_left_alone(texts, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.odt").write_text("three years of work")
    assert made(texts, tmp_path / "thesis") == 2 and os.listdir(tmp_path / "thesis") == ["chapter.odt"]
    assert cli.main(["corpus", str(tmp_path / "*.nothing"), "--output", str(tmp_path / "c")]) == 2


def test_a_name_that_is_no_text_a_link_that_leads_up_and_a_name_with_brackets(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a[1].txt").write_text("The mayor said that the bridge was shut.")
    try:
        (folder / os.fsdecode(b"b\xff.txt")).write_text("Two people were hurt, police said.")
        (folder / "loop").symlink_to(".")
    except OSError:
        pytest.skip("this file system has no such names or links")
    files = corpus.find([str(folder / "**/*.txt")])
    assert len(files) == 2 and corpus.find([str(folder / "a[1].txt")]) == [str(folder / "a[1].txt")]
    [part] = corpus.parts(files, tmp_path / "out")
    assert corpus.make(part)["texts"] == 2
    assert pq.read_table(tmp_path / "out" / "texts").column("text").to_pylist() == ["a[1].txt", "b\\xff.txt"]
