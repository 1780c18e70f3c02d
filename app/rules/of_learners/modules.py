"""The modules for which a learner can look for a supervisor."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.models.people import Person
from app.models.programmes import Enrolment, Module, ModuleKind, Programme
from app.rules.credit.counting import is_credited
from app.rules.programmes.standing import can_be_taken


def rpe_modules_of(session: Session, learner: Person) -> list[Module]:
    """The RPE modules of the learner's running enrolments whose credit was not decided yet."""
    statement = (
        select(Module)
        .join(Enrolment, Enrolment.programme_id == Module.programme_id)
        .where(
            Enrolment.learner_id == learner.id,
            Enrolment.ended_on.is_(None),
            Module.kind == ModuleKind.RPE,
            can_be_taken(),
            ~is_credited(Module.id),
        )
        .order_by(Enrolment.started_on, Module.id)
        .options(joinedload(Module.programme).joinedload(Programme.provider))
    )
    return list(session.scalars(statement))
