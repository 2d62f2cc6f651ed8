"""A sheet to draw on, and how it is kept: what all figures share.

A *drawing* is a matplotlib figure laid out in inches from its top left corner. Text is measured before it is set, so
that no label is cut or lies on another; it is never read as mathematics. Nothing depends on pyplot or
on anybody's settings.
Palette: after Okabe and Ito's, each colour with a lightness of its own, and each kind with a pattern as well.
"""
import datetime
import functools
import io
import re
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import matplotlib
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Polyline
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from helpers import tables
from helpers.lettering import FAMILY, SIZE, balanced, drawable, fit, font, isolated, wrap
from helpers.visible import visible

INK, MUTED, RULE, GRID, PAPER = "#1b1d21", "#5a5f69", "#b9bcc2", "#e9e9e6", "#ffffff"
ACCENT = "#b3360c"   # what changed, what is denied
STUDY = "#123f73"    # the text under study
WIDTH, NARROW, MARGIN = 9.5, 4.4, 0.3  # inches: a sheet for a page or a desk, and one for a phone
PARTY = " (party)"   # beside the name of a source that is a party to the event
# Kind of attribution -> (colour, pattern). From dark (a name stands for it) to light (nobody does).
KIND = {"named": ("#1f4e8c", ""), "role": ("#3a9b8f", "////"), "collective": ("#dd9a45", "||||"),
        "unnamed": ("#f2d98b", "xxxx"), "none": (PAPER, "")}
_STYLE = {"svg.fonttype": "none", "svg.hashsalt": "retold", "path.simplify": True,
          "path.sketch": None, "text.usetex": False, "text.hinting": "force_autohint", "text.antialiased": True}
_TAG, _LONG = re.compile(r"<(?:path|use|text)\b[^>]*>"), re.compile(r"(\d\.\d\d)\d+")


class Drawing(Figure):
    """A figure that carries the table it shows (`data`) and what it says in words (`alt`)."""

    def __init__(self, alt: str, data: pd.DataFrame, width: float = WIDTH):
        super().__init__(figsize=(width, 1), facecolor=PAPER)
        FigureCanvasAgg(self)
        self.alt, self.data, self.wide, self._png = alt, data, width, b""
        self.again: "Callable[[], Drawing] | None" = None  # draws it for a phone
        # No axes: they would ask each mark for its limits and clip it, which is half the time of a drawing.
        self._inches = Affine2D()  # from inches below the top left corner to inches above the bottom left one
        self._place = self._inches + self.dpi_scale_trans
        self.end(1)

    def end(self, height: float) -> "Drawing":
        """Cut the sheet at this height."""
        self.set_size_inches(self.wide, height)
        self._inches.clear().scale(1, -1).translate(0, height)
        return self

    def add(self, to: list[Artist], one: Artist) -> None:
        """Put a shape into `artists` or a label into `texts`; it is placed in inches from the top left corner."""
        one.set_transform(self._place)
        one.set_figure(self)
        one._remove_method = to.remove
        to.append(one)

    def write(self, x: float, y: float, text: str, size: float = SIZE, bold: bool = False, color: str = INK,
              ha: str = "left", va: str = "center", width: float = 0, name: bool = False) -> None:
        """Set one line; with a width, it is shortened to fit, the cut shown by an ellipsis (a name's in its middle)."""
        text = fit(text, width, size, bold, name) if width else drawable(text)
        if text.strip():
            self.add(self.texts, Text(x, y, isolated(text), color=color, ha=ha, va=va, parse_math=False, usetex=False,
                                      fontproperties=font(size, bold)))

    def paragraph(self, x: float, y: float, text: str, width: float, size: float = SIZE, bold: bool = False,
              color: str = INK, most: int = 3) -> float:
        """Set a paragraph from its top; returns the y below it."""
        step = size / 72 * 1.42
        for line in wrap(text, width, size, bold, most):
            self.write(x, y + step / 2, line, size, bold, color, width=width)
            y += step
        return y

    def heading(self, title: str, below: str = "") -> float:
        """What the figure says, and in smaller type what is drawn; returns the y below both."""
        room, size, most = self.wide - 2 * MARGIN, 12 if self.wide >= WIDTH else 10.5, 3 if self.wide >= WIDTH else 7
        y = self.paragraph(MARGIN, 0.24, title, balanced(title, room, size, True), size, bold=True, most=most)
        if not below:
            return y + 0.1
        return self.paragraph(MARGIN, y + 0.03, below, room, SIZE, color=MUTED, most=most) + 0.16

    def box(self, x: float, y: float, w: float, h: float, fill: str = "none", edge: str = "none", hatch: str = "",
            line: float = 0.8, style: str = "-", order: float = 1) -> None:
        """A rectangle. With a pattern, the pattern is drawn in white or ink, whichever shows on the fill."""
        self._patch(functools.partial(Rectangle, (x, y), w, h), fill, edge, hatch, line, style, order)

    def boxes(self, places: list[tuple[float, float, float, float]], fill: str, edge: str, hatch: str = "",
              line: float = 0.8) -> None:
        """Rectangles (x, y, width, height) of one look, as one shape: a drawing of many marks stays small."""
        outlines = [Polyline([(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)], closed=True)
                    for x, y, w, h in places]
        self._patch(functools.partial(PathPatch, Polyline.make_compound_path(*outlines)), fill, edge, hatch, line)

    def _patch(self, shape: Callable, fill: str, edge: str, hatch: str, line: float, style: str = "-",
               order: float = 1) -> None:
        self.add(self.artists, shape(facecolor=fill, edgecolor=edge, linestyle=style, zorder=order,
                                       linewidth=line if edge != "none" else 0))
        if hatch:
            self.add(self.artists, shape(facecolor="none", edgecolor="#ffffffd0" if dark(fill) else "#3a3a3a90",
                                           hatch=hatch, linewidth=0, zorder=order + 0.1, hatch_linewidth=0.6))

    def line(self, xs, ys, color: str = RULE, width: float = 0.8, style="-", order: float = 1, **more) -> None:
        self.add(self.artists, Line2D(xs, ys, color=color, linewidth=width, linestyle=style, zorder=order, **more))

    def mark(self, x: float, y: float, marker: str, size: float = 6, color: str = INK, fill: str = "",
             order: float = 3) -> None:
        """A glyph; an empty fill is its own colour."""
        self.line([x], [y], color=color, style="none", order=order, marker=marker, markersize=size, width=0,
                  markerfacecolor=fill or color, markeredgecolor=color, markeredgewidth=1.2)

    def png(self) -> bytes:
        """The drawing at 150 dots an inch, rendered once: a finished drawing does not change."""
        if not self._png:
            out = io.BytesIO()
            with matplotlib.rc_context(_STYLE):
                self.savefig(out, format="png", dpi=150, facecolor=PAPER, metadata={"Software": None},
                             pil_kwargs={"compress_level": 3})
            self._png = out.getvalue()
        return self._png

    def svg(self, title: str) -> str:
        """The drawing as SVG with real text, its title and description in words."""
        out = io.StringIO()
        with matplotlib.rc_context(_STYLE):
            self.savefig(out, format="svg", facecolor=PAPER,
                         metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
        # A hundredth of a point is enough: the report holds all figures, and has to stay small.
        text = _TAG.sub(lambda tag: _LONG.sub(r"\1", tag[0]).replace("\n", " "), out.getvalue())
        at = text.index(">", text.index("<svg")) + 1
        said = f"\n <title>{escape(visible(title))}</title>\n <desc>{escape(visible(self.alt))}</desc>"
        # Wide fonts first: where DejaVu is missing, what replaces it should not be cut.
        return (text[:at] + said + text[at:]).replace(f"'{FAMILY}'", f"'{FAMILY}', Verdana, sans-serif")

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        return self.png(), {"width": round(self.wide * 100)}


def for_a_phone_too(draw: Callable[..., Drawing]) -> Callable[..., Drawing]:
    """A function that draws in a given `width`, so that its drawing can be drawn `again` in a phone's."""
    @functools.wraps(draw)
    def drawn(*tables, **more) -> Drawing:
        figure = draw(*tables, **more)
        figure.again = functools.partial(draw, *tables, **more | {"width": NARROW})
        return figure
    return drawn


def nothing(why: str, columns: list[str]) -> Drawing:
    """The figure of an empty table: it says plainly that there is nothing to show, and why."""
    figure = Drawing(why, pd.DataFrame(columns=columns), NARROW)
    y = figure.paragraph(MARGIN, 0.22, why, NARROW - 2 * MARGIN, 10, color=MUTED, most=6)
    return figure.end(y + 0.22)


def save(figure: Drawing, folder: "Path | str", name: str, data: pd.DataFrame | None = None, alt: str = "") -> Path:
    """Write NAME.svg, NAME.png, NAME.csv (the numbers behind it), NAME.txt (its alt text) and, where it can be drawn
    for a phone, NAME.phone.svg; returns the SVG's path.

    data, alt: default to the drawing's own. Same figure, same bytes. A cell that a spreadsheet would run is guarded.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    data, figure.alt = figure.data if data is None else data, alt or figure.alt
    sheets = {f"{name}.svg": figure} | ({f"{name}.phone.svg": figure.again()} if figure.again else {})
    for file, sheet in sheets.items():
        sheet.alt = figure.alt
        (folder / file).write_text(sheet.svg(name.lstrip("0123456789_-").replace("_", " ")), encoding="utf-8",
                                   newline="\n")
    (folder / f"{name}.png").write_bytes(figure.png())
    (folder / f"{name}.txt").write_text(visible(figure.alt, "\n") + "\n", encoding="utf-8", newline="\n")
    cells = pd.DataFrame({c: [tables.guard(v) if isinstance(v, str) else v for v in data[c]] for c in data.columns},
                         columns=data.columns)
    cells.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
    return folder / f"{name}.svg"


def dark(color: str) -> bool:
    """Whether white shows on it better than ink (relative luminance by WCAG 2)."""
    if color == "none":
        return False
    parts = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in matplotlib.colors.to_rgb(color)]
    return sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), parts)) < 0.18


def said_in_words(count: int, one: str, many: str = "") -> str:
    """"1 claim", "no claims", "12 claims"."""
    return f"{count or 'no'} {one if count == 1 else many or one + 's'}"


def short_day(day: str) -> str:
    """2024-12-27 as 27 Dec 2024; anything that is not a day as it stands."""
    try:
        d = datetime.date.fromisoformat(day)
    except ValueError:
        return day
    return f"{d.day} {'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()[d.month - 1]} {d.year}"


def shortened(source_id: str) -> str:
    """A source id as one reads it: `~a-person-familiar` is "a person familiar"."""
    return source_id[1:].replace("-", " ") if source_id.startswith("~") else source_id


def names(sources: pd.DataFrame | None, marked: bool = False) -> dict[str, str]:
    """source_id -> the source's name; empty without a table. marked: with `PARTY` behind a party to the event."""
    found = {} if sources is None else dict(zip(sources.source_id, sources.name))
    parties = parties_to(sources) if marked else ()
    return {s: name + PARTY * (s in parties) for s, name in found.items()}


def parties_to(sources: pd.DataFrame | None) -> frozenset[str]:
    """The ids of the sources that are parties to the event."""
    return frozenset() if sources is None else frozenset(sources.source_id[sources.party_to_event == "yes"])


def teller(s, parties: frozenset[str]) -> str:
    """Who made a statement (a row of the ledger), marked where it is a party to the event."""
    return s.source + PARTY * (getattr(s, "source_id", "") in parties)


def headed(name: str) -> str:
    """A name as it begins a label: with a capital, if its first word has none."""
    first = name.split(" ")[0]
    return name[:1].upper() + name[1:] if first.isalpha() and first.islower() else name


def named(source_id: str, called: dict[str, str]) -> str:
    """A source as a reader knows it: its name, else the text's own words for it in quotation marks."""
    if source_id in called:
        return called[source_id]
    own = {"author": "the author", "~unnamed": "nobody named"}
    return own.get(source_id) or (f"“{shortened(source_id)}”" if source_id.startswith("~") else source_id)
