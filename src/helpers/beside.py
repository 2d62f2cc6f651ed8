"""What stands beside a claim: the statements that it can be compared with, and of the others the most alike.

A statement stands beside a claim if it is of the claim's measure or of one near it, or, where nobody has listed the
measure of one of them, if it says the same in words. What gives the very number of the house that is named, or its position
on the same, is looked at too. A *scope* is all that can keep two from being compared. One statement of a scope speaks for all of it, so a large ledger takes
as long as it has scopes near the claim, and statements that bear on it.
"""
import itertools
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from helpers import likeness, measures, pairs, wording
from helpers.ledger import DENYING, Evidence

KEPT = 200  # of the statements that a claim cannot be compared with, how many are listed


class Beside(NamedTuple):
    """Comparisons as `pairs.compare` gives them; and how many statements were refused, by the fields that differ."""

    rows: list[dict]
    refused: Counter


def of(c, evidence: Evidence, published: str) -> Beside:
    """What stands beside one claim (a `matching.Scoped`), found once.

    Scopes that differ in fewer fields come first among what is kept of the others.
    """
    made = evidence.once(_made)
    if (c, published) not in made:
        rows, refused, others = [], Counter(), []
        for scope in _near(c, evidence):
            first = pairs.compare(c, scope[0], evidence, published)
            if first["why_not"] not in ([], [pairs.UNTIED]):
                refused[", ".join(_fields(first["why_not"]))] += len(scope)
                others.append((len(first["why_not"]), -first["score"], scope[0].said_on, scope[0].statement_id, scope))
                continue
            # What ties a claim to a statement is not its scope alone.
            all_ = [first, *(pairs.compare(c, s, evidence, published) for s in scope[1:])]
            rows += [f for f in all_ if not f["why_not"]]
            untied = [f for f in all_ if f["why_not"]]
            refused.update(", ".join(_fields(f["why_not"])) for f in untied)
            others += [(1, -f["score"], f["statement"].said_on, f["statement"].statement_id, [f["statement"]]) for f in untied]
        more = itertools.chain(_same_number(c, evidence), _same_position(c, evidence))
        rows += [pairs.compare(c, s, evidence, published) for s in more]
        kept = itertools.chain.from_iterable(scope for *_, scope in sorted(others, key=lambda o: o[:4]))
        rows += [pairs.compare(c, s, evidence, published) for s in itertools.islice(kept, KEPT)]
        made[c, published] = Beside(rows, refused)
    return made[c, published]


def stands(c, s) -> bool:
    """Whether a statement stands beside a claim."""
    return near(c.measure, s.measure) or bool(pairs.words(c, s))


@lru_cache(65536)
def near(a: str, b: str) -> bool:
    """Whether two measures are one, or one can be told as the other, or may turn out to be one by what else is said."""
    return measures.relation(a, b) in ("equal", "near") or bool(a) and measures.alike(a, b)


def _made(evidence: Evidence) -> dict:
    return {}


def _near(c, evidence: Evidence) -> Iterator[list]:
    scopes = evidence.once(_scopes)
    close = sorted(m for m in evidence.measures if near(c.measure, m))
    for m in close:
        for scope in scopes[m]:
            yield from _apart(c, scope, evidence, measures.relation(c.measure, m) == "differs")
    yield from _in_words(c, set(close), evidence)


def _apart(c, scope: list, evidence: Evidence, by_words: bool) -> Iterator[list]:
    """A scope in parts, where more decides than what `_scope` holds: whose position it is, and that depends on the way on
    which it was told; and, by_words, what else a statement says, where its measure alone is not the claim's."""
    if c.stance not in DENYING and not by_words:
        yield scope
        return
    parts: dict[tuple, list] = {}
    for s in scope:
        told = evidence.tellers[s.statement_id] if c.stance in DENYING else None
        said = (likeness.measure(c, s), bool(pairs.words(c, s))) if by_words else None
        parts.setdefault((told, said), []).append(s)
    yield from parts.values()


def _in_words(c, close: set[str], evidence: Evidence) -> Iterator[list]:
    """The scopes of those statements, of other measures than the close ones, that say the same in words."""
    wanted, texts = wording.content(c), evidence.once(_texts)
    common = Counter(itertools.chain.from_iterable(texts.at.get(stem, ()) for stem in wanted))
    found: dict[tuple, list] = {}
    for n in sorted(n for n, stems in common.items() if stems >= wording.LEAST):
        for s in texts.told[n]:
            if s.measure not in close and pairs.words(c, s):
                found.setdefault((s.measure, *_scope(s)), []).append(s)
    for scope in found.values():
        yield from _apart(c, scope, evidence, False)


def _same_number(c, evidence: Evidence) -> Iterator:
    """The statements of the house that a claim names which give its very number, and count what it does not seem to."""
    if not c.family or not likeness.numbered(c):
        return
    for s in evidence.once(_numbers).get((c.family, likeness.point(c)), ()):
        if not stands(c, s) and likeness.members(c.population, s.population) == "equal":
            yield s


def _same_position(c, evidence: Evidence) -> Iterator:
    """What else the house that a claim names held on the same thing, in words: it denied it, or would not say."""
    held = evidence.once(_held)
    for house, source in ((c.family or c.source_id, "near"), ("", "unknown")):
        yield from (s for s in held.get(house, ()) if not stands(c, s) and pairs.held_by_it(c, s, source))


def _held(evidence: Evidence) -> dict[str, list]:
    """house -> the positions that it holds, each once; "" -> those that are told by a source without a family."""
    found: dict[str, list] = {}
    for s in evidence.statements.values():
        if s.stance in DENYING:
            way = evidence.tellers[s.statement_id]
            for house in {evidence.house(t) for t in way} | ({""} if not any(map(evidence.family.get, way)) else set()):
                found.setdefault(house, []).append(s)
    return found


def _numbers(evidence: Evidence) -> dict[tuple[str, float], list]:
    found: dict[tuple[str, float], list] = {}
    for s in evidence.statements.values():
        if likeness.numbered(s):
            found.setdefault((evidence.house(s.source_id), likeness.point(s)), []).append(s)
    return found


class _Texts(NamedTuple):
    """The statements by what they say: told, those that say the same; at, stem -> where in `told` it is said."""

    told: list[list]
    at: dict[str, list[int]]


def _texts(evidence: Evidence) -> _Texts:
    by_text: dict[frozenset, list] = {}
    for s in evidence.statements.values():
        by_text.setdefault(wording.told(s), []).append(s)
    at: dict[str, list[int]] = {}
    for n, stems in enumerate(by_text):
        for stem in stems:
            at.setdefault(stem, []).append(n)
    return _Texts(list(by_text.values()), at)


def _scopes(evidence: Evidence) -> dict[str, list[list]]:
    """measure -> its statements, those together that are alike in all that can keep them from being compared."""
    found: dict[str, dict[tuple, list]] = {}
    for s in evidence.statements.values():
        found.setdefault(s.measure, {}).setdefault(_scope(s), []).append(s)
    return {measure: list(scopes.values()) for measure, scopes in found.items()}


def _scope(s) -> tuple:
    return (s.population, s.place, s.rate, s.stance, likeness.polarity(s), s.period_start, s.period_end,
            likeness.numbered(s))


def _fields(why_not: list[str]) -> list[str]:
    """The fields in which a statement differs, from the reasons why it may not be compared."""
    return sorted({"source" if why.startswith(pairs.POSITION) else why.split(" ")[0].rstrip(":") for why in why_not})
