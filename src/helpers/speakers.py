"""Who stands beside a claim as the one who says it, and whether another text gives it to somebody else."""
import re
from typing import NamedTuple

from helpers import in_words, lexicons, measures, naming
from helpers.aligning import Part
from helpers.matching import AUTHOR, Scoped
from helpers.proposals import Proposal

_STOP = re.compile(r"[.!?;]['\"’”]?\s")
_NAME = re.compile(r"(?<!\w)[^\W\d_a-z][\w'’-]*")
ANOTHER = "another source is named"
FIRST = 3     # passages in which a text names whom it is about
BESIDE = 20  # characters between a cue with its source and what it reports


def beside(p: Proposal) -> dict[str, str]:
    """claim_id -> the words for the claim's source, if they stand beside it; nothing if it is carried over."""
    named: dict[str, list] = {}
    for v in p.attributions.itertuples(index=False):
        if v.source_exact and not measures.parse(v.cue_exact).known:  # "police questioned two" is a deed
            named.setdefault(v.source_id, []).append(v)
    found = {}
    for c in p.claims.itertuples(index=False):
        for v in named.get(c.chain.split(" > ")[-1], ()):
            before, after = c.start - max(v.cue_end, v.source_end), min(v.cue_start, v.source_start) - c.end
            if (0 <= before <= BESIDE and not _STOP.search(c.prefix[-before:] if before else "")
                    or 0 <= after <= BESIDE and not _STOP.search(c.suffix[:after]) or before < 0 and after < 0):
                found[c.claim_id] = v.source_exact
    return found


class Voices(NamedTuple):
    """Who is named beside a claim: claim -> words, of A and of B; firsts: the stems of the passages with which each begins,
    that name the house which it calls "the company" from there on."""

    of_a: dict[str, str]
    of_b: dict[str, str]
    firsts: tuple[frozenset[str], frozenset[str]]

    def change(self, s, claim: str, c: Scoped, ours: Part, near: frozenset[str]) -> str:
        """What to note of another source; "" where it is the same by another name, or either side names nobody. claim:
        that of A which s was made of; near: the stems of the paragraph of B, where one who is named
        speaks for what stands beside it."""
        old, new = self.of_a.get(claim, ""), self.of_b.get(c.claim_id, "")
        if not old or s.source_id == AUTHOR:
            return ""
        if not new:
            # "The company plans to" as "Tarn will": it stands in the sentence by its name.
            itself = in_words.is_any_house(old) and (
                naming.stems(" ".join(_NAME.findall(c.proposition))) & self.firsts[0] or lexicons.group("house") & {
                    w.lower() for w in c.proposition.split()})
            silent = c.source_id == AUTHOR and not naming.stems(old) & near and not itself
            return "told in the author's own voice" if silent else ""
        same = in_words.one_source(old, new) or in_words.is_name(new) and naming.stems(new) <= ours.stems
        for short, name, first in ((old, new, self.firsts[0]), (new, old, self.firsts[1])):
            same = same or (in_words.is_any_house(short) and in_words.is_name(name)
                            and bool(naming.stems(name) & first))
        return "" if same else ANOTHER
