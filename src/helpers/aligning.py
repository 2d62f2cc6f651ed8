"""Which passage of one text tells what a passage of another does: by the words, numbers and speakers that they share.

A *passage* of a text is made of claims whose words overlap or touch. Two are aligned by the share of their words in common,
each word weighted by how rare it is in the two texts (as Nelken and Shieber 2006 align sentences), with something added
for a number, a measure or a speaker in common. The best goes first; a passage may be told in two, and two in one.
"""
import functools
import itertools
import math
import re
from collections import Counter, defaultdict
from typing import NamedTuple

import pandas as pd

from helpers import days, in_words, lexicons, measures, naming
from helpers.in_words import Passage

LEAST = 0.34        # of the words in common, from which two passages may tell one thing
AGAIN = 0.5         # the same for a passage that is told elsewhere already, as a share of the shorter
NUMBER, MEASURE, SPEAKER, HELD = 0.2, 0.1, 0.05, 0.15  # what each of these in common adds; a speaker's denial is HELD
_BARE = re.compile(r"to\s|\w+ing\s")
_STOP = re.compile(r"[.!?;:]['\"’”]?\s|\n")
LEAD = 300          # characters before a claim in which its sentence begins
FIGURE = 0.5        # what a number weighs beside a word: it is the first to be changed
COMMON = 60         # passages of A that hold a word, above which it finds none
BESIDE = 0.4        # the same for one beside a passage that is told there
LARGE = 1000        # a number from which on it says by itself what is told
SMALL = 10          # numbers below this are common to many things


class Part(NamedTuple):
    """A passage of a text: where it stands, its claims in order, its words as `Passage`, stems, numbers and measures."""

    start: int
    end: int
    claims: tuple
    passage: Passage
    stems: frozenset[str]
    numbers: frozenset[float]
    measures: frozenset[str]
    speakers: frozenset[str]
    counted: frozenset[tuple[float, str]] = frozenset()  # each number with what it counts


def parts(claims: pd.DataFrame, quantities: pd.DataFrame, voices: dict[str, str], day: str = "",
          text: str = "") -> list[Part]:
    """The passages of a text, in order. voices: claim_id -> the words for its source that stand beside it; text: the text
    itself, without which only the claims' prefixes say who plans "to close in May"."""
    groups: list[list] = []
    for c in sorted(claims.itertuples(), key=lambda c: (c.start, -c.end)):
        if groups and c.start <= max(g.end for g in groups[-1]) + 1:
            groups[-1].append(c)
        else:
            groups.append([c])
    numbers, counted = defaultdict(set), defaultdict(set)
    for q in quantities.itertuples():
        own = {n for n in (q.low, q.high) if n == n}
        numbers[q.claim_id] |= own
        counted[q.claim_id] |= {(n, naming.plain(of)) for n in own for of in (q.population, q.unit) if of}
    found = [_part(g, numbers, voices, day, text)._replace(counted=frozenset().union(*(counted[c.claim_id] for c in g)))
             for g in groups]
    for n, part in enumerate(found):
        if on := next(filter(None, (_condition(groups[m], groups[n]) for m in (n + 1, n - 1) if 0 <= m < len(groups))), ""):
            found[n] = part._replace(passage=part.passage._replace(on=on))
    return found


def _condition(other: list, own: list) -> str:
    """The claim beside as the condition of this one, with the word that opens it; empty if it is none, or in another sentence."""
    opened = _opens().search(other[0].prefix)
    a, b = sorted((own, other), key=lambda g: g[0].start)
    gap = b[0].start - max(c.end for c in a)
    near = 0 < gap <= len(b[0].prefix) and not _STOP.search(b[0].prefix[-gap:])
    return f"{opened[1].lower()} {other[0].exact}" if opened and near else ""


@functools.cache
def _opens() -> re.Pattern:
    return re.compile(rf"\b((?:{'|'.join(sorted(lexicons.group('condition') - {'whether', 'lest'}))})(?: that)?)\s+$", re.I)


def _part(group: list, numbers: dict, voices: dict, day: str, text: str) -> Part:
    end, words = -1, []
    for c in group:
        if c.start >= end:
            words.append(c.exact)
        elif c.end > end:
            words.append(c.exact[end - c.start:])
        end = max(end, c.end)
    if _BARE.match(words[0]):  # "to close in May": who plans to stands before it
        words.insert(0, _lead(group[0], text))
    said = " ".join(words)
    cues = dict.fromkeys(w for c in group for w in (voices.get(c.claim_id, ""), c.cue) if w and w not in said)
    passage = Passage(said, " ".join(cues), day)
    known = {measures.parse(c.measure).known for c in group} - {""}
    return Part(group[0].start, end, tuple(group), passage, naming.stems(said),
                frozenset().union(*(numbers[c.claim_id] for c in group)), frozenset(known),
                frozenset(c.chain.split(" > ")[-1] for c in group) - {"author"})


def _lead(claim, text: str) -> str:
    """What stands before a claim in its sentence."""
    whole = text[max(0, claim.start - LEAD):claim.start] or claim.prefix
    last = _STOP.split(whole)[-1]
    return (last if last != whole or claim.start <= len(whole) else last.partition(" ")[2]).strip()


def align(a: list[Part], b: list[Part]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """(passage of B -> passages of A that it tells, best first; passage of B -> passages of A that fit it equally).

    Both by place in the lists. What has nothing to tell is in neither.
    """
    weight = _weights([*a, *b])
    holding = defaultdict(list)
    for i, part in enumerate(a):
        for stem in part.stems:
            holding[stem].append(i)
    verbatim = defaultdict(list)
    for i, part in enumerate(a):
        verbatim[part.passage.words].append(i)
    scored = []
    by_a, by_b = defaultdict(list), defaultdict(list)
    for j, part in enumerate(b):
        same = verbatim[part.passage.words][:COMMON]
        for i in sorted({*same, *(i for stem in part.stems if len(holding[stem]) <= COMMON for i in holding[stem])}):
            if score := _score(a[i], part, weight):
                scored.append((score, -abs(i / len(a) - j / len(b)), i, j))
                by_a[i].append((score, j))
                by_b[j].append((score, i))
    scored.sort(key=lambda s: (-s[0], -s[1], s[3], s[2]))
    told, open_, taken = defaultdict(list), {}, set()
    for score, _, i, j in scored:
        if i in taken or j in told or j in open_:
            continue
        equal = [k for s, k in by_b[j] if s == score and k not in taken and a[k].passage.words != a[i].passage.words]
        if equal and not any(m != j and s >= score for k in (i, *equal) for s, m in by_a[k]):
            open_[j] = [i, *equal]
            continue
        told[j].append(i)
        taken.add(i)
    for score, _, i, j in scored:  # a sentence made two, or two made one
        number = j not in told and any(n >= SMALL for n in a[i].numbers & b[j].numbers)
        big = i not in taken and any(n >= LARGE for n in a[i].numbers & b[j].numbers)
        beside = any(abs(i - k) == 1 for k in told[j])
        if (number or big or _shared(a[i], b[j], weight, min) >= (BESIDE if beside else AGAIN)) and j not in open_ and i not in told[j] and (
                i not in taken or not told[j]):
            told[j].append(i)
            taken.add(i)
    return {j: own for j, own in told.items() if own}, open_


def loosely(a: list[Part], b: list[Part], told: dict[int, list[int]], open_: dict[int, list[int]]) -> dict[int, int]:
    """Of what is left on both sides, passage of B -> passage of A, where a word that stands in no other passage of either
    text, or a number of the same things, ties just these two. They may tell one thing in quite other words; that is not
    sure, so nobody may say of them that they say the same.
    """
    left_a = [i for i in range(len(a)) if i not in {*itertools.chain(*told.values(), *open_.values())}]
    left_b = [j for j in range(len(b)) if j not in told and j not in open_]
    once, weight = _once(a) & _once(b), _weights([*a, *b])
    by_a, by_b = defaultdict(list), defaultdict(list)
    for i, j in itertools.product(left_a, left_b):
        if _one_count(a[i], b[j]) or once & a[i].stems & b[j].stems:
            score = round(_shared(a[i], b[j], weight) + NUMBER * _one_count(a[i], b[j]), 6)
            by_a[i].append((score, j))
            by_b[j].append((score, i))
    best = {j: max(own)[1] for j, own in by_b.items() if len(own) == 1 or sorted(own)[-1][0] > sorted(own)[-2][0]}
    return {j: i for j, i in best.items() if max(by_a[i])[1] == j}


def _once(parts_: list[Part]) -> frozenset[str]:
    """The stems that stand in one passage only, but those of numbers."""
    seen = Counter(stem for part in parts_ for stem in part.stems)
    numbers = naming.stems(" ".join(lexicons.by("number_words", "word")))
    when = naming.stems(" ".join((*days.MONTHS, *days.WEEKDAYS)))
    return frozenset(stem for stem, n in seen.items() if n == 1 and len(stem) > 2 and not stem.isdigit()) - numbers - when


def _one_count(a: Part, b: Part) -> bool:
    """Whether two passages give one number, and it is large or of things that both name."""
    of = [{n: {of for m, of in part.counted if m == n} for n in part.numbers} for part in (a, b)]
    bare = any(n > 2 and bool(of[0][n]) != bool(of[1][n]) for n in a.numbers & b.numbers)  # "six were treated"
    return any(n >= SMALL for n in a.numbers & b.numbers) or bool(a.counted & b.counted) or bare


def _weights(all_: list[Part]) -> dict[str, float]:
    seen = Counter(stem for part in all_ for stem in part.stems)
    numbers = naming.stems(" ".join(lexicons.by("number_words", "word")))
    return {stem: math.log(1 + 2 * len(all_) / n) * (FIGURE if stem.isdigit() or stem in numbers else 1)
            for stem, n in seen.items()}


def _shared(a: Part, b: Part, weight: dict, of=lambda x, y: (x + y) / 2) -> float:
    common, x, y = (sum(weight[s] for s in sorted(stems)) for stems in (a.stems & b.stems, a.stems, b.stems))
    return common / of(x, y) if x and y else 0.0


def _holds(part: Part) -> bool:
    return in_words.is_denied(part.passage) or in_words.is_silent(part.passage)


def _speaks_in(a: Part, b: Part) -> bool:
    """Whether a speaker of one passage is named in the words of another."""
    return any((own := naming.stems(s.strip("~"))) and own <= b.stems for s in sorted(a.speakers))


def _score(a: Part, b: Part, weight: dict) -> float:
    """How surely two passages tell one thing; 0 where too little is in common."""
    common = a.stems & b.stems
    big = {n for n in a.numbers & b.numbers if n >= SMALL}
    held = _holds(a) and _holds(b) and (bool(a.speakers & b.speakers) or _speaks_in(a, b) or _speaks_in(b, a))
    if len(common) < 2 and not (common and (big or held)) and a.stems != b.stems:
        return 0.0
    score = _shared(a, b, weight) + NUMBER * bool(big) + MEASURE * bool(a.measures & b.measures) + (
        SPEAKER * bool(a.speakers & b.speakers)) + HELD * held
    if score < LEAST and len(common) >= 2 and _shared(a, b, weight, min) >= AGAIN:
        return LEAST  # one is a part of the other
    return round(score, 6) if score >= LEAST else 0.0
