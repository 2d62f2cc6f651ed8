"""The program's own reading of a text: claims, attributions and quantities as checked tables.

Everything is proposed (status `proposed`, annotator `retold-rules`) and names the rule that found it.
"""
import json
from typing import NamedTuple

import pandas as pd

from helpers import attributions, claims, english, factuality, language, merging, periods, quantities, scopes, tables, tagger
from helpers.sources import index

ANNOTATOR = "retold-rules"
CONTEXT = 20  # characters of prefix and suffix


class Proposal(NamedTuple):
    """Three typed tables, named as in tables.SCHEMAS."""

    claims: pd.DataFrame
    attributions: pd.DataFrame
    quantities: pd.DataFrame


def propose(text: str, published: str = "", sources: pd.DataFrame | None = None) -> Proposal:
    """Reads a text by the tagger and by rules; of a text that is not English it proposes nothing (`english.remark`).

    `published` (an ISO day) resolves relative periods; `sources` is the table of that name. Offsets are code points of
    `text` as given. Raises InputError if `published` is no day or spaCy's model is not installed.
    """
    periods.find("", published)
    if english.remark(text):
        return Proposal(*map(tables.empty, Proposal._fields))
    names, memory = index(sources), scopes.Memory()
    claim_rows, quantity_rows, attribution_rows = [], [], []
    model = tagger.load()
    hints = [] if model else None
    tagged = sorted(tagger.tag(text, model, hints), key=merging.home) if model else []
    for passage in language.passages(text):
        found = merging.merge(passage, attributions.find(passage, names), merging.within(passage, tagged), names,
                              hints)
        numbers = quantities.find(passage, text, published, memory)
        for own in claims.find(passage, [a for a in found if a.speaks], numbers, memory):
            row = _claim_row(passage, text, own)
            if row:
                claim_rows.append((row, [r for r in (_quantity_row(passage, text, q) for q in own.quantities) if r]))
        attribution_rows += [(row, a) for a in found if (row := _attribution_row(passage, text, a))]
    claim_rows.sort(key=lambda c: (c[0]["start"], c[0]["end"]))
    for n, (row, numbers) in enumerate(claim_rows, 1):
        row["claim_id"] = _id("c", n, len(claim_rows))
        quantity_rows += [{"claim_id": row["claim_id"], **q} for q in numbers]
    for n, (row, a) in enumerate(attribution_rows, 1):
        row["attribution_id"] = a.number = _id("a", n, len(attribution_rows))
    for row, a in attribution_rows:
        row["parent"] = a.parent.number if a.parent is not None else ""
    return Proposal(tables.frame("claims", [row for row, _ in claim_rows]),
                    tables.frame("attributions", [row for row, _ in attribution_rows]),
                    tables.frame("quantities", quantity_rows))


def _id(letter: str, number: int, total: int) -> str:
    return f"{letter}{number:0{max(2, len(str(total)))}d}"


def _span(passage: language.Passage, text: str, start: int, end: int) -> dict:
    a, b = passage.span(start, end)
    return {"start": a, "end": b, "exact": text[a:b], "prefix": text[max(0, a - CONTEXT):a],
            "suffix": text[b:b + CONTEXT]}


def _claim_row(passage: language.Passage, text: str, claim: claims.Claim) -> dict:
    span, last = _span(passage, text, claim.start, claim.end), claim.attribution
    if span["start"] == span["end"]:
        return {}
    value = factuality.of_source(claim.value, [a.value for a in claim.chain])
    return {**span, "paragraph": passage.paragraph, "proposition": " ".join(span["exact"].split()), "kind": claim.kind,
            "chain": claims.chain_ids(claim), "source_type": last.source_type if last else "none",
            "cue": _words(passage, text, last.cue) if last and not last.named_by_cue else "",
            "speech_act": last.act if last else "none", "polarity": _polarity(value, claim),
            "hedges": ";".join(claim.hedges), "factuality_source": value,
            "factuality_author": factuality.of_author(claim.value, [a.author_value for a in claim.chain]),
            "checkable": claims.checkable(claim), "measure": claim.measure, "population": claim.population,
            "place": claim.place, "status": "proposed", "annotator": ANNOTATOR, "rule": claim.rule}


def _polarity(value: str, claim: claims.Claim) -> str:
    """Of the claim as its source holds it; where the source is uncommitted, as the clause has it."""
    own = claim.value if value == "Uu" else value
    return "neg" if own.endswith("-") else "pos"


def _offsets(passage: language.Passage, tokens: tuple[int, int]) -> tuple[int, int]:
    part = passage.doc[tokens[0]:tokens[1]]
    return passage.span(part.start_char, part.end_char)


def _words(passage: language.Passage, text: str, tokens: tuple[int, int]) -> str:
    start, end = _offsets(passage, tokens)
    return text[start:end]


def _attribution_row(passage: language.Passage, text: str, a: attributions.Attribution) -> dict:
    source, cue, content = (a.tagged if a.tagged is not None else (
        _offsets(passage, a.source) if a.source else None, _offsets(passage, a.cue),
        [s for s in (_offsets(passage, part) for part in a.content) if s[0] < s[1]]))
    if not content:
        return {}
    row = {"content": ";".join(f"{s}-{e}" for s, e in content),
           "content_exact": " … ".join(text[s:e] for s, e in content), "source_id": a.source_id,
           "source_type": a.source_type, "speech_act": a.act, "voice": a.voice, "rule": a.rule}
    for name, part in (("source", source), ("cue", cue)):
        start, end = part or (0, 0)
        if start < end:
            row |= {f"{name}_start": start, f"{name}_end": end, f"{name}_exact": text[start:end]}
    return row


def _quantity_row(passage: language.Passage, text: str, q: quantities.Quantity) -> dict:
    start, end = passage.span(q.start, q.end)
    if start == end:
        return {}
    when = q.period
    return {"start": start, "end": end, "exact": text[start:end], "low": q.low, "high": q.high, "bound": q.bound,
            "change": q.change, "unit": q.unit, "population": q.population, "measure": q.measure, "rate": q.rate,
            "period": when.words if when else "", "period_start": when.first if when else "",
            "period_end": when.last if when else "", "place": q.place}


def json_line(document: str, text: str, proposal: Proposal) -> str:
    """One line of JSON: document, remark (why nothing is proposed, if so), attributions (source, cue, content as lists of
    [start, end]), rules_only, claims, quantities.

    What only the rules find within another attribution stands in the list "nested" of that one. What else only they find
    stands in "rules_only" where the tagger read the text, since three in four of those are none.
    """
    def pair(row, name: str) -> list:
        return [] if pd.isna(row[f"{name}_start"]) else [[int(row[f"{name}_start"]), int(row[f"{name}_end"])]]
    said = [{"attribution_id": r["attribution_id"], "source": pair(r, "source"), "cue": pair(r, "cue"),
             "content": [[int(x) for x in part.split("-")] for part in r["content"].split(";")],
             **{k: r[k] for k in ("source_id", "source_type", "speech_act", "parent", "rule", "voice")}, "nested": []}
            for r in proposal.attributions.to_dict("records")]
    by_id = {a["attribution_id"]: a for a in said}
    inner = [a for a in said if a["parent"] and a["voice"] == "rules"]
    for a in inner:
        by_id[a["parent"]]["nested"].append(a)
    tagged = any(a["voice"] == "tagger" for a in said)
    alone = [a for a in said if tagged and a["voice"] == "rules" and not a["parent"]]
    outer = _together([a for a in said if not any(a is b for b in inner + alone)])
    return json.dumps({"document": document, "remark": english.remark(text), "attributions": outer, "rules_only": alone,
                       "claims": _plain(proposal.claims), "quantities": _plain(proposal.quantities)}, ensure_ascii=False)


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


def _plain(frame: pd.DataFrame) -> list[dict]:
    """Rows with empty numbers as null."""
    return [{k: None if isinstance(v, float) and v != v else v for k, v in row.items()}
            for row in frame.to_dict("records")]
