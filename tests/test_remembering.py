"""The remembered ruler says what spaCy's own says, token by token, at the first reading and at the second."""
import importlib

from hypothesis import given
from hypothesis import strategies as st

from helpers import language, lexicons

WORDS = ("There is are were let 's gon na got ta it that this hoped hoping texted a the because nobody can y' all ai n't "
         "c'm on , . \" who which Marle 40 said denied mayor\u00a0 \n").split(" ")
PARTS = ("pos", "tag", "dep", "lemma_")


def own():
    for name in language.MODELS:
        try:
            model = importlib.import_module(name).load()
        except ImportError:
            continue
        for row in lexicons.rows("lemmas"):
            model.get_pipe("attribute_ruler").add([[{"LOWER": f}] for f in lexicons.cells(row["forms"])],
                                                  {"LEMMA": row["lemma"]})
        return model


MODEL = own()


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_it_says_what_the_ruler_says(text):
    wanted = [(*(getattr(t, p) for p in PARTS), str(t.morph)) for t in MODEL(text)]
    for _ in range(2):
        assert [(*(getattr(t, p) for p in PARTS), str(t.morph)) for t in language.load()(text)] == wanted


def test_it_stands_in_the_rulers_place():
    assert "remembering_ruler" in language.load().pipe_names and "attribute_ruler" not in language.load().pipe_names
