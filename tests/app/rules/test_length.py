"""An opening counts by the weeks that it leaves of those that the module takes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.people import MentorAbsence
from app.models.programmes import Level
from app.rules.eligibility import first_day_without
from app.rules.length import Length, length_of, weeks_needed
from matching.interest import fit_word

scores, weeks = st.integers(0, 1000), st.integers(-10, 120)


@pytest.mark.parametrize(
    ("credits_", "level", "needed"),
    [
        (15, Level.PGCERT, 8),
        (20, Level.PGCERT, 10),
        (15, Level.PGDIP, 10),  # the 70 hours in the workplace, a day a week, take longer than 150 hours of learning
        (30, Level.PGDIP, 15),
        (60, Level.MSC, 30),
    ],
)
def test_a_module_takes_its_hours_and_the_hours_in_the_workplace_of_its_level(credits_, level, needed):
    assert weeks_needed(credits_, level) == needed


@given(scores, weeks, weeks, st.integers(1, 40))
def test_more_weeks_never_make_a_fit_worse(score, one, other, needed):
    fewer, more = sorted((one, other))
    assert Length(fewer, needed, 30).pulled(score) <= Length(more, needed, 30).pulled(score) <= score


@given(scores, scores, weeks, st.integers(1, 40))
def test_of_two_with_the_same_weeks_the_better_interest_stays_at_least_as_good(one, other, left, needed):
    worse, better = sorted((one, other))
    assert Length(left, needed, 30).pulled(worse) <= Length(left, needed, 30).pulled(better)


@given(scores, weeks, st.integers(1, 40))
def test_what_is_too_short_is_never_strong_and_what_is_long_enough_stays_as_it_is(score, left, needed):
    length = Length(left, needed, 30)
    pulled = length.pulled(score)
    assert 0 <= pulled <= 1000
    assert fit_word(pulled) != "strong" if length.is_short else pulled == score


def test_the_weeks_count_from_the_first_day_when_all_are_there(build, today):
    opening = build.opening(starts_on=today + timedelta(days=10), ends_on=today + timedelta(days=10 + 70))
    request = build.request(start_from=today)
    assert length_of(request, opening, today) == Length(10, 8, 15)
    request.start_from = today + timedelta(days=17)
    assert length_of(request, opening, today) == Length(9, 8, 15)
    away = MentorAbsence(starts_on=today, ends_on=today + timedelta(days=30))
    opening.mentor.mentor_profile.absences.append(away)
    assert length_of(request, opening, today) == Length(7, 8, 15)


def test_until_she_has_said_when_or_once_that_is_past_it_counts_from_today(build, today):
    opening = build.opening(starts_on=today - timedelta(days=100), ends_on=today + timedelta(days=35))
    assert length_of(build.request(start_from=None, start_until=None), opening, today) == Length(5, 8, 15)
    assert length_of(build.request(start_from=today - timedelta(days=30)), opening, today) == Length(5, 8, 15)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 10)), max_size=5), st.integers(0, 40))
def test_the_first_day_without_absence_is_the_first(absences, start):
    day = date(2026, 3, 3).__add__
    spans = [(day(timedelta(begins)), day(timedelta(begins + lasts))) for begins, lasts in absences]
    found = first_day_without(spans, day(timedelta(start)))

    def is_away(number):
        return any(begins <= number <= begins + lasts for begins, lasts in absences)

    assert found == day(timedelta(next(number for number in range(start, 200) if not is_away(number))))
