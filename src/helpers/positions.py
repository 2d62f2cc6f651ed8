"""What each actor held on each subject, in the order in which it was said: denial, evasion, confirmation, correction.

An *actor* is an origin family, or a source without one. A *position* is an actor's own word: a relay's is its root's, and
where an outlet tells of a denial that no statement of the ledger is the root of, it is still not the outlet that denies.
A sequence only grows: a later confirmation leaves the denial before it as it was, and `ledger.known_by` cuts it by the day.
"""
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from helpers import measures, naming, tables, wording
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


def subjects(c, evidence: Evidence) -> set[tuple[str, str]]:
    """The subjects (measure, population) of the ledger's positions that a scoped claim is on: by its measure, and by its
    words where the vocabulary does not tell both what it and what they are of."""
    found = {(m, c.population) for m in (c.measure, *(m for m in evidence.measures if c.measure and measures.alike(
        c.measure, m)))} if c.population or c.stance in DENYING else set()
    said, on = evidence.once(_in_words), wording.on_what(c)
    common = Counter(n for stem in on for n in said.at.get(stem, ()))
    return found | {(s.measure, s.population) for n, stems in sorted(common.items())
                    if _on_one(c, on, s := said.held[n], stems)}


def _on_one(c, on: frozenset[str], s, common: int) -> bool:
    """Whether a claim is on the subject of a position, by their words. A claim that is no position itself names what the
    subject is called by, too."""
    if measures.parse(c.measure).known and measures.parse(s.measure).known or common < wording.LEAST:
        return False
    held = c.stance in DENYING or common > wording.LEAST and bool(on & naming.stems(s.measure))
    return held and bool(wording.one_subject(c, s))


def elsewhere(named: Iterable[str], shown: set[str], evidence: Evidence) -> list[tuple]:
    """(actor, statement) for the denials, evasions and refusals to comment that are not among the shown; those of the houses
    that are named first, then in order of time."""
    first = set(named)
    found = [(evidence.house(s.source_id), s) for s in evidence.statements.values()
             if s.stance in DENYING and s.statement_id not in shown]
    return sorted(found, key=lambda f: (f[0] not in first, f[1].said_on, f[1].statement_id))


class _Held(NamedTuple):
    """held: the statements in which an actor may turn; at: stem -> where in `held` something is said of it."""

    held: list
    at: dict[str, list[int]]


def _in_words(evidence: Evidence) -> _Held:
    held = [s for s in evidence.statements.values() if s.stance in TURNS and is_own(s, evidence)]
    at: dict[str, list[int]] = {}
    for n, s in enumerate(held):
        for stem in wording.on_what(s):
            at.setdefault(stem, []).append(n)
    return _Held(held, at)


def turned(claims: Iterable, then: Evidence, now: Evidence) -> pd.DataFrame:
    """What actors have said on the subjects of scoped claims between two states of the evidence: columns claim, what
    (position), then, now, why (who), as `tipping.moved` has them. What was held before stands as it was."""
    rows = []
    for c in claims:
        on = {(m, c.population) for m in now.measures if c.measure and measures.alike(c.measure, m)} | subjects(c, now)
        held = dict.fromkeys((actor, s.statement_id) for m, who in sorted(on) for actor, s in about(m, who, now))
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
