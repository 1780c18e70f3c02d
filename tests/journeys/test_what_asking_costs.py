"""What it costs a learner to ask for a placement on her phone: the pages that load and the taps that she makes.

Counted by the visitor as she goes, with the same story before and after the questions led from one to the next: it was
44 taps and 19 pages then.
"""

from playwright.sync_api import expect

from tests.journeys.conftest import Arrives
from tests.journeys.live import Service
from tests.journeys.small_world import COORDINATOR, LEARNER, MENTOR, PASSWORD, settle
from tests.journeys.test_whole_journey import (
    coordinator_opens_a_round,
    learner_asks_for_a_placement,
    learner_says_what_she_wants,
    learner_says_who_she_is,
    mentor_publishes_an_opening,
)

PHONE = 390  # CSS pixels
TAPS, PAGES = 33, 11  # at most
# How much of what has the focus is hidden by the bar at the foot of the screen, in CSS pixels.
COVERED = """() => {
  const focused = document.activeElement.getBoundingClientRect();
  const bar = document.querySelector(".app-bar").getBoundingClientRect();
  if (document.activeElement === document.body || document.activeElement.closest(".app-bar")) return 0;
  return Math.max(0, Math.min(focused.bottom, bar.bottom) - Math.max(focused.top, bar.top));
}"""


def test_a_newcomer_asks_for_a_placement(service: Service, arrives: Arrives) -> None:
    world_with_a_round(service, arrives)
    learner = arrives(service, PHONE, closely=False)
    learner.signs_in(LEARNER, PASSWORD)
    learner.taps = learner.pages = 0
    learner_asks_for_a_placement(learner)
    assert learner.taps <= TAPS
    assert learner.pages <= PAGES


def test_the_number_and_the_way_to_the_list_stand_where_the_thumb_is_and_cover_no_focus(
    service: Service, arrives: Arrives
) -> None:
    world_with_a_round(service, arrives)
    learner = arrives(service, PHONE, closely=False)
    learner.signs_in(LEARNER, PASSWORD)
    learner.follows("Ask for a placement")
    learner.presses("Start now")
    learner_says_who_she_is(learner)
    learner_says_what_she_wants(learner)
    learner.is_on("Openings that fit")
    bar = learner.page.get_by_role("link", name="My list: 0 of 10")
    expect(bar).to_be_in_viewport(ratio=1)
    expect(learner.page.get_by_label("Specialty")).to_be_hidden()
    for _ in range(30):
        learner.page.keyboard.press("Tab")
        assert learner.page.evaluate(COVERED) == 0
    learner.presses("Add to my list")
    expect(learner.page.get_by_role("link", name="My list: 1 of 10")).to_be_in_viewport(ratio=1)
    learner.follows("My list: 1 of 10")
    expect(learner.page.get_by_role("heading", name="My list")).to_be_in_viewport()
    learner.page.go_back()
    learner.opens(learner.page.url.removeprefix(service.address).split("/openings")[0] + "/where")
    count = learner.page.get_by_text("2 openings fit.")
    expect(count).to_be_in_viewport(ratio=1)
    learner.chooses("North East and North Cumbria")
    learner.page.get_by_label("North East and North Cumbria").uncheck()
    expect(learner.page.locator("#reach").get_by_text("in all networks together")).to_be_in_viewport(ratio=1)


def world_with_a_round(service: Service, arrives: Arrives) -> None:
    settle(service)
    for email, deed in ((MENTOR, mentor_publishes_an_opening), (COORDINATOR, coordinator_opens_a_round)):
        visitor = arrives(service, closely=False)
        visitor.signs_in(email, PASSWORD)
        deed(visitor)
