"""What is said around a number: that it is a least or a most one ("at least"), or an amount of change ("up 3%").

Bounds stand in lexicons/bounds.csv, words of change in lexicons/changes.csv: kind verb, measured (a change only with a
unit of measure: "lost 3%", not "lost 3 sons") and word ("3% higher"). A number is a change only where it is the amount
of one: "fell by 300" and "down 300" are, "fell to 300" gives the level that was reached. A range of two levels has the
way from one to the other: "fell from 400 to 300".
"""
import functools
import re

from spacy.tokens import Token

from helpers import lexicons
from helpers.syntax import child, clause_of



@functools.cache
def _between() -> str:
    """What may stand between a bound and its number: "more than | its permitted | 250"."""
    words = "|".join(sorted(map(re.escape, lexicons.group("beside a limit"))))
    return rf"(?:(?:the|a|an|another|its|their|his|her)\s+)?(?:(?:{words})\s+)?"


@functools.cache
def _bound_words() -> tuple[re.Pattern, re.Pattern]:
    def either(place: str) -> str:
        words = [r["phrase"] for r in lexicons.rows("bounds") if r["place"] == place]
        words.sort(key=lambda w: (-len(w), w))
        return "|".join((r"\b" if w[0].isalnum() else "") + r"\s+".join(map(re.escape, w.split())) for w in words)
    return (re.compile(rf"(?:{either('before')})\s*{_between()}$", re.I),
            re.compile(rf"[\s-]?(?:{either('after')})(?!\w)", re.I))


def bounded(view: str, start: int, end: int) -> tuple[int, int, str]:
    """The span of a number with its bound word, and the bound ("" if there is none)."""
    bounds = lexicons.by("bounds", "phrase")
    before, after = _bound_words()
    hit = before.search(view, max(0, start - 40), start)
    if hit:
        words = re.sub(rf"(?<=\s){_between()}$", "", hit.group(0).lower())
        return hit.start(), end, bounds.get(" ".join(words.split()), {"bound": "about"})["bound"]
    hit = after.match(view, end)
    if hit:
        return start, hit.end(), bounds[" ".join(hit.group(0).lower().lstrip("-").split())]["bound"]
    return start, end, ""


def _verb(token: Token, measured: bool, noun: bool = False) -> str:
    """The direction of a verb of change, with its particle ("go up"), or of a noun of the same word ("a drop by 3")."""
    if token.pos_ not in ("VERB", "AUX") and not (noun and token.pos_ == "NOUN"):
        return ""
    words = lexicons.by("changes", "word")
    particle = child(token, "prt", "advmod")
    row = words.get(f"{token.lemma_.lower()} {particle.lower_}") if particle is not None else None
    row = row or words.get(token.lemma_.lower())
    return row["direction"] if row and (row["kind"] == "verb" or measured and row["kind"] == "measured") else ""


@functools.cache
def _beside() -> tuple[re.Pattern, re.Pattern]:
    words = "|".join(r["word"] for r in lexicons.rows("changes") if r["kind"] == "word")
    return (re.compile(rf"(?<![\w-])({words})\s+(?:by\s+)?(?:(?:a\s+)?(?:further|another)\s+)?$", re.I),
            re.compile(r"\s+(higher|lower)(?!\s+than|\w)", re.I))


def change(view: str, start: int, end: int, carrier: Token, measured: bool, before: str) -> str:
    """up, down or "": which way something moved by the number at start..end (with its bound and unit).

    `carrier` is the number's token, `measured` says that it has a unit of measure, `before` is the direction of the
    number before it in the sentence, which a bare "by 3%" shares.
    """
    if measured and start and view[start - 1] == "+":
        return "up"
    left, right = _beside()
    hit = left.search(view, max(0, start - 30), start)
    if hit and (measured or "by" in hit.group(0).split()):
        word = carrier.doc.char_span(hit.start(1), hit.end(1), alignment_mode="expand")
        verb = word[0].head if word is not None else carrier
        phrasal = word is not None and word[0].dep_ in ("prt", "prep", "advmod") and (
            verb.lemma_.lower() in lexicons.group("taken up"))
        if not phrasal:
            return lexicons.by("changes", "word")[hit[1].lower()]["direction"]
    hit = right.match(view, end)
    if hit and measured:
        return lexicons.by("changes", "word")[hit[1].lower()]["direction"]
    last = view[max(0, start - 20):start].lower().split()[-1:]
    if view[start:start + 5].lower() == "from ":
        return _verb(clause_of(carrier), measured) if re.search(r"\d.*\sto\s", view[start:end]) else ""
    if last in (["to"], ["at"]):
        return ""  # levels
    by, at = last == ["by"], carrier
    while at.dep_ in ("nummod", "quantmod", "compound", "nmod", "advmod", "amod") and at.head.idx < end and (
            at.head.i != at.i):
        at = at.head
    over = at.head
    if by and at.dep_ == "pobj" and over.lower_ == "by":
        above = over.head.head if over.head.dep_ in ("dobj", "nsubj", "nsubjpass") else over.head
        return _verb(over.head, measured, True) or _verb(above, measured) or (before if measured else "")
    if at.dep_ == "npadvmod" or (at.dep_ in ("dobj", "attr", "advmod", "conj", "dep") and measured):
        if direction := _verb(over, measured):
            return direction
    touching = [t for t in carrier.doc[max(0, carrier.i - 8):carrier.i] if t.idx + len(t) <= start]
    while touching and (touching[-1].lower_ == "by" or touching[-1].tag_ in ("RB", "RBR")):
        touching.pop()
    found = _verb(touching[-1], measured, by) if touching and (measured or by) else ""
    return found or (before if by and measured else "")
