"""A dam that gives way, invented from end to end: an article told from a ledger, read against what was planted in it.

dossiers/tarn-dam holds the ledger, the article and gold.csv: for each sentence the root of what it tells, and what it
changed, a row a field; `none` where it is faithful. It is for the tests only and is not shipped as data.
"""
import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from helpers import ledger, matching, paths, proposals, retelling, tables

HOME = Path(__file__).parent / "dossiers" / "tarn-dam"
PUBLISHED = "2032-09-20"


def gold() -> dict[str, tuple[str, set]]:
    found = defaultdict(lambda: ("", set()))
    for row in csv.DictReader((HOME / "gold.csv").open(encoding="utf-8", newline="")):
        own = set() if row["field"] == "none" else {(row["field"], row["direction"])}
        found[row["begins"]] = (row["root_id"], found[row["begins"]][1] | own)
    return dict(found)


GOLD = gold()


@pytest.fixture(scope="module")
def read():
    """Sentence -> (roots that its claims were traced to, net drifts)."""
    run = paths.Run("tarn-dam", "", HOME, HOME)
    known = tables.read("sources", run)
    evidence = ledger.evidence(ledger.read(run), known)
    text = (HOME / "article.txt").read_text("utf-8")
    p = proposals.propose(text, PUBLISHED, known)
    scoped = matching.settled(matching.scoped(p.claims, p.quantities, known, "Valley Herald"), evidence, PUBLISHED)
    best = matching.best(matching.match(scoped, evidence, PUBLISHED))
    net = retelling.trace(scoped, evidence, best).query("step == 0")
    found = {}
    for begins in GOLD:
        at = text.index(begins)
        end = at + re.search(r"\.\s", text[at:]).end()
        own = set(p.claims[(p.claims.start >= at) & (p.claims.end <= end)].claim_id)
        found[begins] = ({evidence.root[best[c]][0] for c in own & best.keys()},
                         {(r.field, r.direction) for r in net[net.claim_id.isin(own)].itertuples()})
    return found


@pytest.mark.parametrize("begins", GOLD)
def test_a_sentence_changed_what_was_planted_in_it_and_nothing_else(begins, read):
    root, changed = GOLD[begins]
    assert read[begins] == ({root} - {""}, changed)
