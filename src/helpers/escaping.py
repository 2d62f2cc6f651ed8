"""A person's words, or a table's, as Markdown that shows them as they are."""
import re

from helpers.visible import one_line

_SPECIAL = re.compile(r"([\\`*_\[\]#|<>~&])")


def md(value) -> str:
    """A person's words as Markdown that shows them as they are: no markup, no line break, no control character."""
    return _SPECIAL.sub(r"\\\1", " ".join(one_line(str(value)).split()))


def code(value) -> str:
    """The same inside backticks."""
    return " ".join(one_line(str(value)).split()).replace("`", "'")


def md_keep(text: str) -> str:
    """`md`, keeping the spaces at both ends."""
    return re.match(r"\s*", text).group()[:1] + md(text) + (" " if text.strip() and text[-1:].isspace() else "")
