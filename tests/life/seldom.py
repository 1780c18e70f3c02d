"""What seldom comes about by itself, played where it can be: turns, moves up, swaps, placements that go on elsewhere.

Each rule asks what is possible at this moment and draws among that; where nothing is, it makes room for it, or rests.
"""

from itertools import permutations

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import select

from app.models.placements import Offer, OfferState, Placement
from tests.life.courses import Courses
from tests.life.moving_up import MovingUp
from tests.life.swaps import Swaps
from tests.life.turns import Turns

EVERYBODY = range(3)
says_yes = st.sampled_from([True, True, True, False])


class Seldom(Turns, Courses, Swaps, MovingUp):
    """Rules for a machine with a `world`; the deeds are those of the other parts."""

    @rule(data=st.data(), accepts=says_yes)
    def a_turn_gives_places_to_who_waits(self, data, accepts):
        """Somebody declines and waits, where nobody does."""
        if not self.is_published():
            return
        holders = self.with_offers(OfferState.WAITING)
        if holders and len(holders) == len(self.with_offers(OfferState.WAITING, OfferState.ACCEPTED)):
            self.learner_answers(data.draw(st.sampled_from(holders)), "decline")
        self.coordinator_opens_a_turn(1, 10)
        self.coordinator_runs_and_publishes()
        for n in EVERYBODY if accepts else ():
            self.learner_answers(n, "accept")

    @rule(data=st.data())
    def what_most_want_comes_free_and_somebody_moves_up(self, data):
        """Who has it declines for good, where nobody can move up yet."""
        if not self.moves_offered():
            for n in self.with_offers(OfferState.WAITING, opening_id=self.world.opening_ids[1])[:1]:
                self.learner_answers(n, "decline for good")
        offered = self.moves_offered()
        if offered:
            self.offer_move_up(data.draw(st.sampled_from(offered)))
            self.answer_move_up(self.better_places()[-1], "accept")

    @rule(data=st.data())
    def two_who_have_places_swap(self, data):
        pairs = [(n, m) for n, m in permutations(EVERYBODY, 2) if self.held_by(n) and self.held_by(m)]
        if pairs:
            self.two_swap(*data.draw(st.sampled_from(pairs)))

    @rule(data=st.data(), accepts=says_yes)
    def a_placement_goes_on_where_there_is_room(self, data, accepts):
        with self.world.rows() as session:
            free = [self.world.opening_ids.index(one.id) for one in self.world.free_openings(session)]
            placed = [one for one in session.scalars(select(Placement)) if one.can_change_on(self.world.today)]
            learners = sorted({self.world.learner_ids.index(one.learner_id) for one in placed})
        if free and learners:
            n, m = data.draw(st.sampled_from(learners)), data.draw(st.sampled_from(free))
            self.coordinator_lets_it_go_on_elsewhere(n, m, after=0, answers=0)
            self.learner_answers_a_next_place(n, accepts)

    def with_offers(self, *states, **those):
        """Which learners have an offer in one of these states."""
        statement = select(Offer).where(Offer.state.in_(states)).filter_by(**those)
        with self.world.rows() as session:
            found = {one.request.learner_id for one in session.scalars(statement)}
        return [n for n in EVERYBODY if self.world.learner_ids[n] in found]
