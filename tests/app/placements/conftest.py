"""Places of a round that learners have said yes to."""

import pytest

from app.models.placements import Offer, OfferState, Placement, PlacementState


@pytest.fixture
def accept(build):
    """accept(offer) makes it a placement that begins when its opening does."""

    def answer(offer: Offer, **given: object) -> Placement:
        offer.state, offer.answered_at = OfferState.ACCEPTED, build.now
        values = {
            "starts_on": offer.opening.starts_on,
            "ends_on": offer.opening.ends_on,
            "state": PlacementState.ACTIVE,
            "agreed_at": build.now,
            **given,
        }
        return build.add(
            Placement(
                learner=offer.request.learner,
                mentor=offer.opening.mentor,
                opening=offer.opening,
                module=offer.request.module,
                offer=offer,
                **values,
            )
        )

    return answer
