"""A learner logs hours: what works, what is refused, what is asked about, and taking an entry back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.language.refusal import Refused
from app.models.audit import AuditLine
from app.models.hours import HoursCategory, HoursEntry
from app.models.supervision import SessionForm, SupervisionSession
from app.rules.doubts import doubts_about_duration, week_of


def sent(day, **changes):
    values = {
        "worked_on-day": day.day,
        "worked_on-month": day.month,
        "worked_on-year": day.year,
        "category": "workplace learning",
        "minutes": "90",
        "did": "Screened notes for the stroke study.",
        "form_key": "0123456789abcdef0123",
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}


def other(hours="", minutes=""):
    return {"minutes": "other", "other_hours": hours, "other_minutes": minutes}


@pytest.fixture
def placement(build):
    return build.placement()


@pytest.fixture
def address(placement):
    return f"/placements/{placement.id}/hours/new"


@pytest.fixture
def browser(sign_in, placement):
    return sign_in(placement.learner)


@pytest.fixture
def entries(session, look_again):
    def read():
        look_again()
        return session.scalars(select(HoursEntry).order_by(HoursEntry.id)).all()

    return read


def test_hours_are_logged_and_shown(browser, address, placement, entries, today, session):
    assert f'value="{today.day}"' in browser.get(address).text
    answer = browser.post(address, data=sent(today, reflection="Consent takes time."))
    (entry,) = entries()
    assert answer.location == f"/placements/{placement.id}"
    assert (entry.category, entry.minutes, entry.worked_on) == (HoursCategory.WORKPLACE, 90, today)
    page = browser.get(answer.location).text
    assert "1 h 30 min of workplace learning logged" in page
    assert "Screened notes for the stroke study." in page
    assert "1 h 30 min in the workplace, below the line" in page or "1 h 30 min in the workplace, on track" in page
    assert "logged hours" in session.scalars(select(AuditLine.deed)).all()


def test_the_same_form_sent_twice_counts_once(browser, address, entries, today):
    answers = [browser.post(address, data=sent(today)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(entries()) == 1


def test_a_form_key_of_another_placement_is_refused(browser, address, entries, today, build, sign_in):
    theirs = build.placement()
    stranger = sign_in(theirs.learner)
    browser.post(address, data=sent(today))
    answer = stranger.post(f"/placements/{theirs.id}/hours/new", data=sent(today))
    assert answer.status_code == 422
    assert "This form was used before" in answer.text
    assert len(entries()) == 1


def test_same_as_last_time_takes_over_what_was_logged_last(browser, address, entries, today):
    browser.post(address, data=sent(today, **other("2", "15")))
    page = browser.get(address).text
    assert "Same as last time: 2 h 15 min of workplace learning" in page
    page = browser.get(f"{address}?same=1").text
    assert "Screened notes for the stroke study." in page
    assert 'value="15"' in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"category": None}, "Choose what kind of learning it was"),
        ({"category": "sleeping"}, "Choose one of the answers"),
        ({"minutes": None}, "Choose how long it took"),
        ({"minutes": "17"}, "Choose one of the answers"),
        ({"did": ""}, "Enter what you did, in a few words"),
        ({"did": "x" * 2001}, "must be 2,000 characters or fewer"),
        (other(), "Enter how long it took, in hours and minutes"),
        (other("0", "0"), "more than 0 minutes"),
        (other("-1", ""), "must be 0 or more"),
        (other("1", "75"), "Minutes must be fewer than 60"),
        (other("1", "20"), "Round the time to a quarter of an hour"),
        (other("two", ""), "must be a whole number"),
        (other("25", ""), "With this the day would have 25 h"),
        (other("99999999999999999999", ""), "With this the day would have"),
        ({"worked_on-day": "31", "worked_on-month": "2"}, "must be a real date"),
        ({"worked_on-day": "", "worked_on-month": "", "worked_on-year": ""}, "Enter the date"),
        ({"form_key": ""}, "There is a problem"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_is_kept(browser, address, entries, today, changes, words):
    answer = browser.post(address, data=sent(today, **({"did": "Kept words."} | changes)))
    assert answer.status_code == 422
    assert words in answer.text
    if "did" not in changes:
        assert "Kept words." in answer.text
    assert entries() == []


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "must be today or in the past"),
        (-61, "must be on or after 2 January 2026, when the placement began"),
    ],
)
def test_a_day_outside_the_placement_or_in_the_future_is_refused(browser, address, entries, today, days, words):
    answer = browser.post(address, data=sent(today + timedelta(days=days)))
    assert answer.status_code == 422
    assert words in answer.text
    assert entries() == []


def test_a_day_after_the_end_is_refused(build, sign_in, entries, today):
    placement = build.placement(ends_on=today - timedelta(days=3))
    answer = sign_in(placement.learner).post(
        f"/placements/{placement.id}/hours/new", data=sent(today - timedelta(days=2))
    )
    assert "must be on or before 28 February 2026, when the placement ended" in answer.text
    assert entries() == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (other("12", "15"), "12 h 15 min in one entry, which is more than 12 hours"),
        ({"did": "Saw patient 943 476 5919."}, "looks like an NHS number"),
        ({"reflection": "She was born on 4 May 1961."}, "looks like a date of birth"),
    ],
)
def test_what_is_doubtful_is_asked_about_and_saved_with_a_tick(browser, address, entries, today, changes, words):
    answer = browser.post(address, data=sent(today, **changes))
    assert answer.status_code == 422
    assert words in answer.text
    assert entries() == []
    assert browser.post(address, data=sent(today, **changes, is_sure="y")).status_code == 303
    assert len(entries()) == 1


def test_a_long_day_over_several_entries_and_placements_is_asked_about(sign_in, build, entries, today):
    learner = build.learner()
    first, second = build.placement(learner), build.placement(learner)
    browser = sign_in(learner)
    for number, placement in enumerate((first, second)):
        answer = browser.post(
            f"/placements/{placement.id}/hours/new",
            data=sent(today, **other("9", ""), form_key=f"{number}0123456789abcdef"),
        )
    assert answer.status_code == 422
    assert "18 h on that day, which is more than 16 hours" in answer.text
    assert len(entries()) == 1


def test_a_tick_does_not_save_a_day_of_more_than_24_hours(browser, address, entries, today):
    browser.post(address, data=sent(today, **other("12", "")))
    answer = browser.post(address, data=sent(today, **other("12", "15"), is_sure="y", form_key="f" * 20))
    assert "With this the day would have 24 h 15 min" in answer.text
    assert len(entries()) == 1


def test_supervision_that_the_mentor_has_logged_is_not_logged_again_unawares(
    browser, address, placement, session, entries, today, now
):
    session.add(
        SupervisionSession(
            placement_id=placement.id,
            held_on=today,
            minutes=60,
            form=SessionForm.VIDEO,
            topics="Consent.",
            logged_by_id=placement.mentor_id,
            logged_at=now,
            form_key="theirs",
        )
    )
    session.commit()
    answer = browser.post(address, data=sent(today, category="supervision"))
    assert "Your mentor has logged 1 h of supervision on that day" in answer.text
    assert entries() == []
    assert browser.post(address, data=sent(today, category="supervision", is_sure="y")).status_code == 303


def test_only_the_learner_of_the_placement_can_log_hours_in_it(sign_in, placement, address, build, entries, today):
    for method in ("get", "post"):
        assert getattr(sign_in(placement.mentor), method)(address).status_code == 403
        assert getattr(sign_in(build.learner()), method)(address, data=sent(today)).status_code == 404
    assert entries() == []


def test_a_withdrawn_entry_stays_and_no_longer_counts(browser, address, placement, entries, today, sign_in, build):
    browser.post(address, data=sent(today))
    (entry,) = entries()
    page = browser.get(f"/hours/{entry.id}").text
    assert "Withdraw this entry" in page
    for person, status in ((placement.mentor, 403), (build.learner(), 404)):
        assert sign_in(person).get(f"/hours/{entry.id}").status_code == status
        assert sign_in(person).post(f"/hours/{entry.id}/withdraw").status_code == status
    assert browser.post(f"/hours/{entry.id}/withdraw").status_code == 303
    assert entries()[0].withdrawn_at is not None
    page = browser.get(f"/placements/{placement.id}").text
    assert "Withdrawn" in page
    assert "0 h in the workplace" in page
    answer = browser.post(f"/hours/{entry.id}/withdraw")
    assert answer.status_code == 422
    assert "You have withdrawn this entry already" in answer.text


def test_home_asks_to_log_hours_when_two_weeks_have_none(browser, address, entries, today):
    page = browser.get("/").text
    assert "Log your hours" in page
    assert "There is no entry yet" in page
    browser.post(address, data=sent(today))
    page = browser.get("/").text
    assert "Log your hours" not in page
    assert "1 h 30 min in the workplace" in page


@given(
    day=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    minutes=st.integers(1, 24 * 60),
    others=st.lists(st.tuples(st.integers(-9, 9), st.integers(1, 20 * 60)), max_size=8),
)
def test_limits_refuse_impossible_days_and_ask_about_long_ones(day, minutes, others):
    logged = {day + timedelta(days=shift): length for shift, length in others}
    in_day = minutes + logged.get(day, 0)
    monday, sunday = week_of(day)
    in_week = minutes + sum(length for when, length in logged.items() if monday <= when <= sunday)
    if in_day > 24 * 60:
        with pytest.raises(Refused, match="With this the day would have"):
            doubts_about_duration(day, minutes, logged, "minutes")
        return
    doubts = " ".join(doubts_about_duration(day, minutes, logged, "minutes"))
    assert ("in one entry" in doubts) == (minutes > 12 * 60)
    assert ("on that day" in doubts) == (in_day > 16 * 60)
    assert ("in that week" in doubts) == (in_week > 48 * 60)


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_a_week_goes_from_monday_to_sunday_and_holds_its_day(day):
    monday, sunday = week_of(day)
    assert (monday.weekday(), sunday.weekday()) == (0, 6)
    assert monday <= day <= sunday
