"""A round after its publication, whatever its people do: limits hold, nobody loses what she has, pages are true."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from app.models.people import Person
from app.models.placements import Offer, OfferState, Placement, PlacementState
from app.models.requests import PlacementRequest
from app.models.runs import Run
from app.models.studies import Opening, OpeningState
from tests.app.promises.living_world import LivingWorld, learners_max
from tests.life.people import which
from tests.life.turns import Turns

HOLDS = (OfferState.WAITING, OfferState.ACCEPTED)


def test_after_a_publication_limits_hold_and_free_places_are_seen(app, engine):
    class Life(AfterPublication):
        def __init__(self):
            super().__init__(LivingWorld(app, engine))

    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=5, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


class AfterPublication(Turns, RuleBasedStateMachine):
    """What people can do by the forms of their pages; what is refused changes nothing."""

    def __init__(self, world):
        super().__init__()
        self.world, self.accepted = world, {}

    def teardown(self):
        self.world.close()

    @initialize(n=which)
    def is_published_with_one_opening_too_few(self, n):
        with self.world.rows() as session:
            session.get_one(Opening, self.world.opening_ids[n]).state = OpeningState.PAUSED
            session.commit()
        self.coordinator_runs_and_publishes()

    # Mentors.

    @rule(n=which, deed=st.sampled_from(["pause", "resume"]))
    def mentor_moves_her_opening(self, n, deed):
        self.world.send(self.world.mentor_ids[n], f"/openings/{self.world.opening_ids[n]}/{deed}")

    # The coordinator.

    @rule()
    def coordinator_runs_and_publishes(self):
        self.world.send(self.world.coordinator_id, f"{self.round_address}/runs/new", policy="fit")
        with self.world.rows() as session:
            run_id = session.scalar(select(Run.id).order_by(Run.id.desc()).limit(1))
        if run_id:
            self.world.send(self.world.coordinator_id, f"/runs/{run_id}/publish", has_looked="y")

    # What is always so.

    @invariant()
    def no_limit_is_broken_and_nobody_has_two_places_for_one_request(self):
        with self.world.rows() as session:
            assert self.world.is_within_limits(session)
            held = list(session.scalars(select(Offer.request_id).where(Offer.state.in_(HOLDS))))
            assert len(held) == len(set(held))

    @invariant()
    def nobody_loses_a_place_that_she_accepted(self):
        with self.world.rows() as session:
            kept = {
                placement.offer.request_id: placement.opening_id
                for placement in session.scalars(select(Placement).where(Placement.state == PlacementState.ACTIVE))
            }
        assert self.accepted.items() <= kept.items()
        self.accepted = kept

    @invariant()
    def nobody_is_offered_again_what_she_declined(self):
        with self.world.rows() as session:
            offers = session.execute(select(Offer.request_id, Offer.opening_id, Offer.state).order_by(Offer.id)).all()
        for number, (request_id, opening_id, _) in enumerate(offers):
            assert (request_id, opening_id, OfferState.DECLINED) not in offers[:number]

    @invariant()
    def every_free_place_is_on_the_page_of_the_coordinator(self):
        page = self.free_places()
        if page is None:
            return
        with self.world.rows() as session:
            free = [opening for opening in session.scalars(select(Opening)) if self.is_free(session, opening)]
            names = {f"{opening.mentor.name}, {opening.study.name}" for opening in free}
        assert set(page.rows) == names
        says = (
            f"{len(names)} opening has a free place."
            if len(names) == 1
            else f"{len(names)} openings have a free place."
        )
        assert page.says(says)

    def is_free(self, session, opening):
        """By the bare rows: published, and neither it nor its mentor nor its study has as many as it can take."""
        placed = list(session.scalars(select(Placement).where(Placement.ends_on >= self.world.today)))
        held = [one.opening for one in [*placed, *self.world.waiting(session)]]
        limit = opening.study.learner_limit
        return (
            opening.state is OpeningState.PUBLISHED
            and held.count(opening) < opening.places
            and sum(one.mentor_id == opening.mentor_id for one in held) < learners_max(opening)
            and (limit is None or sum(one.study_id == opening.study_id for one in held) < limit)
        )

    @invariant()
    def each_home_says_whether_she_waits(self):
        with self.world.rows() as session:
            if self.world.the_round(session).published_at is None:
                return
            holds = set(session.scalars(select(Offer.request_id).where(Offer.state.in_(HOLDS))))
            waiting = {
                request.learner_id: request.wants_a_place and request.id not in holds
                for request in session.scalars(select(PlacementRequest))
                if session.get_one(Person, request.learner_id).is_active
            }
        for learner_id, waits in waiting.items():
            page = self.world.page(learner_id, "/")
            assert (page.says("You wait for a place of") or page.says("You are in the next turn of")) == waits
