"""Periods in words, as days counted from the day of publication (a Wednesday, 15 July 2026)."""
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import periods, proposals

PUBLISHED = "2026-07-15"


@pytest.mark.parametrize("sentence, words, first, last", [
    ("By the end of 2026 the mill will cut 300 jobs.", "By the end of 2026", "", "2026-12-31"),
    ("Between 2015 and 2018 the fund bought boats.", "Between 2015 and 2018", "2015-01-01", "2018-12-31"),
    ("Since 3 March 41 nurses have left.", "Since 3 March", "2026-03-03", PUBLISHED),
    ("It lost 120 jobs in the first quarter.", "in the first quarter", "2026-01-01", "2026-03-31"),
    ("Sales fell in the last quarter of 2023.", "in the last quarter of 2023", "2023-10-01", "2023-12-31"),
    ("Sales fell in the second half of 2025.", "in the second half of 2025", "2025-07-01", "2025-12-31"),
    ("Sales fell last quarter.", "last quarter", "2026-04-01", "2026-06-30"),
    ("Q3 2024 was worse.", "Q3 2024", "2024-07-01", "2024-09-30"),
    ("From 7 to 13 April 52 cases were found.", "From 7 to 13 April", "2026-04-07", "2026-04-13"),
    ("It was shut on May 3-5.", "on May 3-5", "2026-05-03", "2026-05-05"),
    ("It was shut from 3 May to 9 June.", "from 3 May to 9 June", "2026-05-03", "2026-06-09"),
    ("It was shut from November to February.", "from November to February", "2025-11-01", "2026-02-28"),
    ("It was shut between Monday and Thursday.", "between Monday and Thursday", "2026-07-06", "2026-07-09"),
    ("In April 52 cases were found.", "In April", "2026-04-01", "2026-04-30"),
    ("In April 12 cases were found.", "In April", "2026-04-01", "2026-04-30"),
    ("The trial began on Tuesday.", "on Tuesday", "2026-07-14", "2026-07-14"),
    ("Police said Tuesday that he fled.", "Tuesday", "2026-07-14", "2026-07-14"),
    ("The firm said on Tuesday it will cut jobs.", "on Tuesday", "2026-07-14", "2026-07-14"),
    ("The firm will cut jobs on Tuesday.", "on Tuesday", "2026-07-21", "2026-07-21"),
    ("Over the weekend 14 people drowned.", "Over the weekend", "2026-07-11", "2026-07-12"),
    ("Last month it rained.", "Last month", "2026-06-01", "2026-06-30"),
    ("Profit rose in the six months to June.", "in the six months to June", "2026-01-01", "2026-06-30"),
    ("Profit rose in the year to March.", "in the year to March", "2025-04-01", "2026-03-31"),
    ("It rained in the week to 14 June.", "in the week to 14 June", "2026-06-08", "2026-06-14"),
    ("It rained in the first six months of the year.", "in the first six months of the year",
     "2026-01-01", "2026-06-30"),
    ("On 11 April 240 patients came.", "On 11 April", "2026-04-11", "2026-04-11"),
    ("It would close by the end of September.", "by the end of September", "", "2026-09-30"),
    ("The bridge will open in December.", "in December", "2026-12-01", "2026-12-31"),
    ("The bridge opened in December.", "in December", "2025-12-01", "2025-12-31"),
    ("As of 3 May, 400 were ill.", "As of 3 May", "", "2026-05-03"),
    ("After 3 May nobody was ill.", "After 3 May", "2026-05-04", ""),
    ("It has rained since the start of the year.", "since the start of the year", "2026-01-01", PUBLISHED),
    ("Prices fell in mid-2024.", "in mid-2024", "2024-01-01", "2024-12-31"),
    ("Prices fell in the 1990s.", "in the 1990s", "1990-01-01", "1999-12-31"),
    ("Prices will fall next week.", "next week", "2026-07-20", "2026-07-26")])
def test_a_period_has_the_days_that_a_reader_of_that_day_would_give_it(sentence, words, first, last):
    found = periods.find(sentence, PUBLISHED)
    assert [(p.words, p.first, p.last) for p in found] == [(words, first, last)]


@pytest.mark.parametrize("sentence", [
    "The count fell by 2012.", "He may 20 times have lied.", "They march 12 miles.", "Every Tuesday it rains.",
    "The Tuesday Club met.", "It was lost in the third quarter of the match.", "After May resigned, he left.",
    "The flood of the year left mud.", "Over the years it rotted."])
def test_what_only_looks_like_a_period_is_none(sentence):
    assert periods.find(sentence, PUBLISHED) == []


@pytest.mark.parametrize("sentence, words", [
    ("On 7 and 13 April it rained.", "On 7 and 13 April"), ("It will rain in the coming months.", "in the coming months"),
    ("It fell in the last week of May.", "in the last week of May")])
def test_a_period_without_one_reading_keeps_only_its_words(sentence, words):
    assert [(p.words, p.first, p.last) for p in periods.find(sentence, PUBLISHED)] == [(words, "", "")]


@pytest.mark.parametrize("sentence, number, words", [
    ("On 11 April 240 patients were admitted to hospital.", 240, "On 11 April"),
    ("Since 3 March 41 nurses have been dismissed.", 41, "Since 3 March"),
    ("From 7 to 13 April 52 new cases were confirmed.", 52, "From 7 to 13 April"),
    ("In April 12 marchers were arrested.", 12, "In April"),
    ("Between 1950 and 2000 people marched.", 1950, "")])
def test_a_number_beside_a_date_is_not_taken_for_a_part_of_it(sentence, number, words):
    found = proposals.propose(sentence, PUBLISHED).quantities
    assert list(zip(found.low, found.period)) == [(number, words)]


_WORDS = st.sampled_from("from between since by the end of to and in 7 31 April May 2015 2024 week six months first "
                         "quarter last next Monday weekend - , . year".split())


@given(st.lists(_WORDS, max_size=14).map(" ".join) | st.text(max_size=40), st.dates(datetime.date(1, 1, 1)))
def test_any_words_have_periods_in_order_that_lie_where_they_say(words, day):
    found = periods.find(words, day.isoformat())
    assert all(words[p.start:p.end] == p.words for p in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:]))
    assert all(not p.first or not p.last or p.first <= p.last for p in found)
