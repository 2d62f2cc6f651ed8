"""Whom a pronoun means as a speaker, over sentences and paragraphs."""
import pytest

from helpers import proposals


def speakers(text):
    """The words of each claim that are on somebody's word, and on whose."""
    claims = proposals.propose(text).claims
    return {c.exact: c.chain.split(" > ")[-1] for c in claims.itertuples() if c.chain != "author"}


@pytest.mark.parametrize("before, after, who", [
    ("The harbour master, Ines Caldo, told reporters that the crane had passed.", "She said the firm was insured.",
     "~ines-caldo"),
    ("The tunnel was dry, said Tom Ferrar.", "He said the pumps were new.", "~tom-ferrar"),
    ("A spokeswoman said the shop was open.", "She said the till was empty.", "~spokeswoman"),
    ("The tunnel was dry, said Tom Ferrar.", "He said the pumps were new. She said they leaked.", "~she"),
    ("A spokeswoman said the shop was open.", "He said the till was empty.", "~he"),
    ("Ada Moss said the shop was open. Lena Roth said it was shut.", "She said the till was empty.", "~she")])
def test_a_pronoun_is_the_one_who_spoke_in_the_paragraph_before_if_there_was_one_only(before, after, who):
    assert list(speakers(f"{before}\n\n{after}").values())[-1] == who


def test_nobody_is_carried_over_a_paragraph_that_lies_between():
    assert speakers("Tom Ferrar said it was dry.\n\nThe pumps ran all night.\n\nHe said they were new.")["they were new"] == "~he"


def test_it_is_the_one_body_that_spoke_before():
    said = speakers("The company told investors that the plant was safe. It later admitted that a valve had leaked.")
    assert said["a valve had leaked"] == "~company"
    said = speakers("The union said the plant was safe. The company said it was new. It admitted that a valve had leaked.")
    assert said["a valve had leaked"] == "~it"
    assert speakers("Two nurses said the ward was shut. It emerged that a valve had leaked.")["a valve had leaked"] == "~unnamed"


def test_he_is_the_one_office_that_the_sentence_names():
    said = speakers("I do not trust the minister when he says that the lists have fallen.")
    assert said["the lists have fallen"] == "~minister"
    said = speakers("The minister met the mayor, and he said that the lists have fallen.")
    assert said["the lists have fallen"] == "~he"
