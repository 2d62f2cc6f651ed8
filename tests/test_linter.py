"""Each rule of the linter catches what is planted, and lets pass a fair sentence that stands near it."""
import pytest

from helpers import linter, tables

PAIRS = [
    ("not a term", "It is probably so.", "Its ceiling is “probably true”."),
    ("without its range", "The count is likely to rise.", "The count is likely (55–80%) to rise."),
    ("share a sentence", "It is likely (55–80%), with high confidence.", "It is likely (55–80%). Confidence in the count is low."),
    ("without its source", "The bridge was reportedly closed.", "The mayor called it “reportedly closed” (M01)."),
    ("turned into our likelihood", "The mayor said “perhaps”, so it is likely (55–80%) that the bridge is closed.",
     "The mayor said “perhaps” (M01). That the bridge is closed is likely (55–80%), for two counts agree."),
    ("on whose word", "It is believed that the bridge is closed.", "It is believed by the mayor (M01) that the bridge is closed."),
    ("on whose word", "The bridge is said to be closed.", "The bridge is said to be closed by the mayor (M01)."),
    ("speaks of many", "Officials say that the bridge is closed (M01).", "Officials say that the bridge is closed (M01, M02)."),
    ("speaks of many", "According to local reports the bridge is closed.", "According to the mayor (M01) the bridge is closed."),
    ("makes several of one source", "Marle Clinic were warned in May.", "Marle Clinic and Orle Clinic were warned in May."),
    ("not a term", "It seems that the clinic knew.", "The clinic said that it knew (M01)."),
    ("not a term", "It may be true.", "It may rest on the same count."),
    ("is filler", "Unsurprisingly the pump failed.", "The pump failed."),
    ("is filler", "It should be noted that the bridge is closed.", "The note says that the bridge is closed."),
    ("an adjective", "The mayor gave a devastating count.", "The mayor gave a “devastating” count."),
    ("words in one sentence", " ".join(["The mayor counted boats"] + ["and then more boats"] * 12) + ".",
     " ".join(["The mayor counted boats."] + ["Then he counted more boats."] * 12)),
]


@pytest.mark.parametrize("rule, planted, fair", PAIRS, ids=[f"{n} {p[0]}" for n, p in enumerate(PAIRS)])
def test_each_rule_catches_what_is_planted_and_lets_the_fair_sentence_pass(rule, planted, fair):
    found = linter.faults(f"# A heading\n\n{planted}", "icd203", ["Marle Clinic", "Orle Clinic"])
    assert [rule in f.rule for f in found] == [True] and found[0].line == 3 and found[0].sentence.strip()
    assert linter.faults(fair, "icd203", ["Marle Clinic", "Orle Clinic"]) == []


def test_what_people_write_is_named_by_file_row_and_column_and_may_keep_to_either_yardstick(tmp_path):
    rows = [{"subject": "c1", "exact": "x", "grade": "3", "reason": reason, "graded_by": "N", "graded_on": "2031-06-01"}
            for reason in ("There is a realistic possibility (40–50%) of it.", "Fine. Sources say so.")]
    file = tables.write("judgements", tables.frame("judgements", rows), tmp_path / "marle.csv")
    [fault] = linter.written("judgements", file)
    assert "marle.csv, row 3, column 'reason': “Sources say so.”: 'Sources say'" in fault


@pytest.mark.parametrize("odd", ["", "|", "“", "](", "(((((" * 50, "\u202e\x00", "a" * 5000])
def test_odd_strings_raise_nothing(odd):
    assert isinstance(linter.faults(odd, "phia"), list)
