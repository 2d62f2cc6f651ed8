"""What ties a claim to a statement: something that both of them name. Two blanks are no tie.

A measure that every ledger knows ("killed", "deployed") does not say which event is meant: a text on a fire and a ledger
on a war both count the dead. So the two are compared only where one of these is common to them: who said it, whom it is
about, where, what it is about in words, a number of three figures and more, or a number and its time.
"""
import re
from functools import lru_cache

from helpers import lexicons, likeness, measures, naming, wording

LONG = 3  # figures of a number that hardly two events share, zeros at its end left out


def tied(c, s, relation: dict, words: frozenset) -> bool:
    """Whether something ties a scoped claim and a statement. relation: of each field (`pairs.compare`); words: in which
    they say the same, where the measure is not listed."""
    if words or relation["source"] in ("equal", "near") or relation["place"] in ("equal", "contained"):
        return True
    if relation["population"] == "contained" or relation["population"] == "equal" and c.population:
        return True
    if not (measures.parse(c.measure).known and measures.parse(s.measure).known):
        return True  # the ledger's own word for its subject
    long_ = len(f"{likeness.point(c):.0f}".rstrip("0")) >= LONG if likeness.numbered(c) else False
    if relation["magnitude"] == "equal" and (long_ or relation["period"] in ("equal", "near")):
        return True
    return len(_subject(c.proposition, c.measure) & _subject(s.paraphrase, s.measure)) >= wording.LEAST


@lru_cache(1 << 16)
def _subject(words: str, measure: str) -> frozenset[str]:
    """The stems of what is stated, without those of what is counted and of anybody."""
    return naming.stems(words) - naming.stems(measure.replace("_", " ")) - lexicons.group("anybody")


def whole(c, s) -> bool:
    """Whether a statement says the event that a claim without a number tells of, and not a part of it only: of the words
    that tell more than what was counted, among whom and where, at least half. "Died of their injuries" is not said by who
    counts the dead."""
    rest = _told_more(c.proposition, c.measure, c.population, c.place)
    said = wording.told(s) | naming.stems(f"{s.population} {s.place}".replace("_", " "))
    return len(rest & said) >= wording.SHARED * len(rest)


@lru_cache(1 << 14)
def _told_more(words: str, measure: str, population: str, place: str) -> frozenset[str]:
    own = [population, place, measure.replace("_", " ")]
    own += [t for m in lexicons.rows("measures") if m["measure"] == measure for t in lexicons.cells(m["words"])]
    terms = [t for p in lexicons.rows("populations") if p["population"] == population for t in lexicons.cells(p["terms"])]
    # The noun that a people's name stands before is that people too: "North Korean soldiers".
    named = "|".join(map(re.escape, sorted(terms, key=lambda t: (-len(t), t))))
    nouns = re.findall(rf"\b(?:{named})\s+(\w+)", words, re.I) if named else []
    nouns += re.findall(r"\b(\w+)\s+(?:himself|herself|themselves)\b", words, re.I)  # what they did to themselves was counted
    little = {w for group in ("anybody", "beside a name", "light verb", "amount", "many") for w in lexicons.group(group)}
    return naming.stems(words) - naming.stems(" ".join([*own, *terms, *nouns, *little]))
