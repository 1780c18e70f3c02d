"""Learner and mentor move the same entry at the same moment: one of them is first, and the other is told so."""

from app.models.hours import HoursState
from tests.in_between import in_between


def test_what_is_withdrawn_while_it_is_verified_is_not_verified(engine, browser, submitted, verifying, entries, mails):
    [entry] = submitted()
    withdrawn, verified = in_between(
        engine, lambda: browser.post(f"/hours/{entry.id}/withdraw"), lambda: verifying([entry])
    )
    assert (withdrawn.status_code, verified.status_code) == (303, 409)
    assert (entries()[0].state, mails()) == (HoursState.WITHDRAWN, [])


def test_what_is_verified_while_it_is_withdrawn_stays_verified(engine, browser, submitted, verifying, entries):
    [entry] = submitted()
    verified, withdrawn = in_between(
        engine, lambda: verifying([entry]), lambda: browser.post(f"/hours/{entry.id}/withdraw")
    )
    assert (verified.status_code, withdrawn.status_code) == (303, 409)
    assert entries()[0].stands_as_verified


def test_drafts_submitted_twice_at_once_are_one_submission(engine, browser, build, placement, session, entries, mails):
    build.entry(placement)
    session.commit()
    page = f"/placements/{placement.id}/hours/submit"
    first, second = in_between(
        engine, lambda: browser.post(page, data={"period": "all"}), lambda: browser.post(page, data={"period": "all"})
    )
    assert first.status_code == 303
    assert second.status_code in (409, 422)
    assert (entries()[0].state, len(mails())) == (HoursState.SUBMITTED, 1)
