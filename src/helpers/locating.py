"""Where a number or a clause is: by the list of places, by what the tagger knows, or by how a name stands.

A place that is none is worse than a blank, which is compared with nothing: in doubt there is none.
"""
from spacy.tokens import Doc, Token

from helpers import days, lexicons


def place(start: int, end: int, doc: Doc) -> str:
    """Where, in a range of tokens: the first place that a preposition leads to, by the list, else as it is named."""
    for token in doc[start:end]:
        if token.dep_ != "pobj" or token.head.lower_ not in lexicons.group("place preposition"):
            continue
        words = doc[max(start, token.left_edge.i):token.i + 1].text.replace("’", "'")
        listed = [m for m in lexicons.pattern("places", "terms").finditer(words)
                  if not words[m.end():].startswith("'s") and m.end() >= len(words) - 12]
        if listed and (token.ent_type_ or token.head.lower_ != "of"):
            return lexicons.by("places", "terms")[" ".join(listed[-1].group(0).lower().split())]["place"]
        if token.head.head.lemma_.lower() in lexicons.group("trust"):
            continue
        if token.ent_type_ in ("GPE", "LOC", "FAC") and token.head.lower_ not in ("of", "from"):
            named = next((e.text for e in doc.ents if e.start <= token.i < e.end), token.text)
            return named.removeprefix("the ").removeprefix("The ").strip()
        if _named_like_a_place(token):
            first = next((t for t in doc[token.head.i + 1:token.i + 1] if t.text[0].isupper()), token)
            return doc[first.i:token.i + 1].text
    return ""


def _named_like_a_place(token: Token) -> bool:
    """Whether a name that no list knows stands where places do: "turnout in Lenz", "residents of Ardle".

    In doubt it is none: a day, a language, what has shares or is trusted, somebody who does something in the text.
    """
    prep, over, word = token.head.lower_, token.head.head.lemma_.lower(), token.text
    if token.i != token.right_edge.i or not word.istitle() or len(word) < 4 or word.lower() in (
            *days.MONTHS, *days.WEEKDAYS) or token.pos_ not in ("PROPN", "ADJ", "NOUN"):
        return False
    if over in lexicons.group("inhabitant"):
        timed = token.ent_type_ in ("DATE", "TIME", "NORP", "LANGUAGE")
        return not timed and prep in ("of", "in", "from", "near", "at")
    acts = any(t.text == word and t.dep_ in ("nsubj", "nsubjpass") for t in token.doc)
    named = token.pos_ == "PROPN" and token.ent_type_ in ("", "PERSON") and (
        token.i == token.head.i + 1 and token.n_lefts == 0)
    return named and prep in ("in", "near", "outside", "across") and not acts and over not in lexicons.group("held in")

