"""Sentences of six fields with the chain, speech act and factuality that the codebook asks for (cases/chains.csv).

`claim` is words of the claim: the shortest claim that holds them is meant. `chain` names the sources outward as the
sentence does, and `xfail` says why a case does not hold yet.
"""
import csv
from collections import Counter
from pathlib import Path

import pytest

from helpers import proposals, sources, tagger

FILE = Path(__file__).parent / "cases" / "chains.csv"
with FILE.open(encoding="utf-8", newline="") as f:
    CASES = list(csv.DictReader(f))
SAME = ("source_type", "speech_act", "polarity", "factuality_author", "factuality_source", "kind")


@pytest.fixture
def rules_alone(monkeypatch):
    """The chains are the rules' part; without the tagger's model each must hold as it stands here."""
    monkeypatch.setattr(tagger, "load", lambda *_: None)


def read(case):
    """What the program makes of a case, in the columns of the case: of claims with one span, the one with its chain."""
    held = [c for c in proposals.propose(case["sentence"]).claims.to_dict("records") if case["claim"] in c["exact"]]
    assert held, "no claim holds these words"
    shortest = min(len(c["exact"]) for c in held)
    meant = [c for c in held if len(c["exact"]) == shortest]
    claim = next((c for c in meant if c["chain"] == chain(case)), meant[0])
    cue = case["cue"] if f" {case['cue']} " in f" {claim['cue']} " else claim["cue"]  # "had warned" is "warned"
    return {k: claim[k] for k in SAME} | {"chain": claim["chain"], "cue": cue if case["cue"] else claim["cue"]}


def chain(case):
    return " > ".join(["author", *(sources.slug(s) for s in case["chain"].split(" > ") if s)])


def marked(case):
    why = [pytest.mark.xfail(strict=True, reason=case["xfail"])] if case["xfail"] else []
    return pytest.param(case, marks=why, id=f"{case['field']}: {case['claim']}")


@pytest.mark.parametrize("case", list(map(marked, CASES)))
def test_a_claim_stands_on_the_words_of_those_who_made_it_and_no_firmer(case, rules_alone):
    assert read(case) == wanted(case)


def wanted(case):
    return {k: case[k] for k in SAME} | {"chain": chain(case), "cue": case["cue"]}


def test_with_both_voices_nine_tenths_hold_in_every_field():
    held = Counter(case["field"] for case in CASES if read(case) == wanted(case))
    for field, all_of_it in Counter(case["field"] for case in CASES).items():
        assert held[field] >= 0.9 * all_of_it, (field, held)


def test_each_field_has_its_share_and_nine_tenths_hold():
    assert min(Counter(c["field"] for c in CASES).values()) >= 15
    assert sum(not c["xfail"] for c in CASES) >= 0.9 * len(CASES)
