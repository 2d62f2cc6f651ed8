"""A claim and a statement that name no measure in common may still say the same in words: a cause, a place, who resigned.

Compared are the stems of what they state (`naming`), not of who said it or of whom. Words in common are a sign to look
at, never a match by themselves. What somebody denies or does not answer is told in freer words than what is counted: there
the one who holds the position counts too.
"""
from functools import cache, lru_cache

from helpers import lexicons, naming

LEAST, SHARED = 2, 0.5  # words that the two must have in common, and their share of the shorter's
NEARLY = 0.6  # and the share of the longer's that makes them nearly the same
SUBJECT = 0.4  # the same share where two are positions of one house


@lru_cache(4096)
def content(claim) -> frozenset[str]:
    """The stems of what a scoped claim states."""
    own = naming.stems(f"{claim.proposition} {claim.measure}")
    return own - naming.stems(claim.population.replace("+", " ")) - naming.stems(claim.source_id.strip("~"))


def in_common(wanted: frozenset[str], statement) -> frozenset[str]:
    """The stems in which a claim's content and a statement meet, if these are enough to say the same; else none."""
    stems = told(statement)
    common = wanted & stems
    return common if len(common) >= LEAST and len(common) >= SHARED * min(len(wanted), len(stems)) else frozenset()


def told(statement) -> frozenset[str]:
    """The stems of what a statement of the ledger states."""
    return _told(statement.measure, statement.paraphrase)


@lru_cache(1 << 18)
def _told(measure: str, paraphrase: str) -> frozenset[str]:
    return naming.stems(f"{measure} {paraphrase}")


def one_subject(claim, statement) -> frozenset[str]:
    """The stems in which a position that a claim gives somebody and one of the ledger meet, if they are enough to be on one
    thing; else none. Who holds it, and how, are not asked here.

    One word in common is enough where that is all that one of them is on: "the merger".
    """
    x, y = on_what(claim), on_what(statement)
    common, shorter = x & y, min(len(x), len(y))
    return common if common and len(common) >= min(LEAST, shorter) and len(common) >= SUBJECT * shorter else frozenset()


def spoken_of(claim, statement) -> bool:
    """Whether whom one of the two is about is who holds the position, or is named in the other's words."""
    x, y = naming.stems(claim.population), naming.stems(statement.population)
    return x <= told(statement) | y | naming.stems(_names(claim)) or y <= content(claim) | x | naming.stems(_names(statement))


def names_holder(claim, statement) -> bool:
    """Whether a statement names in its words whoever holds the position that a claim tells of."""
    return bool(own := naming.stems(claim.source_id.strip("~"))) and own <= told(statement)


def on_what(row) -> frozenset[str]:
    """The stems of what a position is on: of a claim, or of a statement of the ledger."""
    words = row.proposition if hasattr(row, "claim_id") else row.paraphrase
    return _on_what(words, row.measure, row.population, _names(row))


def _names(row) -> str:
    return f"{row.source_id.strip('~')} {getattr(row, 'source', '')}"


@lru_cache(1 << 16)
def _on_what(words: str, measure: str, population: str, names: str) -> frozenset[str]:
    return naming.stems(f"{words} {measure} {population}") - naming.stems(names) - _positions()


@cache
def _positions() -> frozenset[str]:
    return naming.stems(" ".join(sorted(lexicons.group("of a position"))))
