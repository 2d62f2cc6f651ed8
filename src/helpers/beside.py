"""What stands beside a claim: the statements that it can be compared with, and of the others the most alike.

A *scope* is all that can keep two from being compared. One statement of a scope speaks for all of it, so a large ledger
takes as long as it has scopes near the claim, and statements that bear on it.
"""
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from helpers import measures
from helpers.ledger import DENYING, Evidence
from helpers.likeness import numbered

KEPT = 200  # of the statements that a claim cannot be compared with, how many are listed
POSITION = "another's position"


class Beside(NamedTuple):
    """Comparisons as `matching.compare` gives them; and how many statements were refused, by the fields that differ."""

    rows: list[dict]
    refused: Counter


def of(c, evidence: Evidence, published: str, compare: Callable[..., dict]) -> Beside:
    """What stands beside one claim (a `matching.Scoped`), found once. compare: `matching.compare`.

    Scopes that differ in fewer fields come first among what is kept of the others.
    """
    made = evidence.once(_made)
    if (c, published) not in made:
        rows, refused, others = [], Counter(), []
        for scope in _near(c, evidence):
            first = compare(c, scope[0], evidence, published)
            if first["why_not"]:
                refused[", ".join(_fields(first["why_not"]))] += len(scope)
                others.append((len(first["why_not"]), -first["score"], scope[0].said_on, scope[0].statement_id, scope))
            else:
                rows += [first, *(compare(c, s, evidence, published) for s in scope[1:])]
        kept = itertools.chain.from_iterable(scope for *_, scope in sorted(others, key=lambda o: o[:4]))
        rows += [compare(c, s, evidence, published) for s in itertools.islice(kept, KEPT)]
        made[c, published] = Beside(rows, refused)
    return made[c, published]


def near(measure: str, evidence: Evidence) -> list[str]:
    """The measures of the evidence that are this one, or near it."""
    return sorted(m for m in evidence.measures if measures.relation(measure, m) in ("equal", "near"))


def _made(evidence: Evidence) -> dict:
    return {}


def _near(c, evidence: Evidence) -> Iterator[list]:
    scopes = evidence.once(_scopes)
    for scope in itertools.chain.from_iterable(scopes[m] for m in near(c.measure, evidence)):
        if c.stance not in DENYING:
            yield scope
            continue
        # Whose position it is decides too, and that depends on the way on which it was told.
        told: dict[frozenset, list] = {}
        for s in scope:
            told.setdefault(evidence.tellers[s.statement_id], []).append(s)
        yield from told.values()


def _scopes(evidence: Evidence) -> dict[str, list[list]]:
    """measure -> its statements, those together that are alike in all that can keep them from being compared."""
    found: dict[str, dict[tuple, list]] = {}
    for s in evidence.statements.values():
        scope = (s.population, s.place, s.rate, s.stance, s.period_start, s.period_end, numbered(s))
        found.setdefault(s.measure, {}).setdefault(scope, []).append(s)
    return {measure: list(scopes.values()) for measure, scopes in found.items()}


def _fields(why_not: list[str]) -> list[str]:
    """The fields in which a statement differs, from the reasons why it may not be compared."""
    return sorted({"source" if why.startswith(POSITION) else why.split(" ")[0] for why in why_not})
