"""Weasel words count only where they leave open who, how many or how surely."""
import pytest

from helpers import factuality, language


def found(sentence):
    return [c.words for c in factuality.hedged(language.load()(sentence))]


@pytest.mark.parametrize("sentence, words", [
    ("Some nurses blame the ventilation.", ["some"]), ("Some 40 nurses fell ill.", []),
    ("Many of them had marched before.", ["many"]), ("As many as 300 people had marched.", []),
    ("How many marched is not in the record.", []), ("Most jurors were teachers.", ["most"]),
    ("The layoffs were the most painful in a decade.", ["most"]),
    ("The plant made more than the others did.", ["others"]),
    ("The firm is considered a model employer.", ["considered"]),
    ("The firm is considered by the Labour Court to be a model employer.", []),
    ("The wells may be poisonous.", ["may"]), ("The wells may have run dry.", ["may"]),
    ("Visitors may park behind the court.", []), ("The march begins in May.", []),
    ("Critics doubt the verdict.", ["critics"]), ("The critics of the Gazette met on Monday.", []),
    ("It is likely that the outbreak began at sea.", ["it"]), ("It is raining.", []),
    ("The outbreak probably began at sea.", ["probably"]), ("The outbreak began at sea.", []),
    ("A number of shops closed.", ["a number of"]), ("The trial was one of the longest of the century.", ["one"])])
def test_a_cue_counts_where_the_sentence_shows_what_it_needs(sentence, words):
    assert found(sentence) == words


def test_the_kind_says_what_is_left_open():
    kinds = {c.words: c.kind for c in factuality.hedged(language.load()("Many say that it was possibly arson."))}
    assert kinds == {"many": "vague number", "possibly": "doubt"}


def test_a_part_of_a_doc_is_read_in_the_docs_own_tokens():
    doc = language.load()("The dam broke. Some say that rain broke it.")
    second = list(doc.sents)[1]
    assert [doc[c.start:c.end].text for c in factuality.hedged(second)] == ["Some"]
