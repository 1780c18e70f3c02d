"""What waits for a person can be put off until a day, by her, and comes back by itself."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.home.putting_off import days_to_choose, latest_day
from app.language.dates_and_times import day_of
from app.models.people import Role
from app.models.reminding.put_off import PutOff
from app.rules.home_items import ToDo
from tests.conftest import NOON
from tests.screen import shown

TODAY = day_of(NOON)
DAY = timedelta(days=1)


@pytest.fixture
def mentor(build):
    """A mentor for whom two things wait: a profile to complete and a first opening to publish."""
    return build.person(Role.MENTOR)


@pytest.fixture
def browser(sign_in, mentor):
    return sign_in(mentor)


def first_link(browser):
    """The address at which the first thing on the list is put off."""
    return shown(browser.get("/reminders")).link("Put off : Complete your profile")


def test_what_is_put_off_is_off_the_list_until_its_day(browser, app, now, sign_in, mentor):
    page = first_link(browser)
    answer = browser.post(page, data={"until": "2026-03-06"}, follow_redirects=True)
    home = shown(answer)
    assert home.banner.endswith("It is put off until 6 March 2026, and comes back then if it still waits.")
    assert home.texts("ol > li > a") == ["Publish your first opening"]
    assert home.says("You have put off 1 thing")
    assert home.says("Put off until 6 March 2026")
    app.config["NOW"] = lambda: now + 2 * DAY
    assert not shown(sign_in(mentor).get("/reminders")).says("Put off : Complete your profile")
    app.config["NOW"] = lambda: now + 3 * DAY
    assert first_link(sign_in(mentor)) == page


def test_it_can_be_had_back_at_once_and_put_off_again(browser):
    page = first_link(browser)
    browser.post(page, data={"until": "2026-03-31"})
    back = page.replace("put-off", "show-again")
    assert shown(browser.post(back, follow_redirects=True)).banner.endswith("It is on your list again.")
    assert first_link(browser) == page
    browser.post(page, data={"until": "2026-03-10"})
    assert shown(browser.get("/")).says("Put off until 10 March 2026")


def test_only_a_day_that_was_offered_is_taken(browser, session):
    page = first_link(browser)
    for typed in ("", "2026-03-05", "2026-03-03", "2027-01-01", "tomorrow"):
        answer = browser.post(page, data={"until": typed})
        assert answer.status_code == 422
        assert shown(answer).complaint == ("For how long?", "Choose for how long")
    assert session.query(PutOff).count() == 0


def test_what_no_longer_waits_leads_home(browser):
    assert browser.get("/to-do/0123/put-off").location == "/"
    for deed in ("put-off", "show-again"):
        answer = browser.post(f"/to-do/0123/{deed}", data={"until": "2026-03-06"}, follow_redirects=True)
        assert shown(answer).banner.endswith("That no longer waits for you.")


def test_nobody_puts_off_what_waits_for_somebody_else(browser, sign_in, build, session):
    page = first_link(browser)
    other = sign_in(build.person(Role.ADMINISTRATOR))
    assert other.get(page).location == "/"
    other.post(page, data={"until": "2026-03-06"})
    assert session.query(PutOff).count() == 0


def test_the_form_sent_twice_counts_once(browser, session, look_again):
    page = first_link(browser)
    for _ in range(2):
        browser.post(page, data={"until": "2026-03-06", "form_key": "0123456789abcdef"})
    look_again()
    assert session.query(PutOff).count() == 1


def test_what_has_become_something_else_comes_back():
    def of(text, lasting=""):
        return ToDo(text, "", "supervision.new", {"placement_id": 1}, lasting=lasting)

    assert of("Run the round").mark != of("Publish the round").mark
    assert of("no session for 9 weeks", "meet").mark == of("no session for 10 weeks", "meet").mark


@given(st.none() | st.integers(-60, 60))
def test_nothing_is_put_off_past_the_day_on_which_it_is_due(due_in):
    due = None if due_in is None else TODAY + due_in * DAY
    item = ToDo("Do it", "", "home.show", due=due)
    days = days_to_choose(item, TODAY)
    assert all(TODAY < day <= latest_day(item, TODAY) for day in days)
    assert bool(days) == (due != TODAY)
    if due is not None and due > TODAY:
        assert max(days) <= due
    if due is not None and due < TODAY:
        assert max(days) == TODAY + 7 * DAY, "what is late comes back within a week"
