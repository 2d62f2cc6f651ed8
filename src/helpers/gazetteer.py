"""Places that only the ledger knows: its own column `place`, looked for in the words of a claim that names no place yet.

A place is read where a word of place stands before it ("in Orle", "residents of Orle") or where it stands before the noun
that is counted ("12 Orle residents"). A longer name that holds it is another name: "the Orle Hospital" is no place.
"""
import re
from collections.abc import Iterable
from functools import lru_cache

from helpers import lexicons, sources
from helpers.ledger import Evidence

_TOKEN = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|[^\w\s]")
_OWNER = re.compile(r"['’]s?$")
_MANY = 6  # words of a name at most
Places = dict[tuple[str, ...], str]


def known(names: Iterable[str]) -> Places:
    """Words -> place, of the names given and of what each of them lies in ("Orle, Marle")."""
    found: Places = {}
    for name in sorted(set(names)):
        for part in (name, *re.split(r"[,;+]", name)):
            words = tuple(sources.words(part))
            if words and len(words) <= _MANY and any(c.isupper() for c in part):
                found.setdefault(words, part.strip())
    return found


def of(evidence: Evidence) -> Places:
    """The places of a ledger's statements."""
    return evidence.once(_places)


def _places(evidence: Evidence) -> Places:
    return known(name for s in evidence.statements.values() for name in (s.place, s.told_place) if name)


_words = lru_cache(65536)(sources.words)


def find(words: str, places: Places) -> str:
    """The place that some words name: the first that a word of place leads to, or "of" the last ("cases of Orle fever
    among residents of Marle"); without these, one between a number and a noun; or ""."""
    tokens = _TOKEN.findall(words) if places else []
    at, after_of, bare = "", "", ""
    for n in range(len(tokens)):
        own, size = _name_at(tokens, n, places)
        if not own:
            continue
        before = n - 1
        while before > 0 and tokens[before].casefold() in lexicons.group("before a place"):
            before -= 1
        lead = tokens[before].casefold() if before >= 0 else ""
        if lead == "of":
            named = before > 1 and tokens[before - 1][0].isupper()  # "the Clinic of Orle"
            after_of = after_of if named else own
        elif lead in lexicons.group("place preposition") - {"to", "into"}:
            at = at or own
        elif n and tokens[n - 1][0].isdigit() and tokens[n + size:][:1] and tokens[n + size][0].islower():
            bare = bare or own
    return at or after_of or bare


def _name_at(tokens: list[str], n: int, places: Places) -> tuple[str, int]:
    """The place whose name begins at a token, and of how many tokens; not where the name is a part of a longer one."""
    for size in range(min(_MANY, len(tokens) - n), 0, -1):
        said = tokens[n:n + size]
        own = places.get(tuple(w for t in said for w in _words(t)))
        if own and any(t[0].isupper() for t in said):
            longer = n + size < len(tokens) and tokens[n + size][0].isupper() and not _OWNER.search(said[-1])
            return ("", 0) if longer else (own, size)
    return "", 0
