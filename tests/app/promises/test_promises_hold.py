"""People leave, change, exclude, pause and return around a round that runs and is published; every page stays true."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test
from sqlalchemy import select

from app.language.dates_and_times import day_in_words
from app.language.refusal import Refused
from app.models.people import Person
from app.models.placements import Offer, OfferState, Placement, Terms
from app.models.requests import PlacementRequest
from app.models.runs import Run
from app.placements.service import accept_offer
from app.platform.occasion import Occasion
from app.rounds.publishing.mails import Addresses
from app.rounds.publishing.service import publish_run
from tests.app.promises.living_world import LivingWorld
from tests.life.people import Deeds

HELD = "Until then the place is held for you."
NO_ROUND = "No round pairs you with "
NOT_KNOWN = "No mentor is known to be this person."
LONGEST_WORDS = 400


def test_no_page_says_what_is_not_so_whatever_happens(app, engine):
    class Life(Promises):
        def __init__(self):
            super().__init__(LivingWorld(app, engine))

    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=4, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


class Promises(Deeds):
    """What must be so at every moment."""

    @invariant()
    def an_offer_can_be_accepted_exactly_when_its_page_offers_it(self):
        with self.world.rows() as session:
            known = [(o.id, o.request.learner_id, o.said.terms) for o in session.scalars(select(Offer))]
        for offer_id, learner_id, _ in known:
            page = self.world.page(learner_id, f"/offers/{offer_id}")
            if page is None:
                continue
            offers_it = "Accept this place" in page.buttons
            assert self.could_accept(offer_id) == offers_it, page.paragraphs[:4]
            if page.says(HELD):
                assert offers_it
                assert self.could_accept(offer_id, after_all_others=True), "the place was not held"
            for line in page.paragraphs:
                assert len(line) < LONGEST_WORDS

    def could_accept(self, offer_id, *, after_all_others=False):
        """Do it, look whether it works, and undo it."""
        with self.world.app.test_request_context(), self.world.rows() as session:
            if after_all_others:
                for other in self.world.waiting(session):
                    if other.id != offer_id:
                        self.accepts(session, other)
            return self.accepts(session, session.get_one(Offer, offer_id))

    def accepts(self, session, offer):
        agreed = "" if not offer.has_changed_terms else self.terms_now(offer)
        try:
            with session.begin_nested():
                occasion = Occasion(offer.request.learner, self.world.today, self.world.now, "")
                placement = accept_offer(session, occasion, offer, agreed, lambda _: "")
        except Refused:
            return False
        if offer.state is OfferState.WAITING:
            return False
        fresh = placement.agreed_at == self.world.now and placement.starts_on >= self.world.today
        return fresh or offer.state is not OfferState.ACCEPTED

    def terms_now(self, offer):
        return Terms.of(offer.opening).digest

    @invariant()
    def what_waits_and_what_is_placed_keeps_to_every_limit(self):
        with self.world.rows() as session:
            assert self.world.is_within_limits(session)

    @invariant()
    def a_live_offer_is_one_that_may_be_or_its_page_says_that_it_cannot(self):
        with self.world.rows() as session:
            for offer in self.world.waiting(session):
                if self.world.may_be(offer.request, offer.opening, keeps_word=True):
                    continue
                page = self.world.page(offer.request.learner_id, f"/offers/{offer.id}")
                assert page is None or page.says("You cannot accept this place as things stand.")

    @invariant()
    def nobody_is_paired_whom_her_page_says_is_not(self):
        with self.world.rows() as session:
            for request_id, learner_id in zip(self.world.request_ids, self.world.learner_ids, strict=True):
                request = session.get_one(PlacementRequest, request_id)
                page = self.world.page(learner_id, f"/request/{request_id}/not-my-mentor")
                if page is None:
                    continue
                for one in request.excluded:
                    assert page.says(f"{NO_ROUND}{one.name}.") == bool(one.excluded_ids)
                    assert not (one.excluded_ids and not page.says(NO_ROUND))
                for offer in self.world.waiting(session):
                    if offer.request_id == request_id:
                        is_named = offer.opening.mentor_id in set().union(*(o.excluded_ids for o in request.excluded))
                        assert not is_named, "an offer of a place with somebody whom she excluded still waits"

    @invariant()
    def the_publishing_page_offers_what_can_be_done(self):
        with self.world.rows() as session:
            run = self.world.latest_run(session)
            run_id = run.id if run else None
        if run_id is None:
            return
        page = self.world.page(self.world.coordinator_id, f"/runs/{run_id}/publish")
        if page is None:
            return
        offers_it = "Publish and send the mails" in page.buttons
        assert self.could_publish(run_id) == offers_it, page.paragraphs[:4]

    def could_publish(self, run_id):
        with self.world.app.test_request_context(), self.world.rows() as session:
            run = session.get_one(Run, run_id)
            coordinator = session.get_one(Person, self.world.coordinator_id)
            addresses = Addresses("", lambda _: "")
            try:
                publish_run(session, coordinator, self.world.today, self.world.now, run.round, run, addresses)
            except Refused:
                return False
            return True

    @invariant()
    def mentors_are_told_the_number_of_offers_that_wait(self):
        with self.world.rows() as session:
            numbers = dict.fromkeys(self.world.opening_ids, 0)
            for offer in self.world.waiting(session):
                numbers[offer.opening_id] += 1
        for mentor_id, opening_id in zip(self.world.mentor_ids, self.world.opening_ids, strict=True):
            page = self.world.page(mentor_id, f"/openings/{opening_id}")
            number = numbers[opening_id]
            words = f"{number} learner has an offer" if number == 1 else f"{number} learners have an offer"
            assert page is None or page.says(words) == (number > 0)

    @invariant()
    def home_asks_for_answers_only_where_there_is_something_to_answer(self):
        with self.world.rows() as session:
            waiting = {offer.request.learner_id: offer.answer_by for offer in self.world.waiting(session)}
            placed = {one.learner_id for one in session.scalars(select(Placement))}
        for learner_id in self.world.learner_ids:
            page = self.world.page(learner_id, "/")
            if page is None:
                continue
            asks = page.says("Answer your offer by")
            assert asks == (learner_id in waiting)
            if asks:
                assert page.says(day_in_words(waiting[learner_id]))
            assert not (asks and learner_id in placed)
