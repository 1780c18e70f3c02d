"""A real browser, a running service, and people who sit down at it."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.conftest import absent
from tests.journeys.live import Service, running_service
from tests.journeys.visitor import Visitor

BEGINNING = date(2026, 3, 3)
# Nothing but this machine can be reached, and the browser does nothing on its own account.
QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
SLOWEST_MS = 120_000  # how long a page may take on a machine that is busy with other tests

Arrives = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs a browser."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    program = os.environ.get("RPE_CHROMIUM") or shutil.which("chromium")
    if not program:
        absent("there is no Chromium (install it, or set RPE_CHROMIUM to the program)")
    expect.set_options(timeout=SLOWEST_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIETLY, timeout=SLOWEST_MS)
        yield browser
        browser.close()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """The service on an empty SQLite database, on 3 March 2026."""
    with running_service(f"sqlite:///{tmp_path / 'rpe.sqlite3'}", BEGINNING) as running:
        yield running


@pytest.fixture
def arrives(chromium: Browser) -> Iterator[Arrives]:
    """arrives(service, width=390, with_scripts=False): a person sits down at a browser of her own."""
    contexts = []

    def sit_down(service: Service, width: int = 1280, with_scripts: bool = True, closely: bool = True) -> Visitor:
        context = chromium.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
        context.set_default_timeout(SLOWEST_MS)
        contexts.append(context)
        return Visitor(context, service.address, with_scripts, closely)

    yield sit_down
    for context in contexts:
        context.close()
