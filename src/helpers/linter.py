"""Rules for the prose of an assessment: what the program writes, and what people write beside their grades.

Each fault names its sentence and its rule. Words of likelihood are held to one yardstick (`yardstick`). A source's hedge is
nobody's probability: it does not stand in our own voice, and no likelihood of ours rests on it. What is second hand says
from whom; one source is never spoken of in the plural. No filler, no adjective that no row supports, no sentence of more
than LONGEST words. What stands in quotation marks is somebody else's word. The words are in lexicons/prose_faults.csv.
"""
import functools
import re
from collections.abc import Iterable
from pathlib import Path

from helpers import lexicons, tables, yardstick
from helpers.yardstick import ADDRESS, QUOTED, SENTENCE_END, Fault

LONGEST = 45  # words, what stands in brackets left out: there stand the rows
BRACKETS = re.compile(r"\([^()]*\)")
WRITTEN = {"judgements": ("reason", "over_ceiling"), "own_hypotheses": ("hypothesis", "reason")}  # where people write sentences
_ID = re.compile(r"\b[A-Z][A-Z.]*\d+\b")


def faults(markdown: str, scale: str, names: Iterable[str] = ()) -> list[Fault]:
    """The sentences of a Markdown text that break a rule, in order. Raises InputError for an unknown yardstick.

    names: of sources, as sources.csv has them: a source called "US officials" is one, and named.
    """
    several = []
    if known := tuple(sorted({n for n in names if n})):
        several = _several(markdown, known)
        markdown = _any(known).sub("…", markdown)
    found = several + yardstick.faults(markdown, scale)
    likelihood, hedges = _any(tuple(yardstick.terms(scale))), _any(tuple(lexicons.by("hedges", "phrase")))
    for line, text in enumerate(markdown.split("\n"), 1):
        for raw in _sentences(text):
            sentence = QUOTED.sub("…", ADDRESS.sub("", raw))
            for rule, what in (("filler", "filler"), ("adjective", "an adjective that no row supports"),
                               ("hedge", "a source's hedge without its source")):
                found += [Fault(line, sentence, f"{m.group()!r} is {what}") for m in _words(rule).finditer(sentence)]
            if (m := _words("second hand").search(sentence)) and not re.search(r"\bby\b", sentence[m.end():], re.I) and (
                    not _words("according").search(sentence)):
                found.append(Fault(line, sentence, f"{m.group()!r} does not say on whose word"))
            if (m := _plural().search(sentence)) and len(set(_ID.findall(raw))) < 2:
                found.append(Fault(line, sentence, f"{m.group()!r} speaks of many, and fewer than two statements are named"))
            if likelihood.search(sentence) and any(hedges.search(q) for q in QUOTED.findall(ADDRESS.sub("", raw))):
                found.append(Fault(line, sentence, "a source's hedge is turned into our likelihood"))
            words = length(sentence)
            if words > LONGEST and not text.lstrip().startswith(("|", "#")):
                found.append(Fault(line, sentence, f"{words} words in one sentence; at most {LONGEST}"))
    return sorted(found, key=lambda f: f.line)


def length(sentence: str) -> int:
    """The words of a sentence; what stands in brackets is not counted, nor are addresses, and a quotation is one word."""
    return len(BRACKETS.sub("", QUOTED.sub("…", ADDRESS.sub("", sentence))).split())


def written(name: str, file: Path, names: Iterable[str] = ()) -> list[str]:
    """What is wrong with the sentences of a table that people write (a name in WRITTEN), a line each; they may keep to any
    one yardstick. Raises InputError as `tables.read` does."""
    found, scales = [], sorted({r["yardstick"] for r in lexicons.rows("yardsticks")})
    for n, row in enumerate(tables.read(name, file).to_dict("records"), 2):
        for column in WRITTEN[name]:
            least = min((faults(row[column], scale, names) for scale in scales), key=len)
            found += [f"{file}, row {n}, column {column!r}: “{f.sentence.strip()}”: {f.rule}" for f in least]
    return found


def of_file(file: Path, scale: str, names: Iterable[str] = ()) -> list[str]:
    """The same of an assessment that a run has made."""
    return [f"{file}, line {f.line}: “{f.sentence.strip()}”: {f.rule}"
            for f in faults(file.read_text(encoding="utf-8"), scale, names)]


def _sentences(text: str) -> list[str]:
    """The sentences of a line; the end of one inside quotation marks is none."""
    hidden = QUOTED.sub(lambda m: "…" * len(m.group()), text)
    cuts = [0, *(m.end() for m in SENTENCE_END.finditer(hidden)), len(text)]
    return [text[a:b] for a, b in zip(cuts, cuts[1:])]


@functools.cache
def _any(words: tuple[str, ...]) -> re.Pattern:
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
                      + r")(?![\w-])", re.I)


def _several(markdown: str, names: tuple[str, ...]) -> list[Fault]:
    """Where one source is spoken of as many: "Orrin Works were warned". A name in the plural may be ("US officials"), and
    so may the last of several."""
    one = _any(tuple(n for n in names if not n.rstrip(")").endswith("s"))).pattern
    verbs = re.compile(rf"(?<!\band )(?<!\bor )(?<!, )({one})\s+{_words('many').pattern}", re.I)
    return [Fault(n, line, f"{m.group()!r} makes several of one source")
            for n, line in enumerate(markdown.split("\n"), 1) for m in verbs.finditer(QUOTED.sub("…", ADDRESS.sub("", line)))]


def _words(rule: str) -> re.Pattern:
    return _any(yardstick.listed(rule))


@functools.cache
def _plural() -> re.Pattern:
    """Many who speak: "reports indicate", "according to officials"."""
    many, speak, to = ("|".join(map(re.escape, yardstick.listed(r))) for r in ("plural", "speaking", "according"))
    return re.compile(rf"(?<![\w-])(?:(?:{many})(?:\s+\w+)?\s+(?:{speak})|(?:{to})\s+(?:\w+\s+)?(?:{many}))(?![\w-])", re.I)
