"""An outbreak, a demonstration, layoffs, a trial: every number with its bound, change, unit and scope."""
import pytest

from helpers import language, populations, quantities

# words: low, high, bound, change, unit, population, measure, rate, period
OUTBREAK = [
    ("At least 12 people have died of cholera in Harare since 2 June.",
     "At least 12", 12, None, "at_least", "", "people", "people", "killed", "", "since 2 June"),
    ("Cases rose by 30 percent last week to 4,200.",
     "30 percent", 30, 30, "exact", "up", "%", "", "rise", "", "last week"),
    ("Between 300 and 400 patients a day are being tested.",
     "Between 300 and 400", 300, 400, "between", "", "patient", "patient", "test", "per_day", ""),
    ("A third of the infected are children.",
     "A third", 1 / 3, 1 / 3, "exact", "", "share", "", "confirmed_case", "", ""),
    ("Two of every five beds were empty.", "Two of every five", 0.4, 0.4, "exact", "", "share", "bed", "empty", "", ""),
    ("The ministry expects 300 doses to arrive.", "300", 300, 300, "exact", "", "dose", "dose", "arrive", "", ""),
    ("One in five nurses has tested positive.",
     "One in five", 0.2, 0.2, "exact", "", "share", "nurse", "confirmed_case", "", ""),
    ("The fatality rate fell from 3.4% to 1.9%.",
     "from 3.4% to 1.9%", 1.9, 3.4, "between", "down", "%", "", "fall", "", ""),
    ("Dozens of villagers were vaccinated.",
     "Dozens", 24, None, "at_least", "", "villager", "villager", "vaccinate", "", ""),
    ("The ministry bought vials at $3 a dose.", "$3", 3, 3, "exact", "", "USD per dose", "", "buy", "", ""),
    ("A 7-year-old girl was treated.", "7-year-old", 7, 7, "exact", "", "year of age", "", "", "", ""),
    ("Infections are up nearly 12%.", "nearly 12%", None, 12, "under", "up", "%", "", "confirmed_case", "", ""),
    ("The clinic counted several hundred confirmed cases.",
     "several hundred", 200, 999, "between", "", "case", "", "confirmed_case", "", ""),
    ("The vaccine is kept at minus 70 degrees Celsius.",
     "minus 70 degrees Celsius", -70, -70, "exact", "", "°C", "", "keep", "", ""),
]
DEMONSTRATION = [
    ("About 15,000 people gathered.",
     "About 15,000", 15000, 15000, "about", "", "people", "people", "attended", "", ""),
    ("As many as 40,000 teachers marched on Saturday.",
     "As many as 40,000", None, 40000, "at_most", "", "teacher", "teacher", "protested", "", "on Saturday"),
    ("Tens of thousands marched through Lisbon.",
     "Tens of thousands", 20000, None, "at_least", "", "", "", "protested", "", ""),
    ("Some 37 protesters were arrested.", "Some 37", 37, 37, "about", "", "protester", "protester", "arrested", "", ""),
    ("Officers fired tear gas for more than three hours.",
     "more than three hours", 3, None, "over", "", "hour", "", "fire", "", ""),
    ("Some 200 officers fired tear gas.",
     "Some 200", 200, 200, "about", "", "officer", "officer", "fired_weapon", "", ""),
    ("A crowd of 5-6,000 students rallied.",
     "5-6,000", 5000, 6000, "between", "", "student", "student", "protested", "", ""),
    ("Two in three respondents backed the march.",
     "Two in three", 2 / 3, 2 / 3, "exact", "", "share", "respondent", "back", "", ""),
    ("Hundreds of students threw stones and 14 officers were injured.",
     "14", 14, 14, "exact", "", "officer", "officer", "wounded", "", ""),
    ("The march covered just over 3 km.", "over 3 km", 3, None, "over", "", "km", "", "cover", "", ""),
    ("Some 20 students were hurt and at least 6 arrested.",
     "at least 6", 6, None, "at_least", "", "", "", "arrested", "", ""),
    ("One of the marchers was hurt.", "One", 1, 1, "exact", "", "marcher", "marcher", "wounded", "", ""),
    ("It was one of the largest rallies ever.", "one", 1, 1, "exact", "", "rally", "", "", "", ""),
    ("A 24-hour strike followed.", "24-hour", 24, 24, "exact", "", "hour", "", "follow", "", ""),
]
LAYOFFS = [
    ("The company will dismiss up to 1,500 clerks.",
     "up to 1,500", None, 1500, "at_most", "", "clerk", "clerk", "laid_off", "", ""),
    ("The firm laid off nearly a quarter of its employees.",
     "nearly a quarter", None, 0.25, "under", "", "share", "employee", "laid_off", "", ""),
    ("Shares fell 4.5% to $23.10.", "4.5%", 4.5, 4.5, "exact", "down", "%", "", "fall", "", ""),
    ("Shares fell 4.5% to $23.10.", "$23.10", 23.1, 23.1, "exact", "", "USD", "", "fall", "", ""),
    ("The bill came to between $40 million and $45 million.",
     "between $40 million and $45 million", 40e6, 45e6, "between", "", "USD", "", "bill", "", ""),
    ("Revenue grew 6 per cent in March 2021.", "6 per cent", 6, 6, "exact", "up", "%", "", "grow", "", "in March 2021"),
    ("The workforce will shrink by a fifth.", "a fifth", 0.2, 0.2, "exact", "down", "share", "", "shrink", "", ""),
    ("The 11-member board resigned.", "11", 11, 11, "exact", "", "member", "member", "resign", "", ""),
    ("The plant loses $12,000 a day.", "$12,000", 12000, 12000, "exact", "", "USD", "", "lose", "per_day", ""),
    ("Wages fell by more than £2,000 ($2,500).", "$2,500", 2500, None, "over", "down", "USD", "", "fall", "", ""),
    ("The mill paid 40 cents per kilo.", "40 cents", 40, 40, "exact", "", "cent per kilogram", "", "pay", "", ""),
    ("The staff shrank from 4,100 in 2019 to 2,900 last year.",
     "from 4,100 in 2019 to 2,900", 2900, 4100, "between", "down", "", "", "shrink", "", "last year"),
    ("Orders dropped from 208 to 193.", "from 208 to 193", 193, 208, "between", "down", "", "", "drop", "", ""),
]
TRIAL = [
    ("The judge sentenced him to eight years.", "eight years", 8, 8, "exact", "", "year", "", "sentence", "", ""),
    ("The jury convicted her on three counts of fraud.",
     "three", 3, 3, "exact", "", "count", "count", "convicted", "", ""),
    ("He stole more than $4.7 million over a five-year period.",
     "more than $4.7 million", 4.7e6, None, "over", "", "USD", "", "steal", "", ""),
    ("He stole more than $4.7 million over a five-year period.",
     "five-year", 5, 5, "exact", "", "year", "", "steal", "", ""),
    ("The jury deliberated for six and a half hours.",
     "six and a half hours", 6.5, 6.5, "exact", "", "hour", "", "deliberate", "", ""),
    ("Fewer than 40 witnesses testified.",
     "Fewer than 40", None, 40, "under", "", "witness", "witness", "testify", "", ""),
    ("The jury heard 40 witnesses over nine weeks.", "nine weeks", 9, 9, "exact", "", "week", "", "hear", "", ""),
    ("The strike lasted over nine weeks.", "over nine weeks", 9, None, "over", "", "week", "", "last", "", ""),
    ("Two of the defendants fled.", "Two", 2, 2, "exact", "", "defendant", "defendant", "displaced", "", ""),
    ("He hid 40 grams of gold.", "40 grams", 40, 40, "exact", "", "g", "gold", "hide", "", ""),
    ("Two years later, the verdict was quashed.", "Two years", 2, 2, "exact", "", "year", "", "", "", ""),
    ("The accused, aged 41, wept.", "41", 41, 41, "exact", "", "year of age", "", "", "", ""),
    ("The fine was cut by 20%.", "20%", 20, 20, "exact", "down", "%", "", "cut", "", ""),
]


def read(sentence):
    return {p.view[q.start:q.end]: q for p in language.passages(sentence)
            for q in quantities.find(p, sentence, "2023-06-15", populations.Memory())}


@pytest.mark.parametrize("sentence, words, low, high, bound, change, unit, population, measure, rate, period",
                         OUTBREAK + DEMONSTRATION + LAYOFFS + TRIAL)
def test_a_number_is_read_with_all_that_scopes_it(sentence, words, low, high, bound, change, unit, population,
                                                  measure, rate, period):
    q = read(sentence)[words]
    assert (q.low, q.high, q.bound, q.change) == (pytest.approx(low), pytest.approx(high), bound, change)
    assert (q.unit, q.population, q.measure, q.rate) == (unit, population, measure, rate)
    assert (q.period.words if q.period else "") == period


@pytest.mark.parametrize("sentence", [

       "Call 020 7946 0018 for the results.", "The clinic is at 12 Mill Lane.", "The hearing opens at 9.30am.",
    "She won 3-2.", "She hit 9-of-17.",
    "Witness 3 wept.", "Ward 7 is closed.", "They drove a Volvo 240.", "It ran from 2014 to 2017.", "By 2120 it ends.",
    "The second half of the trial began.", "They helped one another.", "No one came.", "It was a one-off.",
    "2. Dry the jars.", "The court sits in room 12.", "The club is among the top two."])
def test_labels_addresses_times_and_ranks_count_nothing(sentence):
    assert read(sentence) == {}


@pytest.mark.parametrize("sentence, aside", [
    ("A 7-year-old girl was treated.", True), ("It was one of the largest rallies ever.", True),
    ("Two years later, the verdict was quashed.", True), ("The strike lasted two years.", False),
    ("One of the marchers was hurt.", False)])
def test_what_is_said_in_passing_is_marked(sentence, aside):
    assert [q.aside for q in read(sentence).values()] == [aside]


@pytest.mark.parametrize("sentence, units", [
    ("Sales reached 3m units.", ["unit"]), ("The mast is 37m tall.", ["m"]), ("It weighs 193 pounds.", ["pound"]),
    ("It costs 193 pounds.", ["GBP"]), ("It was 4.7 last year.", [""]),
    ("The bank moved it by a quarter of a percentage point.", ["percentage point"])])
def test_a_unit_that_could_be_two_things_is_settled_by_the_sentence(sentence, units):
    assert [q.unit for q in read(sentence).values()] == units


@pytest.mark.parametrize("sentence, change", [
    ("The fund made up 30% of it.", ""), ("The army lost 40 sons.", ""), ("The bank lost 40 euros.", "down"),
    ("Prices went up 3%.", "up"), ("Prices are 3% higher.", "up"), ("Prices fell to 3%.", ""), ("Profit: +3%.", "up"),
    ("Sales were down 2%, and orders by 3%.", "down"), ("They dropped two bombs.", ""),
    ("Oil rose 84 cents, or 1.1%.", "up"),
    ("The number of homeless rose from 3 to 5 million.", "up"), ("It takes from 3 to 5 days.", ""),
    ("They raised the fee by $5.", "up"), ("The plant loses $40 a day.", ""), ("Jobs fell by 300.", "down")])
def test_only_an_amount_of_change_has_a_direction(sentence, change):
    assert list(read(sentence).values())[-1].change == change


ELECTION = [
    ("Turnout in Lenz was 61% on Sunday.", "61%", 61, 61, "exact", "", "%", "", "attended", "", "on Sunday"),
    ("By Monday 4,200 ballots had been cast.", "4,200", 4200, 4200, "exact", "", "ballot", "ballot", "cast", "",
     "By Monday"),
    ("Okoro led by 4,200 votes.", "4,200", 4200, 4200, "exact", "", "vote", "vote", "lead", "", ""),
]
FLOOD = [
    ("The storm left 300 homes flooded.", "300", 300, 300, "exact", "", "home", "home", "flood", "", ""),
    ("At least 19 villagers are dead or missing.", "At least 19", 19, None, "at_least", "", "villager", "villager",
     "killed_or_missing", "", ""),
    ("An average of 12 families a week lost their homes between January and March.", "An average of 12", 12, 12,
     "mean", "", "family", "family", "lose", "per_week", "between January and March"),
]


@pytest.mark.parametrize("sentence, words, low, high, bound, change, unit, population, measure, rate, period",
                         ELECTION + FLOOD)
def test_a_number_of_an_election_or_a_flood_too(sentence, words, low, high, bound, change, unit, population, measure,
                                                rate, period):
    test_a_number_is_read_with_all_that_scopes_it(sentence, words, low, high, bound, change, unit, population,
                                                  measure, rate, period)
