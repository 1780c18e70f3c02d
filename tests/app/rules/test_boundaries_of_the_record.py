"""The numbers at which a record is asked about, reminded of or at risk, each from both sides and in its words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.refusal import Refused
from app.models.hours import HoursCategory
from app.models.placements import Placement, PlacementState
from app.models.programmes import Level, Module, Programme
from app.rules.doubts import ask_about, doubts_about_duration, doubts_about_text, week_of
from app.rules.record_totals import Summary, combined, days_without_session, needs_session
from app.rules.workplace_hours import Workplace, running_total
from tests.app.rules.said_of_risks import risks

START = date(2026, 3, 2)  # a Monday
DAYS = timedelta(days=1)
BAND_HOURS = (50, 100)


def said_of(minutes, logged=()):
    return doubts_about_duration(START, minutes, dict(logged), "minutes")


@pytest.mark.parametrize(
    ("minutes", "logged", "doubts"),
    [
        (12 * 60, {}, []),
        (12 * 60 + 1, {}, ["That makes 12 h 1 min in one entry, which is more than 12 hours."]),
        (60, {START: 15 * 60}, []),
        (60, {START: 15 * 60 + 1}, ["That makes 16 h 1 min on that day, which is more than 16 hours."]),
        (60, {START + 6 * DAYS: 47 * 60}, []),
        (60, {START + 6 * DAYS: 47 * 60 + 1}, ["That makes 48 h 1 min in that week, which is more than 48 hours."]),
        (
            60,
            {START + DAYS: 24 * 60, START + 2 * DAYS: 24 * 60},
            ["That makes 49 h in that week, which is more than 48 hours."],
        ),
        (60, {START - DAYS: 60 * 60, START + 7 * DAYS: 60 * 60}, []),
        (
            24 * 60,
            {},
            [
                "That makes 24 h in one entry, which is more than 12 hours.",
                "That makes 24 h on that day, which is more than 16 hours.",
            ],
        ),
    ],
)
def test_a_long_entry_day_or_week_is_asked_about_from_the_first_minute_too_many(minutes, logged, doubts):
    assert said_of(minutes, logged) == doubts


def test_no_day_has_more_than_24_hours():
    with pytest.raises(Refused) as refusal:
        said_of(60, {START: 23 * 60 + 1})
    assert refusal.value.message == "With this the day would have 24 h 1 min. Check the date and the time."
    assert refusal.value.field == "minutes"


@given(st.dates(date(2000, 1, 1), date(2099, 12, 1)))
def test_a_week_runs_from_monday_to_sunday_around_its_day(day):
    monday, sunday = week_of(day)
    assert (monday.isoweekday(), sunday.isoweekday(), sunday - monday) == (1, 7, 6 * DAYS)
    assert monday <= day <= sunday


def test_doubts_are_asked_about_together_and_a_tick_settles_them():
    doubts = doubts_about_text(["Saw 943 476 5919.", "Nothing.", "MRN 1234567"], START)
    assert doubts == [
        "“943 476 5919” looks like an NHS number. Take out whatever could identify a patient: "
        "write “a participant”, for instance.",
        "“1234567” looks like a hospital number. Take out whatever could identify a patient: "
        "write “a participant”, for instance.",
    ]
    with pytest.raises(Refused) as refusal:
        ask_about(["One.", "Two."], False)
    assert refusal.value.message == "One. Two. If it is right as it is, tick the box and send it again."
    assert refusal.value.field == "is_sure"
    with pytest.raises(Refused, match="tick the box, say why and send it again"):
        ask_about(["One.", *doubts], False)
    ask_about(doubts, True)
    ask_about([], False)


def placement_of(days=300, level=Level.PGCERT, state=PlacementState.ACTIVE):
    module = Module(title="RPE", credits=15, programme=Programme(level=level, title="One"))
    return Placement(starts_on=START, ends_on=START + days * DAYS, state=state, module=module)


def summary_of(last=None, hours=1000):
    minutes = dict.fromkeys(HoursCategory, 0) | {HoursCategory.WORKPLACE: hours * 60}
    return Summary(minutes, None if last is None else START + last * DAYS)


@pytest.mark.parametrize(
    ("days", "needs"), [(-1, False), (0, False), (30, False), (31, True), (300, True), (301, False)]
)
def test_a_mentor_is_reminded_from_the_31st_day_until_the_placement_ends(days, needs):
    assert needs_session(placement_of(), summary_of(), START + days * DAYS) == needs


@pytest.mark.parametrize(
    ("last", "days", "found"),
    [
        (None, 60, []),
        (None, 61, ["No session for 8 weeks. There has been none yet."]),
        (None, 63, ["No session for 9 weeks. There has been none yet."]),
        (10, 70, []),
        (10, 71, ["No session for 8 weeks. The last one was on 12 March 2026."]),
        (10, 300, ["No session for 41 weeks. The last one was on 12 March 2026."]),
        (10, 301, []),
    ],
)
def test_the_university_reads_of_two_months_without_a_session(last, days, found):
    assert risks(placement_of(), summary_of(last), START + days * DAYS) == found


def test_a_placement_that_was_ended_is_not_reminded_of():
    ended = placement_of(state=PlacementState.ENDED)
    assert not needs_session(ended, summary_of(), START + 100 * DAYS)


@pytest.mark.parametrize(("last", "days", "without"), [(None, -5, 0), (None, 5, 5), (3, 5, 2), (9, 5, 0)])
def test_days_without_a_session_run_from_the_last_one_or_the_first_day(last, days, without):
    assert days_without_session(placement_of(), summary_of(last), START + days * DAYS) == without * DAYS


def test_both_risks_are_told_the_sessions_first():
    assert risks(placement_of(), summary_of(hours=1), START + 100 * DAYS) == [
        "No session for 14 weeks. There has been none yet.",
        "1 h in the workplace. To reach 50 hours in time it would be about 16 h by now.",
    ]


def test_several_placements_are_added_and_the_latest_meeting_counts():
    earlier, later = summary_of(3, hours=1), Summary({**summary_of(hours=2).minutes}, START + 9 * DAYS, 2)
    together = combined([later, earlier, Summary()])
    assert (together.workplace_minutes, together.total_minutes) == (180, 180)
    assert (together.last_session_on, together.waiting_sessions) == (START + 9 * DAYS, 2)
    assert combined([]) == Summary()


@pytest.mark.parametrize(
    ("minutes", "position"),
    [
        (0, "50 h to go until the band of 50 to 100 hours"),
        (50 * 60 - 1, "1 min to go until the band of 50 to 100 hours"),
        (50 * 60, "within the band of 50 to 100 hours"),
        (100 * 60, "within the band of 50 to 100 hours"),
        (100 * 60 + 1, "above the band of 50 to 100 hours, which is allowed but gives no extra credit"),
    ],
)
def test_the_position_to_the_band_is_said_to_the_minute(minutes, position):
    assert Workplace(BAND_HOURS, START, START + 300 * DAYS, minutes).position == position


@pytest.mark.parametrize(("days", "hours"), [(-1, 0), (0, 0), (6, 1), (150, 25), (299, 49), (300, 50), (301, 50)])
def test_the_line_reaches_the_band_on_the_last_day(days, hours):
    assert Workplace(BAND_HOURS, START, START + 300 * DAYS, 0).line_minutes(START + days * DAYS) // 60 == hours


def test_a_placement_of_one_day_has_its_whole_line_the_day_after():
    one_day = Workplace(BAND_HOURS, START, START, 0)
    assert [one_day.line_minutes(START + n * DAYS) for n in (0, 1)] == [0, 3000]


def test_a_level_without_a_band_has_no_line():
    assert Workplace(None, START, START + 300 * DAYS, 0).line_minutes(START + 99 * DAYS) == 0


@pytest.mark.parametrize(
    ("days", "minutes", "complaint"),
    [
        (28, 0, ""),
        (29, 0, "0 h in the workplace. To reach 50 hours in time it would be about 4 h by now."),
        (88, 599, "9 h 59 min in the workplace. To reach 50 hours in time it would be about 14 h by now."),
        (88, 600, ""),
    ],
)
def test_four_weeks_below_the_line_are_no_risk_yet(days, minutes, complaint):
    workplace = Workplace(BAND_HOURS, START, START + 300 * DAYS, minutes)
    assert workplace.complaint(START + days * DAYS) == complaint
    assert workplace.is_behind(START + days * DAYS) == bool(complaint)


def test_a_running_total_puts_the_days_in_order_and_each_once():
    assert running_total([(START + DAYS, 5), (START, 1), (START + DAYS, 2)]) == [(START, 1), (START + DAYS, 8)]
