"""Numbers with their scope: how many of whom, what happened to them, how often, when and where.

A number is digits, words ("forty thousand", "dozens") or both ("1.2m"), with its bound ("at least"), or a range. Years,
dates, times, list numbers, labels ("Article 5") and parts of names ("Covid-19") are not counts and are left out.
"""
import functools
import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from helpers import lexicons, periods, scopes
from helpers.language import Passage
from helpers.syntax import child, clause_of, extent


_FEW = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)"
_RATIO = re.compile(rf"\b{_FEW}\s+(?:in|out\s+of)\s+(?:every\s+)?{_FEW}\b", re.I)


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
    measure: str = ""
    population: str = ""
    rate: str = ""
    period: periods.Period | None = None
    place: str = ""


@functools.cache
def _numbers() -> tuple[re.Pattern, re.Pattern]:
    """One number; a number or a range of numbers."""
    def either(kind: str) -> str:
        words = (r["word"] for r in lexicons.rows("number_words") if r["kind"] == kind)
        return "|".join(sorted(words, key=lambda w: (-len(w), w)))
    small, scale, vague, suffix = map(either, ("small", "scale", "vague", "suffix"))
    digits = r"\d{1,3}(?:[,\u00a0\u202f' ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
    money = r"(?:(?:US|A|C)?[$€£¥₽]\s?)?"
    number = (rf"(?:{money}(?:{digits})(?:(?:{suffix})(?!\w)|(?:[\s-](?:{scale}))+(?!\w))?"
              rf"|(?:(?:a|an|half\s+a)\s+(?:{scale})"
              rf"|(?:{small})(?:(?:[\s-]|\s+and\s+)(?:{small}|{scale}))*|(?:{vague})"
              rf"(?:\s+of\s+(?:{vague}))?)(?!\w))")
    left, right = r"(?<![\w.,:/’'])", r"(?![\w:/]|[.,]\d|-[^\W\d])"
    return (re.compile(number, re.I),
            re.compile(rf"{left}(?:(?P<between>between|from)\s+)?(?P<a>{number})"
                       rf"(?:\s?(?P<to>-|–|—|\bto\b|\band\b|\bor\b)\s?(?P<b>{number}))?"
                       rf"(?P<pc>\s?(?:%|per\s?cent\b|pct\b|percent\b))?{right}", re.I))


@functools.cache
def _values() -> dict[str, tuple[float, str]]:
    return {r["word"]: (float(r["value"]), r["kind"]) for r in lexicons.rows("number_words")}


def value(words: str) -> float | None:
    """The number that some words or digits mean; None if they mean none. "two hundred and six" is 206."""
    low = words.lower().strip()
    digits = re.search(r"\d[\d,\u00a0\u202f' ]*(?:\.\d+)?", low)
    if digits:
        number = float(re.sub(r"[^\d.]", "", digits.group(0)))
        for word in re.findall(r"[a-z]+", low[digits.end():]):
            number *= _values().get(word, (1.0, ""))[0]
        return number
    total, part, seen = 0.0, 0.0, False
    for word in re.findall(r"[a-z]+", low):
        number, kind = _values().get(word, (None, ""))
        if word in ("a", "an"):
            part, seen = part or 1.0, True
        elif number is None:
            continue
        elif kind == "scale":
            part, seen = (part or 1.0) * number, True
            if number >= 1000:
                total, part = total + part, 0.0
        elif kind == "vague":
            part, seen = part * number / 2 if part else number, True  # "hundreds of thousands": two hundred thousand
        elif kind == "lead":
            part, seen = number, True
        else:
            part, seen = part + number, True
    return total + part if seen else None


@functools.cache
def _bound_words() -> tuple[re.Pattern, re.Pattern]:
    def either(place: str) -> str:
        words = [r["phrase"] for r in lexicons.rows("bounds") if r["place"] == place]
        words.sort(key=lambda w: (-len(w), w))
        return "|".join((r"\b" if w[0].isalnum() else "") + r"\s+".join(map(re.escape, w.split())) for w in words)
    return (re.compile(rf"(?:{either('before')})\s*(?:the\s+|a\s+|an\s+|another\s+|its\s+)?$", re.I),
            re.compile(rf"\s?(?:{either('after')})(?!\w)", re.I))


def _bounded(view: str, start: int, end: int) -> tuple[int, int, str]:
    """The span with its bound word, and the bound."""
    bounds = lexicons.by("bounds", "phrase")
    before, after = _bound_words()
    hit = before.search(view, max(0, start - 40), start)
    if hit:
        words = re.sub(r"\s+(?:the|a|an|another|its)$", "", " ".join(hit.group(0).lower().split()))
        return hit.start(), end, bounds.get(words, {"bound": "about"})["bound"]
    hit = after.match(view, end)
    if hit:
        return start, hit.end(), bounds[" ".join(hit.group(0).lower().split())]["bound"]
    return start, end, ""


def find(passage: Passage, text: str, published: str, memory: scopes.Memory) -> list[Quantity]:
    """Every count of a passage, in order. `text` is the whole text, `published` an ISO day or ""."""
    view, doc = passage.view, passage.doc
    when, found = periods.find(view, published), []
    taken = [(p.start, p.end) for p in when] + [r.span() for r in _RATIO.finditer(view)]
    for m in _numbers()[1].finditer(view):
        a, b = value(m["a"]), value(m["b"]) if m["b"] else None
        start, end = m.start("a"), m.end()
        if a is None or a > 1e300 or any(s < end and e > start for s, e in taken):
            continue
        joined = (m["to"] or "").lower()
        if b is not None and joined in ("and", "or") and not (joined == "and" and m["between"]):
            b, end = None, m.end("a")  # two counts; the second is found by the next look
        if b is not None and b < a:
            continue  # a score, not a range
        tokens = doc.char_span(start, end, alignment_mode="expand")
        if tokens is None or _no_count(passage, text, start, end, tokens):
            continue
        if b is not None:
            a = _scaled(m, a, b)
        carrier = next((t for t in reversed(tokens) if t.like_num or t.pos_ in ("NUM", "NOUN")), tokens.root)
        span_start, span_end, bound = _bounded(view, m.start() if b is not None else start, end)
        low, high = a, a
        if b is not None:
            low, high, bound = a, b, "between"
        elif bound in ("over", "at_least"):
            high = None
        elif bound in ("under", "at_most"):
            low = None
        elif any(_values().get(w, (0, ""))[1] == "vague" for w in re.findall("[a-z]+", m["a"].lower())):
            high, bound = None, "at_least"
        it = Quantity(span_start, span_end, carrier.i, low, high, bound or "exact", "", None, 0)
        found.append(_scoped(passage, it, m, when, memory))
    return found


def _scaled(m: re.Match, a: float, b: float) -> float:
    """The lower end of a range whose scale stands only at the upper: "10 to 12 million"."""
    tail = re.search(r"[a-z]+$", m["b"].lower())
    scale = _values().get(tail.group(0), (1.0, ""))[0] if tail else 1.0
    shared = not re.search("[a-z]", m["a"].lower()) and a <= b / scale  # but "$200 to $4 million" is as it stands
    return a * scale if shared else a


def _no_count(passage: Passage, text: str, start: int, end: int, tokens) -> bool:
    view, words = passage.view, passage.view[start:end]
    first = tokens[0]
    before = view[:start].rstrip().rsplit(None, 1)[-1].lower() if view[:start].strip() else ""
    at = passage.places[start]
    line_start = not text[text.rfind("\n", 0, at) + 1:at].strip(" \t*-(#")
    if line_start and re.match(r"[.)](?:\s|$)", view[end:end + 2]) and words.isdigit() and len(words) < 4:
        return True
    if before.strip("(") in lexicons.group("label"):
        return True
    if words.isdigit() and view[start - 1:start] == "(" and view[end:end + 1] == ")":
        return True
    if start > 0 and view[start - 1] in "-–#@" and (start < 2 or not view[start - 2].isspace()):
        return True
    if first.ent_type_ == "TIME" or re.match(r"\s?(?:[ap]\.?m\b|o['’]clock)", view[end:end + 8], re.I):
        return True
    counted = first.dep_ == "nummod" and first.head.tag_ in ("NNS", "NNPS")
    if re.fullmatch(r"(?:1[5-9]|20)\d\d", words) and not counted:
        return True
    if first.ent_type_ == "DATE" and not counted:
        return True
    if first.dep_ in ("nummod", "npadvmod", "appos", "nmod") and first.head.pos_ == "PROPN" and first.head.i < first.i:
        return True
    return words.lower() in ("one", "zero", "half a") and not (first.dep_ == "nummod" and first.head.pos_ == "NOUN"
                                                               and first.head.i > first.i)


def _noun(doc: Doc, carrier: Token) -> Token | None:
    """What is counted: the noun that the number modifies, or that an of-phrase after it names."""
    at = carrier
    for _ in range(5):
        inner = child(at, "prep")
        if inner is not None and inner.lower_ == "of" and inner.i > at.i and child(inner, "pobj") is not None:
            return child(inner, "pobj")
        if at.pos_ == "NOUN" and at.i > carrier.i:
            return at
        modifies = at.dep_ in ("nummod", "quantmod", "compound", "nmod", "amod", "advmod", "npadvmod", "det") or (
            at.dep_ == "conj" and at.head.pos_ == "NUM")
        if modifies and at.head.i != at.i and at.head.pos_ in ("NOUN", "NUM", "SYM", "PROPN", "ADJ"):
            at = at.head
        else:
            break
    return at if at.pos_ in ("NOUN", "PROPN") and at.i > carrier.i else None


def _scoped(passage: Passage, it: Quantity, m: re.Match, when: list[periods.Period], memory: scopes.Memory) -> Quantity:
    doc, view, carrier = passage.doc, passage.view, passage.doc[it.token]
    noun, units = _noun(doc, carrier), lexicons.by("units", "words")
    money = re.match(r"[^\d\w]*(?:us|a|c)?([$€£¥₽])", m["a"].lower())
    after = noun.lower_ if noun is not None else ""
    named = "%" if m["pc"] else money.group(1) if money else after
    it.unit = units[named]["unit"] if named in units else ""
    if it.unit and noun is not None and after in units:
        inner = child(noun, "prep")
        noun = child(inner, "pobj") if inner is not None and inner.lower_ == "of" else None
    it.noun = noun.i if noun is not None else None
    clause = clause_of(noun if noun is not None else carrier)
    it.clause = clause.i
    if it.unit:
        it.measure = clause.lemma_.lower() if clause.is_alpha else ""
        it.population = noun.lemma_.lower() if noun is not None else ""
    else:
        it.unit = noun.lemma_.lower() if noun is not None else ""
        it.measure = scopes.measure(noun, clause)
        it.population = scopes.population(noun, clause, memory)
        if it.population and it.measure:
            memory.by_measure[it.measure] = it.population
    sentence, (start, end) = carrier.sent, extent(clause)
    it.place = scopes.place(start, end, doc)
    it.rate = _rate(view, it, doc[it.noun] if it.noun is not None else carrier, sentence.end_char)
    low, high = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
    inside = [p for p in when if low <= p.start and p.end <= high] or [
        p for p in when if sentence.start_char <= p.start and p.end <= sentence.end_char and clause.dep_ == "ROOT"]
    it.period = min(inside, key=lambda p: (abs(p.start - it.end), p.start), default=None)
    return it


def _rate(view: str, it: Quantity, noun: Token, sentence_end: int) -> str:
    """A rate beside the number: after what is counted, or among its own words ("daily losses of ...")."""
    over = noun.head if noun.dep_ == "pobj" or noun.dep_ in ("nummod", "dobj") else noun
    over = over.head if over.dep_ == "prep" else over
    left = [c for t in {noun.i: noun, over.i: over}.values() for c in t.lefts if c.dep_ in ("amod", "compound")]
    tail_from = max(it.end, noun.idx + len(noun))
    zone = " ; ".join([view[it.end:min(sentence_end, tail_from + 22)], *(c.text for c in left)])
    for hit in lexicons.pattern("rates", "phrases").finditer(zone):
        rest = zone[hit.end():].lstrip()
        if not re.match(r"(?:after|before|later|earlier|when|ago|old)\b", rest, re.I):
            return lexicons.by("rates", "phrases")[" ".join(hit.group(0).lower().split())]["rate"]
    return ""
