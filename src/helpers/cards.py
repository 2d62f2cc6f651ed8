"""What the report says of each claim, statement and source: plain dicts and lists, made from tables."""
import itertools
import re
from collections import Counter

import pandas as pd

from helpers import steps, tables
from helpers.drawing import named, names, short_day, shortened
from helpers.tellings import amount, span_of
from helpers.grades import LIST
from helpers.prose import web_address

# FactBank's values (Saurí and Pustejovsky 2009) in words.
FACTUALITY = {"CT+": "certain", "CT-": "certainly not", "PR+": "probable", "PR-": "probably not", "PS+": "possible",
              "PS-": "possibly not", "Uu": "not committed"}
SOURCE_TYPES = {"named": "a named source", "role": "a role", "collective": "a group", "unnamed": "nobody named",
                "none": "the author’s own voice"}
SIGNS = {"stronger": "▲ stronger", "weaker": "▼ weaker", "other": "◆ changed"}


def statements_shown(read: dict, named: list[str]) -> pd.DataFrame:
    """The statements that the run cites: what may be compared, its roots and relays, and those that the prose names."""
    ledger, c = read["statements"], read["comparisons"]
    cells = [*read["grades"].statement_ids, *read["origins"].statement_ids]
    wanted = {*c.statement_id[c.verdict != "not comparable"], *c.root_id, *read["retellings"].root_id,
              *read["retellings"].from_id, *named, *(s.strip() for cell in cells for s in cell.split(";"))}
    above = dict(zip(ledger.statement_id, ledger.retells))
    for statement in sorted(wanted):
        while (statement := above.get(statement, "")) and statement not in wanted:
            wanted.add(statement)
    return ledger[ledger.statement_id.isin(wanted)].sort_values(["said_on", "statement_id"], kind="stable")


def of_claims(read: dict, shown: pd.DataFrame, place: dict) -> list[dict]:
    """One card a claim, in the order of the text."""
    known = {s.source_id: s for s in read["sources"].itertuples()}
    row_of = {s["id"]: s for s in statement_rows(shown, read["sources"], place)}
    told = steps.tellings(read["retellings"], read["claims"], read["statements"], read["quantities"],
                                  read["comparisons"], read["sources"])
    by_claim = {name: tables.rows_by("claim_id", read[name])
                for name in ("quantities", "comparisons", "not_compared", "retellings", "origins")}
    told = tables.rows_by("claim_id", told)
    called, made = names(read["sources"], marked=True), []
    before = {(r.claim_id, r.to_id, r.field): named(r.old, called) if r.field == "source" else
              steps.plain(r.field, r.old) for r in read["retellings"].itertuples() if r.step > 0}
    over, moves, inside = overlapping(read["claims"]), _moves(read["sensitivity"]), _inside(read["shifts"])
    grades = {g.subject: g for g in read["grades"].itertuples() if g.subject_kind == "claim"}
    for n, c in enumerate(read["claims"].sort_values(["start", "end"], kind="stable").itertuples()):
        own = {name: by_claim[name].get(c.claim_id, []) for name in by_claim}
        net = [r for r in own["retellings"] if r.step == 0]
        made.append({
            "id": c.claim_id, "n": n, "at": place["claim", c.claim_id], "exact": c.exact, "kind": c.kind,
            "proposition": c.proposition if _bare(c.proposition) != _bare(c.exact) else "",
            "source_type": c.source_type, "source_words": SOURCE_TYPES[c.source_type],
            "chain": [_source(s, known, place) for s in c.chain.split(" > ")], "cue": c.cue,
            "speech_act": c.speech_act, "hedges": c.hedges, "author": FACTUALITY[c.factuality_author],
            "source": FACTUALITY[c.factuality_source], "checkable": c.checkable, "negated": c.polarity == "neg",
            "numbers": [_number(q) for q in own["quantities"]],
            **_relayed(own["comparisons"], own["not_compared"], row_of),
            "net": _changes(net or own["retellings"], called), "way": _way(told.get(c.claim_id, []), place, before),
            "over": [(o, place["claim", o]) for o in over[c.claim_id]],
            "inside": [{**i, "at": place["claim", i["id"]]} for i in inside.get(c.claim_id, ())
                       if ("claim", i["id"]) in place],
            "moves": [{**m, "ids": _linked(";".join(m["ids"]), place)} for m in moves.get(c.claim_id, ())],
            "contradicted": any(o.agrees == "no" for o in own["origins"]),
            "origins": [_origin(o, place) for o in own["origins"]],
            "mentions": sum(int(o.mentions) for o in own["origins"]),
            "independent": sum(o.independent == "yes" for o in own["origins"]),
            "grade": _grade(grades.get(c.claim_id), place)})
    return made


def _bare(words: str) -> str:
    return " ".join(words.split()).strip(" .").casefold()


def by_change(made: list[dict], retellings: pd.DataFrame) -> list[list[dict]]:
    """The cards of the claims that changed, as the drift chart has them: what counts most first, like with like."""
    card = {c["id"]: c for c in made if c["net"]}
    found = ([card[c] for c in own if c in card] for own in steps.alike(retellings))
    return [own for own in found if own]


def _source(source_id: str, known: dict, place: dict) -> dict:
    row = known.get(source_id)
    return {"id": source_id, "name": row.name if row else named(source_id, {}),
            "at": place.get(("source", source_id), ""), "party": bool(row) and row.party_to_event == "yes"}


def _number(q) -> dict:
    scope = [q.population, q.measure.replace("_", " "), q.rate.replace("_", " "), q.place, q.period]
    days = span_of(q) if q.period_end else ""
    return {"words": amount(q) or q.exact, "exact": q.exact, "scope": [s for s in scope if s], "days": days}


def _relayed(comparisons: list, refused: list, row_of: dict) -> dict:
    """matches: what the claim most likely relays; others: what else may be compared; apart: the fields in which the rest
    differ, with how many do, all of them counted and not only those that are listed."""
    ranked = sorted((r.rank, r.statement_id, r.verdict) for r in comparisons if r.statement_id in row_of)
    apart = Counter({f"another {r.reason}": int(r.statements) for r in refused})
    return {"matches": [row_of[s] for _, s, verdict in ranked if verdict in ("match", "ambiguous")],
            "others": [row_of[s] for _, s, verdict in ranked if verdict == "candidate"],
            "apart": sorted(apart.items(), key=lambda item: (-item[1], item[0]))}


def _changes(rows: list, called: dict[str, str]) -> list[dict]:
    """What changed, a dict a field. A number is read with its bound: where both changed, they are one change."""
    def words(field, value):
        return named(value, called) if field == "source" else steps.plain(field, value)

    direction = {r.field: r.direction for r in rows}
    both = {"bound", "magnitude"} <= direction.keys()
    found = []
    for r in rows:
        if r.field == "bound" and both:
            continue
        way = r.direction if r.field != "magnitude" or direction.get("bound", r.direction) == r.direction else "other"
        found.append({"field": "number" if r.field == "magnitude" else r.field, "old": words(r.field, r.old),
                      "new": words(r.field, r.new), "direction": way, "sign": SIGNS[way], "note": r.note})
    return found


def overlapping(claims: pd.DataFrame) -> dict[str, list[str]]:
    """claim_id -> the claims that share a word with it, in the order of the text."""
    found: dict[str, list[str]] = {c: [] for c in claims.claim_id}
    ordered = sorted(zip(claims.start, claims.end, claims.claim_id))
    for n, (_, end, claim) in enumerate(ordered):
        for start, _, other in ordered[n + 1:]:
            if start >= end:
                break
            found[claim].append(other)
            found[other].append(claim)
    return {claim: sorted(set(others)) for claim, others in found.items()}


def _moves(sensitivity: pd.DataFrame) -> dict[str, list[dict]]:
    """claim -> what moves its ceiling when it is left out: kind, ids, ceiling before and after."""
    found: dict[str, list[dict]] = {}
    moving = sensitivity[sensitivity.moves == "yes"]
    for (subject, change, was, then), own in moving.groupby(
            ["subject", "change", "ceiling_before", "ceiling_after"], sort=False):
        found.setdefault(subject, []).append({"change": change, "ids": list(own.changed_id), "was": was, "then": then})
    return found


def _inside(shifts: pd.DataFrame) -> dict[str, list[dict]]:
    """claim -> where else the text says the same thing otherwise."""
    found: dict[str, list[dict]] = {}
    for s in shifts.itertuples():
        for claim, other, here, there in ((s.claim_a, s.claim_b, s.old, s.new), (s.claim_b, s.claim_a, s.new, s.old)):
            found.setdefault(claim, []).append({"id": other, "field": s.field, "here": here, "there": there})
    return found


def _way(told: list, place: dict, before: dict) -> list[dict]:
    """The tellings from the root to the text, each with what it said and what it changed."""
    found = []
    for step, own in itertools.groupby(sorted(told, key=lambda r: r.step), lambda r: r.step):
        own = list(own)
        value, t = {r.field: r.value for r in own}, own[0]
        said = [v.replace("_", " ") for v in (value.get("magnitude", ""), value.get("measure", "")) if v]
        found.append({
            "who": t.teller, "id": t.teller_id, "at": place.get(("statement", t.teller_id), ""),
            "day": short_day(t.day), "said": " ".join(said) or value.get("stance", "").replace("_", " "),
            "role": "this text" if t.teller == "this text" and not t.day else "root" if step == 0 else "relay",
            "changes": [{"field": "number" if r.field == "magnitude" else r.field, "sign": SIGNS[r.direction],
                         "old": before.get((t.claim_id, t.teller_id, r.field), ""),
                         "new": steps.plain(r.field, r.value)}
                        for r in own if r.changed == "yes"]})
    return found


def _origin(o, place: dict) -> dict:
    return {"id": o.origin, "family": shortened(o.origin_family.replace(";", ", ").replace("-", " ")), "why": o.why,
            "independent": o.independent, "party": o.party_to_event, "agrees": o.agrees, "mentions": int(o.mentions),
            "ids": _linked(o.statement_ids, place)}


def _linked(cell: str, place: dict) -> list[tuple[str, str]]:
    """(id, its place on the page or nothing) of each statement in a cell."""
    return [(s, place.get(("statement", s), "")) for s in map(str.strip, cell.split(";")) if s]


def _reasons(cell: str, place: dict) -> list[list[tuple[str, str]]]:
    """The sentences of a cell of `grades`, each cut into (words, the place on the page of the statement they name)."""
    return [[(word, place.get(("statement", word), "")) for word in re.split(r"([\w.\-]*\w)", r) if word]
            for r in cell.split(LIST) if r]


def _grade(g, place: dict) -> dict:
    if g is None:
        return {"value": "", "ceiling": "", "by": "", "on": "", "reason": "", "pro": [], "con": [], "up": [],
                "down": [], "ids": []}
    said = {"pro": g.reasons_for, "con": g.reasons_against, "up": g.would_raise, "down": g.would_lower}
    return {"value": g.grade or g.ceiling, "ceiling": g.ceiling, "by": g.graded_by if g.grade else "",
            "on": g.graded_on, "reason": g.grade_reason, "ids": _linked(g.statement_ids, place),
            **{name: _reasons(cell, place) for name, cell in said.items()}}


def statement_rows(shown: pd.DataFrame, sources: pd.DataFrame, place: dict) -> list[dict]:
    """The statements as the page lists them, in order of their day."""
    known = {n.casefold(): s for s in reversed(list(sources.itertuples()))
             for n in (s.source_id, s.name, *s.aliases.split(";")) if n.strip()}
    rows = []
    for s in shown.itertuples():
        source = known.get(s.source.casefold())
        rows.append({
            "id": s.statement_id, "at": place["statement", s.statement_id], "day": short_day(s.said_on),
            "who": s.source, "speaker": s.speaker, "source_at": place.get(("source", source.source_id),
            "") if source else "",
            "party": bool(source) and source.party_to_event == "yes", "stance": s.stance.replace("_", " "),
            "number": amount(s),
            "sort": {"day": s.said_on, "number": next((v for v in (s.low, s.high) if pd.notna(v)), "")},
            "scope": " · ".join(v.replace("_", " ") for v in (s.population, s.measure, s.rate, s.place) if v),
            "period": s.period, "retells": _linked(s.retells, place), "paraphrase": s.paraphrase,
            "title": s.page_title, "url": web_address(s.page_url)})
    return rows


def sources_cited(read: dict, shown: pd.DataFrame, place: dict) -> list[dict]:
    """The sources with what is known of them and their ceiling or grade; those that the run cites come first."""
    cited = {s for chain in read["claims"].chain for s in chain.split(" > ")}
    spoke = {s.casefold() for s in shown.source}
    grades = {g.subject: g for g in read["grades"].itertuples() if g.subject_kind == "source"}
    rows = []
    for s in read["sources"].itertuples():
        spoken = bool(spoke & {n.casefold() for n in (s.source_id, s.name, *s.aliases.split(";"))})
        rows.append({"id": s.source_id, "at": place["source", s.source_id], "name": s.name, "kind": s.kind,
                     "party": s.party_to_event, "family": s.origin_family.replace("-", " "), "note": s.note,
                     "cited": s.source_id in cited or spoken, "grade": _grade(grades.get(s.source_id), place)})
    return sorted(rows, key=lambda r: (not r["cited"], r["name"].casefold(), r["id"]))


def references(shown: pd.DataFrame, place: dict) -> list[dict]:
    """Each page once, with the statements seen on it; an address that is not of the web stands as text."""
    pages: dict[tuple[str, str], list] = {}
    for s in shown.itertuples():
        if s.page_title or s.page_url:
            pages.setdefault((s.page_url or s.page_title, s.page_title), []).append(s)
    found = [{"title": title or url, "url": web_address(url), "address": url if url != title else "",
              "date": own[0].page_date, "ids": [(s.statement_id, place["statement", s.statement_id]) for s in own]}
             for (url, title), own in pages.items()]
    return sorted(found, key=lambda r: (r["title"].casefold(), r["address"]))
