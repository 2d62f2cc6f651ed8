"""What a number is the amount, the level or the count of, where it counts nobody itself: "turnout was 61%", "sales rose to
40,000", "the number of walkers was 40".
"""
from spacy.tokens import Token

from helpers import lexicons
from helpers.populations import is_number
from helpers.scopes import of_word
from helpers.syntax import child, subject


def of_amount(verb: Token) -> str:
    """What an amount with a unit measures: the verb, or its subject where the verb only says how much it is."""
    who = subject(verb)
    if verb.lemma_.lower() not in lexicons.group("amount verb") or who is None or who.pos_ not in ("NOUN", "PROPN"):
        return verb.lemma_.lower() if verb.is_alpha else ""
    return of_word(who) or (who.lemma_.lower() if who.pos_ == "NOUN" or who.i == who.sent.start else "")


def tallied(verb: Token) -> Token | None:
    """Of whom a verb's subject is the number or count, if it is one."""
    who = subject(verb)
    of = next((c for c in who.rights if c.lower_ == "of"), None) if who is not None and (
        who.lemma_.lower() in lexicons.group("tally")) else None
    return child(of, "pobj") if of is not None else None


def of_level(verb: Token) -> str:
    """What a bare number is the level of, where the verb only says that it was reached: "sales rose to 40,000"."""
    who = subject(verb)
    said = verb.lemma_.lower() in lexicons.group("light verb") and who is not None and who.pos_ == "NOUN"
    people = said and who.lemma_.lower() in lexicons.group("people")  # "the miners were 40": they are who is counted
    tally = said and who.lemma_.lower() in lexicons.group("tally")
    return who.lemma_.lower() if said and not people and not tally and not is_number(who) else ""
