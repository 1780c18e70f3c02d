"""Whether a learner has a place for a module already, by whichever road, or is offered one."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, joinedload

from app.models.pairs.nominations import OPEN, Nomination
from app.models.people import Person
from app.models.placements import Offer, Outcome, Placement
from app.models.programmes import Enrolment, Module
from app.models.requests import PlacementRequest
from app.rules.credit.counting import is_credited


def has_place_for(session: Session, learner_id: int, module_id: int | None, today: date) -> bool:
    """True while a placement for the module runs, or is to begin."""
    hers = (Placement.learner_id == learner_id, Placement.module_id == module_id, Placement.is_current_on(today))
    return session.scalar(select(Placement.id).where(*hers).limit(1)) is not None


def has_left(session: Session, learner_id: int, module_id: int | None) -> bool:
    """True where her time on the programme of the module has ended, or its end is noted."""
    of_module = select(Enrolment.id).join(Module, Module.programme_id == Enrolment.programme_id)
    hers = (Enrolment.learner_id == learner_id, Module.id == module_id, Enrolment.ended_on.is_not(None))
    return session.scalar(of_module.where(*hers).limit(1)) is not None


ASKS_AGAIN = frozenset({Outcome.INCOMPLETE, Outcome.WITHDRAWN})


def ended_without_completion(
    session: Session, learner_modules: Collection[tuple[int, int]], today: date
) -> dict[tuple[int, int], Placement]:
    """Of these learners and modules those whose last placement ended incomplete or withdrawn, with that placement.

    Then nothing keeps the learner from asking again for the module, while she is on its programme and has no credit for
    it; completed early does. One query.
    """
    learners = {learner_id for learner_id, _ in learner_modules}
    statement = (
        select(Placement)
        .where(Placement.learner_id.in_(learners), is_still_to_be_done())
        .order_by(Placement.agreed_at, Placement.id)
        .options(joinedload(Placement.mentor))
    )
    last = {(one.learner_id, one.module_id): one for one in session.scalars(statement)}
    return {
        key: last[key]
        for key in learner_modules
        if key in last and last[key].outcome in ASKS_AGAIN and not last[key].is_current_on(today)
    }


def is_still_to_be_done() -> ColumnElement[bool]:
    """True of placements whose learner is on the programme of their module, without credit for it."""
    return exists().where(
        Enrolment.learner_id == Placement.learner_id,
        Enrolment.programme_id == Module.programme_id,
        Module.id == Placement.module_id,
        Enrolment.ended_on.is_(None),
        ~is_credited(Placement.module_id),
    )


def enrolment_id_of(session: Session, placement: Placement) -> int | None:
    """The enrolment within which a placement is."""
    hers = Enrolment.learner_id == placement.learner_id, Enrolment.programme_id == placement.module.programme_id
    return session.scalar(select(Enrolment.id).where(*hers))


def offer_for(session: Session, learner_id: int, module_id: int, today: date) -> Offer | None:
    """The offer for the module that she can answer."""
    statement = (
        select(Offer)
        .join(Offer.request)
        .where(
            PlacementRequest.learner_id == learner_id, PlacementRequest.module_id == module_id, Offer.is_open_on(today)
        )
    )
    return session.scalar(statement.limit(1))


def needs_no_request(session: Session, learner: Person, today: date) -> bool:
    """True while she has a place that she found herself, or waits to hear about one."""
    placed = select(Placement.id).where(
        Placement.learner_id == learner.id, Placement.nomination_id.is_not(None), Placement.is_current_on(today)
    )
    nominated = select(Nomination.id).where(Nomination.learner_id == learner.id, Nomination.state.in_(OPEN))
    return any(session.scalar(one.limit(1)) is not None for one in (placed, nominated))
