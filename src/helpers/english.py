"""Whether a text, or a sentence of one, is English, by the little words that no prose does without. No model, no network.

English prose takes a tenth of its words and more from the group "english" of lexicons/word_groups.csv, which leaves out
what other languages spell alike (Dutch "of", German "was", Danish "at"). A text too short to tell counts as English,
unless it has none of them and some of the little words of another language. A sentence is foreign if it has more of the
words that only another language has (lexicons/languages.csv) than of those that only English has.
"""
import functools
import re
import unicodedata
from collections.abc import Sequence

from helpers import lexicons

LEAST = 30  # words; fewer tell nothing by their share
SHARE = 0.04
FOREIGN = 2  # little words of other languages that tell, in a text without an English one
LETTERS = 12  # of another script, where words are not told apart by blanks
READ = 200_000  # characters from the start
NOTHING = "The program reads English only and proposes nothing."
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile("“[^“”]*”?|\"[^\"]*\"?")
_CAPITAL = r"[A-ZÀ-Þ][\w’'-]*"
_PARTICLE = r"(?:de|del|della|di|da|das|dos|du|la|los|las|le|el|al|von|van|den|der)\s+"
_NAME = re.compile(rf"\b{_CAPITAL}(?:\s+(?:{_PARTICLE}){{1,2}}{_CAPITAL})+"
                   rf"|(?<!^)\b{_CAPITAL}(?:\s+(?:{_PARTICLE}){{0,2}}{_CAPITAL})+")


def remark(text: str) -> str:
    """A sentence that says so if a text is not English, else nothing."""
    text = text[:READ]
    letters = [] if text.isascii() else [c for c in text if c.isalpha()]
    other = sum(not unicodedata.name(c, "").startswith("LATIN") for c in letters)
    if other >= LETTERS and other > len(letters) / 2:
        return f"The text is not English: most of its letters are not Latin. {NOTHING}"
    words = [w.casefold() for w in _WORD.findall(text)]
    share = sum(w in lexicons.group("english") for w in words) / max(len(words), 1)
    if share == 0 and _is_foreign(text):
        return f"The text is not English: it has little words of another language, and none of English. {NOTHING}"
    if len(words) < LEAST or share >= SHARE:
        return ""
    return f"The text is not English: only {100 * share:.0f}% of its words are ones that English prose needs. {NOTHING}"


def foreign(sentences: Sequence[str]) -> list[bool]:
    """Which sentences of a paragraph are in another language. One that does not tell goes with those around it, if all
    of them are."""
    found = [_is_foreign(s) for s in sentences]
    told = [n for n, own in enumerate(found) if own is not None]
    for n, own in enumerate(found):
        if own is None:
            beside = [found[m] for m in (max((m for m in told if m < n), default=-1),
                                         min((m for m in told if m > n), default=-1)) if m >= 0]
            found[n] = bool(beside) and all(beside)
    return [bool(own) for own in found]


def _is_foreign(sentence: str) -> bool | None:
    """None where a sentence has no words that tell. What it quotes counts only where there is little else."""
    outside = _QUOTED.sub(" ", sentence)
    text = outside if len(_WORD.findall(outside)) > 2 else sentence
    letters = [] if text.isascii() else [c for c in text if c.isalpha()]
    if len(letters) > 3 and 2 * sum(not unicodedata.name(c, "").startswith("LATIN") for c in letters) > len(letters):
        return True
    words = [w for w in _WORD.findall(_NAME.sub(" ", text)) if len(w) > 1 or not w.isascii() or w == "a"]  # no initials
    low = [w.casefold() for n, w in enumerate(words) if n == 0 or not w[0].isupper() or w.isupper()]
    english, *others = _languages()
    own = sum(w in english for w in low)
    best, shared = (0, 0) if _strange().isdisjoint(low) else max(
        ((sum(w in other - english for w in low), sum(w in other & english for w in low)) for other in others))
    ours = own - shared if best else own
    marked = any(not w.isascii() and w[:1].islower() for w in words) and not ours
    if best + marked >= FOREIGN and best > ours:
        return True
    return False if own else None


@functools.cache
def _strange() -> frozenset[str]:
    """The little words of all languages but English."""
    english, *others = _languages()
    return frozenset().union(*others) - english


@functools.cache
def _languages() -> tuple[frozenset[str], ...]:
    """The little words of each language, English first."""
    return tuple(frozenset(lexicons.cells(row["words"])) for row in lexicons.rows("languages"))
