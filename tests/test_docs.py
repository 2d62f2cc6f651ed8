"""docs/tables.md names every column that people write and every value that it may hold, and no other column."""
import re

import pytest

from helpers.schemas import SCHEMAS

RAW = [name for name, (kind, _) in SCHEMAS.items() if kind == "raw"]


@pytest.mark.parametrize("name", RAW)
def test_the_page_on_tables_has_every_column_and_every_allowed_value(root, name):
    page = (root / "docs" / "tables.md").read_text(encoding="utf-8")
    section = next(part for part in re.split(r"\n## ", page) if re.match(rf"{name}\b", part))
    rows = {column: line for line in section.splitlines() if line.startswith("| `")
            for column in re.findall(r"`(\w+)`", line.split("|")[1])}
    columns = SCHEMAS[name][1]
    assert set(rows) - {"dossier"} == set(columns)
    for column, rule in columns.items():
        for value in rule.one_of or ():
            assert f"`{value}`" in rows[column] or (value == "" and "empty" in rows[column]), f"{name}.{column} may be {value!r}"
