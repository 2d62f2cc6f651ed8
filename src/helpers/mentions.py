"""Whom a pronoun or a short form means, followed back in the same paragraph only where nobody else could be meant.

"he", "she"       the one person named so far
"Quist"           the one full name that ends in it: Marta Quist
"the ministry"    the one longer mention with that head: the Ministry of Health, the nurses' union
"the mayor"       the one name with that title: mayor Ilse Brandt
"""
from spacy.tokens import Span, Token

from helpers import lexicons, sources
from helpers.syntax import child

_DEFINITE = ("the", "this", "that")


def meant(token: Token) -> Span | None:
    """The fuller mention that a source's head word stands for; none if it is full itself or more than one would do."""
    if token.lower_ in ("he", "she"):
        return _person(token)
    words = [t for t in token.subtree if not t.is_space]
    if token.pos_ == "PROPN" and len(words) == 1:
        return _only([_full(t) for t in token.doc[:token.i] if t.lower_ == token.lower_ and t.dep_ != "compound"
                      and child(t, "compound") is not None])
    if token.pos_ == "NOUN" and words[0].lower_ in _DEFINITE and words[-1].i == token.i and (
            (person := _titled([t.lower_ for t in words[1:]], token.doc[:words[0].i])) is not None):
        return person
    if token.pos_ in ("NOUN", "PROPN") and len(words) == 2 and words[0].lower_ in _DEFINITE:
        return _only([_full(t) for t in token.doc[:words[0].i] if t.lower_ == token.lower_ and _is_named(t)])
    return None


def _titled(title: list[str], before: Span) -> Span | None:
    """The one person with a title: "union leader Marta Oyelaran" for "the union leader"."""
    found = []
    for t in before:
        start = t.i - len(title) + 1
        if t.dep_ == "compound" and sources.is_somebody(t.text) and t.head.pos_ == "PROPN" and t.head.i > t.i and start >= 0 and (
                [w.lower_ for w in t.doc[start:t.i + 1]] == title):
            found.append(t.doc[start:t.head.i + 1])
    return _only(found)


def surely(token: Token) -> Span | None:
    """What is meant, where it may be written in the token's place; stricter, since nobody sees then that it was read in.

    A pronoun stands for the nearest person or body that was the subject of something, if no title and no pronoun of the
    other sex came before; a surname for a person or a body; "the ministry" for one of a kind that may speak.
    """
    full = meant(token)
    if full is None or any(t.is_punct or t.ent_type_ in ("DATE", "TIME") for t in full):
        return None
    if token.lower_ not in ("he", "she"):
        known = token.ent_type_ in ("PERSON", "ORG") or full.root.ent_type_ in ("PERSON", "ORG")
        return full if (known if token.pos_ == "PROPN" else sources.is_listed(token.text)) else None
    man, woman = lexicons.group("he"), lexicons.group("she")
    other = woman if token.lower_ == "he" else man
    if any(t.lower_ in other for t in token.doc[:token.i]):
        return None
    acting = next((t for t in reversed(token.doc[:token.i]) if t.dep_ in ("nsubj", "nsubjpass") and (
        t.pos_ == "PROPN" or t.pos_ == "NOUN" and sources.is_listed(t.text))), None)
    return full if acting is not None and acting.lower_ == full.root.lower_ else None


def _person(pronoun: Token) -> Span | None:
    names = [t for t in pronoun.doc[:pronoun.i] if t.pos_ == "PROPN" and t.dep_ != "compound"
             and t.ent_type_ in ("PERSON", "") and not any(
                 c.dep_ == "compound" and c.lower_ in lexicons.group("body") for c in t.lefts)]  # "the group Medlink"
    full = next((t for t in names if child(t, "compound") is not None), None)
    if full is None or len({t.lower_ for t in names}) > 1:
        return None
    return pronoun.doc[full.left_edge.i:full.i + 1]


def _is_named(noun: Token) -> bool:
    """Whether a mention says which one it is: by an owner, a name before it or what it is of."""
    of = child(noun, "prep")
    return noun.dep_ != "compound" and (child(noun, "poss") is not None or any(
        c.dep_ == "compound" and c.pos_ == "PROPN" for c in noun.lefts) or of is not None and of.lower_ in ("of", "for")
        and noun.pos_ == "PROPN" and of.i == noun.i + 1)


def _full(noun: Token) -> Span:
    of = child(noun, "prep")
    end = of.right_edge.i if of is not None and of.i == noun.i + 1 and of.lower_ in ("of", "for") else noun.i
    return noun.doc[noun.left_edge.i:end + 1]


def _only(spans: list[Span]) -> Span | None:
    return spans[0] if spans and len({s.text.casefold().removeprefix("the ") for s in spans}) == 1 else None
