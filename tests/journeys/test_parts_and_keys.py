"""Parts of pages that change in place: where the focus goes, what is said aloud, the keyboard, the way back, haste."""

import re

import pytest
from playwright.sync_api import Locator, Route, expect
from sqlalchemy import func, select

from app.models.hours import HoursEntry
from app.models.people import Person
from app.models.requests import RequestState
from app.models.supervision import SupervisionSession
from tests.builders import Builder
from tests.journeys.conftest import Arrives
from tests.journeys.live import Service
from tests.journeys.looking import MOST_FRAMES, TWO_FRAMES
from tests.journeys.small_world import HEART_STUDY, PASSWORD, STROKE_STUDY, let_in
from tests.journeys.visitor import Visitor

LEARNER, MENTOR = "learner@nowhere.example", "mentor@nowhere.example"
MOST_TABS = 80


def ranking(service: Service, arrives: Arrives) -> Visitor:
    """A learner on the page of the openings that fit her request, of which there are two."""
    with service.records() as session:
        build = Builder(session, service.now)
        network = build.network("North East and North Cumbria")
        for title in (HEART_STUDY, STROKE_STUDY):
            build.opening(study=build.study(title), network=network)
        learner = build.learner(name="The Learner")
        let_in(learner, LEARNER)
        request = build.request(learner, [network], state=RequestState.DRAFT, submitted_at=None)
        path = f"/request/{request.id}/openings"
    visitor = arrives(service)
    visitor.signs_in(LEARNER, PASSWORD)
    visitor.opens(path)
    visitor.is_on("Openings that fit")
    return visitor


def tab_to(visitor: Visitor, wanted: Locator, key: str = "Tab") -> None:
    """Press the key until the focus is there, as somebody without a mouse does."""
    for _ in range(MOST_TABS):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        visitor.page.keyboard.press(key)
    raise AssertionError(f"{MOST_TABS} times {key} do not lead to {wanted}")


def hears(visitor: Visitor, text: str | re.Pattern[str]) -> None:
    """Wait until a screen reader would have been given this."""
    expect(visitor.page.locator("#announcer")).to_have_text(text)


def test_a_learner_ranks_openings_with_the_keyboard_alone(service: Service, arrives: Arrives) -> None:
    learner = ranking(service, arrives)
    for number, study in enumerate((STROKE_STUDY, HEART_STUDY), 1):
        tab_to(learner, learner.card(study).get_by_role("button", name="Add to my list"))
        learner.page.keyboard.press("Enter")
        expect(learner.card(study).get_by_text(f"Number {number} on your list")).to_be_focused()
        hears(learner, f"Added as {number} of {number}: {study}")
        learner.page.locator("h1").click()
    tab_to(learner, learner.choice(HEART_STUDY).get_by_role("button", name="Up"))
    learner.page.keyboard.press("Enter")
    hears(learner, f"Moved to 1 of 2: {HEART_STUDY}")
    expect(learner.choice(HEART_STUDY).get_by_role("button", name="Down")).to_be_focused()
    tab_to(learner, learner.choice(HEART_STUDY).get_by_role("button", name="Remove"))
    learner.page.keyboard.press("Enter")
    hears(learner, f"Removed from your list: {HEART_STUDY}")
    expect(learner.page.get_by_role("heading", name="My list")).to_be_focused()
    learner.looks()


def test_searching_keeps_the_focus_says_the_count_and_can_be_gone_back_from(service: Service, arrives: Arrives) -> None:
    learner = ranking(service, arrives)
    words = learner.page.get_by_label("Words in the study, the mentor or the place")
    words.fill("stroke")
    hears(learner, "1 opening found")
    expect(words).to_be_focused()
    expect(learner.card(HEART_STUDY)).to_have_count(0)
    expect(learner.page).to_have_url(re.compile("text=stroke"))
    learner.looks()
    learner.presses_in(learner.card(STROKE_STUDY), "Add to my list")
    hears(learner, f"Added as 1 of 1: {STROKE_STUDY}")
    learner.page.go_back()
    expect(learner.card(HEART_STUDY)).to_be_visible()
    learner.reads_in(learner.card(STROKE_STUDY), "Number 1 on your list")
    learner.looks()
    learner.presses_in(learner.card(HEART_STUDY), "Add to my list")
    hears(learner, f"Added as 2 of 2: {HEART_STUDY}")


def test_the_count_of_openings_moves_as_the_answers_change(service: Service, arrives: Arrives) -> None:
    learner = ranking(service, arrives)
    learner.opens(learner.page.url.removeprefix(service.address).replace("openings", "where"))
    learner.is_on("Where and when?")
    learner.page.get_by_label("North East and North Cumbria").uncheck()
    expect(learner.page.locator("#reach")).to_contain_text("in all networks together")
    learner.page.get_by_label("North East and North Cumbria").check()
    expect(learner.page.locator("#reach")).not_to_contain_text("in all networks together")
    hears(learner, re.compile("2 openings"))


def choosing_a_study(service: Service, arrives: Arrives) -> Visitor:
    """A mentor who has signed in, where there are two studies to choose from."""
    with service.records() as session:
        build = Builder(session, service.now)
        for title in (HEART_STUDY, STROKE_STUDY):
            build.study(title)
        let_in(build.mentor(name="The Mentor"), MENTOR)
    visitor = arrives(service)
    visitor.signs_in(MENTOR, PASSWORD)
    return visitor


def test_words_typed_before_the_scripts_have_come_are_searched_for(service: Service, arrives: Arrives) -> None:
    mentor = choosing_a_study(service, arrives)
    on_their_way = held_up(mentor, "**/htmx.min.js*")
    mentor.page.goto(f"{service.address}/openings/new", wait_until="commit")
    mentor.page.get_by_label("Which study is the opening on?").fill("stroke")
    expect(mentor.page.get_by_role("radio")).to_have_count(0)
    next_of(mentor, on_their_way).continue_()
    expect(mentor.page.get_by_label(STROKE_STUDY)).to_be_visible()


def test_on_a_slow_network_the_last_words_count_and_a_choice_stays(service: Service, arrives: Arrives) -> None:
    """She types on before the first answer has come, and chooses before the last one has."""
    mentor = choosing_a_study(service, arrives)
    mentor.opens("/openings/new")
    words = mentor.page.get_by_label("Which study is the opening on?")
    on_their_way = held_up(mentor, "**/openings/new?q=*")
    words.fill("heart")
    first = next_of(mentor, on_their_way)
    words.fill("stroke")
    first.continue_()
    next_of(mentor, on_their_way).continue_()
    expect(mentor.page.get_by_label(STROKE_STUDY)).to_be_visible()
    words.fill("stroke supported")
    last = next_of(mentor, on_their_way)
    mentor.chooses(STROKE_STUDY)
    with mentor.page.expect_response("**/openings/new?q=*"):
        last.continue_()
    expect(mentor.page.locator("#found")).not_to_have_attribute("aria-busy", "true")
    expect(mentor.page.get_by_label(STROKE_STUDY)).to_be_checked()
    mentor.looks()


def held_up(visitor: Visitor, addresses: str) -> list[Route]:
    """What the browser asks of these addresses from now on, each held up until it is let through."""
    on_their_way: list[Route] = []

    def hold(route: Route) -> None:
        on_their_way.append(route)

    visitor.page.route(addresses, hold)
    return on_their_way


def next_of(visitor: Visitor, on_their_way: list[Route]) -> Route:
    """Wait until the browser has sent something that is held up, and give it."""
    for _ in range(MOST_FRAMES):
        if on_their_way:
            return on_their_way.pop(0)
        visitor.page.evaluate(TWO_FRAMES)
    raise AssertionError("nothing was sent")


@pytest.mark.parametrize("with_scripts", [True, False], ids=["scripts", "no-scripts"])
def test_hours_sent_twice_in_haste_count_once(service: Service, arrives: Arrives, with_scripts: bool) -> None:
    learner = somebody_placed(service, arrives, LEARNER, with_scripts)
    learner.follows("Log hours")
    learner.is_on("Log hours")
    learner.chooses("Workplace learning")
    learner.chooses("1 hour")
    learner.writes("What did you do?", "Screened the clinic list.")
    presses_twice_in_haste(service, learner, "Save these hours")
    learner.is_on("Placement with The Mentor")
    assert number_of(service, HoursEntry) == 1


@pytest.mark.parametrize("with_scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_session_sent_twice_in_haste_counts_once(service: Service, arrives: Arrives, with_scripts: bool) -> None:
    mentor = somebody_placed(service, arrives, MENTOR, with_scripts)
    mentor.follows("Log a session")
    mentor.is_on("Log a session with The Learner")
    mentor.chooses("30 minutes")
    mentor.chooses("Video")
    mentor.writes("What did you talk about?", "The delegation log.")
    presses_twice_in_haste(service, mentor, "Save the session")
    mentor.is_on("Placement with The Learner")
    assert number_of(service, SupervisionSession) == 1


def presses_twice_in_haste(service: Service, visitor: Visitor, button: str) -> None:
    """Press twice before anything comes back; what was sent comes in together."""
    wanted = visitor.page.get_by_role("button", name=button)
    wanted.scroll_into_view_if_needed()
    box = wanted.bounding_box()
    assert box
    with service.lets_nothing_be_sent():
        visitor.page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_the_focus_goes_to_what_happened_and_to_what_is_wrong(service: Service, arrives: Arrives) -> None:
    learner = somebody_placed(service, arrives, LEARNER)
    learner.follows("Log hours")
    with learner.being_refused():
        learner.presses("Save these hours")
        expect(learner.page.locator(".nhsuk-error-summary")).to_be_focused()
    learner.is_on("Log hours")
    learner.follows("Choose what kind of learning it was")
    expect(learner.page.get_by_label("Teaching", exact=True)).to_be_focused()
    learner.chooses("Teaching")
    learner.chooses("45 minutes")
    learner.writes("What did you do?", "Learnt how a screening log is kept.")
    learner.presses("Save these hours")
    expect(learner.page.get_by_role("alert")).to_be_focused()
    learner.reads("45 min of teaching logged")


def somebody_placed(service: Service, arrives: Arrives, email: str, with_scripts: bool = True) -> Visitor:
    """The learner or the mentor of a placement, on its page."""
    with service.records() as session:
        build = Builder(session, service.now)
        people: dict[str, Person] = {
            LEARNER: build.learner(name="The Learner"),
            MENTOR: build.mentor(name="The Mentor"),
        }
        let_in(people[email], email)
        placement = build.placement(people[LEARNER], people[MENTOR])
        path = f"/placements/{placement.id}"
    visitor = arrives(service, with_scripts=with_scripts)
    visitor.signs_in(email, PASSWORD)
    visitor.opens(path)
    return visitor


def number_of(service: Service, kind: type) -> int:
    with service.records() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0
