"""Awards from elsewhere that a learner has named: each opens a level, so none of it is recognised credit as well."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.language.dates_and_times import day_in_words
from app.models.academic.prior_awards import PriorAward, PriorAwardState

COUNTING = (PriorAwardState.WAITING, PriorAwardState.CONFIRMED)


def awards_of(session: Session, learner_id: int) -> Sequence[PriorAward]:
    """Those that a university confirmed, or that wait for it, the earliest first."""
    hers = PriorAward.learner_id == learner_id, PriorAward.state.in_(COUNTING)
    statement = select(PriorAward).where(*hers).options(joinedload(PriorAward.provider))
    return session.scalars(statement.order_by(PriorAward.awarded_on, PriorAward.id)).all()


def award_in_words(award: PriorAward) -> str:
    return (
        f"“{award.title}”, {award.awarded_by}, awarded on {day_in_words(award.awarded_on)}: counts as the whole "
        f"{award.level.value}"
    )
