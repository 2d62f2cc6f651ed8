"""Every table's schema, in one place; checked on read and on write.

A table is a CSV in UTF-8. All cells are text as they stand ("NA" and "007" are not touched); an empty cell is an
empty string, and only columns declared as numbers become numbers (float, NaN where empty; offsets are int).
Lists inside a cell are separated by ";". Offsets are Unicode code points into the run's text.txt.

A cell that a spreadsheet would run as a formula is written with an apostrophe before it and read back without.
"""
import csv
import io
import re
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from helpers.paths import InputError, Run, check_date

# The vocabularies.
KINDS = ("event", "quantity", "cause", "prediction", "opinion")
SOURCE_TYPES = ("named", "role", "collective", "unnamed", "none")
SPEECH_ACTS = ("say", "allege", "estimate", "deny", "decline", "confirm", "speculate", "none")
FACTUALITY = ("CT+", "CT-", "PR+", "PR-", "PS+", "PS-", "Uu")
BOUNDS = ("", "exact", "about", "over", "at_least", "under", "at_most", "between")
LEDGER_BOUNDS = (*BOUNDS, "mean", "about_or_over")
STANCES = ("assert", "confirm", "deny", "evade", "no_comment", "predict")
YES_NO_UNKNOWN = ("yes", "no", "unknown")
DRIFT_FIELDS = ("measure", "population", "place", "bound", "magnitude", "period", "rate", "source", "stance", "hedge")
DIRECTIONS = ("stronger", "weaker", "other")
VERDICTS = ("match", "ambiguous", "candidate", "not comparable")
AGREES = ("yes", "partly", "no", "unknown")
RELATIONS = ("", "equal", "near", "contained", "differs", "unknown")


class Column:
    """One column's rule: how a cell is read, and what it may hold."""

    def __init__(self, *, one_of=None, pattern="", date=False, number=False, integer=False, required=False,
                 unique=False, means=""):
        self.one_of, self.date, self.number, self.integer = one_of, date, number, integer
        self.pattern, self.required, self.unique, self.means = pattern, required, unique, means

    @property
    def allowed(self) -> str:
        if self.one_of:
            return "one of " + ", ".join(repr(v) if v else "empty" for v in self.one_of)
        kind = ("a date (YYYY-MM-DD)" if self.date else "a whole number" if self.integer else "a number" if self.number
                else f"text like {self.means or self.pattern}" if self.pattern else "text")
        return kind + ("" if self.required else " or empty") + (", once only" if self.unique else "")

    def accepts(self, value: str) -> bool:
        if value == "":
            return not self.required and (self.one_of is None or "" in self.one_of)
        if self.one_of is not None:
            return value in self.one_of
        if self.date:
            try:
                return bool(check_date(value, ""))
            except InputError:
                return False
        if self.integer:
            return re.fullmatch(r"\d{1,15}", value) is not None
        if self.number:
            return re.fullmatch(r"-?\d{1,300}(\.\d+)?([eE][+-]?\d{1,2})?", value) is not None
        return not self.pattern or re.fullmatch(self.pattern, value) is not None


text = Column()
need = Column(required=True)
key = Column(required=True, unique=True, pattern=r"[^\s;>]{1,120}", means="a name without space, ';' or '>'")
ref = Column(required=True, pattern=r"[^\s;>]{1,120}", means="a name without space, ';' or '>'")
offset = Column(integer=True, required=True)
maybe_offset = Column(integer=True)
number = Column(number=True)
day = Column(date=True)


def _one(values, required=True):
    return Column(one_of=tuple(values) if required else ("", *values))


SPAN = {"start": offset, "end": offset, "exact": need, "prefix": text, "suffix": text}
CLAIM = {
    "claim_id": key, **SPAN, "paragraph": offset, "proposition": text, "kind": _one(KINDS), "chain": need,
    "source_type": _one(SOURCE_TYPES), "cue": text, "speech_act": _one(SPEECH_ACTS), "polarity": _one(("pos", "neg")),
    "hedges": text, "factuality_author": _one(FACTUALITY), "factuality_source": _one(FACTUALITY),
    "checkable": _one(("yes", "partly", "no")), "measure": text, "population": text, "place": text,
    "status": _one(("proposed", "accepted", "edited", "rejected")), "annotator": need, "rule": text,
}
QUANTITY = {
    "low": number, "high": number, "bound": Column(one_of=BOUNDS), "unit": text, "population": text, "measure": text,
    "rate": text, "period": text, "period_start": day, "period_end": day, "place": text,
}

# name -> (where it lies, its columns in order). "raw" tables are people's; "processed" ones lie in a run's folder.
SCHEMAS: dict[str, tuple[str, dict[str, Column]]] = {
    "texts": ("raw", {
        "document": key, "file": need, "title": text, "publisher": text, "url": text, "published": day,
        "captured": day, "genre": text, "language": text, "wording": _one(("original", "digest", "translation")),
        "note": text}),
    "sources": ("raw", {
        "source_id": key, "name": need, "aliases": text,
        "kind": _one(("state", "military", "agency", "wire", "outlet", "aggregator", "person", "unnamed")),
        "party_to_event": _one(YES_NO_UNKNOWN), "origin_family": text, "note": text}),
    "statements": ("raw", {
        "statement_id": key, "said_on": Column(date=True, required=True),
        "said_on_precision": _one(("day", "page", "month"), False), "source": need, "speaker": text,
        "origin_type": text, "stance": _one(STANCES), "measure": need, "population": text, "place": text,
        "low": number, "high": number, "bound": Column(one_of=LEDGER_BOUNDS), "qualifier": text, "rate": text,
        "period": text, "period_start": day, "period_end": day, "retells": text, "paraphrase": text,
        "page_title": text, "page_url": text, "page_date": text, "seen_with": _one(("high", "medium", "low"), False),
        "note": text}),
    "annotators": ("raw", {
        "annotator": key, "kind": _one(("person", "model", "rule")), "precedence": offset, "note": text}),
    "annotations": ("raw", {
        **CLAIM, "quantity_start": maybe_offset, "quantity_end": maybe_offset, "quantity_exact": text,
        **{k: v for k, v in QUANTITY.items() if k not in CLAIM}}),
    "judgements": ("raw", {
        "subject": need, "exact": text, "grade": _one("ABCDEF123456"), "reason": need, "statement_ids": text,
        "graded_by": need, "graded_on": Column(date=True, required=True)}),
    "document": ("processed", {
        "document": key, "file": need, "title": text, "publisher": text, "url": text, "published": day,
        "captured": day, "genre": text, "language": text, "wording": text, "note": text, "as_of": day,
        "encoding": need, "sha256_file": need, "sha256_text": need, "characters": offset, "words": offset,
        "sentences": offset, "paragraphs": offset}),
    "sentences": ("processed", {"sentence": offset, "paragraph": offset, "start": offset, "end": offset,
                                "exact": need}),
    "claims": ("processed", CLAIM),
    "attributions": ("processed", {
        "attribution_id": key, "source_start": maybe_offset, "source_end": maybe_offset, "source_exact": text,
        "cue_start": maybe_offset, "cue_end": maybe_offset, "cue_exact": text,
        "content": Column(required=True, pattern=r"\d+-\d+(;\d+-\d+)*", means="12-40;52-60"), "content_exact": need,
        "source_id": need, "source_type": _one(SOURCE_TYPES), "speech_act": _one(SPEECH_ACTS), "parent": text,
        "voice": _one(("rules", "tagger")), "rule": need}),
    "quantities": ("processed", {"claim_id": ref, "start": offset, "end": offset, "exact": need, **QUANTITY}),
    "agreement": ("processed", {"layer": need, "statistic": need, "value": number, "n": offset, "prevalence": text,
                                "note": text}),
    "comparisons": ("processed", {
        "claim_id": ref, "statement_id": ref, "rank": offset, "verdict": _one(VERDICTS),
        **{f: Column(one_of=RELATIONS) for f in ("measure", "population", "place", "rate", "period", "magnitude",
                                                 "bound", "stance", "source")},
        "agrees": _one(AGREES, False), "root_id": text, "reason": need}),
    "retellings": ("processed", {
        "claim_id": ref, "step": offset, "from_id": ref, "to_id": ref, "root_id": ref, "field": _one(DRIFT_FIELDS),
        "old": text, "new": text, "direction": _one(DIRECTIONS), "note": text}),
    "origins": ("processed", {
        "claim_id": ref, "origin": need, "root_id": text, "origin_family": text, "independent": _one(YES_NO_UNKNOWN),
        "party_to_event": _one(YES_NO_UNKNOWN), "agrees": _one(AGREES), "mentions": offset,
        "statement_ids": need, "why": need}),
    "grades": ("processed", {
        "subject": key, "subject_kind": _one(("source", "claim")), "exact": text, "ceiling": _one("ABCDEF123456"),
        "grade": _one("ABCDEF123456", False), "graded_by": text, "graded_on": day, "grade_reason": text,
        "party_to_event": _one(YES_NO_UNKNOWN, False), "reasons_for": text, "reasons_against": text,
        "statement_ids": text, "would_raise": text, "would_lower": text}),
    "sensitivity": ("processed", {
        "subject": ref, "change": _one(("drop statement", "drop origin", "copy statement")), "changed_id": need,
        "ceiling_before": need, "ceiling_after": need, "moves": _one(("yes", "no"))}),
}

_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def guard(value: str) -> str:
    """A cell as it may stand in a CSV: what a spreadsheet would run as a formula gets an apostrophe before it."""
    return "'" + value if _FORMULA.match(value) else value


def _unguard(value: str) -> str:
    return value[1:] if value.startswith("'") and _FORMULA.match(value) else value


def path(name: str, where: "Run | Path | str") -> Path:
    """The file of a table: in the run's raw or own folder by its schema; a Path stands for itself."""
    if not isinstance(where, Run):
        return Path(where)
    return (where.raw if SCHEMAS[name][0] == "raw" else where.folder) / f"{name}.csv"


def read(name: str, where: "Run | Path | str") -> pd.DataFrame:
    """Read and check one table (a name in SCHEMAS) from a run or a file.

    Returns its declared columns in their order, then any others as text. Raises InputError naming the file, row (as a
    spreadsheet counts them, the header being row 1), column, value and what was allowed.
    """
    file = path(name, where)
    if not file.is_file():
        raise InputError(f"{file}: there is no such table; " + (
            "an earlier notebook writes it: run them in order, or `retold run`" if SCHEMAS[name][0] == "processed"
            else f"expected the columns {', '.join(SCHEMAS[name][1])}"))
    try:
        content = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as e:
        row = file.read_bytes()[:e.start].count(b"\n") + 1
        raise InputError(f"{file}, line {row}: not UTF-8 (byte {e.start}); save the table as CSV in UTF-8") from None
    if "\0" in content:
        raise InputError(f"{file}, line {content[:content.index(chr(0))].count(chr(10)) + 1}: holds a NUL character; "
                         "this is not a CSV table")
    try:
        csv.field_size_limit(2**31 - 1)
        rows = list(csv.reader(io.StringIO(content, newline=""), strict=True))
    except csv.Error as e:
        raise InputError(f"{file}: not a CSV table ({e})") from None
    if not rows:
        raise InputError(f"{file}: empty; expected the columns {', '.join(SCHEMAS[name][1])}")
    header, body = rows[0], [(n, r) for n, r in enumerate(rows[1:], 2) if r]
    for column in header:
        if header.count(column) > 1:
            raise InputError(f"{file}, row 1: column {column!r} stands {header.count(column)} times")
    for column in SCHEMAS[name][1]:
        if column not in header:
            raise InputError(f"{file}, row 1: column {column!r} is missing; found {', '.join(header)}")
    for n, r in body:
        if len(r) != len(header):
            raise InputError(f"{file}, row {n}: {len(r)} cells where the header has {len(header)} columns")
    frame = pd.DataFrame([[_unguard(v) for v in r] for _, r in body], columns=header, index=[n for n, _ in body],
                         dtype=str)
    order = [*SCHEMAS[name][1], *(c for c in header if c not in SCHEMAS[name][1])]
    return _typed(_checked(name, frame, file), name)[order].reset_index(drop=True)


def write(name: str, frame: pd.DataFrame, where: "Run | Path | str") -> Path:
    """Check one table and write it as CSV; returns the file. Raises InputError as `read` does, and writes nothing then."""
    file, columns = path(name, where), SCHEMAS[name][1]
    for column in columns:
        if column not in frame.columns:
            raise InputError(f"{file}: column {column!r} is missing; found {', '.join(map(str, frame.columns))}")
    extra = [c for c in frame.columns if c not in columns]
    out = pd.DataFrame({c: [_cell(v) for v in frame[c]] for c in [*columns, *extra]}, dtype=str)
    out.index = range(2, len(out) + 2)
    _checked(name, out, file)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as f:
        numeric = [c in columns and (columns[c].number or columns[c].integer) for c in out.columns]
        f.write(_line(out.columns))
        f.writelines(_line(v if plain else guard(v) for v, plain in zip(r, numeric))
                     for r in out.itertuples(index=False, name=None))
    return file


def _line(cells) -> str:
    """One CSV line. A carriage return inside a cell must be quoted, which csv does only if it ends the lines."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()[:-2] + "\n"


def empty(name: str) -> pd.DataFrame:
    """The table with its columns and types and no row."""
    return _typed(pd.DataFrame({c: pd.Series([], dtype=str) for c in SCHEMAS[name][1]}), name)


def frame(name: str, rows: list[dict]) -> pd.DataFrame:
    """A typed table from rows as dicts; what a row does not name is empty."""
    columns = SCHEMAS[name][1]
    cells = {c: [_cell(r.get(c, "")) for r in rows] for c in columns}
    return _typed(pd.DataFrame(cells, dtype=str), name) if rows else empty(name)


def check_spans(frame: pd.DataFrame, content: str, file: "Path | str", *, start="start", end="end",
                exact="exact") -> None:
    """Refuse a span that lies outside the text or whose `exact` is not what stands there; nothing is re-anchored."""
    for n, (a, b, words) in enumerate(zip(frame[start], frame[end], frame[exact]), 2):
        if pd.isna(a) or a == "":
            continue
        if not 0 <= a < b <= len(content):
            raise InputError(f"{file}, row {n}: {start} {int(a)}, {end} {int(b)} is not a span of a text of "
                             f"{len(content)} characters")
        if content[int(a):int(b)] != words:
            raise InputError(f"{file}, row {n}, column {exact!r}: {words[:80]!r} is not what stands at {int(a)} to "
                             f"{int(b)}: {content[int(a):int(b)][:80]!r}")


def _cell(value) -> str:
    if value is None or (isinstance(value, float) and value != value) or value is pd.NA:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(float(value))
    return str(value)


def _typed(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    frame = frame.copy()
    for column, rule in SCHEMAS[name][1].items():
        if rule.integer:
            cells = pd.to_numeric(frame[column].replace("", None))
            frame[column] = cells.astype("int64" if rule.required else "Int64")
        elif rule.number:
            frame[column] = pd.to_numeric(frame[column].replace("", None)).astype("float64")
    return frame


def _schema(name: str) -> pa.DataFrameSchema:
    def column(rule: Column) -> pa.Column:
        return pa.Column(str, unique=rule.unique, checks=pa.Check(rule.accepts, element_wise=True, name=rule.allowed))
    return pa.DataFrameSchema({c: column(rule) for c, rule in SCHEMAS[name][1].items()}, name=name)


def _checked(name: str, frame: pd.DataFrame, file: Path) -> pd.DataFrame:
    if frame.empty:
        return frame
    try:
        _schema(name).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as e:
        cases = e.failure_cases.sort_values(["index", "column"], kind="stable")
        first, rule = cases.iloc[0], SCHEMAS[name][1][cases.iloc[0]["column"]]
        more = f" (and {len(cases) - 1} more cells)" if len(cases) > 1 else ""
        twice = " stands twice" if "unique" in str(first["check"]) or "duplicate" in str(first["check"]) else ""
        raise InputError(f"{file}, row {int(first['index'])}, column {first['column']!r}: "
                         f"{str(first['failure_case'])[:120]!r}{twice}; allowed: {rule.allowed}{more}") from None
    return frame
