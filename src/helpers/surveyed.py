"""What a survey leaves: its tables on disk, and what they show in two sentences."""
from pathlib import Path

import pandas as pd

from helpers import tables


def finding(runs: pd.DataFrame, fields: pd.DataFrame) -> str:
    """What the runs show together, in two sentences; of a document with several cut-offs its latest run counts. runs: from
    `side_by_side`; fields: from `fields`, with its index as the column run."""
    own = runs.assign(day=runs.as_of.where(runs.as_of != "", "now")).sort_values("day", key=lambda d: d.where(d != "now", "~"))
    own = own.drop_duplicates("document", keep="last")
    if own.empty:
        return "No run is whole, so there is nothing to set side by side."
    n = own[["claims", "traced", "drifted", "contradicted", "judged"]].sum()
    most = fields[fields.run.isin(own.run)].drop(columns="run").sum().sort_values(ascending=False, kind="stable")
    changed = f", most often the {most.index[0]} ({most.iloc[0]})" if n.drifted else ""
    return (f"{len(runs)} run{'s' * (len(runs) != 1)} of {len(own)} document{'s' * (len(own) != 1)} with {n.claims} claims. "
            f"{n.traced} could be traced to where they began, and {n.drifted} of these changed on the way{changed}; an origin "
            f"contradicts {n.contradicted}, and {n.judged} can be judged.")


def keep(made: dict[str, pd.DataFrame], folder: Path) -> dict[str, int]:
    """Write each table as NAME.parquet and NAME.csv, the same bytes for the same rows; returns how many rows each has."""
    import pyarrow
    from pyarrow import parquet

    folder.mkdir(parents=True, exist_ok=True)
    for name, table in made.items():
        whole = pyarrow.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
        parquet.write_table(whole, folder / f"{name}.new")
        (folder / f"{name}.new").replace(folder / f"{name}.parquet")
        table.map(lambda v: tables.guard(v) if isinstance(v, str) else v).to_csv(
            folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
    return {name: len(table) for name, table in made.items()}
