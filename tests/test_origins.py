import csv

import pandas as pd
from evidence import claim, evidence_of, statement

from helpers import ledger, matching, origins, paths, tables


def behind(*rows, **fields):
    evidence = evidence_of(*rows)
    return origins.of_claims(matching.match([claim(**fields)], evidence), evidence)


def test_ten_outlets_that_relay_one_official_are_one_origin():
    found = behind(statement("a"), *(statement(f"r{n}", source="Marle Echo", retells="a") for n in range(10)))
    assert len(found) == 1 and found.mentions[0] == 11 and "retell a" in found.why[0]


def test_two_offices_of_one_house_are_one_origin_and_say_why():
    found = behind(statement("a", source="Health Ministry"), statement("b", source="Governor"))
    assert len(found) == 1 and "one family: Health Ministry" in found.why[0] and found.party_to_event[0] == "yes"


def test_two_houses_are_two_origins_and_both_known():
    found = behind(statement("a"), statement("b", source="Field Survey"))
    assert list(found.independent) == ["yes", "yes"]


def test_an_outlet_without_a_family_is_not_known_to_be_independent():
    assert list(behind(statement("a", source="Marle Echo")).independent) == ["unknown"]


def test_a_number_that_is_anothers_to_the_unit_is_proposed_as_one_origin_but_a_round_one_is_not():
    same = behind(statement("a", low=1354, high=1354), statement("b", source="Field Survey", low=1354, high=1354,
                                                               said_on="2031-05-09"), low=1354.0)
    assert sorted(same.independent) == ["unknown", "yes"] and same.why.str.contains("to the unit").sum() == 1
    round_ = behind(statement("a", low=1000, high=1000), statement("b", source="Field Survey", low=1000, high=1000),
                    low=1000.0)
    assert list(round_.independent) == ["yes", "yes"]


def test_a_house_that_relays_anothers_count_on_the_subject_is_not_known_to_be_independent_of_it():
    found = behind(statement("a", low=41), statement("b", source="Health Ministry", low=44, said_on="2031-05-09"),
                   statement("c", source="Governor", retells="a", low=41, said_on="2031-05-09"))
    assert dict(zip(found.origin_family, found.independent)) == {"hospital": "yes", "government": "unknown"}
    assert found.why.str.contains("c relays a").any()


def test_an_origin_says_what_its_root_says_not_what_its_relays_make_of_it():
    found = behind(statement("a"), statement("b", source="Marle Echo", retells="a", measure="killed"), measure="killed")
    assert list(found.agrees) == ["partly"]


def test_two_statements_of_one_source_without_a_house_are_one_origin():
    found = behind(statement("a", source="Marle Echo"), statement("b", source="Marle Echo", low=42, said_on="2031-05-09"))
    assert len(found) == 1 and found.independent[0] == "unknown" and "one source: Marle Echo" in found.why[0]


def test_one_who_names_another_as_its_source_is_no_origin_of_its_own():
    found = behind(statement("a"), statement("b", source="Field Survey", paraphrase="Over forty, citing Marle Hospital"),
                   statement("c", source="Marle Echo", qualifier="according to the hospital"))
    assert len(found) == 1 and found.mentions[0] == 3 and "b, c credit Marle Hospital" in found.why[0]
    alone = behind(statement("b", source="Marle Echo", paraphrase="Over forty, citing Marle Hospital"))
    assert list(alone.independent) == ["unknown"]  # the hospital itself is not heard


def test_two_who_credit_one_unlisted_name_are_one_origin_but_not_two_who_credit_some_officials():
    found = behind(statement("a", source="Marle Echo", paraphrase="Over forty, according to Marta Quist"),
                   statement("b", source="Field Survey", paraphrase="Over forty, Marta Quist said"))
    assert len(found) == 1 and "a, b credit marta quist, a name that sources.csv does not list" in found.why[0]
    some = behind(statement("a", source="Marle Echo", paraphrase="Over forty, according to harbour officials"),
                  statement("b", source="Field Survey", paraphrase="Over forty, harbour officials said"))
    assert len(some) == 2


def test_what_one_makes_of_a_source_it_names_does_not_speak_for_that_source():
    found = behind(statement("a", low=10, high=10, bound=""),
                   statement("b", source="Marle Echo", paraphrase="Over forty, according to the hospital"))
    assert list(found.agrees) == ["no"]


def test_a_number_that_its_source_corrected_speaks_no_more():
    said = [statement("a"), statement("b", stance="correct", low=10, high=10, bound="", said_on="2031-05-09")]
    assert list(behind(*said[:1]).agrees) == ["yes"] and list(behind(*said).agrees) == ["no"]
    other = said[1] | {"source": "Field Survey"}
    assert sorted(behind(said[0], other).agrees) == ["no", "yes"]


WEEKS = [(f"2031-05-{d:02}", f"2031-05-{d + 6:02}") for d in (1, 8, 15, 22)]


def weekly(name, source, numbers, **fields):
    return [statement(f"{name}{n}", source=source, low=number, high=number, bound="", period_start=start, period_end=end,
                      said_on=f"2031-06-0{n + 1}", **fields) for n, (number, (start, end)) in enumerate(zip(numbers, WEEKS))]


def test_numbers_that_agree_month_after_month_are_proposed_as_one_origin_with_what_was_compared():
    found = origins.proposed(evidence_of(*weekly("a", "Marle Hospital", [1354, 1271, 1523, 1500]),
                                         *weekly("b", "Field Survey", [1354, 1271, 1530, 1500])))
    assert found[["house_a", "house_b", "periods", "agreeing", "share"]].values.tolist() == [["hospital", "survey", 3, 2, 0.667]]
    assert found.statement_ids[0] == "a0;b0;a1;b1" and "in 2 of 3 periods" in found.why[0]


def test_a_mean_may_be_rounded_or_cut_but_a_count_may_not_differ():
    counts = weekly("a", "Marle Hospital", [1524]), weekly("b", "Field Survey", [1523])
    assert origins.proposed(evidence_of(*counts[0], *counts[1])).empty
    means = [r | {"rate": "per_day"} for rows in counts for r in rows]
    assert list(origins.proposed(evidence_of(*means)).agreeing) == [1]
    small = [r | {"low": r["low"] - 1300, "high": r["high"] - 1300} for r in means]  # 224 and 223: too few digits
    assert origins.proposed(evidence_of(*small)).empty


def test_a_house_confirmed_as_one_with_another_is_no_longer_proposed():
    own = weekly("a", "Health Ministry", [1354, 1271]) + weekly("b", "Governor", [1354, 1271])  # one family
    assert origins.proposed(evidence_of(*own)).empty


def test_the_british_means_are_proposed_as_the_general_staffs_counts(root):
    with (root / "data" / "raw" / "russia_personnel_daily.csv").open(encoding="utf-8", newline="") as f:
        count = {row["report_date"]: float(row["cumulative_personnel"]) for row in csv.DictReader(f)}
    run = paths.run("kursk-retelling")
    known = ledger.read(run)
    british = known[(known.source_id == "uk-mod") & (known.rate == "per_day") & (known.stance == "assert")].assign(retells="")
    counted = known[known.statement_id == "L001"].iloc[0]
    rows = []
    for start, end in zip(british.period_start, british.period_end):  # a day's losses are reported on the next
        days = pd.date_range(start, end)
        mean = (count[str((days[-1] + pd.Timedelta(days=1)).date())] - count[start]) / len(days)
        rows.append(counted.to_dict() | {"statement_id": f"G{start}", "low": mean, "high": mean, "period_start": start,
                                         "period_end": end, "said_on": end})
    table = pd.concat([british, pd.DataFrame(rows)], ignore_index=True)
    found = origins.proposed(ledger.evidence(table, tables.read("sources", run))).iloc[0]
    assert (found.house_a, found.house_b) == ("ukraine-government", "uk-government")
    assert found.periods == found.agreeing == len(rows) == 3
    stripped = known.assign(retells=known.retells.where(known.source_id != "uk-mod", ""))
    found = origins.proposed(ledger.evidence(stripped, tables.read("sources", run))).iloc[0]
    assert (found.periods, found.agreeing) == (4, 4) and "L036" in found.statement_ids and "L038" in found.statement_ids
