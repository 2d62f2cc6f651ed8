"""Of two passages that tell one thing, what changed: from the fields of the two tellings (`drift`) and from their words
(`side_by_side`).

One change that shows in two fields is told once, in the one that says it best; what only another wording or a slip of the
parser makes look changed is not told.
"""
import re

from helpers import drift, in_words, lexicons, likeness, limits, measures, naming, numerals, rounding, side_by_side, wording
from helpers.aligning import Part
from helpers.ledger import DENYING, Evidence
from helpers.matching import Scoped
from helpers.speakers import Voices
from helpers.tellings import amount

_NOBODY = re.compile(r"(?:no one|nobody|none|no (?!longer|doubt|more|fewer|less|matter)[a-z]+)\b", re.I)
_OTHERS = re.compile(r"\band\s+(?:\d+|[a-z]+)\s+others?\b", re.I)
LOST = (("period", limits.durations, "stronger", "how long it takes or lasts was dropped"),
        ("population", limits.ages, "weaker", "how old they are was dropped"),
        ("population", limits.bases, "stronger", "what the number is a part of was dropped"))
PART = 0.3    # of the longer's words in common: below this a passage tells only a part of the other
HALF = 0.5    # of the words in common: up to this another verb tells another thing, not one planned or done


def changes(s, c: Scoped, ours: Part, theirs: Part, near: frozenset[str], evidence: Evidence,
            said_by: Voices, whole: in_words.Passage, sure: bool = True) -> list[dict]:
    """The changed fields of a statement of A and a claim of B that tell one thing.

    sure: whether they do; where they only may, whose word it is is not compared.
    whole: all of A that the passage of B tells, where it tells several of A's: a doubt may belong to another of them.

    Period, place, doubt and words of degree are told from the words of the two passages; so is whom it is about and what
    was done, where the fields do not say. One change that shows in two fields is told in the one that says it best.
    """
    s, c = (_positioned(row, part.passage) for row, part in ((s, ours), (c, theirs)))
    if (s.stance, c.stance) == ("assert", "predict") and in_words.ahead(whole):
        s = s._replace(stance="predict")
    way = drift.Way(s.source_id, family=evidence.family)
    fields = {r["field"]: r for r in drift.changes(s, c, way)}
    words = side_by_side.changes(ours.passage, theirs.passage)
    if in_words.is_silent(theirs.passage) or "hedge" not in side_by_side.changes(whole, theirs.passage):
        words.pop("hedge", None)
    for field, (old, new, direction) in words.items():
        if field in ("period", "place", "hedge", "measure") or field not in fields:
            fields[field] = {"field": field, "old": old or "none", "new": new or "none", "direction": direction, "note": ""}
    for field in ("place", "hedge"):
        if field not in words:
            fields.pop(field, None)
    if "period" not in words and "period" in fields and (fields["period"]["new"] != "none" or in_words.when(theirs.passage)):
        del fields["period"]
    _limits(fields, s, c, ours, theirs, near)
    _settle(fields, s, c, ours, theirs, words, sure)
    bodies = [bool(lexicons.group("counted as one") & {naming.plain(row.population)}) for row in (s, c)]
    if likeness.numbered(s) and likeness.numbered(c) and rounding.same(s, c) and bodies[0] != bodies[1] and s.population and c.population:
        fields["population"] = _change("population", s.population, c.population, "")  # households are not people
    _nobody(fields, s, c, ours, theirs)
    _part_of(fields, ours, theirs)
    none = [in_words.is_unfounded(part.passage) for part in (ours, theirs)]
    if none[0] != none[1] and s.stance in ("assert", "predict") and c.stance in ("assert", "predict"):
        fields.pop("hedge", None)
        old, new = ("assert, negated" if no else "assert" for no in none)
        fields["stance"] = _change("stance", old, new, "no finding is told as a finding" if none[0] else "")
    alike = likeness.numbered(s) and likeness.numbered(c) and rounding.same(s, c) and (s.population or c.population) and (
        likeness.members(s.population, c.population) in ("equal", "unknown"))
    if not sure and alike and measures.parse(c.measure).known and measures.relation(s.measure, c.measure) not in ("equal", "near"):
        fields["measure"] = _change("measure", s.paraphrase, c.proposition, "another thing is told of as many")
    both = s.stance in DENYING and c.stance in DENYING and s.source_id != c.source_id
    note = said_by.change(s, claim_of(s.statement_id), c, ours, near) if "source" in fields or both else ""
    fields.pop("source", None)
    if note and sure:
        fields["source"] = _change("source", s.source_id, c.source_id, note)
    if sure and _other_thing(s, c):
        fields["measure"] = _change("measure", s.paraphrase, c.proposition, "another thing is denied, or not answered")
    elif not fields.keys() & {"measure", "population", "stance", "source"} and (
            swapped := side_by_side.swapped(ours.passage, theirs.passage)):
        fields["measure"] = _change("measure", *swapped, "one word for another")
    return [fields[f] for f in drift.FIELDS if f in fields]


def doubt_lost(ours: list[Part], theirs: Part, whole: in_words.Passage) -> "tuple[Part, dict] | None":
    """Of several passages of A that one of B tells, that whose doubt is gone or new, with the change; None if there is none."""
    if in_words.is_silent(theirs.passage) or "hedge" not in side_by_side.changes(whole, theirs.passage):
        return None
    for part in ours:
        alike = len(part.stems & theirs.stems) >= PART * len(part.stems)
        doubted = in_words.doubts(part.passage) or side_by_side.conditions(part.passage)
        if alike and doubted and (found := side_by_side.changes(part.passage, theirs.passage).get("hedge")):
            old, new, direction = found
            return part, _change("hedge", old or "none", new or "none", "", direction)
    return None


def _part_of(fields: dict, ours: Part, theirs: Part) -> None:
    """Puts in how many of a number there are, where one has it in figures and the other in words: "14 of the 38", "most of
    the 38"."""
    for n in sorted(n for n in ours.numbers | theirs.numbers if n >= 2):
        whole = re.compile(rf"([a-z]+(?:\s+one)?|\d[\d,.]*)\s+of\s+(?:the|its|their|all)?\s*({n:,.12g}|{n:.12g}|{_in_letters(n)})\b", re.I)
        a, b = (m[1].lower() if (m := whole.search(part.passage.words)) else "" for part in (ours, theirs))
        a, b = (w.split()[0] if w.endswith(" one") else w for w in (a, b))
        if a and b and a != b and (a in lexicons.group("part of a whole")) != (b in lexicons.group("part of a whole")):
            direction = "stronger" if b in lexicons.group("greater part") else "weaker" if a in lexicons.group("greater part") else "other"
            fields["magnitude"] = _change("magnitude", f"{a} of {n:,.12g}", f"{b} of {n:,.12g}", "", direction)


def _in_letters(n: float) -> str:
    """The number word of a small number, or what matches nothing."""
    return next((w for w in lexicons.by("number_words", "word") if numerals.value(w) == n), "(?!)")


def _nobody(fields: dict, s, c: Scoped, ours: Part, theirs: Part) -> None:
    """Puts in that "no one was injured" where the other gives a number of them."""
    none = [_NOBODY.match(part.passage.words) for part in (ours, theirs)]
    if none[0] and not none[1] and likeness.numbered(c) and max(c.low, c.high if c.high == c.high else 0) > 0:
        fields["magnitude"] = _change("magnitude", none[0].group().lower(), amount(c), "", "stronger")
    elif none[1] and not none[0] and likeness.numbered(s) and max(s.low, s.high if s.high == s.high else 0) > 0:
        fields["magnitude"] = _change("magnitude", amount(s), none[1].group().lower(), "", "weaker")
    else:
        return
    fields.pop("stance", None)


def _limits(fields: dict, s, c: Scoped, ours: Part, theirs: Part, near: frozenset[str]) -> None:
    """Puts into `fields` what limited the number of A and is not told in B (`limits`)."""
    written = {v for w in near if (v := numerals.value(w)) is not None and not w.isdecimal()}
    digits = theirs.numbers | {float(w) for w in near if w.isdecimal()}
    number = likeness.numbered(s) and likeness.numbered(c)
    deadline = "magnitude" in fields and not likeness.numbered(c)  # the number that was dropped may be the duration's own
    for field, kind, direction, note in LOST:
        told = number and rounding.same(s, c) or deadline and field == "period"
        limited = kind(ours.passage)
        around = digits | (written if limited and all(limit.of and limit.of <= near for limit in limited) else set())
        if told and (gone := limits.lost(limited, kind(theirs.passage), around)):
            if deadline:
                del fields["magnitude"]
            fields[field] = _change(field, gone.words, "none", note, direction)
        elif fields.get(field, {}).get("new") == "none" and any(limit.number in around for limit in limited):
            del fields[field]  # another sentence tells it


def _change(field: str, old: str, new: str, note: str, direction: str = "other") -> dict:
    return {"field": field, "old": old, "new": new, "direction": direction, "note": note}


def _other_thing(s, c: Scoped) -> bool:
    """Whether two denials, or two refusals to answer, are on different things: of what each is on, each has words that the
    other has not, and no more than half are common."""
    if s.stance != c.stance or s.stance not in DENYING:
        return False
    x, y = ({_one_verb(w) for w in wording.on_what(row)} for row in (s, c))
    apart = bool(x - y and y - x) and len(x & y) <= HALF * min(len(x), len(y))
    return apart and measures.relation(s.measure, c.measure) != "equal"


def _one_verb(stem: str) -> str:
    """One stem for all verbs of knowing: who "was aware" of it knew."""
    return "know" if stem in naming.stems(" ".join(sorted(lexicons.group("factive")))) else stem


def _settle(fields: dict, s, c: Scoped, ours: Part, theirs: Part, words: dict, sure: bool) -> None:
    """Takes out of `fields` what only another wording or a slip of the parser makes look changed, and what another field
    says already."""
    known = [measures.parse(row.measure).known for row in (s, c)]
    if "measure" in fields and "measure" not in words and (not all(known) or fields["measure"]["direction"] == "other"):
        del fields["measure"]
    if "magnitude" in fields and likeness.numbered(s) != likeness.numbered(c) and s.low == 1 and (
            re.search(r"\bone of\b", ours.passage.words, re.I)):
        del fields["magnitude"]  # "one of several reasons" counts nothing
    if "magnitude" in fields and likeness.numbered(s) != likeness.numbered(c):
        silent = theirs if likeness.numbered(s) else ours
        if any(True for _ in numerals.find(silent.passage.words)):
            del fields["magnitude"]
    if _OTHERS.search(ours.passage.words) or _OTHERS.search(theirs.passage.words):
        for field in ("magnitude", "bound"):  # "Marsh and four other witnesses" are five
            fields.pop(field, None)
    aged = re.compile(r"\b\d{1,3}-year-olds?\b")
    if "magnitude" in fields and likeness.numbered(s) != likeness.numbered(c) and any(
            aged.search(part.passage.words) for part in (ours, theirs)):
        del fields["magnitude"]  # how old somebody is
    if likeness.numbered(s) and likeness.numbered(c) and (s.low < 1 <= c.low or c.low < 1 <= s.low) and min(s.low, c.low) > 0:
        for field in ("magnitude", "bound"):
            fields.pop(field, None)  # a share and a count
    if "magnitude" in fields and likeness.numbered(s) != likeness.numbered(c) and 1 in (s.low, c.low):
        del fields["magnitude"]  # "in a batch" and "in one batch"
    if "bound" in fields and all("averag" in part.stems for part in (ours, theirs)):
        del fields["bound"]
    lasting = [n.number for n in limits.durations(ours.passage)]
    if {"period", "magnitude"} <= fields.keys() and {s.low, s.high} & {*lasting}:
        del fields["magnitude"]
    estimates = [in_words.is_estimate(part.passage) for part in (ours, theirs)]
    about = [likeness.bound(row) == "about" for row in (s, c)]
    if "bound" in fields and {likeness.bound(s), likeness.bound(c)} == {"about", "exact"} and estimates not in (
            about, [False, False]):
        del fields["bound"]
    if "population" in fields and "population" not in words and not (likeness.numbered(s) and likeness.numbered(c)):
        del fields["population"]
    if "population" in fields and lexicons.group("no people of their own") & {
            naming.plain(fields["population"][side]) for side in ("old", "new")}:
        del fields["population"]  # patients are called participants
    if "population" in fields and naming.stems(fields["population"]["old"]) <= theirs.stems:
        del fields["population"]
    if "stance" in fields and "negated" in fields["stance"]["old"] + fields["stance"]["new"] and (
            in_words.is_negated(ours.passage) == in_words.is_negated(theirs.passage)):
        del fields["stance"]
    if side_by_side.by_its_contrary(ours.passage, theirs.passage):
        for field in ("stance", "measure"):
            fields.pop(field, None)
    x, y = ({w for w in part.stems if not w.isdigit()} for part in (ours, theirs))
    common = len(x & y) / max(1, min(len(x), len(y)))
    if "stance" in fields and c.stance in ("assert", "predict") and s.stance in ("assert", "predict") and common <= HALF:
        del fields["stance"]
    if len(ours.stems & theirs.stems) < PART * max(len(ours.stems), len(theirs.stems)):
        # The rest of the longer may be what is doubted, or about others.
        for field in ("hedge", "population") if sure else ("population",):
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
