"""The written assessment: sentences from the tables, each resting on rows the reader can open.

The words stand in templates/assessment.md.j2; here the tables become what it says. Nothing is judged here.
"""
import re

import jinja2
import pandas as pd

from helpers import ceilings, explaining, findings, grades, ledger, links, matching, prospects, sources, tables, unjudged
from helpers.bottom_line import bottom_line, grown
from helpers.escaping import code, md, md_keep
from helpers.ledger import Evidence
from helpers.matching import Scoped
from helpers.paths import Run

# A link to rows of a table (`links.rows`), or a word that may be an id.
_TOKEN = re.compile(r"(\[[\w ,.-]+\]\(\w+\.csv(?:#row=[\d;-]+)?\))|[\w.+:-]*\w")


READ = ("claims", "quantities", "comparisons", "not_compared", "retellings", "origins", "grades", "sensitivity",
        "track_record", "indicators", "hypotheses", "weighing", "agreement", "disagreements")


def write(run: Run, scoped: list[Scoped], evidence: Evidence, ledger_size: int, reading: str,
          moved: pd.DataFrame) -> str:
    """Write assessment.md into the run's folder from its tables; returns the text.

    scoped, evidence: what the comparison was made of. ledger_size: statements in the ledger, known or not. reading: whose
    claims these are, in words. moved: what differs from the day of publication (`tipping.moved`).
    """
    t = {name: tables.read(name, run) for name in READ} | {
        "sources": tables.read("sources", run), "statements": ledger.read(run)}
    document = tables.read("document", run).to_dict("records")[0]
    text = (run.folder / "text.txt").read_bytes().decode()
    chains = {chain: _chain(chain, evidence, text) for chain in dict.fromkeys(t["claims"].chain)}
    alone = unjudged.alone(t)
    context = {
        "document": document, "reading": reading, "known": evidence.mentions(evidence.statements),
        "ledger_size": ledger_size,
        "claims": t["claims"], "moved": prospects.movements(moved, t), "credibility": ceilings.CREDIBILITY,
        "reliability": ceilings.RELIABILITY, "bottom_line": bottom_line(t, evidence), "key": _key(t, evidence, chains),
        "no_key": _no_key(evidence), "speakers": unjudged.by_speaker(t, chains),
        "speakers_left": max(0, len(chains) - unjudged.SPEAKERS),
        "rest": unjudged.by_kind(t, set(grown(t["retellings"][t["retellings"].step == 0]).claim_id)),
        "to_check": unjudged.to_check(t, scoped, chains),
        "sixes": links.rows("6", "grades", (t["grades"].ceiling == "6") & (t["grades"].grade == "")),
        "sources": findings.sources(t), "settled": findings.resolved(t, evidence), "diagonal": findings.diagonal(t),
        "unresolved": findings.unresolved(t["claims"], text), "unattributed": _count(t, "claims", t["claims"].chain == "author"),
        "numbers": findings.numbers(t, scoped), "drifts": findings.drifts(t, evidence),
        "traced": len(matching.best(t["comparisons"])), "positions": findings.positions(scoped, evidence),
        "held_elsewhere": findings.other_positions(scoped, evidence),
        "rivals": explaining.rivals(t, evidence), "tipping": prospects.tipping(t), "letters": prospects.letters(t),
        "copy_test": prospects.copy_test(t["sensitivity"]), "indicators": prospects.indicators(t),
        "readers": findings.readers(t), "gaps": findings.gaps(t, document, evidence, run),
        "unapplied": findings.unapplied(t, read_judgements(run), read_hypotheses(run), evidence),
        "references": findings.references(t, evidence)}
    text = _environment(t, evidence).get_template("alone.md.j2" if alone else "assessment.md.j2").render(context)
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip() + "\n"
    (run.folder / "assessment.md").write_text(text, encoding="utf-8", newline="\n")
    return text


def _count(t: dict, table: str, mask: pd.Series) -> str:
    """How many rows of a table a mask holds, as a link to them; empty if none."""
    return links.rows(str(int(mask.sum())), table, mask) if mask.any() else ""


def read_judgements(run: Run) -> pd.DataFrame:
    """What people graded of this document: judgements/<document>.csv, or no row if nobody has."""
    file = run.raw / "judgements" / f"{run.document}.csv"
    return tables.read("judgements", file) if file.is_file() else tables.empty("judgements")


def read_hypotheses(run: Run) -> pd.DataFrame:
    """The explanations that people propose: judgements/<document>.hypotheses.csv, or no row if nobody has."""
    file = run.raw / "judgements" / f"{run.document}.hypotheses.csv"
    return tables.read("own_hypotheses", file) if file.is_file() else tables.empty("own_hypotheses")


def _environment(t: dict, evidence: Evidence) -> jinja2.Environment:
    ids = {*t["claims"].claim_id, *evidence.statements}

    def linked(text: str) -> str:
        """A sentence of ours with each claim and statement that it names as a link to its row."""
        done, out = 0, []
        for m in _TOKEN.finditer(str(text)):
            if m[1] or m.group() in ids:
                out += [md_keep(text[done:m.start()]), m[1] or f"[{md(m.group())}]({links.place(m.group())})"]
                done = m.end()
        return "".join(out) + md_keep(str(text)[done:])

    def value(words: str, field: str) -> str:
        """One side of a change: a source by its name, anything else as the table has it, what is not there as a dash."""
        if field == "source":
            known = words in evidence.called
            return md(findings.cited(words, evidence) if known else f"“{words.removeprefix('~').replace('-', ' ')}”")
        return "—" if words == "none" else f"“{md(findings.plain(words))}”"

    env = jinja2.Environment(loader=jinja2.PackageLoader("helpers"), undefined=jinja2.StrictUndefined, autoescape=False,
                             trim_blocks=False, keep_trailing_newline=True)
    env.filters |= {
        "md": md, "code": code, "linked": linked, "value": value, "plain": findings.plain,
        "claim": lambda c: f"[{md(c['claim_id'])}]({links.place(c['claim_id'])})",
        "statement": lambda s: f"[{md(s['statement_id'])}]({links.place(s['statement_id'])})",
        "source": lambda s: f"[{md(findings.cited(s['source_id'], evidence))}]({links.place(s['source_id'], 'source')})"}
    return env


def _key(t: dict, evidence: Evidence, chains: dict[str, str]) -> list[dict]:
    """The claims that can be judged, that a person graded or that say more than their root, those alike in all but their
    words together: those that say more than their root first, then what a person graded, then numbers, then the lowest ceilings."""
    net = t["retellings"][t["retellings"].step == 0]
    graded = t["grades"][t["grades"].subject_kind == "claim"].set_index("subject").to_dict("index")
    numbered, alike, grew = set(t["quantities"].claim_id), {}, list(grown(net).claim_id)
    for c in t["claims"].to_dict("records"):
        g = graded[c["claim_id"]]
        if g["ceiling"] == "6" and not g["grade"] and c["claim_id"] not in grew:
            continue
        row = t["grades"].subject == c["claim_id"]
        made = {"chain": chains[c["chain"]], "hedges": c["hedges"], "relays": _relays(c["claim_id"], t, evidence),
                "origins": _origins(c["claim_id"], t), "reasons_for": findings.reasons(g["reasons_for"]),
                "reasons_against": findings.reasons(g["reasons_against"]), "ceiling": g["ceiling"], "grade": g["grade"],
                **{k: g[k] for k in ("graded_by", "graded_on", "grade_reason")},
                "exceeds": grades.exceeds(g["grade"], g["ceiling"])}
        alone = g["grade"] and c["claim_id"]  # what a person graded stands by itself
        key = (made["relays"], g["reasons_for"], g["reasons_against"], g["ceiling"], alone, c["chain"])
        if key in alike:
            alike[key]["claims"].append(c)
        else:
            alike[key] = made | {"claims": [c], "ceiling_at": links.rows(g["ceiling"], "grades", row),
                                 "grade_at": links.rows(g["grade"], "grades", row)}

    def order(found: dict) -> tuple:
        c = found["claims"][0]
        return (grew.index(c["claim_id"]) if c["claim_id"] in grew else len(grew), not found["grade"],
                c["claim_id"] not in numbered, -int(found["ceiling"]) % 6, c["start"])

    return sorted(alike.values(), key=order)


def _relays(claim: str, t: dict, evidence: Evidence) -> str:
    """The way from the root to what the text relays, in words with bare ids."""
    taken = t["comparisons"][(t["comparisons"].claim_id == claim)
                             & t["comparisons"].verdict.isin(["match", "ambiguous"])].sort_values("rank")
    if taken.empty:
        return ""
    if taken.root_id.nunique() > 1:
        return "not settled; it fits " + ", ".join(taken.statement_id) + " equally well"
    told = " → ".join(f"{s} {findings.cited(evidence.statements[s].source_id, evidence)}"
                      for s in evidence.way(taken.statement_id.iloc[0]))
    return told + (f" (or another of {len(taken)} relays that say the same)" if len(taken) > 1 else "")


def _origins(claim: str, t: dict) -> str:
    own = t["origins"].claim_id == claim
    origins = t["origins"][own]
    if origins.empty:
        return "none in the ledger"
    agree = origins[origins.agrees == "yes"]
    known = int((agree.independent == "yes").sum())
    words = f"{findings.counted(origins.mentions.sum(), 'mention')}, {findings.counted(len(origins), 'origin')}"
    at = links.rows(words, "origins", own)
    if len(agree) == 1:
        return f"{at}; one of these says the same like for like, its independence {'' if known else 'not '}known"
    return (f"{at}; {len(agree) or 'none'} of these say the same like for like"
            + (f", {known or 'none'} of them known to be independent" if len(agree) else ""))


def _chain(chain: str, evidence: Evidence, text: str) -> str:
    """"the author → “reports” → United States government", from a chain of source ids: who is not listed in the text's words."""
    first, *others = chain.split(" > ")
    names = [findings.cited(s, evidence) if s in evidence.called else sources.as_written(s, text) for s in others]
    return " → ".join([f"the {first}", *names])


def _no_key(evidence: Evidence) -> str:
    return ("No claim can be judged: the ledger is empty, there is nothing to compare with." if not evidence.statements
            else "No claim can be judged: no statement in the ledger can be set beside any of them.")
