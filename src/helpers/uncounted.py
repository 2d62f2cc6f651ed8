"""Numbers that count nothing: years, dates, times, labels, names, addresses, telephone numbers, numbers of a list."""
import re

from spacy.tokens import Doc, Span, Token

from helpers import days, lexicons, units
from helpers.language import Passage
from helpers.numerals import Numeral
from helpers.syntax import child

_YEAR = r"(?:1[5-9]|2[01])\d\d"


def _counts_one(doc: Doc, token: Token) -> bool:
    """Whether "one" counts: "one worker", "one of the workers"; not "one another", "the other one"."""
    if token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "of":
        inner = child(doc[token.i + 1], "pobj")
        return inner is not None and inner.pos_ in ("NOUN", "PROPN")
    return token.dep_ == "nummod" and token.head.pos_ == "NOUN" and token.head.i > token.i and (
        token.i == 0 or doc[token.i - 1].lower_ not in ("no", "each", "every", "number"))


def is_uncounted(passage: Passage, text: str, n: Numeral, tokens: Span) -> bool:
    """Whether a number counts and measures nothing. `tokens` are those of the number without its unit."""
    if n.words.lower() in ("one", "zero") and not _counts_one(tokens.doc, tokens[0]):
        return True
    if _numbers_a_line(passage, text, n):
        return True
    return n.kind != "share" and (_is_label(passage.view, n) or not n.unit and (
        _is_time(passage.view, n, tokens) or _is_name(passage.view, n, tokens)))


def _before(view: str, start: int) -> str:
    words = view[max(0, start - 40):start].split()
    return words[-1].lower().strip("(") if words else ""


def _numbers_a_line(passage: Passage, text: str, n: Numeral) -> bool:
    """ "2. Dry the jars", at the start of a line or of a sentence."""
    view, at = passage.view, passage.places[n.first]
    if not n.words.isdigit() or len(n.words) > 3 or not re.match(r"[.)](?:\s|$)", view[n.last:n.last + 2]):
        return False
    line = text[max(0, at - 40):at]
    starts = ("\n" in line or at <= 40) and not line.rpartition("\n")[2].strip(" \t*-(#")
    return starts or (re.match(r"[.)]\s+[^\W\da-z]", view[n.last:n.last + 9]) is not None and (
        re.search(r"[.;:]\s+$", view[max(0, n.first - 9):n.first]) is not None))


def _is_label(view: str, n: Numeral) -> bool:
    """Part of a label, an address, a telephone number, a list: "Article 5", "F-16", "12 Mill Lane", "(3)"."""
    start, end, digits, before = n.first, n.last, n.words.isdigit(), _before(view, n.first)
    if before == "per" or before in lexicons.group("label") and not n.unit:
        return True
    if digits and (view[max(0, start - 1):start], view[end:end + 1]) == ("(", ")"):
        return True
    if digits and (re.match(r"0\d", n.words) or re.match(r"\s\d", view[end:end + 2])
                   or re.search(r"\d\s$", view[max(0, start - 2):start])):
        return True
    if start and view[start - 1] in "-–#@" and (start < 2 or not view[start - 2].isspace()) and (
            view[max(0, start - 4):start].lower() != "sub-" and not units.is_age(n.unit)):
        return True
    street = "|".join(sorted(lexicons.group("street")))
    return re.match(r"[-–]\d|-of-\d|\s(?:zip|postcode)\b", view[end:end + 10], re.I) is not None or (
        re.match(rf"\s(?:[A-Z0-9][\w.]*\s){{0,3}}(?i:{street})(?!\w)", view[n.end:n.end + 50]) is not None)


def _is_time(view: str, n: Numeral, tokens: Span) -> bool:
    """A year, a date or a time of day."""
    first, last, small = tokens[0], tokens[-1], abs(n.low) <= 2100 and not re.search(r"\d,\d", n.words)
    if _is_level(first) or lexicons.pattern("rates", "phrases").match(view, n.last + 1):
        return False  # "the toll stands at 45", "90 a day"
    if re.match(r"\s?[ap]\.?m\b|\so['’]clock", view[n.last:n.last + 9], re.I) or first.ent_type_ == "TIME" and small:
        return True
    if _counts_many(last) or follows_date(first) and counted_noun(last) is not None:
        return False
    figures = re.findall(r"[\w,.]*\d[\w,.]*", n.words)
    if figures and all(re.fullmatch(_YEAR, f) for f in figures):
        return True
    dated = first.ent_type_ == "DATE" and small and "." not in n.words
    return dated and not _hyphened(view, n) and not follows_age(view, n)


def _is_level(token: Token) -> bool:
    """Whether a number is what something was put at."""
    over = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "at" else token
    over = over.head if over.dep_ in ("dobj", "pobj") else over  # "put the crowd at 40"
    who = child(token.head, "nsubj") if token.dep_ == "attr" else None
    if who is not None and who.lemma_.lower() in lexicons.group("tally"):
        return True  # "the number of walkers was 40"
    return over.i != token.i and over.lemma_.lower() in lexicons.group("level verb")


def _is_name(view: str, n: Numeral, tokens: Span) -> bool:
    """Part of a name ("the Boeing 737", "one-off") or of a rank ("the top two")."""
    first, last = tokens[0], tokens[-1]
    if n.words.lower() == "one" and _hyphened(view, n):
        return True
    if first.dep_ in ("nummod", "npadvmod", "appos", "nmod") and first.head.pos_ == "PROPN" and first.head.i < first.i:
        return not follows_date(first) or counted_noun(last) is None
    if _before(view, n.first) in lexicons.group("rank") and last.dep_ != "nummod" and not _hyphened(view, n):
        return True
    beside = [first.nbor(-1)] if first.i else []
    beside += [last.nbor()] if last.i + 1 < len(last.doc) else []
    named = any(t.tag_ == "NNP" and any(c.isupper() for c in t.text) for t in beside if t.lower_ not in days.MONTHS)
    return n.words.isdigit() and named and not _counts_many(last)


def _counts_many(token: Token) -> bool:
    """Whether a number stands with a plural noun after it, whatever the parser makes of "between 40 and 60 boats"."""
    if token.i + 1 < len(token.doc) and token.nbor().tag_ == "NNS" and not units.of_time(units.named(token.nbor().lower_)):
        return True
    return token.dep_ in ("nummod", "compound") and token.head.i > token.i and token.head.tag_ in ("NNS", "NNPS")


def follows_date(token: Token) -> bool:
    """Whether a word stands right behind a month, whatever the parser makes of "on 11 April 240 patients"."""
    return token.i > 0 and token.nbor(-1).lower_ in days.MONTHS


def counted_noun(token: Token) -> Token | None:
    """The plural noun after a number, with at most three words between that describe it."""
    for t in token.doc[token.i + 1:min(token.i + 5, token.sent.end)]:
        if t.tag_ in ("NNS", "NNPS") or t.lower_ == "people":
            return t
        if t.pos_ not in ("ADJ", "NOUN", "PROPN"):
            break
    return None


def _hyphened(view: str, n: Numeral) -> bool:
    return re.match(r"-[a-z]", view[n.last:n.last + 2]) is not None


def follows_age(view: str, n: Numeral) -> bool:
    """Whether a bare number is an age by the words before it: "aged 40", "over the age of 40"."""
    return re.search(r"\b(?:aged?|ages|age\s+of)\s+$", view[max(0, n.start - 10):n.start], re.I) is not None
