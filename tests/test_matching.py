import pytest
from evidence import claim, evidence_of, sources, statement

from helpers import gazetteer, matching, retelling, tables


def verdicts(found):
    return dict(zip(found.statement_id, found.verdict))


def only(c, s):
    return matching.match([c], evidence_of(s), "2031-05-10").iloc[0]


def test_a_claim_matches_the_statement_that_it_repeats():
    assert only(claim(), statement("a")).verdict == "match"


@pytest.mark.parametrize("field, value", [("population", "nurses"), ("rate", "per_day"), ("place", "Orle"),
                                          ("stance", "deny"), ("measure", "attended")])
def test_what_counts_something_else_is_not_compared(field, value):
    found = matching.match([claim(place="Marle", low=47.0)], evidence_of(statement("a", place="Marle") | {field: value}))
    assert found.empty if field == "measure" else found.verdict[0] == "not comparable" and field in found.reason[0]


TOLD = {"population": "nurses", "rate": "per_day", "place": "Orle", "period_end": "2031-05-03"}


@pytest.mark.parametrize("field", TOLD)
def test_the_very_number_of_the_source_that_is_named_ties_what_else_was_changed_but_confirms_nothing(field):
    said = evidence_of(statement("a", place="Marle") | {field: TOLD[field], "period_start": "2031-05-02"})
    c = claim(place="Marle", **{} if field == "period_end" else {"period_start": "2031-05-02"})
    if field == "period_end":
        c = c._replace(period_start="2031-05-06")
    found = matching.match([c], said, "2031-05-10").iloc[0]
    assert found.verdict == "match" and found.agrees == "" and "told otherwise" in found.reason
    [change] = retelling.trace([c], said, {"c1": "a"}).query("step == 0").field
    assert change == field.removesuffix("_end")
    assert only(c._replace(source_id="~reports", family=""), statement("a", place="Marle") | {
        field: TOLD[field], "period_start": "2031-05-02"}).verdict == "not comparable"
    two = matching.match([c], evidence_of(
        statement("a", place="Marle") | {field: TOLD[field], "period_start": "2031-05-02"},
        statement("b", place="Marle", period_start=c.period_start)), "2031-05-10")
    assert verdicts(two) == {"a": "not comparable", "b": "match"}


def test_of_two_fields_that_differ_nothing_ties_the_claim():
    assert only(claim(place="Marle"), statement("a", place="Orle", population="nurses")).verdict == "not comparable"
    assert only(claim(low=4.0, place="Marle", population=""), statement("a", low=4, place="Orle")).verdict == "not comparable"


def test_another_period_is_not_compared_but_a_total_that_holds_it_is():
    march = {"period_start": "2031-03-01", "period_end": "2031-03-07"}
    assert only(claim(low=47.0), statement("a", **march)).verdict == "not comparable" and only(claim(), statement("a", **march)).agrees == ""
    assert only(claim(), statement("a", period_start="", period_end="2031-05-31")).period == "contained"


def test_the_past_week_told_two_days_later_is_the_same_week():
    assert only(claim(period_start="2031-05-03", period_end="2031-05-09"), statement("a")).period == "near"


def test_since_a_day_told_some_days_apart_is_the_same_time():
    since = [{"period_start": "2029-01-01", "period_end": end} for end in ("2031-05-09", "2031-05-04", "2030-05-04")]
    assert only(claim(**since[0]), statement("a", **since[1])).period == "near"
    assert only(claim(**since[0]), statement("a", **since[2])).period == "contained"


def test_what_was_said_after_the_text_cannot_be_what_it_relays_but_is_evidence():
    found = matching.match([claim()], evidence_of(statement("late", said_on="2031-05-20"), statement("near", low=41)),
                           "2031-05-10")
    assert verdicts(found) == {"near": "match", "late": "candidate"}
    assert found.set_index("statement_id").agrees["late"] == "yes"


def test_equally_good_statements_are_ambiguous_and_traced_only_to_a_common_root():
    apart = matching.match([claim(source_id="~reports")], evidence_of(
        statement("a"), statement("b", source="Field Survey")))
    assert set(apart.verdict) == {"ambiguous"} and matching.best(apart) == {}
    joined = matching.match([claim(source_id="~reports", measure="killed")], evidence_of(
        statement("a"), statement("b", source="Marle Echo", retells="a", measure="killed"),
        statement("c", source="Echo Mirror", retells="a", measure="killed")))
    assert verdicts(joined) == {"b": "ambiguous", "c": "ambiguous", "a": "candidate"}
    assert matching.best(joined) == {"c1": "b"}


def test_a_relay_that_carries_the_named_source_fits_better_than_a_colleague_of_that_source():
    found = matching.match([claim(source_id="ministry", low=1500.0)], evidence_of(
        statement("root", low=1524, high=1524, bound="about"), statement("m", source="Health Ministry", low=1523, high=1523,
                                                                        bound="mean", retells="root"),
        statement("p", source="Marle Echo", low=1500, retells="m"),
        statement("g", source="Governor", low=1500, high=1500, bound="mean")))
    assert verdicts(found)["p"] == "match" and matching.best(found) == {"c1": "p"}


def test_a_denial_is_set_beside_the_last_known_word_of_its_own_actor():
    denial = claim(stance="deny", source_id="ministry", low=float("nan"), period_start="", period_end="")
    silent = {"low": "", "bound": ""}
    found = matching.match([denial], evidence_of(
        statement("old", source="Governor", stance="deny", said_on="2031-04-01", **silent),
        statement("new", source="Marle Echo", stance="no_comment", said_on="2031-05-07", **silent),
        statement("else", source="Field Survey", stance="deny", said_on="2031-05-08", **silent)), "2031-05-10")
    assert verdicts(found) == {"new": "match", "old": "candidate", "else": "not comparable"}


def test_a_total_that_runs_on_after_the_text_does_not_confirm_its_undated_number():
    undated = claim(period_start="", period_end="")
    assert only(undated, statement("a", period_start="", period_end="2031-05-09")).agrees == "yes"
    assert only(undated, statement("a", period_start="", period_end="2031-09-30")).agrees == "partly"


def test_the_mean_of_a_longer_time_says_nothing_of_one_week_in_it():
    weekly = claim(rate="per_day")
    assert only(weekly, statement("a", rate="per_day", period_start="2031-01-01", low=5, high=5)).agrees == "unknown"


def test_an_amount_without_a_number_or_a_place_that_the_ledger_does_not_give_is_never_confirmed():
    vague = {"low": float("nan"), "bound": ""}
    assert only(claim(kind="event", **vague), statement("a")).agrees == "yes"
    assert only(claim(kind="quantity", **vague), statement("a")).agrees == "partly"
    assert only(claim(kind="event", place="Orle", **vague), statement("a")).agrees == "partly"


def test_a_claim_in_the_authors_own_voice_without_a_number_relays_nobody():
    found = only(claim(kind="event", source_id="author", low=float("nan")), statement("a", low="", bound=""))
    assert found.verdict == "candidate" and found.agrees == "yes"


@pytest.mark.parametrize("fields, agrees", [
    ({}, "yes"), ({"low": 42, "high": 42, "bound": ""}, "yes"),
    ({"low": 10, "high": 10, "bound": ""}, "no"),                                      # like for like, and another number
    ({"low": 30, "high": 30, "bound": "", "period_start": ""}, "no"),                  # a total over more time, yet less
    ({"low": 90, "high": 90, "bound": "", "period_start": ""}, "partly"),              # a larger total cannot confirm
    ({"low": 20, "high": 20, "bound": "", "measure": "casualties_all"}, "no"),         # more kinds of harm, yet fewer
    ({"low": 300, "bound": "over", "measure": "killed"}, "partly"),                    # fewer kinds of harm: a floor
    ({"low": 10, "high": 10, "bound": "", "period_start": "", "period_end": ""}, "unknown"),  # no dates: not like for like
])
def test_agreement_is_asked_like_for_like_and_totals_only_bound(fields, agrees):
    assert only(claim(), statement("a", **fields)).agrees == agrees


def test_what_is_opinion_rejected_uncommitted_or_a_mere_cause_is_not_compared():
    row = {"claim_id": "c1", "start": 0, "end": 1, "paragraph": 1, "chain": "author", "measure": "killed", "kind": "event", "status": "proposed", "factuality_source": "CT+"}
    kept = [row, row | {"claim_id": "c2", "kind": "opinion"}, row | {"claim_id": "c3", "status": "rejected"},
            row | {"claim_id": "c4", "measure": ""}]
    found = matching.scoped(tables.frame("claims", kept), tables.empty("quantities"), sources())
    assert [c.claim_id for c in found] == ["c1"]


def test_an_empty_ledger_gives_nothing_to_compare_with_and_no_error():
    assert matching.match([claim()], evidence_of()).empty


def test_of_several_numbers_in_a_claim_the_one_that_a_statement_fits_is_compared():
    both = [claim(low=45680.0), claim(low=1523.0, rate="per_day")]
    evidence = evidence_of(statement("a", low=1523, high=1523, bound="mean", rate="per_day"))
    assert matching.settled(both, evidence)[0].rate == "per_day"
    assert matching.settled(both, evidence_of())[0].low == 45680


def test_a_number_of_nobody_knows_whom_is_tied_to_a_statement_only_by_its_source():
    assert only(claim(population="", source_id="~reports"), statement("a")).verdict == "candidate"
    assert "only the number ties" in only(claim(population="", source_id="~reports"), statement("a")).reason
    assert only(claim(population="", low=90.0, source_id="~reports"), statement("a")).verdict == "not comparable"
    assert only(claim(population="", source_id="~reports"), statement("a")).agrees == "unknown"
    assert only(claim(population=""), statement("a")).verdict == "match"
    assert only(claim(population="", source_id="~reports"), statement("a", population="")).verdict == "match"


@pytest.mark.parametrize("tie", [{"source_id": "hospital"}, {"population": "patients"}, {"place": "Marle"},
                                 {"proposition": "Twelve died of the fever from the river"}])
def test_what_every_ledger_counts_is_compared_only_where_both_name_something_in_common(tie):
    said = statement("a", measure="killed", low=9, high=9, bound="", period_start="", period_end="", place="Marle",
                     paraphrase="Nine have died of a fever that the river brought")
    fire = {"measure": "killed", "low": 12.0, "population": "", "place": "", "source_id": "~brigade", "period_start": "",
            "period_end": "", "proposition": "Twelve died when the barn burned down"}
    found = only(claim(**fire), said)
    assert found.verdict == "not comparable" and "nothing that both name" in found.reason and found.agrees == ""
    assert only(claim(**fire | tie), said).verdict != "not comparable"
    refused = matching.not_compared([claim(**fire)], evidence_of(said))
    assert refused[["reason", "statements"]].values.tolist() == [["subject", 1]]


@pytest.mark.parametrize("told, agrees", [("Patients died of the wrong dose", "partly"), ("Patients have died", "yes"),
                                          ("Patients died of the fever", "yes")])
def test_an_event_is_said_by_a_statement_of_all_of_it_and_not_by_one_that_mentions_a_part(told, agrees):
    bare = claim(kind="event", measure="killed", low=float("nan"), bound="", proposition=told)
    assert only(bare, statement("a", measure="killed", paraphrase="Forty dead of the fever")).agrees == agrees


def test_a_denial_by_nobody_in_particular_is_tied_to_no_ones_position():
    denial = claim(stance="deny", source_id="~unnamed", low=float("nan"), period_start="", period_end="")
    assert only(denial, statement("a", source="Marle Echo", stance="no_comment", low="", bound="")).verdict == "candidate"


NOBODY = {"kind": "event", "low": float("nan"), "bound": "", "polarity": "neg", "source_id": "ministry"}


@pytest.mark.parametrize("fields, said, agrees", [
    ({"measure": "wounded"}, {"measure": "wounded", "low": 12, "high": 12, "bound": ""}, "no"),
    ({"measure": "wounded", "population": "", "place": "Orle"},
     {"measure": "wounded", "low": 12, "high": 12, "bound": "", "place": "Orle"}, "no"),
    ({"measure": "wounded"}, {"measure": "wounded", "low": 0, "high": 0, "bound": ""}, "yes"),
    ({}, {"measure": "killed", "low": 3, "high": 3, "bound": ""}, "no"),                 # neither killed nor wounded
    ({"measure": "wounded"}, {"measure": "killed", "low": 3, "high": 3, "bound": ""}, "unknown"),  # who died was not hurt only
    ({"measure": "wounded"}, {"measure": "wounded", "population": "patients", "place": "Orle", "low": 12}, "no"),
    ({"measure": "wounded", "population": "night patients"}, {"measure": "wounded", "low": 12}, "unknown"),
    ({"measure": "cows_stolen", "population": "cows"}, {"measure": "cows stolen", "population": "cow", "low": 12}, "no"),
])
def test_that_nobody_was_hurt_never_confirms_that_some_were(fields, said, agrees):
    found = only(claim(**NOBODY | fields), statement("a", **said))
    assert found.agrees == agrees and found.verdict in ("candidate", "match")
    assert found.verdict != "match" or agrees == "yes"


def test_a_number_that_is_said_not_to_be_so_does_not_confirm_it():
    assert only(claim(polarity="neg"), statement("a")).agrees == "no"
    assert only(claim(polarity="neg"), statement("a", low=900)).agrees == "unknown"


def test_a_count_of_some_is_contradicted_by_a_count_of_none():
    assert only(claim(), statement("a", low=0, high=0, bound="")).agrees == "no"


@pytest.mark.parametrize("source_id", ["mirror", "hospital"])
def test_a_denial_finds_its_own_word_whether_or_not_its_house_has_a_family(source_id):
    name = {"mirror": "Echo Mirror", "hospital": "Marle Hospital"}[source_id]
    denial = claim(stance="deny", source_id=source_id, low=float("nan"), period_start="", period_end="")
    assert only(denial, statement("a", source=name, stance="deny", low="", bound="")).verdict == "match"
    assert only(denial, statement("a", source="Marle Echo", stance="deny", low="", bound="")).verdict == (
        "match" if source_id == "hospital" else "candidate")


def test_what_no_measure_names_is_set_beside_the_same_in_words_and_settled_by_them_only_with_its_source():
    said = statement("a", measure="well_contaminated", population="", low="", bound="", period_start="", period_end="",
                     paraphrase="A cracked sewage pipe fouled the well", qualifier="likely")
    c = claim(kind="cause", measure="", population="", low=float("nan"), bound="", period_start="", period_end="",
              proposition="the well was fouled by a cracked pipe")
    found = matching.match([c], evidence_of(said))
    assert "in words: crack, foul, pipe, well" in found.reason[0] and "score" in found.reason[0]
    assert found.verdict[0] == "match" and matching.best(found) == {"c1": "a"}
    assert list(retelling.trace([c], evidence_of(said), {"c1": "a"}).query("step == 0").field) == ["hedge"]
    assert only(c._replace(source_id="~reports", family=""), said).verdict == "candidate"
    much = said | {"paraphrase": f"{said['paraphrase']}, the mayor kept silent and three schools had closed before anybody asked"}
    some = matching.match([c], evidence_of(much))
    assert some.verdict[0] == "ambiguous" and matching.best(some) == {}
    twice = matching.match([c], evidence_of(said, said | {"statement_id": "b", "place": "Marle"}))
    assert set(twice.verdict) == {"ambiguous"} and matching.best(twice) == {}
    assert matching.match([c._replace(proposition="the mayor resigned in March")], evidence_of(said)).empty


def test_the_one_number_that_a_source_gave_is_what_another_number_of_it_was_made_of():
    said = statement("a", low=41, high=41, bound="", place="Marle")
    c = claim(low=410.0, high=410.0, bound="", place="Marle")
    assert only(c, said).verdict == "match" and only(c, said).agrees == "no"
    assert list(retelling.trace([c], evidence_of(said), {"c1": "a"}).query("step == 0").field) == ["magnitude"]
    two = matching.match([c], evidence_of(said, said | {"statement_id": "b", "low": 55, "high": 55}))
    assert set(two.verdict) == {"candidate"}
    total = said | {"period_start": ""}
    assert only(c._replace(period_start="", period_end=""), total).verdict == "candidate"  # it may have grown since
    assert only(c._replace(source_id="~reports", family=""), said).verdict == "candidate"


def test_names_meet_without_case_plural_and_underscore():
    c = claim(measure="cow stolen", population="Farm")
    assert only(c, statement("a", measure="cows_stolen", population="farms")).verdict == "match"
    closed = claim(kind="event", measure="close", population="bridge", low=float("nan"), bound="")
    assert only(closed, statement("a", measure="bridge_closures", population="", low="", bound="")).measure == "equal"


def test_the_reason_shows_the_score_behind_a_rank():
    found = matching.match([claim()], evidence_of(statement("a"), statement("b", low=41)))
    scores = [int(reason.rsplit("score ", 1)[1]) for reason in found.reason]
    assert scores == sorted(scores, reverse=True) and scores[0] > scores[1]


@pytest.mark.parametrize("number", [40.0, 90.0])
def test_either_end_of_a_range_is_its_number(number):
    said = statement("a", low=40, high=90, bound="between")
    assert only(claim(low=number, high=number, bound="", population=""), said).verdict == "match"
    assert only(claim(low=60.0, high=60.0, bound=""), said).magnitude != "equal"


@pytest.mark.parametrize("words, place", [
    ("40 patients in Orle died", "Orle"), ("40 residents of Orle", "Orle"), ("40 Orle nurses", "Orle"),
    ("near northern Marle", "Marle"), ("at the Orle Hospital", ""), ("moved to Orle", ""), ("Orle’s nurses", ""),
    ("in Marle's wards", "Marle"), ("cases of Orle fever among residents of Marle", "Marle"), ("the orle in marle", ""),
    ("", ""), ("in \ud800 of \u202e", "")])
def test_a_place_that_only_the_ledger_knows_is_read_from_the_claims_words(words, place):
    assert gazetteer.find(words, gazetteer.known(["Orle, Marle", "Marle"])) == place
    assert gazetteer.find(words, {}) == ""


def test_each_number_takes_the_place_beside_it():
    words = "12 died in Orle and 30 in Marle"
    row = {"claim_id": "c1", "start": 5, "end": 5 + len(words), "exact": words, "paragraph": 1, "chain": "author > hospital",
           "measure": "killed", "kind": "quantity", "status": "proposed", "factuality_source": "CT+"}
    numbers = [{"claim_id": "c1", "start": 5 + words.index(n), "end": 7 + words.index(n), "exact": n, "low": int(n), "high": int(n),
                "measure": "killed"} for n in ("12", "30")]
    found = matching.placed(matching.scoped(tables.frame("claims", [row]), tables.frame("quantities", numbers), sources()),
                            evidence_of(statement("a", place="Orle"), statement("b", place="Marle")))
    assert [(c.low, c.place) for c in found] == [(12, "Orle"), (30, "Marle")]


def test_a_press_releases_own_voice_is_its_publishers_word_and_a_papers_is_not():
    row = {"claim_id": "c1", "start": 0, "end": 1, "exact": "x", "paragraph": 1, "chain": "author", "measure": "killed",
           "kind": "event", "status": "proposed", "factuality_source": "CT+"}
    claims = tables.frame("claims", [row])

    def voice(publisher):
        [c] = matching.scoped(claims, tables.empty("quantities"), sources(), publisher)
        return c.source_id, c.family
    assert voice("the Health Ministry") == ("ministry", "government")
    assert voice("Marle Echo") == voice("") == voice("digest by friends of the Health Ministry") == ("author", "")


@pytest.mark.parametrize("words, measure", [
    ("The ministry handed out 3,000 meals every day", "per_day"), ("3,000 meals were handed out daily in Orle", "per_day"),
    ("3,000 meals were handed out a day later", ""), ("3,000 readers of the daily Echo", "")])
def test_a_rate_that_stands_apart_from_its_number_is_read(words, measure):
    row = {"claim_id": "c1", "start": 0, "end": len(words), "exact": words, "paragraph": 1, "chain": "author", "measure": "fed",
           "kind": "quantity", "status": "proposed", "factuality_source": "CT+"}
    at = words.index("3,000")
    number = {"claim_id": "c1", "start": at, "end": at + 5, "exact": "3,000", "low": 3000, "high": 3000, "measure": "fed"}
    [c] = matching.scoped(tables.frame("claims", [row]), tables.frame("quantities", [number]), sources())
    assert c.rate == measure


def test_what_will_be_done_is_the_announcement_that_its_source_made_and_else_a_prediction():
    ahead = claim(stance="predict", measure="laid_off", low=300.0, high=300.0, bound="")
    said = evidence_of(statement("a", measure="announced_layoff", low=300, high=300, bound=""))
    assert (matching.announced(ahead, said).measure, matching.announced(ahead, said).stance) == ("announced_layoff", "assert")
    other = evidence_of(statement("a", source="Field Survey", measure="announced_layoff", low=300, high=300, bound=""))
    assert matching.announced(ahead, other) == ahead and matching.announced(claim(), said).stance == "assert"


def test_a_denial_relays_no_word_that_its_actor_said_only_after_the_text():
    denial = claim(stance="deny", source_id="ministry", low=float("nan"), period_start="", period_end="")
    silent = {"low": "", "bound": "", "source": "Governor"}
    said = evidence_of(statement("n", stance="no_comment", said_on="2031-05-04", **silent),
                       statement("d", stance="deny", said_on="2031-05-20", **silent))
    found = matching.match([denial], said, "2031-05-10")
    assert verdicts(found) == {"n": "match", "d": "candidate"}
    assert list(retelling.trace([denial], said, matching.best(found)).query("step == 0").field) == ["stance"]
