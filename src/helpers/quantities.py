"""Numbers with their scope: how many of whom, what happened to them, how often, when and where.

A number is digits, words ("forty thousand", "dozens") or both ("1.2m"), a range, or a share ("a third of"), with its
bound ("at least") and its unit. "From 40 to 73" is one number with both ends. What counts nothing is left out (see
`uncounted`). What is said in passing, an age, "one of the best", "two years later", is read too, but as an aside: it
makes no claim a claim of quantity.
"""
import re
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from helpers import (amounts, lexicons, locating, neighbours, numerals, periods, populations, rates, scopes, uncounted,
                     units)
from helpers.bounds import bounded, change
from helpers.language import Passage
from helpers.numerals import Numeral
from helpers.syntax import SUBJECTS, child, clause_of, extent


@dataclass
class Quantity:
    """One number of a passage; start and end in characters of the view, token the word that carries it."""

    start: int
    end: int
    token: int
    low: float | None
    high: float | None
    bound: str
    unit: str
    noun: int | None
    clause: int
    counted: str = ""  # what is counted, with its modifiers: "night-shift nurse"
    per: str = ""  # beside the number: "share" in "$5 a share"
    change: str = ""  # up, down: it is the amount by which something moved
    aside: bool = False
    measure: str = ""
    population: str = ""
    rate: str = ""
    period: periods.Period | None = None
    place: str = ""


def find(passage: Passage, text: str, published: str, memory: populations.Memory) -> list[Quantity]:
    """Every number of a passage, in order. `text` is the whole text, `published` an ISO day or ""."""
    view, doc = passage.view, passage.doc
    when, found = [p for p in periods.find(view, published) if not _counts(doc, p)], []
    for n in sorted(numerals.find(view), key=lambda n: n.first):
        if any(p.start < n.end and n.first < p.end and not n.first < p.start < p.end < n.last for p in when):
            continue  # a period, unless it stands between the ends of a range
        tokens = doc.char_span(n.first, n.last, alignment_mode="expand")
        if tokens is None:
            continue
        carrier = next((t for t in reversed(tokens) if t.like_num or t.pos_ in ("NUM", "NOUN")), tokens.root)
        if not uncounted.is_uncounted(passage, text, n, tokens):
            found.append(_scoped(passage, _bound(view, n, carrier, found), n, when, memory))
    neighbours.settle(doc, found)
    return found


def _counts(doc: Doc, when: periods.Period) -> bool:
    """Whether what reads like years counts: "between 1950 and 2000 people"."""
    years = re.fullmatch(r"(?:between|from)?\s*\d{4}\s*(?:and|to|-|–)\s*\d{4}", when.words, re.I)
    last = doc.char_span(when.end - 4, when.end) if years else None
    return last is not None and uncounted.counted_noun(last[-1]) is not None


def _bound(view: str, n: Numeral, carrier: Token, before: list[Quantity]) -> Quantity:
    """A number with its bound and change; in brackets after another, as its conversion, it has those of that one."""
    start, end, bound = bounded(view, n.start, n.end)
    over = carrier.doc.char_span(start, start + 4) if units.of_time(n.unit) and bound == "over" else None
    if over is not None and (over[0].dep_ == "prep" and over[0].lower_ == "over" or re.match(
            r"(?:over|above)\s+(?:the|an?|its)\s", view[start:], re.I)):
        start, bound = n.start, ""  # "over a five-year period", "40 witnesses over nine weeks"
    last = before[-1] if before and before[-1].token >= carrier.sent.start else None
    measured = units.is_measured(n.unit)
    moved = change(view, start, n.end, carrier, measured, last.change if last else "")
    if last and measured and not bound and re.fullmatch(r"[^()]{0,25}\(|[^().]{0,3}/\s?", view[last.end:start]) and (
            units.is_measured(last.unit)):
        bound, moved = last.bound if last.bound != "between" else "", moved or last.change
    if last and measured and not moved and re.fullmatch(r",?\s+or\s+", view[last.end:start]):
        moved = last.change  # "rose 84 cents, or 1.1%"
    low = high = n.low
    if n.kind in ("range", "several"):
        low, high, bound = min(n.low, n.high), max(n.low, n.high), "between"
    elif bound in ("over", "at_least"):
        high = None
    elif bound in ("under", "at_most"):
        low = None
    elif numerals.is_vague(n.words):
        high, bound = None, "at_least"
    return Quantity(start, end, carrier.i, low, high, bound or "exact", n.unit, None, 0, change=moved)


def _noun(doc: Doc, carrier: Token) -> Token | None:
    """What is counted: the noun that the number modifies, or that an of-phrase after it names."""
    at, many = carrier, lexicons.group("many")
    if uncounted.follows_date(carrier) and carrier.head.i < carrier.i and (noun := uncounted.counted_noun(carrier)):
        return noun
    for _ in range(5):
        inner = child(at, "prep")
        named = at.pos_ == "NOUN" and at.i > carrier.i
        if named and at.lemma_.lower() not in many:
            return at
        if inner is not None and inner.lower_ == "of" and inner.i > at.i and child(inner, "pobj") is not None:
            return child(inner, "pobj")
        if named:
            return at
        if at.dep_ == "nummod" and _nominal(at.head):
            return at.head
        modifies = at.dep_ in ("nummod", "quantmod", "compound", "nmod", "amod", "advmod", "npadvmod", "det") or (
            at.dep_ == "conj" and at.head.pos_ == "NUM")
        if modifies and at.head.i != at.i and at.head.pos_ in ("NOUN", "NUM", "SYM", "PROPN", "ADJ"):
            at = at.head
        else:
            break
    return at if at.pos_ in ("NOUN", "PROPN") and at.i > carrier.i else None


def _nominal(word: Token) -> bool:
    """Whether a participle or adjective stands for those whom it describes: "the 20,000 displaced"."""
    return word.tag_ in ("VBN", "JJ") and word.dep_ in ("pobj", "dobj", "nsubj", "nsubjpass") and bool(
        scopes.of_word(word))


def _phrase(doc: Doc, noun: Token, after: int) -> str:
    """A noun with its modifiers, from behind the number on: "night-shift nurses"."""
    first = min((c.left_edge.i for c in noun.lefts if c.dep_ in ("compound", "amod", "nmod") and c.left_edge.i > after),
                default=noun.i)
    words = doc[first:noun.i + 1]
    return words.text.lower() if len(words) < 8 else noun.lower_


def _scoped(passage: Passage, it: Quantity, n: Numeral, when: list[periods.Period], memory: populations.Memory) -> Quantity:
    doc, view, carrier = passage.doc, passage.view, passage.doc[it.token]
    noun = _noun(doc, carrier)
    if noun is not None and numerals.is_scale(view, noun.idx, noun.idx + len(noun)):
        noun = None  # "by a third to 0.8m."
    if noun is not None and noun.idx < n.last:  # the "m" of "3m units"
        noun = noun.head if noun.head.i > noun.i and noun.head.pos_ == "NOUN" else None
    hyphened = re.match(r"-([a-z]+)", view[n.end:n.end + 20]) if not it.unit and n.kind != "share" else None
    if not it.unit and uncounted.follows_age(view, n):
        it.unit = "year of age"
    if hyphened:  # "an 11-member jury" has members
        inner = doc.char_span(n.end + 1, n.end + hyphened.end(), alignment_mode="expand")
        noun = inner[0] if inner is not None and inner[0].pos_ in ("NOUN", "PROPN") else noun
    timed = noun is not None and units.of_time(noun.lower_) and not it.unit
    if timed and (noun.i > carrier.i + 2 or any(it.end <= p.start <= noun.idx < p.end for p in when)):
        noun = None  # "it was 4.7 last year"
    if noun is not None and noun.lemma_.lower() in lexicons.group("tally") and noun.tag_ == "NN" and n.low != 1:
        noun = None  # "passed the 1,000 mark"
    if noun is not None and units.named(noun.lower_):
        two = doc[max(noun.i - 1, carrier.i + 1):noun.i + 1].text
        it.unit = it.unit or units.named(two) or units.named(noun.lower_)
        inner = child(noun, "prep")
        noun = child(inner, "pobj") if inner is not None and inner.lower_ == "of" and n.end <= inner.idx else None
    written = view[n.last:n.end].strip().startswith("lb")
    if it.unit == "pound" and not written and (abs(n.low) >= 10_000 or _is_paid(carrier.sent)):
        it.unit = "GBP"
    it.noun = noun.i if noun is not None else None
    done = child(carrier, "acl") if noun is None else None  # "at least 6 arrested"
    clause = done if done is not None and scopes.of_word(done) else clause_of(noun if noun is not None else carrier)
    it.clause = clause.i
    _, it.per = units.per(view, n.end)
    if not it.per and noun is not None and not it.unit:
        _, it.per = units.per(view, noun.idx + len(noun))
    it.aside = _aside(view, it, n, noun)
    if it.unit or n.kind == "share":
        it.unit = it.unit or "share"
        it.counted = _phrase(doc, noun, carrier.i) if n.kind == "share" and noun is not None else ""
        part = it.unit == "%" and noun is not None  # "60% of the samples were clean"
        it.measure = "" if it.aside else scopes.measure(noun, clause) if part else amounts.of_amount(clause)
        it.population = noun.lemma_.lower() if noun is not None else ""
        if n.kind == "share" and noun is not None:
            it.measure = scopes.measure(noun, clause)
            it.population = populations.find(noun, clause, memory)
    else:
        it.unit = (noun.lemma_ if noun.pos_ in ("NOUN", "PROPN") else noun.text).lower() if noun is not None else ""
        it.counted = _phrase(doc, noun, carrier.i) if noun is not None else ""
        if not it.aside:
            who = noun if noun is not None else amounts.tallied(clause)  # "the number of walkers was 40"
            it.measure = scopes.measure(carrier if who is None and carrier.dep_ in SUBJECTS else who, clause)
            it.population = populations.find(who, clause, memory)
            it.measure = it.measure or (amounts.of_level(clause) if noun is None and not it.change else "")
        if it.population and it.measure:
            memory.by_measure[it.measure] = it.population
    sentence, (start, end) = carrier.sent, extent(clause)
    it.place = locating.place(start, end, doc)
    it.rate = rates.of_number(view, it, doc[it.noun] if it.noun is not None else carrier, sentence.end_char)
    moves = lexicons.by("changes", "word").get(clause.lemma_.lower(), {"kind": ""})["kind"]
    if it.rate and moves == "measured":
        it.change = ""  # "loses $40 a day" goes on, it is no step
    if it.per and not it.rate:
        it.unit = f"{it.unit} per {it.per}"
    low, high = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
    own = [p for p in when if not _of_another(doc, p, it)]
    inside = [p for p in own if low <= p.start and p.end <= high] or [
        p for p in own if sentence.start_char <= p.start and p.end <= sentence.end_char and clause.dep_ == "ROOT"]
    it.period = min(inside, key=lambda p: (abs(p.start - it.end), p.start), default=None)
    return it


def _of_another(doc: Doc, when: periods.Period, it: Quantity) -> bool:
    """Whether a period dates a clause on another noun ("the mill, which opened in 2019") or a condition, and not what is
    counted beside it."""
    at = doc.char_span(when.start, when.end, alignment_mode="expand")[0]
    while at.head.i != at.i:
        condition = at.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in lexicons.group("condition")
                                               for c in at.children)
        on_another = at.dep_ in ("acl", "relcl") and at.head.i != it.noun
        if (condition or on_another) and not at.left_edge.i <= it.token <= at.right_edge.i:
            return True
        at = at.head
    return False


def _is_paid(sentence: Span) -> bool:
    return any(t.lemma_.lower() in lexicons.group("money") for t in sentence)


def _aside(view: str, it: Quantity, n: Numeral, noun: Token | None) -> bool:
    """Whether a number is said in passing: somebody's age, "one of the best", a time before or after."""
    if units.is_age(it.unit):
        return True
    if n.words.lower() == "one" and noun is not None and noun.dep_ == "pobj":
        return any(c.tag_ in ("JJS", "RBS") or any(g.tag_ == "RBS" for g in c.children) for c in noun.lefts)
    after = re.match(r"\s(?:ago|later|earlier|before|after)\b", view[n.end:n.end + 9])
    return units.of_time(it.unit) and after is not None
