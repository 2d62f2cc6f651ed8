"""Rival explanations: what the tables suggest, what a person adds, and what tells them apart."""
import pytest
from evidence import claim, evidence_of, ledger_of, statement

from helpers import hypotheses, tables
from helpers.paths import InputError

DRIFTED = [statement("a"), statement("b", source="Marle Echo", retells="a", measure="killed")]
KILLED = {"measure": "killed", "source_id": "~reports"}
FEW = statement("few", source="Field Survey", measure="killed", low=5, high=5, bound="")


def built(*rows, own=(), kind="quantity", **fields):
    heads, cells = hypotheses.build([(kind, claim(kind=kind, **fields))], evidence_of(*rows), "2031-05-10",
                                    tables.frame("own_hypotheses", list(own)))
    fits = {(r.hypothesis, r.house): r.fits for r in cells.itertuples()}
    return heads.set_index("kind"), fits, {r.house for r in cells[cells.tells_apart == "yes"].itertuples()}


def test_a_claim_that_nothing_rivals_is_left_out():
    heads, cells = hypotheses.build([("quantity", claim())], evidence_of(statement("a")), "2031-05-10")
    assert heads.empty and cells.empty


def test_a_drifted_claim_and_what_was_first_said_are_told_apart_by_who_contradicts_only_one():
    heads, fits, apart = built(*DRIFTED, FEW, **KILLED)
    assert list(heads.index) == ["as stated", "drift"] and list(heads.against) == [1, 0]
    assert list(heads.least_against) == ["no", "yes"] and apart == {"survey"}
    assert fits["H1", "survey"] == "no" and fits["H2", "hospital"] == "yes"


def test_copies_and_relays_are_no_evidence_against_or_for_anything():
    copies = [FEW | {"statement_id": f"few{n}"} for n in range(5)]
    relays = [FEW | {"statement_id": f"r{n}", "source": "Echo Mirror", "retells": "few"} for n in range(5)]
    assert list(built(*DRIFTED, FEW, *copies, *relays, **KILLED)[0].against) == [1, 0]


def test_one_origin_repeated_is_spoken_against_by_who_says_the_same_on_knowledge_of_its_own():
    relays = [statement(f"r{n}", source=s, retells="a") for n, s in enumerate(["Marle Echo", "Echo Mirror"])]
    heads, fits, apart = built(statement("a"), *relays)
    assert "one origin" in heads.index and not apart
    heads, fits, apart = built(statement("a"), *relays, statement("s", source="Field Survey"))
    assert heads.against["one origin"] == 1 and fits["H2", "survey"] == "no" and apart == {"survey"}


def test_a_number_of_another_time_is_another_explanation():
    june = statement("june", source="Field Survey", said_on="2031-06-09", period_start="2031-06-01", period_end="2031-06-07")
    heads, fits, _ = built(statement("a", low=5, high=5, bound=""), june)
    assert "2031-06-01 to 2031-06-07 (june)" in heads.words["other time"] and fits["H1", "hospital"] == "no"


def test_a_denial_is_an_explanation_until_the_denier_confirms():
    deny = statement("deny", source="Governor", stance="deny", low="", bound="", said_on="2031-05-02")
    yes = statement("yes", source="Governor", stance="confirm", low="", bound="", said_on="2031-06-02")
    _, fits, _ = built(statement("a"), deny)
    assert (fits["H1", "government"], fits["H2", "government"]) == ("no", "yes")
    _, fits, _ = built(statement("a"), deny, yes)
    assert (fits["H1", "government"], fits["H2", "government"]) == ("yes", "no")


def own(**fields):
    return {"subject": "c1", "exact": "x", "hypothesis": "The clinic counted visits", "reason": "I asked.",
            "proposed_by": "N. N.", "proposed_on": "2031-06-01"} | fields


def test_a_persons_hypothesis_stands_beside_the_programs_under_its_own_name():
    mine = [own(statement_id="a", fits="no"), own(statement_id="few", fits="yes")]
    heads, fits, apart = built(*DRIFTED, FEW, own=mine, **KILLED)
    assert heads.proposed_by["own"] == "N. N." and heads.against["own"] == 1
    assert fits["H3", "hospital"] == "no" and fits["H3", "survey"] == "yes" and apart == {"survey", "hospital"}


@pytest.mark.parametrize("fields, part", [({"statement_id": "zz", "fits": "yes"}, "'zz' is not in the ledger"),
                                          ({"statement_id": "a"}, "together with whether it fits"), ({"fits": "no"}, "together")])
def test_a_persons_row_that_cannot_be_is_refused(fields, part):
    with pytest.raises(InputError, match=part):
        hypotheses.check(tables.frame("own_hypotheses", [own(**fields)]), ledger_of(*DRIFTED), "marle.hypotheses.csv")


def test_a_persons_row_on_other_words_or_on_what_was_not_known_is_not_applied():
    claims = tables.frame("claims", [{"claim_id": "c1", "exact": "x", "start": 0, "end": 1, "paragraph": 1}])
    given = tables.frame("own_hypotheses", [own(), own(exact="y"), own(statement_id="later", fits="yes")])
    assert len(hypotheses.applied(given, claims, evidence_of(*DRIFTED))) == 1
