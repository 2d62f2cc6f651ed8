"""What several tests share: the project's folder, the shared folder beside it, a browser, one run of a shipped document."""
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

settings.register_profile("retold", deadline=None, derandomize=True)
settings.load_profile("retold")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared folder beside the project."""
    if not SHARED.is_dir():
        pytest.skip(f"there is no folder {SHARED.name}/ beside the project")
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> str:
    """The program Chromium."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not found:
        pytest.skip("no Chromium; scripts/install-system-packages.sh installs it")
    return found


@pytest.fixture(scope="session")
def browser(chromium):
    """A playwright Browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def kursk_run(tmp_path_factory) -> Path:
    """The folder of a whole run of the shipped digest `kursk-retelling`."""
    from helpers import cli

    output = tmp_path_factory.mktemp("runs")
    assert cli.main(["run", "kursk-retelling", "--output", str(output)]) == 0
    return output / "kursk-retelling"


def pytest_collection_modifyitems(items):
    for item in items:
        wanted = getattr(item, "fixturenames", ())
        if "shared" in wanted:
            item.add_marker("shared")
        if "chromium" in wanted:
            item.add_marker("browser")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    """A test is not passed over where what it needs is there, or, in CI, has to be."""
    report = (yield).get_result()
    must = {"shared": SHARED.is_dir(), "browser": os.environ.get("CI") == "true"}
    if report.skipped and not hasattr(report, "wasxfail"):
        for marker in (m for m, needed in must.items() if needed and item.get_closest_marker(m)):
            report.outcome = "failed"
            report.longrepr = f"marked {marker}, so it may not be skipped here; the reason given was {report.longrepr}"
