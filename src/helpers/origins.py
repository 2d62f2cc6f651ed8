"""How many independent origins stand behind a claim. Ten outlets that relay one official are one origin.

Statements are joined into one *origin* if one retells the other, if both retell one root, if the sources of their roots
are one source or belong to one `origin_family`, if a root credits the other's house in its own words, or if both credit
one and the same name. Each origin says why its members were joined. An origin is *independent* where its family is known
and nothing suggests that its numbers are another's; a blank family is not independence, it is not knowing. Copies add
mentions, never origins.
"""
from collections.abc import Iterable
from typing import NamedTuple

import networkx as nx
import pandas as pd

from helpers import positions, repeats, tables
from helpers.ledger import Evidence

BEST = ("yes", "no", "partly")  # which word of an origin counts, if its roots say several things


class Cluster(NamedTuple):
    """The statements of one origin."""

    members: list[str]
    roots: list[str]
    families: list[str]  # of the roots, where they are known
    why: str


def of_claims(comparisons: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """The table `origins`: per claim, one row an origin of the statements that bear on it."""
    return tables.frame("origins", [
        {"claim_id": claim, **origin}
        for claim, group in comparisons[comparisons.agrees != ""].sort_values(["claim_id", "rank"]).groupby("claim_id")
        for origin in behind(bearing(group.to_dict("records")), evidence)])


def bearing(rows: Iterable[dict]) -> dict[str, str]:
    """statement_id -> what it says of the claim, for the rows of `comparisons` that say anything of it."""
    return {r["statement_id"]: r["agrees"] for r in rows if r["agrees"] in ("yes", "partly", "no")}


def behind(agrees: dict[str, str], evidence: Evidence) -> list[dict]:
    """The origins of the statements given, as rows of the table `origins` without claim_id, in order of first mention;
    and with each, as `speaking`, the members that say what the origin says.

    agrees: statement_id -> what it says of the claim (`pairs.agreement`). What an origin says is what its roots say;
    where a root was not itself compared with the claim, its relays can speak for it, but at most partly. A root that
    only credits another of the origin does not speak for it, and a number that its source has corrected counts no more.
    """
    found = []
    for n, c in enumerate(_clusters(agrees, evidence), 1):
        speaking = _speaking(c, agrees, evidence)
        parties = {evidence.party.get(evidence.statements[r].source_id, "unknown") for r in c.roots}
        word = next((w for w in BEST if w in speaking.values()), "partly")
        doubt = repeats.reason({*c.families}, {repeats.subject(evidence.statements[m]) for m in c.members}, evidence)
        found.append({
            "origin": f"O{n}", "root_id": evidence.root[c.members[0]][0], "origin_family": ";".join(c.families),
            "independent": "yes" if c.families and not doubt else "unknown",
            "party_to_event": "yes" if "yes" in parties else "unknown" if "unknown" in parties else "no",
            "agrees": word, "mentions": evidence.mentions(c.members), "statement_ids": ";".join(c.members),
            "why": f"{c.why}; {doubt}: to be confirmed by a person" if doubt else c.why,
            "speaking": [m for m in c.members if agrees[m] == word] or c.members})
    return found


def proposed(evidence: Evidence) -> pd.DataFrame:
    """The table `proposed_origins`: pairs of houses that may be one origin on a subject, for a person to confirm (by one
    `origin_family` for both in sources.csv, or by `retells`); those whose numbers agree most often first.

    house_a gave it first, house_b may be repeating it. periods: for how many both gave an unrounded number; agreeing: in
    how many of them it was one number (`repeats.agree`); share: agreeing of periods. An origin's independence rests on
    the same signs (`behind`).
    """
    rows = []
    for about in sorted(evidence.once(repeats.told)):
        for pair, signs in repeats.signs(about, evidence).items():
            periods, agreeing = repeats.compared(pair, about, evidence)
            words = [f"the numbers agree to the unit in {agreeing} of {periods} period{'s' * (periods > 1)}"
                     + (", which may be chance" if agreeing == 1 else "")] if agreeing else []
            words += [s.words() for s in signs if not s.cell][:3]
            rows.append({
                "house_a": pair[0], "house_b": pair[1], "subject": positions.subject(*about), "periods": periods,
                "agreeing": agreeing, "share": round(agreeing / periods, 3) if periods else "", "why": "; ".join(words),
                "statement_ids": ";".join(dict.fromkeys(
                    i for s in signs for i in (s.of, s.statement_id) if i in evidence.statements))})
    rows.sort(key=lambda r: (-r["agreeing"], r["subject"], r["house_a"], r["house_b"]))
    return tables.frame("proposed_origins", rows)


def _clusters(statements: Iterable[str], evidence: Evidence) -> list[Cluster]:
    """The connected parts of the graph statement - root - house, in order of first mention."""
    graph = nx.Graph()
    for s in statements:
        root = evidence.root[s][0]
        graph.add_edge(("statement", s), ("root", root))
        # The root's house joins, not the relay's: an outlet that relays a rival of its own state says the rival's word.
        graph.add_edge(("root", root), ("house", evidence.house(evidence.statements[root].source_id)))
        graph.add_edges_from((("root", root), ("house", named)) for named in evidence.credited(root))
    order = {s: i for i, s in enumerate(statements)}
    found = []
    for part in nx.connected_components(graph):
        members = sorted((s for kind, s in part if kind == "statement"), key=order.get)
        roots = sorted(s for kind, s in part if kind == "root")
        families = sorted({f for r in roots if (f := evidence.family.get(evidence.statements[r].source_id))})
        found.append(Cluster(members, roots, families, _why(members, roots, evidence)))
    return sorted(found, key=lambda c: order[c.members[0]])


def _why(members: list[str], roots: list[str], evidence: Evidence) -> str:
    """Each kind of join that holds the members together, in words."""
    said_by: dict[str, list[str]] = {}
    for r in roots:
        said_by.setdefault(evidence.house(evidence.statements[r].source_id), []).append(r)
    relayed = sorted({evidence.root[m][0] for m in members if evidence.root[m][0] != m})
    shared = sorted(house for house, own in said_by.items() if len(own) > 1)
    families, single = ([h for h in shared if (h in evidence.family.values()) is known] for known in (True, False))
    named: dict[str, list[str]] = {}
    for r in roots if len(roots) > 1 else ():
        for house in evidence.credited(r):
            named.setdefault(house, []).append(r)
    why = [f"retell {', '.join(relayed)}"] if relayed else []
    why += [f"one family: {', '.join(evidence.called[f] for f in families)}"] if families else []
    why += [f"one source: {', '.join(evidence.called[s] for s in single)}"] if single else []
    why += [f"{', '.join(own)} credit{'s' * (len(own) == 1)} {_called(house, evidence)}"
            for house, own in sorted(named.items()) if house in said_by or len(own) > 1]
    copies = evidence.mentions(members) - len(members)
    why += [f"{copies} verbatim cop{'y' if copies == 1 else 'ies'}"] if copies else []
    return "; ".join(why) or "a single statement"


def _called(house: str, evidence: Evidence) -> str:
    unlisted = f"{house[1:].replace('-', ' ')}, a name that sources.csv does not list"
    return unlisted if house.startswith("~") else evidence.called.get(house, house)


def _speaking(c: Cluster, agrees: dict[str, str], evidence: Evidence) -> dict[str, str]:
    """statement_id -> what it says, for the members that speak for the origin."""
    houses = {evidence.house(evidence.statements[r].source_id) for r in c.roots if not evidence.credited(r)}
    own = [r for r in c.roots if r in agrees and not evidence.credited(r) & houses]
    gone = {r for r in own for later in own if _corrects(evidence.statements[later], evidence.statements[r])}
    return {r: agrees[r] for r in own if r not in gone} | {
        m: "partly" for m in c.members if evidence.root[m][0] not in agrees and agrees[m] in ("yes", "partly")}


def _corrects(later, earlier) -> bool:
    """Whether a statement takes the place of an earlier one of its source: the same subject and time."""
    return (later.stance == "correct" and later.source_id == earlier.source_id
            and repeats.subject(later) == repeats.subject(earlier) and later.place == earlier.place
            and (later.said_on, later.statement_id) > (earlier.said_on, earlier.statement_id)
            and (later.period_start, later.period_end) == (earlier.period_start, earlier.period_end))
