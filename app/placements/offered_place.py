"""Whether an offer can be accepted as it was read, asked within the transaction that accepts it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.refusal import Overtaken
from app.models.placements import Offer, Terms
from app.phrasebook.obstacles import to_learner
from app.promises.live_offers import PASSING, obstacles_of
from app.rules.capacity import lock_limits
from app.rules.eligibility import Obstacle, first_day_together

COORDINATOR = "Your coordinators have been told and can look for another place for you; that is not certain."
STAYS = "The offer stays open: if that changes before its last day, you can accept it then."


class TermsChanged(Overtaken):
    """What the learner said yes to is not what the offer says now."""


def lock_what_limits(session: Session, offer: Offer) -> None:
    """Lock what an acceptance depends on and read it afresh: what limits the opening, then the offer."""
    lock_limits(session, [offer.opening])
    statement = select(Offer).where(Offer.id == offer.id).with_for_update()
    session.scalars(statement.execution_options(populate_existing=True)).all()


def check_can_be_accepted(session: Session, offer: Offer, today: date) -> None:
    """Raise Overtaken when anything that the run had to obey no longer holds: people, study, dates, limits, places."""
    found = obstacles_of(session, offer, today)
    if found:
        raise Overtaken(f"We are sorry: {why(found[0], offer)} {what_next(found[0])}")


def why(obstacle: Obstacle, offer: Offer) -> str:
    """One sentence to the learner."""
    if obstacle is Obstacle.NO_PLACE:
        return f"the last place with {offer.opening.mentor.name} on this study has just been taken."
    return f"you cannot accept this place, because {to_learner(obstacle)}."


def what_next(obstacle: Obstacle) -> str:
    return f"{COORDINATOR} {STAYS}" if obstacle in PASSING else COORDINATOR


def agreement(offer: Offer, today: date) -> str:
    """What the form of an offer carries: its terms, by their digest, and its first day."""
    return f"{Terms.of(offer.opening).digest} {first_day_together(offer.request, offer.opening, today)}"


def check_terms(offer: Offer, agreed: str, today: date) -> None:
    """Raise TermsChanged when what the learner read is not so today; that a day has passed is no change."""
    digest, _, first_day = (agreed or offer.said.terms.digest).partition(" ")
    begins = first_day_together(offer.request, offer.opening, today)
    is_as_read = not first_day or str(begins) == max(first_day, str(today))
    if Terms.of(offer.opening).digest != digest or not is_as_read:
        raise TermsChanged("The place has changed since you read it. Please read it again, then answer.")
