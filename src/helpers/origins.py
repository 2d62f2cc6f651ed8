"""How many independent origins stand behind a claim. Ten outlets that relay one official are one origin.

Statements are joined into one *origin* if one retells the other, if both retell one root, or if the sources of their
roots belong to one `origin_family`. Each origin says why its members were joined. An origin is *independent* where its
family is known and nothing suggests that its numbers are another's; a blank family is not independence, it is not
knowing. Copies add mentions, never origins.
"""
import networkx as nx
import pandas as pd

from helpers import tables
from helpers.ledger import Evidence

BEST = ("yes", "no", "partly")  # which word of an origin counts, if its roots say several things


def of_claims(comparisons: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """The table `origins`: per claim, one row an origin of the statements that bear on it."""
    return tables.frame("origins", [
        {"claim_id": claim, **origin}
        for claim, group in comparisons.sort_values(["claim_id", "rank"]).groupby("claim_id", sort=True)
        for origin in behind(bearing(group.to_dict("records")), evidence)])


def bearing(rows: list[dict]) -> dict[str, str]:
    """statement_id -> what it says of the claim, for the rows of `comparisons` that say anything of it."""
    return {r["statement_id"]: r["agrees"] for r in rows if r["agrees"] in ("yes", "partly", "no")}


def behind(agrees: dict[str, str], evidence: Evidence) -> list[dict]:
    """The origins of the statements given, as rows of the table `origins` without claim_id, in order of first mention;
    and with each, as `speaking`, the members that say what the origin says.

    agrees: statement_id -> what it says of the claim (`matching.agreement`). What an origin says is what its roots say;
    where a root was not itself compared with the claim, its relays can speak for it, but at most partly.
    """
    found = []
    for n, (members, families, why) in enumerate(_clusters(agrees, evidence), 1):
        roots = sorted({evidence.root[m][0] for m in members})
        words = {agrees[r] for r in roots if r in agrees} | {
            "partly" for m in members if evidence.root[m][0] not in agrees and agrees[m] in ("yes", "partly")}
        parties = {evidence.party.get(evidence.statements[r].source_id, "unknown") for r in roots}
        found.append({
            "origin": f"O{n}", "root_id": evidence.root[members[0]][0], "origin_family": ";".join(families),
            "independent": "yes" if families else "unknown",
            "party_to_event": "yes" if "yes" in parties else "unknown" if "unknown" in parties else "no",
            "agrees": next((w for w in BEST if w in words), "partly"), "mentions": len(members),
            "statement_ids": ";".join(members), "why": why})
        found[-1]["speaking"] = [m for m in members if agrees[m] == found[-1]["agrees"]] or members
    return _doubted(found, evidence)


def _clusters(statements, evidence: Evidence) -> list[tuple[list[str], list[str], str]]:
    """(members, families, why they were joined) for each connected part of the graph statement - root - family."""
    graph = nx.Graph()
    for s in statements:
        root = evidence.root[s][0]
        graph.add_edge(("statement", s), ("root", root))
        # The root's family joins, not the relay's: an outlet that relays a rival of its own state says the rival's word.
        if family := evidence.family.get(evidence.statements[root].source_id):
            graph.add_edge(("root", root), ("family", family))
    order = {s: i for i, s in enumerate(statements)}
    found = []
    for part in nx.connected_components(graph):
        members = sorted((s for kind, s in part if kind == "statement"), key=order.get)
        roots = sorted(s for kind, s in part if kind == "root")
        families = sorted(f for kind, f in part if kind == "family")
        relayed = [r for r in roots if any(evidence.root[m][0] == r and m != r for m in members)]
        why = ([f"retell {', '.join(relayed)}"] if relayed else []) + (
            [f"one family: {', '.join(evidence.called[f] for f in families)}"] if len(roots) > 1 else [])
        found.append((members, families, "; ".join(why) or "a single statement"))
    return sorted(found, key=lambda f: order[f[0][0]])


def _doubted(found: list[dict], evidence: Evidence) -> list[dict]:
    """Origins whose independence is not known after all: a house that on the same subject relays another's count, or
    gives an unrounded number that another gave before to the unit, may be its copy until a person confirms otherwise."""
    for o in found:
        own = set(filter(None, o["origin_family"].split(";")))
        subjects = {_subject(evidence.statements[m]) for m in o["statement_ids"].split(";")}
        for measure in sorted({measure for measure, *_ in subjects}):
            if o["independent"] != "yes":
                break
            same = [s for s in evidence.measures[measure] if _subject(s) in subjects]
            if reason := _copied(own, same, evidence):
                o |= {"independent": "unknown", "why": f"{o['why']}; {reason}: to be confirmed by a person"}
    return found


def _copied(own: set[str], statements: list[tuple], evidence: Evidence) -> str:
    """Why the house (families) may be a copy of another, from statements on one subject in order of time; "" if nothing."""
    first: dict[tuple, tuple] = {}
    for s in statements:
        root = evidence.statements[evidence.root[s.statement_id][0]]
        by, house = evidence.family.get(s.source_id), evidence.family.get(root.source_id)
        if by in own and house and house not in own:
            return f"{s.statement_id} relays {root.statement_id} on the same subject"
        if s.low == s.high and len(f"{s.low:.0f}".rstrip("0")) >= 3 and house:
            told = first.setdefault((s.period_start, s.period_end, s.low), (s.statement_id, house))
            if house in own and told[1] not in own:
                return f"{s.statement_id} gives the number of {told[0]} to the unit"
    return ""


def _subject(s) -> tuple[str, str, str]:
    return s.measure, s.population, s.rate
