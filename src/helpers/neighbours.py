"""What one number of a sentence says of another: the whole that it is a part of, the time in which it was counted.

"Of 200 cars tested, 14 failed": the 200 did not fail. "3 million euros over two years": the years are the period.
"""
import re
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from helpers import periods, scopes, units
from helpers.syntax import SUBJECTS

if TYPE_CHECKING:
    from helpers.quantities import Quantity

_EARLIER = re.compile(r"^[^.;]*(?:(?:up|down) from|compared (?:with|to)|against)\s+\S*$", re.I)
_LEAD = re.compile(r"\b(?:over|within|in|during|across|throughout)\s+(?:the\s+)?$", re.I)


def settle(doc: Doc, found: "list[Quantity]") -> None:
    """Sets measure, population and period of the numbers of a passage, in order, as those beside them have it."""
    for n, q in enumerate(found):
        _whole(doc, found[n - 1] if n else None, q)
        _lasting(doc, found, q)
    for now, then in zip(found, found[1:]):  # "61%, down from 68% in 2019": the day is that of the second alone
        if now.period and now.period == then.period and now.period.start >= then.end and _EARLIER.search(
                doc.text[now.end:then.start]):
            now.period = None


def _whole(doc: Doc, last: "Quantity | None", q: "Quantity") -> None:
    """The whole that some are of counts what makes it the whole, not what befell them: "30% of 200 tested cars", "12 of
    the 40 lifts"; where it stands ahead it says who they are: "of 200 cars tested, 14 failed"."""
    if q.noun is None:
        led = last is not None and last.noun is not None and _leads(doc[last.noun])
        if led and doc[q.token].sent == doc[last.token].sent:
            q.population = q.population or last.population
        return
    noun = doc[q.noun]
    named = last is not None and last.noun == q.noun and re.fullmatch(
        r"\s+of\s+(?:[^\W\d][\w'’-]*\s+){0,4}", doc.text[last.end:q.start])
    if named or _leads(noun):
        over = [noun.head] if noun.dep_ in SUBJECTS and doc[noun.head.i + 1:noun.head.i + 2].text == "," else []
        made = [scopes.of_word(c) or c.lemma_.lower() for c in (*noun.children, *over)
                if c.tag_ in ("VBN", "VBD") and c.pos_ != "AUX" and c.dep_ in ("amod", "acl", "relcl", "ccomp")]
        q.measure, q.aside = next(filter(None, (scopes.of_word(noun), *made)), ""), True


def _leads(noun: Token) -> bool:
    """Whether a noun is what a sentence's first word, "of", is of."""
    first = noun.doc[noun.sent.start]  # "of 1,200 bolts checked": the parser takes "of" for a part of the number
    return first.lower_ == "of" and first.i in (noun.head.i, noun.left_edge.i) and noun.i > first.i


def _lasting(doc: Doc, found: "list[Quantity]", q: "Quantity") -> None:
    """A stretch of time is the period of what is counted before it in its clause, or after it where it stands first:
    "3 million euros over two years"."""
    lead = _LEAD.search(doc.text, max(0, q.start - 20), q.start)
    if lead is None or not units.of_time(q.unit) or q.aside:
        return
    first = lead.start() == doc[q.token].sent.start_char
    for b in found:
        if b.clause == q.clause and b.period is None and not units.of_time(b.unit) and (first or b.end <= lead.start()):
            b.period = periods.Period(lead.start(), q.end, doc.text[lead.start():q.end], "", "")
