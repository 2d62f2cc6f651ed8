"""How sure whom is of what: FactBank's values, for the author and for each source in a claim's chain, and the hedges.

The values are those of Saurí and Pustejovsky (2009, FactBank): certain (CT), probable (PR) or possible (PS), of a fact
(+) or of its opposite (-), and Uu, uncommitted. A clause first gets a value of its own, from its modals, negation,
adverbs, conditions and questions (`commitment`) and from what embeds it (`embedding`). Sources are nested: every
reporting cue then passes the value on, as the list of cues says, to its source and to the one who reports it, who is
uncommitted to what others merely say.
"""
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from helpers import commitment, embedding, frames, lexicons, weasels
from helpers.commitment import Effect
from helpers.syntax import Range, child, is_verb
from helpers.voices import Attribution

ORDER = ("Uu", "PS", "PR", "CT")


class Reading(NamedTuple):
    """A value, and the words (ranges of tokens, in order) that made it what it is."""

    value: str
    cues: tuple[Range, ...] = ()


def own(head: Token, cues: Collection[int] = ()) -> Reading:
    """What a clause, or an event in a noun, is by its own words and by those over it that report nobody's.

    `cues`: words (token numbers) that count elsewhere, as reporting cues ("the reported theft").
    """
    return _read(embedding.effects(head, cues))


def _read(effects: Iterable[Effect]) -> Reading:
    """The effects one upon another; of a clause that is left open, the words that leave it open."""
    effects, value = list(effects), "CT+"
    for _, effect in effects:
        value = passed_on(value, effect)
    return Reading(value, _ordered(words for words, effect in effects if value != "Uu" or effect == "Uu"))


def _ordered(words: Iterable[Range]) -> tuple[Range, ...]:
    """In order, without those inside another."""
    found = sorted(set(words))
    return tuple(r for r in found if not any(o != r and o[0] <= r[0] and r[1] <= o[1] for o in found))


def passed_on(value: str, through: str) -> str:
    """A value seen through another: the less certain of both, turned round if one of them is negative."""
    if "Uu" in (value, through):
        return "Uu"
    certainty = min(value[:2], through[:2], key=ORDER.index)
    return certainty + ("+" if value[2] == through[2] else "-")


def held(clause: Reading, chain: Sequence[Attribution], doc: Doc) -> list[Reading]:
    """The author's reading of a clause, then that of each source in its chain, outward.

    Each sees the clause's own value through the cues from the outermost source back to itself: its own cue says how it
    holds what it says, and each cue beyond that, to what it commits whoever reports it (nobody to what is merely said).
    Each reading has the words of the clause and of every cue between the clause and its holder.
    """
    reporting = {n for a in chain for n in range(*a.cue)}
    steps = [_through(a, doc, reporting) for a in chain]
    readings = []
    for level in range(len(chain) + 1):
        value, inner = clause.value, None
        for step in reversed(steps[level:]):
            value, inner = _retold(value, step.reporter, inner), step
        if level:
            value = _retold(value, steps[level - 1].source, inner)
        words = [*clause.cues, *(r for step in steps[level:] for r in (*step.cues, *step.verdict))]
        readings.append(Reading(value, _ordered(words + (steps[level - 1].cues if level else []))))
    return readings


class Step(NamedTuple):
    """What one cue does to a value, for its source and for whoever reports it, and the words that count.

    `verdict`: words that count for the one who reports alone.
    """

    source: str
    reporter: str
    cues: list[Range]
    verdict: list[Range]
    factive: bool


def _retold(value: str, effect: str, inner: Step | None) -> str:
    """A value through a cue. Whoever denies that something was said, has not denied what was said."""
    if effect.endswith("-") and inner is not None:
        return value if inner.factive else "Uu"
    return passed_on(value, effect)


def _through(a: Attribution, doc: Doc, reporting: Collection[int]) -> Step:
    """The step that an attribution makes.

    "May announce that" leaves it only possible that anything was said, "if they say that" leaves it open. A factive
    ("know", "forget") commits who reports it even where it is negated or asked; so does "falsely" to the opposite.
    """
    cue, factive = [a.cue] if a.cue[0] < a.cue[1] else [], a.entry["lemma"] in lexicons.group("factive")
    word = doc[a.verb] if a.verb >= 0 else doc[a.cue[0]] if a.rule == "noun" else None
    if word is None or a.rule == "as-clause":  # "as may be expected"
        return Step(a.value, a.author_value, cue, [], factive)
    source, reporter, around = a.value, a.author_value, embedding.around(_told(word), reporting)
    if embedding.unsaid(word):
        reporter, factive = "CT+", True
    verdict = embedding.verdict(word)
    around = [] if verdict and word.dep_ == "xcomp" else around  # "was wrong to say that": it was said
    told = _read(around).value
    told = "Uu" if told.endswith("-") else told
    source, reporter = passed_on(source, told), reporter if factive else passed_on(reporter, told)
    if verdict:
        reporter = _read(verdict).value
    above = [word.head, word.head.head] if word.head.dep_ == "xcomp" else [word.head]
    over = above if a.rule == "noun" and frames.unfound(word) else []  # "did not find proof that"
    words = [r for r, _ in [*commitment.negations(word), *(n for verb in over for n in commitment.negations(verb)),
                            *commitment.scarce(word), *around]]
    return Step(source, reporter, cue + words, [r for r, _ in verdict], factive)


def _told(word: Token) -> Token:
    """The verb that says whether there is such a report: itself, or that of "there may be evidence"."""
    return word.head if not is_verb(word) and word.dep_ == "attr" and child(word.head, "expl") is not None else word


def hedges(span: Span, cues: Collection[int] = ()) -> list[str]:
    """The hedges in some words, lower case, in order; `cues` (token numbers) count elsewhere, as reporting cues.

    Approximators ("about", "some") count only before a number, and May is a month where the parser takes it for a name.
    Weasel words count where they leave open who holds something or how surely ("is widely regarded as"); how many it is
    is the quantity's to say.
    """
    words, by_offset = span.text, {t.idx - span.start_char: t for t in span}
    found: list[tuple[int, int, str]] = []
    for m in lexicons.pattern("hedges", "phrase").finditer(words):
        phrase = " ".join(m.group(0).lower().split())
        row, token = lexicons.by("hedges", "phrase")[phrase], by_offset.get(m.start())
        after = words[m.end():].split()[:1]
        number = words[m.end():].lstrip(" $€£¥₽~")[:1].isdigit() or after and (
            after[0].lower() in lexicons.by("number_words", "word"))
        if row["kind"] == "approximator" and not number or token is not None and (
                token.i in cues or row["kind"] == "modal" and token.tag_ != "MD"):
            continue
        found.append((m.start(), m.end(), phrase))
    for cue in hedged(span):
        start, end = span.doc[cue.start].idx - span.start_char, span.doc[cue.end - 1].idx - span.start_char
        if cue.kind in ("doubt", "common opinion") and cue.start not in cues and (
                cue.words not in lexicons.group("no hedge by itself")) and not any(
                a < end + 1 and b > start for a, b, _ in found):
            found.append((start, end, cue.words))
    return list(dict.fromkeys(words for *_, words in sorted(found)))


def hedged(words: Doc | Span) -> list[weasels.Cue]:
    """The words in a sentence or a doc that make it uncertain, as CoNLL-2010 counted it: who, how many, how surely."""
    return weasels.find(words)
