"""Two texts beside each other: A the upstream (a press release, a report), B the page that may have been made of it.

A's claims become statements of a small ledger, one a number. The passages of the two are aligned (`aligning`); in each
pair the claims of B are set beside those of A, number by number, and what changed is told from their fields (`drift`) and
from their words (`side_by_side`). Nothing is left unsaid: each claim is kept, changed, left out, added or unsettled.
"""
import bisect
from collections import Counter, defaultdict
from typing import NamedTuple

import pandas as pd

from helpers import (aligning, drift, in_words, ledger, likeness, matching, measures, naming, numerals, rounding,
                     side_by_side, speakers, tables)
from helpers.aligning import Part
from helpers.ledger import Evidence
from helpers.matching import Scoped
from helpers.proposals import Proposal
from helpers.speakers import Voices

SOME_DAY = "2000-01-01"  # of a text whose day nobody knows: no date of its claims is counted from it
PART = 0.3    # of the longer's words in common: below this a passage tells only a part of the other
HALF = 0.5    # of the words in common: up to this another verb tells another thing, not one planned or done


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
    """All that a text states, opinions and what is left open too: a plan that was told as done is a change."""
    left_open = (text.claims.factuality_source == "Uu") & (text.claims.speech_act != "decline")
    claims = text.claims.assign(kind=text.claims.kind.replace("opinion", "event"),
                                factuality_source=text.claims.factuality_source.mask(left_open, "PS+"))
    return matching.scoped(claims, text.quantities, sources)


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
    told, rows = {}, []
    for j, part in enumerate(theirs):
        if j not in pairs:
            continue
        own = [ours[i] for i in pairs[j]]
        tellings = [(c, p) for p in own for claim in p.claims for c in of_a.get(claim.claim_id, ())]
        ties = _tied([s for s, _ in tellings], [c for claim in part.claims for c in of_b.get(claim.claim_id, ())], evidence)
        source = {s.statement_id: p for s, p in tellings}
        said = set()
        for s, c in ties:
            told.setdefault(c.claim_id, s.statement_id)
            for change in _changes(s, c, source[s.statement_id], part, near[part.claims[0].paragraph], evidence, said_by):
                if change["field"] not in said:  # one change of a passage is told once, for the claim that shows it best
                    said.add(change["field"])
                    rows.append({"claim_id": c.claim_id, "step": 0, "from_id": s.statement_id, "to_id": c.claim_id,
                                 "root_id": s.statement_id, **change})
    order = {c: n for n, c in enumerate(b.claims.claim_id)}
    rows.sort(key=lambda r: order[r["claim_id"]])
    table = tables.frame("retellings", rows)
    open_ = {c.claim_id: [f"A.{k.claim_id}" for i in unsettled[j] for k in ours[i].claims[:1]]
             for j in unsettled for c in theirs[j].claims[:1]}
    retold = {k.claim_id for own in (*pairs.values(), *unsettled.values()) for i in own for k in ours[i].claims}
    listed = {c.claim_id for j in (*pairs, *unsettled) for c in theirs[j].claims}
    return Compared(table, dict(sorted(told.items(), key=lambda t: order[t[0]])), open_,
                    _rest(retold, a.claims), _rest(listed, b.claims))


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


def _changes(s, c: Scoped, ours: Part, theirs: Part, near: frozenset[str],
             evidence: Evidence, said_by: Voices) -> list[dict]:
    """The changed fields of a statement of A and a claim of B that tell one thing.

    Period, place, doubt and words of degree are told from the words of the two passages; so is whom it is about and what
    was done, where the fields do not say. One change that shows in two fields is told in the one that says it best.
    """
    s, c = (_positioned(row, part.passage) for row, part in ((s, ours), (c, theirs)))
    way = drift.Way(s.source_id, family=evidence.family)
    fields = {r["field"]: r for r in drift.changes(s, c, way)}
    words = side_by_side.changes(ours.passage, theirs.passage)
    for field, (old, new, direction) in words.items():
        if field in ("period", "place", "hedge", "measure") or field not in fields:
            fields[field] = {"field": field, "old": old or "none", "new": new or "none", "direction": direction, "note": ""}
    for field in ("place", "hedge"):
        if field not in words:
            fields.pop(field, None)
    if "period" not in words and "period" in fields and (fields["period"]["new"] != "none" or in_words.when(theirs.passage)):
        del fields["period"]
    _settle(fields, s, c, ours, theirs, words)
    if "source" in fields and (note := said_by.change(s, claim_of(s.statement_id), c, ours, near)):
        fields["source"]["note"] = note
    else:
        fields.pop("source", None)
    return [fields[f] for f in drift.FIELDS if f in fields]


def _settle(fields: dict, s, c: Scoped, ours: Part, theirs: Part, words: dict) -> None:
    """Takes out of `fields` what only another wording or a slip of the parser makes look changed, and what another field
    says already."""
    known = [measures.parse(row.measure).known for row in (s, c)]
    if "measure" in fields and "measure" not in words and (not all(known) or fields["measure"]["direction"] == "other"):
        del fields["measure"]
    if "magnitude" in fields and likeness.numbered(s) != likeness.numbered(c):
        silent = theirs if likeness.numbered(s) else ours
        if any(True for _ in numerals.find(silent.passage.words)):
            del fields["magnitude"]
    if "bound" in fields and {likeness.bound(s), likeness.bound(c)} == {"about", "exact"} and any(
            in_words.is_estimate(part.passage) for part in (ours, theirs)):
        del fields["bound"]
    if "population" in fields and "population" not in words and not (likeness.numbered(s) and likeness.numbered(c)):
        del fields["population"]
    if "population" in fields and naming.stems(fields["population"]["old"]) <= theirs.stems:
        del fields["population"]
    if "stance" in fields and "negated" in fields["stance"]["old"] + fields["stance"]["new"] and (
            in_words.is_negated(ours.passage) == in_words.is_negated(theirs.passage)):
        del fields["stance"]
    x, y = ({w for w in part.stems if not w.isdigit()} for part in (ours, theirs))
    common = len(x & y) / max(1, min(len(x), len(y)))
    if "stance" in fields and c.stance in ("assert", "predict") and s.stance in ("assert", "predict") and common <= HALF:
        del fields["stance"]
    if len(x & y) < PART * max(len(x), len(y)):  # the rest of the longer may be what is doubted, or about others
        for field in ("hedge", "population"):
            fields.pop(field, None)
    stance, hedge = fields.get("stance"), fields.get("hedge")
    if stance and (s.stance, c.stance) == ("predict", "assert") and hedge:
        if in_words.plans(ours.passage) or not _modal(hedge):
            del fields["hedge"]
        else:
            del fields["stance"]
    if {"stance", "hedge"} <= fields.keys():
        vouching = {stance["old"], stance["new"]} <= {"predict", "assert", "confirm"}
        del fields["stance" if vouching and stance["direction"] == hedge["direction"] else "hedge"]
    if {"stance", "measure"} <= fields.keys() and fields["stance"]["direction"] == "other":
        del fields["stance"]
    if "measure" in fields and "hedge" in fields and fields["hedge"]["direction"] == fields["measure"]["direction"]:
        del fields["hedge"]


def _modal(hedge: dict) -> bool:
    return hedge["old"] != "none"


def _positioned(row, p: in_words.Passage):
    """A telling with its stance as its words have it: nothing said ("did not respond"), what is to come, what is so."""
    if in_words.is_silent(p):
        changed = {"stance": "no_comment", "polarity": "pos"}
    elif in_words.is_denied(p):
        changed = {"stance": "deny", "polarity": "neg"}
    elif row.stance in ("assert", "predict"):
        changed = {"stance": "predict" if in_words.ahead(p) else "assert"}
    else:
        return row
    return row._replace(**changed)


def claim_of(statement_id: str) -> str:
    """The claim of A that a statement was made of."""
    return statement_id.split(".")[1]


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
