"""Somebody at a browser, who does one thing after the other and looks closely at each page she comes to."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.looking import MOST_FRAMES, TWO_FRAMES, Watch, faults_of, switch_scripts

REFUSED = re.compile(r"console: error: Failed to load resource: .* a status of (403|404|409|422) ")
CUT_OFF = re.compile(
    r"console: error: (Failed to load resource: net::ERR_INTERNET_DISCONNECTED|htmx:(afterRequest|sendError))"
)


class Visitor:
    """Verbs for a story: `presses("Continue")`, then `is_on("Check your answers")`, which looks for faults.

    What it costs her is counted: `pages` that were loaded, and `taps`, one for each link, button, choice and box that
    she types into, two for a list to pick from.
    """

    def __init__(self, context: BrowserContext, address: str, with_scripts: bool = True, closely: bool = True) -> None:
        self.address = address
        self.with_scripts = with_scripts
        self.closely = closely
        self.watch = Watch(context)
        self.is_refused = False
        self.was_cut_off = False
        self.taps = self.pages = 0
        self.page: Page = context.new_page()
        self.page.on("domcontentloaded", self.note_page)
        self.tools = context.new_cdp_session(self.page)
        switch_scripts(self.tools, with_scripts)

    def note_page(self, page: Page) -> None:
        self.pages += 1

    def taps_on(self, wanted: Locator) -> None:
        self.taps += 1
        wanted.click()

    def opens(self, path: str) -> None:
        self.page.goto(self.address + path)

    def follows(self, link: str | re.Pattern[str]) -> None:
        self.taps_on(self.page.get_by_role("link", name=link).first)

    def goes_by_menu(self, link: str) -> None:
        """Follow a link of the menu, which on a phone may stand under the button More once scripts have run."""
        self.page.wait_for_load_state()
        menu = self.page.get_by_role("navigation", name="Menu")
        wanted, more = menu.get_by_role("link", name=link, exact=True), menu.get_by_role("button", name="More")
        expect(wanted.or_(more).first).to_be_visible()
        if not wanted.is_visible():
            self.taps_on(more)
        self.taps_on(wanted)

    def presses(self, button: str | re.Pattern[str]) -> None:
        self.taps_on(self.page.get_by_role("button", name=button).first)

    def presses_in(self, part: Locator, button: str) -> None:
        self.taps_on(part.get_by_role("button", name=button, exact=True))

    def reads_in(self, part: Locator, text: str) -> None:
        expect(part).to_contain_text(text)

    def card(self, title: str) -> Locator:
        """The card of the opening on a study with this title, among those that fit."""
        return self.page.locator(".app-card", has_text=title)

    def choice(self, title: str) -> Locator:
        """The line of the opening on the learner's own list."""
        return self.page.locator(".app-ranked > li", has_text=title)

    def finds(self, label: str, words: str, button: str) -> None:
        """Look for something by typing: it appears by itself, and without scripts at the press of a button.

        Whether the scripts are there yet does not matter, and what is chosen stays chosen while answers come in.
        """
        self.taps += 1
        self.page.get_by_label(label, exact=True).press_sequentially(words)
        if not self.with_scripts:
            self.presses(button)

    def writes(self, label: str, text: str) -> None:
        self.taps += 1
        self.page.get_by_label(label, exact=True).fill(text)

    def dates(self, question: str, day: int, month: int, year: int) -> None:
        """Fill the three boxes of a date."""
        group = self.group(question)
        for label, number in (("Day", day), ("Month", month), ("Year", year)):
            self.taps += 1
            group.get_by_label(label).fill(str(number))

    def chooses(self, answer: str | re.Pattern[str], question: str = "") -> None:
        """Choose a radio button or tick a box, where the answer alone is ambiguous under its question."""
        within = self.group(question) if question else self.page
        self.taps += 1
        within.get_by_label(answer, exact=isinstance(answer, str)).first.check()

    def picks(self, label: str, option: str) -> None:
        self.taps += 2
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def group(self, question: str) -> Locator:
        return self.page.get_by_role("group", name=question)

    def signs_in(self, email: str, password: str) -> None:
        self.opens("/sign-in")
        self.writes("Email address", email)
        self.writes("Password", password)
        self.presses("Sign in")
        self.is_on("What needs doing now")

    def loses_connection(self) -> None:
        """Cut the browser off; what it writes of that in its console may come at any time from then on."""
        self.was_cut_off = True
        self.sets_connection(is_there=False)

    def has_connection_again(self) -> None:
        self.sets_connection(is_there=True)

    def sets_connection(self, is_there: bool) -> None:
        """Cut the browser off, or let it back; it notices a moment later."""
        self.page.context.set_offline(not is_there)
        self.waits_until("navigator.onLine" if is_there else "!navigator.onLine")

    def waits_until(self, expression: str) -> None:
        """Until the browser says that it is so; it may not evaluate in between, as its pages forbid that."""
        for _ in range(MOST_FRAMES):
            if self.page.evaluate(expression):
                return
            self.page.evaluate(TWO_FRAMES)
        raise AssertionError(f"never so: {expression}")

    def is_on(self, heading: str | re.Pattern[str]) -> None:
        """Wait for the page with this heading, and look at it closely."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        self.page.wait_for_load_state()
        if self.closely:
            self.looks()

    def reads(self, text: str | re.Pattern[str]) -> None:
        """Wait until the page says this."""
        expect(self.page.locator("main")).to_contain_text(text)

    def looks(self) -> None:
        """Look closely at the page as it stands."""
        faults = self.faults()
        assert not faults, "\n".join([f"{self.page.url} ({self.page.title()})", *faults])

    def faults(self) -> list[str]:
        """What is wrong with the page as it stands, and what the browser has complained of since the last time."""
        self.page.wait_for_load_state()
        switch_scripts(self.tools, True)
        faults = faults_of(self.page)
        switch_scripts(self.tools, self.with_scripts)
        complaints = self.watch.drain()
        if self.is_refused:
            complaints = [one for one in complaints if not REFUSED.match(one)]
            self.is_refused = False
        if self.was_cut_off:
            complaints = [one for one in complaints if not CUT_OFF.match(one)]
        return [*faults, *complaints]

    @contextmanager
    def being_refused(self) -> Iterator[None]:
        """What happens here is refused, which the browser notes in its console before the page is looked at again."""
        self.is_refused = True
        yield
