"""A proposal as one line of JSON, as `retold propose` prints it: offsets as lists of [start, end], empty numbers as null."""
import json
from collections.abc import Iterable, Iterator

import pandas as pd

from helpers import english
from helpers.proposals import Proposal

TOGETHER = 1_000  # rows of a table that are dicts at once


def line(document: str, text: str, proposal: Proposal) -> str:
    """document, remark (why nothing is proposed, if so), attributions (source, cue, content), rules_only, claims (each with
    its "factuality": holder, value, cues), quantities, left_out (the sentences and clauses without a claim, and why).

    What only the rules find within another attribution stands in the list "nested" of that one. What else only they find
    stands in "rules_only" where the tagger read the text, since three in four of those are none.
    """
    said = [{"attribution_id": r["attribution_id"], "source": _pair(r, "source"), "cue": _pair(r, "cue"),
             "content": _pairs(r["content"]),
             **{k: r[k] for k in ("source_id", "source_type", "speech_act", "parent", "rule", "voice")}, "nested": []}
            for r in _records(proposal.attributions)]
    by_id = {a["attribution_id"]: a for a in said}
    for a in said:
        if a["voice"] == "rules" and a["parent"]:
            by_id[a["parent"]]["nested"].append(a)
    outer = [a for a in said if a["voice"] == "tagger" or not a["parent"]]
    tagged = [a for a in outer if a["voice"] == "tagger"]
    held: dict[str, list[str]] = {}
    for r in _records(proposal.factuality):
        held.setdefault(r["claim_id"], []).append(_json({"holder": r["holder"], "value": r["value"],
                                                         "cues": _pairs(r["cues"])}))
    claims = (f'{_json(c)[:-1]}, "factuality": [{", ".join(held[c["claim_id"]])}]}}' for c in _records(proposal.claims))
    parts = {"document": _json(document), "remark": _json(english.remark(text)),
             "attributions": _array(map(_json, _together(tagged or outer))),
             "rules_only": _array(_json(a) for a in outer if tagged and a["voice"] == "rules"), "claims": _array(claims),
             "quantities": _array(map(_json, _records(proposal.quantities))),
             "left_out": _array(map(_json, _records(proposal.left_out)))}
    return "{" + ", ".join(f'"{name}": {part}' for name, part in parts.items()) + "}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _array(written: Iterable[str]) -> str:
    return f"[{', '.join(written)}]"


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


def _records(frame: pd.DataFrame) -> Iterator[dict]:
    """The rows as dicts, an empty number as None; some at a time, since a long text has many."""
    for first in range(0, len(frame), TOGETHER):
        for row in frame[first:first + TOGETHER].to_dict("records"):
            yield {k: None if isinstance(v, float) and v != v else v for k, v in row.items()}
