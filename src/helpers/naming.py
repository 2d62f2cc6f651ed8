"""Names as they are compared: "Workers", "worker" and "cows_stolen" beside "cows stolen".

A name is *plain* without letter case, underscores and plurals. Its *stems* also lose the endings that a verb and the noun
of the same act differ by ("close", "closed", "closure"). Forms that no rule makes stand in lexicons/irregular.csv.
"""
import re
from functools import lru_cache

from helpers import lexicons

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SHORT, _CLUSTER = re.compile(r"(\w*[aeiouy]\w*[^\Waeiouy])(?:ed|ing)"), re.compile(r"[^aeiouy][^aeiouy]$")
# Longest first; what is left must have four letters, so that "nation" and "rating" stay what they are.
_ENDINGS = ("ations", "ation", "ating", "ated", "ates", "ate", "ments", "ment", "ures", "ure", "ions", "ion", "ings",
            "ing", "als", "al", "ied", "ed", "es", "y", "e", "s")


@lru_cache(65536)
def plain(name: str) -> str:
    """Lower case, blanks for underscores and hyphens, each word in the singular."""
    return " ".join(_singular(w) for w in _words(name))


@lru_cache(65536)
def stems(name: str) -> frozenset[str]:
    """The stems of a name's words; the words that carry no meaning of their own (lexicons, group "little") are left out."""
    return frozenset(_stem(w) for w in _words(name) if w not in lexicons.group("little"))


def _words(name: str) -> list[str]:
    return [re.sub(r"['’]s?$", "", w) for w in _WORD.findall(name.casefold())]


@lru_cache(65536)
def _singular(word: str) -> str:
    row = lexicons.by("irregular", "form").get(word)
    if row and row["kind"] == "plural":
        return row["base"]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@lru_cache(65536)
def _stem(word: str) -> str:
    row = lexicons.by("irregular", "form").get(word)
    word = row["base"] if row else _singular(word)
    if (short := _SHORT.fullmatch(word)) and len(short[1]) < 4:  # "used", "filing": of a verb of three letters or four
        return short[1] if _CLUSTER.search(short[1]) else short[1] + "e"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4 and not (ending == "y" and word[-2] in "aeiou"):  # "delay"
            word = word[:-len(ending)]
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls" else word
