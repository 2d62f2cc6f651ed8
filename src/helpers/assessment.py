"""The written assessment: sentences from the tables, each resting on rows the reader can open.

The words stand in templates/assessment.md.j2; here the tables become what it says. Nothing is judged here.
"""
import re

import jinja2
import pandas as pd

from helpers import ceilings, explaining, findings, grades, ledger, linter, links, matching, prospects, sources, tables, unjudged
from helpers.ledger import Evidence
from helpers.matching import Scoped
from helpers.paths import Run
from helpers.whose import RELAY_AS_ORIGIN
from helpers.visible import one_line

_SPECIAL = re.compile(r"([\\`*_\[\]#|<>~&])")
# A link to rows of a table (`links.rows`), or a word that may be an id.
_TOKEN = re.compile(r"(\[[\w ,.-]+\]\(\w+\.csv(?:#row=[\d;-]+)?\))|[\w.+:-]*\w")


def md(value) -> str:
    """A person's words as Markdown that shows them as they are: no markup, no line break, no control character."""
    return _SPECIAL.sub(r"\\\1", " ".join(one_line(str(value)).split()))


def code(value) -> str:
    """The same inside backticks."""
    return " ".join(one_line(str(value)).split()).replace("`", "'")


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
        "rest": unjudged.by_kind(t, set(_grown(t["retellings"][t["retellings"].step == 0]).claim_id)),
        "to_check": unjudged.to_check(t, scoped, chains),
        "sixes": links.rows("6", "grades", (t["grades"].ceiling == "6") & (t["grades"].grade == "")),
        "sources": findings.sources(t), "settled": findings.resolved(t, evidence), "diagonal": findings.diagonal(t),
        "unresolved": findings.unresolved(t["claims"], text), "unattributed": _count(t, "claims", t["claims"].chain == "author"),
        "numbers": findings.numbers(t, scoped), "drifts": findings.drifts(t, evidence),
        "traced": len(matching.best(t["comparisons"])), "positions": findings.positions(scoped, evidence),
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
    all_ = links.rows(findings.counted(len(claims), "claim"), "claims")
    if unjudged.alone(t):
        return unjudged.bottom_line(t, evidence.mentions(evidence.statements))
    if not compared:
        return (f"None of the {all_} of this text can be set beside a statement in the ledger, so none can be judged from "
                "it. What the text says, and on whose word, is listed below.")
    beside = t["claims"].claim_id.isin(comparable.claim_id)
    six = (t["grades"].subject_kind == "claim") & (t["grades"].ceiling == "6")
    left = f" and {links.rows(str(int(six.sum())), 'grades', six)} cannot be judged" if six.any() and not six[
        t["grades"].subject_kind == "claim"].all() else ""
    first = (f"Of {all_}, {links.rows(str(compared), 'claims', beside)} can be set beside the ledger{left}; "
             f"{links.rows(str(traced), 'comparisons', _taken(t)) if traced else 'none'} could be traced to a statement in it, "
             f"and {_changed(t, net)} of those changed on the way.")
    grown, told, before = _grown(net), {}, {}
    for d in grown.to_dict("records"):
        words = f"“{md(findings.plain(d['old']))}” became “{md(findings.plain(d['new']))}”"
        told.setdefault(words, []).append(d["claim_id"])
        before.setdefault(words, []).extend(findings.held_before(d, t, evidence))
    for d in net[(net.field == "source") & net.old.isin(evidence.called) & net.new.isin(evidence.called)].itertuples():
        here, root = md(findings.cited(d.new, evidence)), md(findings.cited(d.old, evidence))
        words = (f"a figure credited to {here} goes back to {root}" if d.note == RELAY_AS_ORIGIN else
                 f"what {root} said is credited to {here}")
        told.setdefault(words, []).append(d.claim_id)
    best = _best(t)
    if not told:
        return first + f" Of those that could be traced, none says more than the statement it goes back to{best}."
    def linked(ids: list[str]) -> str:
        return ", ".join(f"[{md(i)}]({links.place(i)})" for i in ids)

    changes = [words + (f", which had been said before ({linked(sorted({*before[words]}))})" if before.get(words) else "")
               + f" ({linked(ids[:4])}{_at_best(t, ids)})" for words, ids in told.items()]
    told_, room = [], linter.LONGEST - linter.length(f"What changed most: ; and 99 more{best}")
    for change in changes:
        room -= linter.length(change)
        if told_ and room < 0:
            break
        told_.append(change)
    more = f"; and {len(changes) - len(told_)} more" if len(changes) > len(told_) else ""
    return first + f" What changed most: {'; '.join(told_)}{more}{best}."


def _taken(t: dict) -> pd.Series:
    return t["comparisons"].verdict.isin(["match", "ambiguous"]) & t["comparisons"].claim_id.isin(
        matching.best(t["comparisons"]))


def _changed(t: dict, net: pd.DataFrame) -> str:
    n = net.claim_id.nunique()
    return links.rows(str(n), "retellings", t["retellings"].step == 0) if n else "none"


def _at_best(t: dict, ids: list[str]) -> str:
    """", 4 at best": the ceiling of claims that changed alike."""
    ceiling = t["grades"][t["grades"].subject.isin(ids) & (t["grades"].ceiling != "6")].ceiling
    return f", {links.rows(min(ceiling), 'grades', t['grades'].subject.isin(ids))} at best" if len(ceiling) else ""


def _best(t: dict) -> str:
    """"; the best that is left to any claim is 1 (c01)"."""
    judged = t["grades"][(t["grades"].subject_kind == "claim") & (t["grades"].ceiling != "6")]
    if judged.empty:
        return "; no claim can be judged"
    top = judged[judged.ceiling == judged.ceiling.min()].subject
    some = ", ".join(f"[{md(c)}]({links.place(c)})" for c in top.iloc[:4]) + (" and others" if len(top) > 4 else "")
    return (f"; the best that is left to any claim is "
            f"{links.rows(judged.ceiling.min(), 'grades', t['grades'].subject.isin(top))} ({some})")


def _grown(net: pd.DataFrame) -> pd.DataFrame:
    """The changes by which a claim came to say more than its root, the gravest kind first."""
    grave = {"measure": 0, "stance": 1, "magnitude": 2}
    grown = net[(net.direction == "stronger") & net.field.isin(list(grave))]
    return grown.assign(_grave=grown.field.map(grave)).sort_values(["_grave", "claim_id"], kind="stable")


def _key(t: dict, evidence: Evidence, chains: dict[str, str]) -> list[dict]:
    """The claims that can be judged, that a person graded or that say more than their root, those alike in all but their
    words together: those that say more than their root first, then what a person graded, then numbers, then the lowest ceilings."""
    net = t["retellings"][t["retellings"].step == 0]
    graded = t["grades"][t["grades"].subject_kind == "claim"].set_index("subject").to_dict("index")
    numbered, alike = set(t["quantities"].claim_id), {}
    for c in t["claims"].to_dict("records"):
        g = graded[c["claim_id"]]
        if g["ceiling"] == "6" and not g["grade"] and c["claim_id"] not in set(_grown(net).claim_id):
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
    grown = list(_grown(net).claim_id)

    def order(found: dict) -> tuple:
        c = found["claims"][0]
        return (grown.index(c["claim_id"]) if c["claim_id"] in grown else len(grown), not found["grade"],
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
