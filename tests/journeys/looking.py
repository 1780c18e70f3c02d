"""What every page has to be, whoever sees it and however: accessible, narrow enough, quiet, at home."""

from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, CDPSession, ConsoleMessage, Page, Request

NARROW = 320  # CSS pixels: WCAG 2.2, success criterion 1.4.10
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE_OPTIONS = {"runOnly": {"type": "tag", "values": AXE_RULES}, "resultTypes": ["violations"]}
# Scripts that follow the size of the window have had their turn after this.
TWO_FRAMES = "() => new Promise((turn) => requestAnimationFrame(() => requestAnimationFrame(turn)))"
MOST_FRAMES = 5000
# How much of the page sticks out, and what does.
WIDTHS = """() => {
  const room = document.documentElement.clientWidth;
  const wide = [...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > room + 1);
  return [document.documentElement.scrollWidth - room,
          wide.slice(0, 3).map((e) => e.outerHTML.slice(0, 120)).join(" | ")];
}"""


class Watch:
    """Notes what a browser says in its console and what it asks for outside this machine."""

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        context.on("console", self.note_message)
        context.on("weberror", lambda error: self.complaints.append(f"error in a script: {error.error}"))
        context.on("request", self.note_request)

    def note_message(self, message: ConsoleMessage) -> None:
        self.complaints.append(f"console: {message.type}: {message.text} ({message.location['url']})")

    def note_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.hostname != "127.0.0.1":
            self.complaints.append(f"a request left this machine: {request.url}")

    def drain(self) -> list[str]:
        """The complaints since the last time."""
        complaints, self.complaints = self.complaints, []
        return complaints


def faults_of(page: Page) -> list[str]:
    """What is wrong with the page as it stands; empty when nothing is."""
    return [*faults_of_head(page), *faults_of_width(page), *faults_found_by_axe(page)]


def faults_of_head(page: Page) -> list[str]:
    """One heading of the first level, a language, a title that begins with what the page is about."""
    faults = []
    headings = page.locator("h1").count()
    if headings != 1:
        faults.append(f"{headings} headings of the first level")
    if page.locator("html").get_attribute("lang") != "en":
        faults.append("no language")
    about, _, service = page.title().partition(" – ")
    if len(about.strip()) < 4 or not service:
        faults.append(f"the title says little: {page.title()!r}")
    return faults


def faults_of_width(page: Page) -> list[str]:
    """Scrolling sideways, at the width of the window or at 320 pixels."""
    size = page.viewport_size or {"width": 1280, "height": 900}
    faults = []
    for width in (size["width"], NARROW):
        resize(page, width, size["height"])
        beyond, culprits = page.evaluate(WIDTHS)
        if beyond > 0:
            faults.append(f"{beyond} px too wide in a window of {width} px: {culprits}")
    resize(page, size["width"], size["height"])
    return faults


def resize(page: Page, width: int, height: int) -> None:
    """Change the window, and wait until the page has followed."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(TWO_FRAMES)


def faults_found_by_axe(page: Page) -> list[str]:
    found: list[dict[str, Any]] = Axe().run(page, options=AXE_OPTIONS).response["violations"]
    return [f"axe: {one['id']}: {one['help']}: {[node['html'] for node in one['nodes'][:3]]}" for one in found]


def switch_scripts(tools: CDPSession, on: bool) -> None:
    """Let the pages of a tab run scripts or not; on a page that is there already, axe alone will run."""
    tools.send("Emulation.setScriptExecutionDisabled", {"value": not on})
