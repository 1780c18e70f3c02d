"""Deeds with deputies: a mentor names one, who agrees or declines; either of them ends it before its time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.language.person_names import could_be_same_person
from app.language.refusal import Overtaken, Refused
from app.models.course.deputies import Deputy, DeputyState
from app.models.people import Person
from app.models.placements import Placement
from app.models.requests import ExcludedMentor
from app.models.studies import Opening
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.course.deputies import AGREE, DECLINE, DEPUTIES, end_deputy
from app.rules.course.deputies import may_be_with
from app.rules.doubts import ask_about, doubts_about_text
from app.supervision.deputies import mails

DeputyAddress = Callable[[Deputy], str]


@dataclass(frozen=True)
class NewDeputy:
    """Who is to stand in, between which days, both included, and why."""

    email: str
    starts_on: date
    ends_on: date
    reason: str


def name_deputy(
    session: Session,
    occasion: Occasion,
    placement: Placement,
    new: NewDeputy,
    address_of: DeputyAddress,
    *,
    is_sure: bool,
) -> Deputy:
    """Ask somebody to stand in for the mentor; nothing changes before she agrees.

    Raises Refused for days that cannot be, for somebody who cannot stand in, and to ask about doubtful words.
    """
    actor = occasion.actor
    assert actor is not None
    session.refresh(placement, ["state", "outcome", "starts_on", "ends_on"], with_for_update=True)
    check_days(session, placement, new, occasion.today)
    person = person_named(session, placement, new.email)
    ask_about(doubts_about_text((new.reason,), occasion.today), is_sure)
    deputy = Deputy(
        placement=placement,
        person=person,
        named_by=actor,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        reason=new.reason,
        state=DeputyState.ASKED,
        named_at=occasion.now,
    )
    session.add(deputy)
    record(session, actor, "named a deputy", deputy, now=occasion.now, name=person.name)
    queue_message(session, person.email, mails.asked(deputy, address_of(deputy)), occasion.now)
    return deputy


def check_days(session: Session, placement: Placement, new: NewDeputy, today: date) -> None:
    """Refuse days that are past, out of order, out of the placement, or somebody else's."""
    if not placement.is_current_on(today):
        raise Overtaken("This placement is over, so nobody can stand in any more.")
    first, last = max(today, placement.starts_on), placement.ends_on
    if not first <= new.starts_on <= last:
        days = f"from {day_in_words(first)} to {day_in_words(last)}"
        raise Refused(f"The first day must be {days}, the last day of the placement.", "starts_on")
    if not new.starts_on <= new.ends_on <= last:
        days = f"from {day_in_words(new.starts_on)} to {day_in_words(last)}"
        raise Refused(f"The last day must be {days}, the last day of the placement.", "ends_on")
    overlaps = (Deputy.starts_on <= new.ends_on, Deputy.ends_on >= new.starts_on)
    hers = (Deputy.placement_id == placement.id, Deputy.is_open_on(today), *overlaps)
    other = session.scalar(select(Deputy).where(*hers).order_by(Deputy.starts_on).limit(1))
    if other:
        days = f"from {day_in_words(other.starts_on)} to {day_in_words(other.ends_on)}"
        raise Refused(f"You have named {other.person.name} {days}. Take that back first, or choose other days.")


def person_named(session: Session, placement: Placement, email: str) -> Person:
    """The mentor with an address, on the same study or in the same network.

    Why somebody cannot be with a learner is nothing that the mentor is told: it may be private.
    """
    opening = placement.opening
    is_near = or_(Opening.study_id == opening.study_id, Opening.network_id == opening.network_id)
    is_known = Person.id.in_(select(Opening.mentor_id).where(is_near))
    person = session.scalar(select(Person).where(Person.email == email.strip().lower(), is_known))
    if person is None or person.id == placement.mentor_id:
        raise Refused(
            "No other mentor of this study or of your network has this address. Check it, or ask your coordinator.",
            "email",
        )
    if not may_stand_in(session, placement, person):
        raise Refused("This person cannot stand in for this learner. Name somebody else.", "email")
    return person


def may_stand_in(session: Session, placement: Placement, person: Person) -> bool:
    """Whether somebody may be with the learner; one of a like name as she ruled out may not, as in every round."""
    learner_id = placement.learner_id
    if session.scalar(select(Person.id).where(Person.id == person.id, may_be_with(learner_id))) is None:
        return False
    unknown = select(ExcludedMentor).where(ExcludedMentor.learner_id == learner_id, ExcludedMentor.mentor_id.is_(None))
    perhaps = [one for one in session.scalars(unknown).all() if could_be_same_person(one.name, person.name)]
    return all(person.id in one.other_ids for one in perhaps)


def agree(session: Session, occasion: Occasion, deputy: Deputy) -> None:
    """Stand in from the first day on; learner and mentor are told.

    Raises Overtaken where it was taken back or is over by now, Refused where she may not be with the learner.
    """
    hold(session, deputy)
    if not deputy.is_open_on(occasion.today) or deputy.last_day < occasion.today:
        raise Overtaken("This is over by now, so there is nothing to answer.")
    if not may_stand_in(session, deputy.placement, deputy.person):
        raise Refused("You cannot stand in for this learner by now. Tell the mentor, who can name somebody else.")
    DEPUTIES.move(session, deputy, AGREE, Party.DEPUTY, occasion.actor, occasion.now)
    for reader in (deputy.placement.learner, deputy.placement.mentor):
        if reader.is_active:
            queue_message(session, reader.email, mails.agreed(reader, deputy, occasion.home), occasion.now)


def decline(session: Session, occasion: Occasion, deputy: Deputy, reason: str, *, is_sure: bool) -> None:
    """Say no; the mentor is told, and why."""
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    hold(session, deputy)
    DEPUTIES.move(session, deputy, DECLINE, Party.DEPUTY, occasion.actor, occasion.now, reason=reason)
    queue_message(session, deputy.placement.mentor.email, mails.declined(deputy, reason, occasion.home), occasion.now)


def end(session: Session, occasion: Occasion, deputy: Deputy, party: Party) -> None:
    """End it from now on; whoever is concerned and did not do it is told: the learner only of what she knew of."""
    hold(session, deputy)
    readers = [deputy.placement.mentor, deputy.person]
    if deputy.state is DeputyState.AGREED:
        readers.append(deputy.placement.learner)
    end_deputy(session, occasion, deputy, party, readers)


def hold(session: Session, deputy: Deputy) -> None:
    """Let whoever answers or ends it meanwhile wait, and read what became of it."""
    session.refresh(deputy, ["state", "ends_on"], with_for_update=True)
