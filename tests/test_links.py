"""Every number and every judgement of the assessment leads to its row, in the Markdown and on the report's page."""
import html
import re
from urllib.parse import unquote

import pytest
from walked import shipped

from helpers import links, prose, report, tables

LINK = re.compile(r"\[([^\[\]]*)\]\(([^)\s]*)\)")
QUOTED = re.compile(r"“[^”]*”|`[^`]*`")


@pytest.fixture(scope="module", params=["", "2024-12-28"])
def made(request, tmp_path_factory):
    text, run = shipped(tmp_path_factory.mktemp("run"), request.param)
    report.write(run)
    return text, run, (run.folder / "report.html").read_text("utf-8")


def rows_of(href):
    """Row numbers (2 is the first below the header) of "grades.csv#row=3-5;9"."""
    return [n for part in href.partition("#row=")[2].split(";") if part
            for n in range(int(part.split("-")[0]), int(part.split("-")[-1]) + 1)]


def test_every_link_of_the_assessment_leads_to_a_place_in_the_report_or_to_rows_of_a_table(made):
    text, run, page = made
    ids = set(re.findall(r'\bid="([^"]*)"', page))
    found = [href for _, href in LINK.findall(text)]
    assert len(found) > 300
    for href in found:
        if href.startswith("report.html#"):
            assert unquote(href.partition("#")[2]) in ids, href
        else:
            table = href.partition("#")[0]
            assert (run.folder / table).is_file(), href
            held = len(tables.read(table.removesuffix(".csv"), run.folder / table))
            assert all(2 <= n <= held + 1 for n in rows_of(href)), href


def test_a_ceiling_or_a_grade_leads_to_the_row_that_gives_it_and_a_count_to_as_many_rows(made):
    text, run, _ = made
    grades = tables.read("grades", run)
    judged = [(words, rows_of(href)) for words, href in LINK.findall(text) if href.startswith("grades.csv#")]
    letters = [(w, rows) for w, rows in judged if re.fullmatch("[A-F1-6]", w)]
    assert len(letters) > 20
    for words, rows in letters:
        assert any(words in (grades.ceiling[n - 2], grades.grade[n - 2]) for n in rows), (words, rows)
    counts = [(w, rows_of(href)) for w, href in LINK.findall(text)
              if href.startswith(("claims.csv#", "track_record.csv#", "disagreements.csv#", "sensitivity.csv#"))]
    assert len(counts) > 8
    for words, rows in counts:
        assert int(re.findall(r"\d+", words)[-1]) == len(rows), (words, rows)


def test_a_judgement_of_one_claim_leads_to_that_claim(made):
    text, run, _ = made
    grades = tables.read("grades", run)
    cards = re.findall(r"^### \[([^\]]*)\].*?\*\*Ceiling:\*\* \[.\]\(grades\.csv#row=(\d+)\)", text, re.M | re.S)
    assert len(cards) > 5 and all(grades.subject[int(n) - 2] == claim for claim, n in cards)


def test_no_sentence_with_a_number_and_no_row_of_a_table_stands_without_a_link(made):
    text = made[0].split("## Sources")[1].split("## The scales")[0]
    for line in text.splitlines():
        if line.startswith("#") or re.match(r"\|[-|]+\|$", line):
            continue
        if line.startswith("|"):
            header = line.split("|")[1].strip() in ("source", "claim", "subject", "hypothesis", "what")
            assert header or "](" in line, line
        elif re.search(r"\d", re.sub(r"\bH\d+\b", "", QUOTED.sub("", line))) and "Against the day" not in line:
            assert "](" in line, line


def test_on_the_page_every_link_leads_to_a_place_on_it_and_none_was_lost(made):
    text, _, page = made
    ids = {html.unescape(i) for i in re.findall(r'\bid="([^"]*)"', page)}
    inside = [unquote(html.unescape(h)) for h in re.findall(r'href="#([^"]*)"', page)]
    assert set(inside) <= ids and ".csv" not in re.sub(r"<code>[^<]*</code>|figures/\w+\.csv", "", page)
    assessment = page.split('id="assessment"')[1].split("</section>")[0] + page.split('id="bottom-line"')[1].split("</section>")[0]
    told = text.split("## References")[0]
    assert assessment.count('href="#') >= len(LINK.findall(told))


def test_a_number_leads_on_the_page_to_what_its_row_is_about(made):
    _, run, _ = made
    tokens = prose.parse("[4](grades.csv#row=2), [x](claims.csv), [y](grades.csv#row=9999), [z](../secret.csv#row=2)")
    first = tables.read("grades", run).subject[0]
    assert links.targets(tokens, run, {("claim", first): "its-place"}) == {
        "grades.csv#row=2": "its-place", "claims.csv": "claims", "grades.csv#row=9999": "assessment"}


def test_rows_are_named_as_a_spreadsheet_counts_them():
    import pandas as pd

    assert links.rows("3", "grades", pd.Series([True, False, True, True])) == "[3](grades.csv#row=2;4-5)"
    assert links.rows("0", "grades", pd.Series([False])) == "0"
