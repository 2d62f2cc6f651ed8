"""Every pair of the ledger's chains changes exactly what a reader found changed in it, and nothing else."""
import csv
from collections import defaultdict
from pathlib import Path

import pytest

from helpers import drift, ledger, paths, retelling, tables

CASES = Path(__file__).parent / "cases" / "retells.csv"


def read_by_hand() -> dict[tuple[str, str], set[tuple[str, str]]]:
    found = defaultdict(set)
    for row in csv.DictReader(CASES.open(encoding="utf-8", newline="")):
        pair = row["from_id"], row["to_id"]
        found[pair] |= set() if row["field"] == "none" else {(row["field"], row["direction"])}
    return dict(found)


PAIRS = read_by_hand()


@pytest.fixture(scope="module")
def evidence():
    run = paths.run("kursk-retelling")
    return ledger.evidence(ledger.read(run), tables.read("sources", run))


def test_the_cases_are_the_ledgers_pairs(evidence):
    assert len(PAIRS) == 38
    assert set(PAIRS) == {(old.statement_id, new.statement_id) for old, new, _ in retelling.pairs(evidence)}


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_a_pair_changes_what_a_reader_found(pair, evidence):
    found = retelling.chains(evidence)
    own = found[(found.from_id == pair[0]) & (found.to_id == pair[1])]
    assert {(r.field, r.direction) for r in own.itertuples()} == PAIRS[pair]


def test_what_was_kept_is_counted(evidence):
    counted = drift.kept(retelling.pairs(evidence)).set_index("field")
    assert (counted.kept + counted.changed + counted.unknown == 38).all()
    for field in counted.index:
        assert counted.changed[field] == sum(field in {f for f, _ in changed} for changed in PAIRS.values())
    assert counted.share["magnitude"] == round(counted.kept["magnitude"] / (38 - counted.unknown["magnitude"]), 4)
