"""Two texts beside each other: what an article keeps of a press release, changes, leaves out and adds. Two fields."""
import subprocess
import sys

import pytest

from helpers import beside_each_other, cli, comparing, proposals, tables

RELEASE = """Orle Glassworks will close its furnace in Marle in March. About 340 workers will lose their jobs, chief executive Ada Finn said. The company expects savings of 12 million crowns a year.

Orle Glassworks has invested 45 million crowns in the site since 2019. The works council declined to comment on the closure."""
ARTICLE = """340 workers will lose their jobs, chief executive Ada Finn said. Orle Glassworks will close its furnace in Marle in March.

The company expects savings of 21 million crowns a year. The works council denied the closure. About 200 people protested at the gate on Tuesday."""
POLICE = """Police counted about 2,400 marchers in Brask on Saturday. Officers detained 17 protesters, the police said. The march was likely the work of students, the police said. No shop was damaged."""
PAPER = """More than 2,400 marchers were in Brask on Saturday. Officers arrested 17 protesters, the police said. The march was the work of students, the police said. A tram was late."""


def compared(a, b, day_a="", day_b=""):
    a, b = proposals.propose(a, day_a), proposals.propose(b, day_b)
    return comparing.compare(a, b, tables.empty("sources"), day_a, day_b), a, b


def words(proposal, ids):
    exact = dict(zip(proposal.claims.claim_id, proposal.claims.exact))
    return [exact[i] for i in ids]


def changes(found):
    return {(r.field, r.old, r.new, r.direction) for r in found.retellings.itertuples()}


def test_a_firm_s_release_and_the_article_made_of_it():
    found, a, b = compared(RELEASE, ARTICLE, "2031-02-01", "2031-02-02")
    assert changes(found) == {("bound", "about", "exact", "stronger"), ("magnitude", "12,000,000", "21,000,000", "stronger"),
                              ("stance", "no_comment", "deny", "stronger")}
    assert "Orle Glassworks will close its furnace in Marle in March" in words(b, found.kept(b))
    assert words(a, found.left_out) == ["Orle Glassworks has invested 45 million crowns in the site since 2019"]
    assert words(b, found.added) == ["About 200 people protested at the gate on Tuesday"]


def test_a_police_report_of_a_march_and_a_paper_s_account():
    found, a, b = compared(POLICE, PAPER, "2031-02-01", "2031-02-02")
    assert {("measure", "detained", "arrested", "stronger"), ("hedge", "likely", "none", "stronger")} <= changes(found)
    assert "No shop was damaged" in words(a, found.left_out)
    assert "A tram was late" in words(b, found.added)


@pytest.mark.parametrize("text", [RELEASE, ARTICLE, POLICE, PAPER])
def test_a_text_beside_itself_changes_leaves_out_and_adds_nothing(text):
    found, _, b = compared(text, text, "2031-02-01", "2031-02-01")
    assert changes(found) == set() and found.left_out == [] and found.added == [] and found.told


def test_two_texts_that_share_nothing_have_nothing_to_trace():
    found, a, b = compared(RELEASE, "Rain fell on the hills of Brask. Two mares were sold at the fair.")
    assert found.told == {} and found.retellings.empty and found.left_out
    assert "Nothing in B could be traced to A." in beside_each_other.summary(found, a, b)


def test_every_claim_has_one_place(tmp_path):
    found, a, b = compared(RELEASE, ARTICLE, "2031-02-01", "2031-02-02")
    places = [*found.told, *found.unsettled, *found.added]
    assert len(set(places)) == len(places)
    assert not {comparing.claim_of(s) for s in found.told.values()} & set(found.left_out)
    table = beside_each_other.table(found, a, b)
    assert set(table.verdict) == {"changed", "kept", "left out", "added"}
    for side, text in (("a", RELEASE), ("b", ARTICLE)):
        own = table[table[f"{side}_id"] != ""]
        assert all(text[r[f"{side}_start"]:r[f"{side}_end"]] == r[f"{side}_exact"] for r in own.to_dict("records"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the release and the article, beside a project without a ledger."""
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    for name, text in (("a.txt", RELEASE), ("b.txt", ARTICLE), ("empty.txt", "")):
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_prints_what_changed_and_writes_the_table(folder, capsys):
    assert cli.main(["compare", "a.txt", "b.txt", "--published-a", "2031-02-01", "--published-b", "2031-02-02",
                     "--output", "drift.csv"]) == 0
    out, err = capsys.readouterr()
    for said in ("Kept by b (", "Changed (3)", "Left out of a (1)", "Only in b (1)", "bound: about → exact (stronger)"):
        assert said in out
    assert err == ""
    table = tables.read("compared", folder / "drift.csv")
    assert set(table[table.verdict == "changed"].field) == {"bound", "magnitude", "stance"}
    assert set(table.verdict) == {"changed", "kept", "left out", "added"}


@pytest.mark.parametrize("arguments, said", [
    (["nowhere.txt", "b.txt"], "nowhere.txt: there is no such file"), (["a.txt", "empty.txt"], "empty.txt: empty"),
    (["a.txt", "nowhere"], "neither a document in texts.csv nor a file"),
    (["a.txt", "b.txt", "--published-a", "soon"], "--published-a 'soon' is not a date"),
    (["a.txt", "b.txt", "--published-a", "2031-02-02", "--published-b", "2031-02-01"], "the other way round"),
    (["a.txt", "b.txt", "--sources", "none.csv"], "none.csv: there is no such table"),
    (["a.txt", "b.txt", "--data", "none"], "--data none: there is no such folder"),
    (["a.txt", "b.txt", "--data", "notebooks"], "--data notebooks: neither sources.csv nor lexicons/"),
    (["a.txt", "b.txt", "--output", "no/drift.csv"], "--output no/drift.csv"),
    (["a.txt", "b.txt", "--output", "."], "--output .: a file in an existing folder")])
def test_bad_input_is_one_message_and_nothing_is_written(folder, capsys, arguments, said):
    before = sorted(folder.rglob("*"))
    assert cli.main(["compare", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("retold: ") and err.count("\n") == 1 and said in err
    assert sorted(folder.rglob("*")) == before


def test_the_word_lists_of_a_dossier_count_where_they_are_given(folder):
    """In a process of its own: a word list is read once."""
    (folder / "own" / "lexicons").mkdir(parents=True)
    (folder / "own" / "lexicons" / "measures.csv").write_text(
        "measure,words,stronger_than\nbells_cracked,crack,\nbells_shattered,shatter,bells_cracked\n")
    (folder / "c.txt").write_text("Frost cracked 14 bells in Orle in May.")
    (folder / "d.txt").write_text("Frost shattered 14 bells in Orle in May.")

    def said(*arguments):
        done = subprocess.run([sys.executable, "-m", "helpers.cli", *arguments], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    change = "measure: bells_cracked → bells_shattered (stronger)"
    assert change in said("compare", "c.txt", "d.txt", "--data", "own")
    assert change not in said("compare", "c.txt", "d.txt")
    assert '"bells_shattered"' in said("propose", "d.txt", "--data", "own")
    assert '"bells_shattered"' not in said("propose", "d.txt")


@pytest.mark.parametrize("a, b", [
    ("Around 6,200 members stopped work on Thursday in a dispute over pensions.",
     "About 6,200 members downed tools on Thursday in a row over pensions."),
    ("Two patients died during the study.", "Two participants died during the study."),
    ("Three managers appeared before the court in Orle on Monday.", "Three managers came before the court in Orle on Monday."),
    ("The trains stood still for fourteen hours on Monday.", "The trains stood still for 14 hours on Monday."),
    ("All matches in the league were suspended until the month is over.", "All matches in the league were suspended.")])
def test_what_is_said_in_other_words_is_no_change(a, b):
    found = comparing.compare(proposals.propose(a), proposals.propose(b), tables.empty("sources"), text_a=a, text_b=b)
    assert found.retellings.empty and found.told


def test_another_side_is_another_place():
    a, b = "The gate on the east side had been locked from outside.", "The gate on the west side was locked from the outside."
    found = comparing.compare(proposals.propose(a), proposals.propose(b), tables.empty("sources"), text_a=a, text_b=b)
    assert [(r.field, r.old, r.new) for r in found.retellings.itertuples()] == [("place", "east", "west")]
