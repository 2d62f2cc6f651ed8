"""A faithful retelling gives no drift, and one changed field exactly that drift: over invented dossiers of six fields."""
import pytest
from evidence import claim, evidence_of, statement
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import credits, drift, hedging, ledger, likeness, matching, measures, retelling, rounding, schemas, sources, whose

DOSSIERS = {  # measure, a stronger one, a weaker one, who, a part of them, where, how many
    "outbreak": ("probable_case", "confirmed_case", "suspected_case", "patients", "elderly patients", "Orle", 340),
    "demonstration": ("arrested", "charged", "detained", "marchers", "student marchers", "Velm Square", 120),
    "layoffs": ("announced_layoff", "laid_off", "at_risk", "workers", "night workers", "Torv", 2600),
    "flood": ("damaged", "destroyed", "", "homes", "wooden homes", "Lower Isk", 78),
    "election": ("polled", "voted", "registered", "residents", "rural residents", "Brenn", 4100),
    "accident": ("wounded", "killed", "", "passengers", "rail passengers", "Ketter", 52),
    "budget": ("allocated", "spent", "pledged", "crowns", "", "Sund", 90000),
    "burglary": ("cows_stolen", "", "", "farms", "hill farms", "Ulm Valley", 64),
}


def row(statement_id, field, **fields):
    measure, _, _, who, _, where, many = DOSSIERS[field]
    return statement(statement_id, measure=measure, population=who, place=where, low=many, high=many, bound="",
                     paraphrase="") | fields


def told(old: dict, new: dict) -> set[tuple[str, str]]:
    found = retelling.chains(evidence_of(old, new | {"retells": old["statement_id"]}))
    return {(r.field, r.direction) for r in found.itertuples()}


dossiers = st.sampled_from(sorted(DOSSIERS))
few = settings(max_examples=30, deadline=None)  # each makes a ledger
LIMITS = {"bound": "over", "high": ""}


@few
@given(dossiers, st.sampled_from(["", "per_day"]), st.sampled_from(["", "likely", "preliminary"]),
       st.sampled_from(schemas.STANCES), st.sampled_from([{}, LIMITS, {"bound": "about"}, {"low": "", "bound": "at_most"}]))
def test_a_faithful_retelling_gives_no_drift(field, rate, hedge, stance, bound):
    said = row("a", field, rate=rate, qualifier=hedge, stance=stance, **bound)
    assert told(said, said | {"statement_id": "b", "source": "Marle Echo", "said_on": "2031-05-09"}) == set()


def other(field: str) -> dict[str, list[tuple[dict, dict, str]]]:
    """For each field of drift: what the first says, what the retelling says instead, and the direction."""
    measure, graver, milder, who, part, _, many = DOSSIERS[field]
    found = {
        "measure": [({}, {"measure": m}, d) for m, d in ((graver, "stronger"), (milder, "weaker"), ("bells_rung", "other"))
                    if m],
        "population": [({}, {"population": p}, d) for p, d in ((part, "stronger"), ("bakers", "other")) if p]
        + [({"population": part}, {"population": who}, "weaker")] * bool(part),
        "place": [({}, {"place": "Far Hollow"}, "other"), ({"place": f"Mill Lane, {DOSSIERS[field][5]}"},
                                                           {"place": DOSSIERS[field][5]}, "other")],
        "bound": [({}, {"bound": "about"}, "weaker"), ({"bound": "about"}, {"bound": ""}, "stronger"),
                  ({"low": "", "bound": "at_most"}, {"low": many, "bound": ""}, "stronger"),
                  (LIMITS, {"bound": "", "high": many}, "weaker"), ({"bound": "mean"}, LIMITS, "stronger"),
                  ({"high": many * 3}, {"high": many}, "stronger"), ({"high": many * 3}, {"low": many * 3}, "stronger"),
                  ({"high": many * 3, "bound": "between"}, {"low": "", "bound": "at_most"}, "weaker"),
                  ({"high": many * 3, "bound": "between"}, LIMITS, "stronger"),
                  ({}, {"high": many * 3, "bound": "between"}, "weaker")],
        "magnitude": [({}, {"low": many * 2, "high": many * 2}, "stronger"), ({}, {"low": many / 2, "high": many / 2}, "weaker"),
                      ({}, {"low": "", "high": ""}, "weaker"), ({"low": "", "high": ""}, {"low": many, "high": many}, "stronger")],
        "period": [({}, {"period_start": "", "period_end": ""}, "stronger"),
                   ({}, {"period_start": "2031-04-01", "period_end": "2031-04-07"}, "other"),
                   ({"period_start": ""}, {"period_end": "2031-05-30", "period": "to date"}, "other"),
                   ({"period_start": "", "period": "to 7 May", "rate": "per_day"}, {"period_end": "", "period": "",
                                                                                  "rate": "per_day"}, "stronger")],
        "rate": [({"rate": "per_week"}, {"rate": "per_day"}, "stronger"), ({"rate": "per_day"}, {"rate": "per_month"}, "weaker"),
                 ({"rate": "per_day"}, {"rate": ""}, "weaker"), ({}, {"rate": "per_day"}, "stronger")],
        "source": [({}, {"paraphrase": "Citing the Field Survey"}, "other"),
                   ({}, {"paraphrase": "The ministry said so"}, "other"),
                   ({}, {"paraphrase": "A figure of its own", "source": "Health Ministry"}, "other")],
        "stance": [({"stance": a}, {"stance": b}, d) for a, b, d in (
            ("no_comment", "deny", "stronger"), ("deny", "evade", "weaker"), ("evade", "no_comment", "weaker"),
            ("assert", "confirm", "stronger"), ("confirm", "predict", "weaker"), ("deny", "assert", "other"))],
        "hedge": [({"qualifier": "likely"}, {"qualifier": ""}, "stronger"), ({}, {"qualifier": "unconfirmed"}, "weaker"),
                  ({"qualifier": "possibly"}, {"qualifier": "probably"}, "stronger"),
                  ({"qualifier": "probably"}, {"qualifier": "possibly"}, "weaker"),
                  ({"qualifier": "preliminary"}, {"qualifier": ""}, "stronger")],
    }
    assert set(found) == set(schemas.DRIFT_FIELDS)
    return found


CHANGES = [(f, name, *change) for f in DOSSIERS for name, changes in other(f).items() for change in changes]


def pair(n: int, dossier: str, first: dict, instead: dict) -> tuple[dict, dict]:
    said = row(f"a{n}", dossier) | first
    return said, said | {"statement_id": f"b{n}", "retells": f"a{n}", "source": "Marle Echo", "said_on": "2031-05-09"} | instead


def test_each_changed_field_gives_exactly_that_drift():
    evidence = evidence_of(*(r for n, (d, _, first, instead, _) in enumerate(CHANGES) for r in pair(n, d, first, instead)))
    found = {f"b{n}": set() for n in range(len(CHANGES))}
    for r in retelling.chains(evidence).itertuples():
        found[r.to_id].add((r.field, r.direction))
    assert [(c, found[f"b{n}"]) for n, c in enumerate(CHANGES) if found[f"b{n}"] != {(c[1], c[4])}] == []


@few
@given(dossiers, st.sets(st.sampled_from(["measure", "population", "place", "period", "rate", "hedge"])))
def test_fields_change_independently_of_each_other(dossier, names):
    alone = [next(c for c in CHANGES if c[:2] == (dossier, name) and not c[2]) for name in sorted(names)
             if any(c[:2] == (dossier, name) and not c[2] for c in CHANGES)]
    said, again = pair(0, dossier, {}, {k: v for c in alone for k, v in c[3].items()})
    found = retelling.chains(evidence_of(said, again))
    assert {(r.field, r.direction) for r in found.itertuples()} == {(c[1], c[4]) for c in alone}


@pytest.mark.parametrize("old, new, bound, same", [
    (1523, 1500, "about", True), (1523, 1500, "", True), (1589, 1500, "floor", True), (1589, 1500, "", False),
    (1510, 1600, "ceiling", True), (1523, 1000, "floor", False), (1500, 1000, "", False), (45680, 46000, "", True),
    (12, 10, "", False), (1523, 2000, "", False), (1500, 1523, "", False), (9.6, 10, "", True), (0, 0, "", False)])
def test_a_rounded_number_is_the_same_number(old, new, bound, same):
    assert rounding.rounds(old, new, bound) is same


def test_about_or_over_is_one_of_two():
    said = row("a", "flood", bound="about_or_over", high="")
    for bound, drifts in (("over", set()), ("about", set()), ("at_most", {("bound", "weaker")})):
        ends = {"low": "", "high": 78} if bound == "at_most" else {}
        assert told(said, said | {"statement_id": "b", "source": "Marle Echo", "bound": bound} | ends) == drifts


@given(st.text(max_size=12), st.text(max_size=12))
def test_a_measure_that_nobody_listed_is_compared_by_its_name_and_never_refused(a, b):
    assert measures.relation(a, a) == ("equal" if a else "unknown")
    assert measures.relation(a, b) == measures.relation(b, a)
    assert measures.direction(a, b) in schemas.DIRECTIONS
    assert likeness.members(a, a) in ("equal", "unknown") and likeness.places(a, b) == likeness.places(b, a)


@pytest.mark.parametrize("a, b", [("cows stolen", "cows_stolen"), ("Bell_Rung", "bells rung"), ("close", "closed"),
                                  ("closure", "closed"), ("quarantine", "quarantined"), ("evacuate", "evacuation"),
                                  ("deaths", "killed"), ("job losses", "laid_off"), ("Confirmed case", "confirmed_cases")])
def test_one_measure_is_met_under_each_of_its_names(a, b):
    assert measures.relation(a, b) == "equal"


def test_who_is_counted_completes_a_measures_name():
    named = statement("a", measure="cows_stolen", population="cows")
    assert told(named, named | {"statement_id": "b", "measure": "stolen"}) == set()
    assert told(named, named | {"statement_id": "b", "measure": "calves_stolen"}) == {("measure", "other")}


@pytest.mark.parametrize("a, b, relation", [
    ("worker", "Workers", "equal"), ("health_workers", "workers", "contained"), ("children", "child", "equal"),
    ("nurses and bakers", "bakers+nurses", "equal"), ("nurses", "nurses+bakers", "contained"), ("people", "nurses", "unknown"),
    ("nurses", "bakers", "differs"), ("", "", "equal")])
def test_populations_are_compared_without_case_and_number(a, b, relation):
    assert likeness.members(a, b) == likeness.members(b, a) == relation


@pytest.mark.parametrize("words, credited", [
    ("Citing the Field Survey", {"survey"}), ("According to Dr Ode, forty fell ill", {"hospital"}),
    ("The ministry said forty fell ill", {"ministry"}), ("Dr Ode and the ministry confirmed it", {"hospital", "ministry"}),
    ("From Field Survey data", {"survey"}), ("Left for home from the ministry", set()), ("Forty fell ill", set()),
    ("Officials said forty fell ill", set()), ("The survey said forty fell ill", {"survey"}),
    ("The ministry and partners put it at forty", {"ministry", credits.ONE_MORE}),
    ("Anna Velt said forty fell ill", {"~anna-velt"}), ("", set()), ("said", set()), ("according to", set())])
def test_whom_a_row_credits(words, credited):
    from evidence import sources as known
    said = next(evidence_of(statement("a", paraphrase=words)).statements[s] for s in ["a"])
    assert set(credits.of(said, sources.index(known()))) == set(said.credits) == credited


@few
@given(st.text(max_size=60))
def test_whatever_a_paraphrase_holds_is_data(words):
    evidence_of(statement("a", paraphrase=words, qualifier=words, period=words, place=words, population=words))
    said = statement("a", paraphrase=words, qualifier=words, period=words, place=words, population=words, measure=words or "x")
    assert told(said, said | {"statement_id": "b"}) <= {("source", "other")}


def test_a_relay_that_speaks_for_itself_names_its_origin_or_drifts():
    said, ministry = statement("a"), {"statement_id": "b", "source": "Health Ministry"}
    for words, drifts in (("Citing the hospital", set()), ("Forty is our own count", {("source", "other")}), ("", set())):
        assert told(said, said | ministry | {"paraphrase": words}) == drifts
    evidence = evidence_of(said, said | ministry | {"retells": "a"},
                           said | {"statement_id": "c", "source": "Marle Echo", "retells": "b", "paraphrase": "The ministry said"})
    found = retelling.chains(evidence)
    assert [(r.step, r.from_id, r.old, r.new, r.note) for r in found.itertuples()] == [
        (2, "b", "hospital", "ministry", whose.RELAY_AS_ORIGIN)]


def test_a_place_that_only_the_paraphrase_names_counts():
    said = statement("a", place="Orle", paraphrase="Forty ill")
    assert told(said, said | {"statement_id": "b", "place": "", "paraphrase": "Forty ill in Orle"}) == set()
    more = statement("z", place="Brenn", said_on="2031-01-01")
    found = retelling.chains(evidence_of(more, said, said | {
        "statement_id": "b", "retells": "a", "place": "", "paraphrase": "Forty ill in Brenn"}))
    assert [(r.field, r.old, r.new) for r in found.itertuples()] == [("place", "Orle", "Brenn")]


def test_estimated_is_an_about_and_no_doubt_and_preliminary_is_a_doubt():
    assert hedging.find("an estimated; about") == hedging.find("estimated") == frozenset()
    assert hedging.find("preliminary; more than") == {"preliminary"} and hedging.find("would; largely") == frozenset()
    said = row("a", "flood", bound="about")
    assert told(said, said | {"statement_id": "b", "bound": "", "qualifier": "an estimated"}) == set()


@given(dossiers)
def test_two_claims_are_compared_as_two_rows_are(field):
    measure, graver, _, who, *_ = DOSSIERS[field]
    a = claim(measure=measure, population=who)
    assert drift.changes(a, a._replace(claim_id="c2")) == []
    other = a._replace(measure=graver or "bells_rung", polarity="pos")
    assert [c["field"] for c in drift.changes(a, other)] == ["measure"]
    assert [(c["field"], c["old"], c["new"]) for c in drift.changes(a, a._replace(polarity="neg"))] == [
        ("stance", "assert", "assert, negated")]


def test_shares_are_of_what_is_known():
    pairs = [(claim(), claim()), (claim(), claim(measure="killed")), (claim(), claim(place="Orle"))]
    found = drift.kept(pairs).set_index("field")
    assert tuple(found.loc["measure", ["kept", "changed", "unknown"]]) == (2, 1, 0) and found.share["measure"] == 0.6667
    assert found.unknown["place"] == 3 and found.share["place"] != found.share["place"]
    assert ledger.roots({}) == {} and len(drift.kept([])) == 10


def test_a_running_total_told_without_its_day_is_no_drift_but_is_noted():
    said = claim(period_start="", period="to 7 May")
    found = drift.fields(said, said._replace(period="", period_end=""))["period"]
    assert found.state == "unknown" and "to 7 May" not in found.old and "is not told" in found.note
    assert drift.changes(said, said._replace(period="", period_end="")) == []


def test_a_total_since_a_day_runs_on_to_the_day_on_which_it_is_told():
    said = row("a", "flood", period="since 1 May")
    later = said | {"statement_id": "b", "said_on": "2031-05-20", "period_end": "2031-05-20"}
    assert told(said, later) == set()
    assert told(said | {"period": "1 to 7 May"}, later) == {("period", "other")}
    assert told(said, later | {"period_start": "2031-05-02"}) == {("period", "other")}


@pytest.mark.parametrize("relayed", ["The ministry said over forty", "Over forty, citing the Field Survey", ""])
def test_a_relay_two_steps_from_the_text_that_is_credited_with_the_number_shows_where_it_became_the_origin(relayed):
    said = [statement("a", source="Field Survey", said_on="2031-05-05"),
            statement("b", source="Health Ministry", retells="a", said_on="2031-05-06", paraphrase="Over forty, the survey said"),
            statement("c", source="Marle Echo", retells="b", said_on="2031-05-07", paraphrase=relayed, low=45)]
    evidence = evidence_of(*said)
    c = claim(source_id="ministry", low=45.0)
    best = matching.best(matching.match([c], evidence, "2031-05-10"))
    found = retelling.trace([c], evidence, best).query("field == 'source'")
    assert best == {"c1": "c"}
    assert [(r.step, r.old, r.new) for r in found.itertuples()] == [
        (0, "survey", "ministry"), (2 if "ministry" in relayed else 3, "survey", "ministry")]
