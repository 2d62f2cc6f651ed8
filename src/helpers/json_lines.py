"""A proposal as one line of JSON, as `retold propose` prints it: offsets as lists of [start, end], empty numbers as null."""
import json

import pandas as pd

from helpers import english
from helpers.proposals import Proposal


def line(document: str, text: str, proposal: Proposal) -> str:
    """document, remark (why nothing is proposed, if so), attributions (source, cue, content), rules_only, claims (each with
    its "factuality": holder, value, cues), quantities, left_out (the sentences and clauses without a claim, and why).

    What only the rules find within another attribution stands in the list "nested" of that one. What else only they find
    stands in "rules_only" where the tagger read the text, since three in four of those are none.
    """
    said = [{"attribution_id": r["attribution_id"], "source": _pair(r, "source"), "cue": _pair(r, "cue"),
             "content": _pairs(r["content"]),
             **{k: r[k] for k in ("source_id", "source_type", "speech_act", "parent", "rule", "voice")}, "nested": []}
            for r in proposal.attributions.to_dict("records")]
    by_id = {a["attribution_id"]: a for a in said}
    for a in said:
        if a["voice"] == "rules" and a["parent"]:
            by_id[a["parent"]]["nested"].append(a)
    outer = [a for a in said if a["voice"] == "tagger" or not a["parent"]]
    tagged = [a for a in outer if a["voice"] == "tagger"]
    held: dict[str, list[dict]] = {}
    for r in proposal.factuality.to_dict("records"):
        held.setdefault(r["claim_id"], []).append({"holder": r["holder"], "value": r["value"], "cues": _pairs(r["cues"])})
    return json.dumps({
        "document": document, "remark": english.remark(text), "attributions": _together(tagged or outer),
        "rules_only": [a for a in outer if tagged and a["voice"] == "rules"],
        "claims": [c | {"factuality": held[c["claim_id"]]} for c in _plain(proposal.claims)],
        "quantities": _plain(proposal.quantities), "left_out": _plain(proposal.left_out)}, ensure_ascii=False)


def _together(said: list[dict]) -> list[dict]:
    """One attribution for several sources that share a cue and a content ("A and B deny ..."), their ids joined by ";"."""
    kept: dict[str, dict] = {}
    for a in said:
        first = kept.setdefault(json.dumps([a["cue"], a["content"]]), a)
        if first is not a:
            for both in ("source", "nested"):
                first[both] = first[both] + a[both]
            first["source_id"] += ";" + a["source_id"]
    return list(kept.values())


def _pair(row: dict, name: str) -> list[list[int]]:
    return [] if pd.isna(row[f"{name}_start"]) else [[int(row[f"{name}_start"]), int(row[f"{name}_end"])]]


def _pairs(spans: str) -> list[list[int]]:
    """ "12-40;52-60" as lists of two numbers."""
    return [[int(x) for x in part.split("-")] for part in spans.split(";") if part]


def _plain(frame: pd.DataFrame) -> list[dict]:
    return [{k: None if isinstance(v, float) and v != v else v for k, v in row.items()}
            for row in frame.to_dict("records")]
