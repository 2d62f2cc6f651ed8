"""Who is counted, or to whom a clause says that something happened: a *population*, by the list (lexicons/populations.csv),
else by the noun.

What the list does not know keeps its own lemma.
"""
from spacy.tokens import Token

from helpers import lexicons
from helpers.scopes import done_to, of_word
from helpers.syntax import child, clause_of, is_passive, subject


class Memory:
    """Who was last spoken of: by head noun ("these nurses") and by measure ("the dismissals"). One a text."""

    def __init__(self) -> None:
        self.by_noun: dict[str, str] = {}
        self.by_measure: dict[str, str] = {}


def listed() -> frozenset[str]:
    return frozenset(lexicons.by("populations", "population"))


def named(words: str) -> str:
    """The ledger's name for the first listed people in some words, or ""."""
    hit = lexicons.pattern("populations", "terms").search(words.replace("’", "'"))
    return lexicons.by("populations", "terms")[" ".join(hit.group(0).lower().split())]["population"] if hit else ""


def find(noun: Token | None, verb: Token, memory: Memory) -> str:
    """Who is counted: by the noun's own words, by whom it is of or among, by the subject of its clause, by memory."""
    found = _own(noun) if noun is not None else ""
    if found:
        memory.by_noun[noun.lemma_.lower()] = found
        return found
    harm = noun is None or bool(of_word(noun)) or noun.pos_ == "PRON" or noun.pos_ == "DET"
    if noun is not None and not harm:
        if noun.lemma_.lower() in memory.by_noun and any(
                c.lower_ in ("these", "those", "the", "their", "such") for c in noun.children):
            return memory.by_noun[noun.lemma_.lower()]
        who = subject(verb)
        if who is not None and who.i != noun.i and done_to(verb, noun) and (found := _own(who)):
            return found  # those whom a side lost are its own
        first = next((c for c in noun.children if c.dep_ == "compound" and c.i == noun.i - 1
                      and len(c) > 2), None)
        return (f"{first.lemma_} {noun.lemma_}" if first is not None else noun.lemma_).lower()
    at = clause_of(verb)
    who = subject(at)
    if who is not None and of_word(who) and (found := _own(who)):
        return found  # "British losses came to 40"
    for _ in range(3):
        who = subject(at) if _befalls(at) else None
        if who is not None and (noun is None or who.i != noun.i):
            found = _own(who) or (memory.by_noun.get(who.lemma_.lower(), "") if any(
                c.lower_ in ("these", "those", "the") for c in who.children) else "")
            if found:
                return found
            bears = at.lemma_.lower() in lexicons.group("bearing verb") and at.i == clause_of(verb).i
            if bears and who.pos_ == "NOUN" and not of_word(who) and not is_number(who):
                return who.lemma_.lower()
        if at.head.i == at.i:
            break
        at = clause_of(at.head)
    return ""


def is_number(token: Token) -> bool:
    return token.like_num or token.lower_ in lexicons.by("number_words", "word")


def _befalls(verb: Token) -> bool:
    """Whether a verb's subject is the one to whom it happens: "suffered losses", "have died", "were hurt"."""
    undergone = bool(of_word(verb)) and (is_passive(verb) or child(verb, "dobj") is None)
    return undergone or verb.lemma_.lower() in lexicons.group("bearing verb")


def _own(noun: Token) -> str:
    """The people named inside a noun phrase, relative clauses aside."""
    found = named(noun.doc[noun.left_edge.i:noun.i + 1].text)
    for c in noun.children:
        if not found and c.dep_ == "prep" and c.lower_ in ("of", "among", "from", "for", "by") and c.i > noun.i:
            inner = child(c, "pobj")
            if inner is not None:
                found = named(noun.doc[c.i:inner.i + 1].text)
    return found
