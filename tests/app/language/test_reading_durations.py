"""A duration is read however people write it, and what is shown back reads as the same."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.dates_and_times import hours_and_minutes
from app.language.durations import Unreadable, minutes_in

MINUTES = st.integers(min_value=0, max_value=999 * 60)


@pytest.mark.parametrize(
    "typed",
    [
        "7.5",
        "7,5",
        "7.50",
        " 7.5 ",
        "7:30",
        "07:30",
        "7h30",
        "7h 30",
        "7 h 30 min",
        "7h30m",
        "7 hrs 30 mins",
        "7 hours and 30 minutes",
        "7 hours, 30 minutes",
        "7.5 h",
        "7,5 hours",
        "7.5hrs",
        "7:30 h",
        "7\u00a0h\u00a030\u00a0min",
        "450 min",
        "450m",
        "450 minutes",
        "7½",
        "7 ½ h",
        "7 1/2",
        "7 1/2 hours",
        "7H30",
    ],
)
def test_a_shift_is_read_in_every_way_that_people_write_it(typed):
    assert minutes_in(typed) == 450


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("1.25", 75),
        ("1,75", 105),
        (".5", 30),
        ("0.25", 15),
        ("¼", 15),
        ("3/4 h", 45),
        ("1¾", 105),
        ("1", 60),
        ("24", 24 * 60),
        ("90 h", 90 * 60),
        ("1h", 60),
        ("0:45", 45),
        ("half an hour", 30),
        ("An hour and a half", 90),
        ("three quarters of an hour", 45),
        ("0 h", 0),
        ("0", 0),
    ],
)
def test_quarters_and_words_are_read(typed, minutes):
    assert minutes_in(typed) == minutes


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "two",
        "1_0",
        "1e3",
        "-1",
        "+1",
        "١",
        "１",
        "0x1",
        "1:",
        ":30",
        "1.5.2",
        "7h30h30",
        "min",
        "1 1",
        "1/9x",
        "inf",
    ],
)
def test_what_is_no_duration_is_not_read(typed):
    with pytest.raises(Unreadable, match=r"Enter the time like 7 h 30 min, 7:30, 7\.5 or 90 min"):
        minutes_in(typed)


@pytest.mark.parametrize("typed", ["7.30", "7,3", "7.15", "1.1 h", "0.45", "2.2", "7 1/3"])
def test_what_may_mean_two_durations_is_asked_about(typed):
    with pytest.raises(Unreadable, match="may mean minutes or a part of an hour"):
        minutes_in(typed)


@pytest.mark.parametrize("typed", ["25", "30", "90", "120"])
def test_a_bare_number_beyond_a_day_is_asked_about(typed):
    with pytest.raises(Unreadable, match=f"Say whether {typed} is hours or minutes, like {typed} min"):
        minutes_in(typed)


@pytest.mark.parametrize("typed", ["1:60", "1h75", "1 h 99 min"])
def test_minutes_stay_below_an_hour(typed):
    with pytest.raises(Unreadable, match="Minutes must be fewer than 60"):
        minutes_in(typed)


@given(MINUTES)
def test_what_is_shown_back_is_read_as_the_same(minutes):
    assert minutes_in(hours_and_minutes(minutes)) == minutes


@given(
    MINUTES, st.sampled_from(["{h}:{m:02}", "{h}h{m:02}", "{h} hours {m} minutes", "{h}h {m}", "{all} min", "{all}m"])
)
def test_each_way_to_write_it_gives_the_same(minutes, way):
    hours, rest = divmod(minutes, 60)
    assert minutes_in(way.format(h=hours, m=rest, all=minutes)) == minutes


@given(st.integers(min_value=0, max_value=96), st.sampled_from([".", ","]), st.sampled_from(["", " h", "hours"]))
def test_quarters_are_read_in_decimals(quarters, point, unit):
    assert minutes_in(f"{quarters // 4}{point}{quarters % 4 * 25:02}{unit}") == quarters * 15


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused_in_words(text):
    with suppress(Unreadable):
        assert 0 <= minutes_in(text) <= 99_999
