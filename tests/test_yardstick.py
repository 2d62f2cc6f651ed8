import pytest

from helpers import yardstick
from helpers.paths import InputError


@pytest.mark.parametrize("sentence, rule", [
    ("The count is likely to rise.", "without its range"),
    ("It is probably so.", "not a term"),
    ("The claim is plausible.", "not a term"),
    ("It is likely (55–80%), with high confidence.", "share a sentence"),
    ("It is very likely (55–80%) to rise.", "without its range"),
    ("In all likelihood the count will rise.", "not a term"),
    ("The count might rise.", "not a term"),
    ("There is a good chance of rain.", "not a term"),
    ("It is 99% certain.", "chance in numbers"),
    ("They put the probability at 80 percent.", "chance in numbers"),
    ("They put the likelihood at 3 in 4.", "chance in numbers"),
])
def test_each_rule_catches_its_planted_violation(sentence, rule):
    assert [rule in f.rule for f in yardstick.faults(sentence, "icd203")] == [True]


@pytest.mark.parametrize("sentence", [
    "It is likely (55–80%) to rise.", "The ministry wrote “likely” and “probably”.", "Six origins agree. Confidence is low.",
    "Its grade is “probably true”, and `likely` is a column.",
    "There is a roughly even chance (45–55%) of it.", "The share is 0.5 (90% interval 0.2 to 0.8).", "No likelihood is given.",
    "Of those read in Marle 12% were certain of it."])
def test_what_keeps_to_the_yardstick_or_is_quoted_passes(sentence):
    assert yardstick.faults(sentence, "icd203") == []


def test_a_term_of_one_yardstick_is_none_of_the_other():
    assert yardstick.faults("There is a realistic possibility (40–50%) of it. It is probably (55–75%) so.", "phia") == []
    assert yardstick.faults("It is probably (55–75%) so.", "icd203")


def test_the_line_is_named_and_an_unknown_yardstick_refused():
    assert yardstick.faults("One.\n\nIt may be. It is likely so.", "icd203")[0].line == 3
    with pytest.raises(InputError, match="icd203, phia"):
        yardstick.terms("tarot")
