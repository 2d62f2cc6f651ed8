"""The assessment of a small invented dossier, and what must hold of any."""
import re

import pytest
from evidence import claim, ledger_of, sources, statement
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from walked import judged

from helpers import escaping, findings, grades, linter, tables
from helpers.paths import InputError, Run

TEXT = "More than 40 patients died in a week, reports say. It is a disgrace."
CLAIM = {"claim_id": "c1", "start": 0, "end": 36, "exact": TEXT[:36], "paragraph": 1, "kind": "quantity",
         "chain": "author > ~reports", "source_type": "unnamed", "cue": "say", "speech_act": "say", "polarity": "pos",
         "factuality_author": "Uu", "factuality_source": "CT+", "checkable": "yes", "measure": "killed",
         "population": "patients", "status": "proposed", "annotator": "retold-rules"}
OPINION = CLAIM | {"claim_id": "c2", "start": 51, "end": 67, "exact": TEXT[51:67], "kind": "opinion", "chain": "author",
                   "source_type": "none", "measure": "", "speech_act": "none"}
NUMBER = {"claim_id": "c1", "start": 0, "end": 12, "exact": TEXT[:12], "low": 40, "bound": "over", "measure": "killed",
          "population": "patients", "period_start": "2031-05-01", "period_end": "2031-05-07"}
LEDGER = [statement("a"), statement("b", source="Marle Echo", retells="a", measure="killed"),
          statement("d", source="Governor", stance="deny", measure="killed", low="", bound="", said_on="2031-05-05")]


def assessed(folder, rows=LEDGER, claims=(CLAIM, OPINION), judgements=(), title="A sad week", rivals=()):
    run = Run("marle", "", folder / "raw", folder / "run")
    known = ledger_of(*rows) if rows else tables.empty("statements").assign(source_id="")
    if judgements:
        tables.write("judgements", tables.frame("judgements", list(judgements)), run.raw / "judgements" / "marle.csv")
    if rivals:
        tables.write("own_hypotheses", tables.frame("own_hypotheses", list(rivals)),
                     run.raw / "judgements" / "marle.hypotheses.csv")
    about = {"document": "marle", "file": "marle.txt", "title": title, "published": "2031-05-10", "wording": "original",
             "encoding": "UTF-8", "sha256_file": "0", "sha256_text": "0", "characters": 67, "words": 13, "sentences": 2,
             "paragraphs": 1}
    tables.write("document", tables.frame("document", [about]), run)
    tables.write("sources", sources(), run)
    tables.write("statements", known, run)
    (run.folder / "text.txt").write_text(TEXT, "utf-8")
    said, numbers = tables.frame("claims", list(claims)), tables.frame("quantities", [NUMBER])
    return judged(run, said, numbers, known, known, sources(), "2031-05-10"), run


def test_the_bottom_line_is_two_sentences_and_says_what_grew(tmp_path):
    text, _ = assessed(tmp_path)
    line = text.split("## Bottom line\n\n")[1].split("\n")[0]
    assert "“killed or wounded” became “died” ([c1](report.html#c1), [4](grades.csv#row=2) at best)" in line
    assert len(re.findall(r"\.(?: |$)", line)) == 2


def test_what_moved_since_the_day_of_publication_is_listed_with_matches_drift_and_origins_too(tmp_path):
    same, _ = assessed(tmp_path / "same")
    assert "Nothing differs from what could be said on the day of publication" in same
    later = [statement("late", source="Field Survey", measure="killed", low=44, high=44, bound="", said_on="2031-06-01"),
             statement("yes", source="Governor", stance="confirm", measure="killed", low="", bound="", said_on="2031-06-02")]
    text, _ = assessed(tmp_path / "later", rows=[*LEDGER, *later])
    assert "- [c1](report.html#c1): the ceiling was 4 then and is [3](grades.csv#row=2) now, for " in text
    assert "what it relays" not in text and "what it changed" not in text


def test_the_sections_come_in_the_order_of_the_design(tmp_path):
    text, _ = assessed(tmp_path)
    assert re.findall(r"^## (.*)$", text, re.M) == [
        "Bottom line", "What was read", "Sources", "Key claims", "Numbers, like with like", "What changed on the way",
        "Denials over time", "Other explanations", "What would change each ceiling", "Gaps and assumptions", "The scales",
        "References"]


def test_no_sentence_of_ours_breaks_a_rule(tmp_path):
    for scale in ("icd203", "phia"):
        assert linter.faults(assessed(tmp_path)[0], scale, sources()["name"]) == []


ELSEWHERE = [statement("w", population="soldiers", place="Vrel", measure="killed", low=900, period_start="", period_end="",
                       paraphrase="Nine hundred soldiers fell at Vrel"),
             statement("x", source="Governor", stance="deny", measure="deployed", population="soldiers", low="", bound="",
                       said_on="2031-04-01"),
             statement("y", measure="deployed", population="soldiers", low="", bound="", said_on="2031-04-02"),
             statement("z", source="Governor", stance="confirm", measure="deployed", population="soldiers", low="", bound="")]


@pytest.mark.parametrize("rows, why", [([], "the ledger is empty"), (ELSEWHERE, "none of the [4 statements]")])
def test_a_text_beside_which_nothing_stands_is_told_shortly_and_without_contradiction(tmp_path, rows, why):
    lone = CLAIM | {"population": ""}
    text, run = assessed(tmp_path, rows=rows, claims=[lone, OPINION])
    assert text.split("## Bottom line\n\n")[1].startswith(
        "The text makes [2 claims](claims.csv), [1](claims.csv#row=3) in the author's own voice and [1](claims.csv#row=2) on the "
        f"word of 1 other. None of them can be judged, for {why}")
    assert re.findall(r"^## (.*)$", text, re.M) == [
        "Bottom line", "What was read", "What it claims, and on whose word", "What to look for", "Gaps and assumptions"]
    assert "|" not in text and "resolve" not in text and "would lift" not in text and "no ceiling can move" not in text
    assert "- **“reports”**, [1](claims.csv#row=2): [c1](report.html#c1) “More than 40 patients died in a week”." in text
    looked_for = text.split("## What to look for")[1]
    assert "- [c1](report.html#c1) (“reports”): “More than 40 patients died in a week”" in looked_for and "[c2]" not in looked_for
    assert len(text.splitlines()) < 40 and set(tables.read("comparisons", run).agrees) <= {""}


def test_a_source_that_nobody_has_listed_is_named_in_the_letters_of_the_text():
    from helpers.sources import as_written

    said = "Reports say so. City council of Orle Bay denied it, and reports fell silent. The city council of Orle Bay kept to it."
    assert as_written("~city-council-of-orle-bay", said) == "“city council of Orle Bay”"
    assert as_written("~reports", said) == "“reports”" and as_written("~orle-bay", said) == "“Orle Bay”"
    assert as_written("~nobody-at-all", said) == "“nobody at all”" and as_written("~unnamed", said) == "somebody unnamed"


def test_an_amount_in_words_is_no_number_to_look_for(tmp_path):
    vague = CLAIM | {"claim_id": "c3", "exact": "patients died", "start": 13, "end": 26}
    text, _ = assessed(tmp_path, rows=[], claims=[CLAIM, vague])
    assert "[c3]" not in text.split("## What to look for")[1]
    assert "amounts in words, which no number can be set beside: [c3](report.html#c3)" in assessed(
        tmp_path / "beside", claims=[CLAIM, vague | {"population": "", "measure": "wounded"}])[0]


MINE = {"subject": "c1", "exact": CLAIM["exact"], "grade": "3", "reason": "I was there.", "graded_by": "N. N.",
        "graded_on": "2031-06-01"}


def test_a_persons_grade_stands_with_name_day_and_reason_and_says_why_it_exceeds_the_ceiling(tmp_path):
    text, _ = assessed(tmp_path, judgements=[MINE | {"over_ceiling": "I counted them."}])
    assert "**Ceiling:** [4](grades.csv#row=2)" in text
    assert ("**Grade:** [3](grades.csv#row=2), “possibly true”, set by N. N. on 2031-06-01: I was there. I counted them. This is "
            "better than the ceiling; the reason is the grader's.") in text


def test_a_grade_better_than_the_ceiling_is_not_applied_where_nothing_says_why(tmp_path):
    text, run = assessed(tmp_path, judgements=[MINE | {"over_ceiling": " "}])
    assert set(tables.read("grades", run).grade) == {""}
    assert ("**Not applied, though a person wrote it:** the grade 3 of [c1](report.html#c1): 3 is better than the ceiling, 4, and "
            "over\\_ceiling gives no reason.") in text.split("## Sources")[0]
    no_better, _ = assessed(tmp_path / "as good", judgements=[MINE | {"grade": "4"}])
    assert "**Grade:** [4](grades.csv#row=2)" in no_better and "Not applied" not in no_better


def test_a_judgement_on_other_words_or_on_later_statements_or_on_nobody_cited_is_not_applied_and_said_so(tmp_path):
    other = MINE | {"exact": "Nobody died"}
    late = {"subject": "hospital", "grade": "B", "reason": "r", "statement_ids": "z", "graded_by": "N",
            "graded_on": "2031-06-01"}
    rival = {"subject": "c2", "exact": "Nobody died", "hypothesis": "h", "reason": "r", "proposed_by": "N",
             "proposed_on": "2031-06-01"}
    text, run = assessed(tmp_path, judgements=[other, late, late | {"subject": "survey", "statement_ids": ""}], rivals=[rival])
    read = text.split("## What was read")[1].split("\n## ")[0]
    for words in ("the grade 3 of [c1](report.html#c1): this reading holds no such claim", "not known by then (z)",
                  "the grade B of survey: the text neither cites it", "the hypothesis on [c2](report.html#c2): this reading"):
        assert words in read
    assert set(tables.read("grades", run).grade) == {""}


@pytest.mark.parametrize("row, part", [
    ({"subject": "c1", "exact": "x", "grade": "B"}, "1 to 6 for a claim"), ({"subject": "hospital", "grade": "2"}, "A to F"),
    ({"subject": "nobody", "grade": "A"}, "'nobody' is not a source_id"),
    ({"subject": "hospital", "grade": "A", "statement_ids": "zz"}, "'zz' is not in the ledger"),
    ({"subject": "hospital", "grade": "A", "reason": " "}, "a grade stands with its reason")])
def test_a_judgement_that_cannot_be_is_refused(row, part):
    with pytest.raises(InputError, match=part):
        grades.check(tables.frame("judgements", [{"reason": "r"} | row]), ledger_of(*LEDGER), sources(), "judgements/marle.csv")


def test_a_judgement_on_words_that_the_text_does_not_have_is_refused_by_file_row_and_value():
    with pytest.raises(InputError, match="judgements/marle.csv, row 2, column 'exact': 'More than 40 died' does not stand in"):
        grades.check(tables.frame("judgements", [MINE | {"exact": "More than 40 died"}]), ledger_of(*LEDGER), sources(),
                     "judgements/marle.csv", TEXT)
    grades.check(tables.frame("judgements", [MINE]), ledger_of(*LEDGER), sources(), "judgements/marle.csv", TEXT)


HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) | `a` *b* &amp; # ‮\u0007"


def test_a_persons_words_are_shown_as_they_are_and_never_as_markup(tmp_path):
    text, _ = assessed(tmp_path, title=HOSTILE, claims=[CLAIM | {"hedges": HOSTILE}, OPINION])
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    assert "<script" not in html and 'href="javascript' not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html and "[U+202E]" in html and "[U+0007]" in html


@given(st.text(max_size=60))
def test_any_words_come_out_of_the_markdown_as_they_went_in(words):
    from helpers.visible import one_line

    html = MarkdownIt("commonmark", {"html": False}).render(f"“{escaping.md(words)}”")
    plain = re.sub(r"<[^>]*>", "", html).strip()
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        plain = plain.replace(entity, char)
    assert plain == f"“{' '.join(one_line(words).split())}”"




def test_what_is_traced_and_what_is_judged_are_among_what_can_be_set_beside_the_ledger(tmp_path):
    nobody_knows_where = statement("a", population="")  # tied by its number and source: a match that agrees with nothing
    line = assessed(tmp_path, [nobody_knows_where], [CLAIM | {"chain": "author > hospital"}])[0].split("## Bottom line\n\n")[1]
    assert line.startswith("Of [1 claim](claims.csv), none can be judged; [1](claims.csv#row=2) can be set beside the ledger, "
                           "[1](comparisons.csv#row=2) of which could be traced")


def test_a_source_graded_over_its_ceiling_shows_the_graders_reason(tmp_path):
    mine = {"subject": "hospital", "grade": "B", "reason": "I know it.", "over_ceiling": "I have read its books.", "graded_by": "N. N.", "graded_on": "2031-06-01"}
    text, _ = assessed(tmp_path, claims=[CLAIM | {"chain": "author > hospital"}], judgements=[mine])
    assert "set by N. N. on 2031-06-01: I know it. I have read its books. This is better than the ceiling, [F](grades.csv" in text


def test_a_party_to_the_event_is_marked_in_every_place_where_it_is_cited(tmp_path):
    told = [statement("m1", source="Health Ministry"), statement("m2", source="Marle Echo", retells="m1", measure="killed"),
            statement("m3", source="Governor", stance="deny", measure="killed", low="", bound="", said_on="2031-05-05")]
    text, _ = assessed(tmp_path, rows=told, claims=[CLAIM | {"chain": "author > ministry"}])
    for line in text.splitlines():
        named = line.count("Health Ministry") + line.count("Governor")
        if named and "##" not in line:
            assert "(party)" in line or "a party to the event" in line, line
    for section in ("Sources", "Key claims", "Denials over time", "References"):
        assert "(party)" in text.split(f"## {section}")[1].split("\n## ")[0], section


def test_what_cannot_be_judged_takes_no_part_in_the_share_on_the_diagonal(tmp_path):
    cites = [CLAIM | {"chain": "author > hospital"}, OPINION | {"chain": "author > hospital"}]
    given = [MINE | {"grade": "4"}, {"subject": "hospital", "grade": "D", "reason": "r", "over_ceiling": "I know it.",
                                     "graded_by": "N", "graded_on": "2031-06-01"}]
    both = assessed(tmp_path / "both", claims=cites, judgements=given)[0]
    assert "People graded 1 pair of a claim and its source; [1 of 1](grades.csv#row=2;4) on the diagonal" in both
    # The claim's ceiling is 4 all the same; it is no person's grade.
    for one in given:
        assert "no share on the diagonal" in assessed(tmp_path / one["subject"], claims=cites, judgements=[one])[0]


def test_a_persons_own_hypothesis_stands_in_the_assessment_under_their_name(tmp_path):
    mine = {"subject": "c1", "exact": CLAIM["exact"], "hypothesis": "The clinic counted visits", "statement_id": "a", "fits": "no",
            "reason": "I asked.", "proposed_by": "N. N.", "proposed_on": "2031-06-01"}
    [line] = [n for n in assessed(tmp_path, rivals=[mine])[0].splitlines() if "The clinic counted visits" in n]
    assert ", by N. N.: The clinic counted visits |" in line and "| against ([a](report.html#a)) |" in line and re.search(r"\[1\]\(weighing.csv#row=", line)


def test_what_is_counted_stands_in_the_lists_names_or_in_the_texts_own_words():
    flood = claim(measure="flood", population="home", proposition="Up to 400 homes were flooded in Orle.")
    assert findings.what_is_counted(flood) == ("Up to 400 homes were flooded in Orle", True)
    assert findings.what_is_counted(claim(measure="killed_or_wounded", population="")) == ("killed or wounded", False)
    assert findings.what_is_counted(flood._replace(proposition="")) == ("home flood", False)
    assert findings.what_is_counted(flood._replace(proposition="word " * 40))[0].endswith("word…")


def test_the_bottom_line_tells_of_a_word_that_is_credited_to_another(tmp_path):
    other = [statement("a"), statement("b", source="Marle Echo", retells="a")]
    text, _ = assessed(tmp_path, rows=other, claims=[CLAIM | {"chain": "author > survey", "measure": "killed_or_wounded"}])
    assert "what Marle Hospital said is credited to Field Survey ([c1](report.html#c1)" in text.split("## What was read")[0]


def test_what_is_compared_and_not_traced_is_not_said_to_have_changed_on_the_way(tmp_path):
    later = [statement("s", source="Field Survey", measure="killed", low=44, high=44, bound="", said_on="2031-06-01")]
    line = assessed(tmp_path, rows=later, claims=[CLAIM])[0].split("## Bottom line\n\n")[1].split("\n")[0]
    assert "none could be traced to a statement in it. The best that is left to any claim is" in line and "changed" not in line


def test_denials_that_are_not_matched_are_named_and_none_is_said_to_be_missing_that_is_there(tmp_path):
    other = statement("x", source="Governor", stance="deny", measure="school_closed", population="", low="", bound="")
    text, _ = assessed(tmp_path / "one", rows=[LEDGER[0], other])
    section = text.split("## Denials over time")[1].split("##")[0]
    assert "was matched" in section and "[x](report.html#x)" in section and "deny: school closed" in section
    silent, _ = assessed(tmp_path / "none", rows=LEDGER[:1])
    assert "The ledger holds no denial, evasion or refusal to comment." in silent
    assert "was matched" not in silent and "was matched" not in assessed(tmp_path / "on it")[0]
