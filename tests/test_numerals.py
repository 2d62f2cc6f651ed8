"""Numbers as they are written: their value, their ends, their unit; before any sentence is parsed."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import numerals, units


def found(text):
    return [(n.words, n.low, n.high, n.unit) for n in numerals.find(text)]


@pytest.mark.parametrize("words, value", [
    ("two and a half million", 2_500_000), ("a hundred and fifty", 150), ("4 hundred million", 4e8), ("½", 0.5),
    ("2½", 2.5),
    ("1⁄8", 0.125),
    ("2.5×10^6", 2.5e6), ("2.5×10−6", 2.5e-6), ("minus 7", -7), ("-7", -7), ("$-3.5bn", -3.5e9),
    (".5", 0.5), ("two-thirds", 2 / 3), ("a quarter", 0.25), ("half", 0.5), ("several hundred", 200),
    ("a few dozen", 24)])
def test_a_number_may_be_a_fraction_negative_or_vague(words, value):
    assert numerals.value(words) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("text, words, low, unit", [
    ("a 64GB card", "64", 64, "GB"), ("winds of 120mph", "120", 120, "mph"), ("a 10-day fast", "10", 10, "day"),
    ("a 5-year-old girl", "5", 5, "year of age"), ("an 18 month-old boy", "18", 18, "month of age"),
    ("a 37m tall mast", "37m", 37, "m"), ("37m passengers", "37m", 37e6, ""), ("$1.2m in cash", "$1.2m", 1.2e6, "USD"),
    ("US $5", "US $5", 5, "USD"), ("US-$5", "US-$5", 5, "USD"), ("HK$5", "HK$5", 5, "HKD"),
    ("5 Australian dollars", "5", 5, "AUD"),
    ("1,200€", "1,200", 1200, "EUR"), ("CHF 40", "CHF 40", 40, "CHF"), ("£3bn", "£3bn", 3e9, "GBP"),
    ("40 square metres", "40", 40, "m²"), ("40 sq m", "40", 40, "m²"), ("90 km/h", "90", 90, "km/h"),
    ("90 kilometres per hour", "90", 90, "km/h"), ("3 per cent", "3", 3, "%"), ("3pc", "3", 3, "%"),
    ("3 percentage points", "3", 3, "percentage point"), ("50 basis points", "50", 50, "basis point"),
    ("minus 70 degrees Celsius", "minus 70", -70, "°C"), ("120C", "120", 120, "°C"), ("0.3 ml", "0.3", 0.3, "ml"),
    ("40 tonnes", "40", 40, "tonne"), ("6 kWh", "6", 6, "kWh"), ("two p", "two", 2, ""),
    ("a 500-square-foot flat", "500", 500, "square foot"), ("a 20-fold rise", "20", 20, "times"),
    ("plus or minus 3 points", "3", 3, "point"), ("the 4x100m relay", None, None, None), ("5A", None, None, None)])
def test_a_unit_stands_at_its_number_glued_spaced_or_hyphened(text, words, low, unit):
    assert found(text) == ([(words, low, None, unit)] if words else [])


@pytest.mark.parametrize("text, low, high, unit", [
    ("between 5% and 6%", 5, 6, "%"), ("from 3.4% to 1.9%", 3.4, 1.9, "%"), ("5-10W", 5, 10, "W"),
    ("3-5 km", 3, 5, "km"),
    ("$40 to $45", 40, 45, "USD"), ("$4 to $6 million", 4e6, 6e6, "USD"), ("three or four weeks", 3, 4, "week"),
    ("three or four dozen", 36, 48, ""), ("two to three thousand", 2000, 3000, ""), ("5-6,000", 5000, 6000, ""),
    ("from 20 mpg in 2011 to 29 mpg", 20, 29, "mpg"), ("from 12 beds a year ago to 40", 12, 40, ""),
    ("several hundred", 200, 999, ""), ("a few dozen", 24, 99, "")])
def test_two_ends_are_one_range(text, low, high, unit):
    assert [row[1:] for row in found(text)] == [(low, high, unit)]


@pytest.mark.parametrize("text, values", [
    ("40 and 50", [40, 50]), ("3 cents to $2.24", [3, 2.24]), ("rose 3 cents to 45 cents", [3, 45]),
    ("4.5% to 23", [4.5, 23]), ("by $3 to $9", [3, 9]), ("five and six", [5, 6]), ("110 yen to 1 euro", [110, 1])])
def test_a_change_and_the_level_it_led_to_are_two_numbers(text, values):
    assert [n.low for n in numerals.find(text)] == values


@pytest.mark.parametrize("text, share", [
    ("a third of them", 1 / 3), ("two-thirds majority", 2 / 3), ("half the staff", 0.5), ("three quarters of it", 0.75),
    ("one in five nurses", 0.2), ("3 out of 10 nurses", 0.3), ("shrank by a fifth", 0.2)])
def test_a_share_is_a_number_below_one(text, share):
    assert [(n.low, n.kind) for n in numerals.find(text)] == [(pytest.approx(share), "share")]


@pytest.mark.parametrize("text", ["the second half of May", "a third person", "the third of May", "won 6-3", "a 4x4",
                                  "24/7", "10:30"])
def test_ordinals_scores_and_times_are_none(text):
    assert [n for n in numerals.find(text) if n.kind == "share" or n.high is not None] == []


def test_three_in_five_weeks_is_no_share():
    assert [n.kind for n in numerals.find("It met three in five weeks.")] != ["share"]


def test_what_a_number_is_per_stands_beside_it():
    assert units.per("$5 a share", 2) == (10, "share") and units.per("40 cents per litre", 8) == (18, "litre")
    assert units.per("$5 a year earlier", 2) == (2, "")


@given(st.text(alphabet="0123456789.,-–/%$€½⁄×^ abcdehikmnoprstuyAHKMRUS\u00a0'", max_size=60))
def test_any_text_has_numbers_within_it_in_no_disorder(text):
    for n in numerals.find(text):
        assert 0 <= n.start <= n.first < n.last <= n.end <= len(text) and text[n.first:n.last] == n.words


def test_a_part_by_which_something_moved_keeps_its_bound():
    from helpers import proposals
    for text, low, high, bound in (("Shares plunged by as much as a fifth.", None, 0.2, "at_most"),
                                   ("Sales fell by more than half of the total.", 0.5, None, "over")):
        [q] = proposals.propose(text).quantities.itertuples()
        assert (q.low if q.low == q.low else None, q.high if q.high == q.high else None, q.bound) == (low, high, bound)


def test_a_condition_is_no_report_of_what_follows_from_it():
    from helpers import proposals
    claims = proposals.propose("If no buyer is found the mill will close in June.").claims
    assert set(claims.chain) == {"author"} and set(claims.factuality_author) == {"Uu"}
