"""Deeds in the hours when London and UTC have different days, and around the change of the clocks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.language.dates_and_times import day_of
from app.models.hours import HoursEntry
from app.models.placements import Placement
from app.models.runs import Run
from tests.builders import Builder
from tests.screen import shown

MOMENTS = {
    "half past midnight in summer": (datetime(2026, 6, 2, 23, 30, tzinfo=UTC), date(2026, 6, 3)),
    "half past eleven in summer": (datetime(2026, 6, 2, 22, 30, tzinfo=UTC), date(2026, 6, 2)),
    "half past eleven in winter": (datetime(2026, 1, 12, 23, 30, tzinfo=UTC), date(2026, 1, 12)),
    "before the clocks go forward": (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), date(2026, 3, 29)),
    "the first midnight of summer time": (datetime(2026, 3, 29, 23, 30, tzinfo=UTC), date(2026, 3, 30)),
    "the last midnight of summer time": (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
    "the hour that comes twice": (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 25)),
    "the first night of winter time": (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
}
DAY = timedelta(days=1)


@pytest.fixture(params=list(MOMENTS.values()), ids=list(MOMENTS))
def build(app, session, request):
    """Builds at a moment at which the app believes itself to be."""
    moment, day = request.param
    app.config["NOW"] = lambda: moment
    assert day_of(moment) == day
    return Builder(session, moment)


@pytest.fixture
def today(build):
    return build.today


@pytest.mark.parametrize(("closed", "can_be_published"), [(DAY, True), (0 * DAY, False)])
def test_a_round_is_published_from_the_day_after_its_last_day(
    build, today, sign_in, session, look_again, closed, can_be_published
):
    network = build.network()
    coordinator = build.coordinator(network)
    round_ = build.round(network, coordinator=coordinator, closes_on=today - closed)
    build.opening(network=network)
    wish = build.request(networks=[network], round_id=round_.id)
    learner = sign_in(wish.learner)
    assert shown(learner.get(f"/request/{wish.id}")).tags == ["Round closed" if can_be_published else "Submitted"]
    browser = sign_in(coordinator)
    browser.post(f"/rounds/{round_.id}/runs/new", data={"policy": "fit"})
    look_again()
    run = session.scalar(select(Run))
    answer = browser.post(f"/runs/{run.id}/publish", data={"has_looked": "y"})
    assert answer.status_code == (303 if can_be_published else 422)


@pytest.mark.parametrize(("ago", "can_be_accepted"), [(0 * DAY, True), (DAY, False)])
def test_an_offer_is_accepted_up_to_the_end_of_its_last_day(
    build, today, sign_in, session, look_again, ago, can_be_accepted
):
    offer = build.offer(answer_by=today - ago)
    answer = sign_in(offer.request.learner).post(f"/offers/{offer.id}/accept")
    assert answer.status_code == (303 if can_be_accepted else 422)
    look_again()
    assert session.scalar(select(func.count(Placement.id))) == can_be_accepted


@pytest.mark.parametrize(("ahead", "is_logged"), [(0 * DAY, True), (DAY, False)])
def test_hours_are_logged_up_to_today(build, today, sign_in, session, look_again, ahead, is_logged):
    placement, day = build.placement(), today + ahead
    form = {"worked_on-day": day.day, "worked_on-month": day.month, "worked_on-year": day.year}
    form |= {"category": "workplace learning", "minutes": "90", "did": "Screening.", "form_key": "0123456789abcdef0123"}
    answer = sign_in(placement.learner).post(f"/placements/{placement.id}/hours/new", data=form)
    assert answer.status_code == (303 if is_logged else 422)
    look_again()
    assert session.scalars(select(HoursEntry.worked_on)).all() == [day] * is_logged


@pytest.mark.parametrize(("ahead", "is_open"), [(0 * DAY, True), (DAY, False)])
def test_a_seed_is_secret_to_the_end_of_the_last_day(build, today, sign_in, ahead, is_open):
    network = build.network()
    coordinator = build.coordinator(network)
    round_ = build.round(network, coordinator=coordinator, closes_on=today - DAY + ahead)
    page = shown(sign_in(coordinator).get(f"/rounds/{round_.id}"))
    assert page.says(round_.seed.secret) == is_open
