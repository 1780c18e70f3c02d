"""Which capabilities still have no evidence as a placement comes near its end, as conditions of the database."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from app.models.course.capabilities import Capability, CapabilityWording
from app.models.course.evidence import Evidence, evidence_capabilities
from app.models.placements import Placement
from app.models.programmes import Module
from app.rules.course.evidenced import counts

NEAR = timedelta(days=28)

Condition = ColumnElement[bool]


def lacks_evidence(today: date) -> Condition:
    """True of a placement near its end for which something that its programme asks for has no evidence."""
    asked = Capability.programme_id == programme_of_placement()
    lacking = select(Capability.id).where(asked, is_lacking(today)).correlate(Placement).exists()
    return near_its_end(today) & lacking


def numbers_lacking(session: Session, today: date, *wanted: Any) -> Mapping[int, int]:
    """How many there are, by placement, among those wanted."""
    rows = session.execute(
        select(Placement.id, func.count())
        .join(Module, Module.id == Placement.module_id)
        .join(Capability, Capability.programme_id == Module.programme_id)
        .where(*wanted, near_its_end(today), is_lacking(today))
        .group_by(Placement.id)
    )
    return {row[0]: row[1] for row in rows}


def near_its_end(today: date) -> Condition:
    return Placement.ends_on.between(today, today + NEAR)


def programme_of_placement() -> Any:
    return select(Module.programme_id).where(Module.id == Placement.module_id).correlate(Placement).scalar_subquery()


def is_lacking(today: date) -> Condition:
    """True of a capability that is asked for and has no evidence that counts in any part of the placement beside it."""
    part, of_some = aliased(Placement), aliased(Placement)
    parts = select(part.id).where(part.learner_id == Placement.learner_id, part.module_id == Placement.module_id)
    near = select(of_some.learner_id).where(of_some.ends_on.between(today, today + NEAR))
    theirs = select(part.id).where(part.learner_id.in_(near))
    shown = (
        select(Evidence.id)
        .join(evidence_capabilities, evidence_capabilities.c.evidence_id == Evidence.id)
        .join(CapabilityWording, CapabilityWording.id == evidence_capabilities.c.wording_id)
        .where(
            CapabilityWording.capability_id == Capability.id,
            Evidence.placement_id.in_(parts.correlate(Placement)),
            counts(Evidence.placement_id.in_(theirs)),
        )
        .correlate(Capability, Placement)
    )
    return Capability.retired_at.is_(None) & ~shown.exists()
