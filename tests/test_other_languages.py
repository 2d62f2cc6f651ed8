"""A sentence in another language inside an English text is said to be none, and nothing is proposed of it."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import english, proposals

FOREIGN = ["Die Gewerkschaft kündigte Streiks an.", "Der Minister bestreitet die Vorwürfe.", "Le préfet a nié les faits.",
           "El gobierno niega la acusación.", "Il sindaco non ha risposto alle domande.",
           "De burgemeester weigert commentaar op de staking.", "Politiet sagde at båndet var ægte.",
           "Мэр отказался отвечать."]
ENGLISH = ["Ada de la Cruz, mayor of Las Palmas, denied the charge.", "Workers die in mines.", "Nine ill; two wards shut",
           "The film “La vie est belle et les autres” won a prize.", "Le Monde reported that the mill had closed.",
           "Aides met in El Paso, La Paz and San Juan de la Vega.", "Jem Orr (R-N.Y.) resigned in Washington, D.C."]


@pytest.mark.parametrize("sentence", FOREIGN)
def test_a_sentence_of_another_language_is_passed_over_and_the_table_says_why(sentence):
    found = proposals.propose(f"The court met on Monday. {sentence} Two men were fined.")
    assert [(r.exact, r.reason) for r in found.left_out.itertuples()] == [(sentence, "not English")]
    assert list(found.claims.exact) == ["The court met on Monday", "Two men were fined"]
    assert found.attributions.empty


@pytest.mark.parametrize("sentence", ENGLISH)
def test_names_and_titles_of_other_languages_make_no_sentence_foreign(sentence):
    assert english.foreign([sentence]) == [False]


def test_a_sentence_that_does_not_tell_goes_with_those_around_it():
    assert english.foreign(["Le préfet a nié les faits.", "Usine fermée.", "Elle est dans une autre ville."]) == [True] * 3
    assert english.foreign(["Le préfet a nié les faits.", "Mill shut.", "The mayor denied it."]) == [True, False, False]


def test_who_speaks_another_language_is_told_and_what_he_says_is_not_read():
    found = proposals.propose("Mayor Ilse Brandt said: “Wir haben niemanden entlassen.” The union disputes it.")
    assert "Mayor Ilse Brandt" in set(found.attributions.source_exact)
    assert list(found.claims.exact) == ["The union disputes it"]


@given(st.lists(st.text(), max_size=6))
def test_any_sentences_are_told_apart(sentences):
    assert len(english.foreign(sentences)) == len(sentences)
