"""The text with its claims marked in place: cut wherever a claim begins or ends, so claims within claims are legible.

A *segment* is a stretch of text covered by the same claims. A *lane* is the line under the text that belongs to one
claim: claims that overlap lie in different lanes, the widest at the bottom.
"""
import re

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
    lane, found, begun = lanes(claims), [], set()
    spans = sorted(((int(c.start), int(c.end), c.claim_id) for c in claims.itertuples()),
                   key=lambda s: (s[0] - s[1], s[2]))
    for block in re.finditer(r"\S(?:.*?\S)?(?=\s*\n\s*\n|\s*\Z)", text, re.DOTALL):
        a, b = block.span()
        here = [s for s in spans if s[0] < b and a < s[1]]
        cuts = sorted({a, b, *(x for s in here for x in s[:2] if a < x < b)})
        segments = []
        for start, end in zip(cuts, cuts[1:]):
            over = [c for x, y, c in here if x < end and start < y]
            segments.append({"text": text[start:end], "claims": over, "starts": [c for c in over if c not in begun],
                             "ends": [c for x, y, c in here
                                      if start < y <= end or (end == b < y and not text[b:y].strip())]})
            begun.update(over)
        found.append({"lanes": max((lane[c] + 1 for _, _, c in here), default=0), "segments": segments})
    return found
