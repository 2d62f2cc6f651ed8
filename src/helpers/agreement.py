"""How far readers of one text agree: which claims they mark, and how they judge those that both mark.

Units: F1 of spans, the mean over pairs of readers. Where what nobody marks cannot be counted, as with spans of running text,
F1 is what kappa tends to (Hripcsak and Rothschild 2005). Krippendorff's alpha for unitizing (1995) does not apply: claims
lie within claims. Layers: Krippendorff's alpha, nominal (Krippendorff 2011; the package of that name), readers who did not
mark a claim counting as missing. Intervals: 90%, percentile bootstrap over claims (Efron and Tibshirani 1993), seeded.
"""
import itertools

import krippendorff
import numpy as np
import pandas as pd

from helpers import annotations, tables

LAYERS = ("kind", "source_type", "speech_act", "polarity", "factuality_author", "factuality_source", "checkable",
          "measure", "population")
MARKED = "claims marked"
RESAMPLES, SEED = 2000, 20141228
BETWEEN = " | "  # values of several readers in a cell


def units(readings: dict[str, pd.DataFrame]) -> list[dict[str, int]]:
    """The claims that anybody marked, each as reader -> the position of the claim in that reading.

    Each reading is paired (`annotations.paired`) with the spans found so far, in the order of the readings.
    """
    found: list[dict[str, int]] = []
    for reader, table in readings.items():
        first = [readings[next(iter(u))].iloc[next(iter(u.values()))] for u in found]
        spans = pd.DataFrame({"start": [r.start for r in first], "end": [r.end for r in first]})
        at = {j: i for i, j in annotations.paired(spans, table)}
        for j in range(len(table)):
            if j in at:
                found[at[j]][reader] = j
            else:
                found.append({reader: j})
    return found


def table(readings: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The table `agreement` of two or more readings: first what they marked, then how they judged it; empty for fewer."""
    if len(readings) < 2:
        return tables.empty("agreement")
    marked = units(readings)
    values = {layer: [[readings[r][layer].iloc[u[r]] if r in u else None for r in readings] for u in marked]
              for layer in LAYERS}
    both = sum(len(u) == len(readings) for u in marked)
    value, low, high = f1([[r in u for r in readings] for u in marked])
    rows = [{"layer": MARKED, "statistic": f"F1 of spans (overlap of {annotations.OVERLAP:g})", "value": value, "low": low,
             "high": high, "n": sum(map(len, readings.values())),
             "note": ", ".join(f"{r} marked {len(t)}" for r, t in readings.items()) + f"; {both} in common"}]
    for layer in LAYERS:
        shared = [v for v in values[layer] if sum(x is not None for x in v) > 1]
        said = [x for v in shared for x in v if x is not None]
        common = max(sorted(set(said)), key=said.count, default="")
        value, low, high = alpha(shared)
        rows.append({"layer": layer, "statistic": "Krippendorff's alpha, nominal", "n": len(shared), "value": value,
                     "low": low, "high": high,
                     "prevalence": f"{common or 'blank'} {said.count(common) / len(said):.0%}" if said else "",
                     "note": f"the same in {sum(len(set(v) - {None}) == 1 for v in shared)} of {len(shared)}"})
    return tables.frame("agreement", rows)


def alpha(values: list[list]) -> tuple[float, float, float]:
    """Krippendorff's alpha, nominal, with its 90% interval. values: a row a unit, a column a reader, None where missing.

    NaN where only one value occurs: there is nothing to agree about by more than chance.
    """
    known = sorted({x for v in values for x in v if x is not None})
    if len(known) < 2 or not any(sum(x is not None for x in v) > 1 for v in values):
        return (np.nan,) * 3
    code = {x: n for n, x in enumerate(known)}
    coded = [[np.nan if x is None else code[x] for x in v] for v in values]
    with np.errstate(all="ignore"):
        point = krippendorff.alpha(np.array(coded, dtype=float).T, level_of_measurement="nominal",
                                   value_domain=list(range(len(known))))
    return (float(point), *_interval(*_parts(coded, len(known))))


def _parts(coded: list[list[float]], k: int) -> tuple[np.ndarray, np.ndarray]:
    """Per unit: the disagreement of its pairs, and how often each value occurs in pairs (Krippendorff 2011, C)."""
    counts = np.array([[v.count(c) for c in range(k)] for v in coded], dtype=float).reshape(-1, k)
    m = counts.sum(axis=1)
    counts[m < 2] = 0
    pairs = np.where(m > 1, (m ** 2 - (counts ** 2).sum(axis=1)) / np.maximum(m - 1, 1), 0)
    return pairs, counts


def _interval(pairs: np.ndarray, counts: np.ndarray) -> tuple[float, float]:
    weights = _resampled(len(pairs))
    per_value = weights @ counts
    n = per_value.sum(axis=1)
    with np.errstate(all="ignore"):
        found = 1 - (n - 1) * (weights @ pairs) / (n ** 2 - (per_value ** 2).sum(axis=1))
    return _ends(found)


def f1(marked: list[list[bool]]) -> tuple[float, float, float]:
    """F1 of spans, the mean over pairs of readers, with its 90% interval. marked: a row a unit, a column a reader."""
    m = np.array(marked, dtype=float)
    if not m.size:
        return (np.nan,) * 3

    def of(weights: np.ndarray) -> np.ndarray:
        with np.errstate(all="ignore"):
            pairs = [2 * (weights @ (m[:, a] * m[:, b])) / (weights @ (m[:, a] + m[:, b]))
                     for a, b in itertools.combinations(range(m.shape[1]), 2)]
        return np.mean(pairs, axis=0)

    return (float(of(np.ones((1, len(m))))[0]), *_ends(of(_resampled(len(m)))))


def _resampled(n: int) -> np.ndarray:
    """How often each unit is drawn, a row a resample."""
    return np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), size=RESAMPLES).astype(float)


def _ends(found: np.ndarray) -> tuple[float, float]:
    found = found[np.isfinite(found)]
    return tuple(float(x) for x in np.quantile(found, [0.05, 0.95])) if len(found) else (np.nan, np.nan)


def disagreements(readings: dict[str, pd.DataFrame], adjudicated: pd.DataFrame | None = None) -> pd.DataFrame:
    """The table `disagreements`: what is to be settled, a row a claim and layer, and how it was settled where it has been.

    A claim that some did not mark is a row of the layer "claims marked"; settled says "marked" or "not marked" there.
    """
    if len(readings) < 2:
        return tables.empty("disagreements")
    rows, marked = [], units(readings)
    first = [readings[next(iter(u))].iloc[next(iter(u.values()))] for u in marked]
    spans = pd.DataFrame({"start": [r.start for r in first], "end": [r.end for r in first]})
    settled = {i: adjudicated.iloc[j] for i, j in annotations.paired(spans, adjudicated)} if adjudicated is not None else {}
    for n, (u, c) in enumerate(zip(marked, first)):
        by = settled.get(n)
        about = {"claim_id": c.claim_id, "start": c.start, "end": c.end, "exact": c.exact}
        if len(u) < len(readings):
            rows.append(about | {"layer": MARKED, "readers": BETWEEN.join(readings),
                                 "values": BETWEEN.join("marked" if r in u else "not marked" for r in readings),
                                 "settled": "" if by is None else "not marked" if by.status == "rejected" else "marked"})
        for layer in LAYERS if len(u) > 1 else ():
            values = [readings[r][layer].iloc[j] for r, j in u.items()]
            if len(set(values)) > 1:
                rows.append(about | {"layer": layer, "readers": BETWEEN.join(u),
                                     "values": BETWEEN.join(v or "blank" for v in values),
                                     "settled": "" if by is None else (by[layer] or "blank")})
    return tables.frame("disagreements", sorted(rows, key=lambda r: (r["start"], r["end"], r["layer"])))
