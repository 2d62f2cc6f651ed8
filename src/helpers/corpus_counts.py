"""What a corpus in Parquet shows, counted batch by batch: nothing but the columns asked for is read, and few rows at once."""
from collections import Counter
from pathlib import Path

import pandas as pd
import pyarrow.dataset as ds

from helpers.paths import InputError


def _counted(folder: Path, table: str, *columns: str) -> Counter:
    if not (folder / table).is_dir():
        raise InputError(f"corpus {str(folder)!r}: there is no folder {table}/ in it; make it with `retold corpus`")
    found: Counter = Counter()
    for batch in ds.dataset(folder / table, format="parquet").to_batches(columns=list(columns)):
        found.update(zip(*(batch.column(name).to_pylist() for name in columns)))
    return found


def texts(folder: Path) -> dict[str, int]:
    """How many texts, words and claims; how many texts are not English, and how many could not be read."""
    found = _counted(folder, "texts", "words", "claims", "remark", "error")
    return {"texts": found.total(), "words": sum(w * n for (w, *_), n in found.items()),
            "claims": sum(c * n for (_, c, *_), n in found.items()),
            "not English": sum(n for (*_, remark, _), n in found.items() if remark),
            "not read": sum(n for (*_, error), n in found.items() if error)}


def by_source_type(folder: Path) -> pd.Series:
    """Claims by the kind of their last source, the commonest first."""
    found = {kind: n for (kind,), n in _counted(folder, "claims", "source_type").items()}
    return pd.Series(dict(sorted(found.items(), key=lambda f: (-f[1], f[0]))), name="claims", dtype="int64")


def most_cited(folder: Path, first: int = 12) -> pd.DataFrame:
    """The sources to whom most is attributed, by their id or else their words: source, source_type, attributions."""
    found: Counter = Counter()
    for (own, words, kind), n in _counted(folder, "attributions", "source_id", "source_exact", "source_type").items():
        if kind == "named" and (own or words):
            found[own or words, kind] += n
    rows = sorted(((*who, n) for who, n in found.items()), key=lambda r: (-r[2], r[:2]))[:first]
    return pd.DataFrame(rows, columns=["source", "source_type", "attributions"])
