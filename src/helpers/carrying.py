"""Whom "he", "she" or "it" means as a speaker, where `mentions` found nobody in words: followed back over the speakers.

"it"         the one body that spoke before it in the paragraph: "The company said ... It declined to say"
"he", "she"  the one person who is meant in the paragraph: "the minister when he says"; else, in a paragraph that has named
             nobody yet, the one person who spoke in the paragraph before. Words that show the other sex forbid it.

Where two could be meant it stays open.
"""
from dataclasses import replace

from spacy.tokens import Doc, Token

from helpers import lexicons, sources
from helpers.language import Passage
from helpers.syntax import is_name, mention
from helpers.voices import Attribution

PERSON, BODY = ("~he", "~she"), "~it"


class Speakers:
    """What is remembered from one paragraph of a text to the next."""

    def __init__(self):
        self._one: Attribution | None = None  # the one person who spoke in the paragraph before
        self._shown: str = ""  # "he" or "she", if that paragraph called him so
        self._paragraph = 0

    def carry(self, passage: Passage, found: list[Attribution], names: sources.Names) -> None:
        """Set the source of each attribution of a passage that has a pronoun for it, in place, where one only is meant."""
        doc = passage.doc
        if not self._paragraph < passage.paragraph <= self._paragraph + 1:
            self._one = None
        for it in found:
            if it.source is None or it.source[1] - it.source[0] != 1:
                continue
            word = doc[it.source[0]]
            if it.source_id == BODY:
                _take(it, _only([a for a in found if a.source and a.source[1] <= word.i and _is_body(doc, a)]))
            elif it.source_id in PERSON and word.lower_ == it.source_id[1:]:
                people = _people(doc, word)
                if any(t.lower_ in ("he", "she") and t.lower_ != word.lower_ for t in doc[:word.i]):
                    continue
                if not people:
                    if self._one is not None and self._shown in ("", word.lower_) and not _other_sex(
                            self._one.source_id, word.lower_):
                        _take(it, self._one)
                elif len({mention(t).lower() for t in people}) == 1 and not is_name(people[0]) and not _other_sex(
                        people[0].text, word.lower_):
                    it.source_id = sources.resolve(mention(people[0]), names, people[0].text)
                    it.source_type = sources.source_type(mention(people[0]), it.source_id, people[0].text)
        self._remember(passage, found)

    def _remember(self, passage: Passage, found: list[Attribution]) -> None:
        spoke = [a for a in found if a.speaks and a.source and _is_person(passage.doc, a)]
        self._one = _only(spoke)
        shown = {t.lower_ for t in passage.doc if t.lower_ in ("he", "she")}
        self._shown = shown.pop() if len(shown) == 1 else ""
        if shown:
            self._one = None  # of both sexes
        self._one, self._paragraph = self._one and replace(self._one), passage.paragraph


def _take(it: Attribution, speaker: "Attribution | None") -> None:
    if speaker is not None:
        it.source_id, it.source_type = speaker.source_id, speaker.source_type


def _only(speakers: list[Attribution]) -> "Attribution | None":
    return speakers[-1] if len({a.source_id for a in speakers}) == 1 else None


def _head(doc: Doc, a: Attribution) -> Token:
    return doc[slice(*a.source)].root


def _is_body(doc: Doc, a: Attribution) -> bool:
    """Whether a source is a body that one calls "it": a firm, a ministry, a court; not people, nor a paper."""
    head = _head(doc, a)
    if head.tag_ in ("NNS", "NNPS") or head.pos_ not in ("NOUN", "PROPN"):
        return False
    return head.ent_type_ == "ORG" or head.lemma_.lower() in lexicons.group("body")


def _is_person(doc: Doc, a: Attribution) -> bool:
    head = _head(doc, a)
    if a.source_id in (*PERSON, BODY) or head.tag_ in ("NNS", "NNPS") or a.source_type not in ("named", "role", "unnamed"):
        return False
    if head.pos_ == "PRON":
        return head.lower_ in ("he", "she")
    return any(t.ent_type_ == "PERSON" for t in doc[slice(*a.source)]) or _is_office(head)


def _is_office(noun: Token) -> bool:
    return sources.is_somebody(noun.text) and noun.lemma_.lower() not in lexicons.group("body")


def _people(doc: Doc, pronoun: Token) -> list[Token]:
    """Whom the paragraph has named before a pronoun, by name or by office."""
    return [t for t in doc[:pronoun.i] if t.dep_ != "compound" and (
        t.pos_ == "PROPN" and t.ent_type_ in ("PERSON", "") or t.tag_ == "NN" and _is_office(t))]


def _other_sex(words: str, pronoun: str) -> bool:
    """Whether a title or an office shows the other sex than the pronoun: "spokeswoman" and "he"."""
    other = "she" if pronoun == "he" else "he"
    end = ("woman", "women") if other == "she" else ("man", "men")
    said = sources.words(words.replace("-", " "))
    return any(w in lexicons.group(other) or w.endswith(end) and not (other == "he" and w.endswith("woman")) for w in said)
