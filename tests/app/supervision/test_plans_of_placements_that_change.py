"""What is planned for a day that a placement loses is cancelled, and both are told; the rest stays planned."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.meetings.planned import PlannedSession, PlanState
from app.models.placements import Cause, Outcome, Pause
from app.platform.occasion import Occasion
from app.promises.course.going_on import settle
from tests.app.studies.filling_in import day
from tests.in_between import in_between
from tests.screen import shown


@pytest.mark.parametrize("how", ["ended", "paused"])
def test_what_falls_on_a_day_that_is_lost_is_cancelled(
    build, session, sign_in, placement, mails, look_again, now, today, how
):
    kept = build.planned_session(placement, starts_at=now - timedelta(days=1))
    lost = build.planned_session(placement, starts_at=now + timedelta(days=3))
    if how == "ended":
        placement.end(Outcome.INCOMPLETE, Cause.OTHER, today)
    else:
        placement.pauses.append(Pause(starts_on=today, resumes_on=today + timedelta(days=9)))
    settle(session, Occasion(build.coordinator(), today, now, "home"), placement)
    session.commit()
    look_again()
    assert (kept.state, lost.state) == (PlanState.PLANNED, PlanState.CANCELLED)
    subject = "The session planned for 6 March 2026 is cancelled"
    both = placement.learner, placement.mentor
    assert mails() == [(one.email, subject, f"Hello {one.name},") for one in both]
    for one in both:
        home = shown(sign_in(one).get("/"))
        assert home.says("Record or cancel the session of 2 March 2026")
        assert not home.says("6 March 2026")
    page = shown(sign_in(placement.learner).get(f"/planned-sessions/{lost.id}"))
    assert "The placement does not run on that day any more." in page.paragraphs[0]


def test_nothing_stays_planned_that_is_planned_while_the_placement_is_ended(
    build, session, engine, sign_in, placement, look_again, today
):
    learner, coordinator = sign_in(placement.learner), sign_in(build.coordinator(placement.opening.network))
    plan = {"starts_at-time": "2pm", "minutes": "60", "how": "video", **day("starts_at", today + timedelta(days=3))}
    ending = {"outcome": "INCOMPLETE", "cause": "OTHER", "reason": "She leaves.", **day("last_day", today)}
    answers = in_between(
        engine,
        lambda: learner.post(f"/placements/{placement.id}/planned-sessions/new", data=plan),
        lambda: coordinator.post(f"/our-placements/{placement.id}/end", data=ending),
        before="INSERT INTO planned_sessions",
    )
    assert answers[1].status_code == 303
    look_again()
    assert PlanState.PLANNED not in session.scalars(select(PlannedSession.state)).all()
