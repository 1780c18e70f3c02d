"""Reads what a transcript says: every level of a learner, and what was recognised in each."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.ledgers.transcript.paper import LevelRead
from app.models.academic.prior_learning import CreditUse, PriorLearningClaim
from app.models.programmes import Enrolment
from app.rules.credit.held import held_of
from app.rules.prior_learning.facts import whole_claim


def levels_of(session: Session, enrolments: Sequence[Enrolment]) -> list[LevelRead]:
    """The levels, what was begun first first; a few queries however many there are."""
    held = held_of(session, enrolments)
    counts = select(CreditUse.claim_id).where(CreditUse.ended_at.is_(None))
    statement = select(PriorLearningClaim).where(
        PriorLearningClaim.enrolment_id.in_([one.id for one in enrolments]), PriorLearningClaim.id.in_(counts)
    )
    claims: defaultdict[int, list[PriorLearningClaim]] = defaultdict(list)
    for claim in session.scalars(statement.options(*whole_claim()).order_by(PriorLearningClaim.id)):
        claims[claim.enrolment_id].append(claim)
    in_order = sorted(enrolments, key=lambda one: (one.started_on, one.id))
    return [LevelRead(one, held[one.id], claims[one.id]) for one in in_order]
