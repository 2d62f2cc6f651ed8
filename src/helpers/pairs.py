"""One claim beside one statement: how alike each field is, why the two may not be compared, and whether they agree.

A claim is a `matching.Scoped`, a statement a row of the ledger. The two are *comparable* if no field differs. Whether a
comparable statement *agrees* is asked apart: a total that covers the claim can contradict it but not confirm it.
"""
from helpers import likeness, measures, sources, ties, wording
from helpers.ledger import DENYING, Evidence
from helpers.likeness import (NEAR, bound, interval, least, magnitudes, members, most, numbered, periods, places,
                              polarity, position, stances)

# What each likeness is worth in the ranking. The number is the strongest sign of a relay, then who is named.
WORTH = {("magnitude", "equal"): 8, ("magnitude", "near"): 5, ("magnitude", "contained"): 2, ("measure", "equal"): 4,
         ("measure", "near"): 2, ("period", "equal"): 3, ("period", "near"): 3, ("period", "contained"): 1,
         ("source", "equal"): 4, ("source", "near"): 3, ("population", "equal"): 2, ("population", "contained"): 1,
         ("place", "equal"): 1, ("bound", "equal"): 1, ("stance", "equal"): 1}
AUTHOR = "author"  # the page's own voice
POSITION = "another's position"
SILENT = ("no_comment", "evade")
UNTIED = "subject: nothing that both name ties the two"


def compare(c, s, evidence: Evidence, published: str = "") -> dict:
    """One claim beside one statement (a row of the ledger): the relation of each field, and why they may not be compared.

    What is said to be so and what is said not to be so are compared, since they contradict each other.
    """
    relation = {
        "measure": likeness.measure(c, s), "population": members(c.population, s.population),
        "place": places(c.place, s.place), "rate": "equal" if c.rate == s.rate else "differs", "period": periods(c, s),
        "magnitude": magnitudes(c, s), "stance": stances(c, s),
        "bound": "unknown" if not (numbered(c) and numbered(s)) else "equal" if bound(c) == bound(s) else "differs",
        "source": _sources(c, s, evidence)}
    held = held_by_it(c, s, relation["source"])
    common = held or words(c, s)
    if common and relation["measure"] == "differs":
        relation["measure"] = "unknown"
    if held and relation["population"] == "differs" and wording.spoken_of(c, s):
        relation["population"] = "unknown"
    opposed = _opposed(c, s)
    why_not = [f"{field} {_show(c, field)} is not {_show(s, field)}"
               for field in ("measure", "population", "place", "rate", "period", "stance")
               if relation[field] == "differs" and not (opposed and field in ("stance", "rate"))]
    if relation["measure"] == "near" and not numbered(c) and not opposed:
        why_not.append(f"measure {c.measure!r} is not {s.measure!r}, and no number ties them")
    if c.stance in DENYING and relation["source"] == "differs":
        why_not.append(f"{POSITION}: {s.source}")
    in_words = common if relation["measure"] == "unknown" else frozenset()
    if not why_not and not held and not ties.tied(c, s, relation, common):
        why_not.append(UNTIED)
    # By its words alone a statement is the claim's only where the claim names who said it, and it says little else or
    # nearly all that the claim says, or where both are its positions on one thing.
    own, told = len(wording.content(c)), len(wording.told(s))
    settled = bool(in_words) and (bool(held) or relation["source"] in ("equal", "near") and (
        len(in_words) >= wording.SHARED * max(own, told) or relation["source"] == "equal" and len(in_words) >= max(
            wording.LEAST + 1, wording.NEARLY * own, wording.SUBJECT * told)))
    return {"statement": s, "relation": relation, "why_not": why_not, "late": bool(published) and s.said_on > published,
            "dated": bool(published),
            "opposed": opposed, "words": in_words, "settled": settled, "held": bool(held),
            "agrees": "" if why_not else agreement(c, s, relation, published, settled),
            "score": sum(WORTH.get(pair, 0) for pair in relation.items())}


def words(c, s) -> frozenset[str]:
    """The words in which a claim and a statement say the same, where nobody has listed the measure of one of them; else none.
    If it is the claim's that is listed, nearly all must be the same: what a verb's sense was taken for may be wrong."""
    common = wording.in_common(wording.content(c), s)
    if not common or not measures.parse(c.measure).known:
        return common
    most = max(len(wording.content(c)), len(wording.told(s)))
    return common if not measures.parse(s.measure).known and len(common) >= wording.NEARLY * most else frozenset()


def held_by_it(c, s, source: str) -> frozenset[str]:
    """The words in which a position that a claim gives somebody and one that this somebody holds are on one thing; else
    none, and none where the vocabulary tells what each is of. source: the relation of the two sources."""
    turned = c.stance == "confirm" and s.stance in DENYING  # told to confirm what it had not commented on
    if not (_is_position(s) and (_is_position(c) or turned)) or numbered(c) or numbered(s):
        return frozenset()
    may_be = source == "unknown" and (wording.names_holder(c, s) or sources.is_pronoun(c.source_id))
    if source not in ("equal", "near") and not may_be:
        return frozenset()
    if measures.parse(c.measure).known and measures.parse(s.measure).known:
        return frozenset()
    return wording.one_subject(c, s)


def _is_position(row) -> bool:
    return row.stance in DENYING or position(row).endswith(", negated")


def agreement(c, s, relation: dict, published: str = "", settled: bool = False) -> str:
    """Does a comparable statement say the same? yes, partly (near, and compatible), no (contradicts), unknown.

    Like for like means the same measure over the same time. A statement of a wider measure or time gives an upper bound
    on the claim, one of a narrower gives a lower bound: each can contradict it, and is otherwise compatible. settled: the
    words alone show that it is the same thing, which without a measure is no more than near. Who says nothing on a thing,
    or talks past it, has not denied it: neither supports the other.
    """
    if (c.stance in SILENT) != (s.stance in SILENT) and c.stance in DENYING:
        return "unknown"
    if relation["measure"] == "unknown":
        return "partly" if settled and not _opposed(c, s) and relation["magnitude"] in ("equal", "unknown") else "unknown"
    if _opposed(c, s):
        return _contradicts(c, s, relation)
    if relation["population"] == "unknown" and c.stance not in DENYING:
        return "unknown"
    if not numbered(c):
        # "Heavy losses", or a loss somewhere: that there was one does not confirm how many, or where, or of what.
        if (c.kind == "quantity" or relation["place"] == "unknown" and c.place) and c.stance not in DENYING:
            return "partly"
        own = ties.whole(c, s) if c.stance not in DENYING else relation["stance"] == "equal" and relation["source"] in (
            "equal", "near")
        return "yes" if own else "partly"
    if not numbered(s):
        return "partly" if relation["measure"] == "equal" else "unknown"
    wider = [_wider_measure(c, s), _wider_period(c, s, published)]
    slack = 1 + NEAR
    # Where one side gives no time, numbers that differ may both be right.
    no = "no" if relation["period"] != "unknown" else "unknown"
    if wider == [0, 0]:
        if most(s) * slack < least(c) or least(s) > most(c) * slack:
            return no
        inside = relation["magnitude"] == "contained" and (c.low == c.high) != (s.low == s.high)
        return "yes" if inside or relation["magnitude"] in ("equal", "near") else "partly"
    if None in wider or {1, -1} <= set(wider):
        return "unknown"
    if 1 in wider:
        return no if most(s) * slack < least(c) else "partly"
    return no if least(s) > most(c) * slack else "partly"


def _opposed(c, s) -> bool:
    """Whether one states what the other states not to be so; a denial is a position, and compared as one."""
    return polarity(c) != polarity(s) and c.stance not in DENYING and s.stance not in DENYING


def _contradicts(c, s, relation: dict) -> str:
    """A claim that nothing of the kind happened beside one that it did: no, where that is of the same people, place and
    time; it never confirms. To deny that it was so many is not to say that there were none."""
    none, some = (c, s) if polarity(c) == "neg" else (s, c)
    same = relation["measure"] == "equal" or measures.part_of(some.measure, none.measure)
    same = same and (not none.population or members(none.population, some.population) == "equal"
                     or likeness.fewer(none.population, some.population) == 1)
    if numbered(none) and none.low != 0:
        same = same and relation["magnitude"] == "equal"
    elsewhere = relation["period"] == "contained" or relation["place"] == "contained" or relation["rate"] == "differs" and (
        numbered(none) and numbered(some))
    return "no" if same and not elsewhere else "unknown"


def _show(row, field: str) -> str:
    if field == "period":
        return f"{row.period_start or '…'} to {row.period_end or '…'}"
    if field == "stance":
        return repr(position(row))
    return repr(getattr(row, field) or "none")


def _wider_period(c, s, published: str) -> int | None:
    """1 if the statement covers more time than the claim, -1 less, 0 the same, None if that cannot be told."""
    relation = periods(c, s)
    if relation in ("equal", "near"):
        return 0
    if relation == "unknown":
        # A dated claim is not met by an undated statement. An undated claim speaks of the time up to its publication: a
        # total that runs on after that covers more; a rate does not add up.
        return None if c.period_end else int(bool(published) and not c.rate and s.period_end > published)
    if c.rate:
        return None
    (c0, c1), (s0, s1) = interval(c), interval(s)
    return 1 if s0 <= c0 and s1 >= c1 else -1


def _wider_measure(c, s) -> int | None:
    if measures.relation(c.measure, s.measure) == "equal":
        return 0
    return {"stronger": 1, "weaker": -1}.get(measures.direction(s.measure, c.measure))


def _sources(c, s, evidence: Evidence) -> str:
    """equal or near if the claim names the statement's source, its family, or one whose word the statement relays."""
    way = evidence.tellers[s.statement_id]
    if c.source_id in way:
        return "equal"
    if c.source_id == AUTHOR and c.names & way:
        return "near"  # its sentence names the source, though no cue hands it the words: "the guard has arrested the captain"
    if c.family and c.family in (evidence.family.get(w) for w in way):
        return "near"
    # An unnamed source, or an outlet without an origin of its own, may be speaking of anybody.
    return "differs" if c.family and any(evidence.family.get(w) for w in way) else "unknown"
