"""What people wrote into data/raw holds together: sources, texts and the ledger name one another and nothing else."""
import re
from pathlib import Path

import pytest

from helpers import ledger, measures, schemas, sources, tables

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
BUILT_FROM_LEDGER = ("whitehouse-2024-12-27", "nis-2025-01-13", "uk-mod-2024-12-05")
MONTHS = ("January February March April May June July August September October November December").split()
DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?")
MONTH = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{4}})")
NUMBER = re.compile(r"\d[\d,]*")
STATEMENT = re.compile(r"\bL\d{3}\b")


def raw(name):
    return tables.read(name, RAW / f"{name}.csv")


def names(row):
    return [row["name"], *(a for a in row["aliases"].split(";") if a)]


def digest(document):
    return (RAW / "texts" / f"{document}.txt").read_text("utf-8")


def words(text):
    return re.findall(r"[a-z0-9]+", text.lower())


def runs(text, size):
    found = words(text)
    return {tuple(found[i:i + size]) for i in range(len(found) - size + 1)}


# Sources

def test_every_source_of_the_ledger_is_the_name_or_an_alias_of_exactly_one_source():
    rows = raw("sources").to_dict("records")
    for said_by in raw("statements").source.unique():
        assert len([r["source_id"] for r in rows if said_by in names(r)]) == 1, said_by


def test_no_two_sources_share_a_name_however_it_is_written():
    owner = {}
    for row in raw("sources").to_dict("records"):
        for name in names(row):
            key = tuple(sources.words(name))
            assert key and owner.setdefault(key, row["source_id"]) == row["source_id"], name


def test_aliases_are_clean_and_stand_once():
    for row in raw("sources").to_dict("records"):
        listed = row["aliases"].split(";") if row["aliases"] else []
        assert all(a and a == a.strip() for a in listed), row
        assert len(set(listed)) == len(listed) and row["name"] not in listed, row


@pytest.mark.parametrize("mention, expected", [
    ("British estimates", "uk-mod"), ("British intelligence", "uk-mod"), ("the UK Ministry of Defence", "uk-mod"),
    ("Britain", "uk-government"), ("the United States", "us-government"), ("The U.S.", "us-government"),
    ("Washington", "us-government"), ("the White House", "us-white-house"), ("Kirby", "us-white-house"),
    ("Seoul’s spy agency", "south-korea-nis"), ("Seoul", "south-korea-government"), ("the Kremlin", "russia-kremlin"),
    ("Moscow", "russia"), ("Pyongyang", "north-korea"), ("North Korea", "north-korea"), ("Kyiv", "ukraine-government"),
    ("the Ukrainian General Staff", "ukraine-general-staff")])
def test_a_text_s_usual_words_for_a_body_lead_to_it(mention, expected):
    assert sources.index(raw("sources"))[tuple(sources.words(mention))] == expected


def test_bodies_of_one_state_are_one_family_and_on_one_side():
    known = raw("sources")
    family = known[known.origin_family != ""]
    assert (family.groupby("origin_family").party_to_event.nunique() == 1).all()
    sides = dict(zip(family.origin_family, family.party_to_event))
    assert [s for s, party in sides.items() if party == "yes"] == [
        "ukraine-government", "russia-government", "north-korea-government"]
    of = dict(zip(known.source_id, known.origin_family))
    assert of["us-white-house"] == of["us-pentagon"] == of["us-officials"] == "us-government"
    assert of["ukraine-general-staff"] == of["ukraine-hur"] == "ukraine-government" != of["uk-mod"]


def test_outlets_are_given_no_family_but_a_state_s_own_media_are():
    known = raw("sources")
    press = known[known.kind.isin(["outlet", "aggregator", "wire"]) & (known.origin_family != "")]
    assert sorted(press.source_id) == ["north-korea-kcna", "north-korea-kctv"]


def test_a_row_that_speaks_for_two_states_is_not_an_origin_beside_them():
    known = raw("sources").set_index("source_id").origin_family
    assert known[["us-and-south-korean-officials", "north-korea-and-russia-un-missions"]].eq("").all()


# The ledger and the counter behind it

def test_the_british_ministry_s_november_figure_goes_back_to_the_ukrainian_general_staff():
    known = raw("statements")
    said_by = dict(zip(known.statement_id, known.source))
    evidence = ledger.evidence(known.assign(source_id=""), raw("sources"))
    assert [said_by[s] for s in evidence.way("L038")] == [
        "Ukraine General Staff (dataset)", "UK Ministry of Defence"]


@pytest.mark.parametrize("statement, first, last", [
    ("L001", "2024-09-01", "2024-10-01"), ("L022", "2024-10-01", "2024-11-01"), ("L036", "2024-11-01", "2024-12-01"),
    ("L068", "2024-12-20", "2024-12-27"), ("L104", "2024-12-01", "2025-01-01")])
def test_the_general_staff_s_means_in_the_ledger_follow_from_its_daily_counter(statement, first, last):
    rows = [r.split(",") for r in (RAW / "russia_personnel_daily.csv").read_text().split()[1:]]
    count = {day: int(total) for day, total, _ in rows}
    days = [day for day in count if first < day <= last]
    row = raw("statements").set_index("statement_id").loc[statement]
    assert f"{count[last] - count[first]:,}" in row.paraphrase
    assert row.low == row.high == round((count[last] - count[first]) / len(days))


# Texts

def test_every_text_has_its_row_and_every_row_its_text():
    listed = raw("texts")
    assert sorted(listed.file) == sorted(p.name for p in (RAW / "texts").iterdir())
    assert (listed.document == listed.file.str.rsplit(".", n=1).str[0]).all()
    assert listed.wording.isin(["digest", "invented"]).all() and (listed.published != "").all()
    assert ((listed.dossier != "") == (listed.wording == "invented")).all()


def test_a_dossier_that_is_invented_says_so_wherever_it_is_read():
    for row in raw("texts").query("wording == 'invented'").itertuples():
        assert "invented" in row.publisher and "invented" in row.note, row.document
        assert (RAW / "dossiers" / row.dossier / "statements.csv").is_file(), row.dossier


def built_from(document):
    """The ledger rows that texts.csv says a digest is built from, and the day of the text."""
    row = raw("texts").set_index("document").loc[document]
    known = raw("statements").set_index("statement_id")
    return known.loc[STATEMENT.findall(row.note)], row.published


def unfounded(text, rows, published):
    """Days, months and numbers of a digest that stand in none of its rows. A day without a year is in the text's year
    or the one before."""
    year, wrong = int(published[:4]), []

    def a_day(m):
        of = [int(m[3])] if m[3] else [year, year - 1]
        if not any(f"{y}-{MONTHS.index(m[2]) + 1:02}-{int(m[1]):02}" in set(rows.said_on) for y in of):
            wrong.append(m[0])
        return " "

    def a_month(m):
        if f"{m[2]}-{MONTHS.index(m[1]) + 1:02}" not in {d[:7] for d in rows.period_start}:
            wrong.append(m[0])
        return " "

    stated = {float(n.replace(",", "")) for p in rows.paraphrase for n in NUMBER.findall(p)}
    stated |= set(rows.low.dropna()) | set(rows.high.dropna())
    rest = MONTH.sub(a_month, DAY.sub(a_day, text))
    return wrong + [n for n in NUMBER.findall(rest) if float(n.replace(",", "")) not in stated]


@pytest.mark.parametrize("document", BUILT_FROM_LEDGER)
def test_a_digest_of_a_statement_says_no_number_and_no_day_that_its_ledger_rows_do_not(document):
    assert unfounded(digest(document), *built_from(document)) == []


@pytest.mark.parametrize("document, true, false", [
    ("whitehouse-2024-12-27", "1,000", "1,100"), ("nis-2025-01-13", "2,700", "2,800"),
    ("uk-mod-2024-12-05", "November 2024", "August 2024"), ("uk-mod-2024-12-05", "7 October", "6 October")])
def test_a_number_or_day_changed_by_hand_in_a_digest_is_noticed(document, true, false):
    assert unfounded(digest(document).replace(true, false, 1), *built_from(document)) == [false]


@pytest.mark.parametrize("document", BUILT_FROM_LEDGER)
def test_a_digest_of_a_statement_uses_rows_of_its_day_or_earlier_ones_of_the_same_states(document):
    rows, published = built_from(document)
    ids = ledger.source_index(raw("sources"))
    family = raw("sources").set_index("source_id").origin_family
    of_the_day = rows[rows.said_on == published]
    speakers = {family[ids[s.casefold()]] for s in of_the_day.source}
    assert len(of_the_day)
    for row in rows.itertuples():
        assert row.said_on <= published
        assert row.said_on == published or family[ids[row.source.casefold()]] in speakers - {""}, row.Index


def test_the_digest_of_the_retelling_keeps_the_claims_that_changed_on_the_way():
    text = digest("kursk-retelling")
    for kept in ("more than 1,000 North Korean soldiers died within the past week", "about 11,000",
                 "more than 1,500 casualties a day according to British estimates",
                 "Both Moscow and Pyongyang deny the deployment", "widespread suicides", "The reports conflict",
                 "appears to be the main driver"):
        assert text.count(kept) == 1, kept


# The codebook

CODEBOOK = (RAW / "annotations" / "CODEBOOK.md").read_text("utf-8")


def test_the_codebook_lists_the_columns_of_the_table_in_their_order():
    section = CODEBOOK.split("## 7.")[1].split("`status` is")[0].split("in this order:")[1]
    assert re.findall(r"`(\w+)`", section) == list(tables.SCHEMAS["annotations"][1])


def test_the_codebook_explains_every_value_that_the_table_allows():
    allowed = {*schemas.KINDS, *schemas.SOURCE_TYPES, *schemas.SPEECH_ACTS, *schemas.FACTUALITY, *schemas.BOUNDS} - {""}
    assert {v for v in allowed if not re.search(rf"(?<![\w]){re.escape(v)}(?![\w+-])", CODEBOOK)} == set()


def test_the_measures_that_the_codebook_names_are_the_program_s():
    named = re.findall(r"`(\w+)`", CODEBOOK.split("**measure**")[1].split("the full list")[0])
    assert len(named) > 10 and set(named) <= set(measures.vocabulary())


def test_annotators_are_what_they_are():
    known = raw("annotators").set_index("annotator")
    assert known.kind[["reader-a", "reader-b", "retold-rules"]].to_list() == ["model", "model", "rule"]
    assert known.precedence.is_unique and known.precedence.idxmax() == "retold-rules"


# Against what was given (only where that is at hand)

def test_the_ledger_and_the_counter_are_as_they_were_given(shared):
    for name in ("statements.csv", "russia_personnel_daily.csv"):
        assert (RAW / name).read_bytes() == (shared / "evidence" / name).read_bytes()


def test_no_text_of_ours_shares_eight_words_in_a_row_with_the_original(shared):
    originals = sorted((shared / "texts").glob("*.txt"))
    assert originals
    for original in originals:
        theirs = runs(original.read_text("utf-8"), 8)
        for ours in sorted((RAW / "texts").glob("*.txt")):
            assert runs(ours.read_text("utf-8"), 8).isdisjoint(theirs), (ours.name, original.name)
