"""Leaving statements out is judged from what they touch; it must come out as if the ledger had never held them."""
from evidence import claim, evidence_of, sources, statement
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import ledger, tipping

SOURCES = ("Marle Hospital", "Health Ministry", "Governor", "Field Survey", "Marle Echo", "Echo Mirror")
CREDITS = ("", "", "", "Over forty, according to the ministry", "Over forty, citing Marle Hospital")


@st.composite
def ledgers(draw, most=9):
    """A small ledger: chains, repeated numbers, denials, corrections, credits."""
    rows = []
    for n in range(draw(st.integers(1, most))):
        source = draw(st.sampled_from(SOURCES))
        stance = draw(st.sampled_from(["assert"] * 6 + ["confirm", "deny", "no_comment", "correct"]))
        number = draw(st.sampled_from([{}, {"low": 41, "high": 41, "bound": ""}, {"low": 1354, "high": 1354, "bound": ""},
                                       {"low": 5, "high": 5, "bound": ""}]))
        if stance in ("confirm", "deny", "no_comment"):
            number = {"low": "", "high": "", "bound": ""}
        rows.append(statement(
            f"s{n}", source=source, stance=stance, said_on=f"2031-05-0{draw(st.integers(1, 9))}",
            retells=draw(st.sampled_from(["", *(r["statement_id"] for r in rows)])) if rows else "",
            measure=draw(st.sampled_from(["killed_or_wounded", "killed_or_wounded", "killed"])),
            paraphrase=draw(st.sampled_from(CREDITS)), **number))
    return rows


def never_seen(rows, dropped):
    """The rows without some: what retells one of them retells what that one retells, if anything."""
    parent = {r["statement_id"]: r["retells"] for r in rows}

    def up(s):
        while s in dropped:
            s = parent[s]
        return s

    return [r | {"retells": up(r["retells"])} for r in rows if r["statement_id"] not in dropped]


CLAIMS = st.sampled_from([claim(), claim(source_id="~reports"), claim(source_id="ministry", measure="killed"),
                          claim(low=1354.0), claim(low=1354.0, high=1354.0, bound="", source_id="paper"),
                          claim(kind="event", low=float("nan"), bound=""),
                          claim(kind="event", stance="deny", source_id="ministry", low=float("nan"), bound=""),
                          claim(kind="event", polarity="neg", measure="killed", low=float("nan"), bound=""),
                          claim(kind="cause", measure="", population="", source_id="ministry", low=float("nan"), bound="",
                                proposition="There are over forty, according to the ministry")])


@given(ledgers(), CLAIMS)
@settings(max_examples=150)
def test_what_is_left_out_is_as_if_it_had_never_been_seen(rows, c):
    evidence = evidence_of(*rows)
    found = tipping.sensitivity([(c.kind, c)], evidence, "2031-05-10")
    _, behind = tipping.judge(c.kind, c, evidence, "2031-05-10")
    members = {o["origin"]: o["statement_ids"].split(";") for o in behind}
    copies = {}
    for copy, first in evidence.copies.items():
        copies.setdefault(first, set()).add(copy)
    ids = ledger.source_index(sources())
    for r in found[found.change.isin(["drop statement", "drop origin", "drop source", "cut-off"])].itertuples():
        dropped = {"drop origin": lambda: members[r.changed_id], "drop statement": lambda: [r.changed_id],
                   "drop source": lambda: [s["statement_id"] for s in rows if ids[s["source"].casefold()] == r.changed_id],
                   "cut-off": lambda: [s["statement_id"] for s in rows if s["said_on"] > r.changed_id]}[r.change]()
        dropped = set(dropped)
        dropped |= set().union(*(copies.get(s, ()) for s in dropped))
        after = tipping.judge(c.kind, c, evidence_of(*never_seen(rows, dropped)), "2031-05-10")[0]["ceiling"]
        assert r.ceiling_after == after, (r.change, r.changed_id)
    assert not ((found.change == "copy statement") & (found.moves == "yes")).any()
