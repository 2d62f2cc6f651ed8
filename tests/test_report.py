"""The report: everything is on the page, every link leads somewhere on it, and nobody's words become markup."""
import base64
import hashlib
import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import ASSESSMENT, HOSTILE, run_tables, write_run

from helpers import figures, marking, prose, report
from helpers.paths import InputError

EXPECTED_TAGS = set("""html head meta title style body a header p h1 h2 h3 h4 span time nav main section div ul li b q
bdi del ins ol details summary article blockquote em dl dt dd i br sup figure picture source img figcaption table thead tr
th tbody td footer code script aside label input select option output button kbd""".split())


class Page(HTMLParser):
    """What a browser would find: tags, attributes, words."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.ids, self.attributes, self.words = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, k, v) for k, v in attrs]
        self.ids += [v for k, v in attrs if k == "id"]

    def handle_data(self, data):
        self.words.append(data)

    def links(self):
        return [v for tag, k, v in self.attributes if k in ("href", "src")]


def made(folder, assessment=ASSESSMENT, drawings=True, **size):
    text, t = run_tables(**size)
    run = write_run(folder, text, t, assessment)
    if drawings:
        figures.save(figures.origins_against_mentions(t["origins"], t["claims"]), run.folder / "figures", "6_origins")
    return text, t, report.write(run).read_text(encoding="utf-8")


@pytest.mark.parametrize("size", [{}, {"claims": 0, "sources": 1, "statements": 0}, {"claims": 300, "statements": 60},
                                  {"name": HOSTILE}], ids=["usual", "no claim", "three hundred", "hostile"])
def test_every_claim_has_a_card_and_every_link_leads_somewhere_on_the_page(tmp_path, size):
    size = {**size, "name": size.get("name", "").replace("\x07", "")}
    _, t, html = made(tmp_path, **size)
    page = Page(html)
    assert len(page.ids) == len(set(page.ids))
    assert set(t["claims"].claim_id) <= set(page.ids)
    assert page.tags.count("article") == len(t["claims"])
    for link in page.links():
        if link.startswith("#"):
            assert unquote(link[1:]) in page.ids, link
        else:
            own = ("data:image/svg+xml;base64,", "data:text/csv;base64,")
            assert link.startswith(("https://example.org/", *own)), link
    assert set(page.tags) <= EXPECTED_TAGS


def test_the_page_lets_nothing_in(tmp_path):
    _, _, html = made(tmp_path)
    page = Page(html)
    policy = next(v for tag, k, v in page.attributes if k == "content" and "default-src" in v)
    style, script = (re.search(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)[1] for tag in ("style", "script"))
    of_style, of_script = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in (style, script))
    assert policy == (f"default-src 'none'; style-src 'sha256-{of_style}'; script-src 'sha256-{of_script}'; "
                      "img-src data:; base-uri 'none'; form-action 'none'")
    assert page.tags.count("script") == 1
    assert "innerHTML" not in script and "eval(" not in script and "insertAdjacent" not in script
    assert "url(" not in style and "@import" not in style
    assert not [k for _, k, _ in page.attributes if k.startswith("on") or k == "style"]
    away = re.findall(r'<a href="http[^>]*>', html)
    assert away and all('rel="noopener noreferrer"' in tag for tag in away)


def test_words_full_of_markup_show_as_themselves(tmp_path):
    name = HOSTILE.replace("\x07", "")
    text, _, html = made(tmp_path, name=name)
    page = Page(html)
    shown = "".join(page.words)
    assert "<script>alert(1)</script><img src=x onerror=alert(1)>" in shown
    assert "{{7*7}}" in shown and "[U+202E]txt.exe[U+202C]" in shown
    assert page.tags.count("script") == 1 and not re.search("[\u202a-\u202e\u2066-\u2069]", html)
    assert set(page.tags) <= EXPECTED_TAGS


def test_the_text_stands_on_the_page_in_full(tmp_path):
    text, t, html = made(tmp_path, claims=14)
    column = re.search('<section id="text".*?</section>', html, re.DOTALL)[0]
    column = re.sub('<sup>.*?</sup>|<h2>.*?</h2>|<ul.*?</ul>|<p class="hint.*?</p>', "", column, flags=re.DOTALL)
    assert "".join("".join(Page(column).words).split()) == "".join(text.split())


def test_the_bottom_line_stands_first_and_once_and_links_that_lead_nowhere_are_words(tmp_path):
    _, _, html = made(tmp_path)
    assert html.count("its root says less (") == 1
    assert html.index("its root says less (") < html.index('id="text"')
    assert '(<a href="#c01">c01</a>)' in html and '<a href="#source-port">Port of Eastbay</a>' in html
    assert "&lt;b&gt;Not bold.&lt;/b&gt;" in html
    assert "javascript:" not in html and "a bad link" in html and "nowhere" in html
    assert '<a href="https://example.org/page" rel="noopener noreferrer">a page</a>' in html
    assert '<h3>Sources</h3>' in html and "Strike in Eastbay</h2>" not in html


def test_a_figure_stands_on_the_page_with_its_words_and_its_data(tmp_path):
    _, _, html = made(tmp_path)
    page = Page(html)
    assert [v for tag, k, v in page.attributes if tag == "img" and k == "alt"] == [
        "8 mentions of claim c01 come from 2 origins, 1 of them known to be independent: 1 says the same, none "
        "something near, 1 the contrary. For 4 of 4 claims the mentions outnumber the origins; 4 are contradicted by an origin."]
    assert "O1:4;O2:4" in "".join(page.words)
    drawn = {k: v for tag, k, v in page.attributes if tag == "source"}
    assert drawn["media"] == "screen and (max-width:600px)"
    assert base64.b64decode(drawn["srcset"].partition(",")[2]) == (
        tmp_path / "out/figures/6_origins.phone.svg").read_bytes()
    saved = next(v for tag, k, v in page.attributes if tag == "a" and k == "href" and v.startswith("data:text/csv"))
    assert base64.b64decode(saved.partition(",")[2]) == (tmp_path / "out/figures/6_origins.csv").read_bytes()


def test_the_lines_of_the_text_are_kept_and_those_of_the_template_are_not(tmp_path):
    text, _, html = made(tmp_path)
    body = html[html.index("<main>"):]
    assert "</li>\n<" not in body and "</article>\n<" not in body
    shown = "".join(re.findall('<p dir="auto" class="lanes.*?</p>', re.sub("<sup>.*?</sup>", "", body), re.DOTALL))
    shown = "".join(Page(shown).words)
    for line in text.split("\n\n"):
        assert line.strip() in shown


def test_the_card_tells_the_way_step_by_step(tmp_path):
    _, _, html = made(tmp_path)
    card = " ".join(Page(re.search('<article class="card n0.*?</article>', html, re.DOTALL)[0]).words)
    words = " ".join(card.split()).replace(" ,", ",")
    assert "root Port of Eastbay (party), 1 Jan 2031 S001 over 380 laid off or moved" in words
    assert "relay Paper-3 of Eastbay, 4 Feb 2031 S004 at most 425 laid off" in words
    assert "measure laid off or moved → laid off ▲ stronger" in words
    assert "8 mentions, 2 origins, 1 known to be independent" in words
    assert "Ceiling 4: doubtful" in words and "A second origin." in words
    assert "What would change it" in words and "Without S001 : ceiling 3 instead of 4" in words
    second = " ".join(Page(re.search('<article class="card n1.*?</article>', html, re.DOTALL)[0]).words)
    assert "Graded 5 by" in second and "the program’s ceiling is 4" in second


FOLDED = ASSESSMENT + """
## Key claims

### [c01](#c01): “over 400 dockers”

- **For:** [S001](#S001).

### [c02](#c02): “about 1,200 jobs”

- **For:** [S002](#S002).

## References

- [S001](#S001): the port, 2031-01-01.
- [S002](#S002): the union, 2031-01-02.
"""


def test_the_long_parts_of_the_assessment_are_folded_and_its_references_do_not_come_twice(tmp_path):
    _, _, html = made(tmp_path, assessment=FOLDED)
    folds = re.findall('<details class="fold">.*?</details>', html, re.DOTALL)
    assert len(folds) == 1 and "over 400 dockers" in folds[0] and "about 1,200 jobs" in folds[0]
    assert "<h3>Key claims</h3>" in html and "<h3>Sources</h3>" in html and "Sources</h3>" not in folds[0]
    assert "References</h3>" not in html and html.count("References</h2>") == 1
    assert 'id="S001"' in html and 'id="S002"' in html  # what the references said stands in the tables


def test_references_that_somebody_wrote_are_kept(tmp_path):
    _, _, html = made(tmp_path, assessment=FOLDED + "\nAnd a book that the ledger does not hold.\n")
    folds = re.findall('<details class="fold">.*?</details>', html, re.DOTALL)
    assert "<h3>References</h3>" in html and "a book that the ledger does not hold" in folds[-1]


def test_a_statement_that_a_reason_names_is_a_link(tmp_path):
    _, _, html = made(tmp_path)
    card = re.search('<article class="card n0.*?</article>', html, re.DOTALL)[0]
    assert 'Its root <a href="#S001">S001</a> says less.' in card


def test_claims_that_changed_alike_share_a_line_and_nothing_lost_is_quoted(tmp_path):
    text, t = run_tables()
    net = t["retellings"].step == 0
    t["retellings"].loc[net, ["field", "old", "new"]] = ["hedge", "likely", "none"]
    t["retellings"].loc[:, "from_id"] = "S001"
    same = t["retellings"][t["retellings"].claim_id == "c02"]
    t["retellings"] = pd.concat([same, same.assign(claim_id="n1", to_id=same.to_id.replace("c02", "n1"))])
    html = report.write(write_run(tmp_path, text, t)).read_text(encoding="utf-8")
    changes = re.search('<section id="changes".*?</section>', html, re.DOTALL)[0]
    assert changes.count("<li><span") == 1 + changes.count('class="field"')
    assert re.search('href="#c02">c02</a>, <a class="id" href="#n1">n1</a>', changes)
    assert "<ins><bdi>no hedge</bdi></ins>" in changes and ">none<" not in changes


def test_no_id_of_anybody_takes_a_place_of_the_page(tmp_path):
    text, t = run_tables()
    t["claims"].loc[0, "claim_id"] = "text"
    t["claims"].loc[1, "claim_id"] = "S001"
    for name in ("quantities", "retellings", "comparisons", "origins", "grades"):
        column = "subject" if name == "grades" else "claim_id"
        t[name][column] = t[name][column].replace({"c01": "text"})
    html = report.write(write_run(tmp_path, text, t)).read_text(encoding="utf-8")
    page = Page(html)
    assert len(page.ids) == len(set(page.ids)) and {"text", "claim-text", "S001", "statement-S001"} <= set(page.ids)
    assert '<a href="#statement-S001">S001</a>' not in re.search('class="bottom">.*?</div>', html, re.DOTALL)[0]


def test_an_address_that_is_not_of_the_web_is_no_link(tmp_path):
    text, t = run_tables()
    t["statements"].loc[0, "page_url"] = "javascript:alert(1)"
    t["document"].loc[0, "url"] = "data:text/html,x"
    html = report.write(write_run(tmp_path, text, t)).read_text(encoding="utf-8")
    assert not [v for v in Page(html).links() if v.startswith(("javascript", "data:text"))]
    assert "javascript:alert(1)" in "".join(Page(html).words)


def test_the_same_run_gives_the_same_page(tmp_path):
    assert made(tmp_path / "a")[2] == made(tmp_path / "b")[2]


def test_nothing_said_after_the_cut_off_stands_on_the_page(tmp_path):
    text, t = run_tables(statements=12)
    t["statements"].loc[1, "said_on"] = "2031-05-02"
    t["statements"].loc[2, "retells"] = "S002"
    t["statements"].loc[2, "said_on"] = "2031-01-09"
    for name in ("comparisons", "origins"):
        t[name] = t[name][~t[name].statement_id.eq("S002")] if name == "comparisons" else t[name].assign(
            statement_ids=[s.replace("S002;", "") for s in t[name].statement_ids])
    html = report.write(write_run(tmp_path, text, t)).read_text(encoding="utf-8")
    assert "S002" not in html and "S003" in html


def test_a_missing_assessment_is_named(tmp_path):
    text, t = run_tables()
    run = write_run(tmp_path, text, t)
    (run.folder / "assessment.md").unlink()
    with pytest.raises(InputError, match="assessment.md: there is no such file"):
        report.write(run)


spans = st.lists(st.tuples(st.integers(0, 39), st.integers(1, 12)), max_size=9)


@given(spans, st.text(alphabet="ab \n", min_size=52, max_size=52))
def test_the_segments_are_the_text_and_each_claim_begins_and_ends_once(found, text):
    claims = pd.DataFrame([(f"c{i}", a, a + n) for i, (a, n) in enumerate(found)], columns=["claim_id", "start", "end"])
    blocks = marking.paragraphs(text, claims)
    segments = [s for b in blocks for s in b["segments"]]
    assert "".join("".join(s["text"] for s in segments).split()) == "".join(text.split())
    for c in claims.itertuples():
        covered = "".join(s["text"] for s in segments if c.claim_id in s["claims"])
        assert "".join(covered.split()) == "".join(text[c.start:c.end].split())
        if text[c.start:c.end].strip():
            assert sum(c.claim_id in s["starts"] for s in segments) == 1
            assert sum(c.claim_id in s["ends"] for s in segments) == 1
    lane = marking.lanes(claims)
    for a in claims.itertuples():
        for b in claims.itertuples():
            if a.claim_id < b.claim_id and a.start < b.end and b.start < a.end and lane[a.claim_id] == lane[b.claim_id]:
                assert lane[a.claim_id] == marking.LANES - 1


@given(st.text(max_size=80))
def test_no_markdown_gives_a_tag_of_its_own(words):
    html = prose.render(prose.parse(words), {})
    assert set(Page(str(html)).tags) <= EXPECTED_TAGS | {"h5", "h6", "hr", "strong", "pre", "code"}
    assert all(v.startswith(("http://", "https://")) for v in Page(str(html)).links())


def test_web_addresses():
    assert prose.web_address(" https://example.org/a?b=c ") == "https://example.org/a?b=c"
    none = ("javascript:alert(1)", "//example.org", "http://", "ftp://a.org", "https://[")
    assert [prose.web_address(u) for u in none] == [""] * 5


def test_a_card_counts_all_that_may_not_be_compared_and_not_only_what_is_listed(tmp_path):
    text, made = run_tables()
    words = " ".join(Page(report.page(write_run(tmp_path, text, made))).words)
    assert "300 may not" in " ".join(words.split()) and "another rate" in words
