"""The walk, end to end: the shipped digest, the digest changed in one word, and the page that started it all."""
import hashlib
import json
import shutil

import pytest

from helpers import cli, ledger, matching, paths, proposals, retelling, tables

DRIFTS = {  # field, where it began, what it was, what it became
    ("measure", "L069", "killed_or_wounded", "killed"),
    ("source", "L036", "ukraine-general-staff", "uk-mod"),
    ("stance", "L090", "no_comment", "deny"),
}


def drifts(retellings):
    net = retellings[retellings.step == 0]
    return {(r.field, r.root_id, r.old, r.new) for r in net.itertuples()}


def proposed(text):
    """The net drifts of a text published on 28 December 2024, by the program alone."""
    run = paths.run("kursk-retelling")
    sources = tables.read("sources", run)
    evidence = ledger.evidence(ledger.read(run), sources)
    proposal = proposals.propose(text, "2024-12-28", sources)
    scoped = matching.settled(matching.scoped(proposal.claims, proposal.quantities, sources), evidence, "2024-12-28")
    best = matching.best(matching.match(scoped, evidence, "2024-12-28"))
    return drifts(retelling.trace(scoped, evidence, best))


def test_the_digests_run_shows_the_three_drifts(kursk_run):
    assert DRIFTS <= drifts(tables.read("retellings", kursk_run / "retellings.csv"))


def test_the_british_figure_is_traced_through_the_ministry_to_the_general_staff(kursk_run):
    found = tables.read("retellings", kursk_run / "retellings.csv")
    way = found[(found.root_id == "L036") & (found.step > 0)]
    assert list(dict.fromkeys(zip(way.from_id, way.to_id)))[0] == ("L038", "L089")  # the ministry itself changed nothing
    assert set(way[way.field == "source"].note) == {"a relay is presented as the origin"}


def test_a_denial_that_its_speaker_took_back_says_so(kursk_run):
    claims = tables.read("claims", kursk_run / "claims.csv")
    grades = tables.read("grades", kursk_run / "grades.csv").set_index("subject")
    denials = claims[(claims.speech_act == "deny") & (claims.measure == "deployed")]
    assert len(denials) and all("has since confirmed what it had denied" in grades.loc[c, "reasons_against"]
                                for c in denials.claim_id)


def test_every_output_of_the_design_is_there(kursk_run):
    names = {f.relative_to(kursk_run).as_posix() for f in kursk_run.rglob("*") if f.is_file()}
    wanted = {"text.txt", "document.csv", "sentences.csv", "claims.csv", "factuality.csv", "attributions.csv",
              "quantities.csv", "left_out.csv", "agreement.csv", "comparisons.csv", "not_compared.csv",
              "retellings.csv", "ledger_retellings.csv", "kept.csv", "origins.csv", "proposed_origins.csv", "positions.csv", "shifts.csv",
              "grades.csv", "sensitivity.csv", "track_record.csv", "indicators.csv", "hypotheses.csv", "weighing.csv",
              "disagreements.csv", "assessment.md", "report.html", "run.json"}
    for figure in ("1_attribution_ribbon", "2_source_graph", "3_scoped_intervals", "4_statement_timeline",
                   "5_drift_chart", "6_origins_against_mentions", "7_admiralty_grid", "8_factuality_by_source",
                   "9_tipping_points", "10_reader_agreement"):
        wanted |= {f"figures/{figure}.{kind}" for kind in ("svg", "png", "csv", "txt")}
    assert wanted <= names


def test_no_output_names_a_place_on_the_machine(kursk_run):
    for file in kursk_run.rglob("*"):
        if file.is_file() and file.suffix != ".png":
            content = file.read_text("utf-8")
            assert str(kursk_run) not in content and str(paths.project()) not in content, file


def test_every_table_of_the_run_keeps_to_its_schema_and_every_span_to_the_text(kursk_run):
    text = (kursk_run / "text.txt").read_bytes().decode()
    for name, (where, _) in tables.SCHEMAS.items():
        if where == "processed" and name != "compared":  # `retold compare` writes that one
            tables.read(name, kursk_run / f"{name}.csv")
    for name in ("sentences", "claims", "quantities"):
        tables.check_spans(tables.read(name, kursk_run / f"{name}.csv"), text, name)


def test_the_run_says_what_it_read_and_made(kursk_run):
    made = json.loads((kursk_run / "run.json").read_text())
    assert made["status"] == "completed" and [n["status"] for n in made["notebooks"]] == ["completed"] * 5
    hashes = made["inputs"] | made["outputs"]
    assert len(hashes) > 30
    for name, digest in hashes.items():
        found = [f for f in (kursk_run / name, kursk_run / "input" / name) if f.is_file()]
        assert hashlib.sha256(found[0].read_bytes()).hexdigest() == digest, name


def test_one_word_put_right_loses_exactly_that_drift():
    text = (paths.project() / "data" / "raw" / "texts" / "kursk-retelling.txt").read_text("utf-8")
    right = text.replace("soldiers died within", "soldiers were killed or wounded within")
    assert right != text
    assert proposed(text) - proposed(right) == {("measure", "L069", "killed_or_wounded", "killed")}
    assert proposed(right) < proposed(text)


@pytest.mark.parametrize("as_of, kept", [("2024-12-27", False), ("2024-12-28", True)])
def test_what_was_not_yet_said_is_not_known(as_of, kept):
    known = ledger.known_by(ledger.read(paths.run("kursk-retelling")), as_of)
    assert ("L090" in set(known.statement_id)) is kept and not (known.said_on > as_of).any()


def test_the_page_that_started_it_shows_the_three_by_itself(shared, tmp_path):
    page = next((shared / "texts").glob("*.txt"))
    assert cli.main(["run", str(page), "--published", "2024-12-28", "--output", str(tmp_path)]) == 0
    folder = next(f for f in tmp_path.iterdir() if (f / "run.json").is_file())
    found = drifts(tables.read("retellings", folder / "retellings.csv"))
    assert {d[0::2] for d in DRIFTS} <= {d[0::2] for d in found} and DRIFTS <= found
    assert set(tables.read("claims", folder / "claims.csv").annotator) == {"retold-rules"}


def test_a_text_with_no_ledger_at_all_is_assessed_honestly(tmp_path):
    text = tmp_path / "bridge.txt"
    text.write_text("The mayor of Orle said on Monday that the bridge will stay closed. About 40 people protested.\n")
    header = ",".join(tables.SCHEMAS["statements"][1]) + "\n"
    (tmp_path / "none.csv").write_text(header)
    assert cli.main(["run", str(text), "--statements", str(tmp_path / "none.csv"), "--output", str(tmp_path / "out")]) == 0
    assert "None of them can be judged, for the ledger is empty" in (tmp_path / "out" / "bridge" / "assessment.md").read_text()
    assert (tmp_path / "out" / "bridge" / "report.html").is_file()


def test_the_same_run_twice_gives_the_same_bytes_but_for_the_record(kursk_run, tmp_path):
    assert cli.main(["run", "kursk-retelling", "--output", str(tmp_path)]) == 0
    again = tmp_path / "kursk-retelling"
    files = sorted(f.relative_to(kursk_run) for f in kursk_run.rglob("*") if f.is_file() and f.name != "run.json")
    assert files == sorted(f.relative_to(again) for f in again.rglob("*") if f.is_file() and f.name != "run.json")
    assert [f for f in files if (kursk_run / f).read_bytes() != (again / f).read_bytes()] == []
    shutil.rmtree(again)


@pytest.mark.parametrize("document, published, own", [
    ("uk-mod-2024-12-05", "2024-12-05", {1523: "L038", 1354: "L027"}),
    ("nis-2025-01-13", "2025-01-13", {300: "L114", 2700: "L116", 100: "L056"}),
    ("whitehouse-2024-12-27", "2024-12-27", {1000: "L069"}),
])
def test_a_statement_digest_meets_the_rows_it_was_built_from_and_has_not_grown(document, published, own):
    run = paths.run(document)
    sources = tables.read("sources", run)
    evidence = ledger.evidence(ledger.read(run), sources)
    proposal = proposals.propose((run.raw / "texts" / f"{document}.txt").read_text("utf-8"), published, sources)
    scoped = matching.settled(matching.scoped(proposal.claims, proposal.quantities, sources), evidence, published)
    best = matching.best(matching.match(scoped, evidence, published))
    met = {c.low: best.get(c.claim_id) for c in scoped if c.low in own and c.claim_id in best}
    assert met == own
    assert not [d for d in drifts(retelling.trace(scoped, evidence, best)) if d[0] in ("measure", "stance")]
