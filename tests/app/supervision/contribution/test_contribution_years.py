"""What a mentor has given in each calendar year, at the turn of the year and at its edges."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.placements import Placement
from app.models.supervision import SessionForm, SupervisionSession
from app.supervision.contribution.figures import (
    Year,
    contribution_of,
    given_between,
    learners_in,
    placements_by_year,
)

TODAY = date(2026, 3, 3)
DAYS = timedelta(days=1)


def met(placement, day, now, minutes=60, **given):
    return SupervisionSession(
        placement=placement,
        held_on=day,
        minutes=minutes,
        form=SessionForm.VIDEO,
        topics="Consent.",
        logged_by_id=placement.mentor_id,
        logged_at=now,
        form_key=f"{placement.id} {day} {given}",
        **given,
    )


def test_a_session_counts_in_the_year_of_its_day_once_it_is_confirmed(build, session, today, now):
    mentor = build.mentor()
    placement = build.placement(mentor=mentor, starts_on=date(2025, 6, 1))
    session.add_all(
        [
            met(placement, date(2025, 12, 31), now, 60, confirmed_at=now),
            met(placement, date(2026, 1, 1), now, 45, confirmed_at=now),
            met(placement, date(2026, 1, 2), now, 30, confirmed_at=now),
            met(placement, date(2026, 1, 3), now, 500),
            met(placement, date(2026, 1, 4), now, 500, disputed_at=now),
            met(placement, date(2026, 1, 5), now, 500, confirmed_at=now, withdrawn_at=now),
            met(build.placement(), date(2026, 1, 6), now, 500, confirmed_at=now),
        ]
    )
    session.flush()
    assert contribution_of(session, mentor, [placement], today) == [
        Year(2026, 1, 2, 75, 1, 1),
        Year(2025, 1, 1, 60, 1, 1),
    ]


def test_a_year_with_sessions_only_and_one_with_a_learner_only_are_both_there(build, session, today, now):
    placement = build.placement()
    session.add(met(placement, date(2024, 5, 1), now, confirmed_at=now))
    session.flush()
    assert contribution_of(session, placement.mentor, [placement], today) == [
        Year(2026, 1, 0, 0, 1, 1),
        Year(2024, 0, 1, 60),
    ]


def lasted(learner, starts_on, ends_on):
    return Placement(learner_id=learner, starts_on=starts_on, ends_on=ends_on)


def learners_by_year(placements, today):
    return {year: learners_in(found) for year, found in placements_by_year(placements, today).items()}


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "years"),
    [
        (date(2024, 12, 31), date(2025, 1, 1), [2024, 2025]),
        (date(2025, 1, 1), date(2025, 12, 31), [2025]),
        (date(2025, 12, 31), date(2027, 6, 1), [2025, 2026]),
        (TODAY, date(2026, 6, 1), [2026]),
        (TODAY + DAYS, date(2026, 6, 1), []),
        (date(2027, 1, 1), date(2027, 6, 1), []),
    ],
)
def test_a_learner_counts_in_each_year_that_the_placement_touched_up_to_today(starts_on, ends_on, years):
    assert learners_by_year([lasted(1, starts_on, ends_on)], TODAY) == {year: {1} for year in years}


@given(st.lists(st.tuples(st.integers(1, 3), st.dates(date(2020, 1, 1), date(2026, 3, 3)), st.integers(0, 900))))
def test_a_learner_counts_once_a_year_however_many_placements_she_has(facts):
    placements = [lasted(learner, begins, begins + days * DAYS) for learner, begins, days in facts]
    found = learners_by_year(placements, TODAY)
    for year in range(2019, 2028):
        first, last = date(year, 1, 1), date(year, 12, 31)
        ran = {one.learner_id for one in placements if one.starts_on <= last and min(one.ends_on, TODAY) >= first}
        assert found.get(year, set()) == ran


def test_a_period_has_its_days_and_no_other(build, session, today, now):
    mentor = build.mentor()
    placement = build.placement(mentor=mentor, starts_on=date(2025, 6, 1), ends_on=date(2025, 12, 31))
    later = build.placement(mentor=mentor, starts_on=date(2026, 1, 1))
    for day, minutes in ((date(2025, 9, 30), 1), (date(2025, 10, 1), 20), (date(2025, 12, 31), 300)):
        session.add(met(placement, day, now, minutes, confirmed_at=now))
    session.add(met(later, date(2026, 1, 1), now, 4000, confirmed_at=now))
    session.flush()
    found = given_between(session, mentor, [placement, later], date(2025, 10, 1), date(2025, 12, 31), today)
    assert (found.learners, found.sessions, found.minutes) == (1, 2, 320)
    assert found.studies == (placement.opening.study.name,)
    assert found.organisations == (placement.opening.organisation.name,)


def test_a_placement_that_is_still_to_begin_counts_in_no_period(build, session, today):
    placement = build.placement(starts_on=today + DAYS)
    found = given_between(session, placement.mentor, [placement], today, today + 30 * DAYS, today)
    assert (found.learners, found.studies) == (0, ())
