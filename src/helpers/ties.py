"""What ties a claim to a statement: something that both of them name. Two blanks are no tie.

A measure that every ledger knows ("killed", "deployed") does not say which event is meant: a text on a fire and a ledger
on a war both count the dead. So the two are compared only where one of these is common to them: who said it, whom it is
about, where, what it is about in words, a number of three figures and more, or a number and its time.
"""
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
