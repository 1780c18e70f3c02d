"""Times between which somebody worked: what surely overlaps is asked about, and nothing else."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.language.dates_and_times import LONDON
from app.language.local_times import NoSuchTime
from app.rules.hours.clock_times import Worked

BACK, FORWARD = date(2026, 10, 25), date(2026, 3, 29)  # the clocks go back, and forward
DAY = timedelta(days=1)
odd_days = st.sampled_from([BACK - DAY, BACK, FORWARD - DAY, FORWARD])
days = st.one_of(odd_days, st.dates(date(2026, 1, 1), date(2026, 12, 30)))
folds = st.tuples(st.sampled_from([0, 1]), st.sampled_from([0, 1]))
clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))


@st.composite
def worked(draw):
    one = Worked(draw(days), draw(clocks), draw(clocks))
    assume(one.started != one.ended and is_possible(one))
    return one


def is_possible(one):
    try:
        return one.most_minutes > 0
    except NoSuchTime:
        return False


def at(day, hour, minute, fold=0):
    return datetime.combine(day, time(hour, minute), LONDON).replace(fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("day", "started", "ended", "least", "most"),
    [
        (date(2026, 3, 3), time(9), time(17, 30), 510, 510),
        (date(2026, 3, 3), time(22), time(6), 480, 480),
        (FORWARD - DAY, time(22), time(6), 420, 420),
        (BACK - DAY, time(22), time(6), 540, 540),
        (BACK - DAY, time(22), time(1, 30), 210, 270),
        (BACK, time(1, 15), time(1, 45), 0, 90),
        (date(2026, 3, 3), time(12), time(0), 720, 720),
    ],
)
def test_a_shift_is_as_long_as_it_was_by_the_clocks(day, started, ended, least, most):
    one = Worked(day, started, ended)
    assert (one.least_minutes, one.most_minutes) == (least, most)


def test_the_hour_that_is_left_out_in_march_is_no_time():
    with pytest.raises(NoSuchTime, match="there is no 1:30am on 29 March 2026"):
        Worked(FORWARD, time(1, 30), time(4)).most_minutes  # noqa: B018


def test_the_hour_that_comes_twice_is_not_asked_about_where_both_may_be_true():
    first, second = Worked(BACK, time(0, 30), time(1, 30)), Worked(BACK, time(1, 15), time(2, 30))
    assert not first.overlaps(second)
    assert Worked(BACK, time(0, 30), time(3)).overlaps(second)


def test_a_night_shift_overlaps_with_the_morning_after_and_not_with_the_one_before():
    night = Worked(date(2026, 3, 3), time(22), time(6))
    assert night.overlaps(Worked(date(2026, 3, 4), time(5), time(7)))
    assert not night.overlaps(Worked(date(2026, 3, 4), time(6), time(7)))
    assert not night.overlaps(Worked(date(2026, 3, 3), time(5), time(7)))


@given(worked(), worked())
def test_both_or_none_of_two_overlap(one, other):
    assert one.overlaps(other) == other.overlaps(one)


@given(worked(), clocks)
def test_what_begins_when_the_other_ends_is_never_asked_about(one, later):
    following = Worked(one.ends_on, one.ended, later)
    assume(later != one.ended and is_possible(following))
    assert not one.overlaps(following)


def meant(it, of):
    started, ended = it.started, it.ended
    return at(it.day, started.hour, started.minute, of[0]), at(it.ends_on, ended.hour, ended.minute, of[1])


@given(worked(), worked(), folds, folds)
def test_what_is_asked_about_overlaps_whichever_hour_was_meant(one, other, my_folds, their_folds):
    mine, theirs = meant(one, my_folds), meant(other, their_folds)
    if one.overlaps(other):
        assert max(mine[0], theirs[0]) < min(mine[1], theirs[1])


@given(worked(), folds)
def test_no_reading_is_longer_or_shorter_than_is_said(one, of):
    first, last = meant(one, of)
    length = last - first
    assert one.least_minutes <= max(length // timedelta(minutes=1), 0) <= one.most_minutes
