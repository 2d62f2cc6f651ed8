"""`retold check` holds to the linter what people write in judgements/ and what runs have made of it."""
import json
from pathlib import Path

import pytest

from helpers import checking, tables

GRADE = {"subject": "c1", "exact": "x", "grade": "3", "reason": "One count stands behind it.", "graded_by": "N",
         "graded_on": "2031-06-01"}
RIVAL = {"subject": "c1", "exact": "x", "hypothesis": "The clinic counted visits", "reason": "I asked.", "proposed_by": "N",
         "proposed_on": "2031-06-01"}


@pytest.fixture
def project(tmp_path):
    raw = tmp_path / "data" / "raw"
    (tmp_path / "notebooks").mkdir()
    (raw / "texts").mkdir(parents=True)
    (raw / "texts" / "marle.txt").write_text("A text.")
    tables.write("texts", tables.frame("texts", [{"document": "marle", "file": "marle.txt", "wording": "original"}]),
                 raw / "texts.csv")
    for name in ("sources", "statements", "annotators"):
        tables.write(name, tables.empty(name), raw / f"{name}.csv")
    return tmp_path


def faults(project: Path) -> list[str]:
    return [f for f in checking.project(project)[0] if "notebook" not in f]


def put(project, name, row, file):
    tables.write(name, tables.frame(name, [row]), project / "data" / "raw" / "judgements" / file)


def test_fair_judgements_and_hypotheses_pass(project):
    put(project, "judgements", GRADE, "marle.csv")
    put(project, "own_hypotheses", RIVAL, "marle.hypotheses.csv")
    assert faults(project) == []


def test_a_sentence_that_breaks_a_rule_is_named_with_its_file_row_column_and_rule(project):
    put(project, "judgements", GRADE | {"reason": "It is probably so."}, "marle.csv")
    put(project, "own_hypotheses", RIVAL | {"hypothesis": "Officials say that it was visits"}, "marle.hypotheses.csv")
    found = " ".join(faults(project))
    assert "marle.csv, row 2, column 'reason': “It is probably so.”" in found and "'probably' is not a term" in found
    assert "marle.hypotheses.csv, row 2, column 'hypothesis': “Officials say that it was visits”" in found


def test_a_judgement_whose_words_stand_nowhere_is_named_with_its_file_row_and_value(project):
    put(project, "judgements", GRADE | {"exact": "A tale"}, "marle.csv")
    assert any("marle.csv, row 2, column 'exact': 'A tale' does not stand in the text" in f for f in faults(project))


def test_a_judgement_of_a_claim_that_no_reading_holds_is_named(project):
    raw = project / "data" / "raw"
    tables.write("annotators", tables.frame("annotators", [{"annotator": "ann", "kind": "person", "precedence": 1}]),
                 raw / "annotators.csv")
    claim = {"claim_id": "c1", "start": 2, "end": 6, "exact": "text", "prefix": "A ", "suffix": ".", "paragraph": 1,
             "kind": "event", "chain": "author", "source_type": "none", "speech_act": "none", "polarity": "pos",
             "factuality_author": "CT+", "factuality_source": "CT+", "checkable": "yes",
             "status": "accepted", "annotator": "ann"}
    tables.write("annotations", tables.frame("annotations", [claim]), raw / "annotations" / "marle.ann.csv")
    put(project, "judgements", GRADE | {"exact": "text"}, "marle.csv")
    assert faults(project) == []
    put(project, "judgements", GRADE | {"exact": "A text"}, "marle.csv")
    [fault] = faults(project)
    assert "marle.csv, row 2" in fault and "no reading of 'marle' has a claim 'c1' with the words 'A text'" in fault


def test_an_assessment_that_a_run_has_made_is_held_to_the_yardstick_of_its_run(project):
    run = project / "data" / "processed" / "marle"
    run.mkdir(parents=True)
    (run / "assessment.md").write_text("It is probably (55–75%) so.\n", "utf-8")
    assert "assessment.md, line 1" in faults(project)[0] and "icd203" in faults(project)[0]
    (run / "run.json").write_text(json.dumps({"parameters": {"yardstick": "phia"}}))
    assert faults(project) == []


def test_a_hypothesis_of_no_known_document_or_of_an_unknown_statement_is_refused(project):
    put(project, "own_hypotheses", RIVAL, "orle.hypotheses.csv")
    put(project, "own_hypotheses", RIVAL | {"statement_id": "zz", "fits": "no"}, "marle.hypotheses.csv")
    found = " ".join(faults(project))
    assert "texts.csv has no document 'orle'" in found and "'zz' is not in the ledger" in found
