"""Tables of an invented run, as large and as hostile as a test wants them: a harbour strike, told and retold."""
from helpers import tables
from helpers.paths import Run

SENTENCES = (
    ("The port authority says that over 400 dockers were laid off in the past month", "port", "named", "laid_off", 400),
    ("Union officials fear that about 1,200 jobs are gone for good", "union", "collective", "laid_off", 1200),
    ("people close to the talks speak of an offer that nobody has seen", "~people-close-to-talks", "unnamed", "", 0),
    ("The harbour master denied that any crane had been idle", "master", "role", "idle", 0),
    ("This city has never cared for those who feed it", "author", "none", "", 0),
)
HOSTILE = ("<script>alert(1)</script><img src=x onerror=alert(1)> $\\frac{a}{b}$ \u202etxt.exe\u202c =SUM(A1) \x07 "
           "{{7*7}} \\")


def run_tables(claims=5, sources=4, name="", statements=8, document="harbour") -> tuple[str, dict]:
    """The text and every table of a run, by name. `name` is put before each source's and into the text."""
    ids = ["port", "union", "master", *(f"paper-{n}" for n in range(3, max(sources, 3)))][:max(sources, 1)]
    source_rows = [{"source_id": s, "name": f"{name}{s.title()} of Eastbay",
                    "kind": "outlet" if "paper" in s else "state",
                    "party_to_event": "yes" if s == "port" else "unknown",
                    "origin_family": "port-family" if s in ("port", "master") else ""} for s in ids]
    text, claim_rows, number_rows, attribution_rows = "", [], [], []
    width = 3 if claims > 99 else 2
    for n in range(claims):
        sentence, source, kind, measure, number = SENTENCES[n % len(SENTENCES)]
        sentence = f"{name}{sentence}" if name and n % 7 == 0 else sentence
        start = len(text)
        text += sentence + (".\n\n" if n % 6 == 5 else ". ")
        claim_id = f"c{n + 1:0{width}}"
        chain = "author" if source == "author" else f"author > {source}" if n % 2 else f"author > ~reports > {source}"
        claim_rows.append({
            "claim_id": claim_id, "start": start, "end": start + len(sentence), "exact": sentence,
            "paragraph": n // 6 + 1, "proposition": sentence,
            "kind": "opinion" if source == "author" else "quantity" if number else "event",
            "chain": chain, "source_type": kind, "cue": "says", "speech_act": "deny" if source == "master" else
            "none" if source == "author" else "say", "polarity": "pos", "hedges": "fear" if source == "union" else "",
            "factuality_author": "Uu", "factuality_source": "CT+", "checkable": "yes", "measure": measure,
            "population": "dockers" if measure else "", "status": "proposed", "annotator": "reader-1"})
        if number:
            at = sentence.index(f"{number:,}")
            number_rows.append({
                "claim_id": claim_id, "start": start + at, "end": start + at + len(f"{number:,}"),
                "exact": f"{number:,}", "low": number, "high": "" if number == 400 else number,
                "bound": "over" if number == 400 else "about",
                "population": "dockers", "measure": measure, "period": "past month" if number == 400 else "",
                "period_start": "2031-02-02" if number == 400 else "",
                "period_end": "2031-03-02" if number == 400 else ""})
        if source != "author":
            attribution_rows.append({
                "attribution_id": f"a{n + 1:0{width}}", "content": f"{start}-{start + len(sentence)}",
                "content_exact": sentence, "source_id": source, "source_type": kind, "speech_act": "say",
                "voice": "rules", "rule": "test"})
    if claims > 2:  # a claim inside a claim, and one that begins in one sentence and ends in the next
        second = claim_rows[1]
        inner = text.index("about 1,200", second["start"])
        for claim_id, start, end in (("n1", inner, second["end"]), ("n2", second["end"] - 8, second["end"] + 12)):
            claim_rows.append({**second, "claim_id": claim_id, "start": start, "end": end, "exact": text[start:end]})
        claim_rows.sort(key=lambda c: (c["start"], c["end"]))
    stances = ("assert", "assert", "deny", "assert", "evade", "confirm", "no_comment", "predict")
    statement_rows = [{
        "statement_id": f"S{n + 1:03}", "said_on": f"2031-{1 + n * 5 // max(statements, 1):02}-{1 + n % 27:02}",
        "source": source_rows[n % len(source_rows)]["name"], "stance": stances[n % 8],
        "measure": "laid_off_or_moved" if n % 3 == 0 else "laid_off", "population": "dockers",
        "low": "" if n % 8 in (2, 4) else 380 + 15 * n, "high": 380 + 15 * n if n % 4 == 1 else "",
        "bound": "about" if n % 4 == 1 else "at_most" if n % 4 == 3 else "over", "retells": "S001" if n in (3, 5) else
        "", "period_start": "2031-02-01", "period_end": "2031-03-01", "paraphrase": f"{name}{380 + 15 * n} dockers",
        "page_title": f"{name}Harbour news {n}", "page_url": f"https://example.org/{n}"} for n in range(statements)]
    comparison_rows, drift_rows, origin_rows = [], [], []
    known = [s["statement_id"] for s in statement_rows]
    for c in claim_rows:
        if c["measure"] != "laid_off" or not known:
            continue
        match = "S004" if len(known) > 3 else "S001"
        comparison_rows += [{"claim_id": c["claim_id"], "statement_id": s, "rank": i, "measure": "near",
                             "verdict": "match" if s == match else "candidate" if i % 4 else "not comparable",
                             "root_id": "S001", "reason": "same measure" if i % 4 else "rate differs"}
                            for i, s in enumerate(known, 1)]
        way = [("S001", c["claim_id"])] if match == "S001" else [("S001", "S004"), ("S004", c["claim_id"])]
        changes = [(1, *way[0], "measure", "laid_off_or_moved", "laid_off", "stronger"),
                   (len(way), *way[-1], "source", source_rows[0]["source_id"], c["chain"].split(" > ")[-1], "other"),
                   (0, "S001", c["claim_id"], "measure", "laid_off_or_moved", "laid_off", "stronger")]
        drift_rows += [dict(zip(("step", "from_id", "to_id", "field", "old", "new", "direction"), change),
                            claim_id=c["claim_id"], root_id="S001") for change in changes]
        origin_rows += [{"claim_id": c["claim_id"], "origin": f"O{i + 1}", "root_id": ids_[0], "independent":
                         "yes" if i == 0 else "unknown", "party_to_event": "yes" if i == 0 else "unknown",
                         "agrees": "yes" if i == 0 else "no", "mentions": len(ids_), "statement_ids": ";".join(ids_),
                         "why": "retell S001"} for i, ids_ in enumerate((known[::2], known[1::2])) if ids_]
    grade_rows = [{"subject": c["claim_id"], "subject_kind": "claim", "exact": c["exact"],
                   "ceiling": "4" if c["measure"] == "laid_off" else "6", "reasons_against": "Its root S001 says less.",
                   "grade": "5" if n == 1 else "", "graded_by": "A. Reader" if n == 1 else "",
                   "statement_ids": "S001" if known else "", "would_raise": "A second origin.",
                   "grade_reason": "Contradicted." if n == 1 else ""}
                  for n, c in enumerate(claim_rows)]
    grade_rows += [{"subject": s["source_id"], "subject_kind": "source", "ceiling": "BCF"[n % 3], "party_to_event":
                    s["party_to_event"]} for n, s in enumerate(source_rows)]
    moving = [c["claim_id"] for c in claim_rows if c["measure"] == "laid_off"] if known else []
    sensitivity_rows = [{"subject": c, "change": "drop statement", "changed_id": s, "ceiling_before": "4",
                         "ceiling_after": "3" if s == "S001" else "4", "moves": "yes" if s == "S001" else "no"}
                        for c in moving for s in known[:2]]
    document_row = {
        "document": document, "file": f"{document}.txt", "title": f"{name}Strike in Eastbay",
        "publisher": f"{name}Gazette", "url": "https://example.org/strike", "published": "2031-03-02",
        "wording": "original", "as_of": "2031-05-01",
        "encoding": "utf-8", "sha256_file": "ab" * 32, "sha256_text": "cd" * 32, "characters": len(text),
        "words": len(text.split()), "sentences": claims, "paragraphs": text.count("\n\n") + 1}
    rows = {"claims": claim_rows, "quantities": number_rows, "attributions": attribution_rows, "sources": source_rows,
            "statements": statement_rows, "comparisons": comparison_rows,
            "not_compared": [{"claim_id": c, "reason": "rate", "statements": 300}
                             for c in dict.fromkeys(r["claim_id"] for r in comparison_rows if r["verdict"] == "not comparable")],
            "retellings": drift_rows,
            "origins": origin_rows, "grades": grade_rows, "sensitivity": sensitivity_rows, "document": [document_row]}
    return text, {table: tables.frame(table, found) for table, found in rows.items()}


ASSESSMENT = """# Strike in Eastbay

## Bottom line

Over 400 dockers is a ceiling of 4 ([c01](#c01)): its root says less ([S001](#S001)).

## Sources

- [Port of Eastbay](#source-port), a party to the event. <b>Not bold.</b>
- [a bad link](javascript:alert(1)) and [a page](https://example.org/page), [nowhere](#nowhere).

| claim | ceiling |
|---|---|
| [c01](#c01) | 4 |
"""


def write_run(folder, text, made, assessment=ASSESSMENT) -> Run:
    """The run on disk, as the notebooks leave it before the report is written."""
    document = made["document"].document.iloc[0]
    run = Run(document, "", folder / "raw", folder / "out")
    for table, found in made.items():
        tables.write(table, found, run)
    (run.folder / "text.txt").write_text(text, encoding="utf-8", newline="")
    (run.folder / "assessment.md").write_text(assessment, encoding="utf-8", newline="")
    return run
