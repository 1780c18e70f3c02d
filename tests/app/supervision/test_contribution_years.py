"""What a mentor has given in each calendar year, at the turn of the year and at its edges."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.placements import Placement
from app.models.supervision import SessionForm, SupervisionSession
from app.supervision.contribution import Year, contribution_of, learners_by_year

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
    assert contribution_of(session, mentor, [placement], today) == [Year(2026, 1, 2, 75), Year(2025, 1, 1, 60)]


def test_a_year_with_sessions_only_and_one_with_a_learner_only_are_both_there(build, session, today, now):
    placement = build.placement()
    session.add(met(placement, date(2024, 5, 1), now, confirmed_at=now))
    session.flush()
    assert contribution_of(session, placement.mentor, [placement], today) == [
        Year(2026, 1, 0, 0),
        Year(2024, 0, 1, 60),
    ]


def lasted(learner, starts_on, ends_on):
    return Placement(learner_id=learner, starts_on=starts_on, ends_on=ends_on)


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
