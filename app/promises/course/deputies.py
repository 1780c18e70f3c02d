"""What can become of a mentor's deputy, and who stands in no longer because a placement changes or somebody leaves."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from app.models.course.deputies import Deputy, DeputyState
from app.models.people import Person
from app.models.placements import Placement
from app.platform.lifecycle import Lifecycle, Move, Party
from app.platform.occasion import Occasion
from app.platform.outbox import queue_message
from app.promises.course import mails

AGREE, DECLINE = "agreed to stand in", "declined to stand in"
TAKE_BACK, END = "took back a deputy", "ended the time of a deputy"
ASKED, AGREED = frozenset({DeputyState.ASKED}), frozenset({DeputyState.AGREED})

DEPUTIES = Lifecycle(
    "deputy",
    (
        Move(AGREE, ASKED, DeputyState.AGREED, frozenset({Party.DEPUTY})),
        Move(DECLINE, ASKED, DeputyState.DECLINED, frozenset({Party.DEPUTY})),
        Move(TAKE_BACK, ASKED, DeputyState.TAKEN_BACK, frozenset({Party.MENTOR, Party.SERVICE})),
        Move(END, AGREED, DeputyState.ENDED, frozenset({Party.MENTOR, Party.DEPUTY, Party.SERVICE})),
    ),
)


def ending(deputy: Deputy) -> str:
    """How it ends before its time as it stands."""
    return TAKE_BACK if deputy.state is DeputyState.ASKED else END


def end_deputy(
    session: Session, occasion: Occasion, deputy: Deputy, party: Party, readers: Sequence[Person], why: str = ""
) -> None:
    """Let a deputy stand in no longer, from now on, and tell the readers.

    Raises Overtaken where it has ended by now.
    """
    DEPUTIES.move(session, deputy, ending(deputy), party, occasion.actor, occasion.now, reason=why)
    deputy.ends_on = min(deputy.ends_on, occasion.today)
    for reader in readers:
        if reader.is_active and reader is not occasion.actor:
            mail = mails.deputy_ended(reader, deputy, why, occasion.home)
            queue_message(session, reader.email, mail, occasion.now)


def end_deputies_of_placement(session: Session, occasion: Occasion, placement: Placement) -> None:
    """End those for whom no day of the placement is left; on the others it ends by itself."""
    for deputy in open_deputies(session, occasion, Deputy.placement_id == placement.id):
        if deputy.last_day < max(deputy.starts_on, occasion.today) or not placement.is_current_on(occasion.today):
            why = "The placement does not run on these days any more."
            end_deputy(session, occasion, deputy, Party.SERVICE, [deputy.person], why)


def end_deputies_by(session: Session, occasion: Occasion, person: Person) -> None:
    """End whatever somebody who no longer takes part as mentor stands in for, and tell learner and mentor."""
    for deputy in open_deputies(session, occasion, Deputy.person_id == person.id):
        readers = [deputy.placement.mentor]
        if deputy.state is DeputyState.AGREED:
            readers.append(deputy.placement.learner)
        why = f"{person.name} no longer takes part here."
        end_deputy(session, occasion, deputy, Party.SERVICE, readers, why)


def open_deputies(session: Session, occasion: Occasion, which: ColumnElement[bool]) -> Sequence[Deputy]:
    """Those who are asked or have agreed, held until the end of the transaction."""
    statement = (
        select(Deputy)
        .where(which, Deputy.is_open_on(occasion.today))
        .options(
            joinedload(Deputy.person),
            joinedload(Deputy.placement).options(joinedload(Placement.learner), joinedload(Placement.mentor)),
        )
        .order_by(Deputy.id)
        .with_for_update(of=Deputy)
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).all()
