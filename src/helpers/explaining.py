"""Other explanations as the assessment shows them: hypotheses in rows, the houses that speak to them in columns."""
from helpers import links
from helpers.ledger import Evidence

FITS = {"yes": "for", "no": "against", "partly": "fits", "unknown": "—"}
SHOWN = 4  # houses that tell apart, at most


def rivals(t: dict, evidence: Evidence) -> list[dict]:
    """Per claim, or claims that share all of it: the hypotheses, the houses that tell them apart with what each says, and
    which hypothesis has the least against it."""
    found: dict[tuple, dict] = {}
    words = dict(zip(t["claims"].claim_id, t["claims"].exact))
    for claim, heads in t["hypotheses"].groupby("claim_id", sort=False):
        own = t["weighing"][t["weighing"].claim_id == claim]
        apart = list(dict.fromkeys(own[own.tells_apart == "yes"].house))
        cells = {(r.hypothesis, r.house): _cell(r) for r in own.itertuples()}
        rows = [{"hypothesis": h.hypothesis, "words": h.words, "by": h.proposed_by,
                 "cells": [cells[h.hypothesis, house] for house in apart[:SHOWN]],
                 "against": links.rows(str(h.against), "weighing", (t["weighing"].claim_id == claim)
                                       & (t["weighing"].hypothesis == h.hypothesis))} for h in heads.itertuples()]
        key = (tuple(heads.words), tuple(heads.against), tuple(apart))
        if key in found:
            found[key]["claims"].append(claim)
            continue
        least = [h.hypothesis for h in heads.itertuples() if h.least_against == "yes"]
        rest = (t["weighing"].claim_id == claim) & t["weighing"].house.isin(apart[SHOWN:])
        found[key] = {"claims": [claim], "exact": words.get(claim, ""), "rows": rows, "houses": [called(h, evidence) for h in apart[:SHOWN]],
                      "more": len(apart) > SHOWN and links.rows(f"{len(apart) - SHOWN} more", "weighing", rest),
                      "least": least if len(least) < len(heads) else []}
    return sorted(found.values(), key=lambda r: not r["houses"])


def _cell(row) -> str:
    ids = row.statement_ids.split(";") if row.statement_ids and row.fits in ("yes", "no") else []
    return FITS[row.fits] + (f" ({', '.join(ids[:3])}{' …' if len(ids) > 3 else ''})" if ids else "")


def called(house: str, evidence: Evidence) -> str:
    """A house by its name, and whether it is a party to the event."""
    members = [s for s in evidence.family if evidence.house(s) == house]
    word = "yes" if any(evidence.party[s] == "yes" for s in members) else ""
    return evidence.called.get(house, house) + (" (party)" if word else "")


