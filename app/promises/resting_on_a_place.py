"""What rests on the place that a learner has by an offer, and ends when she has it no longer: swaps, and moves up."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.platform.occasion import Occasion
from app.promises.moving_up.ending import end_better_places_of
from app.promises.swaps.ending import end_swaps_of


def end_what_rests_on(session: Session, occasion: Occasion, offer_ids: Sequence[int]) -> None:
    """To be asked after each deed that ends what these offers gave; whoever waits for an answer is told."""
    end_swaps_of(session, occasion, offer_ids)
    end_better_places_of(session, occasion, offer_ids)
