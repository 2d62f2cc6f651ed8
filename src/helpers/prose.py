"""Markdown that people or the program wrote, as HTML that can do no harm.

Raw HTML shows as itself, pictures are not loaded, and a link leads to a place on the page or to an http(s) address or
is no link.
"""
import re
from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from helpers.visible import visible

_LIST = {"bullet_list_open", "list_item_open", "paragraph_open", "inline", "paragraph_close", "list_item_close",
         "bullet_list_close"}

def web_address(url: str) -> str:
    """The address if it is one of the web that a reader may follow, else an empty string."""
    try:
        parts = urlsplit(url.strip())
        return url.strip() if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def parse(markdown: str) -> list[Token]:
    """The tokens of a Markdown text; nothing in it is HTML, and its unseen characters are shown."""
    return _parser().parse(visible(markdown.replace("\r\n", "\n"), "\n\t"))


def anchors_named(tokens: list[Token]) -> list[str]:
    """The places on the page that a text links to, as they are written after '#' or 'report.html#'."""
    return [spot for href in hrefs(tokens) if (spot := _fragment(href))]


def hrefs(tokens: list[Token]) -> list[str]:
    """Where a text's links lead, in order."""
    return [str(t.attrs["href"]) for block in tokens for t in block.children or () if t.type == "link_open"]


def _fragment(href: str) -> str:
    """What a link to a place on the page calls it, with or without the page's name before it; else nothing."""
    return unquote(href.removeprefix("report.html")[1:]) if href.startswith(("#", "report.html#")) else ""


class Section(NamedTuple):
    """What stands under one heading: its name in lower case, the heading's tokens, and the rest, cut before each h3."""

    name: str
    heading: list[Token]
    groups: list[list[Token]]


def sections(tokens: list[Token]) -> tuple[list[Token], list[Section]]:
    """(what stands under '## Bottom line', the other sections in order; the title '# ...' is left out)."""
    parts: list[tuple[str, str, list[Token]]] = [("", "", [])]
    for i, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0 and token.tag in ("h1", "h2"):
            parts.append((token.tag, tokens[i + 1].content.strip().casefold(), []))
        parts[-1][2].append(token)
    bottom = next((n for n, (tag, words, _) in enumerate(parts) if tag == "h2" and words == "bottom line"), -1)
    rest = []
    for n, (tag, words, part) in enumerate(parts):
        heading, body = (part[:3], part[3:]) if tag else ([], part)
        if n != bottom and (body or tag == "h2"):
            rest.append(Section(words, heading if tag == "h2" else [], _groups(body)))
    return (parts[bottom][2][3:] if bottom >= 0 else []), rest


def _groups(tokens: list[Token]) -> list[list[Token]]:
    groups: list[list[Token]] = [[]]
    for token in tokens:
        if token.type == "heading_open" and token.level == 0:
            groups.append([])
        groups[-1].append(token)
    return [group for group in groups if group]


def only_lists(section: Section, names: Collection[str]) -> bool:
    """Whether a section is nothing but a list whose every item begins with a link to one of these places."""
    tokens = [t for group in section.groups for t in group]
    items = [t for t in tokens if t.type == "inline"]
    starts = [t.children[0] if t.children else None for t in items]
    return bool(items) and {t.type for t in tokens} <= _LIST and all(
        s is not None and s.type == "link_open" and _fragment(str(s.attrs["href"])) in names for s in starts)


def render(tokens: list[Token], places: dict[str, str]) -> Markup:
    """Tokens as HTML. places: what a text calls a place on the page (or another link of its, as it stands) -> the id that it
    has there; other links are dropped."""
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}"
        dropped = []
        for t in token.children or ():
            if t.type == "link_open":
                href = str(t.attrs["href"])
                inside, outside = places.get(_fragment(href) or unquote(href)), web_address(href)
                dropped.append(not inside and not outside)
                t.attrs = {"href": "#" + quote(inside)} if inside else {"href": outside, "rel": "noopener noreferrer"}
                t.hidden = dropped[-1]
            elif t.type == "link_close":
                t.hidden = dropped.pop()
        if token.children:
            token.children = [t for t in token.children if not (t.type in ("link_open", "link_close") and t.hidden)]
    html = _parser().renderer.render(tokens, _parser().options, {})
    return Markup(re.sub(r"<table>", '<div class="scroll" tabindex="0" role="group" aria-label="table"><table>', html)
                  .replace("</table>", "</table></div>"))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    # What is no place and no address stays a token, so that `render` can keep its words and drop the link.
    parser.validateLink = lambda url: True
    return parser
