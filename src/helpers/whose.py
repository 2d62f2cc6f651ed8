"""Whose word is it? Whom a telling credits, beside the origin of the one before: the field `source` of `drift`."""
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from helpers import credits, sources
from helpers.ledger import DENYING
from helpers.matching import AUTHOR
from helpers.tellings import KEPT, UNKNOWN, Field, changed

RELAY_AS_ORIGIN = "a relay is presented as the origin"


class Way(NamedTuple):
    """How the older telling came about: its root's source, the sources on the way from there, and source -> family."""

    root: str = ""
    relays: frozenset[str] = frozenset()
    family: Mapping[str, str] = {}


def source(old, new, way: Way = Way()) -> Field:
    """Whom the new telling credits, beside the origin of the old one; always other. A silent telling is unknown.

    A house is an origin family, or a source without one: the same house less exactly named is kept.
    """
    root = getattr(old, "credits", ()) or (way.root or old.source_id,)
    houses, told = _houses((*root, way.root or root[0]), way, old), credited(new, way)
    if not told:
        return UNKNOWN
    if not hasattr(old, "claim_id") and told != (AUTHOR,) and _houses(told, way, new) == _houses(credited(old, way), way, old):
        return KEPT  # if it is another than the root's, the step before says so
    known = _houses((*way.relays, old.source_id, new.source_id), way, old)
    mine = _houses(told, way, new)
    if mine & houses or any(_named_in(t, root) for t in told):
        more = {t for t in told if not _houses((t,), way, new) & (houses | known) and not _named_in(t, root)}
        if not more:
            return KEPT
        note = "another house is credited beside the origin"
    elif mine & _houses((*way.relays, old.source_id), way, old) or not hasattr(new, "claim_id") and mine & known:
        note = RELAY_AS_ORIGIN
    elif new.stance in DENYING and hasattr(new, "claim_id"):
        return UNKNOWN  # the text names the actor whose position it is, and an outlet told it: no other origin is claimed
    elif told == (AUTHOR,) and _houses(new.names, way) & houses:
        return UNKNOWN  # its sentence names the origin, though no cue hands it the words
    elif told == (AUTHOR,):
        note = "told in the author's own voice"
    else:
        note = "another source is named" if not told[0].startswith("~") or not hasattr(new, "claim_id") else (
            "the source is no longer named")
    return changed(";".join(sorted(root)), ";".join(told), "other", note)


def credited(row, way: Way) -> tuple[str, ...]:
    """Whose word a telling gives: a claim's own source, but "it" and "they" are nobody by name; whom a row
    credits; a house that speaks for itself and in its paraphrase credits nobody, itself."""
    if hasattr(row, "claim_id"):
        return () if sources.is_pronoun(row.source_id) else (row.source_id,)
    own = getattr(row, "credits", ())
    return own or ((row.source_id,) if way.family.get(row.source_id) and row.paraphrase else ())


def _houses(ids: Iterable[str], way: Way, row=None) -> frozenset[str]:
    own = {row.source_id: row.family} if row is not None and getattr(row, "family", "") else {}
    return frozenset(own.get(i) or way.family.get(i) or i for i in ids)


def _named_in(name: str, ids: Iterable[str]) -> bool:
    """Whether an unlisted name is a listed source less exactly named: "the police" of orle-police."""
    words = set(name[1:].split("-"))
    return name.startswith("~") and name != credits.ONE_MORE and any(words <= set(sources.words(i.replace("-", " ")))
                                                                    for i in ids)
