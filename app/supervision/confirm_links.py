"""The link by which one person answers one session: who is sent it, and what it still opens."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.operations.links import RecordLink
from app.models.people import Person, Role
from app.models.supervision import SupervisionSession
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.links import NO_LONGER_GOOD, issue_link, link_behind, link_with
from app.platform.outbox import queue_message
from app.rules.course.deputies import mentors_on
from app.supervision import mails
from app.supervision.moves import CONFIRM, CONFIRM_BY_LINK, deeds_of, party_of

LIFE = timedelta(days=14)

AddressOf = Callable[[str], str]  # the address of the link with a secret


def ask_to_confirm(
    session: Session,
    meeting: SupervisionSession,
    corrects: SupervisionSession | None,
    address_of: AddressOf,
    now: datetime,
    today: date,
) -> None:
    """Mail the one who answers a link that opens this one session for her, once."""
    reader = who_answers(session, meeting, today)
    secret = new_secret(session, meeting, reader, now)
    mail = mails.to_confirm(meeting, reader, corrects, address_of(secret), LIFE)
    queue_message(session, reader.email, mail, now, secret=secret)


def who_answers(session: Session, meeting: SupervisionSession, today: date) -> Person:
    """The other of the two who met; the mentor where the deputy whom the learner met no longer stands in."""
    if not meeting.is_by_learner:
        return meeting.placement.learner
    is_there = meeting.held_by in mentors_on(session, meeting.placement, today)
    return meeting.held_by if is_there else meeting.placement.mentor


def new_secret(session: Session, meeting: SupervisionSession, reader: Person, now: datetime) -> str:
    _, secret = issue_link(session, CONFIRM_BY_LINK, meeting, reader, now, LIFE)
    return secret


def session_behind(session: Session, secret: str, now: datetime, today: date) -> tuple[SupervisionSession, Person]:
    """The session that a good link opens, and who its reader is taken for; raises Refused for every other link.

    A link is no longer good either where its reader may not answer any more: it was answered, withdrawn or corrected,
    or she is no longer learner, mentor or deputy.
    """
    link = link_behind(session, secret, CONFIRM_BY_LINK, now)
    meeting = session.get_one(SupervisionSession, link.subject_id)
    if link.person is None or not may_answer(session, meeting, link.person, today):
        raise Refused(NO_LONGER_GOOD)
    return meeting, link.person


def may_answer(session: Session, meeting: SupervisionSession, person: Person, today: date) -> bool:
    if CONFIRM not in deeds_of(meeting, person) or party_of(meeting, person) is not Party.ANSWERER:
        return False
    if not meeting.is_by_learner:
        return person.takes_part_as(Role.LEARNER)
    return person in mentors_on(session, meeting.placement, today)


def link_too_old(session: Session, secret: str, now: datetime, today: date) -> RecordLink | None:
    """A link with which nothing is wrong but its age: whoever has it can be sent another one."""
    link = link_with(session, secret, CONFIRM_BY_LINK)
    if link is None or link.person is None or not link.is_good(link.expires_at) or now <= link.expires_at:
        return None
    meeting = session.get_one(SupervisionSession, link.subject_id)
    return link if may_answer(session, meeting, link.person, today) else None


def send_again(session: Session, secret: str, address_of: AddressOf, now: datetime, today: date) -> Person:
    """Mail another link to where the old one went, which ends; raises Refused where there is nothing to answer."""
    link = link_too_old(session, secret, now, today)
    if link is None or link.person is None:
        raise Refused(NO_LONGER_GOOD)
    meeting = session.get_one(SupervisionSession, link.subject_id)
    new = new_secret(session, meeting, link.person, now)
    mail = mails.to_confirm(meeting, link.person, None, address_of(new), LIFE)
    queue_message(session, link.email, mail, now, secret=new)
    record(session, None, "asked for another link to a session", meeting, now=now)
    return link.person
