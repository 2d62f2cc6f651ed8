"""What a passage says in its words: when, where, of whom, how surely, planned or done, denied or not answered.

Here texts are read as strings: whatever the parser made of a sentence, a bare month, a name after "in", a "may" are seen. A
*passage* is the words of one or more claims and the words that report them.
"""
import re
from functools import cache, lru_cache
from typing import NamedTuple

from helpers import days, hedging, lexicons, measures, naming, numerals, periods

_GIVEN = re.compile(r"\b(?:the|its|our|their|her|his)\s+\w+ed\s+(?!to\b|that\b)(?=[a-z])", re.I)  # "the expected level"
_NEXT = re.compile(r"\b(?:within|in|over)\s+(?:the\s+)?(?:next|coming|following)\s+(?=\d|[a-z]+\s+(?:minute|hour|day|week|month|year)s)()")
_INFINITIVE = re.compile(r"(\w+)\s+(?:to\s+(?!the\b|an?\b)|(?=\w+ing\b))", re.I)
_PROGRESSIVE = re.compile(r"\b(?:is|are|was|were|be|been|'s|'re)\s+(?:\w+ly\s+|now\s+|still\s+)?(\w+ing)\s+(?=[a-z\d])", re.I)
_A_PLAN = re.compile(r"\b(?:under|the|its|their|his|her|an?|any|of|with|on|new|these|those|secret)\s+$", re.I)
_SUSPECT = re.compile(r"\b(?:an?|the|as|main|prime|chief|murder|two|three|four|other)\s+suspects?\b", re.I)  # a person
_APPEARED = re.compile(r"\bappear(?:ed|s|ing)?\s+(?:before|in|at|on|with|for|live)\b", re.I)  # in court
_A_DISPUTE = re.compile(r"\b(?:an?|the|in|this|that|long|bitter|pay|labour|border|trade)\s+(?:\w+\s+)?disputes?\b", re.I)  # a quarrel
_LOOKING = re.compile(r"\b(?:looking|looks|looked)\s+(?:again\s+)?(?:at|into)\s+\w+ing\b", re.I)
_NAME = r"(?:(?:the|The)\s+)?(?P<name>[^\W\d_a-z][\w'’-]*(?:\s+(?:of\s+|the\s+|de\s+)?[^\W\d_a-z][\w'’-]*)*)"


class Passage(NamedTuple):
    """words: of the claims; cue: who reports them, and how; day: when the text was published, or empty; on: the condition
    that stands beside them, as a claim of its own ("if no buyer is found")."""

    words: str
    cue: str = ""
    day: str = ""
    on: str = ""


class When(NamedTuple):
    words: str  # as said
    core: str   # the same without its preposition, lower case
    first: str
    last: str


@lru_cache(8192)
def when(p: Passage) -> tuple[When, ...]:
    """The periods of a passage, in order: those that have days (`periods`), and a season, a quarter, a bare month."""
    found = [(w.start, When(w.words, _core(w.words), w.first, w.last)) for w in periods.find(p.words, p.day)]
    free = p.words
    for start, w in found:
        free = free[:start] + " " * len(w.words) + free[start + len(w.words):]
    found += [(m.start(), When(m.group(0), _core(m.group(0)), "", "")) for m in _spans().finditer(free)]
    return tuple(w for _, w in sorted(found) if w.core not in lexicons.group("part of a period"))  # "the month is over"


def _core(words: str) -> str:
    words = re.sub(r"[a-z]+", lambda m: f"{numerals.value(m[0]):g}" if m[0] not in ("a", "an", "second", "quarter", "half") and (
        numerals.value(m[0]) is not None) else m[0], words.lower())
    first, _, rest = _NEXT.sub(r"\1", " ".join(words.lower().split())).partition(" ")
    return _core(rest) if rest and first in lexicons.group("before a period") else " ".join((first, rest)).strip()


@cache
def _spans() -> re.Pattern:
    """A part of the calendar after a preposition: "in the first half", "by autumn", "in two hours", "until May"."""
    before, part, order = (_either(lexicons.group(g)) for g in ("before a period", "part of a period", "which period"))
    number = _either(w for w, r in lexicons.by("number_words", "word").items() if r["kind"] == "small")
    months = "|".join(m.capitalize() for m in (*days.MONTHS, *days.WEEKDAYS))
    return re.compile(rf"(?<![\w-])(?i:{before}\s+)+(?:(?i:(?:{order}|{number}|\d+)[\s-]+)*"
                      rf"(?:(?i:{part})(?!\s+of\s+(?:all|those|them))|{months})(?:\s+(?:19|20)\d\d)?)(?![\w-])(?!\s+(?:before|earlier|after|later|previously)\b)")


def _either(words) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) + ")"


@lru_cache(8192)
def where(p: Passage) -> tuple[str, ...]:
    """The places of a passage: capitalised names that a preposition of place leads to, but for those of a calendar."""
    free = p.words
    for w in when(p):
        free = free.replace(w.words, " " * len(w.words))
    found = (name for m in _places().finditer(free) for name in filter(None, (m["name"], m["other"])))
    return tuple(dict.fromkeys(n for n in found if n.lower() not in days.MONTHS and n.lower() not in days.WEEKDAYS))


@cache
def _places() -> re.Pattern:
    lead = _either({*lexicons.group("place preposition")})
    return re.compile(rf"(?<!\w)(?i:{lead})\s+(?:[a-z]+\s+(?:of|in|at|near)\s+)?{_NAME}"
                      rf"(?:\s+and\s+(?!the\b){_NAME.replace('?P<name>', '?P<other>')}(?!\s+(?:said|says)\b))?")


@lru_cache(8192)
def doubts(p: Passage) -> frozenset[str]:
    """The words of doubt of a passage and of its cue: modals, adverbs, "suspected"; verbs that do not vouch ("suggested"),
    those of plans ("intends to")."""
    free = p.words
    for w in when(p):
        free = free.replace(w.words, " ")
    free = _APPEARED.sub(" ", _SUSPECT.sub(" ", free))
    own = {h for h in hedging.find(free) if h not in _reporting()}
    own |= hedging.in_prose(p.cue) | ({w.lower() for w in _words(free)} & lexicons.group("modal"))
    own |= {h for w in _words(_GIVEN.sub(" ", f"{free} ; {p.cue}")) if (h := _verbs().get(naming.stems(w)))}
    if re.search(r"\bwhether\b", free, re.I) and not own and not is_silent(p):
        own = {"whether"}
    return frozenset(own | plans(p))


@cache
def _reporting() -> frozenset[str]:
    """Participles that only say that somebody reports."""
    return frozenset(w for w, r in lexicons.by("hedges", "phrase").items() if r["kind"] == "adjective"
                     and lexicons.by("reporting_cues", "lemma").get(w.removesuffix("ed"), {}).get("source_value") == "CT+")


@cache
def _verbs() -> dict[frozenset, str]:
    return {naming.stems(r["phrase"]): r["phrase"] for r in lexicons.rows("hedges")
            if r["kind"] == "verb" and r["phrase"] not in lexicons.group("of a number")}


def _words(words: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", words)


@lru_cache(8192)
def plans(p: Passage) -> frozenset[str]:
    """The verbs by which something is only planned: "plans to", "is considering selling", "is considering a fine"."""
    said = [m for m in (*_INFINITIVE.finditer(p.words), *_PROGRESSIVE.finditer(p.words))
            if not _A_PLAN.search(p.words[:m.start(1)])]  # "under plans to"
    looked = {"look at"} if _LOOKING.search(p.words) else set()
    return frozenset(v for m in said if (v := _planning().get(naming.stems(m[1])))) | looked


@cache
def _planning() -> dict[frozenset, str]:
    return {naming.stems(v): v for v in lexicons.group("planning")}


@cache
def _unfounded() -> re.Pattern:
    return re.compile(rf"(?<!\w){_either(lexicons.group('no finding'))}(?!\w)", re.I)


def is_unfounded(p: Passage) -> bool:
    """Whether a passage says that nothing shows that it is so: "no evidence that"."""
    return _unfounded().search(p.words) is not None


@lru_cache(8192)
def ahead(p: Passage) -> bool:
    """Whether a passage tells what is to come: will, plans to, may happen."""
    free = p.words
    for w in when(p):
        free = free.replace(w.words, " ")  # "since May" is no "may"
    free = _GIVEN.sub(" ", " ".join(free.replace("’", "'").split()))
    awaited = naming.stems(" ".join(sorted(lexicons.group("ahead")))) & naming.stems(f"{free} {p.cue}")
    promised = any(naming.stems(m[1]) in _promising() for m in _INFINITIVE.finditer(free))
    return bool(plans(p) or awaited or promised or _coming().search(free) or _undone().search(free))


@cache
def _promising() -> frozenset[frozenset]:
    return frozenset(naming.stems(v) for v in lexicons.group("promising"))


@cache
def _undone() -> re.Pattern:
    """ "Need to be confirmed", "has yet to open": it is not done."""
    return re.compile(rf"(?<!\w){_either(lexicons.group('still to do'))}\s+(?:be\s+)?\w+", re.I)


@cache
def _coming() -> re.Pattern:
    will, modal = _either({*lexicons.group("future"), "won't", "would"}), _either(lexicons.group("modal"))
    return re.compile(rf"(?:(?<!\w){will}(?!\w)|'ll\b|(?<!\w)due\s+(?!to\s+(?:the|an?|its|their|his|her)\b)|(?<!\w){modal}\s+(?!(?:not )?have\b(?!\s+to\b))\w+)", re.I)


@lru_cache(8192)
def people(p: Passage) -> dict[str, str]:
    """plain name -> the word, for each word for people in a passage."""
    return {plain: w.lower() for w in _words(p.words) if (plain := naming.plain(w)) in _people()}


@cache
def _people() -> frozenset[str]:
    listed = {naming.plain(t) for t in lexicons.by("populations", "terms")}
    counted = {naming.plain(w) for w in lexicons.by("measures", "people")}
    return frozenset(listed | counted | lexicons.group("people")) - lexicons.group("anybody")


@lru_cache(8192)
def told_measures(p: Passage) -> dict[str, str]:
    """measure of the vocabulary -> the words that name it, for a passage; the longest expressions first."""
    words, found, n = _words(p.words), {}, 0
    while n < len(words):
        for size in (3, 2, 1):
            part = " ".join(words[n:n + size])
            name = measures.parse(part) if n + size <= len(words) else None
            if name and name.known and not name.rest and not (size == 1 and part.lower() in lexicons.group("two meanings")):
                found.setdefault(name.known, part.lower())
                n += size - 1
                break
        n += 1
    return found


def is_silent(p: Passage) -> bool:
    """Whether somebody is said not to say anything on it."""
    return bool(_silence().search(" ".join(f"{p.words} ; {p.cue}".replace("’", "'").split())))


@cache
def _silence() -> re.Pattern:
    return re.compile(rf"(?<!\w){_either(lexicons.group('no comment'))}(?!\w)", re.I)


def one_source(a: str, b: str) -> bool:
    """Whether the words for two sources may name one: they share a word, or one is a pronoun."""
    if naming.stems(a) & naming.stems(b):
        return True
    return any({w.lower() for w in _words(s)} - lexicons.group("little") <= lexicons.group("somebody") for s in (a, b))


def is_any_house(source: str) -> bool:
    """Whether the words for a source only say what it is ("the company"): it was named before."""
    return {w.lower() for w in _words(source)} - lexicons.group("little") <= lexicons.group("house")


def is_name(source: str) -> bool:
    """Whether the words for a source hold a name."""
    return any(w[0].isupper() for w in _words(source) if w.lower() not in lexicons.group("little"))


def is_negated(p: Passage) -> bool:
    """Whether a passage or its cue holds a word that says that something is not so."""
    words = _words(re.sub(r"n['’]t\b", " not", f"{p.words} ; {p.cue}"))
    return any(w.lower() in _negations()[0] or naming.stems(w) in _negations()[1] for w in words)


@cache
def _negations() -> tuple[frozenset[str], frozenset[frozenset]]:
    """The words that negate, and the stems of the cues that deny; "dismiss" is none beside those who lose a job."""
    words = {w for g in ("negation", "negating", "nobody", "undone") for w in lexicons.group(g)}
    verbs = {r["lemma"] for r in lexicons.rows("reporting_cues") if r["speech_act"] == "deny" and r["part"] == "verb"
             and not measures.parse(r["lemma"]).known}
    return frozenset(words), frozenset(naming.stems(f) for v in verbs for f in (v, re.sub("y$", "ied", v)))


def is_denied(p: Passage) -> bool:
    """Whether somebody denies it."""
    return any(naming.stems(w) in _negations()[1] for w in _words(_A_DISPUTE.sub(" ", f"{p.words} ; {p.cue}")))


def is_estimate(p: Passage) -> bool:
    """Whether a passage or its cue calls its number an estimate."""
    return bool(naming.stems(" ".join(sorted(lexicons.group("of a number")))) & naming.stems(f"{p.words} {p.cue}"))
