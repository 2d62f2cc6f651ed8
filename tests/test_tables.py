import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import tables
from helpers.paths import InputError

GOOD = ("source_id,name,aliases,kind,party_to_event,origin_family,note\n"
        "mayor,Mayor of Orle,the mayor,state,yes,town,\n")


@pytest.fixture
def sources(tmp_path):
    def written(content, how="utf-8"):
        file = tmp_path / "sources.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode(how))
        return file
    return written


def test_cells_are_text_as_they_stand(sources):
    row = tables.read("sources", sources(GOOD.replace("the mayor", "NA;007"))).iloc[0]
    assert row.aliases == "NA;007" and row.note == ""


def test_a_byte_order_mark_and_extra_columns_are_kept_apart_from_the_schema(sources):
    found = tables.read("sources", sources(GOOD.replace("note\n", "note,mine\n").replace("town,\n", "town,,x\n"), "utf-8-sig"))
    assert list(found.columns)[-1] == "mine" and found.source_id[0] == "mayor"


@pytest.mark.parametrize("content, parts", [
    (GOOD.replace(",yes,", ",maybe,"), ["row 2", "'party_to_event'", "'maybe'", "'yes', 'no', 'unknown'"]),
    (GOOD.replace("kind,", "sort,"), ["row 1", "'kind' is missing"]),
    (GOOD + "mayor,Other,,state,yes,,\n", ["'source_id'", "'mayor'", "once only"]),
    (GOOD + "x,y\n", ["row 3", "2 cells where the header has 7"]),
    (GOOD.replace("mayor,", "a b,", 1), ["row 2", "'a b'"]),
    ("", ["empty"]),
    (GOOD.encode() + b"\xff", ["not UTF-8", "line 3"]),
    (GOOD.replace("town", "to\0wn"), ["NUL"]),
    (GOOD.replace("the mayor", '"the mayor'), ["not a CSV table"]),
])
def test_a_fault_is_refused_and_says_where_and_what_was_allowed(sources, content, parts):
    with pytest.raises(InputError) as refused:
        tables.read("sources", sources(content))
    for part in ["sources.csv", *parts]:
        assert part in str(refused.value)


def test_nothing_is_written_of_a_table_that_breaks_its_rules(tmp_path):
    bad = tables.frame("sources", [{"source_id": "x", "name": "y", "kind": "cat"}])
    with pytest.raises(InputError, match="'kind'.*'cat'"):
        tables.write("sources", bad, tmp_path / "out" / "sources.csv")
    assert not (tmp_path / "out").exists()


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_words_come_back_as_they_were_and_no_spreadsheet_runs_them(tmp_path_factory, words):
    file = tmp_path_factory.mktemp("t") / "sources.csv"
    row = {"source_id": "s", "name": "n", "kind": "state", "party_to_event": "no", "note": words}
    tables.write("sources", tables.frame("sources", [row]), file)
    assert tables.read("sources", file).note[0] == words
    cells = pd.read_csv(file, dtype=str, keep_default_na=False, lineterminator=None).iloc[0]
    assert not cells.note.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_are_written_alike_whatever_made_them(tmp_path):
    import numpy as np

    row = {"layer": "l", "statistic": "s", "n": 3}
    for value, cell in ((np.float64(0.1), "0.1"), (2.0, "2"), (float("nan"), ""), (np.float64(1e-7), "1e-07")):
        file = tables.write("agreement", tables.frame("agreement", [row | {"value": value}]), tmp_path / "agreement.csv")
        assert file.read_text().splitlines()[1].split(",")[2] == cell
        tables.read("agreement", file)


def test_a_span_is_refused_if_the_text_there_differs_and_never_moved(tmp_path):
    spans = pd.DataFrame({"start": [0, 4], "end": [3, 9], "exact": ["one", "two"]})
    with pytest.raises(InputError, match="row 3, column 'exact': 'two' is not what stands at 4 to 9"):
        tables.check_spans(spans, "one two three", "claims.csv")
    with pytest.raises(InputError, match="not a span of a text of 5 characters"):
        tables.check_spans(spans, "one t", "claims.csv")
