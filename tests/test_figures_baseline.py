"""The shipped document's figures look as they did when somebody last looked at them.

The shapes are compared as pictures, without their labels: another build of FreeType sets every letter a little apart,
and to allow for that is to overlook a bar that is gone. The labels are compared as words and places, to the letter.
After a change that is meant, look at the figures and keep them: `make baseline`.
"""
import pytest

from helpers import figures, ledger, paths, tables


@pytest.fixture(scope="module")
def drawn(kursk_run):
    """name -> a function that draws that figure of the shipped document."""
    run = paths.run("kursk-retelling", output=str(kursk_run))
    about, known, claims = tables.read("document", run).iloc[0], ledger.read(run), tables.read("claims", run)
    t = {name: tables.read(name, run) for name in (
        "attributions", "quantities", "comparisons", "retellings", "origins", "sources", "factuality", "agreement",
        "grades", "sensitivity")}
    starts = tables.read("sentences", run).groupby("paragraph").start.min().tolist()
    sources = t["sources"]
    return {
        "1_attribution_ribbon": lambda: figures.attribution_ribbon(claims, t["attributions"], about.characters, starts,
                                                                   sources),
        "2_source_graph": lambda: figures.source_graph(claims, t["comparisons"], t["retellings"], known, sources),
        "3_scoped_intervals": lambda: figures.scoped_intervals(claims, t["quantities"], known, t["comparisons"],
                                                                sources=sources),
        "4_statement_timeline": lambda: figures.statement_timeline(known, sources, about.published),
        "5_drift_chart": lambda: figures.drift_chart(t["retellings"], claims, known, t["quantities"],
                                                     t["comparisons"], sources),
        "6_origins_against_mentions": lambda: figures.origins_against_mentions(t["origins"], claims,
                                                                                retellings=t["retellings"]),
        "7_admiralty_grid": lambda: figures.admiralty_grid(t["grades"], claims, sources=sources),
        "8_factuality_by_source": lambda: figures.factuality_by_source(t["factuality"], sources),
        "9_tipping_points": lambda: figures.tipping_points(t["sensitivity"], claims, known, t["origins"], sources),
        "10_reader_agreement": lambda: figures.reader_agreement(t["agreement"])}


NAMES = ("1_attribution_ribbon", "2_source_graph", "3_scoped_intervals", "4_statement_timeline", "5_drift_chart",
         "6_origins_against_mentions", "7_admiralty_grid", "8_factuality_by_source", "9_tipping_points",
         "10_reader_agreement")


LOOK = {"baseline_dir": "baseline", "style": "default", "tolerance": 0.4, "savefig_kwargs": {"dpi": 60}}


@pytest.mark.parametrize("name", [
    pytest.param(name, marks=pytest.mark.mpl_image_compare(filename=f"{name}.png", **LOOK)) for name in NAMES])
def test_the_shapes_of_a_figure_are_what_they_were(drawn, name):
    figure = drawn[name]()
    for words in list(figure.texts):
        words.remove()
    return figure


@pytest.mark.parametrize("name", NAMES)
def test_the_labels_of_a_figure_are_what_and_where_they_were(drawn, name, root, request):
    labels = "".join(f"{x:.2f} {y:.2f} {words.get_text()}\n" for words in drawn[name]().texts
                     for x, y in [words.get_position()])
    kept = root / "tests" / "baseline" / f"{name}.txt"
    if request.config.getoption("--mpl-generate-path"):
        kept.write_text(labels, encoding="utf-8", newline="\n")
        pytest.skip("kept")
    assert labels == kept.read_text("utf-8")
