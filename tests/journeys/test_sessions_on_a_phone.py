"""On a phone a mentor writes down a session that was not planned, and the learner confirms it from the mail."""

import re

from sqlalchemy import select

from app.models.operations.outbox import Message
from app.models.supervision import SessionState, SupervisionSession
from tests.builders import Builder
from tests.journeys.conftest import Arrives
from tests.journeys.live import Service
from tests.journeys.small_world import LEARNER, MENTOR, PASSWORD, let_in
from tests.journeys.visitor import Visitor

PHONE = 390
TOPICS = "Consent visits and the screening log."
MOST_TAPS, TWO_MINUTES = 6, 120
SECONDS_A_TAP, SECONDS_A_KEY = 4, 0.6  # of somebody who reads each question, and types slowly with one thumb


def test_two_minutes_for_a_session_that_was_not_planned_and_two_taps_from_the_mail(
    service: Service, arrives: Arrives
) -> None:
    with service.records() as session:
        build = Builder(session, service.now)
        placement = build.placement(build.learner(name="The Learner"), build.mentor(name="The Mentor"))
        let_in(placement.learner, LEARNER)
        let_in(placement.mentor, MENTOR)
    mentor = arrives(service, PHONE)
    mentor.signs_in(MENTOR, PASSWORD)
    logs_a_session(mentor)
    learner = arrives(service, PHONE, with_scripts=False)
    confirms_by_the_link(learner, link_in_the_mail(service))
    with service.records() as session:
        [meeting] = session.scalars(select(SupervisionSession)).all()
        assert meeting.state is SessionState.CONFIRMED


def logs_a_session(mentor: Visitor) -> None:
    """From the home page to the saved session: a tap for the link, one for each answer, one to save."""
    before = mentor.taps
    mentor.follows(re.compile("^Meet The Learner: no session for"))
    mentor.is_on("Log a session with The Learner")
    mentor.chooses("1 hour")
    mentor.chooses("Video")
    mentor.writes("What did you talk about?", TOPICS)
    mentor.presses("Save the session")
    mentor.is_on("Placement with The Learner")
    mentor.reads("The session is logged. Next: The Learner confirms it, then it counts.")
    taps, keystrokes = mentor.taps - before, len(TOPICS)
    assert taps <= MOST_TAPS
    assert taps * SECONDS_A_TAP + keystrokes * SECONDS_A_KEY < TWO_MINUTES


def confirms_by_the_link(learner: Visitor, path: str) -> None:
    """One tap on the link in the mail, one on the button; nobody signs in."""
    learner.opens(path)
    learner.is_on("Is the session of 3 March 2026 right?")
    learner.reads("You are taken for The Learner")
    learner.presses("Yes, confirm the session")
    learner.is_on("The session is confirmed")
    assert learner.taps == 1
    with learner.being_refused():
        learner.opens(path)
        learner.is_on("This link no longer works")


def link_in_the_mail(service: Service) -> str:
    with service.records() as session:
        bodies = session.scalars(select(Message.body).order_by(Message.id)).all()
    [path] = [path for body in bodies for path in re.findall(r"https?://[^/\s]+(/confirm-session/\S+)", body)]
    return str(path)
