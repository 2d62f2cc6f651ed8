"""How a label is set: what the font can show of a text, how wide it is, and where it is cut.

One font on every machine: DejaVu Sans, which ships with matplotlib. No other is used, installed or not.
"""
import functools
import os.path
import re
import unicodedata

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.textpath import TextToPath

from helpers.visible import one_line

FAMILY = "DejaVu Sans"
SIZE = 8.5           # points


@functools.cache
def _glyphs() -> frozenset:
    """The characters that both weights of the font can show."""
    regular, bold = (get_font(findfont(FontProperties(family=FAMILY, weight=w))) for w in ("normal", "bold"))
    return frozenset(regular.get_charmap()) & frozenset(bold.get_charmap())


def drawable(text: str) -> str:
    """One line that the font can show on every machine: Korean syllables romanised, what else is missing as its code.

    김 has no glyph in the font that ships with matplotlib; it stands as [gim] and not as a box. Arabic, Hebrew, Greek,
    Cyrillic and Armenian have glyphs and are shown (matplotlib 3.11 joins Arabic letters). The CSV keeps every name.
    """
    out, run, codes = [], [], []
    for c in [*unicodedata.normalize("NFC", one_line(text)), ""]:
        missing = bool(c) and ord(c) not in _glyphs()
        name = unicodedata.name(c, "") if missing else ""
        korean = name.startswith("HANGUL SYLLABLE")
        if run and not korean:
            out.append(f"[{'-'.join(run)}]")
            run = []
        if codes and (korean or not missing):
            out.append(f"[{' '.join(codes)}]")
            codes = []
        if korean:
            run.append(name.split()[-1].lower())
        elif missing:
            codes.append(f"U+{ord(c):04X}")
        else:
            out.append(c)
    return "".join(out)


def isolated(text: str) -> str:
    """The line with what is written from right to left set apart (UAX 9), so that the date after an Arabic name stays
    after it. Put in last of all: such a mark that a text brought along is shown as its code."""
    if text.isascii():
        return text
    kinds = "".join("r" if (kind := unicodedata.bidirectional(c)) in ("R", "AL") else "l" if kind == "L" else "n"
                    for c in text)
    out, last = [], 0
    for run in re.finditer("r(?:[rn]*r)?", kinds):
        out += [text[last:run.start()], "\u2067", text[run.start():run.end()], "\u2069"]
        last = run.end()
    return "".join([*out, text[last:]])


@functools.cache
def font(size: float, bold: bool = False) -> FontProperties:
    """The font at this size. It is shared: do not change it."""
    return FontProperties(family=FAMILY, size=size, weight="bold" if bold else "normal")


@functools.cache
def _advance(character: str, bold: bool) -> float:
    """How far a character moves the pen, in inches at a size of one point."""
    face = get_font(findfont(font(1, bold)))
    face.set_size(100, 72)
    return face.load_char(ord(character), LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / 100 / 72


@functools.lru_cache(maxsize=20000)
def measure(text: str, size: float = SIZE, bold: bool = False) -> float:
    """The width of one drawable line, in inches, with a little to spare for the differences between renderers.

    The sum of its letters' advances; letters that join or stack (Hebrew, Arabic and all beyond) are shaped for it.
    """
    if text.isascii() or all(c < "\u0590" or "\u2010" <= c < "\u2c00" for c in text):
        wide = sum([_advance(c, bold) for c in text]) * size
    else:
        wide = TextToPath().get_text_width_height_descent(text, font(size, bold), ismath=False)[0] / 72
    return wide * 1.03


def fit(text: str, width: float, size: float = SIZE, bold: bool = False, name: bool = False) -> str:
    """As much of a line as fits, with an ellipsis where it was cut: its beginning; of a name, beginning and end."""
    text = drawable(text)
    if measure(text, size, bold) <= width:
        return text
    def cut(n: int) -> str:
        tail = n * 2 // 5 if name else 0
        return text[:n - tail].rstrip() + "…" + text[len(text) - tail:].lstrip()

    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(cut(middle), size, bold) <= width else (low, middle - 1)
    return cut(low)


def told_apart(called: "list[str]", width: float, size: float = SIZE, bold: bool = False) -> dict[str, str]:
    """name -> its label in this width. Names that would be cut to one and the same label are cut where they differ."""
    found = {name: fit(name, width, size, bold, name=True) for name in called}
    for label in {label for label in found.values() if list(found.values()).count(label) > 1}:
        same = [name for name in found if found[name] == label]
        alike = len(os.path.commonprefix([drawable(name) for name in same]))
        for name in same:
            text = drawable(name)
            own = text[text.rfind(" ", 0, alike) + 1:]
            head = fit(text, max(0.6, width - measure(own, size, bold)), size, bold)
            found[name] = fit(head.rstrip("…") + "…" + own, width, size, bold, name=True)
    return found


def wrap(text: str, width: float, size: float = SIZE, bold: bool = False, most: int = 3) -> list[str]:
    """The text in at most so many lines of this width; what is left over is cut with an ellipsis."""
    lines, words = [], drawable(text).split()
    while words and len(lines) < most:
        n = 1
        while n < len(words) and measure(" ".join(words[:n + 1]), size, bold) <= width:
            n += 1
        last = len(lines) == most - 1
        lines.append(fit(" ".join(words if last else words[:n]), width, size, bold))
        words = words[n:]
    return lines


def balanced(text: str, width: float, size: float = SIZE, bold: bool = False) -> float:
    """The least width, in tenths of an inch, in which the text takes no more lines than in this one: no word is left
    alone on the last of them."""
    lines = wrap(text, width, size, bold, 9)
    while len(lines) > 1 and width > 2:
        tried = wrap(text, width - 0.1, size, bold, 9)
        if len(tried) > len(lines) or " ".join(tried) != " ".join(lines):
            break
        width -= 0.1
    return width
