"""What a learner needs to begin a level: the one before it, here or elsewhere, or what a university takes for it."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.academic.prior_awards import PriorAward, PriorAwardState
from app.models.programmes import Enrolment, Level, Programme
from app.rules.credit.held import held_of

BEFORE: Mapping[Level, Level | None] = {Level.PGCERT: None, Level.PGDIP: Level.PGCERT, Level.MSC: Level.PGDIP}


def missing_level(session: Session, learner_id: int, programme: Programme) -> Level | None:
    """The level that she has to have and has not, as far as this university knows (rule C4).

    She has it by the credits that she holds of the whole of it, at whichever university here, or by an award from
    elsewhere that this university confirmed, of that level or a higher one.
    """
    before = BEFORE[programme.level]
    if before is None or before in levels_of(session, learner_id, programme.provider_id):
        return None
    return before


def levels_of(session: Session, learner_id: int, provider_id: int) -> frozenset[Level]:
    """The levels that she has; whoever has a higher one has those below it."""
    order = list(Level)
    reached = max((order.index(one) for one in completed(session, learner_id, provider_id)), default=-1)
    return frozenset(order[: reached + 1])


def completed(session: Session, learner_id: int, provider_id: int) -> frozenset[Level]:
    awards = select(PriorAward.level).where(
        PriorAward.learner_id == learner_id,
        PriorAward.provider_id == provider_id,
        PriorAward.state == PriorAwardState.CONFIRMED,
    )
    programme, decisions = joinedload(Enrolment.programme), selectinload(Enrolment.decisions)
    hers = select(Enrolment).where(Enrolment.learner_id == learner_id).options(programme, decisions)
    enrolments = session.scalars(hers).all()
    held = held_of(session, enrolments)
    here = [one.programme.level for one in enrolments if held[one.id].is_complete]
    return frozenset([*session.scalars(awards), *here])
