from evidence import claim, evidence_of, statement

from helpers import matching, origins


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
