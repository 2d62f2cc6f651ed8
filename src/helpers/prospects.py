"""What moved a ceiling, and what would: rows and short sentences from the tables `sensitivity`, `grades` and `indicators`.

Ids stand bare in the sentences; the template makes links of them.
"""
import pandas as pd

from helpers import links
from helpers.grades import LIST
from helpers.tipping import BLANKED

KINDS = {"drop statement": "statement", "drop origin": "origin", "drop source": "source"}


def tipping(t: dict) -> list[dict]:
    """What moves which ceiling: claims that share a ceiling and all that would change it, in one row."""
    moves = t["sensitivity"][t["sensitivity"].moves == "yes"]
    found: dict[tuple, list[str]] = {}
    for g in t["grades"][(t["grades"].subject_kind == "claim") & (t["grades"].ceiling != "6")].to_dict("records"):
        own = moves[moves.subject == g["subject"]]
        key = (g["ceiling"], _without(own, t), _since(t, g["subject"]), _reading(own), g["would_raise"], g["would_lower"])
        found.setdefault(key, []).append(g["subject"])
    return [{"claims": claims, "ceiling": links.rows(ceiling, "grades", t["grades"].subject == claims[0]),
             "rests": rests, "since": since, "reading": reading, "tried": _tried(t, claims[0]),
             "would_raise": up.replace(LIST, " "), "would_lower": down.replace(LIST, " ")}
            for (ceiling, rests, since, reading, up, down), claims in found.items()]


def _tried(t: dict, claim: str) -> str:
    own = t["sensitivity"].subject == claim
    return links.rows(f"{int(own.sum())} changes tried", "sensitivity", own)


def _without(own: pd.DataFrame, t: dict) -> str:
    """"without L137 it is 2; without the source UK MoD it is 4": statements, and where it takes more, sources."""
    said = [f"without {m.changed_id} it is {m.ceiling_after}" for m in own[own.change == "drop statement"].itertuples()]
    if not said:
        names = dict(zip(t["sources"].source_id, t["sources"]["name"]))
        said = [f"without all that {names.get(m.changed_id, m.changed_id)} said it is {m.ceiling_after}"
                for m in own[own.change == "drop source"].itertuples()]
    return "; ".join(said)


def _since(t: dict, claim: str) -> str:
    """From which day the ceiling is what it is, and what it was on the day before it became so."""
    own = t["sensitivity"][(t["sensitivity"].subject == claim) & (t["sensitivity"].change == "cut-off")]
    moved = own[own.moves == "yes"]
    if moved.empty:
        return ""
    last = moved.iloc[-1]
    later = own[own.changed_id > last.changed_id]
    return f"on what had been said by {last.changed_id} it would be {last.ceiling_after}" + (
        f"; it is {last.ceiling_before} from {later.changed_id.iloc[0]} on" if len(later) else "")


def _reading(own: pd.DataFrame) -> str:
    rows = own[own.change == "drop annotation"]
    said = [f"had no {m.changed_id} been read, it would be {m.ceiling_after}" if m.changed_id in BLANKED else
            f"as {m.changed_id} has it, it would be {m.ceiling_after}" for m in rows.itertuples()]
    return "; ".join(said)


def letters(t: dict) -> str:
    """Which letters another prior moves, in a sentence."""
    s = t["sensitivity"][t["sensitivity"].change == "prior"]
    if s.empty:
        return ""
    names = dict(zip(t["sources"].source_id, t["sources"]["name"]))
    moved = [f"{names.get(r.subject, r.subject)} from {r.ceiling_before} to {r.ceiling_after} under {r.changed_id}"
             for r in s[s.moves == "yes"].itertuples()]
    tried = links.rows(f"{len(s)} tries with another prior", "sensitivity", t["sensitivity"].change == "prior")
    return f"Of {tried} than Beta(1,1), {len(moved)} moved a letter: {'; '.join(moved)}." if moved else (
        f"None of {tried} than Beta(1,1) moved a letter.")


def copy_test(sensitivity: pd.DataFrame) -> dict:
    """How many claims the copy test was made on, and how many ceilings moved."""
    tried = sensitivity.change == "copy statement"
    if not tried.any():
        return {}
    moved = int((sensitivity[tried].moves == "yes").sum())
    return {"n": links.rows(str(int(tried.sum())), "sensitivity", tried), "moved": moved or "no",
            "s": "s" * (moved > 1)}


def indicators(t: dict) -> list[dict]:
    """What to watch, each with whose last word it was and when."""
    return [{**r, "claims": r["claim_ids"].split(";"),
             "pace": f"{r['times']} times, {r['every']:.0f} days apart" if r["every"] == r["every"] else "once"}
            for r in t["indicators"].to_dict("records")]


def movements(moved: pd.DataFrame, t: dict) -> list[str]:
    """What differs from the day of publication, in sentences: ceilings first, then what did not move though more is known."""
    found, ceilings, claims = [], moved[moved.what == "ceiling"], t["claims"]
    for m in ceilings.itertuples():
        now = links.rows(m.now, "grades", t["grades"].subject == m.claim)
        why = _decisive(m, t["sensitivity"])
        found.append(f"{m.claim}: the ceiling was {m.then} then and is {now} now" + (f", for {why}." if why else "."))
    more = moved[(moved.what == "origins") & ~moved.claim.isin(ceilings.claim)]
    for m in more[more.why != ""].itertuples():
        found.append(f"{m.claim}: the ceiling is as it was. New against it since: {m.why}.")
    quiet = list(more[more.why == ""].claim)
    if quiet:
        found.append(f"{links.few(quiet, claims)}: more origins are known than then, and no ceiling moved.")
    told = {*moved[~moved.what.isin(["beside", "position"])].claim}
    first = [c for c in moved[(moved.what == "beside") & (moved.now == "some")].claim if c not in told]
    if first:
        them = "it" if len(first) == 1 else "them"
        found.append(f"{links.few(first, claims)}: nothing in the ledger could be set beside {them} then; "
                     "something can now, and it neither confirms nor contradicts.")
    turned: dict[tuple, list[str]] = {}
    for m in moved[moved.what == "position"].itertuples():
        since = m.now.removeprefix(m.then).removeprefix(" → ")
        turned.setdefault((m.why, "no position" if m.then == "none" else m.then, since), []).append(m.claim)
    for (who, then, since), about in turned.items():
        found.append(f"{who}, on {links.few(dict.fromkeys(about), claims)}: {then} by then; {since} since.")
    for what, words in (("match", "relays"), ("drift", "changed")):
        found += [f"{m.claim}: what it {words} was {m.then} then and is {m.now} now."
                  for m in moved[moved.what == what].itertuples()]
    return found


def _decisive(m, sensitivity: pd.DataFrame) -> str:
    """Of what is new, the reason that names a statement which alone moves the ceiling; else the first."""
    alone = set(sensitivity[(sensitivity.subject == m.claim) & (sensitivity.change == "drop statement")
                            & (sensitivity.moves == "yes")].changed_id)
    news = m.why.split("; ") if m.why else []
    named = [r for r in news if any(s in r for s in alone)]
    return (named or news or [""])[-1 if named else 0]
