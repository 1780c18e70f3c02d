"""Two learners swap their places: by a code, a question, an answer, and a coordinator's yes or no."""

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import select

from app.models.course.swaps import Swap, SwapCode, SwapState
from app.models.placements import Offer, OfferState, Placement, PlacementState
from app.models.studies import Opening
from tests.life.part import Part
from tests.life.people import which

HOLDS = (OfferState.WAITING, OfferState.ACCEPTED)
BUTTONS = {"agree": "Yes, I agree", "decline": "No, I keep my place", "take-back": "Take it back"}
mostly_yes = st.sampled_from(["agree", "agree", "agree", "decline", "take-back"])


class Swaps(Part):
    """Rules for a machine with a `world`; what is refused changes nothing, and what a page offers can be done."""

    @rule(n=which)
    def learner_makes_a_code(self, n):
        for offer_id in self.held_by(n):
            self.world.send(self.world.learner_ids[n], f"/offers/{offer_id}/swap/code")

    @rule(n=which, m=which)
    def learner_asks_to_swap(self, n, m):
        """With the code that the other one gives her, who makes one where she has none."""
        for mine in self.held_by(n):
            for theirs in self.held_by(m):
                self.ask(n, mine, self.code_of(theirs) or self.made_code_of(m, theirs))

    @rule(deed=mostly_yes, by_other=st.booleans())
    def learner_answers_a_swap(self, deed, by_other):
        for swap_id, one, other in self.swaps_in(SwapState.PROPOSED, SwapState.AGREED)[:1]:
            self.answer(swap_id, deed, other if by_other else one)

    @rule(does=st.booleans())
    def coordinator_decides_a_swap(self, does):
        for swap_id, _, _ in self.swaps_in(SwapState.AGREED)[:1]:
            if does:
                self.do(swap_id)
            else:
                data = {"answer": "The mentors have planned it.", "is_sure": "y"}
                self.world.send(self.world.coordinator_id, f"/swaps/{swap_id}/refuse", **data)

    @rule(n=which, m=which)
    def two_swap(self, n, m):
        """All of it on one day, which seldom comes about by itself."""
        self.learner_asks_to_swap(n, m)
        for swap_id, _, other in self.swaps_in(SwapState.PROPOSED):
            self.answer(swap_id, "agree", other)
        for swap_id, _, _ in self.swaps_in(SwapState.AGREED):
            self.do(swap_id)

    # Each deed, against what its page says.

    def ask(self, n, mine, code):
        """Nobody reaches a place of her own, or one of which there is no code."""
        learner, address = self.world.learner_ids[n], f"/offers/{mine}/swap/with/{code}"
        self.send_if_offered(learner, address, address, "Ask ")
        for swap_id, asks, _ in self.swaps_in(SwapState.PROPOSED):
            if asks == learner:
                self.yes_to.setdefault((swap_id, "one"), self.place_of(swap_id, "other"))

    def answer(self, swap_id, deed, learner):
        address = f"/swaps/{swap_id}"
        if self.send_if_offered(learner, address, f"{address}/{deed}", BUTTONS[deed]) and deed == "agree":
            self.yes_to[swap_id, "other"] = self.place_of(swap_id, "one")

    def do(self, swap_id):
        """It can be done if, and only if, the page says so; then each has what the other one had, and both said yes."""
        address = f"/swaps/{swap_id}"
        if self.send_if_offered(self.world.coordinator_id, f"{address}/decide", f"{address}/do", "Yes, let them swap"):
            self.each_has_what_she_agreed_to(swap_id)

    def send_if_offered(self, person, page_address, address, button):
        """Whether it was done: exactly where the page has a button for it."""
        page = self.world.page(person, page_address)
        is_offered = page is not None and any(words.startswith(button) for words in page.texts("button"))
        status = self.world.send(person, address)
        assert (status == 303) == is_offered, (address, status, page and page.text)
        return is_offered

    def each_has_what_she_agreed_to(self, swap_id):
        """As the place was when she said yes; nobody named the mentor that she has now."""
        with self.world.rows() as session:
            swap = session.get_one(Swap, swap_id)
            for side, offer in (("one", swap.one), ("other", swap.other)):
                assert (offer.state, place_at(offer.opening)) == (OfferState.ACCEPTED, self.yes_to[swap_id, side])
                placement = session.scalars(select(Placement).where(Placement.offer_id == offer.id)).one()
                assert (placement.state, placement.opening_id) == (PlacementState.ACTIVE, offer.opening_id)
                assert placement.learner_id == offer.request.learner_id
                assert placement.starts_on in self.world.days_to_begin(offer.request, offer.opening)
                assert self.world.may_be(offer.request, offer.opening)

    # What the rows say.

    def held_by(self, n):
        """The offers of a learner's latest request that she holds."""
        hers = (Offer.request_id == self.world.request_ids[n], Offer.state.in_(HOLDS))
        with self.world.rows() as session:
            return session.scalars(select(Offer.id).where(*hers)).all()

    def made_code_of(self, n, offer_id):
        self.world.send(self.world.learner_ids[n], f"/offers/{offer_id}/swap/code")
        return self.code_of(offer_id) or "NONE"

    def code_of(self, offer_id):
        good = (SwapCode.offer_id == offer_id, SwapCode.ended_at.is_(None))
        with self.world.rows() as session:
            return session.scalar(select(SwapCode.code).where(*good))

    def swaps_in(self, *states):
        """Each with the learner who asked and the one who was asked."""
        with self.world.rows() as session:
            found = session.scalars(select(Swap).where(Swap.state.in_(states)).order_by(Swap.id)).all()
            return [(one.id, one.one.request.learner_id, one.other.request.learner_id) for one in found]

    def place_of(self, swap_id, side):
        """What one of the two has, as it reads now."""
        with self.world.rows() as session:
            return place_at(getattr(session.get_one(Swap, swap_id), side).opening)


def place_at(opening: Opening) -> tuple[object, ...]:
    """What a learner says yes to."""
    return opening.id, opening.mentor_id, opening.study_id, opening.starts_on, opening.ends_on, opening.learner_does
