"""Deeds with records of elsewhere: a programme lead reads one, and takes it for a learner or drops it."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.language.refusal import Overtaken, Refused
from app.models.course.records_of_elsewhere import RecordOfElsewhere
from app.models.people import Person
from app.models.programmes import Enrolment
from app.models.values.folded_names import folded_together
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.rules.doubts import ask_about
from app.signed_records.elsewhere import mails
from app.signed_records.elsewhere.reading import ReadRecord

KEPT_UNTAKEN = timedelta(days=7)
TWICE = "Your university has taken this record already. One record counts once."


def keep_to_show(
    session: Session, occasion: Occasion, enrolment: Enrolment, read: ReadRecord, issuer_here: str
) -> RecordOfElsewhere:
    """Keep what was read until it is taken or dropped; what others read and never took is forgotten.

    Raises Refused for a record of this service, and for one that the university has taken before.
    """
    assert occasion.actor is not None
    claims, provider_id = read.claims, enrolment.programme.provider_id
    if str(claims["iss"]) == issuer_here:
        raise Refused("This record was issued here: its placement is on this service already.", "file")
    hold(session, enrolment)
    same = (RecordOfElsewhere.file_digest == read.digest) | (RecordOfElsewhere.address == str(claims["jti"]))
    at_university = RecordOfElsewhere.provider_id == provider_id
    if session.scalar(select(RecordOfElsewhere.id).where(at_university, same, RecordOfElsewhere.taken_at.is_not(None))):
        raise Refused(TWICE, "file")
    old = RecordOfElsewhere.read_at < occasion.now - KEPT_UNTAKEN
    untaken = RecordOfElsewhere.taken_at.is_(None)
    session.execute(delete(RecordOfElsewhere).where(untaken, old | (at_university & same)))
    row = RecordOfElsewhere(
        enrolment=enrolment,
        provider_id=provider_id,
        holder=str(read.says["learner"]["name"]),
        name=str(read.says["module"]["title"]),
        issuer=str(claims["iss"]),
        issuer_name=str(claims["issuer"]["name"]),
        issued_at=read.issued_at,
        address=str(claims["jti"]),
        key_id=read.key.id,
        key=read.key.jwk,
        key_from=read.key_from,
        standing=read.standing,
        file_digest=read.digest,
        says=dict(read.says),
        file=read.file,
        read_at=occasion.now,
        read_by_id=occasion.actor.id,
    )
    session.add(row)
    record(session, occasion.actor, "read a record from elsewhere", row, now=occasion.now, enrolment=enrolment.id)
    return row


def take(session: Session, occasion: Occasion, row: RecordOfElsewhere, learner: Person, *, is_sure: bool) -> None:
    """Put it beside what the learner has here; it gives no credit. She is told.

    Raises Refused to ask whether it is hers, where it names somebody else, and Overtaken where it was taken meanwhile.
    """
    assert occasion.actor is not None
    hold_row(session, row)
    names_differ = folded_together(row.holder) != folded_together(learner.name)
    doubts = [f"The record names {row.holder}, and this learner is {learner.name}."] if names_differ else []
    ask_about(doubts, is_sure)
    row.taken_at, row.taken_by_name = occasion.now, occasion.actor.name
    record(session, occasion.actor, "took a record from elsewhere", row, now=occasion.now, enrolment=row.enrolment_id)
    if learner.is_active:
        queue_message(session, learner.email, mails.taken(row, learner, occasion.actor), occasion.now)


def drop(session: Session, occasion: Occasion, row: RecordOfElsewhere) -> None:
    """Forget what was read; raises Overtaken where it was taken meanwhile."""
    hold_row(session, row)
    record(session, occasion.actor, "dropped a record from elsewhere", row, now=occasion.now)
    session.delete(row)


def hold(session: Session, enrolment: Enrolment) -> None:
    """One after the other: two who read the same record at once meet here."""
    session.execute(select(Enrolment.id).where(Enrolment.id == enrolment.id).with_for_update())


def hold_row(session: Session, row: RecordOfElsewhere) -> None:
    session.refresh(row, ["taken_at"], with_for_update=True)
    if row.taken_at is not None:
        raise Overtaken("This record was taken meanwhile, and stays.")
