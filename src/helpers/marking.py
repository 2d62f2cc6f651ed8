"""The text with its claims marked in place: cut wherever a claim begins or ends, so that overlapping claims stay legible.

A *segment* is a stretch of text covered by the same claims. A *lane* is the line under the text that belongs to one claim:
claims that overlap lie in different lanes, the widest at the bottom.
"""
import re
from collections import defaultdict

import pandas as pd

LANES = 4  # beyond this many claims over one another, the innermost share the last line


def lanes(claims: pd.DataFrame) -> dict[str, int]:
    """claim_id -> its lane: the lowest that no overlapping wider claim has taken."""
    ends: list[list[tuple[int, int]]] = []
    found = {}
    for c in sorted(claims.itertuples(), key=lambda c: (-(c.end - c.start), c.start, c.claim_id)):
        for lane in range(len(ends) + 1):
            if lane == len(ends):
                ends.append([])
            if all(c.end <= a or b <= c.start for a, b in ends[lane]) or lane == LANES - 1:
                ends[lane].append((c.start, c.end))
                found[c.claim_id] = lane
                break
    return found


def paragraphs(text: str, claims: pd.DataFrame) -> list[dict]:
    """The text as paragraphs of segments: dicts of lanes (how many lines to leave room for) and segments.

    A segment has text; claims (the ids that cover it, widest first); starts and ends (the ids that begin or end there).
    """
    lane = lanes(claims)
    starts, ends = defaultdict(list), defaultdict(list)
    for c in sorted(claims.itertuples(), key=lambda c: (-(c.end - c.start), c.claim_id)):
        starts[int(c.start)].append(c.claim_id)
        ends[int(c.end)].append(c.claim_id)
    width = {c.claim_id: (-(c.end - c.start), c.claim_id) for c in claims.itertuples()}
    cuts, found, open_, begun = sorted({*starts, *ends}), [], set(), 0
    blocks = [(m.start(), m.end()) for m in re.finditer(r"\S(?:.*?\S)?(?=\s*\n\s*\n|\s*\Z)", text, re.DOTALL)]
    for a, b in blocks:
        segments, at = [], a
        # What ended in the white space before this paragraph ends there; what begins there begins here.
        late = []
        while begun < len(cuts) and cuts[begun] <= a:
            open_ = (open_ - set(ends[cuts[begun]])) | set(starts[cuts[begun]])
            late += starts[cuts[begun]]
            begun += 1
        new = [c for c in late if c in open_]
        while at < b:
            stop = min(cuts[begun], b) if begun < len(cuts) else b
            closing = ends.get(stop, [])
            segments.append({"text": text[at:stop], "claims": sorted(open_, key=width.get), "starts": new,
                             "ends": [c for c in closing if c in open_]})
            new = []
            if begun < len(cuts) and cuts[begun] <= b and cuts[begun] == stop:
                open_ = (open_ - set(closing)) | set(starts[stop])
                new = list(starts[stop])
                begun += 1
            at = stop
        used = [lane[c] + 1 for s in segments for c in s["claims"]]
        found.append({"lanes": max(used, default=0), "segments": segments})
    return found
