"""Figures: nothing cut, nothing on top of anything, the same bytes twice, and whatever a table holds is only text."""
import csv
import itertools
import re
import xml.etree.ElementTree as ET

import pytest
from invented import HOSTILE, run_tables

from helpers import drawing, figures, tables
from helpers.visible import visible

LONG = "Interregional Commission For The Review Of Harbour Accounts "  # 60 characters
SIZES = {
    "usual": {}, "one claim": {"claims": 1, "sources": 1, "statements": 1}, "two sources": {"sources": 2},
    "three hundred claims": {"claims": 300, "sources": 40, "statements": 120},
    "long names": {"name": LONG, "claims": 12},
    "Korean and Arabic": {"name": "항만노동조합 اتحاد عمال الميناء ", "claims": 9}, "hostile": {"name": HOSTILE, "claims": 8},
}


def drawn(**size) -> dict[str, drawing.Drawing]:
    text, t = run_tables(**size)
    day = t["document"].iloc[0]
    starts = [0, *(m.end() for m in re.finditer("\n\n", text))]
    return {
        "ribbon": figures.attribution_ribbon(t["claims"], t["attributions"], len(text), starts),
        "intervals": figures.scoped_intervals(t["claims"], t["quantities"], t["statements"], t["comparisons"]),
        "timeline": figures.statement_timeline(t["statements"], t["sources"], day.published, day.as_of),
        "drift": figures.drift_chart(t["retellings"], t["claims"], t["statements"], t["quantities"], t["comparisons"],
                                     t["sources"]),
        "origins": figures.origins_against_mentions(t["origins"], t["claims"]),
        "grid": figures.admiralty_grid(t["grades"], t["claims"])}


def labels(figure):
    """The boxes of all texts, in pixels, and the canvas."""
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    texts = [a for a in figure.sheet.texts if a.get_text().strip()]
    return [(a.get_text(), a.get_window_extent(renderer)) for a in texts], figure.bbox


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_no_label_is_cut_and_none_lies_on_another(size):
    for name, figure in drawn(**size).items():
        found, canvas = labels(figure)
        for words, box in found:
            assert canvas.x0 <= box.x0 and box.x1 <= canvas.x1, (name, words)
            assert canvas.y0 <= box.y0 and box.y1 <= canvas.y1, (name, words)
        for (one, a), (two, b) in itertools.combinations(found, 2):
            wide, tall = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
            # A pixel and a half of line gap may be shared by ascenders and descenders.
            assert wide <= 0.5 or tall <= 1.5, (name, one, two, wide, tall)


def test_the_measure_notices_a_label_that_lies_on_another():
    figure = drawing.Drawing("", tables.empty("origins"))
    figure.write(1, 0.5, "one"), figure.write(1.1, 0.5, "two")
    (_, a), (_, b) = labels(figure)[0]
    assert min(a.x1, b.x1) - max(a.x0, b.x0) > 0.5


@pytest.mark.parametrize("size", [SIZES["usual"], SIZES["hostile"]], ids=["usual", "hostile"])
def test_the_same_tables_give_the_same_bytes(tmp_path, size):
    for folder in ("one", "two"):
        for name, figure in drawn(**size).items():
            figures.save(figure, tmp_path / folder, name)
    written = sorted(p.name for p in (tmp_path / "one").iterdir())
    assert len(written) == 6 * 4
    for name in written:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_an_svg_says_what_it_shows_in_words_and_holds_real_text(tmp_path):
    for name, figure in drawn().items():
        root = ET.parse(figures.save(figure, tmp_path, f"9_{name}")).getroot()
        ns = "{http://www.w3.org/2000/svg}"
        assert root[0].tag == f"{ns}title" and root[0].text == name
        assert root[1].tag == f"{ns}desc" and root[1].text == figure.alt
        assert len(list(root.iter(f"{ns}text"))) > 5
        assert "date" not in (tmp_path / f"9_{name}.svg").read_text().lower().split("<text")[0]
        assert (tmp_path / f"9_{name}.txt").read_text(encoding="utf-8") == figure.alt + "\n"


def test_nobodys_words_become_markup_formulas_or_mathematics(tmp_path):
    for name, figure in drawn(name=HOSTILE).items():
        root = ET.parse(figures.save(figure, tmp_path, name)).getroot()
        assert not {e.tag.split("}")[1] for e in root.iter()} & {"script", "image", "a", "foreignObject"}
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", (tmp_path / f"{name}.svg").read_text())
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as f:
            assert not any(cell.startswith(("=", "+", "@", "\t")) for row in csv.reader(f) for cell in row)
    words = " ".join(a.get_text() for a in drawn(name=HOSTILE)["drift"].sheet.texts)
    assert r"$\frac" in words and "[U+202E]" in words


@pytest.mark.parametrize(("name", "says"), [
    ("ribbon", "No claim"), ("intervals", "No number"), ("timeline", "no statement"), ("drift", "No claim"),
    ("origins", "No statement"), ("grid", "Nothing was graded")])
def test_an_empty_table_gives_a_figure_that_says_so(tmp_path, name, says):
    none = {t: tables.empty(t) for t in ("claims", "attributions", "quantities", "statements", "comparisons", "sources",
                                         "retellings", "origins", "grades")}
    made = {
        "ribbon": lambda: figures.attribution_ribbon(none["claims"], none["attributions"], 0),
        "intervals": lambda: figures.scoped_intervals(none["claims"], none["quantities"], none["statements"],
                                                      none["comparisons"]),
        "timeline": lambda: figures.statement_timeline(none["statements"], none["sources"], "2031-01-01", "2031-01-02"),
        "drift": lambda: figures.drift_chart(none["retellings"], none["claims"], none["statements"]),
        "origins": lambda: figures.origins_against_mentions(none["origins"], none["claims"]),
        "grid": lambda: figures.admiralty_grid(none["grades"], none["claims"])}[name]()
    assert says in made.alt
    assert made.alt.split()[0] in " ".join(a.get_text() for a in made.sheet.texts)
    assert figures.save(made, tmp_path, name).is_file()


def test_the_alt_text_gives_the_finding():
    made = drawn()
    assert "laid off or moved became laid off" in made["drift"].alt
    assert "8 mentions from 2 origins, 1 of them known" in made["origins"].alt
    assert "4 of 7 claims can be judged" in made["grid"].alt
    assert made["timeline"].alt.startswith("Port of Eastbay denied or evaded and never confirmed")


def test_a_denial_that_is_later_taken_back_is_the_timelines_finding():
    said = [("2031-01-02", "deny"), ("2031-03-04", "confirm")]
    statements = tables.frame("statements", [{"statement_id": f"S{i}", "said_on": day, "source": "Works",
                                              "stance": stance, "measure": "leak"}
                                             for i, (day, stance) in enumerate(said)])
    figure = figures.statement_timeline(statements, tables.empty("sources"))
    assert "Works denied or evaded from 2 Jan 2031 and confirmed on 4 Mar 2031 (leak)" in figure.alt


def test_the_ribbon_takes_the_deepest_chain_and_leaves_the_unattributed_bare():
    claims = tables.frame("claims", [
        {"claim_id": "c1", "paragraph": 1, "start": 0, "end": 30, "chain": "author > union",
         "source_type": "collective", "status": "proposed"},
        {"claim_id": "c2", "paragraph": 1, "start": 10, "end": 20, "chain": "author > union > port",
         "source_type": "named", "status": "proposed"}])
    found = figures.spans_by_attribution(claims, tables.empty("attributions"), 40)
    assert list(zip(found.start, found.end, found.depth, found.source_type)) == [
        (0, 10, 1, "collective"), (10, 20, 2, "named"), (20, 30, 1, "collective"), (30, 40, 0, "none")]


def test_a_number_is_never_drawn_among_statements_of_another_measure_without_saying_so():
    text, t = run_tables()
    data = figures.scoped_intervals(t["claims"], t["quantities"], t["statements"], t["comparisons"]).data
    assert all(panel.split(" · ")[1] == "laid off" for panel in data.panel[data.of_text == "yes"])
    moved = data[data.panel.str.contains("moved")]
    assert len(moved) and (moved.of_text == "no").all()


def test_unseen_characters_are_seen():
    assert visible("a\u202eb\u200b\x00\n") == "a[U+202E]b[U+200B][U+0000][U+000A]"
    assert visible("a\nb", "\n") == "a\nb"
    assert drawing.drawable("김 [x] 漢") == "[gim] [x] [U+6F22]"
