"""How large the report of a long text is, how long it takes to write, to open and to answer a click.

    python benchmarks/page.py [--claims 400] [--words 5000] [--keep report.html]

The run is invented (tests/invented.py), its text stretched to the words asked for; the page is made by `report.page`
and opened from disk in headless Chromium, at the size of a desk and of a phone. A click counts until the second frame
after it, when the card has been laid out and painted; a key and a letter typed into the search count the same way.
"""
import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from helpers import report

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from invented import run_tables, write_run  # noqa: E402

FILLER = "The wind stood off the quay all day and nobody who worked there said a word about it to anyone."
SIZES = {"desk": {"viewport": {"width": 1440, "height": 900}},
         "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}}
# What a reader does, the n-th time, and the milliseconds until the second frame after it.
ACTS = {
    "click": "n => document.querySelector(`.in${n * 7}`).click()",
    "key": "n => document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}))",
    "filter": "n => { const kind = document.querySelector('#filters [name=kind]'); kind.selectedIndex = n % "
              "kind.length; kind.dispatchEvent(new Event('input', {bubbles: true})) }",
    "search": "n => { const field = document.querySelector('#filters input'); field.value = ['', 'crane', 'S004'][n % "
              "3]; field.dispatchEvent(new Event('input', {bubbles: true})) }"}
ANSWER = """n => new Promise(done => { const from = performance.now(); %s(n);
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - from))); })"""


def stretched(claims: int, words: int, folder: Path) -> Path:
    """The report of an invented run with so many claims, in a text of so many words."""
    text, made = run_tables(claims=claims - 2, sources=40, statements=150)
    short = words - len(text.split())
    text += f"\n\n{FILLER}" * (max(0, short) // len(FILLER.split()))
    return report.write(write_run(folder, text, made))


def measure(page, times: int) -> dict[str, list[float]]:
    """Milliseconds that a click on a claim, a key, a filter and a search take, so many times each."""
    return {name: [page.evaluate(ANSWER % f"({act})", n) for n in range(times)] for name, act in ACTS.items()}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--claims", type=int, default=400)
    ask.add_argument("--words", type=int, default=5000)
    ask.add_argument("--keep", help="copy the page to this file")
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        began = time.perf_counter()
        file = stretched(asked.claims, asked.words, Path(folder))
        print(f"written in {time.perf_counter() - began:.1f} s, {file.stat().st_size / 1e6:.2f} MB")
        if asked.keep:
            shutil.copy(file, asked.keep)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for size, context in SIZES.items():
            page = browser.new_page(**context)
            page.goto(file.as_uri())
            opened = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
            marked = page.locator("article.card").count()
            painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
            print(f"{size}: {marked} claims; first words after {painted:.0f} ms, all of it after {opened:.0f} ms")
            for name, took in measure(page, 30).items():
                print(f"  {name:7} median {statistics.median(took):4.0f} ms, worst {max(took):4.0f} ms")
        browser.close()


if __name__ == "__main__":
    main()
