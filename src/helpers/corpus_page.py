"""corpus.html: the runs side by side, each linking to its report. What holds for report.html holds here."""
import os
from pathlib import Path

import pandas as pd

from helpers import pages
from helpers.drawing import Drawing, named


def write(folder: Path, runs: pd.DataFrame, claims: pd.DataFrame, dates: pd.DataFrame, relays: pd.DataFrame,
          numbers: pd.DataFrame, figures: dict[str, Drawing], home: Path, as_of: str = "",
          left_out: "dict[str, str] | None" = None, rivals: "pd.DataFrame | None" = None,
          called: "dict[str, str] | None" = None) -> Path:
    """Write corpus.html into a folder, from the survey's tables and figures; returns its path.

    home: the folder of the runs, which the links lead to. rivals: the appendix (`truth.table`). called: the sources'
    names by their ids.
    """
    way = os.path.relpath(home, folder)
    at = {r: f"{way}/{path}" for r, path in zip(runs.run, runs.report)}
    page = pages.render(
        "corpus.html.j2", as_of=as_of, left_out=left_out or {},
        runs=runs.assign(report=runs.run.map(at)).to_dict("records"),
        claims=claims.assign(report=claims.run.map(at), last_source=[named(s, called or {}) for s in claims.last_source]
                             ).to_dict("records"), dates=_dates(dates, runs, at),
        relays=relays.to_dict("records"), numbers=numbers.to_dict("records"), rose=_rose(rivals),
        rivals=[] if rivals is None else rivals.to_dict("records"),
        figures=[{"name": name.lstrip("0123456789_").replace("_", " "), "alt": figure.alt,
                  **{place: pages.data_address("image/svg+xml", sheet.svg(name).encode()) if sheet else ""
                     for place, sheet in (("src", figure), ("phone", figure.again and figure.again()))}}
                 for name, figure in figures.items()])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "corpus.html").write_text(page, encoding="utf-8", newline="\n")
    return folder / "corpus.html"


def _rose(rivals: "pd.DataFrame | None") -> tuple[int, int, int]:
    """How many rumours were copied; how many scored higher for it by tellers, and by houses."""
    if rivals is None or rivals.empty:
        return 0, 0, 0
    copied = rivals[rivals.copied == "yes"]
    return (len(copied), int((copied.by_tellers_copied > copied.by_tellers).sum()),
            int((copied.by_houses_copied > copied.by_houses).sum()))


def _dates(dates: pd.DataFrame, runs: pd.DataFrame, at: dict[str, str]) -> list[dict]:
    """By document: its days and, claim by claim, the ceilings of each day; a claim leads to the report of the last."""
    found = []
    for document, rows in dates.groupby("document", sort=False):
        own = runs[runs.document == document].assign(day=lambda t: t.as_of.where(t.as_of != "", "now"))
        days = [d for d in dates.columns if d in set(own.day)]
        last = own[own.day == days[-1]].run.iloc[0]
        found.append({"document": document, "title": own.title.iloc[-1] or document, "days": days, "claims": [
            {"claim_id": r["claim_id"], "exact": r["exact"], "at": at[last], "ceilings": [r[d] for d in days]}
            for r in rows.to_dict("records")]})
    return found
