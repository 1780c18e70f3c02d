"""What a programme's lead may see and change of its capabilities."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.course.capabilities import Capability, CapabilityWording
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.programmes import Module, ModuleKind, Programme


def programmes_led_by(session: Session, lead: Person) -> Sequence[Programme]:
    """The programmes with an RPE at the universities where she leads programmes, by title."""
    has_rpe = Programme.modules.any(Module.kind == ModuleKind.RPE)
    return session.scalars(
        select(Programme)
        .where(Programme.provider_id.in_(lead.provider_ids(Role.PROGRAMME_LEAD)), has_rpe)
        .options(joinedload(Programme.provider))
        .order_by(Programme.title, Programme.id)
    ).all()


def programme_led_by(session: Session, lead: Person, programme_id: int) -> Programme | None:
    """The programme, if she leads programmes of its university."""
    wanted = Programme.id == programme_id, Programme.provider_id.in_(lead.provider_ids(Role.PROGRAMME_LEAD))
    return session.scalar(select(Programme).where(*wanted).options(joinedload(Programme.provider)))


def capability_led_by(session: Session, lead: Person, capability_id: int) -> Capability | None:
    """The capability with all its wordings, if she leads programmes of its university."""
    return session.scalar(
        select(Capability)
        .join(Capability.programme)
        .where(Capability.id == capability_id, Programme.provider_id.in_(lead.provider_ids(Role.PROGRAMME_LEAD)))
        .options(
            joinedload(Capability.programme).joinedload(Programme.provider),
            selectinload(Capability.wordings).joinedload(CapabilityWording.said_by),
        )
    )


def number_unconfirmed(session: Session, lead: Person) -> dict[int, int]:
    """How many capabilities of each programme that she leads wait to be confirmed, by the programme's id."""
    rows = session.execute(
        select(Capability.programme_id, func.count(CapabilityWording.id))
        .join(Capability.wordings)
        .join(Capability.programme)
        .where(
            Programme.provider_id.in_(lead.provider_ids(Role.PROGRAMME_LEAD)),
            Capability.retired_at.is_(None),
            CapabilityWording.confirmed_at.is_(None),
        )
        .group_by(Capability.programme_id)
    )
    return dict(rows.all())


def number_of_placements(session: Session, programme: Programme, today: date) -> int:
    """How many placements of a programme run or are to begin: those whom a change of its set concerns."""
    statement = select(func.count()).select_from(Placement).join(Placement.module)
    return session.scalar(statement.where(Module.programme_id == programme.id, Placement.is_current_on(today))) or 0
