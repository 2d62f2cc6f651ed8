"""The program's own reading of a text as checked tables: claims, attributions, quantities, factuality, what was left out.

Everything is proposed (status `proposed`, annotator `retold-rules`) and names the rule that found it.
"""
import itertools
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from helpers import (attributions, carrying, claims, english, factuality, language, left_out, merging, periods,
                     populations, propositions, quantities, tables, tagger, voices)
from helpers.sources import index

ANNOTATOR = "retold-rules"
CONTEXT = 20  # characters of prefix and suffix


class Proposal(NamedTuple):
    """Five typed tables, named as in tables.SCHEMAS."""

    claims: pd.DataFrame
    attributions: pd.DataFrame
    quantities: pd.DataFrame
    factuality: pd.DataFrame
    left_out: pd.DataFrame


class Rows(NamedTuple):
    """The rows of a Proposal's tables as dicts; what a row does not name is empty."""

    claims: list[dict]
    attributions: list[dict]
    quantities: list[dict]
    factuality: list[dict]
    left_out: list[dict]


def propose(text: str, published: str = "", sources: pd.DataFrame | None = None) -> Proposal:
    """Reads a text by the tagger and by rules; of a text or a sentence that is not English it proposes nothing (`english`).

    `published` (an ISO day) resolves relative periods; `sources` is the table of that name. Offsets are code points of
    `text` as given. Raises InputError if `published` is no day or spaCy's model is not installed.
    """
    [rows] = propose_all([text], published, sources)
    return Proposal(*map(tables.frame, Proposal._fields, rows))


def propose_all(texts: Sequence[str], published: str = "", sources: pd.DataFrame | None = None) -> Iterator[Rows]:
    """The same for many texts, parsed in one pass, and as rows: a table for each text costs more than reading a short one."""
    periods.find("", published)
    names, english_ = index(sources), [not english.remark(text) for text in texts]
    read = language.passages_of(text if own else "" for text, own in zip(texts, english_))
    grouped = itertools.groupby(read, key=lambda found: found[0])
    n, found = next(grouped, (len(texts), ()))
    for number, text in enumerate(texts):
        if number < n:
            yield Rows([], [], [], [], [])
            continue
        yield _rows(text, (passage for _, passage in found), published, names)
        n, found = next(grouped, (len(texts), ()))


def _rows(text: str, passages: Iterable[language.Passage], published: str, names) -> Rows:
    memory, speakers = populations.Memory(), carrying.Speakers()
    claim_rows, quantity_rows, attribution_rows, factuality_rows, left_rows = [], [], [], [], []
    model = tagger.load()
    seen = tagger.nothing_seen() if model else None
    tagged = sorted([*tagger.tag(language.quoted(text), model, seen), *seen.faint], key=merging.home) if model else []
    for passage in passages:
        foreign = left_out.foreign(passage)
        found = [a for a in merging.merge(passage, attributions.find(passage, names), merging.within(passage, tagged),
                                          names, seen)
                 if a.cue[0] not in foreign]
        speakers.carry(passage, found, names)
        numbers = [q for q in quantities.find(passage, text, published, memory) if q.token not in foreign]
        speaking = [a for a in found if a.speaks]
        for q in numbers:
            q.aside = q.aside or voices.counts_speakers(passage.doc[q.token], speaking)
        stated = [c for c in claims.find(passage, speaking, numbers, memory) if c.head not in foreign]
        left_rows += left_out.find(passage, text, stated, found, foreign)
        for own in stated:
            held = factuality.held(own.own, own.chain, passage.doc)
            readings = [held[0], *(held[n + 1] for n in voices.holders(own.chain))]
            row = _claim_row(passage, text, own, readings)
            if row:
                claim_rows.append((row, [r for r in (_quantity_row(passage, text, q) for q in own.quantities) if r],
                                   [_reading_row(passage, text, r) for r in readings]))
        said = [(a, row) for a in found if (row := _attribution_row(passage, text, a))]
        places = {id(a): len(attribution_rows) + n for n, (a, _) in enumerate(said)}
        attribution_rows += [(row, places.get(id(a.parent))) for a, row in said]
    claim_rows.sort(key=lambda c: (c[0]["start"], c[0]["end"]))
    for n, (row, numbers, readings) in enumerate(claim_rows, 1):
        row["claim_id"] = _id("c", n, len(claim_rows))
        for q in numbers:
            q["claim_id"] = row["claim_id"]
        for level, (holder, reading) in enumerate(zip(row["chain"].split(" > "), readings)):
            reading |= {"claim_id": row["claim_id"], "level": level, "holder": sys.intern(holder)}
        quantity_rows += numbers
        factuality_rows += readings
    for n, (row, parent) in enumerate(attribution_rows, 1):
        row["attribution_id"] = _id("a", n, len(attribution_rows))
        row["parent"] = "" if parent is None else _id("a", parent + 1, len(attribution_rows))
    return Rows([row for row, *_ in claim_rows], [row for row, _ in attribution_rows], quantity_rows, factuality_rows,
                left_rows)


def _id(letter: str, number: int, total: int) -> str:
    return f"{letter}{number:0{max(2, len(str(total)))}d}"


def _span(passage: language.Passage, text: str, start: int, end: int) -> dict:
    a, b = passage.span(start, end)
    return {"start": a, "end": b, "exact": text[a:b], "prefix": text[max(0, a - CONTEXT):a],
            "suffix": text[b:b + CONTEXT]}


def _claim_row(passage: language.Passage, text: str, claim: claims.Claim, readings: list[factuality.Reading]) -> dict:
    span, steps = _span(passage, text, claim.start, claim.end), voices.holders(claim.chain)
    last = claim.chain[steps[-1]] if steps else None
    cue = last or claim.attribution
    if span["start"] == span["end"]:
        return {}
    value = readings[-1].value
    return {**span, "paragraph": passage.paragraph, "proposition": propositions.stand_alone(passage, text, claim),
            "kind": claim.kind, "chain": claims.chain_ids(claim), "source_type": last.source_type if last else "none",
            "cue": _words(passage, text, cue.cue) if cue and not cue.named_by_cue else "",
            "speech_act": last.act if last else "none", "polarity": _polarity(value, claim),
            "hedges": ";".join(claim.hedges), "factuality_source": value,
            "factuality_author": readings[0].value,
            "checkable": claims.checkable(claim), "measure": claim.measure, "population": claim.population,
            "place": claim.place, "status": "proposed", "annotator": ANNOTATOR, "rule": claim.rule}


def _polarity(value: str, claim: claims.Claim) -> str:
    """Of the claim as its source holds it; where the source is uncommitted, as the clause has it."""
    own = claim.own.value if value == "Uu" else value
    return "neg" if own.endswith("-") else "pos"


def _reading_row(passage: language.Passage, text: str, reading: factuality.Reading) -> dict:
    spans = [span for cue in reading.cues if (span := _offsets(passage, cue)) != (0, 0)]
    return {"value": reading.value, "cues": ";".join(f"{a}-{b}" for a, b in spans),
            "cue_words": " … ".join(text[a:b] for a, b in spans)}


def _offsets(passage: language.Passage, tokens: tuple[int, int]) -> tuple[int, int]:
    part = passage.doc[tokens[0]:tokens[1]]
    return passage.span(part.start_char, part.end_char)


def _words(passage: language.Passage, text: str, tokens: tuple[int, int]) -> str:
    start, end = _offsets(passage, tokens)
    return text[start:end]


def _attribution_row(passage: language.Passage, text: str, a: attributions.Attribution) -> dict:
    source, cue, content = (a.tagged[:3] if a.tagged is not None else (
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
