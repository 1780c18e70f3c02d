"""When the connection fails, the button says so and sends again; nothing entered is lost, nothing counts twice."""

from playwright.sync_api import expect

from app.models.hours import HoursEntry
from tests.journeys.conftest import Arrives
from tests.journeys.live import Service
from tests.journeys.small_world import HEART_STUDY
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
