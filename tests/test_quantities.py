"""A number with its bound, and what it counts: of whom, what happened to them, how often, when and where."""
import pytest

from helpers import language, numerals, periods, populations, proposals, quantities
from helpers.paths import InputError


def counts(text, published="2023-06-15"):
    memory = populations.Memory()
    return [(p.view[q.start:q.end], q) for p in language.passages(text)
            for q in quantities.find(p, text, published, memory)]


def one(text, **kwargs):
    found = counts(text, **kwargs)
    assert len(found) == 1, [words for words, _ in found]
    return found[0][1]


@pytest.mark.parametrize("words, value", [
    ("300", 300), ("45,680", 45680), ("1.2m", 1_200_000), ("3.5 million", 3_500_000), ("12k", 12_000), ("2bn", 2e9),
    ("seven", 7), ("forty-two", 42), ("two hundred and six", 206), ("a dozen", 12), ("half a million", 500_000),
    ("three thousand five hundred", 3500), ("two dozen", 24), ("hundreds", 200),
    ("tens of thousands", 20_000), ("hundreds of thousands", 200_000),
    ("tens of millions", 20_000_000),
    ("$40", 40), ("no number", None)])
def test_digits_and_words_mean_a_number(words, value):
    assert numerals.value(words) == value


@pytest.mark.parametrize("words, low, high, bound", [
    ("over 300", 300, None, "over"), ("more than 300", 300, None, "over"), ("exceeding 300", 300, None, "over"),
    ("at least 300", 300, None, "at_least"), ("no fewer than 300", 300, None, "at_least"),
    ("up to 300", None, 300, "at_most"), ("no more than 300", None, 300, "at_most"),
    ("fewer than 300", None, 300, "under"), ("approximately 300", 300, 300, "about"), ("some 300", 300, 300, "about"),
    ("300 or more", 300, None, "at_least"), ("300", 300, 300, "exact"), ("between 200 and 300", 200, 300, "between"),
    ("200 to 300", 200, 300, "between"), ("200-300", 200, 300, "between"), ("hundreds of", 200, None, "at_least")])
def test_a_bound_word_says_which_end_is_open(words, low, high, bound):
    q = one(f"The mill employs {words} weavers.")
    assert (q.low, q.high, q.bound, q.population) == (low, high, bound, "weaver")


@pytest.mark.parametrize("sentence, measure, population", [
    ("At least 40 miners were killed when the shaft flooded.", "killed", "miner"),
    ("At least 40 miners died when the shaft flooded.", "killed", "miner"),
    ("At least 40 miners were killed or injured when the shaft flooded.", "killed_or_wounded", "miner"),
    ("The blast killed or wounded 40 miners.", "killed_or_wounded", "miner"),
    ("The union expects 40 weavers to be laid off.", "laid_off", "weaver"),
    ("Police arrested 40 demonstrators.", "arrested", "demonstrator"),
    ("Police arrested or charged 40 demonstrators.", "arrested_or_charged", "demonstrator"),
    ("Some 40 miners were killed, injured or captured.", "casualties_all", "miner"),
    ("Some 40 miners are injured or missing.", "wounded_or_missing", "miner"),
    ("Some 40 miners are dead or missing.", "killed_or_missing", "miner"),
    ("The clinic counted 40 suspected cases.", "suspected_case", ""),
    ("The clinic counted 40 confirmed cases.", "confirmed_case", ""),
    ("The brigade suffered 40 casualties.", "casualties_unspecified", "brigade"),
    ("French troops suffered 40 casualties.", "casualties_unspecified", "France"),
    ("The ministry will deploy 40 French engineers.", "deployed", "France"),
    ("About 40 weavers demonstrated.", "protested", "weaver"),
    ("About 40 weavers demonstrated the loom.", "demonstrate", "weaver"),
    ("The storm left 40 homes flooded.", "flood", "home"),
    ("The storm left 40 homes without power.", "", "home"),
    ("The town has 40 schools.", "", "school"),
    ("The count passed the 1,000 mark.", "pass", ""),
    ("The clinic keeps 40 record cards.", "keep", "record card"),
    ("Turnout was 61%.", "attended", ""), ("Damage was put at $45 million.", "damage", ""),
    ("Some 40 miners are in custody.", "detained", "miner"),
    ("Some 40 weavers are on short time.", "on_short_time", "weaver"),
    ("There are 40 wells out of use.", "out_of_use", "well"),
    ("Some 40 homes remain without power.", "without_power", "home"),
    ("Some 40 miners were in the hall.", "in_hall", "miner"), ("There were 40 patients in the ward.", "in_ward", "patient"),
    ("At most 40 boats were aboard.", "aboard", "boat"), ("At least 40 pupils were ill.", "ill", "pupil"),
    ("Prices at 40 shops were high.", "", "shop"),
    ("The 40 men were able to leave.", "", "man"), ("The miners were 40 in number.", "", ""),
    ("The mill employs 40 weavers.", "employ", "weaver")])
def test_what_is_counted_comes_from_the_clause(sentence, measure, population):
    q = one(sentence)
    assert (q.measure, q.population) == (measure, population)


@pytest.mark.parametrize("words, low, high", [
    ("10 to 12 million", 10_000_000, 12_000_000), ("$200 to $4 million", 200, 4_000_000),
    ("1.5 to 2 million", 1.5e6, 2e6)])
def test_a_scale_is_shared_only_where_it_can_be(words, low, high):
    q = one(f"The fund paid {words}.")
    assert (q.low, q.high) == (low, high)


def test_two_numbers_beside_each_other_keep_their_own_measures():
    found = counts("The ward counted 17 deaths and 40 injuries. The storm killed 3 sailors and wounded 5 fishermen.")
    assert [(w, q.measure) for w, q in found] == [
        ("17", "killed"), ("40", "wounded"), ("3", "killed"), ("5", "wounded")]


def test_whoever_inflicts_losses_does_not_bear_them():
    assert one("Japan inflicted 300 casualties.").population == ""


@pytest.mark.parametrize("words, rate", [
    ("900 cases daily", "per_day"), ("900 cases a day", "per_day"), ("900 cases per week", "per_week"),
    ("900 cases each month", "per_month"), ("900 cases", ""), ("900 cases a day after the fair", "")])
def test_a_rate_stands_beside_its_number(words, rate):
    assert one(f"The town reports {words}.").rate == rate


@pytest.mark.parametrize("words, first, last", [
    ("in the past week", "2023-06-08", "2023-06-15"), ("last week", "2023-06-08", "2023-06-15"),
    ("over the past three days", "2023-06-12", "2023-06-15"), ("last month", "2023-05-01", "2023-05-31"),
    ("yesterday", "2023-06-14", "2023-06-14"), ("on Monday", "2023-06-12", "2023-06-12"),
    ("since 2 June", "2023-06-02", "2023-06-15"), ("in December", "2022-12-01", "2022-12-31"),
    ("in March 2021", "2021-03-01", "2021-03-31"), ("on 5 May 2021", "2021-05-05", "2021-05-05"),
    ("on May 5, 2021", "2021-05-05", "2021-05-05"), ("in 2019", "2019-01-01", "2019-12-31"),
    ("this year", "2023-01-01", "2023-06-15"), ("in the past 24 hours", "2023-06-14", "2023-06-15")])
def test_a_period_is_counted_back_from_the_day_of_publication(words, first, last):
    q = one(f"More than 300 workers were hired {words}.")
    assert (q.period.first, q.period.last) == (first, last)


def test_without_a_day_of_publication_a_relative_period_keeps_only_its_words():
    q = one("More than 300 workers were hired in the past week.", published="")
    assert (q.period.words, q.period.first, q.period.last) == ("in the past week", "", "")


def test_a_day_that_does_not_exist_has_no_days():
    assert [(p.first, p.last) for p in periods.find("on 31 February 2020", "2023-06-15")] == [("", "")]


def test_a_published_day_that_is_none_is_refused():
    with pytest.raises(InputError, match="June"):
        periods.find("yesterday", "15 June")


@pytest.mark.parametrize("text", [
    "The mill closed in 1987.", "It opened on 3 May 2021.", "Article 5 was amended.", "Covid-19 spread.",
    "They met at 10:30 am.", "1. Wash the jars.", "The F-16 landed.", "She won 6-3.", "One of them left.",
    "On Friday it rained.", "The Boeing 737 landed."])
def test_years_dates_times_labels_and_names_are_no_counts(text):
    assert counts(text) == []


def test_a_number_of_four_digits_that_counts_somebody_is_no_year():
    assert one("Some 2000 marchers came.").low == 2000


def test_units():
    assert one("The fund lost $1.2m.").unit == "USD"
    assert one("Prices rose 3.5 per cent.").unit == "%"
    assert one("The road is 40 km long.").unit == "km"


def test_a_place_is_named_by_the_list_or_by_itself():
    assert one("More than 300 shops closed in Madrid.").place == "Madrid"
    assert one("More than 300 shops closed in the Donetsk oblast.").place == "Donetsk region"


@pytest.mark.parametrize("sentence, place", [
    ("Turnout in Lenz was 61%.", "Lenz"), ("Near Tollen, 12 cars were swept away.", "Tollen"),
    ("Residents of Ardle lost 40 homes.", "Ardle"), ("Voters in Dorvik cast 400 ballots in March.", "Dorvik"),
    ("In Kettering Vale 30 barns burned.", "Kettering Vale"),
    ("Confidence in Smith fell 3%.", ""), ("Shares in Novalink fell 3%.", ""), ("They lost 40 homes in March.", ""),
    ("They sold 40 books in English.", ""), ("The mother of Anna Brandt lost 40 euros.", ""),
    ("Tamm lost 40 votes, and voters' trust in Tamm fell.", "")])
def test_a_place_is_what_is_named_like_one(sentence, place):
    assert counts(sentence)[0][1].place == place


def test_an_earlier_number_s_day_is_not_the_later_one_s():
    found = proposals.propose("Turnout was 61 percent, down from 68 percent in 2019.").quantities
    assert list(zip(found["low"], found["period_start"])) == [(61.0, ""), (68.0, "2019-01-01")]


def test_two_small_numbers_before_what_they_count_are_no_hours():
    found = proposals.propose("The storm sank between 40 and 60 boats.").quantities
    assert list(zip(found["low"], found["high"], found["bound"])) == [(40.0, 60.0, "between")]


@pytest.mark.parametrize("sentence, low, bound, rate", [
    ("The hospital took in an average of 90 patients a day.", 90, "mean", "per_day"),
    ("An average of 90 a day were admitted.", 90, "mean", "per_day"),
    ("On average 90 patients were admitted each day.", 90, "mean", "per_day"),
    ("Daily cases averaged 400 in June.", 400, "mean", "per_day"),
    ("Every day 40 families arrive at the camp.", 40, "exact", "per_day"),
    ("Each week the plant lays off 12 weavers.", 12, "exact", "per_week"),
    ("The strike cost the port $3 million, said the monthly bulletin.", 3e6, "exact", ""),
    ("Some 40 people were at the daily briefing.", 40, "about", ""),
    ("Above-average rain drowned 40 sheep.", 40, "exact", "")])
def test_a_mean_and_a_rate_are_told_from_a_count(sentence, low, bound, rate):
    q = one(sentence)
    assert (q.low, q.bound, q.rate) == (low, bound, rate)


def test_a_rate_behind_a_comma_is_not_the_number_s():
    assert [q.rate for _, q in counts("Up to 200mm of rain fell in six hours, twice the monthly average.")] == ["", ""]


@pytest.mark.parametrize("sentence, low", [
    ("The death toll was put at 11.", 11), ("The toll stands at 45, with some still missing.", 45),
    ("The police put the crowd at 12.", 12)])
def test_what_something_is_put_at_is_no_hour(sentence, low):
    assert one(sentence).low == low


def test_a_share_and_what_it_is_a_share_of_are_both_counted():
    found = counts("Fewer than half of the 20,000 displaced have returned.")
    assert [(q.low, q.high, q.bound, q.unit, q.measure) for _, q in found] == [
        (None, 0.5, "under", "share", "displaced"), (20000, 20000, "exact", "displaced", "displaced")]


@pytest.mark.parametrize("text, words, rate", [
    ("Weekly sales at 40 shops fell.", "40", ""), ("In 40 shops prices rose 3% a week.", "40", ""),
    ("In 40 shops prices rose 3% a week.", "3%", "per_week"), ("The 40 shops face weekly inspections.", "40", ""),
    ("The 30 mines pay daily fines of 200 crowns.", "30", ""), ("The 30 mines pay daily fines of 200 crowns.", "200", "per_day"),
    ("There were daily losses of 40 men.", "40", "per_day"), ("She visits 40 farms twice a week.", "40", ""), ("The port handles 12 weekly ferries.", "12", "per_week"),
    ("Asthma struck 12 per 100,000.", "12", "per_100000")])
def test_a_rate_belongs_to_the_number_that_it_is_said_of(text, words, rate):
    assert {said: q.rate for said, q in counts(text)}[words] == rate


@pytest.mark.parametrize("text, words, period", [
    ("The mill, which opened in 2019, has since then lost 300 weavers.", "300", "since then"),
    ("The school, founded in 1950, has 4,000 pupils.", "4,000", ""),
    ("If the dam breaks in 2030, 40,000 farmers would be hurt.", "40,000", ""),
    ("The 40 bakers hired in 2019 have left.", "40", "in 2019"),
    ("When the plant closed in 2019, 300 weavers left.", "300", "in 2019"),
    ("The town will pay 3 million euros over two years.", "3 million euros", "over two years"),
    ("The plant will shed 300 jobs within five years.", "300", "within five years"),
    ("She walked 300 miles in 12 days.", "300 miles", "in 12 days"),
    ("Over five years, the levy will raise 3 million euros.", "3 million euros", "Over five years"),
    ("The judge jailed 12 men for two years.", "12", "")])
def test_a_period_is_that_of_what_was_counted_in_it(text, words, period):
    q = {said: q for said, q in counts(text)}[words]
    assert (q.period.words if q.period else "") == period


@pytest.mark.parametrize("text, part, whole", [
    ("In tests, 30% of 200 tested trains failed.", "fail", "test"),
    ("Some 12% of the 400 nurses polled had resigned.", "resign", "poll"),
    ("Half of the 60 wells are dry.", "dry", ""), ("Three of the town's 12 lifts stalled.", "stall", ""),
    ("A tenth of the 200 guests who were aboard fell ill.", "fall", ""),
    ("Sixty percent of the 90 samples taken were clean.", "clean", "take"), ("A third of 900 voters stayed at home.", "stay", "")])
def test_what_befell_a_share_did_not_befall_the_whole(text, part, whole):
    (_, share), (_, all_) = counts(text)
    assert (share.measure, all_.measure, share.population) == (part, whole, all_.population)


@pytest.mark.parametrize("text, measures", [
    ("Of the 200 trains tested, 30% failed.", ["test", "fail"]), ("Of 1,200 bolts checked, 14 were loose.", ["check", "loose"])])
def test_a_whole_that_stands_first_says_who_is_counted(text, measures):
    (_, all_), (_, some) = counts(text)
    assert [all_.measure, some.measure] == measures and some.population == all_.population


@pytest.mark.parametrize("text, measure, population", [
    ("The number of stranded walkers was 40.", "", "walker"), ("The number of arrests rose to 40.", "arrested", ""),
    ("Over 300 weavers came.", "come", "weaver"), ("Some 300 weavers have left already.", "leave", "weaver")])
def test_what_is_counted_is_never_the_count(text, measure, population):
    q = one(text)
    assert (q.measure, q.population) == (measure, population)


@pytest.mark.parametrize("text, measures", [
    ("Output has fallen by a third to 0.8m.", ["fall", "output"]), ("Profit rose by a quarter to 1.2bn.", ["rise", "profit"]),
    ("Sales rose to 40k.", ["sale"])])
def test_the_scale_of_a_number_is_nothing_that_is_counted(text, measures):
    assert [q.measure for _, q in counts(text)] == measures


def test_a_ship_is_no_deployment():
    assert "deployed" not in set(proposals.propose("About 12 ships were delayed last week. The port shipped 40 engines.").claims.measure[:1])
