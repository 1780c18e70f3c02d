"""Who is told what becomes of a sign-off."""

from collections.abc import Iterable

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.models.course.sign_offs import SignOff, SignOffException
from app.models.operations.parties import Outsider
from app.models.people import Person, Role, RoleGrant
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.sign_offs.concerned import Reader, all_concerned, people
from app.rules.sign_offs.kind import SIGN_OFF
from app.rules.sign_offs.parts import deciders_of
from app.rules.signing.standing import Standing
from app.sign_offs import mails


def tell_asked(session: Session, occasion: Occasion, sign_off: SignOff) -> None:
    placement = sign_off.placement
    for reader in people([placement.learner, placement.mentor], occasion.actor):
        mail = mails.asked(reader, sign_off, occasion.actor, reader.email == placement.mentor.email, occasion.home)
        queue_message(session, reader.email, mail, occasion.now)


def tell_exception_wanted(session: Session, occasion: Occasion, sign_off: SignOff) -> None:
    """Those who can record it: the academic supervisors and programme leads of the university."""
    for reader in people([*deciders_of(session, sign_off.placement), *leads_of(session, sign_off)], occasion.actor):
        queue_message(session, reader.email, mails.exception_wanted(reader, sign_off, occasion.home), occasion.now)


def tell_excepted(session: Session, occasion: Occasion, sign_off: SignOff, exception: SignOffException) -> None:
    placement = sign_off.placement
    for reader in people([placement.learner, placement.mentor], occasion.actor):
        mail = mails.excepted(reader, sign_off, exception, reader.email == placement.mentor.email, occasion.home)
        queue_message(session, reader.email, mail, occasion.now)


def tell_to_decide(session: Session, occasion: Occasion, sign_off: SignOff, signer: Person | Outsider) -> None:
    """Those who decide, and the two, who see that it goes on."""
    deciders = people(deciders_of(session, sign_off.placement), signer)
    for reader in deciders:
        queue_message(session, reader.email, mails.to_decide(reader, sign_off, occasion.home), occasion.now)
    for reader in others_than(deciders, people([sign_off.placement.learner, sign_off.placement.mentor], signer)):
        queue_message(session, reader.email, mails.confirmed(reader, sign_off, occasion.home), occasion.now)


def tell_signed_off(session: Session, occasion: Occasion, sign_off: SignOff) -> None:
    standing = SIGN_OFF.standing(session, sign_off)
    for reader in all_concerned(session, sign_off, standing, occasion.actor):
        queue_message(session, reader.email, mails.signed_off(reader, sign_off, occasion.actor), occasion.now)


def tell_returned(
    session: Session, occasion: Occasion, sign_off: SignOff, before: Standing, actor: Person | Outsider, reason: str
) -> None:
    for reader in all_concerned(session, sign_off, before, actor):
        queue_message(session, reader.email, mails.returned(reader, sign_off, actor, reason), occasion.now)


def tell_void(session: Session, occasion: Occasion, sign_off: SignOff, before: Standing, reason: str) -> None:
    for reader in all_concerned(session, sign_off, before, occasion.actor):
        queue_message(session, reader.email, mails.void(reader, sign_off, occasion.actor, reason), occasion.now)


def leads_of(session: Session, sign_off: SignOff) -> list[Person]:
    """The programme leads of the learner's university."""
    provider_id = sign_off.placement.module.programme.provider_id
    holds = and_(
        RoleGrant.role == Role.PROGRAMME_LEAD, RoleGrant.ended_at.is_(None), RoleGrant.provider_id == provider_id
    )
    statement = select(Person).where(Person.is_active, Person.grants.any(holds))
    return list(session.scalars(statement.order_by(Person.id)))


def others_than(some: Iterable[Reader], readers: Iterable[Reader]) -> list[Reader]:
    known = {one.email for one in some}
    return [one for one in readers if one.email not in known]
