"""Figures: nothing cut, nothing on top of anything, the same bytes twice, and whatever a table holds is only text."""
import csv
import itertools
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import HOSTILE, run_tables

from helpers import drawing, figures, figures_drift, figures_timeline, lettering, tables
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
        "intervals": figures.scoped_intervals(t["claims"], t["quantities"], t["statements"], t["comparisons"]),
        "timeline": figures.statement_timeline(t["statements"], t["sources"], day.published, day.as_of),
        "drift": figures.drift_chart(t["retellings"], t["claims"], t["statements"], t["quantities"], t["comparisons"],
                                     t["sources"]),
        "origins": figures.origins_against_mentions(t["origins"], t["claims"]),
        "grid": figures.admiralty_grid(t["grades"], t["claims"], sources=t["sources"]),
        "graph": figures.source_graph(t["claims"], t["comparisons"], t["retellings"], t["statements"], t["sources"]),
        "sure": figures.factuality_by_source(t["factuality"], t["sources"]),
        "tipping": figures.tipping_points(t["sensitivity"], t["claims"], t["statements"], t["origins"]),
        "agreement": figures.reader_agreement(t["agreement"])}


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
    assert len(written) == 10 * 4
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
    assert made.alt.split()[0] in " ".join(a.get_text() for a in made.sheet.texts)
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
    return " ".join(a.get_text() for a in figure.sheet.texts)


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
    assert figures_drift.alike(retellings) == [["c4"], ["c3"], ["c2"], ["c1"]]
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
    told = figures_drift.tellings(retellings.assign(field="hedge"), claims, said, quantities)
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
        return [p.get_facecolor() for p in one.sheet.patches][-1 if agrees != "partly" else -2]
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
    assert "port and union" in words_of(figure) and figure.data.chain[0] == "the author > port;the author > union"


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
