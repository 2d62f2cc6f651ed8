"""Figures: nothing cut, nothing on top of anything, the same bytes twice, and whatever a table holds is only text."""
import csv
import itertools
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import HOSTILE, run_tables
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from helpers import drawing, figures, figures_timeline, lettering, steps, tables
from helpers.figures_commitment import VALUES
from helpers.visible import visible

LONG = "Interregional Commission For The Review Of Harbour Accounts "  # 60 characters
SIZES = {
    "usual": {}, "one claim": {"claims": 1, "sources": 1, "statements": 1}, "two sources": {"sources": 2},
    "three hundred claims": {"claims": 300, "sources": 40, "statements": 120},
    "one statement": {"statements": 1}, "five hundred statements": {"statements": 500, "sources": 40, "claims": 40},
    "long names": {"name": LONG, "claims": 12, "sources": 40},
    "Korean and Arabic": {"name": "항만노동조합 اتحاد عمال الميناء ", "claims": 9}, "hostile": {"name": HOSTILE, "claims": 8},
    "no break": {"name": "x" * 300, "claims": 8},
}


def more_tables(t: dict) -> dict:
    """What the figures read of a run beyond `run_tables`: how sure each source is, what a grade hangs on, agreement."""
    values, grades = ("CT+", "PR+", "Uu", "CT-", "PS+", "PS-", "PR-"), "123456"
    sure = [{"claim_id": c.claim_id, "level": level, "holder": holder, "value": values[(n + 2 * level) % 7]}
            for n, c in enumerate(t["claims"].itertuples()) for level, holder in enumerate(c.chain.split(" > "))]
    known = list(t["statements"].statement_id)
    left_out = [{"subject": c.claim_id, "change": change, "changed_id": changed, "ceiling_before": grades[n % 6],
                 "ceiling_after": grades[(n + k) % 6], "moves": "yes" if k else "no"}
                for n, c in enumerate(t["claims"].itertuples())
                for k, (change, changed) in enumerate([("copy statement", known[0]),
                                                       *(("drop statement", s) for s in known[n % 3::5][:3]),
                                                       *(("drop origin", f"O{i}") for i in range(1, 1 + n % 3))])]
    agreed = [{"layer": "claims marked", "statistic": "F1 of spans (overlap of 0.5)", "value": 0.9, "n": 20, "note":
               f"{t['sources'].name.iloc[0]} marked 85, reader-b 84; 78 in common"},
              *({"layer": layer, "statistic": "Krippendorff's alpha, nominal", "value": value, "n": 9,
                 "prevalence": f"{t['sources'].name.iloc[-1]} 46%", "note": "the same in 7 of 9"}
                for layer, value in (("kind", 0.91), ("measure", -0.4), ("polarity", ""), ("checkable", 0.7),
                                     ("population", 0.02)))]
    return {name: tables.frame(name, rows)
            for name, rows in (("factuality", sure), ("sensitivity", left_out), ("agreement", agreed))}


def drawn(**size) -> dict[str, drawing.Drawing]:
    text, t = run_tables(**size)
    t |= more_tables(t)
    day = t["document"].iloc[0]
    starts = [0, *(m.end() for m in re.finditer("\n\n", text))]
    return {
        "ribbon": figures.attribution_ribbon(t["claims"], t["attributions"], len(text), starts, t["sources"]),
        "intervals": figures.scoped_intervals(t["claims"], t["quantities"], t["statements"], t["comparisons"],
                                              sources=t["sources"]),
        "timeline": figures.statement_timeline(t["statements"], t["sources"], day.published, day.as_of),
        "drift": figures.drift_chart(t["retellings"], t["claims"], t["statements"], t["quantities"], t["comparisons"],
                                     t["sources"]),
        "origins": figures.origins_against_mentions(t["origins"], t["claims"], retellings=t["retellings"]),
        "grid": figures.admiralty_grid(t["grades"], t["claims"], sources=t["sources"]),
        "graph": figures.source_graph(t["claims"], t["comparisons"], t["retellings"], t["statements"], t["sources"]),
        "sure": figures.factuality_by_source(t["factuality"], t["sources"]),
        "tipping": figures.tipping_points(t["sensitivity"], t["claims"], t["statements"], t["origins"],
                                         t["sources"]),
        "agreement": figures.reader_agreement(t["agreement"])}


def sheets(figures_):
    """Each figure, and as it is drawn again for a phone."""
    for name, figure in figures_.items():
        yield name, figure
        if figure.again:
            yield f"{name} on a phone", figure.again()


def labels(figure):
    """The boxes of all texts, in pixels, and the canvas."""
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    texts = [a for a in figure.texts if a.get_text().strip()]
    return [(a.get_text(), a.get_window_extent(renderer)) for a in texts], figure.bbox


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_no_label_is_cut_and_none_lies_on_another(size):
    for name, figure in sheets(drawn(**size)):
        found, canvas = labels(figure)
        for words, box in found:
            assert canvas.x0 <= box.x0 and box.x1 <= canvas.x1, (name, words)
            assert canvas.y0 <= box.y0 and box.y1 <= canvas.y1, (name, words)
        for mark in figure.artists:
            box = mark.get_window_extent(figure.canvas.get_renderer())
            assert canvas.x0 - 1 <= box.x0 and box.x1 <= canvas.x1 + 1, (name, mark)
            assert canvas.y0 - 1 <= box.y0 and box.y1 <= canvas.y1 + 1, (name, mark)
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
    assert len(written) == 10 * 4 + sum(figure.again is not None for figure in drawn(**size).values())
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
    words = " ".join(a.get_text() for a in drawn(name=HOSTILE)["drift"].texts)
    assert r"$\frac" in words and "[U+202E]" in words


@pytest.mark.parametrize(("name", "says"), [
    ("ribbon", "No claim"), ("intervals", "No number"), ("timeline", "no statement"), ("drift", "No claim"),
    ("origins", "No statement"), ("grid", "Nothing was graded"), ("graph", "No claim"), ("sure", "No claim"),
    ("tipping", "No statement"), ("agreement", "One reading only")])
def test_an_empty_table_gives_a_figure_that_says_so(tmp_path, name, says):
    none = {t: tables.empty(t) for t in ("claims", "attributions", "quantities", "statements", "comparisons", "sources",
                                         "retellings", "origins", "grades", "factuality",
                                         "sensitivity", "agreement")}
    made = {
        "ribbon": lambda: figures.attribution_ribbon(none["claims"], none["attributions"], 0),
        "intervals": lambda: figures.scoped_intervals(none["claims"], none["quantities"], none["statements"],
                                                      none["comparisons"]),
        "timeline": lambda: figures.statement_timeline(none["statements"], none["sources"], "2031-01-01", "2031-01-02"),
        "drift": lambda: figures.drift_chart(none["retellings"], none["claims"], none["statements"]),
        "origins": lambda: figures.origins_against_mentions(none["origins"], none["claims"]),
        "grid": lambda: figures.admiralty_grid(none["grades"], none["claims"]),
        "graph": lambda: figures.source_graph(none["claims"], none["comparisons"], none["retellings"],
                                              none["statements"]),
        "sure": lambda: figures.factuality_by_source(none["factuality"]),
        "tipping": lambda: figures.tipping_points(none["sensitivity"], none["claims"], none["statements"]),
        "agreement": lambda: figures.reader_agreement(none["agreement"])}[name]()
    assert says in made.alt
    assert made.alt.split()[0] in " ".join(a.get_text() for a in made.texts)
    assert figures.save(made, tmp_path, name).is_file()


def test_the_alt_text_gives_the_finding():
    made = drawn()
    assert "c01: “laid off or moved” became “laid off”" in made["drift"].alt
    assert "8 mentions of claim c01 come from 2 origins, 1 of them known" in made["origins"].alt
    assert "1 says the same, none something near, 1 the contrary" in made["origins"].alt
    assert "4 of 7 claims can be judged" in made["grid"].alt
    assert made["timeline"].alt.startswith("Port of Eastbay denied or evaded and never confirmed")


def test_a_denial_that_is_later_taken_back_is_the_timelines_finding():
    said = [("2031-01-02", "deny"), ("2031-03-04", "confirm")]
    statements = tables.frame("statements", [{"statement_id": f"S{i}", "said_on": day, "source": "Works",
                                              "stance": stance, "measure": "leak"}
                                             for i, (day, stance) in enumerate(said)])
    figure = figures.statement_timeline(statements, tables.empty("sources"))
    assert "Works denied or evaded from 2 Jan 2031 and confirmed on 4 Mar 2031 (leak)" in figure.alt
    assert words_of(figure).startswith("Works denied or evaded, and later confirmed")
    between = figures.statement_timeline(statements, tables.empty("sources"), "2031-02-01")
    assert words_of(between).startswith("Works denied or evaded, and confirmed only after the text")


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
    assert lettering.drawable("김 [x] 漢") == "[gim] [x] [U+6F22]"


def words_of(figure) -> str:
    return " ".join(a.get_text() for a in figure.texts)


def drifted(**notes):
    """Retellings of claims c1, c2, ...: each keyword is a claim, its rows (field, old, new, direction, note)."""
    rows = [{"claim_id": claim, "step": step, "from_id": "S1", "to_id": claim, "root_id": "S1",
             **dict(zip(("field", "old", "new", "direction", "note"), change))}
            for claim, changes in notes.items() for change in changes for step in (0, 1)]
    claims = tables.frame("claims", [{"claim_id": c, "start": 0, "end": 5, "exact": f"words of {c}", "paragraph": 1,
                                      "chain": "author", "status": "proposed"} for c in notes])
    said = tables.frame("statements", [{"statement_id": f"S{n}", "said_on": "2031-01-02", "source": f"Paper {n}",
                                        "stance": "no_comment", "measure": "leak"} for n in range(1, 7)])
    return tables.frame("retellings", rows), claims, said


HEDGE = ("hedge", "likely", "none", "stronger", "the hedge was dropped")
DENIAL = ("stance", "no_comment", "deny", "stronger", "")


def test_a_stronger_stance_is_drawn_before_a_number_a_borrowed_name_and_a_dropped_hedge():
    retellings, claims, said = drifted(
        c1=[HEDGE], c2=[("source", "port", "works", "other", "a relay is presented as the origin")],
        c3=[("magnitude", "about 90", "over 100", "stronger", "")], c4=[DENIAL])
    assert steps.alike(retellings) == [["c4"], ["c3"], ["c2"], ["c1"]]
    figure = figures.drift_chart(retellings, claims, said)
    assert words_of(figure).startswith("“no comment” became a denial on the way; 4 claims changed")


def test_claims_that_changed_in_the_same_way_from_one_root_are_drawn_once():
    retellings, claims, said = drifted(c1=[DENIAL], c2=[DENIAL], c3=[HEDGE])
    figure = figures.drift_chart(retellings, claims, said)
    assert words_of(figure).count("stance") == 1 and "c1, c2" in words_of(figure)
    assert "c1, c2: “no comment” became a denial. c3: the hedge “likely” was dropped." in figure.alt


def test_a_lost_hedge_is_said_and_not_quoted_and_sources_have_their_names():
    retellings, claims, said = drifted(c1=[HEDGE, ("source", "port", "~reports", "other", "")])
    sources = tables.frame("sources", [{"source_id": "port", "name": "Port of Eastbay", "kind": "state"}])
    figure = figures.drift_chart(retellings, claims, said, sources=sources)
    assert "no hedge" in words_of(figure) and "~reports" not in words_of(figure) + figure.alt
    assert "what Port of Eastbay said is credited to “reports”" in figure.alt and "“none”" not in figure.alt


def test_of_a_claims_numbers_the_one_that_was_relayed_is_shown_with_its_bound():
    retellings, claims, said = drifted(c1=[("bound", "about", "exact", "stronger", ""),
                                           ("magnitude", "about 90", "89", "weaker", ""),
                                           ("source", "Mine", "Press", "other", "a relay is presented as the origin")])
    said.loc[0, ["low", "rate"]] = [90, "per_day"]
    quantities = tables.frame("quantities", [
        {"claim_id": "c1", "start": 0, "end": 5, "exact": "words", "low": low, "high": low, "bound": "exact", "rate": rate}
        for low, rate in ((2700, ""), (40, "per_day"), (89, "per_day"))])
    words = words_of(figures.drift_chart(retellings, claims, said, quantities))
    assert words.startswith("The number “about 90” became “89”, and what Mine said is credited to Press on the way")
    assert "2,700" not in words and "bound" not in words.split("source")[0]
    told = steps.tellings(retellings.assign(field="hedge"), claims, said, quantities)
    assert list(told[(told.field == "magnitude") & (told.teller_id == "c1")].value) == ["89"]


def test_relays_that_fit_equally_well_are_counted_in_their_column():
    retellings, claims, said = drifted(c1=[DENIAL])
    retellings.loc[retellings.step == 1, ["from_id", "to_id"]] = ["S1", "S2"]
    comparisons = tables.frame("comparisons", [
        {"claim_id": "c1", "statement_id": f"S{n}", "rank": n, "verdict": "ambiguous" if n < 6 else "candidate",
         "root_id": "S1", "reason": "-"} for n in range(2, 7)])
    assert "relay, one of 4" in words_of(figures.drift_chart(retellings, claims, said, None, comparisons))
    only = comparisons.assign(verdict="match").head(1)
    assert "one of" not in words_of(figures.drift_chart(retellings, claims, said, None, only))


def numbered(measure, **said):
    claims = tables.frame("claims", [{"claim_id": "c1", "start": 0, "end": 5, "exact": "words", "paragraph": 1, "chain":
                                      "author", "status": "proposed", "measure": measure, "population": "miners"}])
    quantities = tables.frame("quantities", [{"claim_id": "c1", "start": 0, "end": 5, "exact": "words", "low": 90,
                                              "bound": "over", "measure": measure, "population": "miners"}])
    statements = tables.frame("statements", [
        {"statement_id": s, "said_on": "2031-01-02", "source": "Mine", "stance": "assert", "population": "miners",
         "measure": m, "low": low, "bound": bound} for s, (m, low, bound) in said.items()])
    comparisons = tables.frame("comparisons", [{"claim_id": "c1", "statement_id": s, "rank": 1, "verdict": "candidate",
                                                "root_id": s, "reason": "-"} for s in said])
    return figures.scoped_intervals(claims, quantities, statements, comparisons)


def test_measures_equal_in_force_share_a_panel_that_names_both():
    figure = numbered("casualties_unspecified", S1=("killed_or_wounded", 50, "at_least"),
                      S2=("killed_or_wounded", 80, "over"))
    assert set(figure.data.panel) == {"miners · casualties unspecified / killed or wounded · in all"}
    assert "2 statements, from at least 50 to over 80." in figure.alt and "no statement" not in figure.alt


def test_a_rise_by_so_many_is_not_set_among_totals():
    claims, quantities = (t[t.claim_id == "c01"] for t in (run_tables()[1][n] for n in ("claims", "quantities")))
    t = run_tables()[1]
    risen = figures.scoped_intervals(claims, quantities.assign(change="up"), t["statements"], t["comparisons"]).data
    total = figures.scoped_intervals(claims, quantities, t["statements"], t["comparisons"]).data
    own = [set(data.panel[data.of_text == "yes"]) for data in (risen, total)]
    others = set(total.panel[total.of_text == "no"])
    assert own[1] <= others and not own[0] & others and all(panel.endswith(", a rise") for panel in own[0])


def test_without_a_number_to_compare_the_title_is_a_plain_sentence():
    figure = numbered("leak")
    assert figure.alt == words_of(figure) == "No number of this text can be set beside the ledger."


def test_a_contradiction_is_not_drawn_as_support_and_an_unknown_not_at_all():
    rows = [{"claim_id": "c1", "origin": f"O{n}", "root_id": f"S{n}", "independent": "yes", "party_to_event": "no",
             "agrees": agrees, "mentions": 1, "statement_ids": f"S{n}", "why": "-"}
            for n, agrees in enumerate(("yes", "partly", "no", "unknown"))]
    claims = tables.empty("claims")
    figure = figures.origins_against_mentions(tables.frame("origins", rows), claims)
    assert figure.data.iloc[0][["mentions", "origins", "same", "near", "contradicting"]].tolist() == [3, 3, 1, 1, 1]

    def drawn_as(agrees):
        one = figures.origins_against_mentions(tables.frame("origins", [r for r in rows if r["agrees"] == agrees]),
                                               claims)
        return [p.get_facecolor() for p in one.artists if isinstance(p, Patch)][-1 if agrees != "partly" else -2]
    assert len({drawn_as(agrees) for agrees in ("yes", "partly", "no")}) == 3
    assert "says the same" in words_of(figure) and "contradicts" in words_of(figure)


def test_a_readers_text_is_labelled_by_its_reader_alone_and_with_names():
    text, t = run_tables()
    ruled = t["attributions"].assign(source_id="~rule-made")
    by_reader = figures.attribution_ribbon(t["claims"], ruled, len(text), [0], t["sources"])
    assert "rule made" not in words_of(by_reader) and "Port of Eastbay" in words_of(by_reader)
    claimless = figures.attribution_ribbon(t["claims"].iloc[:0], ruled, len(text), [0], t["sources"])
    assert "“rule made”" in words_of(claimless)


def test_a_span_that_two_sources_vouch_for_is_labelled_with_both():
    claim = {"start": 0, "end": 30, "paragraph": 1, "exact": "words", "source_type": "named", "status": "proposed"}
    claims = tables.frame("claims", [{**claim, "claim_id": "c1", "chain": "author > port"},
                                     {**claim, "claim_id": "c2", "chain": "author > union"}])
    figure = figures.attribution_ribbon(claims, tables.empty("attributions"), 100)
    assert "Port and union" in words_of(figure) and figure.data.chain[0] == "the author > port;the author > union"


def test_an_empty_lane_is_not_drawn_and_paragraphs_are_labelled_evenly():
    claims = tables.frame("claims", [{"claim_id": "c1", "start": 0, "end": 30, "paragraph": 1, "exact": "words",
                                      "chain": "author > union", "source_type": "collective", "status": "proposed"}])
    figure = figures.attribution_ribbon(claims, tables.empty("attributions"), 1000, [0, 10, 300, 600, 900])
    assert "one source" in words_of(figure) and "two in a row" not in words_of(figure)
    assert re.findall("¶[0-9]+", words_of(figure)) == ["¶1", "¶3", "¶5"]


def test_an_outlet_that_reports_a_silence_does_not_evade():
    rows = [("Works", "assert"), ("Gazette", "no_comment"), ("Gazette", "assert")]
    statements = tables.frame("statements", [{"statement_id": f"S{n}", "said_on": f"2031-01-0{n + 1}", "source": who,
                                              "stance": stance, "measure": "leak"}
                                             for n, (who, stance) in enumerate(rows)])
    sources = tables.frame("sources", [{"source_id": "gazette", "name": "Gazette", "kind": "outlet"},
                                       {"source_id": "works", "name": "Works", "kind": "state"}])
    figure = figures.statement_timeline(statements, sources)
    assert figure.alt.startswith("Nobody in the ledger denied or evaded in their own name.")
    places = [words_of(figure).index(words) for words in ("Works", "relaying others", "Gazette")]
    assert places == sorted(places)


@given(st.lists(st.tuples(st.floats(0, 3), st.sampled_from(["assert", "deny", "confirm"])), max_size=60))
def test_no_mark_of_a_lane_lies_on_another_and_none_is_lost(marks):
    rows, placed, more = figures_timeline._placed(marks)
    assert len(placed) + sum(n for _, n in more) == len(marks)
    for (a, row_a, _), (b, row_b, _) in itertools.combinations(placed, 2):
        assert row_a != row_b or abs(a - b) > 0.115
    assert all(b - a >= 0.4 for (a, _), (b, _) in itertools.pairwise(more)) and rows <= 8


def test_the_grid_leaves_out_what_is_empty_and_says_so():
    figure = drawn()["grid"]
    words = words_of(figure)
    assert "Empty, and left out: rows A, D, E and columns 1, 2, 3." in words
    assert "confirmed" not in words and "Port of Eastbay" in words and "more" not in words


def test_arabic_letters_are_joined_and_a_date_stays_after_the_name():
    name = "اتحاد عمال الميناء"
    apart = sum(lettering.measure(c) for c in name)
    assert lettering.measure(name) < 0.9 * apart
    assert lettering.isolated(f"{name}, 2 Mar 2031") == f"\u2067{name}\u2069, 2 Mar 2031"
    assert lettering.isolated("Öst, 2 Mar") == "Öst, 2 Mar"
    assert lettering.drawable("नम e\u0301") == "[U+0928 U+092E] é"


@given(st.text(), st.floats(0.3, 4), st.booleans())
def test_any_text_is_cut_to_its_width_and_every_character_of_it_can_be_shown(text, width, name):
    line = lettering.fit(text, width, name=name)
    assert lettering.drawable(line) == line and "\n" not in line
    assert lettering.measure(line) <= width or line == "…"


def test_names_that_would_be_cut_alike_are_told_apart():
    called = [f"{LONG}{who} of Eastbay" for who in ("Port", "Union", "Master")]
    labels_ = lettering.told_apart([*called, "Mine"], 2)
    assert len({*labels_.values()}) == 4 and labels_["Mine"] == "Mine"
    assert all(who in labels_[name] for who, name in zip(("Port", "Union", "Master"), called))
    assert all(lettering.measure(label) <= 2 for label in labels_.values())


def traced(**claims):
    """Claims credited to somebody: each keyword is a claim, its (chain, matched statement, root, source changed)."""
    rows = [{"claim_id": c, "start": 0, "end": 5, "exact": "words", "paragraph": 1, "chain": chain, "status": "proposed"}
            for c, (chain, *_) in claims.items()]
    fits = [{"claim_id": c, "statement_id": said, "rank": 1, "verdict": "match", "root_id": root, "reason": "-"}
            for c, (_, said, root, _) in claims.items() if said]
    changed = [{"claim_id": c, "step": 0, "from_id": root, "to_id": c, "root_id": root, "field": "source", "old": "a",
                "new": "b", "direction": "other"} for c, (_, _, root, new) in claims.items() if new]
    said = [{"statement_id": f"S{n}", "said_on": "2031-01-02", "source": f"House {n}", "stance": "assert",
             "measure": "leak"} for n in range(1, 5)]
    return (tables.frame("claims", rows), tables.frame("comparisons", fits), tables.frame("retellings", changed),
            tables.frame("statements", said))


def test_the_graph_follows_a_claim_by_way_of_its_relay_to_who_said_it_first():
    made = traced(c1=("author > reports > port", "S2", "S1", True), c2=("author > port", "S3", "S3", False),
                  c3=("author > union", "", "", False), c4=("author", "S3", "S3", False))
    figure = figures.source_graph(*made)
    assert figure.data.fillna("").values.tolist() == [
        ["c1", "port", "reports", "House 2", "S2", "House 1", "S1", "no"],
        ["c2", "port", "", "", "", "House 3", "S3", "yes"], ["c3", "union", "", "", "", "", "", ""],
        ["c4", "the author", "", "", "", "House 3", "S3", "no"]]
    assert figure.alt.startswith("3 of 4 claims can be traced to who said it first; 2 of them bear another name, or none.")
    words = words_of(figure)
    assert words.count("House 3") == words.count("House 2") == 1 and "Not traced: 1 claim, credited to union (1)." in words


def test_forty_houses_share_twelve_boxes_and_none_is_lost():
    claims, comparisons, retellings, _ = traced(**{f"c{n}": (f"author > by-{n}", f"S{n}", f"S{n}", False)
                                                  for n in range(1, 41)})
    said = tables.frame("statements", [{"statement_id": f"S{n}", "said_on": "2031-01-02", "source": f"House {n}",
                                        "stance": "assert", "measure": "leak"} for n in range(1, 41)])
    figure = figures.source_graph(claims, comparisons, retellings, said)
    assert words_of(figure).count("29 others") == 2 and len(figure.data) == 40
    found, canvas = labels(figure)
    assert all(canvas.x0 <= box.x0 and box.x1 <= canvas.x1 for _, box in found)


def test_a_source_that_is_sure_is_not_counted_with_one_that_leaves_it_open():
    sure = tables.frame("factuality", [
        {"claim_id": c, "level": level, "holder": who, "value": value} for c, level, who, value in (
            ("c1", 0, "author", "Uu"), ("c1", 1, "port", "CT-"), ("c2", 0, "author", "CT+"), ("c3", 0, "author", "PR+"),
            ("c3", 1, "port", "PS+"))])
    figure = figures.factuality_by_source(sure)
    assert figure.alt == ("The author is certain of 1 of 3 claims; those cited, as told here, of 1 of 2. "
                          "the author: 1 leaves it open, 1 certain that it is so, 1 probably; "
                          "port: 1 possibly, 1 certain it is not so.")
    bars = [p for p in figure.artists if isinstance(p, Rectangle) and p.get_height() == pytest.approx(0.2)]  # not the key
    denied, possible = (next(p for p in bars if to_hex(p.get_facecolor()) == VALUES[v][1])
                        for v in ("CT-", "PS+"))
    assert denied.get_x() + denied.get_width() == pytest.approx(possible.get_x())
    assert "probably not" not in words_of(figure)


def left_out(*rows):
    return tables.frame("sensitivity", [dict(zip(("subject", "change", "changed_id", "ceiling_before", "ceiling_after",
                                                  "moves"), row)) for row in rows])


def test_a_grade_that_turns_on_one_statement_says_on_which_and_whose():
    claims, _, _, said = traced(c1=("author", "", "", False))
    table = left_out(("c1", "drop statement", "S1", "3", "6", "yes"), ("c1", "drop statement", "S2", "3", "3", "no"),
                     ("c1", "drop origin", "O1", "3", "6", "yes"), ("c2", "drop origin", "O2", "4", "3", "yes"),
                     ("c3", "copy statement", "S1", "2", "2", "no"), ("c4", "drop statement", "S1", "2", "2", "no"))
    figure = figures.tipping_points(table, claims, said)
    assert figure.alt == ("1 of 3 ceilings turns on a single statement; 1 could not be judged at all without it. "
                          "c1 from 3 to 6 without S1, or origin O1; c2 from 4 to 3 without origin O2. "
                          "1 ceiling would be better for it.")
    assert "House 1, 2 Jan 2031" in words_of(figure) and "1 other ceiling moves for no" in words_of(figure)
    assert list(figure.data.moves_to) == ["lower", "higher"]


def test_a_source_beside_the_claims_is_not_counted_as_one_of_them():
    claims, _, _, said = traced(c1=("author", "", "", False))
    rows = [("c1", "drop statement", "S1", "3", "6", "yes"), ("c2", "drop statement", "S1", "2", "2", "no")]
    plain = figures.tipping_points(left_out(*rows), claims, said).alt
    assert plain.startswith("1 of 2 ceilings turns on")
    beside = figures.tipping_points(left_out(*rows, ("house-1", "drop statement", "S1", "F", "F", "no")), claims, said)
    assert beside.alt == plain and "1 other ceiling moves" in words_of(beside)


def test_rows_and_columns_that_the_tipping_points_do_not_know_change_nothing():
    claims, _, _, said = traced(c1=("author", "", "", False))
    rows = [("c1", "drop statement", "S1", "3", "6", "yes")]
    plain = figures.tipping_points(left_out(*rows), claims, said)
    more = left_out(*rows).assign(side="-")
    more.loc[len(more)] = ["c1", "another word", "x", "3", "?", "yes", "-"]
    assert figures.tipping_points(more, claims, said).alt == plain.alt
    still = figures.tipping_points(left_out(("c1", "drop statement", "S1", "3", "3", "no")), claims, said)
    assert still.alt == words_of(still) == "The one ceiling stands without any one statement or origin."


def test_agreement_is_called_so_from_eight_tenths_and_an_undefined_alpha_has_no_dot():
    rows = [{"layer": layer, "statistic": "Krippendorff's alpha, nominal", "value": value, "n": 9, "prevalence": "x 90%",
             "note": "the same in 8 of 9"} for layer, value in (("kind", 0.8), ("measure", 0.79), ("polarity", ""))]
    figure = figures.reader_agreement(tables.frame("agreement", rows))
    assert figure.alt.startswith("Two readers agree on 1 of 2 questions; least on “what is counted” (0.79).")
    assert "not defined: one answer only" in words_of(figure)
    assert sum(isinstance(line, Line2D) and line.get_marker() in ("o", "D") for line in figure.artists) == 2


def test_a_number_that_goes_back_to_a_count_of_something_else_is_the_finding():
    claims, _, _, said = traced(c1=("author > port", "", "", False))
    claims["measure"], claims["population"] = "killed", "miners"
    said = said.assign(measure=["killed_or_wounded", "killed", "killed", "killed"], population="miners", low=90.0,
                       bound="over")
    number = tables.frame("quantities", [{"claim_id": "c1", "start": 0, "end": 5, "exact": "words", "low": 90, "bound":
                                          "over", "measure": "killed", "population": "miners"}])
    fits = [{"claim_id": "c1", "statement_id": s, "rank": n, "verdict": "match" if n == 1 else "candidate",
             "root_id": "S1" if n == 1 else s, "reason": "-"} for n, s in enumerate(("S2", "S3", "S4"), 1)]
    fits += [{"claim_id": "c1", "statement_id": "S1", "rank": 4, "verdict": "candidate", "root_id": "S1", "reason": "-"}]
    figure = figures.scoped_intervals(claims, number, said, tables.frame("comparisons", fits))
    assert figure.alt.startswith("The one number of the text goes back to a count of something else: "
                                 "“over 90” killed was “over 90” killed or wounded.")


def test_statements_of_one_number_share_a_row_and_the_least_and_the_greatest_are_drawn():
    claims, _, _, _ = traced(c1=("author > port", "", "", False))
    claims["measure"], claims["population"] = "killed", "miners"
    given = [90.0] * 5 + [70.0] * 3 + [60.0] * 3 + [50.0] * 3 + [40.0] * 3 + [5.0, 800.0]
    said = tables.frame("statements", [
        {"statement_id": f"S{n}", "said_on": f"2031-01-{n:02}", "source": f"House {n}", "stance": "assert", "low": low,
         "measure": "killed", "population": "miners", "bound": "exact"} for n, low in enumerate(given, 1)])
    number = tables.frame("quantities", [{"claim_id": "c1", "start": 0, "end": 5, "exact": "words", "low": 90, "bound":
                                          "over", "measure": "killed", "population": "miners"}])
    fits = tables.frame("comparisons", [
        {"claim_id": "c1", "statement_id": s, "rank": n, "verdict": "match" if n == 1 else "candidate", "root_id": s,
         "reason": "-"} for n, s in enumerate(said.statement_id, 1)])
    figure = figures.scoped_intervals(claims, number, said, fits)
    words = words_of(figure)
    assert "House 1, 1 Jan 2031 +4" in words and "House 2" not in words
    assert "House 18" in words and "House 19" in words, "the least and the greatest number"
    assert "3 more numbers in the table." in words and len(figure.data) == 1 + len(said)


def test_the_claim_that_changed_most_stands_before_one_with_more_mentions():
    rows = [{"claim_id": c, "origin": "O1", "root_id": "S1", "independent": "yes", "party_to_event": "no",
             "agrees": "partly", "mentions": n, "statement_ids": ";".join(f"S{i}" for i in range(n)), "why": "-"}
            for c, n in (("c1", 2), ("c2", 9))]
    retellings, claims, _ = drifted(c1=[DENIAL], c2=[HEDGE])
    figure = figures.origins_against_mentions(tables.frame("origins", rows), claims, retellings=retellings)
    assert list(figure.data.claim_id) == ["c1", "c2"]
    assert "2 mentions of “words of c1” come from 1 origin" in words_of(figure)
    bare = figures.origins_against_mentions(tables.frame("origins", rows), claims)
    assert list(bare.data.claim_id) == ["c2", "c1"]


def test_a_party_to_the_event_is_marked_in_every_figure_that_names_it():
    for party in ("no", "yes"):
        text, t = run_tables()
        t |= more_tables(t)
        t["sources"]["party_to_event"] = party
        t["statements"]["source_id"] = t["statements"].source.map(dict(zip(t["sources"].name, t["sources"].source_id)))
        for figure in naming(text, t):
            assert ("(party)" in words_of(figure)) == (party == "yes"), figure.alt


def naming(text, t):
    """The figures that name sources."""
    return (figures.attribution_ribbon(t["claims"], t["attributions"], len(text), [0], t["sources"]),
            figures.source_graph(t["claims"], t["comparisons"], t["retellings"], t["statements"], t["sources"]),
            figures.scoped_intervals(t["claims"], t["quantities"], t["statements"], t["comparisons"],
                                     sources=t["sources"]),
            figures.statement_timeline(t["statements"], t["sources"]),
            figures.drift_chart(t["retellings"], t["claims"], t["statements"], t["quantities"], t["comparisons"],
                                t["sources"]),
            figures.admiralty_grid(t["grades"], t["claims"], sources=t["sources"]),
            figures.factuality_by_source(t["factuality"], t["sources"]),
            figures.tipping_points(t["sensitivity"], t["claims"], t["statements"], t["origins"], t["sources"]))


def test_what_only_lost_its_source_is_told_in_a_line_and_no_claim_is_passed_over():
    borrowed = ("source", "port", "~reports", "other", steps.RELAYED)
    retellings, claims, said = drifted(c1=[DENIAL], c2=[borrowed], c3=[HEDGE], c4=[HEDGE, borrowed])
    words = words_of(figures.drift_chart(retellings, claims, said))
    assert words.count(" root ") == 1, "one block"
    assert "What port said is credited to “reports”" in words and "“likely” was dropped" in words
    assert "1 more changed claim in the table." in words_of(figures.drift_chart(retellings, claims, said, lines=2))
