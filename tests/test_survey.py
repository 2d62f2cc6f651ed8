"""All runs together: which are whole, what each says, who relays faithfully, which numbers converge, and the copy test."""
import json
import shutil

import pandas as pd
import pytest
from evidence import evidence_of, statement
from invented import HOSTILE, run_tables, write_run
from pyarrow import parquet

from helpers import cli, corpus_page, drawing, figures_survey, paths, survey, surveyed, truth
from helpers.survey import Shared


def made(folder, document, **size):
    """A whole run in folder/name, with what it read in input/raw."""
    text, tables_ = run_tables(document=document, **size)
    run = write_run(folder / "making", text, tables_)
    (run.folder / "input").mkdir()
    run.raw.rename(run.folder / "input" / "raw")
    (run.folder / "report.html").write_text("", encoding="utf-8")
    run.folder.rename(folder / document)
    return folder / document


def shared(*rows):
    return [Shared("of the test", evidence_of(*rows))]


def test_only_whole_runs_are_surveyed_and_the_others_are_named(tmp_path):
    made(tmp_path, "harbour")
    (made(tmp_path, "bridge") / "report.html").unlink()
    (made(tmp_path, "canal") / "run.json").write_text(json.dumps({"status": "failed"}), encoding="utf-8")
    (made(tmp_path, "dam") / "run.json").write_text("{", encoding="utf-8")
    (tmp_path / "notes").mkdir()
    runs, left = survey.finished(tmp_path)
    assert [r.folder.name for r in runs] == ["harbour"]
    assert left == {"bridge": "has no report.html", "canal": "is failed", "dam": "is not readable in run.json"}
    with pytest.raises(paths.InputError, match="retold run"):
        survey.finished(tmp_path / "nowhere")


def test_a_run_is_summed_up_in_a_row_and_its_claims_in_theirs(tmp_path):
    made(tmp_path, "harbour", claims=10)
    table, claims = survey.side_by_side(survey.finished(tmp_path)[0])
    row = table.iloc[0]
    assert row.claims == len(claims) == 12 and row.best == "4" and row.graded == 1
    assert row.traced == (claims.root_id == "S001").sum() and row.drifted == (claims.drift == "measure").sum() > 0
    assert row.contradicted == (claims.contradicted_by != "").sum() > 0 and row.report == "harbour/report.html"
    counts = survey.fields(survey.finished(tmp_path)[0])
    assert counts.loc["harbour"].sum() == counts.loc["harbour", "measure"] == row.drifted


def test_runs_that_read_one_ledger_share_it(tmp_path):
    made(tmp_path, "harbour")
    made(tmp_path, "bridge")
    made(tmp_path, "canal", statements=5)
    runs, _ = survey.finished(tmp_path)
    assert sorted((s.name, len(s.evidence.statements)) for s in survey.ledgers(runs)) == [
        ("of bridge and 1 more", 8), ("of canal", 5)]
    assert max(len(s.evidence.statements) for s in survey.ledgers(runs, "2031-02-28")) < 8


def test_two_cut_offs_of_one_document_stand_side_by_side(tmp_path):
    made(tmp_path, "harbour")
    folder = made(tmp_path, "harbour2")
    text, t = run_tables(document="harbour")
    about = t["document"].assign(as_of="2031-03-02")
    about.to_csv(folder / "document.csv", index=False)
    grades = t["grades"]
    grades.loc[grades.subject == "c01", "ceiling"] = "2"
    grades.to_csv(folder / "grades.csv", index=False)
    runs, _ = survey.finished(tmp_path)
    found = survey.dates(runs)
    assert found.claim_id.tolist() == ["c01"]


def test_a_faithful_relay_and_an_unfaithful_one_are_told_apart():
    found = survey.relays(shared(
        statement("a"), statement("b", source="Marle Echo", retells="a"), statement("b2", source="Marle Echo", retells="a",
                                                                                   said_on="2031-05-09"),
        statement("c", source="Echo Mirror", retells="a", low=9000, high=9000))).set_index("teller")
    assert len(found) == 2
    kept, changed = found.loc[found.faithful > 0].iloc[0], found.loc[found.faithful == 0].iloc[0]
    assert (kept.retellings, kept.faithful, kept.changed) == (2, 2, "") and 0.3 < kept.low < 0.4 < kept.high < 1
    assert changed.changed == "magnitude 1" and changed.stronger == 1 and changed.low < 0.1 < changed.high


def test_numbers_are_set_beside_each_other_by_origin_never_by_mention():
    rows = [statement("a", low=120, high=120), *(statement(f"r{n}", source="Marle Echo", retells="a", low=120, high=120,
                                                          said_on=f"2031-05-{n + 10}") for n in range(5))]
    alone = survey.numbers(shared(*rows)).iloc[0]
    assert (alone.mentions, alone.origins, alone.converge) == (6, 1, "one origin")
    for number, word in ((125, "yes"), (300, "no")):
        two = survey.numbers(shared(*rows, statement("b", source="Field Survey", low=number, high=number))).iloc[0]
        assert (two.mentions, two.origins, two.converge) == (7, 2, word) and two.high == number


def test_numbers_without_a_period_may_count_different_times():
    rows = [statement(s, source=who, low=n, high=n, period_start="", period_end="", period="")
            for s, who, n in (("a", "Health Ministry", 100), ("b", "Field Survey", 100))]
    assert survey.numbers(shared(*rows)).converge.tolist() == ["unknown"]


def test_copies_lift_a_rumour_among_tellers_and_move_nothing_among_houses():
    rivals = truth.table(shared(
        statement("a", low=120, high=120), *(statement(f"r{n}", source="Marle Echo", retells="a", low=120, high=120,
                                                       said_on=f"2031-05-{n + 10}") for n in range(3)),
        statement("b", source="Field Survey", low=300, high=300)))
    rumour = rivals[rivals.copied == "yes"].iloc[0]
    assert rumour.by_tellers < rumour.by_tellers_copied == 1 and rivals.by_houses.equals(rivals.by_houses_copied)


def test_nothing_to_survey_is_an_answer_not_an_error(tmp_path):
    runs, left = survey.finished(tmp_path)
    table, claims = survey.side_by_side(runs)
    assert runs == [] and left == {} and table.empty and claims.empty
    empty = survey.ledgers(runs)
    for figure in (figures_survey.drift_by_field(survey.fields(runs)), figures_survey.faithful_relays(survey.relays(empty)),
                   figures_survey.figure_over_time(survey.moves(empty))):
        assert figure.alt.startswith("No ")
    assert survey.numbers(empty).empty and truth.table(empty).empty and survey.dates(runs).empty


def test_the_finding_counts_each_document_once_at_its_latest_day_and_names_what_changes_most():
    counts = {"claims": 10, "traced": 4, "drifted": 3, "contradicted": 1, "judged": 2}
    runs = pd.DataFrame([{"run": run, "document": run.split("@")[0], "as_of": day, **counts, "claims": n}
                         for run, day, n in (("ward", "", 10), ("ward@2031", "2031-05-01", 90), ("orle@2031", "2031-05-01", 7))])
    fields = pd.DataFrame({"run": runs.run, "measure": [1, 9, 0], "source": [2, 9, 2]})
    assert surveyed.finding(runs, fields) == (
        "3 runs of 2 documents with 17 claims. 8 could be traced to where they began, and 6 of these changed on the way, most "
        "often the source (4); an origin contradicts 2, and 4 can be judged.")
    assert surveyed.finding(runs[:0], fields[:0]).startswith("No run is whole")


def test_a_source_is_named_as_the_text_names_it(tmp_path):
    made(tmp_path, "harbour")
    claims = survey.side_by_side(survey.finished(tmp_path)[0])[1]
    assert set(claims.word_of[claims.last_source == "author"]) <= {"the author"}
    listed = claims[~claims.last_source.str.startswith("~") & (claims.last_source != "author")]
    assert len(listed) and not set(listed.word_of) & set(listed.last_source)


def test_tables_are_kept_as_parquet_and_csv_the_same_bytes_each_time(tmp_path):
    made(tmp_path / "runs", "harbour", name=HOSTILE)
    table, claims = survey.side_by_side(survey.finished(tmp_path / "runs")[0])
    for where in ("a", "b"):
        surveyed.keep({"runs": table, "claims": claims}, tmp_path / where)
    for name in ("runs.parquet", "claims.parquet", "runs.csv", "claims.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    pd.testing.assert_frame_equal(parquet.read_table(tmp_path / "a" / "claims.parquet").to_pandas(), claims)
    assert pd.read_csv(tmp_path / "a" / "claims.csv", keep_default_na=False).claim_id.tolist() == claims.claim_id.tolist()


def test_figures_hold_many_rows_and_long_names(tmp_path):
    many = pd.DataFrame({f: range(200) for f in survey.DRIFT_FIELDS}, index=[f"{HOSTILE} {n}" for n in range(200)])
    figure = figures_survey.drift_by_field(many)
    drawing.save(figure, tmp_path, "1_drift_by_field")
    for file in ("1_drift_by_field.svg", "1_drift_by_field.phone.svg"):
        assert "170 more runs" in (tmp_path / file).read_text(encoding="utf-8")


def test_a_field_that_never_changed_has_no_column():
    none = pd.DataFrame({f: [0, 0] for f in survey.DRIFT_FIELDS}, index=["harbour", "bridge"])
    figure = figures_survey.drift_by_field(none.assign(measure=[2, 0], hedge=[0, 1]))
    words = [a.get_text() for a in figure.texts]
    assert "measure" in words and "hedge" in words and "place" not in words


def test_the_command_puts_a_page_beside_the_runs_that_sorts_and_links(kursk_run, browser, tmp_path):
    shutil.copytree(kursk_run, tmp_path / "kursk-retelling")
    made(tmp_path, "harbour", name=HOSTILE)
    assert cli.main(["survey", "--output", str(tmp_path)]) == 0
    first = {f.name: f.read_bytes() for f in (tmp_path / "corpus").rglob("*") if f.is_file()}
    assert cli.main(["survey", "--output", str(tmp_path)]) == 0
    assert first == {f.name: f.read_bytes() for f in (tmp_path / "corpus").rglob("*") if f.is_file()}
    assert not any(str(tmp_path).encode() in content for content in first.values())
    page = browser.new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "corpus" / "corpus.html").as_uri())
    titles = page.locator("#runs tbody th")
    before = titles.all_inner_texts()
    for clicks, column in ((1, "claims"), (2, "claims")):
        page.get_by_role("button", name=column, exact=True).first.click()
        counts = [int(n) for n in page.locator("#runs tbody tr td:nth-child(4)").all_inner_texts()]
        assert counts == sorted(counts, reverse=clicks == 2)
    assert len(before) == 2 and said == [] and all(u.startswith(("file:", "data:")) for u in asked)
    page.locator("#runs tbody a").filter(has_text="Suicides").click()
    assert page.url.endswith("/kursk-retelling/report.html")
    page.close()


def test_on_a_phone_the_page_shows_every_day_every_figure_and_the_appendix(browser, tmp_path):
    made(tmp_path, "harbour")
    (runs, _), empty = survey.finished(tmp_path), pd.DataFrame()
    table, claims = survey.side_by_side(runs)
    table = pd.concat([table, table.assign(run="harbour@2031-01-02", as_of="2031-01-02")])
    dates = pd.DataFrame([["c1", "harbour", "over 400 dockers of the harbour were laid off in a month", "4", "3"]],
                         columns=["claim_id", "document", "exact", "2031-01-02", "now"])
    rivals = pd.DataFrame([["-", "laid off, dockers", "", "", "over 400", "yes", 1, 1, 0.1, 0.9, 0.2, 0.2],
                           ["-", "laid off, dockers", "", "", "about 90", "no", 5, 2, 1.0, 1.0, 1.0, 1.0]],
                          columns=truth.COLUMNS)
    drawn = {"1_drift_by_field": figures_survey.drift_by_field(survey.fields(runs))}
    file = corpus_page.write(tmp_path / "corpus", table, claims, dates, empty, empty, drawn, tmp_path, rivals=rivals,
                             called={"port": "Port of Eastbay"})
    page = browser.new_page(viewport={"width": 390, "height": 844}, is_mobile=True)
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for place in (page.locator(".then th").last, page.locator(".then td").last, page.locator("figure img")):
        place.scroll_into_view_if_needed()
        box = place.bounding_box()
        assert box["x"] >= -1 and box["x"] + box["width"] <= 391 and box["width"] > 30
    assert page.locator("figure img").evaluate("img => img.currentSrc") == page.locator("figure source").get_attribute(
        "srcset")
    assert "Of 1 number so copied, 1 rose by copies alone where tellers count, none where houses count." in (
        page.locator("#truth").inner_text())
    assert "Port of Eastbay" in page.locator("#claims").inner_text()
    page.close()


def test_a_folder_that_is_no_survey_is_left_alone(tmp_path, capsys):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "mine.txt").write_text("kept", encoding="utf-8")
    assert cli.main(["survey", "--output", str(tmp_path)]) == 2
    assert "not a survey" in capsys.readouterr().err and (tmp_path / "corpus" / "mine.txt").is_file()
