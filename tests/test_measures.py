import pytest

from helpers import lexicons, measures


@pytest.mark.parametrize("old, new, direction", [
    ("killed_or_wounded", "killed", "stronger"), ("killed", "killed_or_wounded", "weaker"),
    ("casualties_unspecified", "killed", "stronger"), ("detained", "arrested", "stronger"),
    ("detained", "charged", "stronger"), ("suspected_case", "confirmed_case", "stronger"),
    ("confirmed_case", "suspected_case", "weaker"), ("bridges_built", "bridges_closed", "other")])
def test_measures_are_ordered_by_how_much_they_say(old, new, direction):
    assert measures.direction(old, new) == direction


@pytest.mark.parametrize("a, b, relation", [
    ("killed", "killed", "equal"), ("killed", "killed_or_wounded", "near"), ("killed", "captured", "differs"),
    ("casualties_unspecified", "killed_or_wounded", "equal"), ("killed", "", "unknown"),
    ("bridges_built", "bridges_built", "equal"), ("bridges_built", "killed", "differs")])
def test_an_unknown_measure_is_compared_by_its_name(a, b, relation):
    assert measures.relation(a, b) == measures.relation(b, a) == relation


def test_every_measure_that_another_names_is_in_the_vocabulary_and_none_is_stronger_than_itself():
    known = {r["measure"] for r in lexicons.rows("measures")}
    for row in lexicons.rows("measures"):
        for column in ("stronger_than", "same_as", "union_of"):
            assert set(lexicons.cells(row[column])) <= known
        assert measures.direction(row["measure"], row["measure"]) == "other"
