"""Lines that begin with what is no word of theirs, words in marks within a report, and reports of things."""
import pytest

from helpers import language, proposals


def claims(text):
    return {c.exact: c for c in proposals.propose(text, published="2024-05-24").claims.itertuples()}


@pytest.mark.parametrize("label", ["14:05 ", "9.30 am: ", "[21:15] ", "LIVE: ", "Photo: ", "BREAKING | ", "12h30 - ", "18:00 GMT - "])
def test_the_time_of_a_ticker_and_the_kind_of_a_line_are_no_words_of_it(label):
    text = f"{label}Harbour radio says the ferry sank.\n\nThe crew was saved."
    [said] = [c for c in claims(text).values() if c.chain != "author"]
    assert (said.exact, said.chain) == ("the ferry sank", "author > ~harbour-radio")
    for s in language.sentences(text).itertuples():
        assert text[s.start:s.end] == s.exact and not s.exact.startswith(label)


@pytest.mark.parametrize("text", ["11:15 was the time of the crash.", "At 14:05 the bridge fell.", "Update your records, the bank said.",
                                  "9.5 tonnes of rice were lost.", "Live music was banned."])
def test_a_time_or_a_word_that_belongs_to_the_sentence_stays(text):
    assert language.sentences(text).exact.tolist() == [text]


def test_words_in_marks_within_a_report_belong_to_whoever_makes_it():
    found = claims('One, who asked not to be named, told us that the crew "had no idea what to do".')
    assert {c.exact: c.chain for c in found.values()} == {'the crew "had no idea what to do"': "author > ~one"}


def test_who_is_cited_for_a_thing_stands_behind_it():
    found = claims("Local radio, citing a hospital source, reports at least three people with burns.")
    assert [(c.exact, c.chain) for c in found.values()] == [
        ("at least three people with burns", "author > ~local-radio > ~hospital-source")]


def test_what_somebody_left_out_is_so_for_whoever_says_that():
    [counted] = [c for c in claims("The minister did not mention that the count leaves out the dead.").values() if "count" in c.exact]
    assert (counted.factuality_author, counted.factuality_source) == ("CT+", "Uu")


def test_a_limit_of_somebodys_is_a_bound():
    q = proposals.propose("The ferry was carrying more than its permitted 250 passengers.").quantities.iloc[0]
    assert (q.low, q.bound, q.population) == (250, "over", "passenger")


def test_how_many_think_so_is_what_a_poll_says():
    found = claims("A poll by Civis suggests 61% of voters think the mayor should step down.")
    [counted] = [c for c in found.values() if "61%" in c.exact]
    assert (counted.kind, counted.chain) == ("quantity", "author > ~poll")
    assert found["the mayor should step down"].chain == "author > ~poll > ~61-of-voters"
    q = proposals.propose("A poll by Civis suggests 61% of voters think the mayor should step down.").quantities
    assert q.low.tolist() == [61] and proposals.propose("Two voters said the mayor should step down.").quantities.empty


def test_a_mark_that_opens_the_next_clause_is_not_in_the_claim():
    found = claims('The governor said she would sign the bill "if it reaches my desk in its present form".')
    assert "she would sign the bill" in found and not any(words.endswith('bill "') for words in found)
