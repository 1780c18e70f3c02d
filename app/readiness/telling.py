"""Who is told what becomes of a need: those who check, those who wait, those whose work may start or has to stop."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.models.course.readiness import Cover
from app.models.people import Person, Role
from app.models.placements import Placement
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.readiness import mails
from app.rules.coordinators import coordinators_of_network
from app.rules.readiness.missing import day_that_matters, missing_on, needs_of
from app.rules.readiness.parts import CHECKS


def tell_entered(session: Session, cover: Cover, occasion: Occasion) -> None:
    """The mentor where she can check it, else the coordinators, who see it on their home page anyway."""
    placement = cover.need.placement
    by_mentor = Role.MENTOR in CHECKS[cover.need.kind] and placement.mentor.is_active
    readers = [placement.mentor] if by_mentor else coordinators_of_network(session, placement.opening.network_id)
    for reader in others(readers, occasion):
        queue_message(session, reader.email, mails.entered(reader, cover, occasion.home), occasion.now)


def tell_checked(session: Session, cover: Cover, occasion: Occasion) -> None:
    """Learner and mentor, once this was the last thing that was missing."""
    placement = cover.need.placement
    if is_made_whole(session, cover, occasion):
        for reader in others((placement.learner, placement.mentor), occasion):
            queue_message(session, reader.email, mails.all_in_place(reader, placement, occasion.home), occasion.now)


def is_made_whole(session: Session, cover: Cover, occasion: Occasion) -> bool:
    session.flush()
    placement = cover.need.placement
    day = day_that_matters(placement, occasion.today)
    held_before = any(one.span.has(day) for one in cover.need.covers if one.counts and one is not cover)
    return not held_before and not missing_on(needs_of(session, placement), day)


def tell_sent_back(session: Session, cover: Cover, reason: str, occasion: Occasion) -> None:
    for reader in others([cover.entered_by] if cover.entered_by else [], occasion):
        queue_message(session, reader.email, mails.sent_back(reader, cover, reason, occasion.home), occasion.now)


def tell_excepted(session: Session, cover: Cover, reason: str, occasion: Occasion) -> None:
    placement = cover.need.placement
    for reader in others((placement.learner, placement.mentor), occasion):
        queue_message(session, reader.email, mails.excepted(reader, cover, reason, occasion.home), occasion.now)


def tell_taken_away(session: Session, cover: Cover, reason: str, occasion: Occasion) -> None:
    for reader in others(everybody(session, cover.need.placement), occasion):
        queue_message(session, reader.email, mails.taken_away(reader, cover, reason, occasion.home), occasion.now)


def everybody(session: Session, placement: Placement) -> list[Person]:
    """Learner, mentor and the coordinators of the network, each once."""
    found = [placement.learner, placement.mentor, *coordinators_of_network(session, placement.opening.network_id)]
    return list({one.id: one for one in found}.values())


def others(readers: Iterable[Person], occasion: Occasion) -> list[Person]:
    return [one for one in readers if one.is_active and one is not occasion.actor]
