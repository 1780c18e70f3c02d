"""When the connection fails, the button says so and sends again; nothing entered is lost, nothing counts twice.

What was typed and not sent is offered to its writer again, also after the page is gone, and to nobody else.
"""

from http.client import HTTPConnection
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Route, expect

from app.models.hours import HoursEntry
from tests.journeys.conftest import Arrives
from tests.journeys.live import Service
from tests.journeys.small_world import HEART_STUDY, PASSWORD
from tests.journeys.test_parts_and_keys import (
    LEARNER,
    held_up,
    next_of,
    number_of,
    ranking,
    somebody_placed,
)
from tests.journeys.visitor import Visitor

NOT_SENT = "There is no connection, so nothing was sent. What you entered is still here."
WORDS = "Screened the clinic list."
IS_KEPT = "Object.keys(localStorage).some((name) => name.startsWith('draft '))"
ALL_KEPT = "JSON.stringify(localStorage)"
UNHEARD = "The answer was lost on its way."
SAVED = "7 h 30 min of workplace learning logged"


def about_to_log(service: Service, arrives: Arrives) -> Visitor:
    learner = somebody_placed(service, arrives, LEARNER)
    learner.follows("Log hours")
    learner.is_on("Log hours")
    learner.chooses("Workplace learning")
    learner.chooses("Another time")
    learner.writes("Time", "7,5")
    learner.writes("What did you do?", "Screened the clinic list.")
    return learner


def test_without_a_connection_the_button_says_so_and_tries_again(service: Service, arrives: Arrives) -> None:
    learner = about_to_log(service, arrives)
    learner.loses_connection()
    for button in ("Save these hours", "Try again"):
        learner.presses(button)
        expect(learner.page.locator("#not-sent")).to_have_text(NOT_SENT)
    expect(learner.page.get_by_role("button", name="Try again")).to_have_accessible_description(NOT_SENT)
    expect(learner.page.get_by_label("What did you do?")).to_have_value("Screened the clinic list.")
    learner.looks()
    learner.has_connection_again()
    learner.presses("Try again")
    learner.is_on("Placement with The Mentor")
    learner.reads("7 h 30 min of workplace learning logged")
    assert number_of(service, HoursEntry) == 1


def test_a_button_that_waits_shows_it_and_sends_once(service: Service, arrives: Arrives) -> None:
    learner = about_to_log(service, arrives)
    held = held_up(learner, "**/icon.svg*")
    learner.page.get_by_role("button", name="Save these hours").click()
    route = next_of(learner, held)
    button = learner.page.get_by_role("button", name="Save these hours")
    expect(button).to_have_attribute("aria-busy", "true")
    expect(button).to_have_attribute("aria-disabled", "true")
    button.evaluate("button => button.click()")
    route.continue_()
    learner.is_on("Placement with The Mentor")
    assert [route for route in held if route.request.method == "HEAD"] == []
    assert number_of(service, HoursEntry) == 1


def test_a_part_that_cannot_be_sent_says_so_where_it_was_pressed(service: Service, arrives: Arrives) -> None:
    learner = ranking(service, arrives)
    learner.loses_connection()
    learner.presses_in(learner.card(HEART_STUDY), "Add to my list")
    expect(learner.card(HEART_STUDY).get_by_role("alert")).to_have_text(NOT_SENT)
    learner.has_connection_again()
    learner.presses_in(learner.card(HEART_STUDY), "Try again")
    expect(learner.card(HEART_STUDY).get_by_text("Number 1 on your list")).to_be_visible()
    learner.looks()


def test_back_finds_what_was_entered(service: Service, arrives: Arrives) -> None:
    learner = about_to_log(service, arrives)
    learner.follows("Your placement")
    learner.is_on("Placement with The Mentor")
    learner.page.go_back()
    expect(learner.page.get_by_label("What did you do?")).to_have_value("Screened the clinic list.")
    expect(learner.page.get_by_label("Time", exact=True)).to_have_value("7,5")


def loses_the_page(learner: Visitor) -> None:
    """The page is gone before it was sent, as when a phone needs the room."""
    address = learner.page.url
    learner.waits_until(IS_KEPT)
    learner.page.goto("about:blank")
    learner.page.goto(address)


def offer(visitor: Visitor) -> Locator:
    return visitor.page.locator(".app-draft")


def test_what_was_typed_comes_back_and_is_saved_once(service: Service, arrives: Arrives) -> None:
    learner = about_to_log(service, arrives)
    loses_the_page(learner)
    learner.is_on("Log hours")
    expect(offer(learner)).to_contain_text("It may not have been saved.")
    learner.looks()
    learner.presses("Put it back")
    expect(learner.page.get_by_label("What did you do?")).to_have_value(WORDS)
    expect(learner.page.get_by_label("What did you do?")).to_be_focused()
    expect(learner.page.get_by_label("Time", exact=True)).to_have_value("7,5")
    expect(learner.page.get_by_label("Workplace learning")).to_be_checked()
    expect(learner.page.get_by_role("status")).to_have_text("What you typed is back in the form. It is not saved yet.")
    learner.presses("Save these hours")
    learner.is_on("Placement with The Mentor")
    learner.reads(SAVED)
    learner.follows("Log hours")
    learner.is_on("Log hours")
    learner.waits_until(f"!{IS_KEPT}")
    expect(offer(learner)).to_have_count(0)
    assert number_of(service, HoursEntry) == 1


def test_what_had_arrived_after_all_is_not_saved_twice(service: Service, arrives: Arrives) -> None:
    learner = about_to_log(service, arrives)
    address = learner.page.url
    learner.waits_until(IS_KEPT)
    learner.page.route("**/*", arrives_unheard)
    learner.presses("Save these hours")
    expect(learner.page.get_by_text(UNHEARD)).to_be_visible()
    learner.page.unroute_all()
    learner.page.goto(address)
    learner.presses("Put it back")
    learner.presses("Save these hours")
    learner.is_on("Placement with The Mentor")
    assert number_of(service, HoursEntry) == 1


def arrives_unheard(route: Route) -> None:
    """The service takes the form, and the browser never hears of it."""
    if route.request.method != "POST":
        route.continue_()
        return
    address = urlsplit(route.request.url)
    connection = HTTPConnection(address.netloc)
    connection.request("POST", address.path, route.request.post_data_buffer, route.request.all_headers())
    assert connection.getresponse().status == 303
    connection.close()
    route.fulfill(body=UNHEARD)


def test_what_is_thrown_away_is_not_offered_again(service: Service, arrives: Arrives) -> None:
    learner = about_to_log(service, arrives)
    loses_the_page(learner)
    learner.presses("Throw it away")
    expect(offer(learner)).to_have_count(0)
    assert not learner.page.evaluate(IS_KEPT)


def test_nobody_else_at_the_same_computer_can_read_it(service: Service, arrives: Arrives) -> None:
    learner = about_to_log(service, arrives)
    address = learner.page.url
    loses_the_page(learner)
    assert WORDS not in learner.page.evaluate(ALL_KEPT)
    learner.presses("Sign out")
    expect(learner.page.locator("meta[name=draft-key]")).to_have_count(0)
    assert learner.page.evaluate(IS_KEPT)
    learner.signs_in(LEARNER, PASSWORD)
    learner.page.goto(address)
    expect(offer(learner)).to_be_visible()
