"""What could be known on the day of publication, and what can be known now: they differ where history did, nowhere else."""
import re

import pytest
from walked import RAW, shipped

from helpers import annotations, ledger, linter, matching, tables, tipping
from helpers.paths import Run

THEN = "2024-12-28"
THE_DEAD, THE_DEPLOYMENT = "c06", "c01"
INDOCTRINATION = ("indoctrination", "propaganda", "brainwashing", "strong motive", "feared reprisals")


@pytest.fixture(scope="module")
def then(tmp_path_factory):
    return shipped(tmp_path_factory.mktemp("then"), THEN)


@pytest.fixture(scope="module")
def now(tmp_path_factory):
    return shipped(tmp_path_factory.mktemp("now"))


def ceilings(run):
    table = tables.read("grades", run)
    return dict(table[table.subject_kind == "claim"][["subject", "ceiling"]].itertuples(index=False, name=None))


def test_the_ceilings_differ_where_history_did_and_nowhere_else_and_the_assessment_says_so(then, now):
    before, after = ceilings(then[1]), ceilings(now[1])
    assert {c: (before[c], after[c]) for c in before if before[c] != after[c]} == {THE_DEPLOYMENT: ("2", "1")}
    assert re.search(r"c01\)?\S* ?: the ceiling was 2 then and is \[1\]\S+ now, for North Korea \(party\), which had denied or evaded "
                     r"it, confirmed it later \(\[L137\]", now[0].replace("](report.html#c01)", "]"))
    assert "c06]" in now[0].split("the ceiling is as it was")[0][-40:]  # the dead were never settled
    assert "Nothing differs from what could be said on the day of publication" in then[0]
    assert "Nothing differs" not in now[0] and "no other match, drift, origin or ceiling" in now[0]


def test_a_claim_that_came_to_stand_beside_the_ledger_is_named(then, now):
    def beside(run):
        t = tables.read("comparisons", run)
        return set(t[t.verdict != "not comparable"].claim_id)
    told = now[0].split("Against the day of publication")[1].split("## ")[0]
    came = beside(now[1]) - beside(then[1])
    assert came and all(f"[{c}]" in told for c in came)


def test_the_bottom_line_does_not_hide_that_what_was_refused_comment_lately_had_been_denied_before(then, now):
    for text, _ in (then, now):
        bottom = re.sub(r"\]\([^)]*\)", "]", text.split("## What was read")[0])
        assert "“no comment” became “deny”, which had been said before ([L003], [L008], [L017]) ([c16], [c17]" in bottom
        [row] = [n for n in text.split("## What changed on the way")[1].split("\n## ")[0].splitlines() if "[c16]" in n and "stance" in n]
        assert "said before: [L008]" in row


def test_the_drift_is_the_same_then_and_now(then, now):
    assert tables.read("retellings", then[1]).equals(tables.read("retellings", now[1]))


def test_the_dead_of_one_week_carry_a_contradiction_that_is_linked_to_its_rows(now):
    text, run = now
    card = text.split(f"### [{THE_DEAD}]")[1].split("### ")[0]
    against = [line for line in card.splitlines() if line.startswith("- **Against:**")]
    assert any("contradicts it ([L114](report.html#L114)" in line for line in against)
    assert any("[L069](report.html#L069) says less" in line and "became “killed”" in line for line in against)
    weighing = tables.read("weighing", run)
    seoul = weighing[(weighing.claim_id == THE_DEAD) & (weighing.house == "south-korea-government")]
    heads = tables.read("hypotheses", run)
    kind = dict(heads[heads.claim_id == THE_DEAD][["hypothesis", "kind"]].itertuples(index=False, name=None))
    assert {kind[h]: fits for h, fits in zip(seoul.hypothesis, seoul.fits)} == {
        "as stated": "no", "drift": "partly", "one origin": "unknown", "other time": "no", "own": "yes"}


def test_what_told_nothing_apart_then_tells_the_drift_from_the_claim_now(then, now):
    def least(run):
        h = tables.read("hypotheses", run)
        return list(h[(h.claim_id == THE_DEAD) & (h.least_against == "yes")].kind)
    assert least(then[1]) == ["as stated", "drift", "one origin", "own"]
    assert least(now[1]) == ["drift", "one origin", "own"]


def test_the_deployments_ceiling_rises_on_the_day_when_the_last_denier_confirmed_and_on_no_other():
    run = Run("kursk-retelling", "", RAW, RAW)
    claims, quantities = annotations.as_claims(tables.read(
        "annotations", RAW / "annotations" / "kursk-retelling.reader-a.csv"))
    sources, everything = tables.read("sources", run), ledger.read(run)
    [claim] = [c for c in matching.scoped(claims, quantities, sources) if c.claim_id == THE_DEPLOYMENT]
    days = sorted(d for d in set(everything.said_on) if d >= THEN)
    by_day = {d: tipping.judge("quantity", claim, ledger.evidence(ledger.known_by(everything, d), sources), THEN)[0]["ceiling"]
              for d in days}
    confirmed = everything[(everything.statement_id == "L137")].said_on.iloc[0]
    assert {d for d in days if by_day[d] == "1"} == {d for d in days if d >= confirmed}
    assert {by_day[d] for d in days if d < confirmed} == {"2"}


def test_then_the_program_named_the_confirmations_that_came(then):
    grade = tables.read("grades", then[1]).set_index("subject").loc[THE_DEPLOYMENT]
    assert "confirmation by North Korea" in grade.would_raise and "confirmation by Russia" in grade.would_raise
    assert "from 2 to 1" in grade.would_raise
    watched = tables.read("indicators", then[1])
    assert {f"a confirmation or a fresh denial by {who} (party)" for who in ("North Korea", "Russia")} <= set(watched.watch)


def test_motives_and_indoctrination_cannot_be_judged_then_or_now(then, now):
    for _, run in (then, now):
        claims, ceiling = tables.read("claims", run), ceilings(run)
        about = claims[(claims.kind == "cause") | claims.exact.str.contains("|".join(INDOCTRINATION))]
        assert len(about) > 5 and {ceiling[c] for c in about.claim_id} == {"6"}


def test_every_sentence_keeps_to_the_linter_whatever_the_yardstick(then, now):
    names = tables.read("sources", RAW / "sources.csv")["name"]
    for text, _ in (then, now):
        assert linter.faults(text, "icd203", names) == [] and linter.faults(text, "phia", names) == []


def test_a_text_that_keeps_to_killed_or_wounded_loses_the_drift_the_contradiction_and_the_sentence(tmp_path):
    words = (RAW / "texts" / "kursk-retelling.txt").read_text("utf-8")
    kept = words.replace("soldiers died within", "soldiers were killed or wounded within")
    assert kept != words
    found = {}
    for name, text in {"died": words, "kept": kept}.items():
        told, run = shipped(tmp_path / name, text=text)
        claims, net = tables.read("claims", run), tables.read("retellings", run)
        [claim] = claims[claims.exact.str.startswith("more than 1,000 North Korean soldiers")].claim_id
        net = net[(net.step == 0) & (net.claim_id == claim)]
        grade = tables.read("grades", run).set_index("subject").loc[claim]
        rivals = tables.read("hypotheses", run)
        found[name] = {"drift": "measure" in set(net.field), "against": "contradicts it" in grade.reasons_against,
                       "root": "says less" in grade.reasons_against, "ceiling": grade.ceiling,
                       "line": "“killed or wounded” became “killed”" in told,
                       "rival": "drift" in set(rivals[rivals.claim_id == claim].kind)}
    assert found["died"] == {"drift": True, "against": True, "root": True, "ceiling": "4", "line": True, "rival": True}
    assert found["kept"] == {"drift": False, "against": False, "root": False, "ceiling": "2", "line": False, "rival": False}
