"""What a text states, on whose word, and of which kind."""
import pytest

from helpers import proposals, tables, tagger

SOURCES = tables.frame("sources", [
    {"source_id": "chile", "name": "Chile", "aliases": "Santiago", "kind": "state", "party_to_event": "yes"},
    {"source_id": "peru", "name": "Peru", "aliases": "Lima", "kind": "state", "party_to_event": "yes"},
    {"source_id": "uk-mod", "name": "Ministry of Works", "aliases": "British estimates", "kind": "state",
     "party_to_event": "no"}])


def claims(text, published="2023-06-15"):
    return proposals.propose(text, published, SOURCES).claims.to_dict("records")


def claim(text, words):
    found = [c for c in claims(text) if c["exact"] == words]
    assert len(found) == 1, [c["exact"] for c in claims(text)]
    return found[0]


def test_every_clause_is_a_claim_of_its_own():
    found = claims("The mill closed, and forty weavers left because the owner fled.")
    assert [c["exact"] for c in found] == ["The mill closed", "forty weavers left", "the owner fled"]


def test_a_claim_stands_on_the_word_of_those_it_is_told_by():
    found = claim("Reports indicate that officials believe that over 300 nurses have died in the past week.",
                  "over 300 nurses have died in the past week")
    assert found["chain"] == "author > ~reports > ~officials"
    assert (found["source_type"], found["kind"]) == ("collective", "quantity")
    assert (found["measure"], found["population"], found["cue"]) == ("killed", "nurse", "believe")


def test_a_participle_has_its_own_source():
    text = "The region faces heavy losses, exceeding 1,500 jobs weekly according to British estimates."
    assert claim(text, "exceeding 1,500 jobs weekly")["chain"] == "author > uk-mod"
    assert claim(text, "The region faces heavy losses")["chain"] == "author"


def test_a_shared_denial_is_one_claim_for_each_who_denies():
    text = "Inspectors say that Peru deployed 300 Chilean divers. Both Chile and Peru deny the deployment."
    denials = [c for c in claims(text) if c["speech_act"] == "deny"]
    assert [c["chain"] for c in denials] == ["author > chile", "author > peru"]
    assert {c["exact"] for c in denials} == {"Both Chile and Peru deny the deployment"}
    assert {(c["measure"], c["polarity"], c["factuality_source"], c["factuality_author"]) for c in denials} == {
        ("deployed", "neg", "CT-", "Uu")}


def test_the_population_of_a_denial_is_left_open_unless_it_was_said():
    text = "Both Chile and Peru deny the deployment."
    assert {c["population"] for c in claims(text)} == {""}
    told = "Inspectors say that Lima deployed 300 French divers. Chile denies the deployment."
    assert [c["population"] for c in claims(told) if c["speech_act"] == "deny"] == ["France"]


def test_a_denial_in_a_noun_is_a_denial():
    found = claim("There were denials of any layoffs.", "denials of any layoffs")
    assert (found["speech_act"], found["measure"], found["polarity"]) == ("deny", "laid_off", "neg")


def test_a_possessive_that_places_a_region_is_presupposed_by_the_author():
    text = "Officials allege that the firm dumps waste in Peru’s Cusco region."
    found = claim(text, "Peru’s Cusco region")
    assert (found["chain"], found["factuality_author"], found["rule"]) == ("author", "CT+", "possessive")


@pytest.mark.parametrize("text, kind", [
    ("The strike began at noon.", "event"), ("The strike cost 300 workers their bonus.", "quantity"),
    ("The strike caused a shortage of bread.", "cause"), ("The strike will end tomorrow.", "prediction"),
    ("The strike was shameful.", "opinion")])
def test_kinds(text, kind):
    assert claims(text)[0]["kind"] == kind


def test_judgements_cannot_be_checked_and_events_can():
    assert [c["checkable"] for c in claims("The strike was shameful.\n\nThe strike began at noon.")] == ["no", "yes"]


def test_a_reported_event_in_a_noun_is_a_claim():
    found = claim("The reported theft of two paintings alarmed the town.", "The reported theft of two paintings")
    assert (found["chain"], found["cue"]) == ("author > ~unnamed", "reported")


def test_due_to_and_with_phrases_are_claims():
    text = "Officials say that 40 shops closed, with some firing half of their staff, due to a shortage of flour."
    found = {c["rule"]: c for c in claims(text)}
    assert found["cause-phrase"]["kind"] == "cause" and found["cause-phrase"]["exact"].startswith("due to")
    assert {c["chain"] for c in found.values()} == {"author > ~officials"}


def test_an_order_to_the_reader_is_no_claim():
    assert claims("Read the whole story below.") == []


def test_a_number_without_a_clause_still_lies_in_a_claim():
    found = proposals.propose("Killed: 40 miners")
    assert list(found.quantities["claim_id"]) == [found.claims.iloc[0]["claim_id"]]


def test_an_apposition_states_what_it_adds_and_no_more():
    text = "The new road joins the two towns, both places known for their strict curfews and their cruelty to all foreign beggars."
    assert claim(text, "both places known for their strict curfews")["rule"] == "appositive"
    assert claim(text, "their cruelty to all foreign beggars")["chain"] == "author"


def test_no_claim_rests_on_the_word_of_a_thing_that_a_tagger_took_for_a_source(monkeypatch):
    text = "The storm paints a bleak picture of the coast. “The pier is gone,” sighed the matron."
    def span(words):
        return text.index(words), text.index(words) + len(words)
    wrong = tagger.Tagged(span("The"), span("paints"), (span("a bleak picture of the coast"),))
    right = tagger.Tagged(span("the matron"), span("sighed"), (span("The pier is gone"),))
    monkeypatch.setattr(tagger, "load", lambda *_: "a model")
    monkeypatch.setattr(tagger, "tag", lambda *_: iter([wrong, right]))
    assert {c["chain"] for c in claims(text) if "pier" not in c["exact"]} == {"author"}
    assert claim(text, "The pier is gone")["chain"] == "author > ~matron"


@pytest.mark.parametrize("text, kind", [
    ("The town faces heavy losses.", "quantity"), ("The large number of arrests shocked the bishop.", "quantity"),
    ("The town faces heavy rain.", "event")])
def test_a_word_of_amount_counts_as_a_figure_does(text, kind):
    assert kind in {c["kind"] for c in claims(text)}


def test_what_stands_before_a_semicolon_is_not_what_is_denied_behind_it():
    found = {(c["exact"], c["chain"], c["factuality_source"]) for c in claims(
        "Prosecutors alleged that Luca Ferrante had accepted the money; he denies all the charges.")}
    assert ("Luca Ferrante had accepted the money", "author > ~prosecutors", "CT+") in found
    assert ("he denies all the charges", "author > ~luca-ferrante", "CT-") in found


def test_an_object_may_negate():
    assert claim("The army killed nobody.", "The army killed nobody")["polarity"] == "neg"


@pytest.mark.parametrize("text, words, kind", [
    ("Rents will climb by 4%.", "Rents will climb by 4%", "prediction"),
    ("Exports are set to fall 5% next year.", "Exports are set to fall 5% next year", "prediction"),
    ("The bridge is due to open in May.", "The bridge is due to open in May", "prediction"),
    ("The league said that attendance would double to 20,000.", "attendance would double to 20,000", "prediction"),
    ("The bank expects 300 layoffs.", "300 layoffs", "prediction"),
    ("The zoo plans to free 40 owls.", "to free 40 owls", "prediction"),
    ("The zoo managed to free 40 owls.", "The zoo managed to free 40 owls", "quantity"),
    ("The mill could shed 40 weavers.", "The mill could shed 40 weavers", "prediction"),
    ("The union denied that 300 posts will go.", "300 posts will go", "quantity"),
    ("The clerk was set to music by two bands.", "The clerk was set to music by two bands", "quantity"),
    ("The willing crew rescued 12 men.", "The willing crew rescued 12 men", "quantity")])
def test_what_is_ahead_is_a_prediction_also_where_it_is_counted(text, words, kind):
    assert claim(text, words)["kind"] == kind


@pytest.mark.parametrize("text, words, kind", [
    ("The governor called the recall a disaster.", "The governor called the recall a disaster", "opinion"),
    ("The critic described the opera as a mess.", "The critic described the opera as a mess", "opinion"),
    ("In my opinion the pitch is dry.", "In my opinion the pitch is dry", "opinion"),
    ("Residents feel that the square is unlit.", "the square is unlit", "opinion"),
    ("The launch was a success.", "The launch was a success", "opinion"),
    ("Experts branded the scheme a waste.", "Experts branded the scheme a waste", "opinion"),
    ("To my mind, the verdict is right.", "To my mind, the verdict is right", "opinion"),
    ("I think that the fare is fair.", "the fare is fair", "opinion"),
    ("The council called the disaster fund empty.", "The council called the disaster fund empty", "event"),
    ("In the hall of the clinic, the lamp is dim.", "In the hall of the clinic, the lamp is dim", "event"),
    ("Rescuers reached the disaster zone.", "Rescuers reached the disaster zone", "event"),
    ("The surgeon made a mistake.", "The surgeon made a mistake", "event")])
def test_what_somebody_holds_a_thing_to_be_is_an_opinion(text, words, kind):
    found = claim(text, words)
    assert (found["kind"], found["checkable"]) == (kind, "no" if kind == "opinion" else "yes")


def test_the_measure_of_a_verb_is_not_that_of_the_next_one():
    assert claim("The chain closed two shops and laid off 40 bakers.", "The chain closed two shops")["measure"] == "close"


@pytest.mark.parametrize("text, hedges", [
    ("The clinic reportedly closed two wards.", "reportedly"), ("The mayor allegedly sold the park.", "allegedly"),
    ("The crowd was supposedly unarmed.", "supposedly"), ("The mayor alleged that the park may close.", "may")])
def test_an_adverb_that_reports_is_a_hedge_too(text, hedges):
    found = claims(text)[0]
    assert (found["hedges"], found["chain"] != "author") == (hedges, True)


def test_a_verb_is_not_cut_at_its_hyphen():
    found = claim("The mill re-opened two wards.", "The mill re-opened two wards")
    assert (found["measure"], found["population"]) == ("reopen", "ward")
