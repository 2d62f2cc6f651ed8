"""Words of likelihood, held to one yardstick: ICD 203 (US, 2015) or the PHIA yardstick (UK, 2018).

A likelihood is said in the yardstick's words only, with its range in brackets, never in numbers alone. No yardstick knows
all the words that claim one (lexicons/prose_faults.csv), so none may stand unless it is a term. Likelihood and confidence
never share a sentence, for they are different things. What stands in quotation marks is somebody else's and is left alone.
"""
import functools
import re
from typing import NamedTuple

from helpers import lexicons
from helpers.paths import InputError

QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|`[^`\n]*`|«[^»]*»")
ADDRESS = re.compile(r"(?<=\])\([^)\s]*\)|<https?://[^>\s]*>")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"\[*])")
CONFIDENCE = re.compile(r"\b(?:low|moderate|medium|high|more|less|great(?:er)?)?\s*confiden(?:ce|t)\b", re.I)


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
    words = sorted({*allowed, *listed("likelihood")}, key=lambda w: (-len(w), w))
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
            ours = likelihood.sub("…", sentence)
            found += [Fault(line, sentence, f"{m.group()!r} is a chance in numbers, and no term of {yardstick}")
                      for m in _chance().finditer(ours)]
            if said and CONFIDENCE.search(sentence):
                found.append(Fault(line, sentence, "likelihood and confidence share a sentence"))
    return found


@functools.cache
def listed(rule: str) -> tuple[str, ...]:
    """The words that lexicons/prose_faults.csv has for a rule."""
    return tuple(w for r in lexicons.rows("prose_faults") if r["rule"] == rule for w in lexicons.cells(r["words"]))


@functools.cache
def _chance() -> re.Pattern:
    """A chance in numbers: "a 99% chance", "the odds are 3 in 4", "80 percent certain"."""
    noun = "|".join(map(re.escape, listed("chance")))
    word = r"(?:\d[\d.,]*|" + "|".join(r["word"] for r in lexicons.rows("number_words") if r["kind"] == "small") + ")"
    number = rf"(?:\d[\d.,]*(?:\s*[–-]\s*\d[\d.,]*)?\s*(?:%|per\s?cent)|\b{word} (?:in|out of) {word}\b)"
    return re.compile(rf"{number}\s+(?:{noun})\b|\b(?:{noun})\s+(?:\w+\s+){{0,4}}?{number}", re.I)
