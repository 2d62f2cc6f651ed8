"""What each actor held on each subject, in the order in which it was said: denial, evasion, confirmation, correction.

An *actor* is an origin family, or a source without one. A *position* is an actor's own word: a relay's is its root's, and
where an outlet tells of a denial that no statement of the ledger is the root of, it is still not the outlet that denies.
A sequence only grows: a later confirmation leaves the denial before it as it was, and `ledger.known_by` cuts it by the day.
"""
from collections.abc import Iterable

import pandas as pd

from helpers import measures, tables
from helpers.ledger import DENYING, Evidence
from helpers.sources import MEDIA

OF_OTHERS = (*DENYING, "confirm")           # what nobody can take back or admit for another
TURNS = (*OF_OTHERS, "correct")             # where an actor may turn: what a sequence is read for
SAID = {"deny": "denied", "evade": "evaded", "no_comment": "did not comment", "confirm": "confirmed", "correct": "corrected",
        "assert": "asserted"}               # in a sentence
STANCES = (*TURNS, "assert")                # a prediction is no position on what is


def sequences(evidence: Evidence) -> pd.DataFrame:
    """The table `positions`: actor, subject, said_on, stance, statement_id; by subject and actor, in order of time."""
    found = sorted((subject(s.measure, s.population), evidence.house(s.source_id), s.said_on, s.statement_id, s.stance)
                   for s in evidence.statements.values() if is_own(s, evidence))
    return tables.frame("positions", [
        {"actor": actor, "subject": about, "said_on": day, "stance": stance, "statement_id": statement}
        for about, actor, day, statement, stance in found])


def is_own(s, evidence: Evidence) -> bool:
    """Whether a statement is a position of the one who made it."""
    return s.stance in STANCES and not evidence.parent[s.statement_id] and not (
        s.stance in OF_OTHERS and passes_on(s.source_id, evidence))


def passes_on(source_id: str, evidence: Evidence) -> bool:
    """Whether a source tells what others say: media, unless a house speaks there, as a state does in its own."""
    return evidence.kind.get(source_id) in MEDIA and not evidence.family.get(source_id)


def subject(measure: str, population: str, rate: str = "") -> str:
    """A subject in words: "killed or wounded, patients"."""
    return ", ".join(filter(None, (measure, population, rate))).replace("_", " ")


def about(measure: str, population: str, evidence: Evidence) -> list[tuple]:
    """(actor, statement) for each denial, evasion, confirmation and correction on a subject, in order of time. A blank
    population is any."""
    return [(evidence.house(s.source_id), s) for s in _held(measure, evidence)
            if not population or s.population in ("", population)]


def turned(claims: Iterable, then: Evidence, now: Evidence) -> pd.DataFrame:
    """What actors have said on the subjects of scoped claims between two states of the evidence: columns claim, what
    (position), then, now, why (who), as `tipping.moved` has them. What was held before stands as it was."""
    rows = []
    for c in claims:
        alike = sorted(m for m in now.measures if c.measure and measures.alike(c.measure, m))
        held = dict.fromkeys((actor, s.statement_id) for m in alike for actor, s in about(m, c.population, now))
        said: dict[str, list[str]] = {}
        for actor, s in sorted(held, key=lambda h: (now.statements[h[1]].said_on, h[1])):
            said.setdefault(actor, []).append(s)
        for actor in sorted(said):
            before = [s for s in said[actor] if s in then.statements]
            if len(before) < len(said[actor]):
                who = _called(actor, said[actor], now)
                rows.append((c.claim_id, "position", _told(before, now), _told(said[actor], now), who))
    return pd.DataFrame(rows, columns=["claim", "what", "then", "now", "why"])


def _told(ids: list[str], evidence: Evidence) -> str:
    return " → ".join(f"{SAID[evidence.statements[s].stance]} ({s})" for s in ids) or "none"


def _called(actor: str, ids: list[str], evidence: Evidence) -> str:
    party = any(evidence.party.get(evidence.statements[s].source_id) == "yes" for s in ids)
    return evidence.called[actor] + " (party)" * party


def _by_measure(evidence: Evidence) -> dict[str, list[tuple]]:
    return {measure: held for measure, said in evidence.measures.items()
            if (held := [s for s in said if s.stance in TURNS and is_own(s, evidence)])}


def _held(measure: str, evidence: Evidence) -> list[tuple]:
    if evidence.whole is None:
        return evidence.once(_by_measure).get(measure, [])
    found = [s for s in _held(measure, evidence.whole) if s.statement_id not in evidence.touched]
    # A relay whose root was never seen speaks for itself.
    moved = [evidence.statements[s] for s in evidence.touched if s in evidence.statements]
    found += [s for s in moved if s.measure == measure and s.stance in TURNS and is_own(s, evidence)]
    return sorted(found, key=lambda s: (s.said_on, s.statement_id))
