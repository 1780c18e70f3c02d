"""A round opens and closes at moments: what is decided is decided by the clock, and pages say the time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.local_times import end_of_day, start_of_day
from app.language.refusal import Refused
from app.models.requests import RequestState
from app.models.rounds import MatchRound
from app.rounds.home import home_items_of
from app.rounds.publishing.service import refuse_unless_publishable
from tests.screen import shown

FIVE = datetime(2026, 3, 3, 17, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
MOMENTS = st.integers(0, 10**6).map(lambda minutes: datetime(2026, 1, 2, tzinfo=UTC) + timedelta(minutes=minutes))


@given(MOMENTS, MOMENTS, MOMENTS)
def test_a_round_takes_requests_from_its_first_moment_until_before_its_last(opens, closes, now):
    round_ = MatchRound(opens_at=opens, closes_at=closes)
    assert round_.takes_requests(now) == (opens <= now < closes)
    assert round_.has_closed(now) == (now >= closes)


@given(st.dates(date(2026, 1, 1), date(2027, 1, 1)), MOMENTS)
def test_days_are_whole_and_moments_keep_their_days(day, moment):
    round_ = MatchRound(opens_on=day, closes_on=day, answer_by=day)
    assert (round_.opens_at, round_.closes_at, round_.answer_until) == (
        start_of_day(day),
        end_of_day(day),
        end_of_day(day),
    )
    round_.closes_at = moment
    assert end_of_day(round_.closes_on - timedelta(days=1)) < moment <= end_of_day(round_.closes_on)


@pytest.fixture
def at(app):
    def believe(moment):
        app.config["NOW"] = lambda: moment

    return believe


@pytest.fixture
def open_until_five(scene):
    scene.round.closes_at = FIVE
    scene.opening()
    return scene


def test_a_request_is_changed_until_the_last_moment_and_not_after(open_until_five, sign_in, look_again, at):
    wish = open_until_five.request()
    learner = sign_in(wish.learner)
    page = shown(learner.get(f"/request/{wish.id}"))
    assert page.says("The round closes on 3 March 2026 at 5pm")
    at(FIVE)
    learner = sign_in(wish.learner)
    answer = learner.post(f"/request/{wish.id}/withdraw")
    assert answer.status_code == 422
    assert shown(answer).says("The round closed on 3 March 2026 at 5pm")
    at(FIVE - MOMENT)
    assert sign_in(wish.learner).post(f"/request/{wish.id}/withdraw").status_code == 303
    look_again()
    assert wish.state is RequestState.WITHDRAWN


def test_a_coordinator_publishes_from_the_moment_of_closing_on(open_until_five, build, session):
    run, round_ = build.run(open_until_five.round), open_until_five.round
    with pytest.raises(Refused, match=r"until 3 March 2026 at 5pm\. Publish after that"):
        refuse_unless_publishable(round_, run, FIVE - MOMENT)
    refuse_unless_publishable(round_, run, FIVE)
    round_.answer_until = FIVE + timedelta(hours=23)
    with pytest.raises(Refused, match=r"they answer until 4 March 2026 at 4pm"):
        refuse_unless_publishable(round_, run, FIVE)
    told = [home_items_of(session, open_until_five.coordinator, now)[0].text for now in (FIVE - MOMENT, FIVE)]
    assert told == ["Spring 2026 closes today at 5pm", "Publish Spring 2026"]


def test_the_seed_can_be_read_from_the_moment_of_closing_on(open_until_five):
    seed = open_until_five.round.seed
    assert (seed.readable(FIVE - MOMENT), seed.readable(FIVE)) == ("", seed.secret)


def test_a_round_is_opened_and_closed_at_the_times_that_were_entered(scene, sign_in, look_again):
    browser = sign_in(scene.coordinator)
    whole = {"opens_at": (1, 6), "closes_at": (30, 6), "answer_until": (20, 7)}
    typed = {f"{name}-year": "2026" for name in whole}
    for name, (day, month) in whole.items():
        typed |= {f"{name}-day": str(day), f"{name}-month": str(month)}
    times = {"opens_at-time": "9am", "closes_at-time": "17:00", "answer_until-time": ""}
    assert browser.post(f"/rounds/{scene.round.id}/dates", data=typed | times).status_code == 303
    look_again()
    assert scene.round.opens_at == datetime(2026, 6, 1, 8, tzinfo=UTC)
    assert scene.round.closes_at == datetime(2026, 6, 30, 16, tzinfo=UTC)
    assert scene.round.answer_until == end_of_day(date(2026, 7, 20))
    page = shown(browser.get(f"/rounds/{scene.round.id}"))
    assert page.says("Requests from 1 June 2026 at 9am to 30 June 2026 at 5pm, answers until 20 July 2026.")


@pytest.mark.parametrize(
    ("day", "month", "typed", "sentence"),
    [
        ("29", "3", "1:30am", "Requests close: there is no 1:30am on 29 March 2026, when the clocks go forward"),
        ("25", "10", "1:30am", "Requests close: 1:30am comes twice on 25 October 2026, when the clocks go back"),
        ("29", "3", "midnight", "Requests close: a day begins and ends at midnight: leave the time empty"),
        ("29", "3", "five", "Requests close: the time must be like 9am or 5:30pm"),
    ],
)
def test_a_time_that_cannot_be_meant_is_refused_and_what_was_typed_is_kept(scene, sign_in, day, month, typed, sentence):
    fields = {"opens_at-day": "1", "opens_at-month": "3", "opens_at-year": "2026"}
    fields |= {"closes_at-day": day, "closes_at-month": month, "closes_at-year": "2026", "closes_at-time": typed}
    fields |= {"answer_until-day": "1", "answer_until-month": "12", "answer_until-year": "2026"}
    answer = sign_in(scene.coordinator).post(f"/rounds/{scene.round.id}/dates", data=fields)
    assert answer.status_code == 422
    page = shown(answer)
    assert any(sentence in message for message in page.errors)
    assert page.field("Requests close").value == f"{day} {month} 2026 {typed}"


def test_a_round_that_is_closed_early_is_closed_at_once_and_can_be_published(scene, build, sign_in, look_again, now):
    scene.round.closes_at = now + timedelta(days=9)
    browser = sign_in(scene.coordinator)
    assert browser.post(f"/rounds/{scene.round.id}/close").status_code == 303
    look_again()
    assert scene.round.closes_at == now
    assert scene.round.has_closed(now)
    assert shown(browser.get(f"/rounds/{scene.round.id}")).says("Closed since 3 March 2026 at midday")
