"""What every table holds: its columns in order, and what a cell may be. `tables` reads and writes by these.

All cells are text as they stand; lists inside a cell are separated by ";". Offsets are Unicode code points into text.txt.
"""
import re

from helpers.paths import InputError, check_date

# The vocabularies.
KINDS = ("event", "quantity", "cause", "prediction", "opinion")
SOURCE_TYPES = ("named", "role", "collective", "unnamed", "none")
SPEECH_ACTS = ("say", "allege", "estimate", "deny", "decline", "confirm", "speculate", "none")
FACTUALITY = ("CT+", "CT-", "PR+", "PR-", "PS+", "PS-", "Uu")
BOUNDS = ("", "exact", "about", "over", "at_least", "under", "at_most", "between")
CHANGES = ("", "up", "down")
LEDGER_BOUNDS = (*BOUNDS, "mean", "about_or_over")
STANCES = ("assert", "confirm", "correct", "deny", "evade", "no_comment", "predict")
YES_NO_UNKNOWN = ("yes", "no", "unknown")
DRIFT_FIELDS = ("measure", "population", "place", "bound", "magnitude", "period", "rate", "source", "stance", "hedge")
SHIFT_FIELDS = ("degree", "certainty", "cause", "denial", "magnitude", "polarity")
DIRECTIONS = ("stronger", "weaker", "other")
VERDICTS = ("match", "ambiguous", "candidate", "not comparable")
AGREES = ("yes", "partly", "no", "unknown")
REASONS = ("question", "order", "no verb", "attribution only", "greeting or exclamation", "not English", "says which",
           "condition", "inside a claim", "other")
RELATIONS = ("", "equal", "near", "contained", "differs", "unknown")

HYPOTHESES = ("as stated", "drift", "one origin", "other time", "other place", "denied", "own")
SENSITIVITY = ("drop statement", "drop origin", "drop source", "drop annotation", "cut-off", "prior", "copy statement")


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
spans = Column(pattern=r"\d+-\d+(;\d+-\d+)*", means="12-40;52-60")
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
    "low": number, "high": number, "bound": Column(one_of=(*BOUNDS, "mean")), "change": Column(one_of=CHANGES),
    "unit": text,
    "population": text, "measure": text, "rate": text, "period": text, "period_start": day, "period_end": day,
    "place": text,
}

DRIFT = {
    "step": offset, "from_id": ref, "to_id": ref, "root_id": ref, "field": _one(DRIFT_FIELDS), "old": text, "new": text,
    "direction": _one(DIRECTIONS), "note": text,
}

# name -> (where it lies, its columns in order). "raw" tables are people's; "processed" ones lie in a run's folder.
SCHEMAS: dict[str, tuple[str, dict[str, Column]]] = {
    "texts": ("raw", {
        "document": key, "file": need, "title": text, "publisher": text, "url": text, "published": day,
        "captured": day, "genre": text, "language": text,
        "wording": _one(("original", "digest", "translation", "invented")), "note": text}),
    "sources": ("raw", {
        "source_id": key, "name": need, "aliases": text,
        "kind": _one(("state", "military", "agency", "company", "organisation", "wire", "outlet", "aggregator", "person",
                      "unnamed")),
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
        "annotator": key, "kind": _one(("person", "model", "rule", "adjudicator")), "precedence": offset, "note": text}),
    "annotations": ("raw", {
        **CLAIM, "quantity_start": maybe_offset, "quantity_end": maybe_offset, "quantity_exact": text,
        **{k: v for k, v in QUANTITY.items() if k not in CLAIM}}),
    "judgements": ("raw", {
        "subject": need, "exact": text, "grade": _one("ABCDEF123456"), "reason": need, "over_ceiling": text,
        "statement_ids": text, "graded_by": need, "graded_on": Column(date=True, required=True)}),
    "document": ("processed", {
        "document": key, "file": need, "title": text, "publisher": text, "url": text, "published": day,
        "captured": day, "genre": text, "language": text, "wording": text, "note": text, "as_of": day,
        "encoding": need, "sha256_file": need, "sha256_text": need, "characters": offset, "words": offset,
        "sentences": offset, "paragraphs": offset}),
    "sentences": ("processed", {"sentence": offset, "paragraph": offset, "start": offset, "end": offset,
                                "exact": need}),
    "claims": ("processed", CLAIM),
    "factuality": ("processed", {"claim_id": ref, "level": offset, "holder": need, "value": _one(FACTUALITY),
                                 "cues": spans, "cue_words": text}),
    "attributions": ("processed", {
        "attribution_id": key, "source_start": maybe_offset, "source_end": maybe_offset, "source_exact": text,
        "cue_start": maybe_offset, "cue_end": maybe_offset, "cue_exact": text,
        "content": Column(required=True, pattern=r"\d+-\d+(;\d+-\d+)*", means="12-40;52-60"), "content_exact": need,
        "source_id": need, "source_type": _one(SOURCE_TYPES), "speech_act": _one(SPEECH_ACTS), "parent": text,
        "voice": _one(("rules", "tagger")), "rule": need}),
    "quantities": ("processed", {"claim_id": ref, "start": offset, "end": offset, "exact": need, **QUANTITY}),
    "left_out": ("processed", {"paragraph": offset, "start": offset, "end": offset, "exact": need,
                               "reason": _one(REASONS)}),
    "agreement": ("processed", {"layer": need, "statistic": need, "value": number, "n": offset, "prevalence": text,
                                "note": text, "low": number, "high": number}),
    "comparisons": ("processed", {
        "claim_id": ref, "statement_id": ref, "rank": offset, "verdict": _one(VERDICTS),
        **{f: Column(one_of=RELATIONS) for f in ("measure", "population", "place", "rate", "period", "magnitude",
                                                 "bound", "stance", "source")},
        "agrees": _one(AGREES, False), "root_id": text, "reason": need}),
    "retellings": ("processed", {"claim_id": ref, **DRIFT}),
    "compared": ("processed", {
        "verdict": _one(("changed", "kept", "left out", "added", "not settled")),
        "a_id": text, "a_start": maybe_offset, "a_end": maybe_offset, "a_exact": text,
        "b_id": text, "b_start": maybe_offset, "b_end": maybe_offset, "b_exact": text,
        "field": _one(DRIFT_FIELDS, False), "old": text, "new": text, "direction": _one(DIRECTIONS, False), "note": text}),
    "ledger_retellings": ("processed", {"claim_id": text, **DRIFT}),  # a step of the ledger is no claim's: empty
    "kept": ("processed", {"field": Column(one_of=DRIFT_FIELDS, required=True, unique=True), "kept": offset,
                           "changed": offset, "unknown": offset, "share": number}),
    "shifts": ("processed", {
        "claim_a": ref, "claim_b": ref, "field": _one(SHIFT_FIELDS), "old": need, "new": need,
        "direction": _one(DIRECTIONS), "note": need}),
    "origins": ("processed", {
        "claim_id": ref, "origin": need, "root_id": text, "origin_family": text, "independent": _one(YES_NO_UNKNOWN),
        "party_to_event": _one(YES_NO_UNKNOWN), "agrees": _one(AGREES), "mentions": offset,
        "statement_ids": need, "why": need}),
    "not_compared": ("processed", {"claim_id": ref, "reason": need, "statements": offset}),
    "proposed_origins": ("processed", {
        "house_a": need, "house_b": need, "subject": need, "periods": offset, "agreeing": offset, "share": number,
        "statement_ids": need, "why": need}),
    "positions": ("processed", {
        "actor": need, "subject": need, "said_on": Column(date=True, required=True), "stance": _one(STANCES),
        "statement_id": ref}),
    "grades": ("processed", {
        "subject": key, "subject_kind": _one(("source", "claim")), "exact": text, "ceiling": _one("ABCDEF123456"),
        "grade": _one("ABCDEF123456", False), "graded_by": text, "graded_on": day, "grade_reason": text,
        "party_to_event": _one(YES_NO_UNKNOWN, False), "reasons_for": text, "reasons_against": text,
        "statement_ids": text, "would_raise": text, "would_lower": text}),
    "sensitivity": ("processed", {
        "subject": ref, "change": _one(SENSITIVITY), "changed_id": need,
        "ceiling_before": need, "ceiling_after": need, "moves": _one(("yes", "no"))}),
    "indicators": ("processed", {
        "claim_ids": need, "watch": need, "said_on": Column(date=True, required=True), "statement_id": ref, "last": need,
        "times": offset, "every": number}),
    "hypotheses": ("processed", {
        "claim_id": ref, "hypothesis": ref, "kind": _one(HYPOTHESES), "words": need, "proposed_by": need, "against": offset,
        "least_against": _one(("yes", "no"))}),
    "weighing": ("processed", {
        "claim_id": ref, "hypothesis": ref, "house": need, "fits": _one(AGREES), "statement_ids": text,
        "tells_apart": _one(("yes", "no"))}),
    "own_hypotheses": ("raw", {
        "subject": need, "exact": need, "hypothesis": need, "statement_id": text, "fits": _one(AGREES, False),
        "reason": text, "proposed_by": need, "proposed_on": Column(date=True, required=True)}),
    "track_record": ("processed", {
        "source_id": ref, "statement_id": ref, "said_on": Column(date=True, required=True), "subject": text,
        "resolved_by": ref, "resolved_on": Column(date=True, required=True), "borne_out": _one(("yes", "no"))}),
    "disagreements": ("processed", {
        "layer": need, "claim_id": text, "start": offset, "end": offset, "exact": need, "readers": need, "values": need,
        "settled": text}),
}
