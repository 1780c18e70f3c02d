"""How placements change their course: what learner and mentor ask for, and what the coordinator does about it."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import select

from app.models.course.changes_asked import AskedState, ChangeAsked
from app.models.course.next_places import NextPlace, NextPlaceState
from app.models.placements import Placement, PlacementState
from tests.app.studies.filling_in import day as typed_day
from tests.life.part import Part
from tests.life.people import which

BECAUSE = {"cause": "MENTOR_LEAVES", "reason": "It is better so.", "is_sure": "y"}
soon = st.integers(-5, 60)


class Courses(Part):
    """Rules for a machine with a `world`; what is refused changes nothing."""

    # Learner and mentor.

    @rule(n=which, kind=st.sampled_from(["PAUSE", "END"]), after=soon)
    def learner_asks_for_a_change(self, n, kind, after):
        for one in self.placements_of(n):
            data = {"kind": kind, "why": "My child is ill.", "is_sure": "y", **self.days_from("from_on", after)}
            self.world.send(one.learner_id, f"/placements/{one.id}/change", **data)

    @rule(n=which, after=soon)
    def mentor_says_that_she_leaves(self, n, after):
        for one in self.placements_of(n):
            data = {"why": "A new job.", "is_sure": "y", **self.days_from("from_on", after)}
            self.world.send(one.mentor_id, f"/placements/{one.id}/change", **data)

    @rule(n=which, is_learner=st.booleans())
    def somebody_asks_no_longer(self, n, is_learner):
        for one in self.placements_of(n):
            person = one.learner_id if is_learner else one.mentor_id
            self.world.send(person, f"/placements/{one.id}/change/take-back")

    @rule(n=which, accepts=st.booleans())
    def learner_answers_a_next_place(self, n, accepts):
        with self.world.rows() as session:
            hers = NextPlace.placement.has(Placement.learner_id == self.world.learner_ids[n])
            found = session.scalars(select(NextPlace.id).where(hers, NextPlace.state == NextPlaceState.WAITING)).all()
        for place_id in found:
            deed, data = ("accept", {}) if accepts else ("decline", {"why": "Too far.", "is_sure": "y"})
            self.world.send(self.world.learner_ids[n], f"/next-places/{place_id}/{deed}", **data)

    # The coordinator.

    @rule(n=which, after=soon, rests=st.integers(1, 90), longer=st.integers(-20, 60))
    def coordinator_pauses(self, n, after, rests, longer):
        for one in self.placements_of(n):
            data = {
                "reason": "A term elsewhere.",
                "is_sure": "y",
                **self.days_from("from_on", after),
                **self.days_from("resumes_on", after + rests),
                **typed_day("ends_on", one.ends_on + timedelta(days=longer)),
            }
            self.of_placement(one, "pause", **data)

    @rule(n=which)
    def coordinator_lets_go_on(self, n):
        for one in self.placements_of(n):
            self.of_placement(one, "go-on")

    @rule(n=which, outcome=st.sampled_from(["COMPLETED_EARLY", "INCOMPLETE", "WITHDRAWN"]), ago=st.integers(0, 3))
    def coordinator_ends(self, n, outcome, ago):
        for one in self.placements_of(n):
            self.of_placement(one, "end", outcome=outcome, **BECAUSE, **self.days_from("last_day", -ago))

    @rule(n=which, m=which, after=st.sampled_from([0, 1, 20]), answers=st.integers(0, 10))
    def coordinator_lets_it_go_on_elsewhere(self, n, m, after, answers):
        """On the first day that its page proposes, or later."""
        for one in self.placements_of(n):
            address = f"/our-placements/{one.id}/elsewhere/{self.world.opening_ids[m]}"
            first = max(self.world.today, one.starts_on, self.world.starts_on(self.world.opening_ids[m]))
            data = {
                **BECAUSE,
                **typed_day("first_day", first + timedelta(days=after)),
                **typed_day("last_day", first + timedelta(days=after + 60)),
                **self.days_from("answer_by", answers),
            }
            self.world.send(self.world.coordinator_id, address, **data)

    @rule(n=which)
    def coordinator_takes_back_a_next_place(self, n):
        for one in self.placements_of(n):
            self.of_placement(one, "next-place/take-back")

    @rule()
    def coordinator_does_not_agree(self):
        with self.world.rows() as session:
            waiting = select(ChangeAsked.id, ChangeAsked.placement_id).where(ChangeAsked.state == AskedState.WAITING)
            found = session.execute(waiting.limit(1)).all()
        for wish_id, placement_id in found:
            address = f"/our-placements/{placement_id}/wishes/{wish_id}"
            self.world.send(self.world.coordinator_id, address, answer="Not now.", is_sure="y")

    def of_placement(self, placement, path, **data):
        return self.world.send(self.world.coordinator_id, f"/our-placements/{placement.id}/{path}", **data)

    def days_from(self, name, days):
        return typed_day(name, self.world.today + timedelta(days=days))

    def placements_of(self, n):
        """Ids and days of the placements of a learner that nobody has ended."""
        columns = (Placement.id, Placement.learner_id, Placement.mentor_id, Placement.starts_on, Placement.ends_on)
        hers = (Placement.learner_id == self.world.learner_ids[n], Placement.state == PlacementState.ACTIVE)
        with self.world.rows() as session:
            return session.execute(select(*columns).where(*hers).order_by(Placement.id)).all()
