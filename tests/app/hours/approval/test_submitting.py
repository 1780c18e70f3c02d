"""A learner submits her drafts, keeps what was returned, and says that a week had nothing."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.models.hours import HoursState, HoursSubmission
from app.rules.record_totals import summary_of
from tests.screen import shown

WHICH, WHY = "Which entries do you submit?", "Why?"


@pytest.fixture
def page(placement):
    return f"/placements/{placement.id}/hours/submit"


def test_a_draft_is_on_the_record_and_counts_once_it_is_submitted(
    browser, build, placement, page, session, entries, mails
):
    build.entry(placement)
    session.commit()
    assert (summary_of(session, placement).total_minutes, summary_of(session, placement).draft_minutes) == (0, 60)
    form = shown(browser.get(page))
    assert form.field(WHICH).choices == ("All drafts: 1 entry, 1 h",)
    answer = browser.post(page, data={"period": "all"})
    assert answer.location == f"/placements/{placement.id}/hours"
    assert shown(browser.get(answer.location)).banner == (
        f"Submitted: All drafts: 1 entry, 1 h. It counts from now on. {placement.mentor.name} is told by email and "
        "verifies it."
    )
    assert entries()[0].state is HoursState.SUBMITTED
    assert summary_of(session, placement).total_minutes == 60
    assert mails() == [
        (
            placement.mentor.email,
            f"1 hours entry of {placement.learner.name} to verify",
            f"Hello {placement.mentor.name},",
        )
    ]


def test_a_week_or_a_month_can_be_submitted_and_is_one_mail(browser, build, placement, page, session, entries, mails):
    for day in (date(2026, 2, 16), date(2026, 2, 17), date(2026, 3, 2), date(2026, 3, 3)):
        build.entry(placement, worked_on=day)
    session.commit()
    assert shown(browser.get(page)).field(WHICH).choices == (
        "All drafts: 4 entries, 4 h",
        "March 2026: 2 entries, 2 h",
        "February 2026: 2 entries, 2 h",
    )
    browser.post(page, data={"period": "2026-02"})
    assert [one.state.value for one in entries()] == ["submitted", "submitted", "draft", "draft"]
    [sent] = session.scalars(select(HoursSubmission)).all()
    assert (sent.first_day, sent.last_day) == (date(2026, 2, 16), date(2026, 2, 17))
    assert len(mails()) == 1


def test_what_comes_after_is_a_submission_of_its_own(browser, build, placement, page, session, entries):
    for _ in range(2):
        build.entry(placement)
        session.commit()
        browser.post(page, data={"period": "all"})
    first, second = entries()
    assert first.submission_id != second.submission_id


def test_submitting_asks_which_and_what_is_not_offered_is_refused(browser, build, placement, page, session, entries):
    build.entry(placement)
    session.commit()
    for data in ({}, {"period": "2020-01"}):
        answer = browser.post(page, data=data)
        assert answer.status_code == 422
        assert shown(answer).complaint == (WHICH, "Choose which entries you submit")
    assert entries()[0].state is HoursState.DRAFT


def test_only_its_learner_submits(build, placement, page, session, mentor, entries, strange_learner):
    build.entry(placement)
    session.commit()
    assert mentor.post(page, data={"period": "all"}).status_code == 403
    assert strange_learner.post(page, data={"period": "all"}).status_code == 404
    assert entries()[0].state is HoursState.DRAFT


def test_the_same_form_sent_twice_submits_once(browser, build, placement, page, session, mails):
    build.entry(placement)
    session.commit()
    sent = {"period": "all", "form_key": "s" * 20}
    assert [browser.post(page, data=sent).status_code for _ in range(2)] == [303, 303]
    assert len(session.scalars(select(HoursSubmission)).all()) == len(mails()) == 1


@pytest.mark.usefixtures("mentor_leaves")
def test_a_mentor_who_no_longer_takes_part_is_told_nothing(browser, build, placement, page, session, mails):
    build.entry(placement)
    session.commit()
    assert f"{placement.mentor.name} no longer takes part" in shown(browser.get(page)).paragraphs[0]
    browser.post(page, data={"period": "all"})
    assert mails() == []


def test_a_correction_of_what_waits_goes_on_waiting(browser, submitted, entries, today):
    [entry] = submitted()
    data = {"worked_on-day": today.day, "worked_on-month": today.month, "worked_on-year": today.year}
    data |= {"category": "workplace learning", "minutes": "90", "did": "More.", "form_key": "c" * 20}
    assert browser.post(f"/hours/{entry.id}/correct", data=data).status_code == 303
    old, new = entries()
    assert (old.state, new.state, new.submission_id) == (HoursState.WITHDRAWN, HoursState.SUBMITTED, old.submission_id)


def test_what_is_returned_can_be_kept_with_a_reason_and_submitted_again(
    browser, mentor, submitted, verifying, placement, page, entries
):
    [entry] = submitted()
    verifying(returned={entry.id: "Was this Monday?"})
    task = shown(browser.get("/")).item("Answer 1 returned hours entry")
    assert task.link("Answer 1 returned hours entry") == f"/placements/{placement.id}/hours"
    assert shown(browser.get(f"/hours/{entry.id}")).section("Returned").says("Was this Monday?")
    keep = f"/hours/{entry.id}/keep"
    answer = browser.post(keep, data={"reason": ""})
    assert shown(answer).complaint == (WHY, "Say why, in a few words")
    assert browser.post(keep, data={"reason": "Yes, Monday."}).location == page
    assert entries()[0].state is HoursState.DRAFT
    browser.post(page, data={"period": "all"})
    assert shown(mentor.get(f"/placements/{placement.id}/hours/verify")).says("Yes, Monday.")


def test_only_its_learner_keeps_what_was_returned(mentor, submitted, verifying, entries, strange_learner):
    [entry] = submitted()
    verifying(returned={entry.id: "No."})
    assert mentor.post(f"/hours/{entry.id}/keep", data={"reason": "Yes."}).status_code == 403
    assert strange_learner.post(f"/hours/{entry.id}/keep", data={"reason": "Yes."}).status_code == 404
    assert entries()[0].state is HoursState.RETURNED


def test_drafts_of_a_week_are_to_be_submitted(browser, build, placement, page, session, now):
    build.entry(placement, logged_at=now - timedelta(days=6))
    session.commit()
    assert "Submit 1 hours entry" not in shown(browser.get("/")).links
    build.entry(placement, logged_at=now - timedelta(days=7))
    session.commit()
    assert shown(browser.get("/")).link("Submit 2 hours entries") == page


def test_a_week_had_no_hours_until_something_is_logged_of_it(browser, build, placement, session, look_again, today):
    page, week = f"/placements/{placement.id}/hours/none", "Which week had no hours?"
    assert shown(browser.get(page)).field(week).choices[0] == "2 March 2026 to 8 March 2026"
    for _ in range(2):
        assert browser.post(page, data={"week": "2026-03-02"}).status_code in (303, 422)
    look_again()
    assert len(session.scalars(select(HoursSubmission)).all()) == 1
    rows = shown(browser.get(f"/placements/{placement.id}/hours")).table(
        "Hours in the workplace up to the end of each week"
    )
    assert rows.row("2 March 2026")["Logged in it, all kinds"] == "None, as said"
    assert "2 March 2026 to 8 March 2026" not in shown(browser.get(page)).field(week).choices
    build.entry(placement, worked_on=today)
    session.commit()
    rows = shown(browser.get(f"/placements/{placement.id}/hours")).table(
        "Hours in the workplace up to the end of each week"
    )
    assert rows.row("2 March 2026")["Logged in it, all kinds"] == "1 h"


def test_a_week_with_hours_or_to_come_cannot_be_said_to_have_none(browser, build, placement, session):
    build.entry(placement)
    session.commit()
    page = f"/placements/{placement.id}/hours/none"
    for week in ("2026-03-02", "2026-03-09", "2025-12-01", ""):
        assert browser.post(page, data={"week": week}).status_code == 422
    assert session.scalars(select(HoursSubmission)).all() == []


def test_only_its_learner_says_that_a_week_had_none(placement, mentor, strange_learner):
    page = f"/placements/{placement.id}/hours/none"
    assert mentor.post(page, data={"week": "2026-03-02"}).status_code == 403
    assert strange_learner.post(page, data={"week": "2026-03-02"}).status_code == 404
