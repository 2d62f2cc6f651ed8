"""Slips of the parser that put words into the wrong mouth, put right in the parse before any rule reads it.

A verb of saying that is joined to what somebody said, though it is that somebody's: "the minister said the dam was safe
but accused engineers of hiding it". A "citing" that hangs on what was said: "the paper said, citing two aides, that ...".
What was said, where it hangs on an aside: "she claimed without evidence that ...". The end of a headline, taken for a
noun: "three jurors bribed, prosecutor claims". The subject of what was said, taken for whom it was said to: "warned the
number was higher".
"""
import functools

from spacy.tokens import Doc, Token

from helpers import lexicons, sources
from helpers.syntax import SUBJECTS, child, is_name, is_verb, subject

PRESENT, PAST = ("VBZ", "VBP"), ("VBD", "VBN")


def mend(doc: Doc) -> Doc:
    """The doc itself, with such verbs hung on the verb of whoever speaks."""
    cues = _cues()
    for token in doc:
        if token.dep_ == "conj" and token.lemma_.lower() in cues and token.tag_ in PRESENT + PAST:
            _join(token)
        elif token.dep_ == "ROOT" and token.tag_ == "NNS":
            _speak(token)
        elif token.dep_ in ("acl", "ccomp", "relcl") and token.head.lemma_ in lexicons.group("aside"):
            _pass_by(token)
        elif token.dep_ == "ccomp" and token.head.i < token.i and token.head.lemma_.lower() in cues:
            _give_subject(token)
        elif token.tag_ == "VBG" and token.lemma_ in lexicons.group("crediting"):
            if token.head.is_punct:
                token.head, token.dep_ = token.head.head, "advcl"
            elif token.dep_ == "advcl":
                _hang(token)
            elif token.dep_ == "amod":
                _part(token)
    return doc


@functools.cache
def _cues() -> frozenset[str]:
    return frozenset(r["lemma"] for r in lexicons.rows("reporting_cues") if r["part"] == "verb")


def _give_subject(verb: Token) -> None:
    """"Warned the true number was higher": what stands before a clause that has no subject is its subject."""
    thing = child(verb.head, "dobj")
    finite = verb.tag_ in PRESENT + ("VBD",) or any(
        c.dep_ in ("aux", "auxpass") and c.tag_ in PRESENT + ("VBD", "MD") for c in verb.children)
    if finite and thing is not None and child(verb, *SUBJECTS, "expl", "mark") is None and (
            thing.right_edge.i + 1 == verb.left_edge.i) and verb.head.i < thing.i:
        thing.head, thing.dep_ = verb, "nsubj"


def _join(verb: Token) -> None:
    said = verb.head
    saying = _saying(said)
    cc = next((c for c in said.children if c.dep_ == "cc" and said.i < c.i < verb.i), None)
    if saying is None or cc is None or child(verb, *SUBJECTS, "auxpass") is not None or (
            saying.tag_ in PRESENT) != (verb.tag_ in PRESENT):
        return
    first, speaker = child(said, *SUBJECTS), subject(saying)
    if first is None or speaker is None or not _speaks(speaker):
        return
    pointed = child(verb, "dobj")
    other = pointed is not None and pointed.lower_ in ("it", "him", "her", "them") and child(said, "dobj") is None
    but = cc.lower_ in ("but", "yet") and said.lemma_.lower() not in _cues()
    if not _speaks(first) or other or but:
        verb.head, cc.head = saying, saying


def _saying(said: Token) -> Token | None:
    """The verb of saying before a clause that it reports."""
    over = said.head
    known = said.dep_ == "ccomp" and over.i < said.i and is_verb(over) and over.lemma_.lower() in _cues()
    return over if known and over.tag_ in PRESENT + PAST else None


def _speak(noun: Token) -> None:
    """The end of a headline, ", prosecutor claims", taken for somebody's claims."""
    who, doc = noun.i - 1, noun.doc
    ends = noun.sent.end == noun.i + 1 or all(t.is_punct or t.is_space for t in doc[noun.i + 1:noun.sent.end])
    if ends and noun.lemma_.lower() in _cues() and who - 1 > noun.sent.start and doc[who].head.i == noun.i and (
            doc[who].dep_ == "compound" and sources.is_somebody(doc[who].text) and doc[who - 1].text in (",", "-", "–")):
        noun.pos_, noun.tag_, doc[who].dep_ = "VERB", "VBZ", "nsubj"


def _pass_by(said: Token) -> None:
    """What hangs on the aside of a verb of saying goes to the verb: "claimed without evidence that"."""
    over = said.head
    while over.dep_ in ("dobj", "pobj", "pcomp"):
        over = over.head
    verb = over.head
    if over.lower_ in ("without", "for") and over.dep_ == "prep" and over.i > verb.i and is_verb(verb) and (
            verb.lemma_.lower() in _cues()) and child(verb, "ccomp") is None and said.left_edge.lower_ == "that":
        said.head, said.dep_ = verb, "ccomp"


def _part(citing: Token) -> None:
    """ "Reports quoting officials said": the first noun says so, not both."""
    quoted, before = citing.head, citing.doc[citing.i - 1] if citing.i else citing
    if quoted.dep_ in SUBJECTS and before.dep_ in SUBJECTS and before.head.i == quoted.head.i and before.i < citing.i:
        citing.head, citing.dep_ = before, "acl"
        quoted.head, quoted.dep_ = citing, "dobj"


def _hang(citing: Token) -> None:
    saying = _saying(citing.head)
    opening = [c for c in citing.head.children if c.dep_ in (*SUBJECTS, "mark")]
    if saying is not None and saying.i < citing.i and opening and citing.i < min(c.left_edge.i for c in opening):
        citing.head = saying


def _speaks(noun: Token) -> bool:
    """Whether somebody may be meant who says things: a name, a person, a body; of papers only what they say is known."""
    return is_name(noun) or noun.lower_ in lexicons.group("somebody") or sources.is_somebody(noun.text)
