"""The smallest change that moves a ceiling: found by trying the rules on evidence that nobody has yet, said in words.

A *lever* is one thing that may come to be known: a further origin, a confirmation by one that denied it, proof that an
origin speaks on its own knowledge, a contradiction. Levers are tried alone, then two together; the fewest that move the
ceiling are the smallest change. That the rules are tried, and not described, keeps the words true to the rules.
"""
import itertools
from collections.abc import Callable
from typing import NamedTuple

from helpers import ceilings, measures
from helpers.tellings import amount, span_of
from helpers.ledger import DENYING, Evidence
from helpers.likeness import numbered
from helpers.matching import Scoped

TOGETHER = 2   # levers tried at once
AGAINST = 3    # further origins that contradict, at most
WORDS = 14     # of a claim, that are quoted
NAMED = 3      # of the smallest changes, how many are said


class State(NamedTuple):
    """What `ceilings.weigh` is asked about."""

    origins: list[dict]
    drift: list[dict]
    denied: list[dict]


class Lever(NamedTuple):
    words: str
    pull: Callable[[State], State]
    again: bool = False  # whether it may be pulled twice


def of_claim(kind: str, claim: Scoped | None, origins: list[dict], drift: list[dict], evidence: Evidence) -> dict:
    """would_raise and would_lower of a claim, each a list of sentences; what `ceilings.of_claim` takes."""
    if kind in ("opinion", "prediction"):
        return {"would_raise": [], "would_lower": []}
    if claim is None:
        return {"would_raise": ["A reading in which it says something that the ledger counts would let it be judged."],
                "would_lower": []}
    state = State(origins, drift, ceilings.denials(claim, evidence) if origins else [])
    return {"would_raise": _raising(claim, state, evidence), "would_lower": _lowering(claim, state, evidence)}


def of_record(good: int, n: int) -> dict:
    """would_raise and would_lower of a source with `good` of `n` resolved statements borne out."""
    now = ceilings.letter(good, n)
    if now == "F":
        missing = ceilings.FEWEST - n
        return {"would_raise": [f"{missing} more of its own statements that a later confirmation settles would give it a "
                                "letter."], "would_lower": []}
    up = next((k for k in range(1, 100) if ceilings.letter(good + k, n + k) < now), 0)
    down = next((k for k in range(1, 100) if ceilings.letter(good, n + k) > now), 0)
    return {"would_raise": [f"{_further(up)} borne out, and none that is not, would lift the ceiling from {now} to "
                            f"{ceilings.letter(good + up, n + up)}."] if up else [],
            "would_lower": [f"{_further(down)} not borne out would lower it from {now} to "
                            f"{ceilings.letter(good, n + down)}."] if down else []}


def _further(n: int) -> str:
    return "One further statement" if n == 1 else f"{n} further statements"


def _ceiling(claim: Scoped, state: State) -> int:
    return ceilings.weigh(claim, *state).ceiling if state.origins else 6


def _raising(claim: Scoped, state: State, evidence: Evidence) -> list[str]:
    before = _ceiling(claim, state)
    if before == 1:
        return []
    levers = [] if _vague(claim) else [_origin(claim, state, evidence)]
    levers += [Lever(f"a confirmation by {d['actor']}, which denied it ({', '.join(d['denied'])})", _confirmed(d))
               for d in state.denied if d["denied"] and not d["confirmed"]]
    levers += [Lever(f"proof that {_house(o, evidence)} speaks on knowledge of its own", _known(o))
               for o in state.origins if o["agrees"] == "yes" and o["independent"] != "yes"]
    levers += [Lever(f"a withdrawal by {_house(o, evidence)} of what contradicts it ({_ids(o)})", _withdrawn(o))
               for o in state.origins if o["agrees"] == "no"]
    for k in range(1, TOGETHER + 1):
        found = []
        for chosen in itertools.combinations_with_replacement(levers, k):
            if any(not one.again for one, n in _counted(chosen) if n > 1):
                continue
            after = _pulled(state, chosen)
            if (reached := _ceiling(claim, after)) < before:
                found.append(f"{_joined(chosen)} would lift the ceiling from {before} to {reached}.")
        if found:
            return [_upper(f) for f in found[:NAMED]]
    return [_held(claim, state, before)]


def _held(claim: Scoped, state: State, before: int) -> str:
    """Why no further statement lifts a ceiling."""
    w = ceilings.weigh(claim, *state) if state.origins else None
    if w and w.stronger:
        d = w.stronger[0]
        return (f"No further statement lifts it above {before} while the text says “{_plain(d['new'])}” where its root "
                f"{d['root_id']} says “{_plain(d['old'])}”.")
    if _vague(claim) or w and w.existence:
        return f"No further statement lifts it above {before} while it gives no number" + (
            "." if _vague(claim) else " and nobody who denied it has confirmed it.")
    return f"No {TOGETHER} changes together lift it above {before}."


def _vague(claim: Scoped) -> bool:
    """Whether no statement can agree with it like for like (`pairs.agreement`): an amount in words."""
    return claim.kind == "quantity" and not numbered(claim) and claim.stance not in DENYING


def _lowering(claim: Scoped, state: State, evidence: Evidence) -> list[str]:
    before, found = _ceiling(claim, state), []
    if before == 6:
        return []

    def tried(words: str, after: State) -> None:
        if (reached := _ceiling(claim, after)) > before:
            found.append(f"{_upper(words)} would lower it from {before} to {reached}.")

    for o in state.origins:
        if o["agrees"] != "no":
            tried(f"a withdrawal by {_house(o, evidence)} of {_ids(o)}", _withdrawn(o)(state))
    for d in state.denied:
        if d["confirmed"] and d["denied"]:
            tried(f"a withdrawal of the confirmation by {d['actor']} ({', '.join(d['confirmed'])})", _unconfirmed(d)(state))
    known = [o for o in state.origins if o["agrees"] == "yes" and o["independent"] == "yes"]
    if len(known) == 2:
        tried(f"proof that {_house(known[0], evidence)} and {_house(known[1], evidence)} are one origin",
              _withdrawn(known[1])(state))
    against = {"agrees": "no", "independent": "yes", "party_to_event": "no", "statement_ids": "", "root_id": ""}
    for k in range(1, AGAINST + 1):
        after = state._replace(origins=[*state.origins, *[against] * k])
        if _ceiling(claim, after) > before:
            tried(f"{('an independent origin', 'two independent origins', 'three independent origins')[k - 1]} that "
                  f"contradict{'s' * (k == 1)} it, like for like,", after)
            break
    return found[:NAMED]


def _origin(claim: Scoped, state: State, evidence: Evidence) -> Lever:
    """A further origin that agrees like for like: which one, independent of whom, and what it would have to give."""
    known = [o for o in state.origins if o["agrees"] == "yes" and o["independent"] == "yes"]
    stronger = ceilings.stronger_than_root(state.drift)
    houses = [_house(o, evidence) for o in known]
    if stronger:
        houses.append(evidence.called[evidence.house(evidence.statements[stronger[0]["root_id"]].source_id)])
    of_whom = f", independent of {_listed(list(dict.fromkeys(houses)))}," if houses else ""
    new = {"agrees": "yes", "independent": "yes", "party_to_event": "no", "statement_ids": "", "root_id": ""}
    nth = ("an", "a second", "a third", "a fourth", "a fifth", "a sixth")[min(len(known), 5)]
    return Lever(f"{nth} origin{of_whom or ', no party to the event,'} that {_gives(claim, stronger)}",
                 lambda s: s._replace(origins=[*s.origins, new]), again=True)


def _gives(claim: Scoped, stronger: list[dict]) -> str:
    """What a statement would have to say to agree like for like."""
    drifted = next((d for d in stronger if d["field"] in ("measure", "stance")), None)
    if claim.stance in DENYING:
        return "tells of the denial in its own right"
    of = ", ".join(filter(None, (claim.population, claim.place, span_of(claim) if claim.period_end else "")))
    if not measures.parse(claim.measure).known and claim.proposition:
        # A lemma of a verb beside one of a noun is no prose: the text's own words say what it would have to be.
        words = claim.proposition.rstrip(".").split()
        return f"says the same, like for like (“{' '.join(words[:WORDS])}{'…' * (len(words) > WORDS)}”)"
    if not amount(claim):
        of = ", ".join(filter(None, (_plain(claim.measure), of)))
        return "says the same, like for like" + (f" ({of})" if of else "")
    said = ("gives", amount(claim), _plain(claim.measure), _plain(claim.rate), f"({of})" if of else "")
    told = " ".join(filter(None, said))
    return told + (f", counted apart from “{_plain(drifted['old'])}”" if drifted and drifted["field"] == "measure" else "")


def _pulled(state: State, levers: tuple[Lever, ...]) -> State:
    for lever in levers:
        state = lever.pull(state)
    return state


def _confirmed(d: dict) -> Callable[[State], State]:
    return lambda s: s._replace(denied=[x | {"confirmed": ["new"]} if x is d else x for x in s.denied])


def _unconfirmed(d: dict) -> Callable[[State], State]:
    return lambda s: s._replace(denied=[x | {"confirmed": []} if x is d else x for x in s.denied])


def _known(o: dict) -> Callable[[State], State]:
    return lambda s: s._replace(origins=[x | {"independent": "yes"} if x is o else x for x in s.origins])


def _withdrawn(o: dict) -> Callable[[State], State]:
    return lambda s: s._replace(origins=[x for x in s.origins if x is not o])


def _counted(levers: tuple[Lever, ...]) -> list[tuple[Lever, int]]:
    return [(one, levers.count(one)) for one in dict.fromkeys(levers)]


def _joined(levers: tuple[Lever, ...]) -> str:
    return " and ".join(one.words if n == 1 else f"{one.words}, and another besides," for one, n in _counted(levers))


def _house(o: dict, evidence: Evidence) -> str:
    """Whose word an origin is, by name."""
    names = [evidence.called[f] for f in o["origin_family"].split(";") if f]
    name = " and ".join(names) or evidence.called[evidence.statements[o["root_id"]].source_id]
    return name + (" (party)" if o["party_to_event"] == "yes" else "")


def _ids(o: dict) -> str:
    return ", ".join(o["speaking"][:3]) + (f" and {len(o['speaking']) - 3} more" if len(o["speaking"]) > 3 else "")


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _plain(value: str) -> str:
    return value.removesuffix("_unspecified").replace("_", " ")


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
