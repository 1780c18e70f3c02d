"""Who is told what becomes of a progress review."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from app.models.course.progress_reviews import ProgressReview
from app.models.operations.parties import Party
from app.models.people import Person
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.platform.signing.lifecycle import signers_to_tell
from app.progress_reviews import mails
from app.rules.progress_reviews.parts import other_than, person_in
from app.rules.signing.standing import Standing


def tell_handed_in(session: Session, occasion: Occasion, review: ProgressReview, party: Party) -> None:
    for reader in others([person_in(review.placement, other_than(party))], occasion):
        queue_message(session, reader.email, mails.handed_in(reader, review, party, occasion.home), occasion.now)


def tell_to_sign(session: Session, occasion: Occasion, review: ProgressReview, party: Party) -> None:
    for reader in others([person_in(review.placement, other_than(party))], occasion):
        queue_message(session, reader.email, mails.to_sign(reader, review, party, occasion.home), occasion.now)


def tell_complete(session: Session, occasion: Occasion, review: ProgressReview, party: Party) -> None:
    for reader in others([person_in(review.placement, other_than(party))], occasion):
        queue_message(session, reader.email, mails.complete(reader, review, occasion.home), occasion.now)


def tell_reopened(
    session: Session,
    occasion: Occasion,
    review: ProgressReview,
    before: Standing,
    reader_before: Person | None,
    reason: str,
) -> Sequence[Person]:
    """Both, because they write it down anew, and the supervisor who had read it."""
    signers = signers_to_tell(session, before, occasion.actor)
    had_read = [reader_before] if reader_before else []
    readers = others([review.placement.learner, review.placement.mentor, *had_read], occasion)
    for reader in readers:
        mail = mails.reopened(reader, review, occasion.actor, reason, reader in signers, occasion.home)
        queue_message(session, reader.email, mail, occasion.now)
    return readers


def others(readers: Iterable[Person], occasion: Occasion) -> list[Person]:
    """Each once, where mail reaches her; not who does the deed."""
    actor_id = occasion.actor.id if occasion.actor else None
    found = {one.id: one for one in readers if one.is_active and one.id != actor_id}
    return list(found.values())
