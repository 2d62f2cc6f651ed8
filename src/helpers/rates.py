"""Rates: so many a day, a week, a head (lexicons/rates.csv). A rate belongs to the number that it is said of: "weekly sales
at 40 shops" has no 40 a week.
"""
import re
from typing import TYPE_CHECKING

from spacy.tokens import Token

from helpers import lexicons, units
from helpers.syntax import clause_of, subject

if TYPE_CHECKING:
    from helpers.quantities import Quantity


def of_number(view: str, it: "Quantity", noun: Token, sentence_end: int) -> str:
    """A rate beside the number: after what is counted, or among its own words ("daily losses of ...")."""
    over = noun.head if noun.dep_ == "pobj" or noun.dep_ in ("nummod", "dobj") else noun
    over = over.head if over.dep_ == "prep" and over.lower_ == "of" else noun if over.dep_ == "prep" else over
    left = [c for t in {noun.i: noun, over.i: over}.values() for c in t.lefts if c.dep_ in ("amod", "compound")]
    tail_from = max(it.end, noun.idx + len(noun))
    tail = re.split(r"[,;:.(]\s|(?<!per )(?<![\d,])\d", view[it.end:min(sentence_end, tail_from + 22)])[0]
    zone = " ; ".join([tail, *(c.text for c in left)])
    for hit in lexicons.pattern("rates", "phrases").finditer(zone):
        rest = zone[hit.end():].lstrip()
        if re.search(r"\b(?:the|an?|this|that|its|their|his|her)\s+$", zone[:hit.start()], re.I) or (
                lexicons.group("times") & {*zone[:hit.start()].lower().split()[-1:]}):
            continue  # "at the daily briefing", "40 farms twice a week"
        at = noun.doc.char_span(it.end + hit.start(), it.end + hit.end(), alignment_mode="expand") if (
            hit.end() <= len(tail)) else None
        if at is not None and at[0].dep_ == "amod" and at[0].head.i > max(at[0].i, noun.i):
            continue  # "40 shops face weekly checks"
        if not re.match(r"(?:after|before|later|earlier|when|ago|old)\b", rest, re.I):
            return lexicons.by("rates", "phrases")[" ".join(hit.group(0).lower().split())]["rate"]
    return "" if units.of_time(it.unit) else _clause_rate(noun)


def _clause_rate(noun: Token) -> str:
    """A rate that stands with the verb: "every day 40 families arrive", "daily cases averaged 400"."""
    verb, rates = clause_of(noun), lexicons.by("rates", "phrases")
    who = subject(verb)
    beside = [c for c in verb.children if c.dep_ in ("npadvmod", "advmod")]
    beside += [c for c in who.lefts if c.dep_ == "amod"] if who is not None and (
        noun.i > verb.i and verb.lemma_.lower() in lexicons.group("light verb")) else []
    found = (rates.get(c.doc[c.left_edge.i:c.right_edge.i + 1].text.lower()) for c in beside)
    return next((row["rate"] for row in found if row), "")
