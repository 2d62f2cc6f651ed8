"""Other explanations: hypotheses beside the evidence, and what tells them apart (analysis of competing hypotheses).

Heuer (1999), Psychology of Intelligence Analysis, ch. 8: evidence is asked of each hypothesis whether it speaks against
it; what fits all of them tells nothing; the hypothesis with the least against it stands, not the one with the most for
it. Evidence is counted by *house* (an origin family, or a source without one), for copies and relays are no evidence.

The program proposes what its tables suggest: true as stated; as first said, and changed on the way; one origin repeated;
true of another time or place; not so, as a denier says. A person adds others, a row a statement that bears on them.
"""
from typing import NamedTuple

import pandas as pd

from helpers import ceilings, pairs, positions, tables
from helpers.tellings import amount, span_of
from helpers.leaving import Standing, standing_of
from helpers.ledger import DENYING, Evidence
from helpers.likeness import numbered
from helpers.matching import Scoped
from helpers.paths import InputError
from helpers.schemas import AGREES

SCOPE = ("measure", "population", "place", "rate", "low", "high", "bound", "period", "period_start", "period_end", "stance")
REPEATED = 3      # mentions of one origin, and more than half of all, before it may be one origin repeated
RANK = {"no": 0, "yes": 1, "partly": 2, "unknown": 3}  # of several words of one house, which counts


class Hypothesis(NamedTuple):
    """kind, in words, who proposed it, and house -> (fits, statement ids)."""

    kind: str
    words: str
    by: str
    fits: dict[str, tuple[str, list[str]]]


def build(claims: list[tuple[str, Scoped]], evidence: Evidence, published: str,
          own: pd.DataFrame | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables `hypotheses` and `weighing` for those of the claims, given as (kind, scope), that have a rival explanation.

    own: what people wrote, judgements/<document>.hypotheses.csv (`applied`). A claim with one hypothesis only is left out.
    """
    heads, cells = [], []
    mine = dict(iter(own.groupby("subject", sort=False))) if own is not None and len(own) else {}
    for kind, claim in claims:
        found = [] if kind in ("opinion", "prediction") else _proposed(kind, claim, evidence, published)
        found += [_person(words, rows, evidence) for words, rows in mine.get(claim.claim_id, _NONE).groupby(
            "hypothesis", sort=False)] if claim.claim_id in mine else []
        if len(found) < 2:
            continue
        houses = list(dict.fromkeys(h for one in found for h in one.fits))
        apart = {h: _tells(found, h) for h in houses}
        for n, one in enumerate(found, 1):
            against = [h for h in houses if one.fits.get(h, ("unknown",))[0] == "no"]
            heads.append({"claim_id": claim.claim_id, "hypothesis": f"H{n}", "kind": one.kind, "words": one.words,
                          "proposed_by": one.by, "against": len(against),
                          "least_against": ""})
            for h in houses:
                fits, ids = one.fits.get(h, ("unknown", []))
                cells.append({"claim_id": claim.claim_id, "hypothesis": f"H{n}", "house": h, "fits": fits,
                              "statement_ids": ";".join(ids), "tells_apart": "yes" if apart[h] else "no"})
        least = min(r["against"] for r in heads[-len(found):])
        for r in heads[-len(found):]:
            r["least_against"] = "yes" if r["against"] == least else "no"
    return tables.frame("hypotheses", heads), tables.frame("weighing", cells)


_NONE = pd.DataFrame({"hypothesis": []})


def check(own: pd.DataFrame, ledger: pd.DataFrame, file="hypotheses", text: str | None = None) -> None:
    """Refuse a statement that is not known, one that is named without saying whether it fits, or the reverse, and words
    that the text, where it is given, does not have."""
    for n, row in enumerate(own.itertuples(), 2):
        if text is not None and row.exact not in text:
            raise InputError(f"{file}, row {n}, column 'exact': {row.exact!r} does not stand in the text")
        if row.statement_id and row.statement_id not in set(ledger.statement_id):
            raise InputError(f"{file}, row {n}, column 'statement_id': {row.statement_id!r} is not in the ledger")
        if bool(row.statement_id) != bool(row.fits):
            raise InputError(f"{file}, row {n}, column 'fits': {row.fits!r}; a statement is named together with whether it "
                             f"fits: {', '.join(AGREES)}")


def applied(own: pd.DataFrame, claims: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """The rows of a person's that speak of a claim of this reading, by id and words, and of a statement known by then."""
    held = {(c.claim_id, c.exact) for c in claims.itertuples()}
    keep = [(r.subject, r.exact) in held and (not r.statement_id or r.statement_id in evidence.statements
                                              or r.statement_id in evidence.copies) for r in own.itertuples()]
    return own[pd.Series(keep, index=own.index, dtype=bool)].reset_index(drop=True)


def _proposed(kind: str, claim: Scoped, evidence: Evidence, published: str) -> list[Hypothesis]:
    standing = standing_of(kind, claim, evidence, published)
    if not standing.behind and not standing.changed:
        return []
    denied = [d for d in ceilings.denials(claim, evidence) if d["denied"]]
    found = [Hypothesis("as stated", "It is true as stated", "the program",
                        _with_denials(_fits(standing.behind, evidence), denied))]
    net = [d for d in standing.changed if d["step"] == 0]
    if changed := [d["field"] for d in net if d["field"] not in ("source", "hedge")]:
        root = evidence.statements[net[0]["root_id"]]
        fields = " and the ".join(changed)
        found.append(Hypothesis(
            "drift", f"As first said ({root.statement_id}: {_said(root)}); the {fields} changed on the way",
            "the program", _of(kind, claim._replace(**{f: getattr(root, f) for f in SCOPE}), evidence, published, denied)))
    if one := _repeated(standing, evidence):
        found.append(one)
    for relation, words in (("period", "time"), ("place", "place")):
        if other := _elsewhere(claim, relation, standing, evidence, published):
            fields = ("period", "period_start", "period_end") if relation == "period" else ("place",)
            told = span_of(other) if relation == "period" else other.place
            found.append(Hypothesis(
                f"other {words}", f"It is true of another {words}: {told} ({other.statement_id})", "the program",
                _of(kind, claim._replace(**{f: getattr(other, f) for f in fields}), evidence, published, denied)))
    if denied and claim.stance not in DENYING:
        found.append(_not_so(standing.behind, denied, evidence))
    return found


def _of(kind: str, variant: Scoped, evidence: Evidence, published: str, denied: list[dict]) -> dict:
    return _with_denials(_fits(Standing(kind, variant, evidence, published).behind, evidence), denied)


def _fits(behind: list[dict], evidence: Evidence) -> dict[str, tuple[str, list[str]]]:
    """house -> what its origin says of a claim, and the statements that say so."""
    found: dict[str, tuple[str, list[str]]] = {}
    for o in behind:
        house = o["origin_family"] or evidence.house(evidence.statements[o["root_id"]].source_id)
        if house not in found or RANK[o["agrees"]] < RANK[found[house][0]]:
            found[house] = (o["agrees"], list(o["speaking"]))
    return found


def _with_denials(fits: dict, denied: list[dict]) -> dict:
    """The same, with those who denied it against it while they have not confirmed it."""
    return fits | {d["house"]: ("yes", d["confirmed"]) if d["confirmed"] else ("no", d["denied"]) for d in denied}


def _repeated(standing: Standing, evidence: Evidence) -> Hypothesis | None:
    """One origin's word, passed on: whoever says the same on knowledge of its own speaks against that."""
    speaking = [o for o in standing.behind if o["agrees"] != "no"]
    total = sum(o["mentions"] for o in speaking)
    most = max(speaking, key=lambda o: o["mentions"], default={"mentions": 0})
    if most["mentions"] < REPEATED or 2 * most["mentions"] <= total:
        return None
    own = most["origin_family"] or evidence.house(evidence.statements[most["root_id"]].source_id)
    fits = {h: ("yes" if h == own else "unknown", ids) for h, (_, ids) in _fits(standing.behind, evidence).items()}
    for o in standing.behind:
        house = o["origin_family"] or evidence.house(evidence.statements[o["root_id"]].source_id)
        if house != own and o["agrees"] == "yes":
            fits[house] = ("no" if o["independent"] == "yes" else "partly", list(o["speaking"]))
    who = " and ".join(evidence.called.get(house, house) for house in own.split(";"))
    return Hypothesis("one origin", f"One origin repeated: {most['mentions']} of {total} mentions that fit it go back to "
                      f"{who} ({most['root_id']})", "the program", fits)


def _elsewhere(claim: Scoped, relation: str, standing: Standing, evidence: Evidence, published: str):
    """A first statement that gives the claim's number and measure, of another time or place; None if there is none."""
    if not numbered(claim) or relation == "period" and not claim.period_end or relation == "place" and not claim.place:
        return None
    roots = {d["root_id"] for d in standing.changed}
    for s in evidence.measures.get(claim.measure, ()):
        if evidence.parent[s.statement_id] or s.statement_id in roots or not numbered(s):
            continue
        found = pairs.compare(claim, s, evidence, published)["relation"]
        wanted = ("differs", "contained")
        if (found[relation] in wanted and found["magnitude"] in ("equal", "near") and found["population"] == "equal"
                and all(found[f] not in wanted for f in ("period", "place", "rate") if f != relation)):
            return s
    return None


def _not_so(behind: list[dict], denied: list[dict], evidence: Evidence) -> Hypothesis:
    against = {"yes": "no", "partly": "no", "no": "unknown", "unknown": "unknown"}
    fits = {h: (against[word], ids) for h, (word, ids) in _fits(behind, evidence).items()}
    fits |= {d["house"]: ("no", d["confirmed"]) if d["confirmed"] else ("yes", d["denied"]) for d in denied}
    return Hypothesis("denied", f"It is not so, as {' and '.join(d['actor'] for d in denied)} said", "the program", fits)


def _person(words: str, rows: pd.DataFrame, evidence: Evidence) -> Hypothesis:
    fits: dict[str, tuple[str, list[str]]] = {}
    for r in rows[rows.statement_id != ""].itertuples():
        s = evidence.copies.get(r.statement_id, r.statement_id)
        house = evidence.house(evidence.statements[evidence.root[s][0]].source_id)
        fits.setdefault(house, (r.fits, []))[1].append(s)
    return Hypothesis("own", words, rows.proposed_by.iloc[0], fits)


def _tells(found: list[Hypothesis], house: str) -> bool:
    """Whether a house speaks against some of the hypotheses and not against others."""
    words = {one.fits.get(house, ("unknown",))[0] for one in found}
    return "no" in words and len(words) > 1


def _said(s) -> str:
    told = " ".join(filter(None, (amount(s), s.measure.replace("_", " "))))
    return f"{told}: {positions.SAID[s.stance]}" if s.stance in DENYING else told
