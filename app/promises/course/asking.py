"""A change of a placement is asked of its coordinators, who answer; until then everything stays as it is."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.models.course.changes_asked import AskedKind, AskedState, ChangeAsked
from app.models.people import Person
from app.models.placements import Placement
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.course import mails
from app.rules.coordinators import coordinators_of_network


@dataclass(frozen=True)
class Wish:
    """What is asked for, from which day, and until when where it is a pause."""

    kind: AskedKind
    from_on: date
    until_on: date | None
    why: str


def ask_coordinators(
    session: Session, occasion: Occasion, placement: Placement, person: Person, wish: Wish
) -> ChangeAsked:
    """Keep what the person asks, and tell the others; whoever calls has locked the placement and asked whether it can
    be."""
    asked = ChangeAsked(
        placement=placement,
        kind=wish.kind,
        from_on=wish.from_on,
        until_on=wish.until_on,
        why=wish.why,
        asked_by=person,
        asked_at=occasion.now,
        state=AskedState.WAITING,
    )
    session.add(asked)
    session.flush()
    record(session, person, "asked to change a placement", asked, now=occasion.now, kind=wish.kind.value)
    for reader in told_of_wishes(session, person, placement):
        queue_message(session, reader.email, mails.change_asked(reader, asked, placement, occasion.home), occasion.now)
    return asked


def told_of_wishes(session: Session, person: Person, placement: Placement) -> list[Person]:
    """The coordinators of the network, and those of the placement, without whoever asks."""
    pair = [one for one in (placement.learner, placement.mentor) if one.is_active]
    everybody = [*coordinators_of_network(session, placement.opening.network_id), *pair]
    return [one for one in {one.id: one for one in everybody}.values() if one.id != person.id]
