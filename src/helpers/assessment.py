"""The written assessment: sentences from the tables, each resting on rows the reader can open.

The words stand in templates/assessment.md.j2; here the tables become what it says. Nothing is judged here.
"""
import re

import jinja2
import pandas as pd

from helpers import ceilings, findings, grades, matching, tables
from helpers.whose import RELAY_AS_ORIGIN
from helpers.ledger import Evidence
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


def write(run: Run, scoped: list[Scoped], evidence: Evidence, ledger_size: int, reading: str,
          moved: pd.DataFrame) -> str:
    """Write assessment.md into the run's folder from its tables; returns the text.

    scoped, evidence: what the comparison was made of. ledger_size: statements in the ledger, known or not. reading: whose
    claims these are, in words. moved: what differs from the day of publication (`tipping.moved`).
    """
    names = ("claims", "quantities", "comparisons", "not_compared", "retellings", "origins", "grades", "sensitivity")
    t = {name: tables.read(name, run) for name in names}
    document = tables.read("document", run).to_dict("records")[0]
    judgements = read_judgements(run)
    context = {
        "document": document, "reading": reading, "known": evidence.mentions(evidence.statements), "ledger_size": ledger_size,
        "claims": t["claims"], "moved": findings.movements(moved), "credibility": ceilings.CREDIBILITY, "reliability": ceilings.RELIABILITY,
        "bottom_line": bottom_line(t, evidence), "key": _key(t, evidence), "no_key": _no_key(evidence),
        "sources": findings.sources(t), "unresolved": findings.unresolved(t["claims"]),
        "unattributed": int((t["claims"].chain == "author").sum()), "numbers": findings.numbers(t, scoped),
        "drifts": t["retellings"][t["retellings"].step == 0].to_dict("records"), "traced": len(matching.best(t["comparisons"])),
        "positions": findings.positions(scoped, evidence), "explanations": findings.explanations(t),
        "tipping": findings.tipping(t), "copy_test": findings.copy_test(t["sensitivity"]),
        "gaps": findings.gaps(t, document, judgements, evidence, run), "references": findings.references(t, evidence)}
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

    def value(words: str, field: str) -> str:
        """One side of a change: a source by its name, anything else as the table has it, what is not there as a dash."""
        if field == "source":
            return md(evidence.called.get(words) or f"“{words.removeprefix('~').replace('-', ' ')}”")
        return "—" if words == "none" else f"“{md(findings.plain(words))}”"

    env = jinja2.Environment(loader=jinja2.PackageLoader("helpers"), undefined=jinja2.StrictUndefined, autoescape=False,
                             trim_blocks=False, keep_trailing_newline=True)
    env.filters |= {
        "md": md, "code": code, "linked": linked, "value": value, "plain": findings.plain,
        "claim": lambda c: f"[{c['claim_id']}](#{c['claim_id']})",
        "statement": lambda s: f"[{md(s['statement_id'])}](#{s['statement_id']})",
        "source": lambda s: f"[{md(s['name'])}](#source-{s['source_id']})"}
    return env


def md_keep(text: str) -> str:
    """`md`, keeping the spaces at both ends."""
    return re.match(r"\s*", text).group()[:1] + md(text) + (" " if text.strip() and text[-1:].isspace() else "")


def bottom_line(t: dict, evidence: Evidence) -> str:
    """Two sentences: what could be set beside the evidence; and what changed most, with the best grade left to it."""
    claims, net = t["claims"], t["retellings"][t["retellings"].step == 0]
    comparable = t["comparisons"][t["comparisons"].verdict != "not comparable"]
    compared, traced = comparable.claim_id.nunique(), len(matching.best(comparable))
    if claims.empty:
        return "The program has no claim of this text, so there is nothing to judge. The section on gaps says why."
    if not compared:
        return (f"None of the {len(claims)} claims of this text can be set beside a statement in the ledger, so none can "
                f"be judged from it. What the text says, and on whose word, is listed below.")
    first = (f"Of {len(claims)} claims, {compared} can be set beside the ledger; {traced or 'none'} of them could be traced "
             f"to a statement in it, and {net.claim_id.nunique() or 'none'} of those changed on the way.")
    grown, told = _grown(net), {}
    for d in grown.itertuples():
        words = f"“{md(findings.plain(d.old))}” became “{md(findings.plain(d.new))}”"
        told.setdefault(words, []).append(f"[{d.claim_id}](#{d.claim_id})")
    for d in net[net.note == RELAY_AS_ORIGIN].itertuples():
        words = f"a figure credited to {md(evidence.called[d.new])} goes back to {md(evidence.called[d.old])}"
        told.setdefault(words, []).append(f"[{d.claim_id}](#{d.claim_id})")
    if not told:
        return first + " Of those that could be traced, none says more than the statement it goes back to."
    changes = "; ".join(f"{words} ({', '.join(ids[:4])})" for words, ids in list(told.items())[:5])
    judged = t["grades"][(t["grades"].subject_kind == "claim") & (t["grades"].ceiling != "6")].set_index("subject")
    worst = judged.ceiling.reindex(grown.claim_id).dropna()
    return first + f" What changed most: {changes}" + (
        f"; what grew so can be graded {worst.min()}, “{ceilings.CREDIBILITY[worst.min()]}”, at best." if len(worst) else ".")


def _grown(net: pd.DataFrame) -> pd.DataFrame:
    """The changes by which a claim came to say more than its root, the gravest kind first."""
    grave = {"measure": 0, "stance": 1, "magnitude": 2}
    grown = net[(net.direction == "stronger") & net.field.isin(list(grave))]
    return grown.assign(_grave=grown.field.map(grave)).sort_values(["_grave", "claim_id"], kind="stable")


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
                      "reasons_for": findings.reasons(g["reasons_for"]),
                      "reasons_against": findings.reasons(g["reasons_against"]),
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
