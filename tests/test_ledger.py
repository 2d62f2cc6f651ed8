import pytest
from evidence import SOURCES, evidence_of, ledger_of, statement

from helpers import ledger, tables
from helpers.paths import InputError, Run


@pytest.fixture
def run(tmp_path):
    def with_statements(*rows):
        tables.write("statements", tables.frame("statements", list(rows)), tmp_path / "raw" / "statements.csv")
        tables.write("sources", tables.frame("sources", SOURCES), tmp_path / "raw" / "sources.csv")
        return Run("d", "", tmp_path / "raw", tmp_path / "out")
    return with_statements


def test_statements_come_in_the_order_in_which_they_were_said_whatever_the_order_of_rows(run):
    rows = [statement("b", said_on="2031-05-09"), statement("c"), statement("a")]
    assert list(ledger.read(run(*rows)).statement_id) == ["a", "c", "b"]


@pytest.mark.parametrize("row, column, value", [
    (statement("a", source="Nobody"), "'source'", "'Nobody'"),
    (statement("a", retells="z"), "'retells'", "'z'"),
    (statement("a", retells="a"), "'retells'", "a > a"),
    (statement("a", low=9, high=3), "'low'", "9"),
    (statement("a", period_start="2031-06-01"), "'period_start'", "'2031-06-01'"),
])
def test_a_fault_is_refused_with_file_row_column_and_value(run, row, column, value):
    with pytest.raises(InputError) as refused:
        ledger.read(run(statement("ok"), row))
    for part in ("statements.csv", "row 3", column, value):
        assert part in str(refused.value)


def test_a_circle_of_retellings_is_refused_and_named(run):
    with pytest.raises(InputError, match="a > b > c > a"):
        ledger.read(run(statement("a", retells="b"), statement("b", retells="c"), statement("c", retells="a")))


def test_an_alias_that_names_two_sources_is_refused():
    twice = tables.frame("sources", [*SOURCES, SOURCES[0] | {"source_id": "other", "name": "Other"}])
    with pytest.raises(InputError, match="'the hospital' already names 'hospital'"):
        ledger.source_index(twice)


def test_only_what_was_said_by_the_day_is_known():
    known = ledger.known_by(ledger_of(statement("a"), statement("b", said_on="2031-05-09")), "2031-05-08")
    assert list(known.statement_id) == ["a"]


def test_a_way_leads_from_the_root_and_survives_the_loss_of_its_middle():
    found = evidence_of(statement("a"), statement("b", source="Marle Echo", retells="a"),
                        statement("c", source="Echo Mirror", retells="b"))
    assert found.way("c") == ["a", "b", "c"]
    assert found.without({"b"}).way("c") == ["a", "c"]
    assert found.without({"a"}).way("c") == ["b", "c"]


def test_a_long_chain_is_followed_to_its_root():
    rows = [statement("s0"), *(statement(f"s{n}", paraphrase=f"word {n}", retells=f"s{n - 1}") for n in range(1, 5000))]
    assert evidence_of(*rows).root["s4999"] == ("s0", 4999)
