"""Whether a text is English, by the little words that no English prose does without. No model, no network.

English prose takes a tenth of its words and more from the group "english" of lexicons/word_groups.csv, which leaves out
what other languages spell alike (Dutch "of", German "was", Danish "at"). A text too short to tell counts as English,
unless it has none of them and some of the little words of another language.
"""
import re
import unicodedata

from helpers import lexicons

LEAST = 30  # words; fewer tell nothing by their share
SHARE = 0.04
FOREIGN = 2  # little words of other languages that tell, in a text without an English one
LETTERS = 12  # of another script, where words are not told apart by blanks
READ = 200_000  # characters from the start
NOTHING = "The program reads English only and proposes nothing."
_WORD = re.compile(r"[^\W\d_]+")


def remark(text: str) -> str:
    """A sentence that says so if a text is not English, else nothing."""
    text = text[:READ]
    letters = [c for c in text if c.isalpha()]
    other = sum(not unicodedata.name(c, "").startswith("LATIN") for c in letters)
    if other >= LETTERS and other > len(letters) / 2:
        return f"The text is not English: most of its letters are not Latin. {NOTHING}"
    words = [w.casefold() for w in _WORD.findall(text)]
    share = sum(w in lexicons.group("english") for w in words) / max(len(words), 1)
    if share == 0 and sum(w in lexicons.group("foreign") for w in words) >= FOREIGN:
        return f"The text is not English: it has little words of another language, and none of English. {NOTHING}"
    if len(words) < LEAST or share >= SHARE:
        return ""
    return f"The text is not English: only {100 * share:.0f}% of its words are ones that English prose needs. {NOTHING}"
