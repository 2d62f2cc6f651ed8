"""What the assessment says, as rows and short sentences: drawn from the tables, before any of it is put into prose."""
import re
from collections import Counter

import pandas as pd

from helpers import english, grades, measures, scopes, tellings
from helpers import positions as held
from helpers.ledger import DENYING, Evidence
from helpers.matching import Scoped
from helpers.paths import Run


def sources(t: dict) -> list[dict]:
    found = []
    for g in t["grades"][t["grades"].subject_kind == "source"].to_dict("records"):
        cited = [c.claim_id for c in t["claims"].itertuples() if g["subject"] in c.chain.split(" > ")]
        found.append({**g, "source_id": g["subject"], "name": g["exact"],
                      "cited_for": ", ".join(f"[{c}](#{c})" for c in cited) or "not cited; the origin of a claim"})
    return found


def unresolved(claims: pd.DataFrame) -> list[str]:
    count = Counter(s for chain in claims.chain for s in chain.split(" > ") if s.startswith("~"))
    return [f"{s[1:].replace('-', ' ')} ({n})" for s, n in sorted(count.items(), key=lambda x: (-x[1], x[0]))]


def numbers(t: dict, scoped: list[Scoped]) -> list[dict]:
    found = []
    for c in scoped:
        if not (amount := tellings.amount(c)):
            continue
        own = t["comparisons"][t["comparisons"].claim_id == c.claim_id]
        comparable = own[own.verdict != "not comparable"]
        others = t["not_compared"][t["not_compared"].claim_id == c.claim_id].statements.sum()
        found.append({"claim_id": c.claim_id, "amount": amount, "comparable": f"{len(comparable)} of {len(comparable) + others}",
                      "counts": counted(c),
                      "over": tellings.span_of(c) or "not said",
                      "same": _short(comparable[comparable.agrees == "yes"].statement_id),
                      "contradicting": _short(comparable[comparable.agrees == "no"].statement_id)})
    return found


def counted(c: Scoped, most: int = 14) -> str:
    """What a claim counts: by the lists' names for it or, where they have none, in the text's own words. A verb's lemma
    beside a noun's is no prose."""
    listed = measures.parse(c.measure).known and (not c.population or c.population in scopes.listed_populations())
    if listed or not c.proposition:
        return plain(" ".join(filter(None, (c.population, c.measure, c.rate))))
    words = c.proposition.rstrip(".").split()
    return " ".join(words[:most]) + ("…" if len(words) > most else "")


def _short(ids: pd.Series) -> str:
    return (", ".join(ids.iloc[:4]) + (f" and {len(ids) - 4} more" if len(ids) > 4 else "")) or "none"


def positions(scoped: list[Scoped], evidence: Evidence) -> list[dict]:
    """Per subject of the text and actor: denial, evasion, confirmation in the order in which they were said."""
    found = []
    subjects = {(m, c.population) for c in scoped if c.population or c.stance in DENYING
                for m in (c.measure, *(m for m in evidence.measures if c.measure and measures.alike(c.measure, m)))}
    for measure, population in sorted(subjects):
        sequence: dict[str, list] = {}
        for actor, s in held.about(measure, population, evidence):
            sequence.setdefault(actor, []).append(s)
        for actor in sorted(sequence):
            if any(s.stance in DENYING for s in sequence[actor]):
                found.append({"subject": " ".join(filter(None, (population, measure.replace("_", " ")))),
                              "actor": evidence.called[actor], "sequence": " → ".join(
                                  f"{s.said_on} {s.stance.replace('_', ' ')} {s.statement_id}" for s in sequence[actor])})
    shown = {(p["actor"], p["sequence"]): p for p in found}  # a subject with and without its population is one
    return list(shown.values())


def movements(moved: pd.DataFrame, most: int = 6) -> list[dict]:
    """What moved since the day of publication, by kind, claims that moved alike together; the first few of each kind."""
    found = []
    for what, rows in moved.groupby("what", sort=False):
        alike: dict[tuple, list[str]] = {}
        for m in rows.itertuples():
            alike.setdefault((m.then, m.now, m.why), []).append(m.claim)
        said = [f"{', '.join(claims)} from {then} to {now}" + (f" ({why})" if why else "")
                for (then, now, why), claims in alike.items()]
        more = [f"and {len(said) - most} more changes"] if len(said) > most else []
        found.append({"what": what, "claims": list(rows.claim), "said": said[:most] + more})
    return sorted(found, key=lambda f: ("ceiling", "match", "drift", "origins", "position").index(f["what"]))


def explanations(t: dict) -> list[str]:
    """Hypotheses that the tables themselves suggest, beside the one that a claim is true as stated."""
    found, net = [], t["retellings"][t["retellings"].step == 0]
    for d in net[(net.direction == "stronger") & net.field.isin(["measure", "stance", "magnitude"])].itertuples():
        found.append(f"{d.claim_id}: a {d.field} drift of a true statement. {d.root_id} as first said, “{plain(d.old)}”, "
                     f"is enough to explain the text's “{plain(d.new)}”.")
    for claim, o in t["origins"].groupby("claim_id", sort=True):
        most = o.sort_values("mentions", kind="stable").iloc[-1]
        if most.mentions >= 3 and most.mentions > 0.6 * o.mentions.sum():
            found.append(f"{claim}: one origin repeated. {most.mentions} of {o.mentions.sum()} mentions go back to one "
                         f"origin ({most.root_id}).")
    wide = t["comparisons"][(t["comparisons"].agrees == "no") & (t["comparisons"].period == "contained")]
    for claim, rows in wide.groupby("claim_id", sort=True):
        found.append(f"{claim}: an error of period. A total over a longer time contradicts it "
                     f"({', '.join(rows.statement_id.iloc[:4])}).")
    return found


def tipping(t: dict) -> list[dict]:
    """What moves which ceiling: claims that share a ceiling and all that would change it, in one row."""
    moves = t["sensitivity"][(t["sensitivity"].moves == "yes") & (t["sensitivity"].change == "drop statement")]
    found: dict[tuple, list[str]] = {}
    for g in t["grades"][(t["grades"].subject_kind == "claim") & (t["grades"].ceiling != "6")].to_dict("records"):
        rests = "; ".join(f"without {m.changed_id} it is {m.ceiling_after}"
                          for m in moves[moves.subject == g["subject"]].itertuples())
        found.setdefault((g["ceiling"], rests, g["would_raise"], g["would_lower"]), []).append(g["subject"])
    return [{"claims": claims, "ceiling": ceiling, "moves": rests, "would_raise": reasons(up), "would_lower": reasons(down)}
            for (ceiling, rests, up, down), claims in found.items()]


def copy_test(sensitivity: pd.DataFrame) -> dict:
    copies = sensitivity[sensitivity.change == "copy statement"]
    return {"n": len(copies), "moved": int((copies.moves == "yes").sum())} if len(copies) else {}


def gaps(t: dict, document: dict, judgements: pd.DataFrame, evidence: Evidence, run: Run) -> list[str]:
    """What is not known, and what was decided by whom; of a text without claims, why it has none."""
    found = []
    if t["claims"].empty:
        text = (run.folder / "text.txt").read_bytes().decode()
        found.append(english.remark(text) or "No claim was found in the text.")
    if not document["published"]:
        found.append("The day of publication is not known: any statement may be what the text relays, and relative "
                     "periods are left open.")
    ambiguous = t["comparisons"][t["comparisons"].verdict == "ambiguous"].claim_id.nunique()
    if ambiguous:
        found.append(f"Claims whose nearest relay is not settled: {ambiguous}; they are traced through the relay with the "
                     "fewest steps if all share one root, and not at all otherwise.")
    unknown = int((t["origins"].independent == "unknown").sum())
    if unknown:
        found.append(f"Origins whose independence is not known: {unknown} of {len(t['origins'])}; they are counted as "
                     "mentions and never lift a ceiling to 1.")
    used = sorted({s for ids in t["grades"].statement_ids for s in ids.split(";") if s})
    weak = [s for s in used if evidence.statements[s].seen_with in ("medium", "low")]
    if weak:
        found.append(f"Statements that we are less sure of having read rightly: {', '.join(weak)}.")
    for subject, why in grades.unapplied(judgements, t["claims"], evidence).items():
        found.append(f"The judgement on {subject} is not applied: {why}.")
    human = int((t["grades"].grade != "").sum())
    found.append(f"The program proposed {len(t['grades'])} ceilings and the matches they rest on; people set {human} "
                 "grades. No likelihood is given: a source's hedge is reported as the source's.")
    return found


def references(t: dict, evidence: Evidence) -> list[dict]:
    cited = {s for ids in t["grades"].statement_ids for s in ids.split(";") if s} | set(t["retellings"].root_id)
    cited |= set(t["comparisons"][t["comparisons"].verdict.isin(["match", "ambiguous"])].statement_id)
    rows = [evidence.statements[s]._asdict() for s in evidence.statements if s in cited]
    web = re.compile(r"https?://[^\s<>\"]+")
    return [{**r, "url": r["page_url"] if web.fullmatch(r["page_url"]) else ""} for r in rows]


def reasons(cell: str) -> list[str]:
    return cell.split(grades.LIST) if cell else []


def plain(value: str) -> str:
    """A table's value as one reads it: killed_or_wounded is "killed or wounded"."""
    return str(value).replace("_", " ")
