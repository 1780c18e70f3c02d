"""Learners who have a place move up to a free one that they ranked higher: offered, answered, taken back."""

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import select

from app.models.course.better_places import BetterPlace, BetterPlaceState
from app.models.placements import Offer, OfferState, Placement, PlacementState
from app.models.requests import PlacementRequest
from tests.life.part import Part

BUTTONS = {"accept": "Move up to this place", "keep": "Keep what I have"}
answers = st.sampled_from(["accept", "accept", "keep"])


class MovingUp(Part):
    """Rules for a machine with a `world`; what a page offers can be done, and what it does not offer cannot."""

    @rule()
    def coordinator_offers_a_better_place(self):
        for address in self.moves_offered()[:1]:
            self.offer_move_up(address)

    @rule(answer=answers)
    def learner_answers_a_better_place(self, answer):
        for place in self.better_places()[:1]:
            self.answer_move_up(place, answer)

    @rule()
    def coordinator_takes_a_better_place_back(self):
        for place in self.better_places()[:1]:
            address = f"{self.round_address}/better-places/{place.id}/take-back"
            page = self.world.page(self.world.coordinator_id, address)
            status = self.world.send(self.world.coordinator_id, address, reason="It was a mistake.", is_sure="y")
            assert (status == 303) == ("Take it back and send the mails" in page.buttons), (status, page.text)

    @rule()
    def somebody_moves_up(self):
        """All of it on one day."""
        for address in self.moves_offered()[:1]:
            self.offer_move_up(address)
            self.answer_move_up(self.better_places()[-1], "accept")

    def moves_offered(self):
        """Where the page of free places lets somebody move up."""
        page = self.free_places()
        return [page.link(one) for one in page.links if one.endswith(" move up")] if page else []

    def offer_move_up(self, address):
        """With the day that its page suggests."""
        page = self.world.page(self.world.coordinator_id, address)
        parts = page.field("Last day to answer").value.split()
        day = dict(zip(("answer_by-day", "answer_by-month", "answer_by-year"), parts, strict=True))
        assert self.world.send(self.world.coordinator_id, address, **day) == 303, page.text

    def answer_move_up(self, place, answer):
        address = f"/moving-up/{place.id}"
        page = self.world.page(place.learner_id, address)
        is_offered = page is not None and BUTTONS[answer] in page.buttons
        read = page.all("input[name=agreed]") if is_offered else []
        agreed = read[0].attributes["value"] if read else ""
        status = self.world.send(place.learner_id, f"{address}/{answer}", agreed=agreed)
        assert (status == 303) == is_offered, (address, answer, status, page and page.text)
        if is_offered and answer == "accept":
            self.she_has_what_she_ranked_higher(place.id)

    def she_has_what_she_ranked_higher(self, place_id):
        """The offer is of the better place, accepted, and so is the one placement that it became."""
        with self.world.rows() as session:
            place = session.get_one(BetterPlace, place_id)
            offer, request = place.offer, place.offer.request
            present, before = (request.rank_of(one) for one in (place.opening_id, place.from_opening_id))
            assert present is not None
            assert before is None or present < before
            assert (offer.state, offer.opening_id) == (OfferState.ACCEPTED, place.opening_id)
            placement = session.scalars(select(Placement).where(Placement.offer_id == offer.id)).one()
            assert (placement.state, placement.opening_id) == (PlacementState.ACTIVE, place.opening_id)
            assert placement.starts_on in self.world.days_to_begin(request, place.opening)
            assert self.world.may_be(request, place.opening, keeps_word=True)

    def better_places(self):
        """Those that wait for an answer, each with its id and its learner."""
        waiting = (
            select(BetterPlace.id, PlacementRequest.learner_id)
            .join(BetterPlace.offer)
            .join(Offer.request)
            .where(BetterPlace.state == BetterPlaceState.WAITING)
        )
        with self.world.rows() as session:
            return session.execute(waiting.order_by(BetterPlace.id)).all()
