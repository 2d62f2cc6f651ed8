"""What people read in a text, and which reading counts. How far two agree: `agreement`.

A *reading* is one annotator's complete table of claims, data/raw/annotations/<document>.<annotator>.csv. annotators.csv
says of each annotator whether it is a person, a model or a rule, and in which order their readings take precedence.
"""
from collections.abc import Callable

import pandas as pd

from helpers import tables
from helpers.paths import InputError, Run

RULES = "retold-rules"  # the program's own proposals, when they are asked for by name
ADJUDICATOR = "adjudicator"  # settles what readers disagree about
OVERLAP = 0.5  # two spans are one unit if they share at least half of their joint extent


def readings(run: Run, content: str) -> dict[str, pd.DataFrame]:
    """annotator -> their reading of the run's document, checked against its text, in order of precedence.

    Raises InputError for an annotator that annotators.csv does not name, and for a span that is not what it says.
    """
    known = tables.read("annotators", run).sort_values(["precedence", "annotator"], kind="stable")
    found = {}
    for file in sorted((run.raw / "annotations").glob(f"{run.document}.*.csv")):
        annotator = file.name.removeprefix(f"{run.document}.").removesuffix(".csv")
        if annotator not in set(known.annotator):
            raise InputError(f"{file}: annotator {annotator!r} is not in {tables.path('annotators', run)}; allowed: "
                             f"{', '.join(known.annotator)}")
        reading = tables.read("annotations", file)
        tables.check_spans(reading, content, file)
        tables.check_spans(reading, content, file, start="quantity_start", end="quantity_end", exact="quantity_exact")
        found[annotator] = reading
    return {a: found[a] for a in known.annotator if a in found}


def chosen(available: dict[str, pd.DataFrame], annotator: str = "") -> str:
    """The annotator whose reading counts: the one asked for, else the first in precedence, else the program's rules."""
    if annotator and annotator != RULES and annotator not in available:
        raise InputError(f"annotator {annotator!r} has no reading of this document; allowed: "
                         f"{', '.join([*available, RULES])}")
    return annotator or next(iter(available), RULES)


def as_claims(reading: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(claims, quantities) of a reading, as the tables of those names; rejected claims are left out."""
    kept = reading[reading.status != "rejected"]
    numbered = kept[kept.quantity_start.notna()]
    quantities = numbered.drop(columns=["start", "end", "exact"]).rename(
        columns={"quantity_start": "start", "quantity_end": "end", "quantity_exact": "exact"})
    return (kept[list(tables.SCHEMAS["claims"][1])].reset_index(drop=True),
            quantities[list(tables.SCHEMAS["quantities"][1])].astype({"start": int, "end": int}).reset_index(drop=True))


def as_factuality(claims: pd.DataFrame) -> pd.DataFrame:
    """The table `factuality` as far as the table `claims` has it: the author and the last in the chain, without cues."""
    rows = []
    for c in claims.itertuples():
        chain = c.chain.split(" > ")
        rows.append({"claim_id": c.claim_id, "level": 0, "holder": chain[0], "value": c.factuality_author})
        if len(chain) > 1:
            rows.append({"claim_id": c.claim_id, "level": len(chain) - 1, "holder": chain[-1],
                         "value": c.factuality_source})
    return tables.frame("factuality", rows)


def paired(a: pd.DataFrame, b: pd.DataFrame) -> list[tuple[int, int]]:
    """Positions of the claims of two readings that mark one unit: greedily the best overlap first, each used once.

    Overlap is Jaccard's index on characters; below OVERLAP two spans are two units.
    """
    shared, spans = [], [(y.start, y.end) for y in b.itertuples()]
    for i, x in enumerate(a.itertuples()):
        for j, (start, end) in enumerate(spans):
            joint = min(x.end, end) - max(x.start, start)
            if joint > 0 and (overlap := joint / (max(x.end, end) - min(x.start, start))) >= OVERLAP:
                shared.append((-overlap, i, j))
    taken_a, taken_b, pairs = set(), set(), []
    for _, i, j in sorted(shared):
        if i not in taken_a and j not in taken_b:
            pairs.append((i, j))
            taken_a.add(i)
            taken_b.add(j)
    return sorted(pairs)


def apart(run: Run, found: dict[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], pd.DataFrame | None]:
    """(the readings made apart from each other, the adjudication or None) of `readings`: annotators.csv marks who
    adjudicates by the kind "adjudicator". Raises InputError if two did."""
    kind = dict(tables.read("annotators", run)[["annotator", "kind"]].itertuples(index=False, name=None))
    over = [a for a in found if kind[a] == ADJUDICATOR]
    if len(over) > 1:
        raise InputError(f"{run.raw / 'annotations'}: {' and '.join(over)} both adjudicate {run.document!r}; one may")
    rest = {a: t for a, t in found.items() if a not in over}
    return (rest, found[over[0]]) if over and rest else (found, None)  # alone it is a reading like another


def adjudicated(reading: pd.DataFrame, over: pd.DataFrame) -> pd.DataFrame:
    """A reading in which adjudicated claims take precedence: each stands for the claim on its words, under that claim's
    id, and those on words that the reading does not mark are added. A rejected one takes its claim away (`as_claims`)."""
    pairs, ids = {j: i for i, j in paired(reading, over)}, set(reading.claim_id)
    names = []
    for j, own in enumerate(over.claim_id):
        name = reading.claim_id.iloc[pairs[j]] if j in pairs else own
        while j not in pairs and name in ids:
            name += "+"
        ids.add(name)
        names.append(name)
    rest = reading.drop(index=reading.index[sorted(pairs.values())])
    both = pd.concat([rest, over.assign(claim_id=names)])
    return both.sort_values(["start", "end"], kind="stable").reset_index(drop=True)


def stand_ins(readings: dict[str, pd.DataFrame], used: str, scope: Callable[[pd.DataFrame, pd.DataFrame], list]) -> dict:
    """reader -> claim_id of the reading in use -> (kind, scope) of that reader's claim on the same words; ("", None) where
    the reader marks no such claim. scope: from claims and quantities to scoped claims (`matching.settled`)."""
    found = {}
    for reader, table in readings.items():
        if reader == used or used not in readings:
            continue
        own, other = as_claims(readings[used])[0], as_claims(table)
        scoped = {c.claim_id: c for c in scope(*other)}
        pairs = {own.claim_id[i]: other[0].iloc[j] for i, j in paired(own, other[0])}
        found[reader] = {c: (pairs[c].kind, scoped.get(pairs[c].claim_id)) if c in pairs else ("", None)
                         for c in own.claim_id}
    return found
