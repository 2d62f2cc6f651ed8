"""spaCy's attribute ruler, asked once a kind of token: a fifth of the bare pipeline's time goes into asking it anew.

Nearly every pattern of the English models looks at one token's tag, lower-case form and relation, so tokens that share
these get the same part of speech, morphology and lemma. What the ruler said of them is kept and set for the next ones. A
paragraph with a token that could begin a longer pattern, or with a blank as a token, is the ruler's own every time.
"""
import re

import numpy as np
from spacy.attrs import DEP, LEMMA, LOWER, MORPH, POS, TAG
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Token

SEEN, SET = [TAG, LOWER, DEP], [POS, MORPH, LEMMA]
MOST = 200_000  # kinds of token that are kept


class Remembering:
    """A pipe that does what the ruler does."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self.ruler, self.said, self.opening = ruler, {}, {}
        self.longer = [tokens[0] for p in ruler.patterns for tokens in p["patterns"] if len(tokens) > 1]

    def __call__(self, doc: Doc) -> Doc:
        kinds = [tuple(row) for row in doc.to_array(SEEN).tolist()]
        found = [self.said.get(kind) for kind in kinds]
        if None not in found and () not in found:
            return doc.from_array(SET, np.array(found, dtype="uint64")) if found else doc
        alone = [not self._begins(token) for token in doc] if None in found else []
        doc = self.ruler(doc)
        if alone:
            if len(self.said) > MOST:
                self.said.clear()
            if all(alone):  # beside a longer pattern a token may be said to be something else
                self.said.update(zip(kinds, map(tuple, doc.to_array(SET).tolist())))
            self.said.update((kind, ()) for kind, own in zip(kinds, alone) if not own)
        return doc

    def _begins(self, token: Token) -> bool:
        """Whether a pattern of several tokens may begin here, or the token is a blank (of which the ruler says more)."""
        return token.is_space or self._opens(token.lower_, token.dep_)

    def _opens(self, lower: str, dep: str) -> bool:
        if (lower, dep) not in self.opening:
            if len(self.opening) > MOST:
                self.opening.clear()
            self.opening[lower, dep] = any(_fits(first.get("LOWER"), lower) and _fits(first.get("DEP"), dep)
                                           for first in self.longer)
        return self.opening[lower, dep]


def _fits(wanted: "str | dict | None", value: str) -> bool:
    if isinstance(wanted, dict) and "REGEX" in wanted:
        return re.search(wanted["REGEX"], value) is not None
    return wanted is None or isinstance(wanted, dict) or wanted == value


@Language.factory("remembering_ruler")
def _made(nlp: Language, name: str) -> Remembering:
    return Remembering(nlp.get_pipe("attribute_ruler"))


def instead_of_ruler(model: Language) -> None:
    """Put it in the ruler's place, if all its patterns of one token are of the kind that it can stand in for."""
    if all(set(tokens[0]) <= {"TAG", "LOWER", "DEP", "IS_SPACE"} for p in model.get_pipe("attribute_ruler").patterns
           for tokens in p["patterns"] if len(tokens) == 1):
        model.add_pipe("remembering_ruler", after="attribute_ruler")
        model.remove_pipe("attribute_ruler")
