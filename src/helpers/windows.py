"""A text cut into windows of word pieces for the tagger, in offsets of the text as given.

A *unit* is what gets one tag: a word with its hyphens, a clitic ("'s"), a mark. A *window* holds whole sentences, cut
between paragraphs where it can, and at most `limit` pieces with its [CLS] and [SEP]s; a [SEP] also stands between
paragraphs, since who speaks often changes there. Nothing is read twice, and one window at a time is in memory.

The vocabulary knows no capitals and a window may open in the midst of a quotation, so each piece also has a *kind*: how
its unit is written, and whether it stands between quotation marks.
"""
import re
from collections.abc import Iterator
from typing import NamedTuple

from helpers.language import paragraphs

LIMIT = 224  # word pieces, the three added ones included
LONGEST = 2_000  # characters of a sentence; a longer one is cut at a blank, else anywhere
CLS, SEP = 101, 102  # in the vocabulary of BERT
KINDS = 10  # a mark or none, small, capital first, capitals, figures; the same five within quotation marks
_LETTER = "[\\w\u00ad\u200b-\u200f\u2060\ufeff\u0300-\u036f]"
_CLITIC = "['’](?:s|m|re|ve|d|ll)(?!\\w)"
UNIT = re.compile(f"{_CLITIC}|{_LETTER}+?(?={_CLITIC})|{_LETTER}+(?:[-'’.&]{_LETTER}+)*|[^\\w\\s]", re.I)
_HALF = re.compile("[\ud800-\udfff]")  # half a character; the tokenizer refuses it
_TITLES = ("Mr", "Mrs", "Ms", "Dr", "Sen", "Gov", "Rep", "Gen", "Lt", "St", "[A-Z]")
_NO_TITLE = "".join(f"(?<!\\b{title})" for title in _TITLES)
_SENTENCE_END = re.compile(_NO_TITLE + "[.!?…][\"'”’)\\]]*\\s+(?=[\"'“‘(\\[]?[A-Z0-9])")


class Window(NamedTuple):
    """Units as (start, end) in the text; `first` is where each one's first piece stands in `ids`; a kind a piece."""

    ids: list[int]
    units: list[tuple[int, int]]
    first: list[int]
    kinds: list[int]


def cut(text: str, tokenizer, limit: int = LIMIT, opening: int = LIMIT) -> Iterator[Window]:
    """Windows in order; the first one of at most `opening` pieces, so that training sees other cuts each time."""
    held: list[tuple[int, Window]] = []  # paragraph number, one sentence
    room = opening
    for number, (start, end) in enumerate(paragraphs(text)):
        quoted = False
        for part in _sentences(text, start, end):
            for sentence in _encoded(text, *part, tokenizer, limit - 2, quoted):
                quoted = _after(text, sentence.units, quoted)
                held.append((number, sentence))
                if _size(held) > room:
                    done = _cut_at(held, room)
                    yield _joined(held[:done])
                    held, room = held[done:], limit
    if held:
        yield _joined(held)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    stops = [m.end() for m in _SENTENCE_END.finditer(text, start, end)]
    for stop in [*stops, end]:
        while stop - start > LONGEST:
            blank = text.rfind(" ", start + LONGEST // 2, start + LONGEST) + 1 or start + LONGEST
            yield start, blank
            start = blank
        if start < stop:
            yield start, stop
        start = stop


def _after(text: str, units: list[tuple[int, int]], quoted: bool) -> bool:
    """Whether a quotation is open after some units."""
    for start, end in units:
        if end - start == 1 and text[start] in "\"“”":
            quoted = text[start] == "“" or text[start] == '"' and not quoted
    return quoted


def _kind(word: str) -> int:
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    return 2 if word[0].isupper() else 4 if word[0].isdigit() else 1 if word[0].isalpha() else 0


def _encoded(text: str, start: int, end: int, tokenizer, limit: int, quoted: bool) -> Iterator[Window]:
    """One sentence, in several windows if it has more than `limit` pieces; `quoted`: it begins within a quotation."""
    coded = tokenizer.encode(_HALF.sub(" ", text[start:end]), add_special_tokens=False)
    places, n = coded.offsets, 0
    ids, units, first, kinds = [], [], [], []
    for m in UNIT.finditer(text, start, end):
        a, b, begin = m.start() - start, m.end() - start, n
        while n < len(places) and places[n][0] < b:
            n += 1
        own = [i for i in range(begin, n) if places[i][1] > a][:limit]
        if not own:
            continue
        if len(ids) + len(own) > limit:
            yield Window(ids, units, first, kinds)
            ids, units, first, kinds = [], [], [], []
        first.append(len(ids))
        units.append(m.span())
        ids += [coded.ids[i] for i in own]
        quoted = _after(text, units[-1:], quoted)
        kinds += [_kind(m.group()) + KINDS // 2 * quoted] * len(own)
    if units:
        yield Window(ids, units, first, kinds)


def _size(held: list[tuple[int, Window]]) -> int:
    return 1 + sum(len(w.ids) for _, w in held) + len({number for number, _ in held})


def _cut_at(held: list[tuple[int, Window]], room: int) -> int:
    """How many sentences fit: up to the last paragraph's end if that fills half of the room, else as many as can."""
    most = max([n for n in range(1, len(held)) if _size(held[:n]) <= room], default=1)
    whole = [n for n in range(1, most + 1) if n == len(held) or held[n][0] != held[n - 1][0]]
    return whole[-1] if whole and _size(held[:whole[-1]]) * 2 >= room else most


def _joined(sentences: list[tuple[int, Window]]) -> Window:
    ids, units, first, kinds = [CLS], [], [], [0]
    for n, (number, sentence) in enumerate(sentences):
        if n and number != sentences[n - 1][0]:
            ids.append(SEP)
            kinds.append(0)
        first += [len(ids) + i for i in sentence.first]
        units += sentence.units
        ids += sentence.ids
        kinds += sentence.kinds
    return Window([*ids, SEP], units, first, [*kinds, 0])
