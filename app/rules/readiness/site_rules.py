"""How long training counts and how early each need is due at an organisation."""

import calendar
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.language.working_days import working_day_before
from app.models.course.readiness import NeedKind, ReadinessRule


@dataclass(frozen=True, slots=True)
class SiteRule:
    """Months for which GCP training counts, and the lead time of each need in working days before the first day.

    Training in GCP has no end by law; each employer or site decides. What stands here as default is a habit and no
    rule of anybody, so sites and administrators set their own.
    """

    gcp_months: int = 36
    access_days: int = 30
    release_days: int = 20
    gcp_days: int = 10
    delegation_days: int = 5

    def due_on(self, kind: NeedKind, starts_on: date) -> date:
        """The day by which a need should be in place."""
        return working_day_before(starts_on, getattr(self, f"{kind.name.lower()}_days"))

    def gcp_until(self, trained_on: date) -> date:
        """The last day on which training of a day counts."""
        return months_after(trained_on, self.gcp_months)


NAMES = tuple(SiteRule.__dataclass_fields__)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def newest_rule(session: Session, organisation_id: int | None) -> ReadinessRule | None:
    """What was set last for an organisation, or without one for everywhere."""
    of_it = ReadinessRule.organisation_id == organisation_id
    if organisation_id is None:
        of_it = ReadinessRule.organisation_id.is_(None)
    return session.scalar(select(ReadinessRule).where(of_it).order_by(ReadinessRule.id.desc()).limit(1))


def rule_at(session: Session, organisation_id: int | None) -> SiteRule:
    """What counts at an organisation: what was set for it, else for everywhere, else what everybody begins with."""
    of_either = or_(ReadinessRule.organisation_id == organisation_id, ReadinessRule.organisation_id.is_(None))
    rows = session.scalars(select(ReadinessRule).where(of_either).order_by(ReadinessRule.id)).all()
    row = max(rows, key=lambda one: (one.organisation_id is not None, one.id), default=None)
    return SiteRule(*(getattr(row, name) for name in NAMES)) if row else SiteRule()
