"""What is put into a proposition in place of its own words: the name that a pronoun or a short form stands for, the subject
that a clause lacks, in the letters of the text.
"""
from spacy.tokens import Token

from helpers.language import Passage
from helpers.mentions import surely
from helpers.quotations import CLOSE, OPEN
from helpers.subjects import Subject

_MEANT = ("nsubj", "nsubjpass", "dobj", "pobj", "dative")
POINTING = ("the", "this", "that", "these", "those")
Edit = tuple[int, int, str]  # tokens from, to, and the words in their place


class Words:
    """The letters of the text that tokens stand for, soft hyphens and the like left out."""

    def __init__(self, passage: Passage, text: str):
        self.doc, self._places, self._text = passage.doc, passage.places, text

    def __call__(self, start: int, end: int) -> str:
        if start >= end:
            return ""
        last = self.doc[end - 1]
        return "".join(self._text[p] for p in self._places[self.doc[start].idx:last.idx + len(last)]) + last.whitespace_

    def inner(self, start: int, end: int) -> str:
        """The same as they stand within a sentence."""
        first, words = self.doc[start], self(start, end).strip()
        opens = first.is_sent_start or start > 0 and self.doc[start - 1].is_punct
        plain = first.pos_ != "PROPN" and not first.ent_type_ and first.is_title and first.lower_ != "i"
        return words[:1].lower() + words[1:] if first.text == "The" or opens and plain else words


def name(words: Words, found: Subject, named: set[str]) -> str:
    """The words for a subject: the fuller mention that it stands for, else its own."""
    full = surely(found.noun)
    if full is None or _quoted(found.noun):
        named.add(words.doc[slice(*found.phrase)].text.casefold())
        return words.inner(*found.phrase)
    named.add(full.text.casefold())
    return _fuller(words, found.noun, full.start, full.end)


def _fuller(words: Words, short: Token, start: int, end: int) -> str:
    """A fuller mention in place of a short one; "the union" stays "the" even if it was "a nurses' union" at first."""
    article = words.doc[start].lower_ in ("a", "an") and short.left_edge.lower_ in POINTING
    if article:
        return f"{words.inner(short.left_edge.i, short.left_edge.i + 1)} {words(start + 1, end).strip()}"
    return words.inner(start, end)


def meant(words: Words, start: int, end: int, named: set[str]) -> list[Edit]:
    """Pronouns and short forms by the names that they stand for, each once."""
    edits: list[Edit] = []
    for t in words.doc[start:end]:
        short = t.lower_ in ("he", "she") or t.pos_ in ("NOUN", "PROPN")
        if not short or t.dep_ not in _MEANT or t.i + 1 < end and words.doc[t.i + 1].text[0] in "'’":
            continue
        full = surely(t)
        if full is None or full.start >= start or full.text.casefold() in named or _quoted(t):
            continue
        named.add(full.text.casefold())
        edits.append((t.left_edge.i, t.i + 1, _fuller(words, t, full.start, full.end)))
    return edits


def _quoted(token: Token) -> bool:
    """Whether a quotation that opened before a token is still open there."""
    opened = 0
    for t in token.doc[:token.i]:
        opened = opened + 1 if t.text in OPEN else max(0, opened - 1) if t.text in CLOSE else opened
    return opened > 0 or in_straight_marks(token)


def in_straight_marks(token: Token) -> bool:
    """Whether a quotation in straight marks is open before a token."""
    before = token.doc.to_array("ORTH")[:token.i]
    return int((before == token.vocab.strings['"']).sum()) % 2 == 1
