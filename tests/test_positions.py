from evidence import claim, evidence_of, ledger_of, sources, statement

from helpers import ceilings, ledger, positions

SILENT = {"low": "", "bound": ""}
HELD = [statement("n", source="Governor", stance="no_comment", said_on="2031-05-01", **SILENT),
        statement("d", source="Health Ministry", stance="deny", said_on="2031-05-03", **SILENT),
        statement("y", source="Governor", stance="confirm", said_on="2031-06-01", **SILENT),
        statement("x", source="Governor", stance="correct", low=30, high=30, bound="", said_on="2031-06-05")]


def stances(found, actor="government"):
    return list(found[found.actor == actor].stance)


def test_denial_confirmation_and_correction_stand_in_the_order_in_which_they_were_said():
    found = positions.sequences(evidence_of(*HELD[::-1]))
    assert stances(found) == ["no_comment", "deny", "confirm", "correct"]
    assert list(found.statement_id) == ["n", "d", "y", "x"] and set(found.subject) == {"killed or wounded, patients"}


def test_a_later_confirmation_rewrites_nothing_that_was_known_before():
    for day, known in (("2031-05-02", 1), ("2031-05-31", 2), ("2031-06-01", 3), ("", 4)):
        cut = ledger.evidence(ledger.known_by(ledger_of(*HELD), day), sources())
        assert stances(positions.sequences(cut)) == ["no_comment", "deny", "confirm", "correct"][:known]


def test_a_relays_word_is_not_its_own_position():
    relayed = [statement("e", source="Marle Echo", stance="deny", retells="d", said_on="2031-05-04", **SILENT),
               statement("m", source="Echo Mirror", stance="deny", said_on="2031-05-04", **SILENT)]  # of whom is not known
    assert set(positions.sequences(evidence_of(*HELD, *relayed)).actor) == {"government"}


def test_an_outlet_corrects_its_own_number():
    found = positions.sequences(evidence_of(statement("a", source="Marle Echo"),
                                            statement("b", source="Marle Echo", stance="correct", low=30, said_on="2031-05-09")))
    assert stances(found, "paper") == ["assert", "correct"]


def test_an_outlet_that_tells_of_a_denial_resolves_nobodys_record():
    told = statement("e", source="Marle Echo", stance="deny", said_on="2031-05-04", **SILENT)
    yes = statement("f", source="Marle Echo", stance="confirm", said_on="2031-06-04", **SILENT)
    assert ceilings.track_record(evidence_of(statement("a", said_on="2031-05-02"), told, yes)).empty


def test_what_an_actor_said_since_is_listed_beside_what_it_held_then():
    silent = {"low": "", "bound": ""}
    denial = statement("a", source="Governor", stance="deny", said_on="2031-05-01", **silent)
    later = statement("b", source="Health Ministry", stance="confirm", said_on="2031-05-20", **silent)
    then, now = evidence_of(denial), evidence_of(denial, later)
    [row] = positions.turned([claim()], then, now).to_dict("records")
    assert row == {"claim": "c1", "what": "position", "then": "denied (a)", "now": "denied (a) → confirmed (b)",
                   "why": "Health Ministry (party)"}
    assert positions.turned([claim()], now, now).empty and positions.turned([claim(measure="rained")], then, now).empty
