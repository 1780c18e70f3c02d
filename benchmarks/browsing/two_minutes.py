"""How much a learner and a mentor do for what they do most, on a phone with a slow line: taps, keystrokes and seconds.

    python -m benchmarks.browsing.two_minutes ADDRESS

ADDRESS is a running demo, like http://127.0.0.1:8000 of `make demo`, made afresh: what is entered stays there, and
would be asked about when it is entered again. Each deed begins on
the home page, signed in, and ends when the page says that it is done. The line is that of `slow_line`, the processor
four times slower. Seconds are those for which the person waits for pages, with the browser; what she takes to think and
to type comes on top, and the last column adds what typing takes at 40 words a minute and a second for each tap.
"""

import argparse
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, Page, sync_playwright
from playwright.sync_api import TimeoutError as NotThere

from app.demo.playing.loading import PASSWORD
from benchmarks.browsing.slow_line import IS_USABLE, Line

SECONDS_A_TAP, SECONDS_A_KEY = 1.0, 60 / 200  # forty words of five letters in a minute
PATIENCE_MS = 30_000
WORDS = "Screened ten sets of notes."
AGAIN = " Again."
TOPICS = "Consent: what to say first, and when to stop."


class Hand:
    """Taps and types on a page, and counts both and the time that it waits."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.taps = self.keys = 0
        self.waited = 0.0

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.tap()

    def go(self, what: Locator) -> None:
        """Tap something that leads to another page, and wait until that can be used."""
        before = self.page.url
        start = time.monotonic()
        self.tap(what)
        while self.page.url == before or not self.page.evaluate(IS_USABLE):
            if time.monotonic() - start > PATIENCE_MS / 1000:
                raise NotThere(f"{self.page.title()} led nowhere")
            self.page.wait_for_timeout(20)
        self.waited += time.monotonic() - start

    def type(self, where: Locator, words: str) -> None:
        self.tap(where)
        self.keys += len(words)
        where.type(words)

    def is_told(self, words: str) -> None:
        """The banner of the page says that it is done."""
        self.page.locator(".nhsuk-notification-banner, .app-banner, [role=alert]").get_by_text(words).first.wait_for()


def log_hours(hand: Hand) -> None:
    page = hand.page
    hand.go(page.get_by_role("link", name="in the workplace").first)
    hand.go(page.get_by_role("link", name="Log hours").first)
    hand.tap(page.get_by_label("Self-directed study").first)
    hand.tap(page.get_by_label("30 minutes").first)
    hand.type(page.get_by_label("What did you do?"), WORDS)
    hand.go(page.locator("main form button[type=submit]").last)
    hand.is_told("logged")


def log_same_hours(hand: Hand) -> None:
    page = hand.page
    hand.go(page.get_by_role("link", name="in the workplace").first)
    hand.go(page.get_by_role("link", name="Log hours").first)
    hand.go(page.get_by_role("link", name="Same as last time").first)
    hand.type(page.get_by_label("What did you do?"), AGAIN)
    hand.go(page.locator("main form button[type=submit]").last)
    hand.is_told("logged")


def submit_hours(hand: Hand) -> None:
    page = hand.page
    hand.go(page.get_by_role("link", name="in the workplace").first)
    hand.go(page.get_by_role("link", name="See the hours week by week"))
    hand.go(page.get_by_role("link", name=re.compile("^Submit [0-9]+ draft")))
    hand.tap(page.locator("main input[type=radio]").last)
    hand.go(page.get_by_role("button", name="Submit these entries"))
    hand.is_told("Submitted")


def confirm_session(hand: Hand) -> None:
    page = hand.page
    hand.go(page.get_by_role("link", name="Confirm the session of").first)
    hand.go(page.get_by_role("button", name="Yes, confirm the session"))
    hand.is_told("confirmed")


def log_session(hand: Hand) -> None:
    page = hand.page
    hand.go(page.get_by_role("link", name="Log a session with").first)
    hand.tap(page.get_by_label("45 minutes").first)
    hand.tap(page.get_by_label("Video").first)
    hand.type(page.get_by_label("What did you talk about?"), TOPICS)
    hand.go(page.get_by_role("button", name="Save the session"))
    hand.is_told("logged")


def verify_hours(hand: Hand) -> None:
    page = hand.page
    hand.go(page.get_by_role("link", name=re.compile("^Verify [0-9]+ hours")).first)
    hand.go(page.get_by_role("link", name="Tick all of them"))
    hand.go(page.get_by_role("button", name="Save what I decided"))
    hand.is_told("verified")


@dataclass(frozen=True)
class Deed:
    """What somebody of the demo does, in words."""

    account: str
    words: str
    does: Callable[[Hand], None]


DEEDS = (
    Deed("learner", "logs hours", log_hours),
    Deed("learner", "logs hours, same as last time", log_same_hours),
    Deed("learner", "submits hours", submit_hours),
    Deed("learner", "confirms a session", confirm_session),
    Deed("mentor", "logs a session", log_session),
    Deed("mentor", "verifies hours, all after reading", verify_hours),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    given = parser.parse_args()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        print(f"{'':46}{'taps':>6}{'keys':>6}{'pages waited for':>18}{'with the hand':>16}")
        for deed in DEEDS:
            try:
                hand = done(chromium, given.address.rstrip("/"), deed)
            except NotThere as fault:
                print(f"{f'{deed.account} {deed.words}':46}  not there to do: {str(fault).splitlines()[0]}")
                continue
            by_hand = hand.waited + hand.taps * SECONDS_A_TAP + hand.keys * SECONDS_A_KEY
            print(
                f"{f'{deed.account} {deed.words}':46}{hand.taps:6}{hand.keys:6}{hand.waited:16.1f} s{by_hand:14.1f} s"
            )
        chromium.close()


def done(chromium: Browser, address: str, deed: Deed) -> Hand:
    """Sign in on a quick line, then do the deed on a slow one."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True, has_touch=True
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.get_by_label("Email address").fill(f"{deed.account}@demo.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.get_by_role("heading", level=1, name="What needs doing now").wait_for()
    page.wait_for_load_state()
    Line().slow_down(context, page)
    hand = Hand(page, address)
    try:
        deed.does(hand)
    finally:
        context.close()
    return hand


if __name__ == "__main__":
    main()
