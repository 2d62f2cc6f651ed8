"""A claim and a statement that name no measure in common may still say the same in words: a cause, a place, who resigned.

Compared are the stems of what they state (`naming`), not of who said it or of whom. Words in common are a sign to look
at, never a match by themselves.
"""
from functools import lru_cache

from helpers import naming

LEAST, SHARED = 2, 0.5  # words that the two must have in common, and their share of the shorter's


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
