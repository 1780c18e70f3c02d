"""What somebody is asked at the moment, and the asking behind a page or a link."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from app.evaluation.answering.service import BY_LINK
from app.models.evaluation.askings import Asking, Survey
from app.models.people import Person
from app.models.programmes import Enrolment, Programme
from app.platform.links import link_behind


def askings_open(session: Session, person: Person, today: date) -> Sequence[Asking]:
    """What waits for a person's answer, the first to end first."""
    hers = (Asking.person_id == person.id, Asking.is_settled.is_(False), Asking.until_on >= today)
    return session.scalars(whole().where(*hers).order_by(Asking.until_on, Asking.id)).all()


def asking_of(
    session: Session, person: Person, asking_id: int, *, of_mentor: bool = False, to_change: bool = False
) -> Asking | None:
    """One of hers as a learner or as a mentor, open or not; `to_change` lets others wait, and reads it afresh."""
    is_of_mentors = Asking.survey == Survey.MENTORING
    hers = (Asking.person_id == person.id, is_of_mentors if of_mentor else ~is_of_mentors)
    statement = whole().where(Asking.id == asking_id, *hers)
    return session.scalar(locked(statement) if to_change else statement)


def asking_behind(session: Session, secret: str, now: datetime, *, to_change: bool = False) -> Asking:
    """What a good link opens; raises Refused for every other."""
    link = link_behind(session, secret, BY_LINK, now, for_update=to_change)
    statement = whole().where(Asking.id == link.subject_id)
    return session.scalars(locked(statement) if to_change else statement).one()


def whole() -> Select[Asking]:
    programme = joinedload(Asking.enrolment, innerjoin=True).joinedload(Enrolment.programme, innerjoin=True)
    return select(Asking).options(
        programme.joinedload(Programme.provider, innerjoin=True), joinedload(Asking.person, innerjoin=True)
    )


def locked(statement: Select[Asking]) -> Select[Asking]:
    return statement.with_for_update(of=Asking).execution_options(populate_existing=True)
