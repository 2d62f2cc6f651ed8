"""The bottom line of an assessment: two sentences from the tables, the second no longer than any other."""
import pandas as pd

from helpers import findings, in_words, lexicons, linter, links, matching, unjudged
from helpers.escaping import md
from helpers.ledger import Evidence
from helpers.whose import RELAY_AS_ORIGIN


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
    able = (t["grades"].subject_kind == "claim") & (t["grades"].ceiling != "6")
    judged = ("none" if not able.any() else "all" if able.sum() == len(claims) else
              links.rows(str(int(able.sum())), "grades", able)) + " can be judged"
    first = f"Of {all_}, {judged}; {links.rows(str(compared), 'claims', beside)} can be set beside the ledger, "
    best = _best(t)
    if not traced:
        return first + f"and none could be traced to a statement in it. {best[2].upper()}{best[3:]}."
    first += (f"{links.rows(str(traced), 'comparisons', _taken(t))} of which could be traced to a statement in it, and "
              f"{_changed(t, net)} of those changed on the way.")
    told, before, exact = {}, {}, dict(zip(t["claims"].claim_id, t["claims"].exact))
    for d in grown(net).to_dict("records"):
        old, new = (md(_own_words(d["field"], d[side], said)) for side, said in (
            ("old", evidence.statements[d["root_id"]].paraphrase), ("new", exact.get(d["claim_id"], ""))))
        words = f"“{old}” became “{new}”"
        told.setdefault(words, []).append(d["claim_id"])
        before.setdefault(words, []).extend(findings.held_before(d, t, evidence))
    for d in net[(net.field == "source") & net.old.isin(evidence.called) & net.new.isin(evidence.called)].itertuples():
        here, root = md(findings.cited(d.new, evidence)), md(findings.cited(d.old, evidence))
        words = (f"a figure credited to {here} goes back to {root}" if d.note == RELAY_AS_ORIGIN else
                 f"what {root} said is credited to {here}")
        told.setdefault(words, []).append(d.claim_id)
    if not told:
        return first + f" Of those that could be traced, none says more than the statement it goes back to{best}."

    def linked(ids: list[str]) -> str:
        return ", ".join(f"[{md(i)}]({links.place(i)})" for i in ids)

    changes = [words + (f", which had been said before ({linked(sorted({*before[words]}))})" if before.get(words) else "")
               + f" ({linked(ids[:4])}{_at_best(t, ids)})" for words, ids in told.items()]
    kept, room = [], linter.LONGEST - linter.length(f"What changed most: ; and 99 more{best}")
    for change in changes:
        room -= linter.length(change)
        if kept and room < 0:
            break
        kept.append(change)
    more = f"; and {len(changes) - len(kept)} more" if len(changes) > len(kept) else ""
    return first + f" What changed most: {'; '.join(kept)}{more}{best}."


def _taken(t: dict) -> pd.Series:
    return t["comparisons"].verdict.isin(["match", "ambiguous"]) & t["comparisons"].claim_id.isin(
        matching.best(t["comparisons"]))


def _changed(t: dict, net: pd.DataFrame) -> str:
    n = net.claim_id.nunique()
    return links.rows(str(n), "retellings", t["retellings"].step == 0) if n else "none"


def _own_words(field: str, value: str, said: str) -> str:
    """A value in the words in which it was said, if they are known: "died", where the table has "killed"."""
    own = in_words.told_measures(in_words.Passage(said)).get(value) if field == "measure" else None
    while own and own.split()[-1] in lexicons.group("little"):
        own = own.rpartition(" ")[0]  # "died in a"
    return own or findings.plain(value)


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


def grown(net: pd.DataFrame) -> pd.DataFrame:
    """The changes by which a claim came to say more than its root, the gravest kind first."""
    grave = {"measure": 0, "stance": 1, "magnitude": 2}
    grown = net[(net.direction == "stronger") & net.field.isin(list(grave))]
    return grown.assign(_grave=grown.field.map(grave)).sort_values(["_grave", "claim_id"], kind="stable")
