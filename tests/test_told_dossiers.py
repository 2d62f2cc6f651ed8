"""A dam that gives way, a protest, a works that lays off and a court case, invented from end to end: articles told from a
ledger, beside what was planted.

dossiers/ holds for each the ledger, the article and gold.csv: for each sentence the root of what it tells, and what it
changed, a row a field; `none` where it is faithful. They are for the tests only and are not shipped as data. What was
planted in them stands as it was written; sentences that the program does not read rightly are named in MISSED.
"""
import csv
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from helpers import ledger, matching, paths, proposals, retelling, schemas, tables

HOME = Path(__file__).parent / "dossiers"
PUBLISHED = {"tarn-dam": "2032-09-20", "verlan-protest": "2033-05-06", "ormond-layoffs": "2034-02-08",
             "dahl-pension": "2038-02-10"}
MISSED = {"A total of 85": "a total since a day that grew in three days may be a later one"}


def gold(dossier: str) -> dict[str, tuple[str, set]]:
    found = defaultdict(lambda: ("", set()))
    for row in csv.DictReader((HOME / dossier / "gold.csv").open(encoding="utf-8", newline="")):
        own = set() if row["field"] == "none" else {(row["field"], row["direction"])}
        found[row["begins"]] = (row["root_id"], found[row["begins"]][1] | own)
    return dict(found)


SENTENCES = [(dossier, begins) for dossier in PUBLISHED for begins in gold(dossier)]


@cache
def read(dossier: str) -> dict[str, tuple[set, set]]:
    """Sentence -> (roots that its claims were traced to, net drifts)."""
    home, published = HOME / dossier, PUBLISHED[dossier]
    run = paths.Run(dossier, "", home, home)
    known = tables.read("sources", run)
    evidence = ledger.evidence(ledger.read(run), known)
    text = (home / "article.txt").read_text("utf-8")
    p = proposals.propose(text, published, known)
    scoped = matching.settled(matching.scoped(p.claims, p.quantities, known), evidence, published)
    best = matching.best(matching.match(scoped, evidence, published))
    net = retelling.trace(scoped, evidence, best).query("step == 0")
    found = {}
    for begins in gold(dossier):
        at = text.index(begins)
        end = at + re.search(r"\.\s", text[at:]).end()
        own = set(p.claims[(p.claims.start >= at) & (p.claims.end <= end)].claim_id)
        found[begins] = ({evidence.root[best[c]][0] for c in own & best.keys()},
                         {(r.field, r.direction) for r in net[net.claim_id.isin(own)].itertuples()})
    return found


@pytest.mark.parametrize("dossier, begins", SENTENCES)
def test_a_sentence_changed_what_was_planted_in_it_and_nothing_else(dossier, begins):
    root, changed = gold(dossier)[begins]
    if begins in MISSED:
        assert read(dossier)[begins] == (set(), set())  # said to be nothing rather than something false
    else:
        assert read(dossier)[begins] == ({root} - {""}, changed)


def test_nine_in_ten_changed_fields_are_found_and_every_kind_is_planted():
    planted = [(s, change) for s in SENTENCES for change in gold(s[0])[s[1]][1]]
    assert {field for _, (field, _) in planted} == set(schemas.DRIFT_FIELDS)
    assert sum(change in read(s[0])[s[1]][1] for s, change in planted) >= 0.9 * len(planted)
