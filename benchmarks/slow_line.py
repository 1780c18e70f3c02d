"""How long a phone on a slow line waits for the home page: the first time, and once its browser knows the service.

    python -m benchmarks.slow_line ADDRESS [ADDRESS ...] [--account learner]

Each ADDRESS is a running demo, like http://127.0.0.1:8000 of `make demo`; several are measured in turn. The browser is
slowed down as by a mobile network of 400 kilobits a second where each answer takes 400 ms to begin. A page is usable
when its scripts have run and its form or list can be tapped.
"""

import argparse
import shutil
import time
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from app.demo.playing.loading import PASSWORD

BITS_A_SECOND = 400_000
LATENCY_MS = 400
PROCESSOR_SLOWER = 4
PATIENCE_MS = 120_000
IS_USABLE = "document.readyState === 'complete' && document.body.classList.contains('js-enabled') && 'htmx' in window"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("addresses", nargs="+")
    parser.add_argument("--account", default="learner")
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        print(f"{'':30}{'sign-in, new':>20}{'home, known':>20}")
        for address in given.addresses:
            visits = [visit(chromium, address, given.account) for _ in range(given.times)]
            cells = [
                f"{median(one[column][0] for one in visits):6.1f} s{visits[0][column][1] / 1000:7.0f} kB"
                for column in (0, 1)
            ]
            print(f"{address:30}{cells[0]:>20}{cells[1]:>20}")
        chromium.close()


def visit(chromium: Browser, address: str, account: str) -> list[tuple[float, int]]:
    """Seconds and bytes of the sign-in page in a browser that has seen nothing, and of the home page afterwards."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True)
    context.set_default_timeout(PATIENCE_MS)
    page, line = context.new_page(), Line()
    line.slow_down(context, page)
    first = timed(page, line, f"{address}/sign-in")
    page.get_by_label("Email address").fill(f"{account}@demo.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.get_by_role("heading", level=1, name="What needs doing now").wait_for()
    page.wait_for_load_state()
    known = timed(page, line, f"{address}/")
    context.close()
    return [first, known]


class Line:
    """A slow line, which counts what comes over it."""

    def __init__(self) -> None:
        self.bytes = 0

    def slow_down(self, context: BrowserContext, page: Page) -> None:
        tools = context.new_cdp_session(page)
        tools.send("Network.enable")
        speed = BITS_A_SECOND / 8
        conditions = {"downloadThroughput": speed, "uploadThroughput": speed, "latency": LATENCY_MS, "offline": False}
        tools.send("Network.emulateNetworkConditions", conditions)
        tools.send("Emulation.setCPUThrottlingRate", {"rate": PROCESSOR_SLOWER})
        tools.on("Network.loadingFinished", self.count)

    def count(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])


def timed(page: Page, line: Line, address: str) -> tuple[float, int]:
    """Go there, and wait until the page can be used."""
    line.bytes = 0
    start = time.monotonic()
    page.goto(address)
    while not page.evaluate(IS_USABLE):
        page.wait_for_timeout(20)
    return time.monotonic() - start, line.bytes


if __name__ == "__main__":
    main()
