"""Everything once, on a line of our own: what is built at first use (vocabularies, patterns, templates, letters) is there
before a warm kernel is forked, and is built once for all of them."""
from helpers import drawing, pages, proposals, tables

LINE = "The mayor said on Monday that at least 12 of 40 people were hurt in the port."


def rehearse() -> None:
    """Propose the claims of a line, draw it and load the pages' templates; nothing is written."""
    proposals.propose(LINE, published="2024-01-01")
    sheet = drawing.Drawing("", tables.empty("claims"))
    for bold in (False, True):
        sheet.paragraph(0.3, 0.3, LINE, 3, bold=bold)
    sheet.box(0.1, 0.1, 1, 1, drawing.STUDY, hatch="////")
    sheet.mark(1, 0.5, "o")
    sheet.svg(""), sheet.png()
    pages.load()
