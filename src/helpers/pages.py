"""The layout that the project's pages share: one file that loads nothing and runs no script but its own.

Jinja2 escapes every value, and unseen characters stand as their code. The Content-Security-Policy names the hashes of
the page's own style sheet and of its own script; the browser lets in no other, and asks for nothing.
"""
import base64
import functools
import hashlib
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from helpers.visible import visible

# The template's own line ends between blocks: a browser keeps each as a node, and a long page has ten thousand. None can
# be of a text: there every "<" is escaped.
_BETWEEN_BLOCKS = re.compile("(</(?:article|blockquote|dd|details|div|dl|dt|h4|header|li|ol|td|th|tr|ul)>)\n+(?=<)")
TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, style: str = "", **values) -> str:
    """A page as HTML, from a template that extends page.html.j2. style: rules of this page's own, behind the sheet's.

    No word of a text may stand in `style`: it is the one value that is not escaped.
    """
    sheet = (TEMPLATES / "report.css").read_text(encoding="utf-8") + style
    script = (TEMPLATES / "report.js").read_text(encoding="utf-8")
    policy = (f"default-src 'none'; style-src {_hash(sheet)}; script-src {_hash(script)}; img-src data:; "
              "base-uri 'none'; form-action 'none'")
    made = _environment().get_template(template).render(style=Markup(sheet), script=Markup(script), policy=policy,
                                                        **values)
    return _BETWEEN_BLOCKS.sub(r"\1", made)


def load() -> None:
    """Compile the pages' templates, once for all pages of a process."""
    for name in _environment().list_templates(["j2"]):
        if ".html." in name:
            _environment().get_template(name)


def data_address(kind: str, content: bytes) -> str:
    """A data: address that holds the content itself; kind as image/svg+xml."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _hash(words: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()}'"


@functools.cache
def _environment() -> Environment:
    """Templates in which every value is escaped, and no unseen character goes unseen."""
    def shown(value):
        return value if isinstance(value, Markup) else visible(value, "\n\t") if isinstance(value, str) else value

    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                       lstrip_blocks=True, keep_trailing_newline=True, finalize=shown)
