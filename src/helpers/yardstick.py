"""Words of likelihood, held to one yardstick: ICD 203 (US, 2015) or the PHIA yardstick (UK, 2018).

A likelihood is said in the yardstick's words only, with its range in brackets; likelihood and confidence never share a
sentence, for they are different things. What stands in quotation marks is somebody else's word and is left alone.
"""
import re
from typing import NamedTuple

from helpers import lexicons
from helpers.paths import InputError

QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|`[^`\n]*`|«[^»]*»")
ADDRESS = re.compile(r"(?<=\])\([^)\s]*\)|<https?://[^>\s]*>")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"\[*])")
CONFIDENCE = re.compile(r"\b(?:low|moderate|medium|high|more|less|great(?:er)?)?\s*confiden(?:ce|t)\b", re.I)
# Words that claim a likelihood without a range; no yardstick knows them all, so none may stand unless it is a term.
LOOSE = ("possibly", "probably", "perhaps", "maybe", "presumably", "conceivably", "likely", "unlikely", "probable",
         "improbable", "plausible", "plausibly", "almost certain", "almost certainly", "doubtless", "no doubt")


class Fault(NamedTuple):
    """One sentence that breaks one rule."""

    line: int
    sentence: str
    rule: str


def terms(yardstick: str) -> dict[str, str]:
    """term -> its range as it must be printed, such as "55–80%". Raises InputError for an unknown yardstick."""
    found = {r["term"]: f"{r['low']}–{r['high']}%" for r in lexicons.rows("yardsticks") if r["yardstick"] == yardstick}
    if not found:
        known = sorted({r["yardstick"] for r in lexicons.rows("yardsticks")})
        raise InputError(f"yardstick {yardstick!r} is not known; allowed: {', '.join(known)}")
    return found


def faults(markdown: str, yardstick: str) -> list[Fault]:
    """The sentences of a Markdown text that break the rules, in order."""
    allowed = terms(yardstick)
    words = sorted({*allowed, *LOOSE}, key=lambda w: (-len(w), w))
    likelihood = re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.I)
    found = []
    for line, text in enumerate(markdown.split("\n"), 1):
        for sentence in SENTENCE_END.split(ADDRESS.sub("", QUOTED.sub("…", text))):
            said = [m for m in likelihood.finditer(sentence)]
            for m in said:
                term = m.group().lower()
                if term not in allowed:
                    found.append(Fault(line, sentence, f"{m.group()!r} is not a term of {yardstick}"))
                elif allowed[term] not in sentence:
                    found.append(Fault(line, sentence, f"{m.group()!r} stands without its range ({allowed[term]})"))
            if said and CONFIDENCE.search(sentence):
                found.append(Fault(line, sentence, "likelihood and confidence share a sentence"))
    return found
