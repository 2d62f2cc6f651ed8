"""The report in a real browser: it opens from disk, loads nothing, runs nothing, and reads on a phone."""
import pytest
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
    assert page.locator("script").count() == 0
    assert page.evaluate("Array.from(document.images).every(i => i.complete && i.naturalWidth > 0)")


def test_the_styles_are_let_in_by_their_hash(visit):
    page, _ = visit("usual")
    assert page.locator("body").evaluate("e => getComputedStyle(e).marginTop") == "0px"


def test_a_click_on_a_claim_shows_its_card_and_lights_it_up(visit):
    page, heard = visit("usual", viewport={"width": 1440, "height": 900})
    page.locator("a.tag", has_text="c02").click()
    card = page.locator("#c02")
    box = card.bounding_box()
    assert 0 <= box["y"] < 200
    lit = page.locator(".in1").first.evaluate("e => getComputedStyle(e).backgroundColor")
    assert lit == "rgb(253, 230, 138)"
    text = page.locator("#text").bounding_box()
    assert text["y"] < 900 and box["x"] > text["x"] + text["width"] - 1  # the text is still there, beside it
    assert heard == []


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


def test_it_prints(visit):
    page, _ = visit("usual")
    assert page.pdf()[:5] == b"%PDF-"
    page.emulate_media(media="print")
    assert page.locator("#c02 .chain").is_visible() and not page.locator("nav").is_visible()
