"""What follows a publication: time passes, learners wait or not, turns open and end, free places are offered."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from app.placements.jobs import keep_to_the_days
from app.placements.moving_up.jobs import keep_better_places_to_their_days
from app.placements.swaps.jobs import end_what_is_over
from tests.app.studies.filling_in import day as typed_day
from tests.life.part import Part
from tests.life.people import which

ANSWERS = {
    "accept": {},
    "decline": {"kind": "TRAVEL", "waits": "yes"},
    "decline for good": {"kind": "ELSEWHERE", "waits": "no"},
    "more-time": {"reason": "I must ask my employer."},
}


class Turns(Part):
    """Rules for a machine with a `world`; what is refused changes nothing."""

    @rule(n=which, what=st.sampled_from(list(ANSWERS)))
    def learner_answers(self, n, what):
        with self.world.rows() as session:
            offers = [one.id for one in self.world.waiting(session) if one.request_id == self.world.request_ids[n]]
        for offer_id in offers:
            address = f"/offers/{offer_id}/{what.partition(' ')[0]}"
            self.world.send(self.world.learner_ids[n], address, **ANSWERS[what])

    @rule(n=which, deed=st.sampled_from(["stop-waiting", "wait"]))
    def learner_waits_or_not(self, n, deed):
        self.world.send(self.world.learner_ids[n], f"/request/{self.world.request_ids[n]}/{deed}")

    @rule(days=st.sampled_from([1, 7, 30]))
    def days_pass(self, days):
        self.world.day_number += days
        with self.world.app.test_request_context():
            keep_to_the_days()
            end_what_is_over()
            keep_better_places_to_their_days()

    @rule(hears=st.integers(0, 5), more=st.integers(1, 20))
    def coordinator_opens_a_turn(self, hears, more):
        by = self.world.today + timedelta(days=hears)
        data = {**typed_day("hears_by", by), **typed_day("answer_by", by + timedelta(days=more))}
        self.world.send(self.world.coordinator_id, f"{self.round_address}/turns/new", **data)

    @rule()
    def coordinator_ends_the_turn(self):
        self.world.send(self.world.coordinator_id, f"{self.round_address}/turns/end")

    @rule(days=st.integers(1, 10))
    def coordinator_offers_to_who_comes_next(self, days):
        page = self.free_places()
        if page is None:
            return
        offered = [link for link in page.links if link.startswith("Offer it to ")]
        for link in offered[:1]:
            data = typed_day("answer_by", self.world.today + timedelta(days=days))
            assert self.world.send(self.world.coordinator_id, page.link(link), **data) == 303

    def free_places(self):
        """The page of free places; None before the round is published."""
        with self.world.rows() as session:
            if self.world.the_round(session).published_at is None:
                return None
        return self.world.page(self.world.coordinator_id, f"{self.round_address}/free-places")
