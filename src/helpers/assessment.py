"""The written assessment: sentences from the tables, each resting on rows the reader can open.

The words stand in templates/assessment.md.j2; here the tables become what it says. Nothing is judged here.
"""
import re
from collections import Counter

import jinja2
import pandas as pd

from helpers import ceilings, grades, retelling, tables
from helpers.ledger import DENYING, Evidence
from helpers.matching import Scoped
from helpers.paths import Run
from helpers.visible import one_line

_SPECIAL = re.compile(r"([\\`*_\[\]#|<>~&])")
_TOKEN = re.compile(r"[\w.+:-]*\w")


def md(value) -> str:
    """A person's words as Markdown that shows them as they are: no markup, no line break, no control character."""
    return _SPECIAL.sub(r"\\\1", " ".join(one_line(str(value)).split()))


def code(value) -> str:
    """The same inside backticks."""
    return " ".join(one_line(str(value)).split()).replace("`", "'")


def write(run: Run, scoped: list[Scoped], evidence: Evidence, ledger_size: int, reading: str) -> str:
    """Write assessment.md into the run's folder from its tables; returns the text.

    scoped, evidence: what the comparison was made of. ledger_size: statements in the ledger, known or not. reading: whose
    claims these are, in words.
    """
    names = ("claims", "quantities", "comparisons", "retellings", "origins", "grades", "sensitivity")
    t = {name: tables.read(name, run) for name in names}
    document = tables.read("document", run).to_dict("records")[0]
    judgements = read_judgements(run)
    context = {
        "document": document, "reading": reading, "known": len(evidence.statements), "ledger_size": ledger_size,
        "claims": t["claims"], "credibility": ceilings.CREDIBILITY, "reliability": ceilings.RELIABILITY,
        "bottom_line": bottom_line(t), "key": _key(t, evidence), "no_key": _no_key(evidence),
        "sources": _sources(t), "unresolved": _unresolved(t["claims"]),
        "unattributed": int((t["claims"].chain == "author").sum()), "numbers": _numbers(t, scoped),
        "drifts": t["retellings"][t["retellings"].step == 0].to_dict("records"), "traced": len(_traced(t)),
        "positions": _positions(scoped, evidence), "explanations": _explanations(t), "tipping": _tipping(t),
        "copy_test": _copy_test(t["sensitivity"]), "gaps": _gaps(t, document, judgements, evidence),
        "references": _references(t, evidence)}
    context["rest"] = len(t["claims"]) - len(context["key"])
    text = _environment(t, evidence).get_template("assessment.md.j2").render(context)
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip() + "\n"
    (run.folder / "assessment.md").write_text(text, encoding="utf-8", newline="\n")
    return text


def read_judgements(run: Run) -> pd.DataFrame:
    """What people graded of this document: judgements/<document>.csv, or no row if nobody has."""
    file = run.raw / "judgements" / f"{run.document}.csv"
    return tables.read("judgements", file) if file.is_file() else tables.empty("judgements")


def _environment(t: dict, evidence: Evidence) -> jinja2.Environment:
    ids = {*t["claims"].claim_id, *evidence.statements}

    def linked(text: str) -> str:
        """A sentence of ours with each claim and statement that it names as a link to its row."""
        done, out = 0, []
        for m in _TOKEN.finditer(str(text)):
            if m.group() in ids:
                out += [md_keep(text[done:m.start()]), f"[{md(m.group())}](#{m.group()})"]
                done = m.end()
        return "".join(out) + md_keep(str(text)[done:])

    env = jinja2.Environment(loader=jinja2.PackageLoader("helpers"), undefined=jinja2.StrictUndefined, autoescape=False,
                             trim_blocks=False, keep_trailing_newline=True)
    env.filters |= {
        "md": md, "code": code, "linked": linked, "plain": plain,
        "claim": lambda c: f"[{c['claim_id']}](#{c['claim_id']})",
        "statement": lambda s: f"[{md(s['statement_id'])}](#{s['statement_id']})",
        "source": lambda s: f"[{md(s['name'])}](#source-{s['source_id']})"}
    return env


def md_keep(text: str) -> str:
    """`md`, keeping the spaces at both ends."""
    return re.match(r"\s*", text).group()[:1] + md(text) + (" " if text.strip() and text[-1:].isspace() else "")


def bottom_line(t: dict) -> str:
    """Two sentences: what could be set beside the evidence and what changed; and what that leaves of the claims."""
    claims, net = t["claims"], t["retellings"][t["retellings"].step == 0]
    compared, traced = t["origins"].claim_id.nunique(), len(_traced(t))
    if not compared:
        return (f"None of the {len(claims)} claims of this text can be set beside a statement in the ledger, so none can "
                f"be judged from it. What the text says, and on whose word, is listed below.")
    first = (f"Of {len(claims)} claims, {compared} can be set beside the ledger; {traced} of them could be traced to a "
             f"first speaker, and {net.claim_id.nunique() or 'none'} of those changed on the way.")
    judged = t["grades"][(t["grades"].subject_kind == "claim") & (t["grades"].ceiling != "6")].set_index("subject")
    grown = _grown(net)
    if grown.empty:
        best = judged.ceiling.min() if len(judged) else "6"
        return first + f" None says more than its source did; the best ceiling is {best}, “{ceilings.CREDIBILITY[best]}”."
    told = {}
    for d in grown.itertuples():
        told.setdefault(f"“{md(plain(d.old))}” became “{md(plain(d.new))}”", []).append(f"[{d.claim_id}](#{d.claim_id})")
    changes = "; ".join(f"{words} ({', '.join(ids[:4])})" for words, ids in list(told.items())[:4])
    worst = judged.ceiling.reindex(grown.claim_id).dropna()
    return first + f" It says more than its sources did: {changes}" + (
        f"; none of these can be graded better than {worst.min()}, “{ceilings.CREDIBILITY[worst.min()]}”." if len(worst)
        else ".")


def _grown(net: pd.DataFrame) -> pd.DataFrame:
    """The changes by which a claim came to say more than its root, the gravest kind first."""
    grave = {"measure": 0, "stance": 1, "magnitude": 2}
    grown = net[(net.direction == "stronger") & net.field.isin(list(grave))]
    return grown.assign(_grave=grown.field.map(grave)).sort_values(["_grave", "claim_id"], kind="stable")


def plain(value: str) -> str:
    """A table's value as one reads it: killed_or_wounded is "killed or wounded"."""
    return str(value).replace("_", " ")


def _traced(t: dict) -> set[str]:
    """The claims with one match, or with ambiguous ones that share a root."""
    taken = t["comparisons"][t["comparisons"].verdict.isin(["match", "ambiguous"])]
    return {claim for claim, group in taken.groupby("claim_id") if group.root_id.nunique() == 1}


def _key(t: dict, evidence: Evidence) -> list[dict]:
    """The claims that can be judged or that a person graded: those that say more than their root first, then the lowest
    ceilings."""
    net = t["retellings"][t["retellings"].step == 0]
    graded = t["grades"][t["grades"].subject_kind == "claim"].set_index("subject").to_dict("index")
    found = []
    for c in t["claims"].to_dict("records"):
        g = graded[c["claim_id"]]
        origins = t["origins"][t["origins"].claim_id == c["claim_id"]]
        if g["ceiling"] == "6" and not g["grade"]:
            continue
        found.append({**c, "chain": _chain(c["chain"], evidence), **{k: g[k] for k in ("ceiling", "grade", "graded_by", "graded_on", "grade_reason")},
                      "exceeds": grades.exceeds(g["grade"], g["ceiling"]), "relays": _relays(c["claim_id"], t, evidence),
                      "reasons_for": _split(g["reasons_for"]), "reasons_against": _split(g["reasons_against"]),
                      "origins": _origins(origins)})
    grown = list(_grown(net).claim_id)
    return sorted(found, key=lambda c: (grown.index(c["claim_id"]) if c["claim_id"] in grown else len(grown),
                                        -int(c["ceiling"]) % 6, c["start"]))


def _relays(claim: str, t: dict, evidence: Evidence) -> str:
    taken = t["comparisons"][(t["comparisons"].claim_id == claim)
                             & t["comparisons"].verdict.isin(["match", "ambiguous"])].sort_values("rank")
    if taken.empty:
        return ""
    roots = sorted(set(taken.root_id))
    if len(roots) > 1:
        return "not settled; it fits " + ", ".join(f"[{s}](#{s})" for s in taken.statement_id) + " equally well"
    way = evidence.way(taken.statement_id.iloc[0])
    told = " → ".join(f"[{s}](#{s}) {md(evidence.called[evidence.statements[s].source_id])}" for s in way)
    return told + (f" (or another of {len(taken)} relays that say the same)" if len(taken) > 1 else "")


def _origins(origins: pd.DataFrame) -> str:
    if origins.empty:
        return "none in the ledger"
    agree = origins[origins.agrees == "yes"]
    known = int((agree.independent == "yes").sum())
    return (f"{counted(origins.mentions.sum(), 'mention')}, {counted(len(origins), 'origin')}; of these, "
            f"{len(agree) or 'none'} {'says' if len(agree) == 1 else 'say'} the same like for like"
            + (f", {known or 'none'} of them known to be independent" if len(agree) else ""))


def counted(n: int, word: str) -> str:
    return f"{n:,} {word}" + ("" if n == 1 else "s")


def _chain(chain: str, evidence: Evidence) -> str:
    """"the author, on the word of reports, on the word of United States government", from a chain of source ids."""
    first, *others = chain.split(" > ")
    names = [evidence.called.get(s) or s.removeprefix("~").replace("-", " ") for s in others]
    return " → ".join([f"the {first}", *names])


def _no_key(evidence: Evidence) -> str:
    return ("No claim can be judged: the ledger is empty, there is nothing to compare with." if not evidence.statements
            else "No claim can be judged: no statement in the ledger can be set beside any of them.")


def _sources(t: dict) -> list[dict]:
    found = []
    for g in t["grades"][t["grades"].subject_kind == "source"].to_dict("records"):
        cited = [c.claim_id for c in t["claims"].itertuples() if g["subject"] in c.chain.split(" > ")]
        found.append({**g, "source_id": g["subject"], "name": g["exact"],
                      "cited_for": ", ".join(f"[{c}](#{c})" for c in cited) or "not cited; the origin of a claim"})
    return found


def _unresolved(claims: pd.DataFrame) -> list[str]:
    count = Counter(s for chain in claims.chain for s in chain.split(" > ") if s.startswith("~"))
    return [f"{md(s[1:].replace('-', ' '))} ({n})" for s, n in sorted(count.items(), key=lambda x: (-x[1], x[0]))]


def _numbers(t: dict, scoped: list[Scoped]) -> list[dict]:
    found = []
    for c in scoped:
        if not (amount := retelling.amount(c)):
            continue
        own = t["comparisons"][t["comparisons"].claim_id == c.claim_id]
        comparable = own[own.verdict != "not comparable"]
        found.append({"claim_id": c.claim_id, "amount": amount, "comparable": f"{len(comparable)} of {len(own)}",
                      "counts": " ".join(filter(None, (c.population, c.measure.replace("_", " "),
                                                       c.rate.replace("_", " ")))),
                      "over": retelling.span_of(c) or "not said",
                      "same": _short(comparable[comparable.agrees == "yes"].statement_id),
                      "contradicting": _short(comparable[comparable.agrees == "no"].statement_id)})
    return found


def _short(ids: pd.Series) -> str:
    return (", ".join(ids.iloc[:4]) + (f" and {len(ids) - 4} more" if len(ids) > 4 else "")) or "none"


def _positions(scoped: list[Scoped], evidence: Evidence) -> list[dict]:
    """Per subject of the text and actor: denial, evasion, confirmation in the order in which they were said."""
    found = []
    for measure, population in sorted({(c.measure, c.population) for c in scoped}):
        sequence: dict[str, list] = {}
        for actor, s in evidence.about(measure, population):
            sequence.setdefault(actor, []).append(s)
        for actor in sorted(sequence):
            if any(s.stance in DENYING for s in sequence[actor]):
                found.append({"subject": " ".join(filter(None, (population, measure.replace("_", " ")))),
                              "actor": evidence.called[actor], "sequence": " → ".join(
                                  f"{s.said_on} {s.stance.replace('_', ' ')} {s.statement_id}" for s in sequence[actor])})
    shown = {(p["actor"], p["sequence"]): p for p in found}  # a subject with and without its population is one
    return list(shown.values())


def _explanations(t: dict) -> list[str]:
    """Hypotheses that the tables themselves suggest, beside the one that a claim is true as stated."""
    found, net = [], t["retellings"][t["retellings"].step == 0]
    for d in net[net.direction == "stronger"].itertuples():
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


def _tipping(t: dict) -> list[dict]:
    moves = t["sensitivity"][t["sensitivity"].moves == "yes"]
    found = []
    for g in t["grades"][(t["grades"].subject_kind == "claim") & (t["grades"].ceiling != "6")].to_dict("records"):
        own = moves[moves.subject == g["subject"]]
        rows = [f"without {m.changed_id} it is {m.ceiling_after}" for m in own.itertuples() if m.change == "drop statement"]
        found.append({"claim_id": g["subject"], "ceiling": g["ceiling"], "moves": "; ".join(rows),
                      "would_raise": _split(g["would_raise"]), "would_lower": _split(g["would_lower"])})
    return found


def _copy_test(sensitivity: pd.DataFrame) -> dict:
    copies = sensitivity[sensitivity.change == "copy statement"]
    return {"n": len(copies), "moved": int((copies.moves == "yes").sum())} if len(copies) else {}


def _gaps(t: dict, document: dict, judgements: pd.DataFrame, evidence: Evidence) -> list[str]:
    found = []
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


def _references(t: dict, evidence: Evidence) -> list[dict]:
    cited = {s for ids in t["grades"].statement_ids for s in ids.split(";") if s} | set(t["retellings"].root_id)
    cited |= set(t["comparisons"][t["comparisons"].verdict.isin(["match", "ambiguous"])].statement_id)
    rows = [evidence.statements[s]._asdict() for s in evidence.statements if s in cited]
    web = re.compile(r"https?://[^\s<>\"]+")
    return [{**r, "url": r["page_url"] if web.fullmatch(r["page_url"]) else ""} for r in rows]


def _split(cell: str) -> list[str]:
    return cell.split(grades.LIST) if cell else []
