"""Two texts beside each other: A the upstream (a press release, a report), B the page that may have been made of it.

A's claims become statements of a small ledger, one a number. The passages of the two are aligned (`aligning`); in each
pair the claims of B are set beside those of A, number by number, and what changed is told from their fields and from their
words (`settling`). Nothing is left unsaid: each claim is kept, changed, left out, added or unsettled.
"""
import bisect
from collections import Counter, defaultdict
from typing import NamedTuple

import pandas as pd

from helpers import aligning, in_words, ledger, likeness, matching, measures, naming, rounding, settling, speakers, tables
from helpers.ledger import Evidence
from helpers.matching import Scoped
from helpers.proposals import Proposal
from helpers.settling import claim_of
from helpers.speakers import Voices

UNREAD = "number"        # the measure of a number of which nobody has read what it counts
SOME_DAY = "2000-01-01"  # of a text whose day nobody knows: no date of its claims is counted from it


class Compared(NamedTuple):
    """What became of A in B. told: claim of B -> statement of A; unsettled: claim of B -> statements of A that fit alike;
    left_out: claims of A that B does not tell; added: claims of B that A does not have."""

    retellings: pd.DataFrame
    told: dict[str, str]
    unsettled: dict[str, list[str]]
    left_out: list[str]
    added: list[str]

    def kept(self, b: Proposal) -> list[str]:
        """The claims of B that tell a claim of A as it is, but those within one that does not."""
        return [c for c in self.told if c not in beside(self.changed(), b.claims)]

    def changed(self) -> dict[str, pd.DataFrame]:
        """claim of B -> its rows of `retellings`, for those that changed anything."""
        return dict(iter(self.retellings.groupby("claim_id", sort=False)))


def statements(a: Proposal, sources: pd.DataFrame, day: str = "") -> pd.DataFrame:
    """The claims of a text as a ledger (`ledger.read`): ids are A. and the claim's (and .2, .3 for its further numbers);
    said_on is `day`; `source` and `source_id` are who said it, as the claim's chain ends; polarity is the claim's."""
    rows, seen = [], Counter()
    for c in _scoped(a, sources):
        seen[c.claim_id] += 1
        own = f"A.{c.claim_id}" + (f".{seen[c.claim_id]}" if seen[c.claim_id] > 1 else "")
        rows.append({**{k: v for k, v in c._asdict().items() if k in tables.SCHEMAS["statements"][1]},
                     "statement_id": own, "said_on": day or SOME_DAY, "source": c.source_id, "qualifier": c.hedges,
                     "paraphrase": c.proposition, "seen_with": "high", "polarity": c.polarity})
    found = tables.frame("statements", rows)
    return found.assign(source_id=found.source, polarity=pd.Series([r["polarity"] for r in rows], dtype=object))


def _scoped(text: Proposal, sources: pd.DataFrame) -> list[Scoped]:
    """All that a text states, opinions and what is left open too: a plan that was told as done is a change. A number whose
    measure nobody has read ("up to 60 were there") is a number all the same."""
    left_open = (text.claims.factuality_source == "Uu") & (text.claims.speech_act != "decline")
    claims = text.claims.assign(kind=text.claims.kind.replace("opinion", "event"),
                                factuality_source=text.claims.factuality_source.mask(left_open, "PS+"))
    numbers = text.quantities.assign(measure=text.quantities.measure.mask(text.quantities.measure == "", UNREAD))
    return matching.scoped(claims, numbers, sources)


def compare(a: Proposal, b: Proposal, sources: pd.DataFrame, day_a: str = "", day_b: str = "",
            text_a: str = "", text_b: str = "") -> Compared:
    """What B kept of A, changed, left out and added. day_a, day_b: when they were published; empty if not known. text_a,
    text_b: what a and b were read from; without them less is known of who plans what.

    What A says in its own voice is the word of whoever published A, which no table names: whom B credits with it is no
    change.
    """
    evidence = ledger.evidence(statements(a, sources, day_a or day_b), sources)
    own_a, own_b = speakers.beside(a), speakers.beside(b)
    ours, theirs = (aligning.parts(p.claims, p.quantities, own, day, text)
                    for p, own, day, text in ((a, own_a, day_a, text_a), (b, own_b, day_b, text_b)))
    firsts = (frozenset().union(*(p.stems | naming.stems(p.passage.cue) for p in own[:speakers.FIRST]))
              for own in (ours, theirs))
    said_by = Voices(own_a, own_b, tuple(firsts))
    pairs, unsettled = aligning.align(ours, theirs)
    loose = aligning.loosely(ours, theirs, pairs, unsettled)
    pairs |= {j: [i] for j, i in loose.items()}
    of_a, of_b = {}, {}
    for s in sorted(evidence.statements.values(), key=lambda s: _order(s.statement_id)):
        of_a.setdefault(claim_of(s.statement_id), []).append(s)
    for copy, first in sorted(evidence.copies.items()):  # said twice in A
        of_a.setdefault(claim_of(copy), []).append(evidence.statements[first])
    for c in _scoped(b, sources):
        of_b.setdefault(c.claim_id, []).append(c)
    near: dict[int, frozenset] = defaultdict(frozenset)
    for part in theirs:
        near[part.claims[0].paragraph] |= part.stems | naming.stems(part.passage.cue)
    ours_numbers, theirs_numbers = (frozenset().union(*(p.numbers for p in own)) for own in (ours, theirs))
    told, rows = {}, []
    for j, part in enumerate(theirs):
        if j not in pairs:
            continue
        own = [ours[i] for i in pairs[j]]
        tellings = [(c, p) for p in own for claim in p.claims for c in of_a.get(claim.claim_id, ())]
        ties = _tied([s for s, _ in tellings], [c for claim in part.claims for c in of_b.get(claim.claim_id, ())], evidence)
        source = {s.statement_id: p for s, p in tellings}
        said, before = set(), len(rows)
        whole = in_words.Passage(*(" ; ".join(t) for t in zip(*(p.passage[:2] for p in own))), own[0].passage.day,
                                 next((p.passage.on for p in own if p.passage.on), ""))
        for s, c in ties:
            told.setdefault(c.claim_id, s.statement_id)
            around = near[part.claims[0].paragraph]
            for change in settling.changes(s, c, source[s.statement_id], part, around, evidence, said_by, whole,
                                           j not in loose):
                if _is_heading(part, text_b) and (change["field"] == "source" or change["new"] == "none"):
                    continue  # the text below it says whose word it is, and the rest
                if change["field"] == "magnitude" and (change["new"] == "none" and {s.low, s.high} & theirs_numbers
                                                       or change["old"] == "none" and {c.low, c.high} & ours_numbers):
                    continue  # another sentence gives it
                if change["field"] == "stance" and change["new"].endswith("negated") and _says_no(ours, pairs[j], part):
                    continue
                if change["field"] not in said:  # one change of a passage is told once, for the claim that shows it best
                    said.add(change["field"])
                    rows.append({"claim_id": c.claim_id, "step": 0, "from_id": s.statement_id, "to_id": c.claim_id,
                                 "root_id": s.statement_id, **change})
        if len(own) > 1 and "hedge" not in said and (lost := settling.doubt_lost(own, part, whole)) is not None:
            s, c = lost[0].claims[-1], max(part.claims, key=lambda k: len(naming.stems(k.exact) & lost[0].stems))
            for first in of_a.get(s.claim_id, ())[:1]:
                told.setdefault(c.claim_id, first.statement_id)
                rows.append({"claim_id": c.claim_id, "step": 0, "from_id": first.statement_id, "to_id": c.claim_id,
                             "root_id": first.statement_id, **lost[1]})
        if j in loose and len(rows) == before:  # what nothing shows to be changed may be of something else
            del pairs[j]
            for claim in part.claims:
                told.pop(claim.claim_id, None)
    part_of = {c.claim_id: j for j, part in enumerate(theirs) for c in part.claims}
    rows = [r for r in rows if r["note"] != speakers.ANOTHER or not _credited_elsewhere(r, told, rows, part_of)]
    order = {c: n for n, c in enumerate(b.claims.claim_id)}
    rows.sort(key=lambda r: order[r["claim_id"]])
    table = tables.frame("retellings", rows)
    open_ = {c.claim_id: [f"A.{k.claim_id}" for i in unsettled[j] for k in ours[i].claims[:1]]
             for j in unsettled for c in theirs[j].claims[:1]}
    retold = {k.claim_id for own in (*pairs.values(), *unsettled.values()) for i in own for k in ours[i].claims}
    listed = {c.claim_id for j in (*pairs, *unsettled) for c in theirs[j].claims}
    return Compared(table, dict(sorted(told.items(), key=lambda t: order[t[0]])), open_,
                    _rest(retold, a.claims), _rest(listed, b.claims))


def _says_no(ours: list[aligning.Part], told: list[int], part: aligning.Part) -> bool:
    """Whether the passage beside one of those that are told says no, in a word of the other text's: "... was inspected, and
    no defects were recorded"."""
    near = [ours[k] for i in told for k in (i - 1, i + 1) if 0 <= k < len(ours) and k not in told]
    return any(in_words.is_negated(p.passage) and p.stems & part.stems for p in near)


def _credited_elsewhere(row: dict, told: dict[str, str], rows: list[dict], part_of: dict[str, int]) -> bool:
    """Whether another passage of B tells the same of A, and on the word of whoever said it."""
    moved, here = {r["claim_id"] for r in rows if r["field"] == "source"}, part_of[row["claim_id"]]
    return any(claim_of(s) == claim_of(row["from_id"]) and c not in moved and part_of[c] != here for c, s in told.items())


def _is_heading(part: aligning.Part, text: str) -> bool:
    """Whether a passage ends with its line, and no stop."""
    return text[part.end:part.end + 1] == "\n"


def _order(statement_id: str) -> tuple:
    _, claim, *more = statement_id.split(".")
    return claim, int(more[0]) if more else 1


def _tied(ours: list, theirs: list[Scoped], evidence: Evidence) -> list[tuple]:
    """Statements of A and claims of B in one pair of passages, each once, those that are most alike first."""
    scores = sorted(((_alike(s, c), -n, -m, s, c) for n, s in enumerate(ours) for m, c in enumerate(theirs)),
                    key=lambda t: t[:3], reverse=True)
    found, used = [], set()
    for score, n, m, s, c in scores:
        if ("s", n) not in used and ("c", m) not in used and (score > 0 or not found):
            used |= {("s", n), ("c", m)}
            found.append((s, c))
    return found


def _alike(s, c: Scoped) -> float:
    """How alike two tellings of one pair of passages are: numbers beside numbers first, then by measure and words."""
    both = likeness.numbered(s) and likeness.numbered(c)
    if likeness.numbered(s) != likeness.numbered(c):
        return -1.0
    a, b = naming.stems(s.paraphrase), naming.stems(c.proposition)
    words = len(a & b) / max(1, len(a | b))
    same = 2 * rounding.same(s, c) if both else 0
    unit = likeness.members(s.population, c.population)
    return 1 + same + words + (measures.relation(s.measure, c.measure) in ("equal", "near")) + (unit == "equal") - (
        unit == "differs" and both)


def _rest(known: set[str], claims: pd.DataFrame) -> list[str]:
    """The ids that are not known and whose words are not those of a known claim, or of one listed before."""
    found, last, taken = [], 0, known | beside(known, claims)
    for c in claims.sort_values(["start", "end"]).itertuples():
        if c.claim_id not in taken and c.start >= last:
            found.append(c.claim_id)
            last = c.end
    return found


def beside(ids, claims: pd.DataFrame) -> set[str]:
    """The claims that share words of the text with one of these."""
    wanted, spans = set(ids), []
    for c in claims.sort_values(["start", "end"]).itertuples():
        if c.claim_id in wanted and spans and c.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], c.end))
        elif c.claim_id in wanted:
            spans.append((c.start, c.end))
    starts = [start for start, _ in spans]
    return {c.claim_id for c in claims.itertuples()
            if (n := bisect.bisect_left(starts, c.end)) and spans[n - 1][1] > c.start}
