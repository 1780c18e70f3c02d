"""What a page says was done, was done: a message that belongs to a deed is told when the deed is committed."""

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from app.models.hours import HoursEntry
from app.platform.db import db
from tests.screen import shown

HOURS = {
    "worked_on-day": "2",
    "worked_on-month": "3",
    "worked_on-year": "2026",
    "category": "workplace learning",
    "minutes": "90",
    "did": "Screened notes.",
    "form_key": "0123456789abcdef0123",
}


@pytest.fixture
def no_commit(app, monkeypatch):
    """Nothing can be committed, as on a full disk; the page for it is shown instead of the trace."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    def fail(session):
        if session.new or session.info.get("wrote"):
            raise OperationalError("COMMIT", {}, Exception("no space left on device"))

    def note(session, context):
        session.info["wrote"] = True

    factory = db.session.session_factory
    event.listen(factory, "before_commit", fail)
    event.listen(factory, "after_flush", note)
    yield
    event.remove(factory, "before_commit", fail)
    event.remove(factory, "after_flush", note)


@pytest.fixture
def placement(build):
    return build.placement()


def test_a_deed_that_could_not_be_committed_is_told_as_a_failure_and_never_as_done(
    sign_in, placement, session, look_again, no_commit
):
    browser = sign_in(placement.learner)
    answer = browser.post(f"/placements/{placement.id}/hours/new", data=HOURS)
    assert answer.status_code == 500
    assert shown(answer).says("It was noted and nothing was saved. Try again in a few minutes.")
    assert shown(browser.get("/")).banner == ""
    look_again()
    assert session.scalars(select(HoursEntry)).all() == []


def test_a_deed_that_was_committed_is_told_once(sign_in, placement):
    browser = sign_in(placement.learner)
    page = browser.post(f"/placements/{placement.id}/hours/new", data=HOURS).location
    told = [shown(browser.get(page)).banner for _ in range(2)]
    words = "1 h 30 min of workplace learning logged. It is a draft: it counts once you have submitted it."
    assert told == [words, ""]
