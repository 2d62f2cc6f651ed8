"""The second dossier, a fever that is invented from end to end: what was planted in it is found, and nothing else.

The notes of its ledger say what was planted where: "planted: faithful", or a field and a direction.
"""
import re

import pytest

from helpers import ceilings, cli, inputs, ledger, matching, origins, paths, proposals, retelling, schemas, tables

HOME = paths.project() / "data" / "raw" / "dossiers" / "quessel-fever"
RUN = paths.Run("quessel-fever-article", "", HOME, HOME)
PLANTED = re.compile(rf"planted: (faithful|(?:{'|'.join(schemas.DRIFT_FIELDS)})\b)")


@pytest.fixture(scope="module")
def sources():
    return tables.read("sources", RUN)


@pytest.fixture(scope="module")
def statements():
    return ledger.read(RUN)


@pytest.fixture(scope="module")
def evidence(statements, sources):
    return ledger.evidence(statements, sources)


def planted(note):
    """{(field, direction)} of a note; empty where it says that the retelling is faithful."""
    field = PLANTED.match(note)[1]
    return set() if field == "faithful" else {(field, re.search("stronger|weaker", note)[0] if re.search(
        "stronger|weaker", note) else "other")}


def read(document, day, statements, sources):
    """(claims as scoped, best match of each, net drifts) of a shipped text of the dossier."""
    evidence = ledger.evidence(ledger.known_by(statements, day), sources)
    text = (paths.project() / "data" / "raw" / "texts" / f"{document}.txt").read_text("utf-8")
    proposal = proposals.propose(text, day, sources)
    scoped = matching.settled(matching.scoped(proposal.claims, proposal.quantities, sources), evidence, day)
    comparisons = matching.match(scoped, evidence, day)
    best = matching.best(comparisons)
    found = retelling.trace(scoped, evidence, best)
    return scoped, comparisons, best, found[found.step == 0]


def test_it_holds_every_stance_every_kind_of_drift_and_some_faithful_retellings(statements):
    assert set(statements.stance) >= {"assert", "confirm", "deny", "evade", "no_comment", "predict"}
    told = statements[statements.retells != ""]
    fields = {field for note in told.note for field, _ in planted(note)}
    assert fields == set(schemas.DRIFT_FIELDS)
    assert sum(not planted(note) for note in told.note) >= 5


def test_each_retelling_changed_what_was_planted_in_it_and_nothing_else(evidence):
    chains = retelling.chains(evidence)
    told = [s for s in evidence.statements.values() if s.retells]
    found = {s.statement_id: {(r.field, r.direction) for r in chains[chains.to_id == s.statement_id].itertuples()}
             for s in told}
    assert found == {s.statement_id: planted(s.note) for s in told}


def test_the_two_health_services_whose_numbers_agree_to_the_unit_are_not_known_to_be_independent(evidence):
    weekly = [s for s, row in evidence.statements.items() if row.measure == "suspected_case" and row.low > 1000]
    found = {o["origin_family"]: o for o in origins.behind(dict.fromkeys(weekly, "yes"), evidence)}
    assert set(found) == {"velthany-government", "karthmoor-government"}
    assert found["karthmoor-government"]["independent"] == "unknown"
    assert "confirmed by a person" in found["karthmoor-government"]["why"]
    assert found["velthany-government"]["independent"] == "yes" and found["velthany-government"]["mentions"] == 5


def test_a_relay_of_the_ministry_s_data_is_no_origin_and_the_doctors_own_count_is_one(evidence):
    in_hospital = [s for s, row in evidence.statements.items() if row.measure == "hospitalised" and row.low == 90]
    dead = [s for s, row in evidence.statements.items() if row.measure == "killed"]
    assert [o["mentions"] for o in origins.behind(dict.fromkeys(in_hospital, "yes"), evidence)] == [5]
    assert [(o["origin_family"], o["independent"], o["mentions"]) for o in origins.behind(dict.fromkeys(dead, "yes"), evidence)
            ] == [("velthany-government", "yes", 2), ("lantern-aid", "yes", 1)]


def test_the_cannery_is_a_party_to_the_event_wherever_it_speaks(evidence):
    own = [s for s, row in evidence.statements.items() if row.source_id == "quessel-cannery"]
    assert {o["party_to_event"] for o in origins.behind(dict.fromkeys(own, "yes"), evidence)} == {"yes"}


@pytest.mark.parametrize("day, resolved", [("2031-04-16", False), ("2031-05-01", False), ("2031-05-02", True)])
def test_the_denial_is_resolved_by_the_confirmation_and_not_a_day_before(statements, sources, day, resolved):
    known = ledger.known_by(statements, day)
    record = ceilings.track_record(ledger.evidence(known, sources))
    assert ("quessel-cannery" in set(record.source_id)) is resolved
    assert {"assert", "deny"} <= set(known[known.measure == "wastewater_discharge"].stance)
    assert ("confirm" in set(known.stance)) is resolved


def test_the_article_s_drifts_are_found_from_its_text_alone(statements, sources):
    scoped, _, best, net = read("quessel-fever-article", "2031-04-16", statements, sources)
    found = {(r.field, r.root_id, r.old, r.new, r.direction) for r in net.itertuples()}
    assert {("measure", "Q05", "suspected_case", "confirmed_case", "stronger"),
            ("rate", "Q22", "per_week", "per_day", "stronger"),
            ("source", "Q22", "velthany-health-ministry", "karthmoor-health-institute", "other"),
            ("bound", "Q13", "at_most", "exact", "stronger"),
            ("stance", "Q31", "no_comment", "deny", "stronger")} <= found
    dead = next(c.claim_id for c in scoped if c.measure == "killed")
    assert best[dead] == "Q10" and not set(net[net.claim_id == dead].field) - {"period"}


def test_the_release_retells_its_own_ministry_faithfully(statements, sources):
    scoped, _, best, net = read("quessel-fever-release", "2031-04-14", statements, sources)
    met = {c.low: best[c.claim_id] for c in scoped if c.claim_id in best}
    assert met[38] == "Q10" and met[90] == "Q22"
    assert not set(net.field) - {"source"}  # a page's own voice names nobody


def test_the_article_s_count_of_the_dead_rests_on_two_origins(statements, sources):
    scoped, comparisons, _, _ = read("quessel-fever-article", "2031-04-16", statements, sources)
    dead = next(c.claim_id for c in scoped if c.measure == "killed")
    behind = origins.of_claims(comparisons[comparisons.claim_id == dead], ledger.evidence(statements, sources))
    assert {"velthany-government", "lantern-aid"} <= set(behind.origin_family)


def test_a_text_is_read_against_the_ledger_of_its_dossier(tmp_path):
    raw = paths.project() / "data" / "raw"
    [order] = inputs.orders(["quessel-fever-article"], raw)
    run = inputs.gather(order, tmp_path)
    for name in ("statements", "sources"):
        assert (run.raw / f"{name}.csv").read_bytes() == (HOME / f"{name}.csv").read_bytes()
    [other] = inputs.orders(["kursk-retelling"], raw)
    assert other.table("statements") == raw / "statements.csv"


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory):
    output = tmp_path_factory.mktemp("runs")
    assert cli.main(["run", "quessel-fever-article", "--output", str(output)]) == 0
    return output / "quessel-fever-article"


def test_the_walk_shows_the_drifts_and_says_that_the_text_is_invented(run_folder):
    net = tables.read("retellings", run_folder / "retellings.csv")
    assert {("measure", "Q05"), ("rate", "Q22"), ("stance", "Q31")} <= set(zip(net.field, net.root_id))
    assert (run_folder / "input" / "raw" / "statements.csv").read_bytes() == (HOME / "statements.csv").read_bytes()
    assert "wording: invented" in (run_folder / "report.html").read_text("utf-8")
    assert "The text is invented" in (run_folder / "assessment.md").read_text("utf-8")
