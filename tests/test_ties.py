"""What ties a claim to a statement where its words or its verb's sense are not the ledger's."""
from evidence import claim, evidence_of, statement

from helpers import matching, retelling, scoping, tables

BLANK = {"period_start": "", "period_end": "", "population": "", "low": "", "bound": ""}
NONE = {"period_start": "", "period_end": "", "bound": "", "population": "", "low": float("nan")}


def traced(c, *said):
    evidence = evidence_of(*said)
    best = matching.best(matching.match([c], evidence, "2031-05-10"))
    net = retelling.trace([c], evidence, best).query("step == 0")
    return best.get("c1"), {(r.field, r.old, r.new) for r in net.itertuples()}


def test_nearly_the_same_words_tie_what_a_verb_was_taken_for_something_else_in():
    said = statement("a", measure="idle", paraphrase="18 ships lie idle in Orle", **BLANK | {"low": 18, "high": 18})
    c = claim(measure="deployed", proposition="In Orle 18 ships lie idle", **NONE | {"low": 18.0, "high": 18.0})
    assert traced(c, said) == ("a", set())
    assert traced(c._replace(proposition="In Orle 18 ships were sent to the south in the night before the gale"), said)[0] is None


def test_a_relay_and_its_root_with_the_very_number_are_one_way_even_by_their_words():
    said = statement("a", measure="walkout", population="nurses", low=140, high=140, bound="", paraphrase="140 nurses walked out")
    c = claim(measure="walk", population="nurses", low=140.0, high=140.0, bound="", proposition="140 nurses walked out")
    assert traced(c, said, said | {"statement_id": "b", "source": "Marle Echo", "retells": "a"})[0] in ("a", "b")


def test_who_is_said_to_have_been_arrested_where_the_source_said_questioned():
    said = statement("a", measure="detained", **BLANK | {"population": "driver", "paraphrase": "the driver is held"})
    c = claim(kind="event", source_id="author", measure="arrested", names=frozenset({"hospital"}), **NONE | {"population": "driver"})
    assert traced(c, said) == ("a", {("measure", "detained", "arrested")})
    assert traced(c._replace(names=frozenset()), said)[0] is None


def test_a_pronoun_is_no_other_source_and_a_position_in_the_same_words_may_be_its_own():
    said = statement("a", stance="deny", measure="speeding", paraphrase="The bus had not been going too fast", **BLANK)
    c = claim(kind="event", stance="no_comment", source_id="~it", measure="go",
              proposition="The bus had been going too fast", **NONE)
    assert traced(c, said) == ("a", {("stance", "deny", "no_comment")})


def test_money_is_nobody_and_a_number_is_no_place():
    row = {"claim_id": "c1", "start": 0, "end": 1, "paragraph": 1, "chain": "author", "measure": "cost", "kind": "quantity",
           "status": "proposed", "factuality_source": "CT+", "population": "crowns", "place": "Brin 410"}
    [c] = scoping.scoped(tables.frame("claims", [row]), tables.empty("quantities"), tables.empty("sources"))
    assert (c.population, c.place) == ("", "Brin")


def test_a_duration_that_is_not_told_any_more_was_dropped():
    said = statement("a", measure="spent", **BLANK | {"low": 7, "high": 7, "period": "over three years"})
    c = claim(measure="spent", proposition="Seven were spent", **NONE | {"low": 7.0, "high": 7.0})
    assert traced(c, said)[1] == {("period", "over three years", "none")}
    assert traced(c._replace(proposition="Seven were spent over three years"), said)[1] == set()


def test_the_word_of_a_source_that_is_named_is_its_own_though_nobody_says_of_whom():
    said = statement("a", stance="predict", measure="compensated", qualifier="may", **BLANK | {"population": "tenants"})
    c = claim(kind="prediction", stance="predict", measure="compensate", proposition="They will be compensated", **NONE)
    assert traced(c, said) == ("a", {("hedge", "may", "none")})
    assert traced(c._replace(source_id="~reports", family=""), said)[0] is None


def test_of_equals_the_text_relays_what_the_source_that_it_names_said_itself():
    evidence = evidence_of(statement("a"), statement("b", source="Marle Echo", retells="a"))
    named = matching.match([claim()], evidence)
    assert dict(zip(named.statement_id, named.verdict)) == {"a": "match", "b": "candidate"}
    unnamed = matching.match([claim(source_id="~reports")], evidence)
    assert set(unnamed.verdict) == {"ambiguous"}


def test_who_is_told_to_confirm_what_he_had_not_commented_on_has_another_position_by_one_word_that_is_all_it_was_on():
    blank = {"population": "", "low": "", "bound": "", "period_start": "", "period_end": ""}
    said = statement("a", source="Health Ministry", stance="no_comment", measure="merger",
                     paraphrase="The ministry would not comment on the merger", **blank)
    c = claim(stance="confirm", source_id="ministry", measure="agree", population="", low=float("nan"), bound="",
              period_start="", period_end="", proposition="The merger had been agreed in May")
    evidence = evidence_of(said)
    found = retelling.trace([c], evidence, matching.best(matching.match([c], evidence)))
    assert ("stance", "no_comment", "confirm") in {(r.field, r.old, r.new) for r in found.itertuples()}
