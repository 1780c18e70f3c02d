"""When a reason that was put aside comes back: after its day, when somebody has it back, and when it gets worse."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.course.acknowledged import Acknowledgement
from app.models.course.progress_reviews import ReviewKind
from app.models.course.readiness import NeedKind
from app.rules.course.acknowledged import apart, badness_of, is_put_aside
from app.rules.course.risks import AtRisk, Risk
from app.rules.readiness.missing import Lack
from app.rules.workplace_hours import Workplace

TODAY = date(2026, 3, 3)
LATER = TODAY + timedelta(days=5)


def put_aside(one, until_on=TODAY + timedelta(days=9), **given):
    return Acknowledgement(
        risk=one.risk.name, badness=badness_of(one, TODAY), until_on=until_on, ended_at=None, **given
    )


def behind(minutes):
    band, days = (50, 100), (TODAY - timedelta(days=90), TODAY + timedelta(days=90))
    return AtRisk(Risk.BEHIND, workplace=Workplace(band, *days, minutes))


def missing(*kinds, day):
    return AtRisk(Risk.NOT_READY, day, lack=Lack(kinds, day))


@pytest.mark.parametrize("days", [0, 1, 9])
def test_it_is_out_of_sight_to_its_last_day_and_not_after_it(days):
    one = AtRisk(Risk.STUDY_CLOSES, TODAY + timedelta(days=60))
    known = put_aside(one, until_on=TODAY + timedelta(days=days))
    assert is_put_aside(one, known, TODAY + timedelta(days=days))
    assert not is_put_aside(one, known, TODAY + timedelta(days=days + 1))
    known.ended_at = datetime(2026, 3, 3, tzinfo=UTC)
    assert not is_put_aside(one, known, TODAY)


@pytest.mark.parametrize(
    ("before", "same", "worse"),
    [
        (AtRisk(Risk.NO_SESSION, None, 9), AtRisk(Risk.NO_SESSION, None, 12), AtRisk(Risk.NO_SESSION, None, 13)),
        (behind(600), behind(240), behind(0)),
        (AtRisk(Risk.STUDY_CLOSES, LATER), AtRisk(Risk.STUDY_CLOSES, LATER), AtRisk(Risk.STUDY_CLOSES, TODAY)),
        (AtRisk(Risk.RUNS_OUT, LATER), AtRisk(Risk.RUNS_OUT, LATER), AtRisk(Risk.RUNS_OUT, TODAY)),
        (AtRisk(Risk.ASKS_TO_END, LATER), AtRisk(Risk.ASKS_TO_END, LATER), AtRisk(Risk.ASKS_TO_END, TODAY)),
        (
            missing(NeedKind.GCP, day=LATER),
            missing(NeedKind.RELEASE, day=LATER),
            missing(NeedKind.GCP, NeedKind.RELEASE, day=LATER),
        ),
        (missing(NeedKind.GCP, day=LATER), missing(NeedKind.GCP, day=LATER), missing(NeedKind.GCP, day=TODAY)),
        (
            AtRisk(Risk.REVIEW_OVERDUE, TODAY, review=ReviewKind.INITIAL),
            AtRisk(Risk.REVIEW_OVERDUE, TODAY, review=ReviewKind.INITIAL),
            AtRisk(Risk.REVIEW_OVERDUE, TODAY, review=ReviewKind.MIDDLE),
        ),
    ],
    ids=lambda one: one.risk.name,
)
def test_it_comes_back_when_it_gets_worse(before, same, worse):
    known = put_aside(before)
    assert is_put_aside(same, known, TODAY)
    assert not is_put_aside(worse, known, TODAY)


@given(st.lists(st.sampled_from(Risk), unique=True), st.lists(st.sampled_from(Risk), unique=True))
def test_no_reason_is_lost_and_none_stands_in_both_lists(there, acknowledged):
    risks = [AtRisk(risk) for risk in there]
    known = {risk: put_aside(AtRisk(risk)) for risk in acknowledged}
    needing, aside = apart(risks, known, TODAY)
    assert sorted(one.risk.name for one in [*needing, *(one for one, _ in aside)]) == sorted(
        risk.name for risk in there
    )
    assert {one.risk for one, _ in aside} == set(there) & set(acknowledged)
