"""Whether two learners of a round can swap their places: asked when they say so, and again before anything moves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_of
from app.language.local_times import start_of_day
from app.models.placements import Offer, OfferState, Placement
from app.rules.capacity import Held
from app.rules.eligibility import Obstacle, Obstacles


@dataclass(frozen=True)
class Hold:
    """What a learner holds in a round: an offer that waits, or the placement that it became."""

    offer: Offer
    placement: Placement | None

    def can_be_swapped_at(self, now: datetime) -> bool:
        """True of an offer that is open, and of an accepted place that has not begun and stays as it is."""
        if self.placement is None:
            return self.offer.is_open_at(now)
        day = day_of(now)
        is_accepted = self.offer.state is OfferState.ACCEPTED
        can_change = self.placement.can_change_on(day) and not self.placement.has_begun_on(day)
        return is_accepted and can_change and not self.placement.pauses

    @property
    def until(self) -> datetime:
        """Until when it can be swapped, as things stand."""
        return start_of_day(self.placement.starts_on) if self.placement else self.offer.answer_until


@dataclass(frozen=True)
class InTheWay:
    """What keeps the first learner from the second one's place, and the second one from hers; both empty when they can.

    A swap leaves the number of learners of every opening, mentor and study as it was, so that no minimum can break.
    """

    of_one: tuple[Obstacle, ...]
    of_other: tuple[Obstacle, ...]

    def __bool__(self) -> bool:
        return bool(self.of_one or self.of_other)

    def turned_round(self) -> "InTheWay":
        return InTheWay(self.of_other, self.of_one)


def in_the_way_of_swap(session: Session, one: Offer, other: Offer, today: date) -> InTheWay:
    """Every limit, asked as if neither held a place; the second has what room the first one leaves."""
    held = Held.without(session, today, one, other)
    of_one = Obstacles(today, held).of(one.request, other.opening)
    after = held.with_one_more(one.request, other.opening)
    return InTheWay(of_one, Obstacles(today, after).of(other.request, one.opening))


def lock_offers(session: Session, offers: Iterable[Offer]) -> None:
    """Keep offers and the placements that they became still, and read them afresh."""
    ids = sorted(offer.id for offer in offers)
    for statement in (
        select(Offer).where(Offer.id.in_(ids)).order_by(Offer.id),
        select(Placement).where(Placement.offer_id.in_(ids)).order_by(Placement.id),
    ):
        session.scalars(statement.with_for_update().execution_options(populate_existing=True)).all()
