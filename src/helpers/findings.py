"""What the assessment says, as rows and short sentences: drawn from the tables, before any of it is put into prose."""
import re
from collections import Counter

import pandas as pd

from helpers import ceilings, english, grades, links, measures, populations, tellings
from helpers import positions as held
from helpers.explaining import called as house
from helpers.ledger import DENYING, Evidence
from helpers.matching import Scoped
from helpers.paths import Run
from helpers.sources import as_written
from helpers.tipping import BLANKED


def sources(t: dict) -> list[dict]:
    """Each source that the text cites or goes back to: what for, its record in counts, its ceiling and grade as links."""
    found = []
    for g in t["grades"][t["grades"].subject_kind == "source"].to_dict("records"):
        cited = [c.claim_id for c in t["claims"].itertuples() if g["subject"] in c.chain.split(" > ")]
        own, at = t["track_record"].source_id == g["subject"], t["grades"].subject == g["subject"]
        good = int((t["track_record"][own].borne_out == "yes").sum())
        low, high = ceilings.interval(good, int(own.sum()))
        found.append({**g, "source_id": g["subject"], "name": g["exact"],
                      "cited_for": ", ".join(cited) or "not cited; the origin of a claim",
                      "record": links.rows(f"{good} of {int(own.sum())}", "track_record", own) + f", {low:.2f} to {high:.2f}"
                      if own.any() else "none resolved",
                      "letter": links.rows(g["ceiling"], "grades", at),
                      "given": links.rows(g["grade"], "grades", at) if g["grade"] else "",
                      "exceeds": grades.exceeds(g["grade"], g["ceiling"])})
    return found


def resolved(t: dict, evidence: Evidence) -> list[dict]:
    """By which later statement how many earlier ones are resolved, and how many of these were borne out; where one of
    them is by a source that the text cites or goes back to."""
    found, cited_here = [], set(t["grades"].subject[t["grades"].subject_kind == "source"])
    for (by, subject), own in t["track_record"].groupby(["resolved_by", "subject"], sort=True):
        if cited_here.isdisjoint(own.source_id):
            continue
        mask = (t["track_record"].resolved_by == by) & (t["track_record"].subject == subject)
        good = int((own.borne_out == "yes").sum())
        found.append({"by": by, "who": cited(evidence.statements[by].source_id, evidence), "on": own.resolved_on.iloc[0],
                      "subject": subject, "n": links.rows(counted(len(own), "earlier statement"), "track_record", mask),
                      "good": good, "bad": len(own) - good})
    return found


def cited(source_id: str, evidence: Evidence) -> str:
    """A source by its name, marked where it is a party to the event or nobody knows whether it is one."""
    return evidence.called.get(source_id, source_id) + {"yes": " (party)", "unknown": " (party not known)"}.get(
        evidence.party.get(source_id, ""), "")


def diagonal(t: dict) -> str:
    """How many pairs of a claim and a source of its, both graded by people, lie on the diagonal (A1, B2, ...), in words. A
    ceiling is no person's grade and enters no pair."""
    digit, letter = ({g.subject: g.grade for g in t["grades"][t["grades"].subject_kind == kind].itertuples() if g.grade}
                     for kind in ("claim", "source"))
    roots = t["comparisons"][t["comparisons"].verdict.isin(["match", "ambiguous"])].groupby("claim_id").root_id.first()
    speaker = dict(zip(t["statements"].statement_id, t["statements"].source_id))
    pairs = sorted({(c.claim_id, source) for c in t["claims"].itertuples()
                    for source in {*c.chain.split(" > "), speaker.get(roots.get(c.claim_id, ""), "")}
                    if letter.get(source, "F") != "F" and digit.get(c.claim_id, "6") != "6"})
    if not pairs:
        return "People [graded](grades.csv) no claim together with its source: no share on the diagonal (A1, B2, …) can be given."
    on = sum("ABCDE".index(letter[s]) == "12345".index(digit[c]) for c, s in pairs)
    mask = t["grades"].subject.isin({x for pair in pairs for x in pair})
    share = links.rows(f"{on} of {len(pairs)}", "grades", mask)
    return (f"People graded {counted(len(pairs), 'pair')} of a claim and its source; {share} "
            "on the diagonal (A1, B2, …). A high share is a sign that the two were not judged apart.")


def readers(t: dict) -> list[str]:
    """How far two readers agree, in sentences; none where one reader or none has read the text."""
    a = t["agreement"]
    if a.empty:
        return []
    units, layers = a[a.layer == "claims marked"], a[(a.layer != "claims marked") & a.value.notna()]
    said = [f"Of the readings, {u.note}: {u.statistic} "
            f"{links.rows(f'{u.value:.2f}', 'agreement', a.index == u.Index)}{_range(u)}." for u in units.itertuples()]
    if len(layers):
        worst = layers.loc[layers.value.idxmin()]
        said.append(f"Krippendorff's alpha is lowest on {plain(worst.layer)}: "
                    f"{links.rows(f'{worst.value:.2f}', 'agreement', a.layer == worst.layer)}{_range(worst)}, over "
                    f"{worst.n} claims; the commonest value is {worst.prevalence}.")
    stood_in = (t["sensitivity"].change == "drop annotation") & ~t["sensitivity"].changed_id.isin(BLANKED)
    if stood_in.any():
        moved = int((t["sensitivity"][stood_in].moves == "yes").sum())
        said.append(f"Of {links.rows(counted(int(stood_in.sum()), 'claim'), 'sensitivity', stood_in)} taken as another reader has "
                    f"{'it' if stood_in.sum() == 1 else 'them'}, {moved or 'none'} would have another ceiling.")
    open_ = t["disagreements"].settled == ""
    said.append(f"Disagreements to settle: {links.rows(str(int(open_.sum())), 'disagreements', open_)}.")
    return said


def _range(row) -> str:
    return f" (90% interval {row.low:.2f} to {row.high:.2f})" if row.low == row.low else ""


def counted(n: int, word: str) -> str:
    return f"{n:,} {word}" + ("" if n == 1 else "s")


def unresolved(claims: pd.DataFrame, text: str) -> list[str]:
    """Who is cited and stands in no table of sources, in the text's words, with how often, as a link to the claims."""
    count = Counter(s for chain in claims.chain for s in chain.split(" > ") if s.startswith("~"))

    def at(source: str, n: int) -> str:
        return links.rows(str(n), "claims", pd.Series([source in chain.split(" > ") for chain in claims.chain]))

    return [f"{as_written(s, text)} ({at(s, n)})" for s, n in sorted(count.items(), key=lambda x: (-x[1], x[0]))]


def numbers(t: dict, scoped: list[Scoped]) -> list[dict]:
    found = []
    for c in scoped:
        if not (amount := tellings.amount(c)):
            continue
        own = t["comparisons"][t["comparisons"].claim_id == c.claim_id]
        counts, own_words = what_is_counted(c)
        comparable = own[own.verdict != "not comparable"]
        others = t["not_compared"][t["not_compared"].claim_id == c.claim_id].statements.sum()
        found.append({"claim_id": c.claim_id, "amount": amount, "comparable": f"{len(comparable)} of {len(comparable) + others}",
                      "counts": counts, "own": own_words,
                      "over": tellings.span_of(c) or "not said",
                      "same": _same(t["origins"][t["origins"].claim_id == c.claim_id],
                                    set(comparable[comparable.agrees == "yes"].statement_id)),
                      "contradicting": _short(comparable[comparable.agrees == "no"].statement_id)})
    return found


def _same(origins: pd.DataFrame, saying: set[str]) -> str:
    """The origins that give the same number, each by the first statement of it that does; in brackets how many statements
    that makes. Relays of one origin are no further numbers."""
    said = [[s for s in ids.split(";") if s in saying] for ids in origins.statement_ids]
    first, all_ = pd.Series([own[0] for own in said if own], dtype=object), sum(map(len, said))
    return _short(first) + (f" ({counted(len(first), 'origin')}, {all_} statements)" if all_ > len(first) else "")


def drifts(t: dict, evidence: Evidence) -> list[dict]:
    """What changed between each claim and its root; of a stance also where it had been taken before."""
    rows = t["retellings"][t["retellings"].step == 0].to_dict("records")
    return [d | {"note": "; ".join(filter(None, (d["note"], f"said before: {', '.join(ids)}" if ids else "")))}
            for d in rows for ids in [held_before(d, t, evidence)]]


def held_before(d: dict, t: dict, evidence: Evidence) -> list[str]:
    """Of a changed stance, the statements by which who is named had taken the new one before the root: a text that tells
    the latest word as an earlier one has not made it up."""
    own = t["origins"][(t["origins"].claim_id == d["claim_id"]) & (t["origins"].agrees == "yes")]
    said = [evidence.statements[s] for ids in own.statement_ids for s in ids.split(";")]
    return sorted(s.statement_id for s in said if d["field"] == "stance" and s.stance == d["new"]
                  and s.said_on < evidence.statements[d["root_id"]].said_on)


def what_is_counted(c: Scoped, most: int = 14) -> tuple[str, bool]:
    """What a claim counts: by the lists' names for it or, where they have none, in the text's own words; and whether these
    are the text's own. A verb's lemma beside a noun's is no prose."""
    listed = measures.parse(c.measure).known and (not c.population or c.population in populations.listed())
    if listed or not c.proposition:
        return plain(" ".join(filter(None, (c.population, c.measure, c.rate)))), False
    words = c.proposition.rstrip(".").split()
    return " ".join(words[:most]) + ("…" if len(words) > most else ""), True


def _short(ids: pd.Series) -> str:
    return (", ".join(ids.iloc[:4]) + (f" and {len(ids) - 4} more" if len(ids) > 4 else "")) or "none"


def positions(scoped: list[Scoped], evidence: Evidence) -> list[dict]:
    """Per subject of the text and actor: denial, evasion, confirmation in the order in which they were said."""
    found = []
    for measure, population in sorted(set().union(*(held.subjects(c, evidence) for c in scoped))):
        sequence: dict[str, list] = {}
        for actor, s in held.about(measure, population, evidence):
            sequence.setdefault(actor, []).append(s)
        for actor in sorted(sequence):
            if any(s.stance in DENYING for s in sequence[actor]):
                found.append({"subject": " ".join(filter(None, (population, measure.replace("_", " ")))),
                              "actor": house(actor, evidence), "sequence": " → ".join(
                                  f"{s.said_on} {s.stance.replace('_', ' ')} {s.statement_id}" for s in sequence[actor])})
    shown = {(p["actor"], p["sequence"]): p for p in found}  # a subject with and without its population is one
    return list(shown.values())


def other_positions(scoped: list[Scoped], evidence: Evidence, most: int = 4) -> dict:
    """Where no position of the ledger is on a subject of the text: how many denials, evasions and refusals to comment it holds
    all the same, and the first of them with who, what and when, those of the sources that the text names first."""
    found = held.elsewhere((c.family or c.source_id for c in scoped), set(), evidence)
    return {"n": len(found), "first": [
        f"{s.statement_id} ({house(actor, evidence)}, {s.said_on}, {s.stance.replace('_', ' ')}: "
        f"{held.subject(s.measure, s.population) or 'no subject given'})" for actor, s in found[:most]]}


def unapplied(t: dict, judgements: pd.DataFrame, rivals: pd.DataFrame, evidence: Evidence) -> list[str]:
    """What people wrote of this document that does not enter this run, in short sentences with the reason why."""
    ceiling = dict(zip(t["grades"].subject, t["grades"].ceiling))
    given = dict(zip(judgements.subject, judgements.grade))
    found = [f"the grade {given[subject]} of {subject}: {why}."
             for subject, why in grades.unapplied(judgements, t["claims"], evidence, ceiling).items()]
    held = {(c.claim_id, c.exact) for c in t["claims"].itertuples()}
    return found + [f"the hypothesis on {subject}: this reading holds no such claim in these words." for subject in dict.fromkeys(
        r.subject for r in rivals.itertuples() if (r.subject, r.exact) not in held)]


def gaps(t: dict, document: dict, evidence: Evidence, run: Run) -> list[str]:
    """What is not known, and what was decided by whom; of a text without claims, why it has none."""
    found = []
    if t["claims"].empty:
        text = (run.folder / "text.txt").read_bytes().decode()
        found.append(english.remark(text) or "No claim was found in the text.")
    if not document["published"]:
        found.append("The day of publication is not known: any statement may be what the text relays, and relative "
                     "periods are left open.")
    unsettled = t["comparisons"].verdict == "ambiguous"
    if unsettled.any():
        n = links.rows(str(t["comparisons"][unsettled].claim_id.nunique()), "comparisons", unsettled)
        found.append(f"Claims whose nearest relay is not settled: {n}; they are traced through the relay with the "
                     "fewest steps if all share one root, and not at all otherwise.")
    unknown = t["origins"].independent == "unknown"
    if unknown.any():
        n = links.rows(f"{int(unknown.sum())} of {len(t['origins'])}", "origins", unknown)
        found.append(f"Origins whose independence is not known: {n}; they are counted as "
                     "mentions and never lift a ceiling to 1.")
    used = sorted({s for ids in t["grades"].statement_ids for s in ids.split(";") if s})
    weak = [s for s in used if evidence.statements[s].seen_with in ("medium", "low")]
    if weak:
        found.append(f"Statements that we are less sure of having read rightly: {', '.join(weak)}.")
    human = t["grades"].grade != ""
    given = links.rows(counted(int(human.sum()), "grade"), "grades", human)
    proposed = links.rows(counted(len(t["grades"]), "ceiling"), "grades")
    matched = " and the matches they rest on" if len(t["origins"]) else ""
    found.append(f"The program proposed {proposed}{matched}; {f'people set {given}' if human.any() else 'no person set a grade'}"
                 ". No likelihood is given: a source's hedge is reported as the source's.")
    return found


def references(t: dict, evidence: Evidence) -> list[dict]:
    cited = {s for ids in t["grades"].statement_ids for s in ids.split(";") if s} | set(t["retellings"].root_id)
    cited |= set(t["comparisons"][t["comparisons"].verdict.isin(["match", "ambiguous"])].statement_id)
    rows = [evidence.statements[s]._asdict() for s in evidence.statements if s in cited]
    web = re.compile(r"https?://[^\s<>\"]+")
    mark = {"yes": " (party)", "unknown": " (party not known)"}
    return [{**r, "party": mark.get(evidence.party[r["source_id"]], ""),
             "url": r["page_url"] if web.fullmatch(r["page_url"]) else ""} for r in rows]


def reasons(cell: str) -> list[str]:
    return cell.split(grades.LIST) if cell else []


def plain(value: str) -> str:
    """A table's value as one reads it: killed_or_wounded is "killed or wounded"."""
    return str(value).replace("_", " ")
