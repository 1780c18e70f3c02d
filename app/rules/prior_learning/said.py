"""What a university says of prior learning at one level; what it has not said is None, and never guessed."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.academic.prior_learning import PriorLearningRule
from app.models.programmes import Level, Provider


@dataclass(frozen=True)
class Said:
    """Credits of one level that are recognised at the most, and with an exemption; years after which learning is too
    old to count as credit; days to appeal; the lowest level of the national framework that is taken.

    `reference` is where the university says so.
    """

    cap: int | None = None
    exempt_cap: int | None = None
    age_years: int | None = None
    is_whole_modules: bool | None = None
    lowest_level: int | None = None
    appeal_days: int | None = None
    reference: str = ""


NOTHING = Said()
NEWCASTLE = "Newcastle University: recognition of prior learning, taught postgraduate programmes"
# DOMAIN.md 1.7 and C5: the one university whose caps are known for these programmes. A university that sets its own
# replaces what is here.
SHIPPED: Mapping[tuple[str, Level], Said] = {
    ("Newcastle University", Level.PGCERT): Said(cap=20, exempt_cap=30, reference=NEWCASTLE),
    ("Newcastle University", Level.PGDIP): Said(cap=40, exempt_cap=60, reference=NEWCASTLE),
    ("Newcastle University", Level.MSC): Said(cap=40, exempt_cap=60, reference=NEWCASTLE),
}


def said_by(session: Session, provider: Provider, level: Level) -> Said:
    """What the university has set last; what is shipped for it where it has set nothing."""
    newest = newest_rule(session, provider, level)
    return SHIPPED.get((provider.name, level), NOTHING) if newest is None else said_in(newest)


def newest_rule(session: Session, provider: Provider, level: Level) -> PriorLearningRule | None:
    of_level = PriorLearningRule.provider_id == provider.id, PriorLearningRule.level == level
    return session.scalar(select(PriorLearningRule).where(*of_level).order_by(PriorLearningRule.id.desc()).limit(1))


def said_in(row: PriorLearningRule) -> Said:
    return Said(
        row.cap,
        row.exempt_cap,
        row.age_years,
        row.is_whole_modules,
        row.lowest_level,
        row.appeal_days,
        row.reference,
    )
