"""report.html: one page that holds the text with its claims marked, a card for each claim, figures, tables, assessment.

The page loads nothing, runs no script but its own, and shows whatever a text or a table holds as text (`pages`).
"""
import csv
import re
from collections import Counter
from pathlib import Path

import pandas as pd

from helpers import cards, facets, ledger, links, marking, pages, prose, tables
from helpers.ceilings import CREDIBILITY
from helpers.paths import InputError, Run

# Ids that the page itself uses; nobody's claim or statement can take one.
PLACES = ("top", "said", "bottom-line", "trail-head", "changes", "filters", "text", "claims", "figures", "assessment",
          "sources", "statements", "tables", "references")
# Sections of the assessment that are long lists: a reader opens them; on paper they stand open.
LONG = ("key claims", "what would change each ceiling", "references")
MANY = 150  # claims, beyond which none is lit up without a script
ROWS = 60  # of a figure's data shown on the page; all of it is in the figure's CSV
READ = ("document", "claims", "quantities", "comparisons", "not_compared", "retellings", "origins", "grades")
MAYBE = ("sensitivity", "shifts")


def write(run: Run) -> Path:
    """Write report.html from the run's tables, figures/ and assessment.md; returns its path.

    Raises InputError if a table or the assessment is missing or broken.
    """
    out = run.folder / "report.html"
    out.write_text(page(run), encoding="utf-8", newline="\n")
    return out


def page(run: Run) -> str:
    """The page as HTML."""
    read = {name: tables.read(name, run) for name in (*READ, "sources")}
    read |= {name: tables.read(name, run) if tables.path(name, run).exists() else tables.frame(name, [])
             for name in MAYBE}
    # A statement made after the cut-off may not stand on the page, not even as what another one retells.
    known = ledger.known_by(ledger.read(run), read["document"].as_of.iloc[0])
    read["statements"] = known.assign(retells=known.retells.where(known.retells.isin(known.statement_id), ""))
    text, assessment = (_text(run.folder / name) for name in ("text.txt", "assessment.md"))
    tables.check_spans(read["claims"], text, tables.path("claims", run))
    read["claims"] = read["claims"][read["claims"].status != "rejected"].reset_index(drop=True)
    tokens = prose.parse(assessment)
    shown = cards.statements_shown(read, prose.anchors_named(tokens))
    place = anchors(read["claims"].claim_id, shown.statement_id, read["sources"].source_id)
    figures = _figures(run.folder / "figures")
    goes_to = {name: spot for (_, name), spot in reversed(place.items())} | {
        f"source-{name}": spot for (kind, name), spot in place.items() if kind == "source"} | {p: p for p in PLACES} | {
        f"figure-{f['number']}": f["id"] for f in figures} | links.targets(tokens, run, place)
    bottom, rest = prose.sections(tokens)
    made = cards.of_claims(read, shown, place)
    options, answers = facets.of_cards(made)
    return pages.render(
        "report.html.j2", _highlights(len(made)), options=options, answers=answers, credibility=CREDIBILITY,
        document=read["document"].iloc[0], cards=made, card={c["id"]: c for c in made}, counts=_counts(made),
        paragraphs=marking.paragraphs(text, read["claims"]), lane=marking.lanes(read["claims"]),
        bottom=prose.render(bottom, goes_to), figures=figures,
        assessment=_assessment(rest, goes_to, set(shown.statement_id)),
        changed=cards.by_change(made, read["retellings"]), sources=cards.sources_cited(read, shown, place),
        statements=cards.statement_rows(shown, read["sources"], place), references=cards.references(shown, place),
        url=prose.web_address)


def _assessment(sections: list[prose.Section], places: dict[str, str], statements: set[str]) -> list[dict]:
    """The assessment's sections: heading, groups (HTML) and whether it is folded.

    References that only list statements are left out: the page has a table of those, and of the pages, of its own.
    """
    return [{"heading": prose.render(s.heading, places), "groups": [prose.render(g, places) for g in s.groups],
             "folded": s.name in LONG}
            for s in sections if not (s.name == "references" and prose.only_lists(s, statements))]


def anchors(claims: pd.Series, statements: pd.Series, sources: pd.Series) -> dict[tuple[str, str], str]:
    """(kind, id) -> an id on the page, each once: a claim's and a statement's own, a source's behind `source-`.

    An id that the page or an earlier one has taken gets a number behind it.
    """
    place, taken = {}, {*PLACES, *(f"figure-{n}" for n in range(1, 100))}
    for kind, ids, before in (("claim", claims, ""), ("statement", statements, ""), ("source", sources, "source-")):
        for name in ids:
            wanted, n = before + name, 2
            while wanted in taken or wanted.startswith("t-"):
                wanted, n = f"{kind}-{name}" + (f"-{n}" if n > 2 else ""), n + 1
            taken.add(wanted)
            place[kind, name] = wanted
    return place


def _counts(made: list[dict]) -> list[tuple[str, str]]:
    """The page's four numbers, each with what it counts; all but the first count some of the first."""
    kinds, judged = Counter(c["source_type"] for c in made), sum(c["grade"]["value"] not in ("6", "") for c in made)
    return [(str(len(made)), f"{'claim' if len(made) == 1 else 'claims'} marked in the text"),
            (str(kinds["named"]), "of them credited to a named source"),
            (str(sum(bool(c["net"]) for c in made)), "of them changed on the way here"),
            (str(judged), "of them can be judged: a grade from 1 to 5")]


def _highlights(count: int) -> str:
    """Style rules that light up a claim in the text while its card is the page's target, where no script does it.

    None for a text of very many claims: a browser weighs each rule for each word, and would take seconds to open it.
    """
    count = count if count <= MANY else 0
    rules = ",".join(f"body:has(.n{n}:target) .in{n}" for n in range(count))
    return f"@media(scripting:none){{{rules}{{background-color:var(--lit)}}}}" if count else ""


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise InputError(f"{file}: there is no such file; an earlier notebook writes it: run them in order, or "
                         "`retold run`") from None
    except UnicodeDecodeError as e:
        raise InputError(f"{file}: not UTF-8 (byte {e.start})") from None


def _figures(folder: Path) -> list[dict]:
    """The figures of a run in the order of their numbers: each as a data: address, for a phone too, with alt text and
    its data."""
    found, drawn = [], [f for f in folder.glob("*.svg") if not f.name.endswith(".phone.svg")]
    for n, file in enumerate(sorted(drawn, key=lambda f: (_number(f.stem), f.stem)), 1):
        alt, data, phone = (file.with_suffix(suffix) for suffix in (".txt", ".csv", ".phone.svg"))
        rows = list(csv.reader(_text(data).splitlines(keepends=True))) if data.is_file() else []
        found.append({
            "id": f"figure-{_number(file.stem) if _number(file.stem) < 99 else n}", "number": _number(file.stem),
            "name": file.stem.lstrip("0123456789_-").replace("_", " "),
            "alt": _text(alt).strip() if alt.is_file() else "",
            "src": pages.data_address("image/svg+xml", file.read_bytes()),
            "phone": pages.data_address("image/svg+xml", phone.read_bytes()) if phone.is_file() else "",
            "head": rows[0] if rows else [], "rows": rows[1:ROWS + 1], "more": max(0, len(rows) - 1 - ROWS),
            "csv": pages.data_address("text/csv", data.read_bytes()) if rows else "", "file": data.name})
    return found


def _number(stem: str) -> int:
    digits = re.match(r"\d{1,2}(?!\d)", stem)
    return int(digits[0]) if digits else 99

