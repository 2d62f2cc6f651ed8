"""The report in a real browser: it opens from disk, loads nothing, runs only its own script, and does what it says."""
import io
import re

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from invented import ASSESSMENT, HOSTILE, run_tables, write_run

from helpers import figures, report

LONG = ASSESSMENT + """
## Key claims

### [c01](#c01): “over 400 dockers”

- **For:** [S001](#S001).
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The reports of an invented run, by name: one usual, one whose every name is an attack."""
    made = {}
    for name, words in (("usual", ""), ("hostile", HOSTILE.replace("\x07", ""))):
        text, t = run_tables(name=words, claims=20)
        run = write_run(tmp_path_factory.mktemp(name), text, t, LONG)
        drift = figures.drift_chart(t["retellings"], t["claims"], t["statements"])
        figures.save(drift, run.folder / "figures", "5_drift")
        made[name] = report.write(run).as_uri()
    return made


@pytest.fixture
def visit(browser, pages):
    """Open a page and listen: returns the page and what it said or asked for."""
    opened = []

    def go(name, place="", **context):
        page = browser.new_page(**context)
        opened.append(page)
        heard = []
        page.on("console", lambda m: heard.append(m.text))
        page.on("pageerror", lambda e: heard.append(str(e)))
        page.on("dialog", lambda d: (heard.append(d.message), d.dismiss()))
        page.on("request", lambda r: heard.append(r.url) if not r.url.startswith(("data:", pages[name])) else None)
        page.goto(pages[name] + place)
        return page, heard

    yield go
    for page in opened:
        page.close()


@pytest.mark.parametrize("name", ["usual", "hostile"])
def test_it_opens_from_disk_without_a_word_or_a_request(visit, name):
    page, heard = visit(name)
    for summary in page.locator("summary").all()[:5]:
        summary.evaluate("e => e.parentElement.open = true")
    assert heard == []
    assert page.locator("script").count() == 1 and page.locator("[onerror], [onclick], [onload]").count() == 0
    assert page.evaluate("Array.from(document.images).every(i => i.complete && i.naturalWidth > 0)")


def test_the_styles_are_let_in_by_their_hash(visit):
    page, _ = visit("usual")
    assert page.locator("body").evaluate("e => getComputedStyle(e).marginTop") == "0px"


WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
LIT = "rgb(253, 230, 138)"


def colour(locator):
    return locator.evaluate("e => getComputedStyle(e).backgroundColor")


def on_view(page):
    """The ids of the cards that are open."""
    return [card.get_attribute("id") for card in page.locator("article.card").all()
            if card.locator(".chain").is_visible()]


def test_a_click_on_a_claim_shows_its_card_beside_it_and_lights_it_up(visit):
    page, heard = visit("usual", viewport=WIDE)
    assert on_view(page) == []
    page.locator(".in0").first.click()
    assert on_view(page) == ["c01"]
    assert colour(page.locator(".in0").first) == LIT and colour(page.locator(".in1").first) != LIT
    text, card = page.locator("#text").bounding_box(), page.locator("#c01").bounding_box()
    assert card["x"] > text["x"] + text["width"] - 1 and 0 <= card["y"] < 900
    assert page.url.endswith("#c01")
    page.keyboard.press("Escape")
    assert on_view(page) == [] and "#" not in page.url
    assert heard == []


def test_a_second_click_on_the_same_words_goes_to_the_claim_around_them(visit):
    page, _ = visit("usual", viewport=WIDE)
    inner = page.locator(".seg", has_text="about 1,200 jobs are gone").first
    inner.click()
    first = on_view(page)
    inner.click()
    assert [first, on_view(page)] == [["n1"], ["c02"]]


def test_the_pointer_and_the_focus_show_the_card_too(visit):
    page, _ = visit("usual", viewport=WIDE)
    page.locator(".in0").first.hover()
    page.wait_for_selector("#c01.now")
    page.locator("#t-3").focus()
    assert page.locator("article.now").count() == 1 and on_view(page) == [page.locator(
        "#t-3").get_attribute("href")[1:]]


def test_a_phone_gets_figures_that_fit_it_and_paper_gets_the_wide_ones(visit):
    page, _ = visit("usual", viewport=PHONE, is_mobile=True)
    image, phone = page.locator("figure img").first, page.locator("figure source").first.get_attribute("srcset")
    image.scroll_into_view_if_needed()
    box = image.bounding_box()
    assert image.evaluate("img => img.currentSrc") == phone
    assert box["x"] >= -1 and box["x"] + box["width"] <= PHONE["width"] + 1
    page.emulate_media(media="print")
    assert image.evaluate("img => img.currentSrc") != phone


def test_no_table_runs_off_the_paper(browser, tmp_path):
    text, t = run_tables(claims=3)
    heads = [f"The regional harbour authority {n}" for n in range(9)]
    wide = f"\n## Other explanations\n\n| {' | '.join(heads)} |\n|{'---|' * 9}\n" + f"| {' | '.join(['fits'] * 9)} |\n" * 2
    page = browser.new_page(viewport={"width": 673, "height": 986})
    page.goto(report.write(write_run(tmp_path, text, t, LONG + wide)).as_uri())
    page.emulate_media(media="print")
    assert page.get_by_text("The regional harbour authority 8").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 673
    page.close()


def test_a_ceiling_is_explained_before_the_first_figure_and_each_number_says_what_it_counts(visit):
    page, _ = visit("usual", viewport=WIDE)
    words = page.locator("#bottom-line").inner_text()
    assert "is the best grade that the evidence allows" in words
    marked = page.locator("article.card").count()
    assert page.locator(".counts li").all_inner_texts()[0].split("\n") == [str(marked), "claims marked in the text"]


def test_a_tap_on_a_phone_opens_a_sheet_that_leaves_the_claim_in_view(visit):
    page, heard = visit("usual", viewport=PHONE, has_touch=True, is_mobile=True)
    assert not page.locator("#claims").is_visible()
    page.locator("#t-4").tap()
    sheet, tag = page.locator("#claims").bounding_box(), page.locator("#t-4").bounding_box()
    assert sheet["y"] > 200 and 0 <= tag["y"] < sheet["y"]
    page.locator("#claims .close").tap()
    assert not page.locator("#claims").is_visible() and heard == []


def test_every_claim_is_reached_by_the_keyboard(visit):
    page, heard = visit("usual", viewport=WIDE)
    every = [card.get_attribute("id") for card in page.locator("article.card").all()]
    assert len(every) == 22
    seen = []
    for _ in every:
        page.keyboard.press("ArrowRight")
        seen += on_view(page)
        assert page.evaluate("document.activeElement.classList.contains('tag')")
    assert seen == every
    page.keyboard.press("ArrowRight")  # the last is the last
    assert on_view(page) == every[-1:]
    page.keyboard.press("ArrowLeft")
    assert on_view(page) == every[-2:-1]
    page.keyboard.press("k")
    assert on_view(page) == every[-3:-2]
    assert heard == []


def test_the_tabulator_reaches_every_claim_in_order(visit):
    page, _ = visit("usual", viewport=WIDE)
    page.locator("#filters select").last.focus()
    for n in range(22):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == f"t-{n}"


def test_a_letter_typed_outside_the_reader_or_into_the_search_is_no_command(visit):
    page, _ = visit("usual", viewport=WIDE)
    page.keyboard.press("j")
    assert on_view(page) == []
    page.locator("#filters input").focus()
    page.keyboard.press("j")
    page.keyboard.press("ArrowLeft")
    assert on_view(page) == [] and page.locator("#filters input").input_value() == "j"


def test_an_address_opens_its_claim_and_its_statement(visit):
    page, heard = visit("usual", "#c07", viewport=WIDE)
    page.wait_for_selector("#c07.now")
    box = page.locator("#t-" + re.search(r"n(\d+)", page.locator("#c07").get_attribute("class"))[1]).bounding_box()
    assert 0 <= box["y"] < 900  # the claim stands in view, in the text
    page.evaluate("location.hash = '#S003'")
    assert 0 <= page.locator("#S003").bounding_box()["y"] < 900
    page.go_back()
    page.wait_for_selector("#c07.now")
    for broken in ("#%E0%A4%A", "#nobody", "#t-9999"):
        page.evaluate(f"location.hash = '{broken}'")
    assert heard == []


def test_links_can_be_copied(visit):
    page, _ = visit("usual", viewport=WIDE, permissions=["clipboard-read", "clipboard-write"])
    page.locator("#t-0").click()
    page.locator("#claims .copy").click()
    page.wait_for_function("document.getElementById('said').textContent")
    assert page.evaluate("navigator.clipboard.readText()") == page.url and page.url.endswith("report.html#c01")
    page.locator("#S002 a.self").click()
    page.wait_for_function("navigator.clipboard.readText().then(t => t.endsWith('#S002'))")


def kept(page):
    """The ids of the claims that the filters let through, as the list shows them and as the text does."""
    cards = [c.get_attribute("id") for c in page.locator("article.card").all() if c.is_visible()]
    marked = [t.get_attribute("href")[1:] for t in page.locator("a.tag").all() if t.is_visible()]
    assert cards == marked
    return cards


def test_each_filter_leaves_the_claims_that_answer_to_it(visit):
    page, heard = visit("usual", viewport=WIDE)
    output, select = page.locator("#filters output"), page.locator("#filters select")
    every = kept(page)
    tables = run_tables(claims=20)[1]
    claims = tables["claims"].sort_values(["start", "end"], kind="stable")
    expected = {
        ("source", "Master of Eastbay"): claims.claim_id[claims.chain.str.contains("master")],
        ("kind", "opinion"): claims.claim_id[claims.kind == "opinion"],
        ("drift", "changed on the way"): claims.claim_id[claims.claim_id.isin(tables["retellings"].claim_id)],
        ("drift", "contradicted"): claims.claim_id[claims.claim_id.isin(
            tables["origins"].claim_id[tables["origins"].agrees == "no"])],
        ("grade", "5 · improbable"): claims.claim_id[claims.claim_id == claims.claim_id.iloc[1]],
    }
    for (name, words), ids in expected.items():
        field = page.locator(f"#filters select[name={name}]")
        field.select_option(label=f"{words} ({len(ids)})")
        assert kept(page) == list(ids), (name, words)
        assert output.text_content() == f"{len(ids)} of {len(every)} claims"
        page.locator("#filters .reset").click()
        assert kept(page) == every and field.input_value() == ""
    select.nth(1).select_option("opinion")
    select.nth(3).select_option("4")
    assert kept(page) == []
    page.keyboard.press("ArrowRight")
    assert on_view(page) == []
    page.locator("#changes a.id").first.click()  # a link to a claim that is filtered away shows it all the same
    assert len(on_view(page)) == 1 and page.locator("#filters output").text_content() == f"{len(every)} claims"
    assert heard == []


def test_the_search_finds_words_sources_and_statements(visit):
    page, _ = visit("usual", viewport=WIDE)
    found = {}
    for sought in ("CRANE had been", "union of eastbay", "s004", "no such words", "(.*"):
        page.locator("#filters input").fill(sought)
        found[sought] = kept(page)
    assert found["CRANE had been"] == ["c04", "c09", "c14", "c19"]
    assert "c02" in found["union of eastbay"] and "c04" not in found["union of eastbay"]
    assert "c01" in found["s004"] and "c05" not in found["s004"]
    assert found["no such words"] == found["(.*"] == []
    page.locator("#filters input").fill("crane")
    page.locator("#text").click(position={"x": 2, "y": 2})
    page.keyboard.press("ArrowRight")
    assert on_view(page) == ["c04"]  # the arrows step through what was found
    page.keyboard.press("ArrowRight")
    assert on_view(page) == ["c09"]


def test_a_table_sorts_by_the_heading_that_is_clicked(visit):
    page, _ = visit("usual", viewport=WIDE)
    table = page.locator("#statements table")

    def column(n, what="textContent"):
        return table.locator("tbody tr").evaluate_all(f"rows => rows.map(r => r.cells[{n}].{what})")

    numbers = column(4, "dataset.v")
    table.locator("th button").nth(4).click()
    up = column(4, "dataset.v")
    assert up == sorted(filter(None, numbers), key=float) + [""] * numbers.count("")
    table.locator("th button").nth(4).press("Enter")
    assert column(4, "dataset.v") == sorted(filter(None, numbers), key=float, reverse=True) + [""] * numbers.count("")
    assert table.locator("th[aria-sort]").count() == 1
    table.locator("th button").nth(1).click()
    assert column(1, "dataset.v") == sorted(column(1, "dataset.v"))
    assert table.locator("th[aria-sort]").text_content() == "day"


@pytest.mark.parametrize("name", ["usual", "hostile"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_of_wcag_22_aa(visit, name, scheme):
    page, _ = visit(name, viewport=WIDE, color_scheme=scheme, bypass_csp=True)
    standard = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    for place in ("", "#c02"):
        page.evaluate(f"location.hash = '{place}'")
        found = Axe().run(page, options=standard).response
        assert len(found["passes"]) > 20
        assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []


def test_axe_finds_none_on_a_phone(visit):
    page, _ = visit("usual", "#c02", viewport=PHONE, is_mobile=True, has_touch=True, bypass_csp=True)
    page.wait_for_selector("#c02.now")
    assert [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]] == []


@pytest.mark.parametrize("width", [390, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["usual", "hostile"])
def test_it_never_scrolls_sideways(visit, width, scheme, name):
    page, _ = visit(name, viewport={"width": width, "height": 844}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_words_can_be_read_in_both_schemes(visit):
    for scheme in ("light", "dark"):
        page, _ = visit("usual", color_scheme=scheme, viewport={"width": 1440, "height": 900})
        assert page.evaluate(CONTRAST) == []


# WCAG 2.2, 1.4.3: 4.5 to 1 for words, on the nearest background that is painted. Lists what falls short.
CONTRAST = """() => {
  const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const linear = v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => [r, g, b].map(v => linear(v / 255))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const found = new Set();
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !e.getClientRects().length) continue;
    let up = e, back = [255, 255, 255];
    for (; up; up = up.parentElement) {
      const c = parse(getComputedStyle(up).backgroundColor);
      if (c.length === 3 || c[3] > 0) { back = c; break; }
    }
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(back)].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) found.add(`${e.className || e.tagName} ${getComputedStyle(e).color} on ${back}`);
  }
  return [...found];
}"""


def test_the_assessment_fills_a_wide_page(visit):
    page, _ = visit("usual", viewport={"width": 1440, "height": 900})
    whole, body = (page.locator(of).first.bounding_box() for of in ("#assessment", "#assessment .body"))
    heading = page.locator("#assessment h3").first.bounding_box()
    assert heading["x"] + heading["width"] < body["x"]
    assert body["x"] + body["width"] > whole["x"] + 0.95 * whole["width"]


def test_what_is_folded_opens_without_a_script_and_stands_open_on_paper(visit):
    page, _ = visit("usual", java_script_enabled=False)
    folded = page.locator(".fold .body").first
    assert not folded.is_visible()
    page.locator(".fold summary").first.click()
    assert folded.is_visible()
    page.locator(".fold summary").first.click()
    page.emulate_media(media="print")
    assert folded.is_visible()


def test_with_scripts_off_all_of_it_can_be_read(visit):
    page, _ = visit("usual", viewport=WIDE, java_script_enabled=False)
    assert len(on_view(page)) == page.locator("article.card").count() == 22
    assert not page.locator("#filters").is_visible() and not page.locator("#claims .bar").is_visible()
    page.locator("a.tag", has_text="c02").click()
    assert 0 <= page.locator("#c02").bounding_box()["y"] < 200
    page, _ = visit("usual", "#c02", viewport=PHONE, java_script_enabled=False)
    assert on_view(page) == ["c02"] and 0 <= page.locator("#c02").bounding_box()["y"] < 200


def test_it_prints_as_a_report_that_can_be_read(visit):
    page, _ = visit("usual", "#c02", viewport=WIDE)
    page.wait_for_selector("#c02.now")  # what is open or filtered on the screen leaves nothing out on paper
    page.locator("#filters input").fill("dockers")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    sheets = [sheet.extract_text() for sheet in printed.pages]
    words = " ".join(" ".join(sheets).split())
    assert len(sheets) > 3 and all(len(sheet) > 20 for sheet in sheets)
    assert "Over 400 dockers is a ceiling of 4" in sheets[0]
    for heading in ("The text, its claims marked", "22 claims", "Figures", "Assessment", "Statements", "References"):
        assert heading in words, heading
    assert "This city has never cared" in words and "https://example.org/3" in words
    assert "Copy link" not in words and "Search" not in words and "Follow c01" not in words
    page.emulate_media(media="print")
    assert len(on_view(page)) == 22 and not page.locator("nav").is_visible()


def test_what_a_text_holds_shows_as_itself_and_runs_nothing(visit):
    page, heard = visit("hostile", viewport=WIDE)
    for word in ("#c01", "#c02", "#n1"):
        page.evaluate(f"location.hash = '{word}'")
        page.wait_for_selector(f"{word}.now")
    page.keyboard.press("Escape")
    page.locator("#filters input").fill("<script>alert(1)</script>")
    assert kept(page)
    page.locator("#filters select").first.select_option(index=1)
    shown = page.locator("#text").inner_text()
    assert "<script>alert(1)</script><img src=x onerror=alert(1)>" in shown and "[U+202E]txt.exe[U+202C]" in shown
    assert page.locator("img[src=x], a[href^='javascript']").count() == 0
    assert heard == []


def test_a_script_of_somebody_else_is_not_let_in(visit):
    page, heard = visit("usual")
    page.evaluate("() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
                  "document.body.append(s) }")
    assert page.evaluate("typeof window.ran") == "undefined"
    assert len(heard) == 1 and "Content Security Policy" in heard[0]
