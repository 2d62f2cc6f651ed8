"""The cause that a claim puts first: "the main reason for the delay was the weather", "primarily caused by a heater".

The words for causes stand in lexicons/causes.csv, those that put one first in lexicons/marks.csv (kind primary).
"""
import re
from functools import cache, lru_cache

from helpers import lexicons

_BE = r"(?:is|are|was|were|be|been|being|remains|remained)"


@lru_cache(65536)
def primary(words: str) -> "tuple[str, str] | None":
    """(cause, effect) in the claim's own words, or None if no cause is put first, or it does not name both."""
    first, patterns = _patterns()
    if not first.search(words):
        return None
    plain = " ".join(re.sub(r"^(?:above all|first and foremost),?\s+", "", words, flags=re.I).split()).rstrip(" .")
    for pattern in patterns:
        if m := pattern.search(plain):
            cause, effect = (first.sub("", m[g]).strip(" ,.;:") for g in ("cause", "effect"))
            return (cause, effect) if cause and effect else None
    return None


@cache
def _patterns() -> tuple[re.Pattern, tuple[re.Pattern, ...]]:
    first = _either(w for r in lexicons.rows("marks") if r["kind"] == "primary" for w in lexicons.cells(r["words"]))
    noun, verb, link = (_either(f for r in lexicons.rows("causes") if r["kind"] in kinds for f in _forms(r["phrase"], kinds))
                        for kinds in (("noun",), ("verb",), ("preposition",)))
    ahead = rf"(?:{first}\s+(?:and\s+\w+\s+)?)"
    found = (rf"^(?:the|its|their)?\s*{ahead}{noun}\s+(?:for|of|behind|in)\s+(?P<effect>.+?)\s+{_BE}\s+(?P<cause>.+)$",
             rf"^(?P<cause>.+?)\s+(?:\w+\s+to\s+be|{_BE})\s+(?:\w+ly\s+)?(?:the\s+)?{ahead}{noun}\s+(?:for|of|behind|in)\s+(?P<effect>.+)$",
             rf"^(?P<effect>.+?)\s+{_BE}\s+(?:\w+ly\s+)?(?:{first}\s+)?{verb}\s+(?:{first}\s+)?by\s+(?P<cause>.+)$",
             rf"^(?P<effect>.+?)\s+(?:{_BE}\s+)?(?:{first}\s+)?{link}\s+(?P<cause>.+)$")
    return re.compile(rf"(?<!\w){first}(?!\w)", re.I), tuple(re.compile(p, re.I) for p in found)


def _forms(phrase: str, kinds: tuple[str, ...]) -> list[str]:
    """A verb's participle beside the phrase itself; forms that no rule makes stand in lexicons/irregular.csv."""
    if kinds != ("verb",):
        return [phrase]
    head, _, rest = phrase.partition(" ")
    own = [r["form"] for r in lexicons.rows("irregular") if r["base"] == head]
    regular = head + ("d" if head.endswith("e") else "ed")
    return [" ".join(filter(None, (form, rest))) for form in (*own, regular)]


def _either(words) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(set(words), key=lambda w: (-len(w), w)))) + ")"
