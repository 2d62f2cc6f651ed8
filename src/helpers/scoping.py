"""What a claim is about, so that it can be set beside the ledger: a *scoped* claim, by one of its numbers."""
import math
import re
from collections import defaultdict
from typing import NamedTuple

import pandas as pd

from helpers import hedging, lexicons, measures, naming, units
from helpers.likeness import numbered
from helpers.sources import index, names_in, publishing_house

# A claim's speech act, as the stance that a statement of the ledger would have.
WEAK = ("allege", "estimate", "speculate")  # speech acts that do not vouch
STANCE = {"deny": "deny", "decline": "no_comment", "confirm": "confirm", "speculate": "predict"}
_FIGURE = re.compile(r"\s+\d[\d.,]*$")  # "In Brin 410 pupils"
AUTHOR = "author"  # the source id of the page's own voice


class Scoped(NamedTuple):
    """A claim that can be compared, by one of its numbers. low and high are NaN where there is no number.

    hedged: the text weakens it in any way: by a hedge, by a cue that does not vouch (alleges, estimates), or because it
    names nobody who said it ("reports"). hedges: the words of doubt that it holds. polarity: neg if it says that a thing
    is not so. proposition: what it states, in words; a cause, or a claim of nothing that is counted, is compared by them.
    """

    claim_id: str
    kind: str
    stance: str
    source_id: str
    family: str
    hedged: bool
    measure: str
    population: str
    place: str
    rate: str
    low: float
    high: float
    bound: str
    period: str
    period_start: str
    period_end: str
    polarity: str = "pos"
    hedges: str = ""
    proposition: str = ""
    where: str = ""
    names: frozenset[str] = frozenset()


def scoped(claims: pd.DataFrame, quantities: pd.DataFrame, sources: pd.DataFrame, publisher: str = "") -> list[Scoped]:
    """The claims that can be compared, once for each number with a measure, or once without (see `settled`).

    Left out are opinions, rejected claims, and what nobody in the chain commits to (factuality Uu: a condition, a
    question), but for a refusal to comment: it is a position. A cause, and a claim of nothing that is counted, is
    compared by its words, without a measure. publisher: of the text; where it is a house that is no medium, as in a press
    release, the page's own voice is its word.
    """
    known = index(sources)
    own_voice = publishing_house(publisher, sources) or AUTHOR
    families = dict(zip(sources.source_id, sources.origin_family))
    numbers = defaultdict(list)
    for q in quantities.itertuples():
        numbers[q.claim_id].append(q)
    found = []
    for c in claims.itertuples():
        own = [q for q in numbers.get(c.claim_id, ()) if q.measure] or numbers.get(c.claim_id, [])
        words = c.proposition or c.exact
        refused = c.speech_act == "decline" and not measures.parse(c.measure).known  # "comment" is no measure
        in_words = (c.kind == "cause" or refused) and not any(map(numbered, own))
        open_ = c.factuality_source == "Uu" and c.speech_act != "decline"
        if c.kind == "opinion" or open_ or c.status == "rejected" or not (own or c.measure or words):
            continue
        last = c.chain.split(" > ")[-1]
        speaker = own_voice if last == AUTHOR else last
        stance = STANCE.get(c.speech_act, "assert")
        if c.kind == "prediction" or stance == "assert" and _to_come(f"{c.cue} {words}", last != AUTHOR):
            stance = "predict"
        doubts = ";".join(sorted(hedging.find(c.hedges)))
        hedged = bool(doubts) or c.speech_act in WEAK or c.source_type == "unnamed"
        for q in own or [None]:
            found.append(Scoped(
                c.claim_id, c.kind, stance, speaker, families.get(speaker, ""), hedged,
                "" if in_words else q.measure if q else c.measure,
                _who((q and q.population) or c.population), _FIGURE.sub("", (q and q.place) or c.place),
                _rate(c, q, own) if q else "",
                q.low if q else math.nan, q.high if q else math.nan, _bound(c, q) if q else "", q.period if q else "",
                q.period_start if q else "", q.period_end if q else "", c.polarity or "pos", doubts, words,
                _where(c, q, own), names_in(c.exact, known)))
    return found


def _who(population: str) -> str:
    """Whom a claim counts: money and other units are nobody ("crown")."""
    return "" if units.named(population) or naming.plain(population) in lexicons.group("money of no country") else population


def _to_come(words: str, reported: bool) -> bool:
    """Whether words state what is still to come: "will be rebuilt", "expected 600", of what is reported "would be"; not
    "fewer than expected", not "would have been"."""
    said = words.casefold().split()
    ahead = naming.stems(" ".join(lexicons.group("ahead")))
    if any(f" {w} " in f" {' '.join(said)} " for w in lexicons.group("still to come")):
        return True
    return any(naming.stems(w) & ahead and before != "than" or reported and before == "would" and w != "have"
               for before, w in zip(["", *said], said))


def _bound(c, q) -> str:
    """A number's bound; "an average of 90" is a mean, which numbers have no word of their own for."""
    before = (c.prefix + c.exact[:max(0, q.start - c.start)]).casefold().split()[-3:]
    return "mean" if q.bound in ("", "exact") and lexicons.group("mean") & {*before} else q.bound


def _rate(c, q, numbers: list) -> str:
    """A number's rate; said apart from it, only what can be nothing else: "3,000 were handed out every day", or "Every
    day 3,000 were" right before it."""
    if q.rate:
        return q.rate
    ahead = (c.prefix + c.exact[:q.start - c.start]).rstrip(" ,")
    words = _where(c, q, numbers).split("\n")[0]
    found = [(m, "") for m in lexicons.pattern("rates", "phrases").finditer(ahead) if m.end() == len(ahead)]
    found += [(m, words[m.end():].lstrip()) for m in lexicons.pattern("rates", "phrases").finditer(words)]
    for m, after in found:
        phrase = " ".join(m.group(0).casefold().split())
        ends = not after[:1].isalpha() or after.split()[0] in lexicons.group("place preposition")
        if phrase.split()[0] in lexicons.group("counting") or phrase.startswith("per ") or phrase.endswith("ly") and ends:
            return lexicons.by("rates", "phrases")[phrase]["rate"]
    return ""


def _where(c, q, numbers: list) -> str:
    """A claim's words from its number on, up to the next one, then those before its first number."""
    if q is None:
        return c.exact
    at = sorted({n.start - c.start for n in numbers} | {len(c.exact)})
    return c.exact[q.start - c.start:at[at.index(q.start - c.start) + 1]] + "\n" + c.exact[:at[0]]
