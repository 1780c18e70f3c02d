"""Which universities a lead speaks for, and what was set before."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.models.academic.prior_learning import PriorLearningRule
from app.models.people import Person, Role
from app.models.programmes import Level, Provider


def providers_led(session: Session, lead: Person) -> Sequence[Provider]:
    """The universities where she leads programmes, by name."""
    hers = Provider.id.in_(lead.provider_ids(Role.PROGRAMME_LEAD))
    return session.scalars(select(Provider).where(hers).order_by(Provider.name)).all()


def provider_led(session: Session, lead: Person, provider_id: int) -> Provider | None:
    return next((one for one in providers_led(session, lead) if one.id == provider_id), None)


def history_of(session: Session, provider: Provider, level: Level) -> Sequence[PriorLearningRule]:
    """Everything that was set, the newest first."""
    of_level = PriorLearningRule.provider_id == provider.id, PriorLearningRule.level == level
    statement = select(PriorLearningRule).where(*of_level).options(joinedload(PriorLearningRule.set_by))
    return session.scalars(statement.order_by(PriorLearningRule.id.desc())).all()
