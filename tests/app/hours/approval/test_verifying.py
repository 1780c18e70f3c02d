"""A mentor verifies what she has read, returns the rest with words, and reopens what was verified."""

import pytest
from sqlalchemy import select, update

from app.models.hours import HoursEntry, HoursState
from app.models.operations.audit import AuditLine
from app.models.operations.state_changes import StateChange
from app.rules.record_totals import summary_of
from tests.screen import shown

WRONG, WHY = "What is not right?", "Why?"


@pytest.fixture
def page(placement):
    return f"/placements/{placement.id}/hours/verify"


def test_what_is_ticked_is_verified_and_one_is_returned_with_words(
    mentor, submitted, verifying, entries, placement, page, mails, session
):
    right, wrong, left = submitted(3)
    task = f"Verify 3 hours entries of {placement.learner.name}"
    assert shown(mentor.get("/")).item(task).paragraphs == ["Waiting since 2 March 2026."]
    assert shown(mentor.get("/")).link(task) == page
    answer = verifying([right], {wrong.id: "Was this on one day?"})
    assert answer.location == page
    assert shown(mentor.get(page)).banner == (
        f"1 entry is verified, 1 is returned. {placement.learner.name} is told by email."
    )
    assert [one.state.value for one in entries()] == ["verified", "returned", "submitted"]
    summary = summary_of(session, placement)
    assert (summary.total_minutes, summary.verified_minutes, summary.draft_minutes) == (120, 60, 60)
    assert mails() == [
        (
            placement.learner.email,
            f"{placement.mentor.name} verified 1 hours entry and returned 1 hours entry",
            f"Hello {placement.learner.name},",
        )
    ]
    story = session.scalars(select(StateChange).order_by(StateChange.id)).all()
    assert [(one.deed, one.reason, one.party) for one in story] == [
        ("verified hours", "", "mentor"),
        ("returned hours", "Was this on one day?", "mentor"),
    ]
    assert left.state is HoursState.SUBMITTED


def test_all_can_be_ticked_at_once_after_reading(mentor, submitted, page):
    submitted(3)
    assert ticks_on(mentor.get(f"{page}?all=1")) == [True] * 3
    assert ticks_on(mentor.get(page)) == [False] * 3


def ticks_on(answer):
    return ["checked" in box.attributes for box in shown(answer).all("main input[type=checkbox]")]


def test_nothing_ticked_and_nothing_written_is_nothing_decided(submitted, verifying, entries):
    [entry] = submitted()
    answer = verifying(shown=[str(entry.id)])
    assert answer.status_code == 422
    assert list(shown(answer).errors) == [
        "Tick what you have read and find right, or write beside an entry what is not."
    ]
    assert entries()[0].state is HoursState.SUBMITTED


def test_a_tick_beside_words_is_asked_about_and_both_are_kept(submitted, verifying, entries):
    [entry] = submitted()
    answer = verifying([entry], {entry.id: "Hm."})
    assert answer.status_code == 422
    assert shown(answer).complaint == (WRONG, "Take the tick off to return it, or clear your words to verify it")
    assert shown(answer).field(WRONG).value == "Hm."
    assert entries()[0].state is HoursState.SUBMITTED


def test_words_like_a_patients_details_are_asked_about(submitted, verifying, entries):
    [entry] = submitted()
    words = {entry.id: "That was patient 943 476 5919."}
    assert verifying(returned=words).status_code == 422
    assert verifying(returned=words, is_sure="y", why_sure="It is made up.").status_code == 303
    assert entries()[0].state is HoursState.RETURNED


def test_what_was_corrected_after_it_was_read_is_not_verified(browser, submitted, verifying, entries, today):
    one, other = submitted(2)
    data = {"worked_on-day": today.day, "worked_on-month": today.month, "worked_on-year": today.year}
    data |= {"category": "workplace learning", "minutes": "90", "did": "Other work.", "form_key": "c" * 20}
    browser.post(f"/hours/{one.id}/correct", data=data)
    answer = verifying([one, other])
    assert answer.status_code == 409
    assert next(iter(shown(answer).errors)).startswith("Some of what you read was corrected, withdrawn or decided")
    assert [row.state.value for row in entries()] == ["withdrawn", "submitted", "submitted"]


def test_words_about_an_entry_that_was_changed_meanwhile_stay_and_the_page_says_what_changed(
    browser, submitted, verifying, entries, placement, today, mails
):
    one, other = submitted(2)
    data = {"worked_on-day": today.day, "worked_on-month": today.month, "worked_on-year": today.year}
    data |= {"category": "workplace learning", "minutes": "90", "did": "Other work.", "form_key": "c" * 20}
    browser.post(f"/hours/{one.id}/correct", data=data)
    browser.post(f"/hours/{other.id}/withdraw")
    answer = verifying(returned={one.id: "Was this on one day?", other.id: "Which clinic?"})
    assert answer.status_code == 409
    page, latest = shown(answer), entries()[-1]
    assert page.field(WRONG).value == "Was this on one day?"
    assert page.says("was corrected since. Read it as it is now. What you wrote stands below.")
    assert page.says("was withdrawn since, and does not count")
    assert page.says("You wrote, and nobody was told: “Which clinic?”")
    assert page.link("see what became of it") == f"/hours/{other.id}/story"
    before = len(mails())
    assert verifying(returned={latest.id: "Was this on one day?"}).status_code == 303
    assert entries()[-1].state is HoursState.RETURNED
    assert len(mails()) == before + 1


def test_words_stay_beside_a_changed_entry_when_another_complaint_is_mended(browser, submitted, verifying, today):
    one, other = submitted(2)
    data = {"worked_on-day": today.day, "worked_on-month": today.month, "worked_on-year": today.year}
    data |= {"category": "workplace learning", "minutes": "90", "did": "Other work.", "form_key": "c" * 20}
    browser.post(f"/hours/{one.id}/correct", data=data)
    answer = verifying([other], {one.id: "Was this on one day?", other.id: "Hm."})
    assert answer.status_code == 422
    assert {box.value for box in shown(answer).all_fields(WRONG)} == {"Was this on one day?", "Hm."}


def test_the_same_decision_sent_twice_is_one(submitted, verifying, mails):
    [entry] = submitted()
    assert [verifying([entry], form_key="v" * 20).status_code for _ in range(2)] == [303, 303]
    assert len(mails()) == 1


def test_nobody_else_verifies(submitted, verifying, browser, page, entries, strange_mentor):
    [entry] = submitted()
    assert verifying([entry], browser=browser).status_code == 403
    assert verifying([entry], browser=strange_mentor).status_code == 404
    assert strange_mentor.get(page).status_code == 404
    assert entries()[0].state is HoursState.SUBMITTED


def test_an_entry_of_another_placement_is_not_verified_by_way_of_the_form(build, session, submitted, verifying):
    submitted()
    theirs = build.entry(build.placement(), state=HoursState.SUBMITTED)
    session.commit()
    assert verifying([theirs]).status_code == 409
    session.refresh(theirs)
    assert theirs.state is HoursState.SUBMITTED


def test_what_is_verified_is_locked(browser, submitted, verifying, entries, today):
    [entry] = submitted()
    verifying([entry])
    data = {"worked_on-day": today.day, "worked_on-month": today.month, "worked_on-year": today.year}
    data |= {"category": "workplace learning", "minutes": "90", "did": "Other work.", "form_key": "c" * 20}
    assert browser.post(f"/hours/{entry.id}/correct", data=data).status_code == 409
    assert browser.post(f"/hours/{entry.id}/withdraw").status_code == 409
    assert browser.get(f"/hours/{entry.id}/correct").location == f"/hours/{entry.id}"
    page = shown(browser.get(f"/hours/{entry.id}"))
    assert "Correct this entry" not in page.links
    assert [one.state for one in entries()] == [HoursState.VERIFIED]


def test_what_was_verified_can_be_shown_to_be_what_stands(mentor, submitted, verifying, entries, session, engine):
    [entry] = submitted()
    verifying([entry])
    [entry] = entries()
    assert entry.stands_as_verified
    line = session.scalar(select(AuditLine).where(AuditLine.deed == "verified hours"))
    assert line.details == {"digest": entry.verified_digest}
    with engine.begin() as connection:
        connection.execute(update(HoursEntry).values(minutes=90))
    assert not entries()[0].stands_as_verified
    assert shown(mentor.get(f"/hours/{entry.id}/story")).says("What stands here is not what was verified.")


@pytest.mark.parametrize("change", [{"minutes": 90}, {"did": "Other."}, {"reflection": "More."}, {"is_observed": True}])
def test_what_an_entry_says_is_never_changed(submitted, session, change):
    [entry] = submitted()
    for name, value in change.items():
        setattr(entry, name, value)
    with pytest.raises(ValueError, match="never changed"):
        session.flush()
    session.rollback()


def test_a_mentor_reopens_with_a_reason_and_both_are_told(
    mentor, browser, submitted, verifying, entries, mails, placement
):
    [entry] = submitted()
    verifying([entry])
    reopen = f"/hours/{entry.id}/reopen"
    assert shown(mentor.get(f"/hours/{entry.id}/story")).link("Reopen it") == reopen
    assert shown(mentor.post(reopen, data={"reason": ""})).complaint == (WHY, "Say why, in a few words")
    assert mentor.post(reopen, data={"reason": "It was Tuesday."}).status_code == 303
    [entry] = entries()
    assert (entry.state, entry.verified_digest, entry.verified_at) == (HoursState.RETURNED, "", None)
    assert [mail[:2] for mail in mails()[-2:]] == [
        (reader.email, "The hours of 3 March 2026 are reopened") for reader in (placement.learner, placement.mentor)
    ]
    assert shown(browser.get(f"/hours/{entry.id}")).section("Returned").says("It was Tuesday.")
    assert mentor.post(reopen, data={"reason": "Again."}).status_code == 409


def test_nobody_else_reopens(browser, submitted, verifying, entries, strange_mentor):
    [entry] = submitted()
    verifying([entry])
    assert browser.post(f"/hours/{entry.id}/reopen", data={"reason": "Mine."}).status_code == 403
    assert strange_mentor.post(f"/hours/{entry.id}/reopen", data={"reason": "Mine."}).status_code == 404
    assert entries()[0].state is HoursState.VERIFIED


@pytest.mark.parametrize("days", [0, -10])
def test_from_the_day_on_which_it_goes_on_the_successor_verifies(
    sign_in, mentor, submitted, verifying, moved_on, entries, placement, page, days
):
    [entry] = submitted()
    after = moved_on(days)
    successor = sign_in(after.mentor)
    task = f"Verify 1 hours entry of {placement.learner.name}"
    assert shown(successor.get("/")).link(task) == page
    assert task not in shown(mentor.get("/")).links
    assert mentor.get(page).status_code == mentor.post(page).status_code == 403
    assert verifying([entry], browser=successor).status_code == 303
    [entry] = entries()
    assert (entry.state, entry.verified_by_id) == (HoursState.VERIFIED, after.mentor_id)
    assert mentor.get(f"/hours/{entry.id}/reopen").status_code == 403


def test_until_that_day_the_earlier_mentor_does(sign_in, submitted, verifying, moved_on, entries, page):
    [entry] = submitted()
    after = moved_on(days=1)
    assert sign_in(after.mentor).get(page).status_code == 404
    assert verifying([entry]).status_code == 303
    assert entries()[0].state is HoursState.VERIFIED


def test_an_observed_task_is_shown_as_such(mentor, submitted, page):
    submitted(is_observed=True)
    assert shown(mentor.get(page)).tags == ["Observed only"]


def test_a_page_has_a_hundred_lines_and_says_how_many_there_are(mentor, submitted, page):
    submitted(101)
    assert len(ticks_on(mentor.get(page))) == 100
    assert shown(mentor.get(page)).says("The oldest 100 are here")


@pytest.mark.usefixtures("mentor_leaves")
def test_the_mentor_must_be_a_mentor_still(placement, sign_in, page):
    assert sign_in(placement.mentor).get(page).status_code == 403
