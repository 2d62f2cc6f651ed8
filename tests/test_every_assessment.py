"""Whatever is read beside whatever ledger: what `retold run` writes is what `retold check` accepts, and it is of one mind."""
import re
from pathlib import Path

import pytest
from test_told_dossiers import PUBLISHED
from walked import RAW, shipped

from helpers import linter, tables

DOSSIERS = Path(__file__).parent / "dossiers"
TOLD = """The reeve of Ostrand said on Monday that 1,200 homes lost power after a transformer reportedly failed at the mill.

"We have never seen anything like it," said the mayor, Ana Prewitt. She blamed Corvane Power for skipping inspections.

Corvane Power denied that it had skipped any inspection. A spokesman said the failure was probably caused by lightning.

Officials say that two people were allegedly killed in the devastating blackout, according to sources at the brutal works.

The outage is likely to cost shops about $2 million, said an economist who has taught for thirty years at the college on the
hill above the harbour where the ferries from the islands come in twice a day, and who wrote in three papers last spring that
such a thing would happen. Perhaps 300 animals reportedly died in the heat, it is believed. Critics say the grid is old.
"""
MUTATED = {"more than 1,000": "reportedly, and as it is believed by analysts, perhaps more than 1,000", "soldiers": "brutal soldiers",
           "casualties a day": "allegedly devastating casualties a day"}


def mutated() -> str:
    words = (RAW / "texts" / "kursk-retelling.txt").read_text("utf-8")
    for old, new in MUTATED.items():
        assert old in words
        words = words.replace(old, new)
    return words


def read(file: Path) -> str:
    return file.read_text("utf-8")


def cases(empty: Path) -> dict[str, dict]:
    documents = list(tables.read("texts", RAW / "texts.csv")[["document", "dossier"]].itertuples(index=False, name=None))
    own = {d: {"document": d, "home": RAW / "dossiers" / home if home else RAW} for d, home in documents}
    told = {d.name: {"text": read(d / "article.txt"), "home": d, "published": PUBLISHED[d.name]} for d in sorted(DOSSIERS.iterdir())}
    return own | told | {
        "as of its day": {"as_of": "2024-12-28"}, "another field": {"text": TOLD}, "no ledger": {"text": TOLD, "home": empty},
        "its ledger gone": {"text": read(RAW / "texts" / "kursk-retelling.txt"), "home": empty},
        "mutated": {"text": mutated()}, "another's ledger": {"text": read(RAW / "texts" / "quessel-fever-article.txt")}}


@pytest.mark.parametrize("name", cases(Path()))
def test_what_a_run_writes_passes_the_check_and_does_not_contradict_itself(name, tmp_path):
    text, run = shipped(tmp_path / "run", **cases(tmp_path / "raw")[name])
    names = tables.read("sources", run)["name"]
    for scale in ("icd203", "phia"):
        assert [f"{f.rule}: {f.sentence}" for f in linter.faults(text, scale, names)] == []
    judged = re.search(r"the best that is left to any claim is", text, re.I)
    assert bool(judged) != bool(re.search(r"no claim can be judged|None of them can be judged|none can be judged", text, re.I))
    assert "would lift" in text or judged is None
    assert "What it claims, and on whose word" not in text or "would lift" not in text and "|" not in text


@pytest.mark.parametrize("name", ["another field", "no ledger", "its ledger gone"])
def test_a_text_without_its_ledger_is_told_in_a_page(name, tmp_path):
    text, _ = shipped(tmp_path / "run", **cases(tmp_path / "raw")[name])
    assert "## What to look for" in text and "## Numbers" not in text and "L135" not in text
    assert len(text.split("## What it claims")[1].splitlines()) < 60
