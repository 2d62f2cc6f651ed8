"""How sure whom is of what: hedges, and FactBank's values for the author and for the outermost source.

The values are those of Saurí and Pustejovsky (2009, FactBank): certain (CT), probable (PR) or possible (PS), of a fact
(+) or of its opposite (-), and Uu, uncommitted. A clause first gets a value of its own, from its modals, negation,
adverbs, conditions and questions; every reporting cue then passes it on, as the list of cues says, to its source and to
the author (who is uncommitted to what others merely say).
"""
from collections.abc import Collection, Iterable

from spacy.tokens import Doc, Span, Token

from helpers import lexicons, weasels
from helpers.syntax import child, is_negated

ORDER = ("Uu", "PS", "PR", "CT")


def own(head: Token, cues: Collection[int] = ()) -> str:
    """The value that a clause, or an event in a noun, has by its own words and by the verbs directly over it.

    `cues`: words (token numbers) that count elsewhere, as reporting cues ("the reported theft").
    """
    certainty, positive = "CT", not is_negated(head)
    for c in head.children:
        if c.dep_ in ("dobj", "attr") and any(d.lower_ in ("no", "neither") for d in c.lefts) and not is_negated(head):
            positive = False
        if c.dep_ in ("amod", "det") and c.lower_ in lexicons.group("scarce") - {"no"}:
            certainty, positive = "PR", False
        if c.dep_ in ("aux", "advmod", "amod", "acomp") and c.i not in cues:
            certainty, positive = _lower(certainty, positive, c.lower_)
        turned = c.dep_ == "aux" and head.dep_ == "advcl" and c.i == head.left_edge.i  # "had they known, ..."
        if c.dep_ == "mark" and c.lower_ in lexicons.group("condition") or (
                turned and c.lower_ in ("had", "were", "should")):
            return "Uu"
    if head.dep_ in ("ROOT", "ccomp") and head.sent.text.rstrip("\"'”’ ").endswith("?") and head.sent.root.i == head.i:
        return "Uu"
    below = child(head, "xcomp")
    if below is not None and head.i not in cues:  # "failed to pay", "seems to have left"
        lemma = head.lemma_.lower()
        if lemma in lexicons.group("undone"):
            positive = not positive
        elif lemma in lexicons.group("seeming"):
            certainty, positive = _lower(certainty, positive, lemma)
    return _over(head, certainty, positive, cues)


def _over(head: Token, certainty: str, positive: bool, cues: Collection[int]) -> str:
    """What the verb above an infinitive does to it: seems to, is likely to, fails to, wants to."""
    above = head.head
    if head.dep_ == "ccomp" and above.i not in cues:  # "this suggests that ..." where nobody is quoted
        certainty, positive = _lower(certainty, positive, above.lemma_.lower())
    if head.dep_ in ("xcomp", "pcomp") and above.i != head.i:
        lemma = above.lemma_.lower()
        if lemma in lexicons.group("undone"):
            positive = not positive
        elif lemma in lexicons.group("wish"):
            return "Uu"
        else:
            certainty, positive = _lower(certainty, positive, lemma)
            for c in above.children:
                if c.dep_ in ("aux", "advmod", "neg"):
                    certainty, positive = _lower(certainty, positive, c.lower_)
            positive = positive != is_negated(above)
    return certainty + ("+" if positive else "-")


def _lower(certainty: str, positive: bool, word: str) -> tuple[str, bool]:
    row = lexicons.by("hedges", "phrase").get(word)
    if row is None or not row["value"]:
        return certainty, positive
    if row["value"].endswith("-"):
        positive = not positive
    return min(certainty, row["value"].rstrip("-"), key=ORDER.index), positive


def passed_on(value: str, through: str) -> str:
    """A value seen through another: the less certain of both, turned round if one of them is negative."""
    if "Uu" in (value, through):
        return "Uu"
    certainty = min(value[:2], through[:2], key=ORDER.index)
    return certainty + ("+" if value[2] == through[2] else "-")


def of_source(value: str, through: Iterable[str]) -> str:
    """The outermost source's value: the clause's own, through that source's cue (the last of `through`)."""
    cues = list(through)
    return passed_on(value, cues[-1]) if cues else value


def of_author(value: str, through: Iterable[str]) -> str:
    """The author's value: the clause's own, through what every cue on the way commits the author to."""
    for cue in through:
        value = passed_on(value, cue)
    return value


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
        if cue.kind in ("doubt", "common opinion") and cue.start not in cues and not any(
                a < end + 1 and b > start for a, b, _ in found):
            found.append((start, end, cue.words))
    return list(dict.fromkeys(words for *_, words in sorted(found)))


def hedged(words: Doc | Span) -> list[weasels.Cue]:
    """The words in a sentence or a doc that make it uncertain, as CoNLL-2010 counted it: who, how many, how surely."""
    return weasels.find(words)
