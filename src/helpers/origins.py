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

BEST = ("yes", "no", "partly", "unknown")  # which word of an origin counts, if its roots say several things


def of_claims(comparisons: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """The table `origins`: per claim, one row an origin of the statements that may be compared with it."""
    taken = comparisons[comparisons.verdict != "not comparable"].sort_values(["claim_id", "rank"])
    return tables.frame("origins", [
        {"claim_id": claim, **origin} for claim, group in taken.groupby("claim_id", sort=True)
        for origin in behind(dict(zip(group.statement_id, group.agrees)), evidence)])


def behind(agrees: dict[str, str], evidence: Evidence) -> list[dict]:
    """The origins of the statements given, as rows of the table `origins` without claim_id, in order of first mention.

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
            "agrees": next((w for w in BEST if w in words), "unknown"), "mentions": len(members),
            "statement_ids": ";".join(members), "why": why})
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
    """An origin whose unrounded number is another's to the unit, said later, may be its copy: its independence is not
    known until a person confirms it."""
    seen: dict[tuple, tuple[int, str]] = {}
    said = sorted(((evidence.statements[m].said_on, m, i) for i, o in enumerate(found)
                   for m in o["statement_ids"].split(";")))
    for _, m, i in said:
        s = evidence.statements[m]
        if s.low != s.high or len(f"{s.low:.0f}".rstrip("0")) < 3:
            continue
        first, by = seen.setdefault((s.population, s.rate, s.period_start, s.period_end, s.low), (i, m))
        if first != i and found[i]["independent"] == "yes":
            found[i] |= {"independent": "unknown", "why": found[i]["why"] + f"; {m} gives the number of {by} to the unit: "
                         f"proposed as one origin with {found[first]['origin']}, for a person to confirm"}
    return found
