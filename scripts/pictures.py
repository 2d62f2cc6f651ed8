"""Make the README's pictures from the shipped document's run: docs/report.png and docs/drift.png. For maintainers."""
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

from helpers import figures, ledger, paths, tables

run = paths.run("kursk-retelling")
docs = paths.project() / "docs"
docs.mkdir(exist_ok=True)

names = ("retellings", "claims", "quantities", "comparisons", "sources")
t = {name: tables.read(name, run) for name in names}
drift = figures.drift_chart(t["retellings"], t["claims"], ledger.read(run), t["quantities"], t["comparisons"],
                            t["sources"], most=2)
(docs / "drift.png").write_bytes(drift.png())

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.goto((run.folder / "report.html").as_uri() + "#c06")
    page.wait_for_selector("article.now")
    page.screenshot(path=Path(docs / "report.png"))
    browser.close()
