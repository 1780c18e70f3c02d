"""The modules for which a learner can look for a supervisor."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from app.models.people import Person
from app.models.programmes import CreditDecision, Enrolment, Module, ModuleKind, Programme
from app.rules.prior_learning.held import is_recognised
from app.rules.programmes.standing import can_be_taken


def rpe_modules_of(session: Session, learner: Person) -> list[Module]:
    """The RPE modules of the learner's running enrolments whose credit was neither decided nor recognised yet."""
    decided = exists().where(
        CreditDecision.enrolment_id == Enrolment.id,
        CreditDecision.module_id == Module.id,
        CreditDecision.credits > 0,
    )
    statement = (
        select(Module)
        .join(Enrolment, Enrolment.programme_id == Module.programme_id)
        .where(
            Enrolment.learner_id == learner.id,
            Enrolment.ended_on.is_(None),
            Module.kind == ModuleKind.RPE,
            can_be_taken(),
            ~decided,
            ~is_recognised(Enrolment.learner_id, Module.id),
        )
        .order_by(Enrolment.started_on, Module.id)
        .options(joinedload(Module.programme).joinedload(Programme.provider))
    )
    return list(session.scalars(statement))
