"""A text's own shifts and contradictions: what must be found between two of its claims, and what must be left alone."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import inside, proposals, tables


def found(text):
    """{(field, old, new, direction)} of a text of June 2031."""
    proposal = proposals.propose(text, "2031-06-20")
    return {(r.field, r.old, r.new, r.direction)
            for r in inside.shifts(proposal.claims, proposal.quantities).itertuples()}


@pytest.mark.parametrize("text, expected", [
    ("Some wards in Quessel are overcrowded, nurses said. Overcrowding is widespread in the wards of Quessel.",
     ("degree", "some", "widespread", "stronger")),
    ("Many dancers in the troupe are injured, the doctor said. Some dancers in the troupe are injured, the director said.",
     ("degree", "many", "some", "weaker")),
    ("The motive is probably envy, the inspector said. Later the inspector said that the motive is clearly envy.",
     ("certainty", "probably (PR+)", "clearly (CT+)", "stronger")),
    ("The motive is probably envy, the inspector said. The motive is clearly envy, the neighbours said.",
     ("certainty", "probably (PR+)", "clearly (CT+)", "stronger")),
    ("The fire was likely caused by a cigarette, police said. The fire was caused by a cigarette.",
     ("certainty", "likely (PR+)", "CT+", "stronger")),
    ("The leak at the dam was certainly an accident. The leak at the dam was possibly an accident.",
     ("certainty", "certainly (CT+)", "possibly (PS+)", "weaker")),
    ("The main reason for the delay was the weather. A shortage of staff was the main reason for the delay.",
     ("cause", "the weather", "A shortage of staff", "other")),
    ("The fire was primarily caused by a faulty heater. Above all, the fire was caused by arson, neighbours say.",
     ("cause", "a faulty heater", "arson", "other")),
    ("The mayor denied that any money was missing. The mayor denied that any money was stolen.",
     ("denial", "missing", "steal", "other")),
    ("The firm denied that it had dumped waste in the river. The firm later denied that it had dumped waste in the lake.",
     ("denial", "river", "lake", "other")),
    ("The minister denied any knowledge of the deal. The minister denied any role in the deal.",
     ("denial", "knowledge", "role", "other")),
    ("About 300 workers were laid off in May, the company said. The union said that 450 workers were laid off in May.",
     ("magnitude", "about 300", "450", "stronger")),
    ("The mill in Orle will close, the director said. The mill in Orle will not close, the director said.",
     ("polarity", "is so", "is not so", "other")),
], ids=lambda v: v[0] if isinstance(v, tuple) else "")
def test_a_shift_is_found_and_it_is_the_only_one(text, expected):
    assert found(text) == {expected}


@pytest.mark.parametrize("text", [
    # another thing
    "The north bridge is closed, the mayor said. The south bridge is not closed, the mayor said.",
    "Some farmers in Orle lost cattle. Flooding is widespread in Brask.",
    "The motive is probably envy, the inspector said. The weapon is clearly a knife, the inspector said.",
    "The main reason for the delay was the weather. The main reason for the fire was a faulty heater.",
    "A doctor said that the patient would recover. The doctor said that another patient would not recover.",
    # another who says so: of two that are named, only what both say to be more or less sure is a shift
    "The motive is probably envy, the inspector said. The motive is envy, the neighbours said.",
    "The mill will close, the director said. The mill will not close, the union said.",
    # another time, people, place or rate
    "About 300 workers were laid off in May, the company said. The union said that 450 workers were laid off in March.",
    "In Orle 300 workers were laid off in May. In Marle 450 workers were laid off in May.",
    "In May 300 nurses were laid off. In May 450 drivers were laid off.",
    "Some 40 people a day were arrested in May. In May 900 people were arrested.",
    # numbers that can both be right
    "More than 300 workers were laid off in May, the company said. The union said that 450 workers were laid off in May.",
    "About 450 workers were laid off in May, the company said. The union said that 452 workers were laid off in May.",
    # one cause among several, and one that is put first
    "A main reason for the delay was the weather. The main reason for the delay was a shortage of staff.",
    # denials of numbers
    "The mayor denied a payment of 300 crowns. The mayor denied the payment of 500 crowns.",
    "A reason for the delay was the weather. A shortage of staff was the main reason for the delay.",
    # the same said twice
    "Some bridges are closed, drivers said. Some bridges are closed, the mayor said.",
    "The mayor denied that any money was missing. The mayor again denied that any money was missing.",
    # words that mean somebody else each time
    "We like you, the singer said. We do not like you, the singer said.",
])
def test_what_is_not_plainly_one_thing_is_left_alone(text):
    assert found(text) == set()


def test_each_row_names_two_claims_in_the_order_of_the_text_and_says_why():
    text = "The motive is probably envy, the inspector said. Later the inspector said that the motive is clearly envy."
    proposal = proposals.propose(text)
    [row] = inside.shifts(proposal.claims, proposal.quantities).itertuples()
    spans = {c.claim_id: (c.start, c.end, c.exact) for c in proposal.claims.itertuples()}
    assert spans[row.claim_a][1] <= spans[row.claim_b][0]
    assert all(text[start:end] == exact for start, end, exact in spans.values())
    assert "motiv" in row.note and "inspector" in row.note


def test_a_rejected_claim_and_an_opinion_shift_nothing():
    text = "The motive is probably envy, the inspector said. Later the inspector said that the motive is clearly envy."
    proposal = proposals.propose(text)
    for change in ({"status": "rejected"}, {"kind": "opinion"}):
        assert inside.shifts(proposal.claims.assign(**change), proposal.quantities).empty


def test_an_empty_text_has_no_shifts_and_the_table_keeps_its_columns():
    nothing = inside.shifts(tables.empty("claims"), tables.empty("quantities"))
    assert list(nothing.columns) == list(tables.SCHEMAS["shifts"][1]) and nothing.empty


@given(st.lists(st.text(max_size=30), min_size=2, max_size=5))
def test_whatever_a_cell_holds_is_data(cells):
    row = {"start": 0, "end": 1, "exact": "x", "paragraph": 1, "kind": "event", "chain": "author", "source_type": "none",
           "speech_act": "none", "polarity": "pos", "factuality_author": "CT+", "factuality_source": "CT+",
           "checkable": "yes", "status": "proposed", "annotator": "a"}
    claims = tables.frame("claims", [{**row, "claim_id": f"c{n}", "start": n, "end": n + 1, "exact": cell or "x",
                                      "proposition": cell, "measure": cell, "population": cell, "hedges": cell}
                                     for n, cell in enumerate(cells)])
    inside.shifts(claims, tables.empty("quantities"))
