"""Claims that cannot be judged: how many of which kind, on whose word they are, and which to look for first.

A text *stands alone* if nothing in the ledger speaks to any claim of it, and no person has graded one. Of such a text the
assessment says only what it claims, on whose word, and what to look for.
"""
import pandas as pd

from helpers import links, matching, tellings
from helpers.matching import Scoped

CHECKED = 12  # claims to look for that are listed
QUOTED, SPEAKERS = 4, 15  # claims a speaker, and speakers, that are listed
SAID = {"deny": "denies: ", "allege": "alleges: ", "estimate": "estimates: ", "decline": "will not say: ",
        "confirm": "confirms: ", "speculate": "supposes: "}
# A kind of claim, and why one of it that stands alone cannot be judged.
KINDS = {"quantity": "numbers and amounts, with no statement beside them",
         "amount": "amounts in words, which no number can be set beside",
         "event": "events, with no statement beside them",
         "cause": "causes and motives, which no statement in the ledger gives",
         "prediction": "predictions, which no statement made by now can settle",
         "opinion": "opinions, which no statement can settle"}


def alone(t: dict) -> bool:
    """Whether a text stands alone. t: the tables of its run, by name."""
    g = t["grades"][t["grades"].subject_kind == "claim"]
    return bool(len(t["claims"]) and (g.ceiling == "6").all() and (g.grade == "").all() and not len(t["origins"])
                and not matching.best(t["comparisons"]))


def by_kind(t: dict, but: set[str]) -> list[dict]:
    """The claims of ceiling 6 that no person graded, but for those named, by kind: why, how many (a link), the first ids."""
    g = t["grades"]
    six = set(g[(g.subject_kind == "claim") & (g.ceiling == "6") & (g.grade == "")].subject) - but
    ids, kind_of = {kind: [] for kind in KINDS}, _kinds(t)
    for c in t["claims"].itertuples():
        if c.claim_id in six:
            ids[kind_of[c.claim_id]].append(c.claim_id)
    return [{"kind": KINDS[kind], "n": links.rows(str(len(own)), "claims", t["claims"].claim_id.isin(own)),
             "ids": links.few(own, t["claims"], CHECKED)}
            for kind, own in ids.items() if own]


def _kinds(t: dict) -> dict[str, str]:
    """claim_id -> its kind; "amount" for a quantity without a number."""
    q = t["quantities"]
    numbered = set(q.claim_id[q.low.notna() | q.high.notna()])
    return {claim: "amount" if kind == "quantity" and claim not in numbered else kind
            for claim, kind in zip(t["claims"].claim_id, t["claims"].kind)}


def by_speaker(t: dict, called: dict[str, str]) -> list[dict]:
    """On whose word the claims are, the author's own voice first, then who is cited most: who, n (a link), claims (the
    first QUOTED, each with what the speaker does) and more; the first SPEAKERS of them. called: chain -> its words."""
    found: dict[str, list] = {}
    for c in t["claims"].itertuples():
        found.setdefault(c.chain, []).append(c)
    order = sorted(found.items(), key=lambda f: (f[0] != "author", -len(f[1]), f[1][0].start))
    return [{"who": whose(called[chain]), "n": links.rows(str(len(own)), "claims", t["claims"].chain == chain),
             "claims": [{"claim_id": c.claim_id, "exact": c.exact, "does": SAID.get(c.speech_act, "")} for c in own[:QUOTED]],
             "more": max(0, len(own) - QUOTED)} for chain, own in order[:SPEAKERS]]


def whose(chain: str) -> str:
    """A chain in words without the author, through whom all of it comes."""
    return chain.removeprefix("the author → ") if " → " in chain else "in the author's own voice"


def to_check(t: dict, scoped: list[Scoped], called: dict[str, str]) -> list[dict]:
    """The claims of ceiling 6 to look for first: numbers, then denials, then what happened and why, what can be checked
    in full first, and of that what is on another's word, as the text has them;
    none that a person graded and none that no statement could settle. claim_id, exact, chain in words, and what the text
    leaves open (of a number: of whom or what, where, when)."""
    g = t["grades"][t["grades"].subject_kind == "claim"].set_index("subject")
    scope, kind_of, rows = {c.claim_id: c for c in scoped}, _kinds(t), []
    for c in t["claims"].itertuples():
        kind, own = kind_of[c.claim_id], scope.get(c.claim_id)
        if g.ceiling[c.claim_id] != "6" or g.grade[c.claim_id] or kind in ("amount", "prediction", "opinion") or (
                own is None or c.checkable == "no"):
            continue
        rank = 0 if kind == "quantity" and tellings.amount(own) else 1 if c.speech_act == "deny" else 2
        open_ = [word for word, given in (("of whom or what", own.population), ("where", own.place or own.where),
                                          ("when", own.period or own.period_end)) if not given] if rank == 0 else []
        rows.append((rank, c.checkable != "yes", c.chain == "author", c.start, {"claim_id": c.claim_id, "exact": c.exact, "chain": whose(called[c.chain]),
                                     "does": SAID.get(c.speech_act, ""), "open": ", ".join(open_)}))
    return [row for *_, row in sorted(rows, key=lambda r: r[:4])][:CHECKED]


def bottom_line(t: dict, evidence_size: int) -> str:
    """Two sentences of a text that stands alone: what it says on how many words, and why none of it can be judged."""
    claims = t["claims"]
    own = claims.chain == "author"
    others = claims.chain[~own].nunique()
    all_ = links.rows(f"{len(claims)} claim{'s' * (len(claims) != 1)}", "claims")
    parts = [f"{links.rows(str(int(own.sum())), 'claims', own)} in the author's own voice"] if own.any() else []
    if others:
        parts.append(f"{links.rows(str(int((~own).sum())), 'claims', ~own)} on the word of {others} "
                     f"other{'s' * (others != 1)}")
    why = (f"none of the [{evidence_size} statement{'s' * (evidence_size != 1)}](report.html#statements) in the ledger is "
           "on the same thing" if evidence_size else "the ledger is empty")
    return (f"The text makes {all_}, {' and '.join(parts)}. None of them can be judged, for {why}: what it says, on whose "
            "word, and what to look for first is listed below.")
