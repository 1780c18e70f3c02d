"""How some of the demo's learners meet their mentors otherwise: with a deputy, several at once, answering by a link."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo.playing.days import acting, as_done_by
from app.models.course.deputies import Deputy
from app.models.people import Person
from app.models.placements import Placement
from app.models.studies import Opening
from app.models.supervision import ActionOwner, SessionForm
from app.platform.occasion import Occasion
from app.supervision.answering import confirm_session
from app.supervision.deputies.service import NewDeputy, agree, may_stand_in, name_deputy
from app.supervision.groups.queries import placements_to_meet, sessions_of_group
from app.supervision.groups.service import Circumstances, NewMeeting, log_meeting
from app.supervision.service import NewAction, NewSession, log_session
from app.web.addresses import full_address

DAY = timedelta(days=1)
AWAY = "I am away for two weeks; somebody should be there for the consent visits."
WITH_DEPUTY = "How the consent visits went, and what to do when a participant hesitates."
TOGETHER = "The protocol amendment, and what it changes for the screening log."
READ = "Read the amendment"


def play_other_meetings(app: Flask, placements: Sequence[Placement], today: date) -> None:
    """A deputy has met a learner, who is mailed a link to confirm it; another mentor has met several at once."""
    with acting(app, today - 5 * DAY) as (session, occasion):
        deputy = next(filter(None, (named(session, occasion, one) for one in placements)), None)
    if deputy:
        with acting(app, today - DAY, deputy.person) as (session, occasion):
            met = NewSession(today - DAY, 45, SessionForm.VIDEO, WITH_DEPUTY, "demo session with a deputy")
            now, day = occasion.now, occasion.today
            log_session(session, deputy.person, deputy.placement, met, link_address, is_sure=True, now=now, today=day)
    for mentor in dict.fromkeys(one.mentor for one in placements):
        with acting(app, today - 2 * DAY, mentor) as (session, occasion):
            if met_together(session, occasion, mentor):
                return


def named(session: Session, occasion: Occasion, placement: Placement) -> Deputy | None:
    """A deputy whom the mentor of a placement that runs has named today, and who agreed, where there is anybody."""
    if not (placement.is_current_on(occasion.today) and placement.ends_on > occasion.today + 14 * DAY):
        return None
    near = select(Opening.mentor_id).where(Opening.network_id == placement.opening.network_id)
    others = select(Person).where(Person.id.in_(near), Person.id != placement.mentor_id).order_by(Person.id)
    for person in session.scalars(others).all():
        if may_stand_in(session, placement, person):
            new = NewDeputy(person.email, occasion.today, occasion.today + 14 * DAY, AWAY)
            hers = as_done_by(occasion, placement.mentor)
            deputy = name_deputy(session, hers, placement, new, deputy_address, is_sure=True)
            agree(session, as_done_by(occasion, person), deputy)
            return deputy
    return None


def met_together(session: Session, occasion: Occasion, mentor: Person) -> bool:
    """A session with all learners of a mentor, where she has several; the first has confirmed it."""
    placements = [one for one in placements_to_meet(session, mentor, occasion.today) if not one.pauses]
    if len(placements) < 2 or any(one.ends_on < occasion.today for one in placements):
        return False
    said = NewSession(occasion.today, 60, SessionForm.IN_PERSON, TOGETHER, "demo session with several")
    new = NewMeeting(said, [(NewAction(READ, ActionOwner.LEARNER, occasion.today + 7 * DAY), None)])
    given = Circumstances(mentor, occasion.now, occasion.today, True, link_address)
    first = sessions_of_group(session, log_meeting(session, given, placements, new))[0]
    confirm_session(session, first.placement.learner, first, [], occasion.now)
    return True


def link_address(secret: str) -> str:
    return full_address("supervision.by_link.ask", secret=secret)


def deputy_address(deputy: Deputy) -> str:
    return full_address("supervision.deputies.show", deputy_id=deputy.id)
