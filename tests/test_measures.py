import re
import subprocess
import sys

import pytest

from helpers import lexicons, measures
from helpers.paths import InputError


@pytest.mark.parametrize("old, new, direction", [
    ("killed_or_wounded", "killed", "stronger"), ("killed", "killed_or_wounded", "weaker"),
    ("casualties_unspecified", "killed", "stronger"), ("detained", "arrested", "stronger"),
    ("detained", "charged", "stronger"), ("suspected_case", "confirmed_case", "stronger"),
    ("confirmed_case", "suspected_case", "weaker"), ("suspected_case", "probable_case", "stronger"),
    ("confirmed_case", "killed", "stronger"), ("wounded", "hospitalised", "stronger"), ("Detentions", "arrests", "stronger"),
    ("attended", "marched", "stronger"), ("expected", "attended", "stronger"), ("arrested", "charged", "stronger"),
    ("at_risk", "announced_layoff", "stronger"), ("jobs cut", "at_risk", "weaker"), ("missing", "killed", "stronger"),
    ("displaced", "evacuated", "weaker"), ("homes damaged", "homes_destroyed", "stronger"),
    ("accused", "charged", "stronger"), ("convicted", "sentenced", "stronger"), ("pledged", "budgeted", "stronger"),
    ("allocated", "spent", "stronger"), ("polled", "voted", "stronger"), ("bridges_built", "bridges_closed", "other")])
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


OWN = """from helpers import lexicons, measures, paths
run = paths.run("d", data={data!r}, output={data!r})
print(measures.direction("bells_cracked", "bells_shattered"), measures.direction("shattered bell", "killed"),
      measures.relation("bells shattered", "broken bells"), len(lexicons.rows("hedges")))
"""


def test_a_user_adds_measures_in_a_list_of_their_own_beside_the_ledger(tmp_path):
    own = tmp_path / "raw" / "lexicons"
    own.mkdir(parents=True)
    (own / "measures.csv").write_text("measure,words,stronger_than\nbells_shattered,shattered bell;broken bell,bells_cracked\n"
                                      "killed,,bells_shattered\n")
    found = subprocess.run([sys.executable, "-c", OWN.format(data=str(tmp_path))], capture_output=True, text=True)
    assert found.stdout.split() == ["stronger", "stronger", "equal", str(len(lexicons.rows("hedges")))], found.stderr


@pytest.mark.parametrize("name, content, fault", [
    ("colours.csv", "word\nred\n", "no word list of this name"), ("measures.csv", "measure,grade\na,b\n", "'grade'"),
    ("measures.csv", "measure,words\na\n", "row 2: expected 2 cells"), ("measures.csv", "measure\n\udcff", "UTF-8")])
def test_a_list_that_extends_nothing_is_refused_by_name(tmp_path, name, content, fault):
    file = tmp_path / name
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match=re.escape(str(file)) + ".*" + re.escape(fault)):
        lexicons.extension(file)


def test_what_was_only_suspected_and_is_told_as_so_is_stronger():
    assert measures.direction("suspected_death", "killed") == "stronger"
    assert measures.direction("killed", "suspected_death") == "weaker"
    assert measures.direction("alleged_theft", "theft") == "stronger"
    assert measures.direction("suspected_death", "closed") == "other"
