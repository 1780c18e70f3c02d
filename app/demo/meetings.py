"""What the demo prints of meetings that were otherwise: with a deputy, with several learners, confirmed by a link."""

import re
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.language.dates_and_times import day_in_words
from app.language.numbers import listed
from app.models.course.deputies import Deputy
from app.models.meetings.groups import GroupMeeting
from app.models.operations.outbox import Message
from app.models.people import Person
from app.models.placements import Placement
from app.models.supervision import SupervisionSession

LINK = "/confirm-session/"


def about_meetings(session: Session) -> Iterator[str]:
    for deputy in session.scalars(select(Deputy).options(joinedload(Deputy.person)).order_by(Deputy.id)):
        pair = f"{deputy.placement.mentor.name} as mentor of {deputy.placement.learner.name}"
        yield f"  {deputy.person.name} stands in for {pair} until {day_in_words(deputy.ends_on)}."
    for group in session.scalars(
        select(GroupMeeting).options(joinedload(GroupMeeting.made_by)).order_by(GroupMeeting.id)
    ):
        learners = select(Person.name).join(Placement, Placement.learner_id == Person.id)
        there = learners.join(SupervisionSession, SupervisionSession.placement_id == Placement.id)
        names = session.scalars(there.where(SupervisionSession.group_id == group.id).order_by(Person.name)).all()
        yield f"  {group.made_by.name} has met {listed(names)} together; each is asked to confirm it."
    newest = select(Message).where(Message.body.contains(LINK)).order_by(Message.id.desc()).limit(1)
    for message in session.scalars(newest):
        found = re.search(rf"\S+{LINK}\S+", message.body)
        if found:
            yield f"  {message.recipient} was mailed a link to confirm a session: {found.group()}"
