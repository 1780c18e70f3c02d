"""Who is told what becomes of a learning agreement."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from app.agreements import mails
from app.models.course.agreements import LearningAgreement
from app.models.people import Person
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.platform.signing.lifecycle import signers_to_tell
from app.rules.academic.supervisors import supervisor_of
from app.rules.agreements.parts import supervisors_of
from app.rules.signing.standing import Standing


def tell_given(session: Session, occasion: Occasion, agreement: LearningAgreement) -> None:
    """Mentor and academic supervisors, each once."""
    placement = agreement.placement
    has_own = supervisor_of(session, placement) is not None
    for reader in others([placement.mentor, *supervisors_of(session, placement)], occasion):
        is_one_of_several = not has_own and reader is not placement.mentor
        mail = mails.to_sign(reader, agreement, occasion.home, is_one_of_several=is_one_of_several)
        queue_message(session, reader.email, mail, occasion.now)


def tell_complete(session: Session, occasion: Occasion, agreement: LearningAgreement, standing: Standing) -> None:
    for reader in others(signers_to_tell(session, standing, occasion.actor), occasion):
        queue_message(session, reader.email, mails.complete(reader, agreement, occasion.home), occasion.now)


def tell_reopened(
    session: Session, occasion: Occasion, agreement: LearningAgreement, before: Standing, reason: str
) -> Sequence[Person]:
    """Whoever had signed, because her signature counts no longer; and the learner, because she changes it."""
    signers = signers_to_tell(session, before, occasion.actor)
    readers = others([agreement.placement.learner, *signers], occasion)
    for reader in readers:
        mail = mails.reopened(reader, agreement, occasion.actor, reason, reader in signers, occasion.home)
        queue_message(session, reader.email, mail, occasion.now)
    return readers


def others(readers: Iterable[Person], occasion: Occasion) -> list[Person]:
    """Each once, where mail reaches her; not who does the deed."""
    found = {one.id: one for one in readers if one.is_active and one is not occasion.actor}
    return list(found.values())
