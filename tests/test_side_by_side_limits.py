"""A number that is told without its bound, its duration or what it is a part of, and a denial of another thing, are changes."""
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import comparing, in_words, limits, proposals, tables

REST = "The mayor of Ulm opened a fair on Monday. Two clowns juggled knives."


def changes(a, b):
    a, b = (proposals.propose(f"{t} {REST}", "2033-03-05") for t in (a, b))
    found = comparing.compare(a, b, tables.empty("sources"), "2033-03-05", "2033-03-05")
    return {(r.field, r.direction) for r in found.retellings.itertuples()}


@pytest.mark.parametrize("old, new, direction", [
    ("Up to 60 people were on the ferry.", "60 people were on the ferry.", "stronger"),
    ("At least 40 guests were in the hall, the police said.", "40 guests were in the hall, the police said.", "weaker"),
    ("The police put the crowd at about 8,000.", "The police put the crowd at 8,000.", "stronger")])
def test_a_lost_bound_is_told_whatever_is_counted(old, new, direction):
    assert changes(old, new) == {("bound", direction)} and changes(old, old) == set()
    back = {"stronger": "weaker", "weaker": "stronger"}[direction]
    assert changes(new, old) == {("bound", back)}


@pytest.mark.parametrize("old, new, field", [
    ("The repair cost 3 million euros over two years.", "The repair cost 3 million euros.", "period"),
    ("The fund lent 5 million crowns for ten years.", "The fund lent 5 million crowns.", "period"),
    ("30% of 200 tested trains had faults.", "30% of trains had faults.", "population"),
    ("Half of the 12 samples held lead, the laboratory said.", "Half of the samples held lead, the laboratory said.",
     "population")])
def test_a_lost_duration_or_base_claims_more_and_an_added_one_is_no_change(old, new, field):
    assert changes(old, new) == {(field, "stronger")}
    assert changes(old, old) == changes(new, old) == set()


def test_a_limit_that_another_sentence_tells_is_not_lost():
    assert changes("The repair cost 3 million euros over two years.",
                   "The repair cost 3 million euros. It took 2 years in all.") == set()


def test_another_duration_is_another_period_and_no_other_number_too():
    assert changes("The plant will cut 300 jobs over three years.", "The plant will cut 300 jobs over five years.") == {
        ("period", "other")}


@pytest.mark.parametrize("old, new", [
    ("Halder Works denied knowing of corrosion on the bridge.", "Halder Works denied that the bridge was unsafe."),
    ("Mayor Ilse Tarn denied taking money from the builder.", "Mayor Ilse Tarn denied meeting the builder."),
    ("The ministry declined to comment on the closure of the school.",
     "The ministry declined to comment on the dismissal of the teacher.")])
def test_another_thing_under_a_denial_is_a_change(old, new):
    assert changes(old, new) == {("measure", "other")} and changes(old, old) == set()


@pytest.mark.parametrize("old, new", [
    ("Halder Works denied knowing of corrosion on the bridge.", "Halder Works denied that it was aware of corrosion on the bridge."),
    ("Mayor Ilse Tarn denied taking money from the builder.", "Mayor Ilse Tarn denied that she had taken money from the builder.")])
def test_a_denial_in_other_words_is_none(old, new):
    assert changes(old, new) == set()


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_a_limit_stands_in_the_words_and_whatever_they_hold_is_data(words):
    said = in_words.Passage(f"30% of 200 {words} over two years")
    for limit in (*limits.durations(said), *limits.bases(said)):
        assert limit.words.split()[0] in said.words and limits.lost((limit,), (limit,), frozenset()) is None


@pytest.mark.parametrize("old, new, change", [
    ("About 620 of our 800 drivers stayed at home.", "About 620 drivers stayed at home.", ("population", "stronger")),
    ("Of 40 wells that were tested, 12 were fouled.", "Twelve wells were fouled.", ("population", "stronger")),
    ("Some 1,900 homes in Vall and Lund were dark.", "Some 1,900 homes in Vall were dark.", ("place", "other")),
    ("Buyers will get their money back within three weeks.", "Buyers will get their money back.", ("period", "stronger")),
    ("The office is considering a fine on the maker of the stove.", "The office has imposed a fine on the maker of the stove.",
     ("stance", "other")),
    ("His lawyer did not respond to a request for an answer.", "His lawyer rejected the accusation.", ("stance", "stronger"))])
def test_what_another_wording_hides_is_found(old, new, change):
    assert {f for f, _ in changes(old, new)} == {change[0]} and changes(old, old) == set()


@pytest.mark.parametrize("old, new", [
    ("Police are investigating a fire at the office in Vel.", "Police are investigating an arson at the office in Vel."),
    ("In all 30 passengers were treated for bruises at the clinic.", "In all 30 passengers were treated for fractures at the clinic.")])
def test_one_word_for_another_in_the_same_sentence_is_a_change(old, new):
    assert changes(old, new) == {("measure", "other")} and changes(old, old) == set()


@pytest.mark.parametrize("old, new", [
    ("In all 30 passengers were injured in the storm on the bay.", "In all 30 passengers were hurt in the storm on the bay."),
    ("The house in Mill Street was sold to a baker from Vel.", "The house in Mill Street was bought by a baker from Vel who sold it."),
    ("The mill said that it would hire more men from the town.", "The mill stated that it would hire more men from the town.")])
def test_other_words_for_the_same_are_none(old, new):
    assert not {f for f, _ in changes(old, new)} & {"measure", "population"}


def test_those_who_are_counted_told_without_their_age_are_more():
    assert changes("A nurse gave the drops to 1,200 women aged over 60 in Vel.", "A nurse gave the drops to 1,200 women in Vel.") == {
        ("population", "weaker")}


def test_a_heading_names_nobody_and_that_is_no_change_of_source():
    a = "Two sheds burnt at the mill, chief Ann Ro said.\n\nA cow ran off."
    b = "Two sheds burnt at the mill\n\nTwo sheds burnt at the mill, chief Ann Ro said. A cow ran off."
    one, two = proposals.propose(a), proposals.propose(b)
    assert comparing.compare(one, two, tables.empty("sources"), text_a=a, text_b=b).retellings.empty


@pytest.mark.parametrize("old, new", [
    ("A new line is expected to start in October. It cost 22 million crowns.",
     "In October a new line, which cost 22 million crowns, should start."),
    ("The mayor promised to rebuild the mill within two years.", "The mayor pledged that the mill would be rebuilt within two years."),
    ("The builder did not respond to requests for comment.", "The builder could not be reached for comment."),
    ("The owner, Brand Mills, denied that the pumps had been switched off.",
     "Brand Mills, which owns the pumps, rejected claims that they had been turned off.")])
def test_a_faithful_retelling_in_other_words_changes_nothing(old, new):
    assert changes(old, new) == set()


def test_a_denial_by_another_is_another_source_and_not_a_word_for_another():
    assert changes("The district vet ruled out a danger to people.", "The mayor ruled out a danger to people.") == {
        ("source", "other")}


def test_a_heading_that_leaves_a_number_out_changes_nothing():
    a = "Between 30 and 35 birds died at Lindow Zoo last week, the zoo said."
    b = f"Birds died at Lindow Zoo\n\n{a}"
    one, two = proposals.propose(a), proposals.propose(b)
    assert comparing.compare(one, two, tables.empty("sources"), text_a=a, text_b=b).retellings.empty


@pytest.mark.parametrize("old, new, field", [
    ("Unless it rains, the festival will open on Friday.", "The festival will open on Friday.", "hedge"),
    ("The mill will close if no buyer is found, the owner said.", "The mill will close, the owner said.", "hedge"),
    ("The fund will pay 3 million crowns provided the council agrees.", "The fund will pay 3 million crowns.", "hedge")])
def test_a_condition_that_was_dropped_is_a_doubt_that_was_dropped(old, new, field):
    assert changes(old, new) == {(field, "stronger")}
    assert changes(old, old) == set()


@pytest.mark.parametrize("old, new", [
    ("Talks with the union are continuing.", "Talks with the union have ended."),
    ("The council approved the plan on Monday.", "The council rejected the plan on Monday."),
    ("Rents in the town rose last year.", "Rents in the town fell last year.")])
def test_a_word_that_says_the_contrary_is_another_measure(old, new):
    assert ("measure", "other") in changes(old, new)
    assert changes(old, old) == set()
