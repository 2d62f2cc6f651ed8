"""Ceilings: the best grade that the evidence allows, with reasons. People set the grades.

The scales are the Admiralty's (NATO AJP-2.1; UK JDP 2-00): reliability of a source A to F, credibility of a claim 1 to 6,
graded apart. F and 6 mean *cannot be judged*; they are the defaults and enter no arithmetic.
"""
from typing import NamedTuple

import pandas as pd
from scipy.special import betaincinv

from helpers import positions, tables
from helpers.ledger import DENYING, Evidence
from helpers.likeness import numbered
from helpers.matching import Scoped

RELIABILITY = {"A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
               "E": "unreliable", "F": "reliability cannot be judged"}
CREDIBILITY = {"1": "confirmed by other sources", "2": "probably true", "3": "possibly true", "4": "doubtful",
               "5": "improbable", "6": "truth cannot be judged"}
# A track record's letter: the lower end of the 90% interval must reach this. Fewer resolved statements than FEWEST: F.
LETTERS = (("A", 0.80), ("B", 0.60), ("C", 0.40), ("D", 0.20), ("E", 0.0))
FEWEST = 3
PRIOR = (1.0, 1.0)  # Beta: before any statement is resolved, every share is as likely as another


def of_claim(kind: str, claim: Scoped | None, origins: list[dict], drift: list[dict], evidence: Evidence) -> dict:
    """The ceiling of one claim, with its reasons.

    kind: the claim's kind. claim: its scope, None if it has none. origins, drift: its rows of those tables.
    Returns ceiling and the lists reasons_for, reasons_against, statement_ids. What would move it: `smallest`.

    The rules: an opinion or a prediction, and a claim beside which nothing can be set, is 6. No 1 below two origins,
    known to be independent, that agree like for like; one gives 2 at best, and 3 if all that agree are parties to the
    event or not known to be independent. A claim that says more than its own root, or that more origins contradict than
    confirm, is 4 at best, or 3 if an origin other than the root confirms it. A standing denial keeps it at 2, and so does
    the want of a number, unless one that had denied the thing confirmed it.
    """
    if kind in ("opinion", "prediction"):
        return _result("6", against=[f"It is {'an opinion' if kind == 'opinion' else 'a prediction'}: no statement made "
                                     "by now can settle it."])
    if claim is None:
        return _result("6", against=["It says nothing that the ledger counts."])
    if not origins:
        less = stronger_than_root(drift)
        return _result("6", against=[_says_less(d) for d in less] + [
            "Nothing else in the ledger says as much, or the contrary." if less else
            "No statement in the ledger can be set beside it."], cited=[d["root_id"] for d in less])
    denied = denials(claim, evidence)
    taken_back = [d for d in _denials_of(claim.measure, claim.population, evidence) if d["confirmed"] and d["denied"]] if (
        claim.stance == "deny") else []
    w = weigh(claim, origins, drift, denied)
    agree, near, against_ = w.agree, w.near, w.against
    return _result(
        str(w.ceiling),
        for_=[f"{_name(o, evidence)} says the same, like for like ({_ids(o)})." for o in agree]
        + [f"{_name(o, evidence)} says something that fits with it, but not the same ({_ids(o)})." for o in near]
        + [f"{d['actor']}, which had denied or evaded it, confirmed it later ({', '.join(d['confirmed'])})."
           for d in denied if d["confirmed"]],
        against=[f"{_name(o, evidence)} contradicts it ({_ids(o)})." for o in against_]
        + [_says_less(d) for d in w.stronger]
        + [f"{d['actor']} denied it and has not confirmed it ({', '.join(d['denied'])})." for d in w.standing]
        + [f"{d['actor']} has since confirmed what it had denied ({', '.join(d['confirmed'])}): the ceiling is that of the "
           "denial having been made, not of what it denies." for d in taken_back]
        + (["It gives no number: all that could be compared is that such a thing happened."] if w.existence and agree else [])
        + (["All that agree are parties to the event, or not known to be independent."] if agree and not w.solid else []),
        cited=[s for o in origins for s in o["statement_ids"].split(";")]
        + [d["root_id"] for d in w.stronger] + [s for d in denied + taken_back for s in d["denied"] + d["confirmed"]])


class Weighed(NamedTuple):
    """What a ceiling rests on: origins by what they say, and how much of it is known to be independent."""

    ceiling: int
    agree: list[dict]
    near: list[dict]
    against: list[dict]
    known: list[dict]     # of those that agree: known to be independent
    solid: list[dict]     # of these: able to vouch for it
    stronger: list[dict]  # the drift by which the claim says more than its root
    standing: list[dict]  # denials that nobody took back
    existence: bool       # only that such a thing happened could be compared


def weigh(claim: Scoped, origins: list[dict], drift: list[dict], denied: list[dict]) -> Weighed:
    """The rules of `of_claim` on a claim beside which something can be set. denied: from `denials`."""
    denial = claim.stance in DENYING
    agree, near, against = ([o for o in origins if o["agrees"] == word] for word in ("yes", "partly", "no"))
    known = [o for o in agree if o["independent"] == "yes"]
    # On what it denies, the denier itself is the best witness; on anything else a party to the event is not enough.
    solid = [o for o in known if denial or o["party_to_event"] == "no"]
    stronger = stronger_than_root(drift)
    elsewhere = [o for o in known if not stronger or stronger[0]["root_id"] not in o["statement_ids"].split(";")]
    existence = not denial and not numbered(claim) and not any(d["confirmed"] for d in denied)
    standing = [d for d in denied if not d["confirmed"] and d["denied"]]
    ceiling = (1 if len(known) >= 2 else 2 if solid else 3 if agree or near else 4 if against else 6)
    if existence or standing:
        ceiling = max(ceiling, 2)
    if stronger:
        ceiling = max(ceiling, 3 if elsewhere else 4)
    if len(against) > len(agree):
        ceiling = max(ceiling, 3 if known else 4)
    return Weighed(ceiling, agree, near, against, known, solid, stronger, standing, existence)


def stronger_than_root(drift: list[dict]) -> list[dict]:
    """The rows of a claim's drift by which it says more than its root."""
    return [d for d in drift if d["step"] == 0 and d["direction"] == "stronger"
            and d["field"] in ("measure", "stance", "magnitude")]


def _says_less(d: dict) -> str:
    return f"Its own root {d['root_id']} says less: {d['field']} {_words(d['old'])} became {_words(d['new'])}."


def denials(claim: Scoped, evidence: Evidence) -> list[dict]:
    """Per actor that once held back on what the claim says: its denials, and its confirmations since. A denial has none."""
    return [] if claim.stance in DENYING else _denials_of(claim.measure, claim.population, evidence)


def _denials_of(measure: str, population: str, evidence: Evidence) -> list[dict]:
    """Per actor that once held back on a subject: its house, its name (and whether it is a party to the event), its
    denials, and its confirmations that came after it held back."""
    held: dict[str, dict] = {}
    for actor, s in positions.about(measure, population, evidence):
        name = evidence.called.get(actor, actor) + (" (party)" if evidence.party.get(s.source_id) == "yes" else "")
        own = held.setdefault(actor, {"house": actor, "actor": name, "held": False, "denied": [], "confirmed": []})
        own["held"] |= s.stance in DENYING
        if s.stance == "deny":
            own["denied"].append(s.statement_id)
        if s.stance == "confirm" and own["held"]:
            own["confirmed"].append(s.statement_id)
    return [held[actor] for actor in sorted(held) if held[actor]["held"]]


def _name(o: dict, evidence: Evidence) -> str:
    names = " and ".join(evidence.called[f] for f in filter(None, o["origin_family"].split(";")))
    if not names:
        names = evidence.called[evidence.statements[o["root_id"]].source_id] + " (origin not known)"
    elif o["independent"] != "yes":
        names += " (not known to be independent)"
    return names + (", a party to the event," if o["party_to_event"] == "yes" else "")


def _words(value: str) -> str:
    return f"“{value.replace('_', ' ')}”"


def _ids(o: dict) -> str:
    ids = o["speaking"]
    return ", ".join(ids[:5]) + (f" and {len(ids) - 5} more" if len(ids) > 5 else "")


def _result(ceiling, for_=(), against=(), cited=()) -> dict:
    return {"ceiling": ceiling, "reasons_for": list(for_), "reasons_against": list(against),
            "statement_ids": sorted(set(cited))}


def track_record(evidence: Evidence) -> pd.DataFrame:
    """What became of each source's statements: as the table `track_record`: source_id, statement_id, said_on,
    subject, resolved_by, resolved_on, borne_out (yes, no).

    A statement is *resolved* when an actor that had denied, evaded or refused comment on the same measure and population
    confirms it later: those who had asserted it are borne out, those who had denied it are not. Only that the thing
    happened is resolved so, never how many; evasion and silence are neither, and a relay's word is its root's.
    """
    own: dict[tuple[str, str], list] = {}
    for s in evidence.statements.values():
        own.setdefault((s.measure, s.population), []).append(s)
    rows = []
    for (measure, population), said in sorted(own.items()):
        confirming = {i for a in _denials_of(measure, population, evidence) for i in a["confirmed"]}
        if not confirming:
            continue
        first = min((evidence.statements[i] for i in confirming), key=lambda s: (s.said_on, s.statement_id))
        rows += [{"source_id": s.source_id, "statement_id": s.statement_id, "said_on": s.said_on,
                  "subject": positions.subject(measure, population), "resolved_by": first.statement_id,
                  "resolved_on": first.said_on, "borne_out": "no" if s.stance == "deny" else "yes"}
                 for s in said if s.said_on < first.said_on and not evidence.parent[s.statement_id]
                 and s.stance in ("assert", "confirm", "correct", "deny")]
    return tables.frame("track_record", rows)


def of_source(source_id: str, record: pd.DataFrame) -> dict:
    """The ceiling of a source from its track record: Beta(1,1) prior, 90% interval. Returns the keys of `of_claim`."""
    own = record[record.source_id == source_id]
    n, good = len(own), int((own.borne_out == "yes").sum())
    cited = [*own.statement_id, *own.resolved_by]
    if n < FEWEST:
        return _result("F", cited=cited,
                       against=[f"Resolved statements in the ledger: {n}; below {FEWEST} no letter is given."])
    low, high = interval(good, n)
    return _result(letter(good, n), for_=[f"{good} of {n} resolved statements were borne out (90% interval {low:.2f} to "
                                          f"{high:.2f})."],
                   against=[f"{n - good} of {n} resolved statements were not borne out."] if n > good else [], cited=cited)


def interval(good: int, n: int, prior: tuple[float, float] = PRIOR) -> tuple[float, float]:
    """The 90% interval of the share borne out, `good` of `n`, under a Beta prior."""
    low, high = betaincinv(prior[0] + good, prior[1] + n - good, [0.05, 0.95])
    return float(low), float(high)


def letter(good: int, n: int, prior: tuple[float, float] = PRIOR) -> str:
    """The letter that a record allows: by the lower end of its interval, F where fewer than FEWEST are resolved."""
    return "F" if n < FEWEST else next(name for name, least in LETTERS if interval(good, n, prior)[0] >= least)
