"""Agreement against published worked examples, its intervals, and what is left to settle."""
import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_annotations import reading

from helpers import agreement, tables

# Krippendorff (2011), "Computing Krippendorff's alpha-reliability", C: four observers, twelve units, values missing.
EXAMPLE = [[1, 1, None, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4], [4, 4, 4, 4], [1, 1, 2, 1],
           [2, 2, 2, 2], [None, 5, 5, 5], [None, None, 1, 1], [None, 3, None, None]]


def test_alpha_is_krippendorffs_on_his_worked_example_with_missing_values():
    assert agreement.alpha(EXAMPLE)[0] == pytest.approx(0.743, abs=5e-4)
    data = np.array([[np.nan if x is None else x for x in unit] for unit in EXAMPLE], dtype=float).T
    for level, value in (("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)):
        assert krippendorff.alpha(data, level_of_measurement=level) == pytest.approx(value, abs=5e-4)


def test_alpha_is_krippendorffs_on_his_binary_example():
    # A of the same paper: two observers, ten units: 0.095.
    a, b = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert agreement.alpha([list(p) for p in zip(a, b)])[0] == pytest.approx(0.095, abs=5e-4)


@given(st.lists(st.lists(st.sampled_from([None, "a", "b", "c"]), min_size=3, max_size=3), min_size=2, max_size=12))
def test_what_the_interval_resamples_is_the_alpha_of_the_package(units):
    value, low, high = agreement.alpha(units)
    said = sorted({x for u in units for x in u if x is not None})
    coded = [[float("nan") if x is None else said.index(x) for x in u] for u in units]
    if np.isfinite(value):
        pairs, counts = agreement._parts(coded, len(said))
        n = counts.sum()
        assert 1 - (n - 1) * pairs.sum() / (n ** 2 - (counts.sum(axis=0) ** 2).sum()) == pytest.approx(value, abs=1e-9)
        assert low <= high


def test_the_interval_is_the_same_each_time_and_narrower_with_more_claims():
    few, many = [["a", "a"], ["b", "b"], ["a", "b"]] * 5, [["a", "a"], ["b", "b"], ["a", "b"]] * 40
    assert agreement.alpha(few) == agreement.alpha(few)
    (_, a, b), (value, c, d) = agreement.alpha(few), agreement.alpha(many)
    assert a < c < value < d < b


def test_readings_alike_agree_fully_and_alpha_is_not_defined_where_nothing_varies():
    a = reading("ann", "the bridge is closed", "Nobody was hurt")
    found = agreement.table({"ann": a, "bo": a}).set_index("layer")
    assert found.value[agreement.MARKED] == found.low[agreement.MARKED] == 1.0
    assert found.value.drop(agreement.MARKED).isna().all() and found.prevalence["kind"] == "event 100%"


def test_f1_of_spans_is_counted_by_hand():
    a = reading("ann", "the bridge is closed", "Nobody was hurt, she added")
    b = reading("bo", "bridge is closed", "hurt", "the bridge")
    row = agreement.table({"ann": a, "bo": b}).iloc[0]
    assert row.value == pytest.approx(2 / 5) and row.n == 5 and row.low < row.value < row.high
    assert "1 in common" in row.note


def test_a_third_reader_counts_and_who_did_not_mark_a_claim_is_missing():
    a, b = (reading(n, "the bridge is closed", "Nobody was hurt") for n in ("ann", "bo"))
    c = reading("cy", "Nobody was hurt", kind="opinion")
    assert agreement.units({"ann": a, "bo": b, "cy": c}) == [{"ann": 0, "bo": 0}, {"ann": 1, "bo": 1, "cy": 0}]
    row = agreement.table({"ann": a, "bo": b, "cy": c}).set_index("layer").loc["kind"]
    assert row.n == 2 and row.value == pytest.approx(agreement.alpha([["e", "e", None], ["e", "e", "o"]])[0])


def test_one_reading_has_nothing_to_agree_with():
    a = reading("ann", "the bridge is closed")
    assert agreement.table({"ann": a}).empty and agreement.disagreements({"ann": a}).empty and agreement.table({}).empty


def test_disagreements_are_listed_by_claim_and_layer_and_say_how_they_were_settled():
    a = reading("ann", "the bridge is closed", "Nobody was hurt", measure="closed")
    b = reading("bo", "the bridge is closed", kind="opinion", measure="")
    found = agreement.disagreements({"ann": a, "bo": b})
    assert [(r.layer, r.values_, r.settled) for r in found.rename(columns={"values": "values_"}).itertuples()] == [
        ("kind", "event | opinion", ""), ("measure", "closed | blank", ""), (agreement.MARKED, "marked | not marked", "")]
    over = reading("judge", "the bridge is closed", "Nobody was hurt")
    over["status"] = ["accepted", "rejected"]
    assert list(agreement.disagreements({"ann": a, "bo": b}, over).settled) == ["event", "blank", "not marked"]
    tables.frame("disagreements", found.to_dict("records"))


def test_readings_without_a_claim_raise_nothing():
    empty = reading("ann")
    assert agreement.table({"ann": empty, "bo": empty}).value.isna().all()
    assert agreement.disagreements({"ann": empty, "bo": reading("bo", "the bridge is closed")}).layer.to_list() == [
        agreement.MARKED]
