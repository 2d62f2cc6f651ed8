"""The tables of notebooks 03 and 05 and the assessment, made without a notebook: what the assessment's tests read."""
import pandas as pd

from helpers import (agreement, annotations, assessment, grades, hypotheses, ledger, matching, origins, paths, positions,
                     proposals, retelling, tables, tipping, watching)
from helpers.ceilings import track_record
from helpers.paths import Run

RAW = paths.project() / "data" / "raw"


def judged(run: Run, claims, quantities, known, everything, sources, published, readings=None, used="") -> str:
    """Write what the assessment is made of into the run's folder, then the assessment; returns its text."""
    evidence = ledger.evidence(known, sources)

    def scope(c, q):
        return matching.settled(matching.scoped(c, q, sources), evidence, published)

    scoped, kinds = scope(claims, quantities), dict(zip(claims.claim_id, claims.kind))
    compared = matching.match(scoped, evidence, published)
    drift = retelling.trace(scoped, evidence, matching.best(compared))
    behind, record = origins.of_claims(compared, evidence), track_record(evidence)
    table = grades.build(claims, scoped, drift, evidence, assessment.read_judgements(run), published)
    given = [(kinds[c.claim_id], c) for c in scoped if c.kind != "prediction"]
    cited = sorted(table[table.subject_kind == "source"].subject)
    others = annotations.stand_ins(readings or {}, used, scope)
    rivals, weighing = hypotheses.build(given, evidence, published,
                                        hypotheses.applied(assessment.read_hypotheses(run), claims, evidence))
    made = {"claims": claims, "quantities": quantities, "comparisons": compared,
            "not_compared": matching.not_compared(scoped, evidence, published), "retellings": drift, "origins": behind,
            "grades": table, "track_record": record, "hypotheses": rivals, "weighing": weighing,
            "sensitivity": pd.concat([tipping.sensitivity(given, evidence, published, others),
                                      tipping.of_records(cited, record, evidence)], ignore_index=True),
            "indicators": watching.indicators([c for _, c in given], behind, evidence),
            "agreement": agreement.table(readings or {}), "disagreements": agreement.disagreements(readings or {})}
    for name, frame in made.items():
        tables.write(name, frame, run)
    then = ledger.evidence(ledger.known_by(everything, min(filter(None, (published, run.as_of)), default="")), sources)
    moved = tipping.moved([(kinds[c.claim_id], c) for c in scoped], then, evidence, published)
    moved = pd.concat([moved, positions.turned(scoped, then, evidence)], ignore_index=True)
    return assessment.write(run, scoped, evidence, len(everything), used or "the rules", moved)


def shipped(folder, as_of="", text=None, document="kursk-retelling", home=RAW, published="") -> tuple[str, Run]:
    """A shipped document read by its first reader; where it has none, or other words are given for its text, by the rules.

    home: the folder of the ledger; one without tables is an empty ledger. published: in place of the document's day."""
    run = Run(document, as_of, home, folder)
    about = tables.read("texts", RAW / "texts.csv").set_index("document").loc[document]
    about["published"] = published or about.published
    words = (RAW / "texts" / about.file).read_text("utf-8") if text is None else text
    for name in ("sources", "statements"):
        if not (home / f"{name}.csv").is_file():
            tables.write(name, tables.empty(name), home / f"{name}.csv")
    sources, everything = tables.read("sources", run), ledger.read(run)
    readings, used = {}, annotations.RULES
    if text is None and list(RAW.glob(f"annotations/{document}.*.csv")):
        readings, _ = annotations.apart(run, annotations.readings(run, words))
        used = annotations.chosen(readings)
        claims, quantities = annotations.as_claims(readings[used])
    else:
        proposed = proposals.propose(words, about.published, sources)
        claims, quantities = proposed.claims, proposed.quantities
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "text.txt").write_text(words, "utf-8")
    row = about.to_dict() | {"document": document, "as_of": as_of, "encoding": "UTF-8", "sha256_file": "0",
                             "sha256_text": "0", "characters": len(words), "words": len(words.split()), "sentences": 1,
                             "paragraphs": 1}
    tables.write("document", tables.frame("document", [row]), run)
    return judged(run, claims, quantities, ledger.known_by(everything, as_of), everything, sources, about.published,
                  readings, used), run
