"""The deed of a programme lead who says what her university recognises at one level."""

from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.academic.prior_learning import PriorLearningRule
from app.models.people import Person
from app.models.programmes import Level, Provider
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.rules.doubts import ask_about, doubts_about_text
from app.rules.prior_learning.said import Said, said_by


def set_rule(
    session: Session, by: Occasion, provider: Provider, level: Level, said: Said, *, is_sure: bool
) -> PriorLearningRule:
    """Say it from now on; what was decided before stays. Raises Refused where nothing would change."""
    assert isinstance(by.actor, Person)
    session.execute(select(Provider.id).where(Provider.id == provider.id).with_for_update())
    ask_about(doubts_about_text((said.reference,), by.today), is_sure)
    if said == said_by(session, provider, level):
        raise Refused("That is how it stands already. Change something, or go back.")
    row = PriorLearningRule(provider=provider, level=level, set_at=by.now, set_by=by.actor, **asdict(said))
    session.add(row)
    details = {"level": level.value, "cap": said.cap, "exempt_cap": said.exempt_cap}
    record(
        session, by.actor, "set what is recognised of prior learning", row, now=by.now, name=provider.name, **details
    )
    return row
