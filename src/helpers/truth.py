"""Truth discovery, for the appendix: what an algorithm that trusts the often repeated would say, and why Retold does not.

*Sums* (Pasternack and Roth 2010, after Kleinberg's hubs and authorities, 1999): a source is as good as what it asserts, an
assertion as its sources. Computed twice: with each teller as a source, and with tellers joined into houses first; and each
once more after the copy test.
"""
import math
from collections.abc import Iterable

import pandas as pd

from helpers import ledger, likeness, survey, tellings

COPIES, ROUNDS = 10, 20
COLUMNS = ["ledger", "subject", "period_start", "period_end", "value", "copied", "tellers", "houses", "by_tellers",
           "by_tellers_copied", "by_houses", "by_houses_copied"]


def scores(edges: Iterable[tuple[str, tuple]]) -> dict[tuple, float]:
    """Assertion -> its score by Sums, the best being 1, from (source, assertion) pairs.

    Iterated from equal trust, as in the paper: networkx.hits solves for the eigenvector instead, whose sign and choice are
    chance where parts of the graph are alike.
    """
    edges = sorted(set(edges))
    of_assertion = dict.fromkeys((a for _, a in edges), 1.0)
    for _ in range(ROUNDS):
        of_source: dict[str, float] = {}
        for source, assertion in edges:
            of_source[source] = of_source.get(source, 0.0) + of_assertion[assertion]
        found = dict.fromkeys(of_assertion, 0.0)
        for source, assertion in edges:
            found[assertion] += of_source[source]
        top = max(found.values())
        of_assertion = {a: value / top for a, value in found.items()}
    return {a: round(value, 3) for a, value in of_assertion.items()}


def table(shared: Iterable[survey.Shared]) -> pd.DataFrame:
    """The numbers on which statements differ, a row a value (columns COLUMNS).

    Values are rivals if they count one subject over one period. The least told of each is then repeated by ten new tellers
    that name where they have it: `by_tellers_copied`, `by_houses_copied`.
    """
    rows = []
    for one in shared:
        told, houses, rivals = [], [], {}
        for s in one.evidence.statements.values():
            if likeness.numbered(s) and s.stance not in ledger.DENYING:
                about = (s.measure, s.population, s.rate, s.place, s.period_start, s.period_end)
                value = (*about, tellings.amount(s))
                root = one.evidence.statements[one.evidence.root[s.statement_id][0]]
                told.append((f"teller {s.source_id}", value))
                houses.append((f"house {one.evidence.house(root.source_id)}", value))
                rivals.setdefault(about, {}).setdefault(value, set()).add(s.source_id)
        rivals = {about: values for about, values in rivals.items() if len(values) > 1}
        least = [min(sorted(values), key=lambda v: len(values[v])) for values in rivals.values()]
        copies = [(f"teller copy {n}", value) for value in least for n in range(COPIES)]
        # A copy names where it has it: its house is that of the first that told it.
        first = {value: house for house, value in reversed(houses)}
        found = [scores(edges) for edges in (told, told + copies, houses, houses + [(first[v], v) for _, v in copies])]
        for about, values in rivals.items():
            for value in sorted(values):
                rows.append([one.name, survey.subject(*about[:4]), *about[4:], value[-1], "yes" if value in least else "no",
                             len(values[value]), len({h for h, v in houses if v == value}),
                             *(f.get(value, math.nan) for f in found)])
    return pd.DataFrame(rows, columns=COLUMNS).sort_values(
        ["ledger", "subject", "period_start", "period_end", "by_tellers", "value"], ascending=[True] * 4 + [False, True],
        kind="stable", ignore_index=True)
