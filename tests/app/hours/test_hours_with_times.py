"""From when to when: asked about where it surely overlaps, and never where it does not."""

import pytest

from app.models.course.readiness import NeedKind
from app.models.hours import HoursCategory
from tests.screen import shown

FROM, TO, SURE = "From (optional)", "To (optional)", "It is right as it is: save it"
NEXT = "If it is right as it is, tick the box and send it again."


def sent(day, started="", ended="", **changes):
    values = {
        "worked_on-day": day.day,
        "worked_on-month": day.month,
        "worked_on-year": day.year,
        "category": "teaching",
        "minutes": "90",
        "started": started,
        "ended": ended,
        "did": f"From {started} to {ended}.",
        "form_key": f"{started} {ended} 0123456789abcdef".replace(":", ""),
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}


def test_times_are_kept_and_shown_and_can_say_how_long_it_took(browser, address, entries, today):
    answer = browser.post(address, data=sent(today, "9am", "12:30", minutes=None))
    assert answer.status_code == 303
    [entry] = entries()
    assert entry.minutes == 210
    page = shown(browser.get(f"/hours/{entry.id}"))
    assert page.row("Time").value == "3 h 30 min, 9am to 12:30pm"
    form = shown(browser.get(f"/hours/{entry.id}/correct"))
    assert (form.field(FROM).value, form.field(TO).value) == ("9am", "12:30pm")


@pytest.mark.parametrize(
    ("started", "ended", "label", "message"),
    [
        ("9am", "", TO, "Enter when it ended as well, or leave both times empty"),
        ("", "9am", FROM, "Enter when it began as well, or leave both times empty"),
        ("9", "10am", FROM, "From must be a time like 9am, 5:30pm or 17:30"),
        ("9am", "9:00", TO, "It cannot end at the time at which it began. Leave both times empty for 24 hours."),
    ],
)
def test_times_that_cannot_be_are_refused_and_kept(browser, address, entries, today, started, ended, label, message):
    answer = browser.post(address, data=sent(today, started, ended))
    assert answer.status_code == 422
    assert shown(answer).complaint == (label, message)
    assert entries() == []


def test_more_time_than_there_was_is_asked_about(browser, address, entries, today):
    answer = browser.post(address, data=sent(today, "9am", "10am"))
    assert shown(answer).complaint == (SURE, f"From 9am to 10am is 1 h, and you entered 1 h 30 min. {NEXT}")
    assert browser.post(address, data=sent(today, "9am", "10am", is_sure="y")).status_code == 303
    assert entries()[0].minutes == 90


def test_a_break_makes_it_shorter_without_a_question(browser, address, entries, today):
    assert browser.post(address, data=sent(today, "9am", "5pm")).status_code == 303
    assert entries()[0].minutes == 90


def test_an_overlap_is_asked_about(browser, address, entries, today):
    browser.post(address, data=sent(today, "9am", "11am"))
    answer = browser.post(address, data=sent(today, "10am", "midday"))
    assert shown(answer).complaint == (
        SURE,
        "From 10am to midday overlaps with 1 h 30 min of teaching on 3 March 2026, “From 9am to 11am.”. " + NEXT,
    )
    assert len(entries()) == 1


def test_touching_ends_and_entries_without_times_are_not_asked_about(browser, address, entries, today):
    for started, ended in (("9am", "11am"), ("", ""), ("11am", "1pm"), ("7am", "9am")):
        assert browser.post(address, data=sent(today, started, ended)).status_code == 303
    assert len(entries()) == 4


def test_an_entry_does_not_overlap_with_its_own_correction(browser, address, entries, today):
    browser.post(address, data=sent(today, "9am", "11am"))
    [entry] = entries()
    later = sent(today, "9:30am", "11:30am")
    assert browser.post(f"/hours/{entry.id}/correct", data=later).status_code == 303
    assert [one.withdrawn_at is None for one in entries()] == [False, True]


def test_before_the_delegation_a_task_is_kept_as_observed(browser, address, entries, today, build, placement, session):
    build.need(placement, NeedKind.DELEGATION)
    session.commit()
    work = sent(today, category=HoursCategory.WORKPLACE.value)
    assert browser.post(address, data=work).status_code == 422
    assert browser.post(address, data=work | {"is_sure": "y"}).status_code == 303
    browser.post(address, data=sent(today, did="Read.", form_key="r" * 20))
    assert [one.is_observed for one in entries()] == [True, False]
