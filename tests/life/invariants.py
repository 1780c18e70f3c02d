"""What holds at every moment of the life of a round, told by the bare rows and by the pages of its people."""

from collections import Counter
from datetime import timedelta

from hypothesis.stateful import invariant
from sqlalchemy import select

from app.language.numbers import count, plural
from app.models.course.better_places import BetterPlace, BetterPlaceState
from app.models.course.swaps import Swap, SwapState
from app.models.operations.audit import AuditLine
from app.models.operations.state_changes import StateChange
from app.models.people import Person, Role
from app.models.placements import Offer, OfferState, Placement, PlacementState
from app.models.requests import PlacementRequest
from app.models.values.study_status import StudyStatus
from app.promises.course.lifecycles import ENDED, LEFT, MOVED, MOVED_UNBEGUN, SWAPPED
from app.promises.swaps.ending import OPEN
from app.promises.swaps.lifecycle import AGREED
from tests.app.promises.living_world import takes_part
from tests.life import story
from tests.life.part import Part

HALF_A_YEAR = timedelta(weeks=26)  # then the next round is there for those who wait
HOLDS = (OfferState.WAITING, OfferState.ACCEPTED)
EITHER = {"coordinator", "learner"}
BY_WHOM = {ENDED: {"coordinator"}, MOVED: EITHER, MOVED_UNBEGUN: EITHER, SWAPPED: {"coordinator"}, LEFT: {"learner"}}


class Always(Part):
    """Invariants for a machine with a `world`; a limit that was lowered below what is there is not filled further."""

    def begin_to_watch(self):
        with self.world.rows() as session:
            self.kept, self.numbers = story.kept(session), self.world.numbers(session)
            self.last_line, _ = story.lines_since(session, 0)
            self.held, self.yes_to, self.seen = {}, {}, None

    @invariant()
    def everything_holds(self):
        """One invariant for hypothesis, whose account of a life names each after each step.

        Where nothing was kept and the day is the same, nothing is looked at again.
        """
        if self.played.must_end:
            raise KeyboardInterrupt
        self.played.steps += 1
        before, self.seen = self.seen, self.world.moment
        if self.seen == before:
            return
        with self.world.held_still():
            self.no_limit_is_broken()
            self.no_learner_has_two_places()
            self.nobody_loses_what_she_accepted_but_by_a_deed_that_is_kept()
            self.every_open_swap_is_of_two_places_that_can_change_hands()
            self.every_better_place_is_beside_one_that_its_learner_has()
            self.the_audit_trail_tells_the_whole_story()
            if self.played.steps % self.played.pages_every == 0:
                self.pages_are_true()

    def pages_are_true(self):
        self.every_free_place_is_seen()
        self.each_home_says_whether_she_waits()
        self.each_home_says_what_becomes_of_a_swap()
        self.each_better_place_is_said_to_its_learner_and_to_the_coordinator()
        self.who_cannot_stay_stands_on_the_page_of_what_comes_next()

    def no_limit_is_broken(self):
        with self.world.rows() as session:
            now = self.world.numbers(session)
        for key, (number, limit) in now.items():
            assert number <= max(limit, self.numbers.get(key, (0, limit))[0]), (key, number, limit)
        self.numbers = now

    def no_learner_has_two_places(self):
        with self.world.rows() as session:
            held = [one.request_id for one in session.scalars(select(Offer).where(Offer.state.in_(HOLDS)))]
            assert max(Counter(held).values(), default=0) <= 1
            going_on = {one.continues_id for one in session.scalars(select(Placement))}
            current = [one for one in session.scalars(select(Placement)) if one.is_current_on(self.world.today)]
            at_work = [one.learner_id for one in current if one.id not in going_on]
            assert max(Counter(at_work).values(), default=0) <= 1
            assert not {one.request.learner_id for one in self.world.waiting(session)} & set(at_work)
            for one in current:
                if one.id in going_on:
                    after = next(other for other in session.scalars(select(Placement)) if other.continues_id == one.id)
                    assert one.ends_on < after.starts_on, "she would be in two places on one day"

    def nobody_loses_what_she_accepted_but_by_a_deed_that_is_kept(self):
        with self.world.rows() as session:
            rows = session.scalars(select(Placement).order_by(Placement.id)).all()
            now = {one.id: (one.opening_id, one.mentor_id, one.starts_on, one.state, one.outcome) for one in rows}
            for id_, was in self.held.items():
                assert id_ in now, "a placement is gone"
                if now[id_] != was:
                    assert self.authorised(session, id_), (was, now[id_])
            accepted = session.scalars(select(Offer.id).where(Offer.state == OfferState.ACCEPTED))
            assert set(accepted) <= {one.offer_id for one in rows}
            self.held = now

    def authorised(self, session, placement_id):
        """Whether the last move of a placement ended it or moved it on, and by somebody who may."""
        hers = (StateChange.subject_type == "Placement", StateChange.subject_id == placement_id)
        last = session.scalar(select(StateChange).where(*hers).order_by(StateChange.number.desc()).limit(1))
        assert last is not None, "a placement changed without a deed"
        learner_id = session.get_one(Placement, placement_id).learner_id
        may = {self.world.coordinator_id, learner_id}
        is_hers = last.deed != SWAPPED or self.both_said_yes(session, learner_id)
        return is_hers and last.party in BY_WHOM[last.deed] and last.actor_id in may

    def both_said_yes(self, session, learner_id):
        """Whether the latest swap that was done with her place was asked for by one and agreed to by the other."""
        done = session.scalars(select(Swap).where(Swap.state == SwapState.DONE).order_by(Swap.id)).all()
        *_, (swap, one, other) = [(swap, *both) for swap in done if learner_id in (both := learners_in(swap))]
        its = {"subject_type": "Swap", "subject_id": swap.id}
        asked = session.scalars(select(AuditLine.actor_id).filter_by(**its, deed="asked to swap places")).all()
        agreed = session.scalars(select(StateChange.actor_id).filter_by(**its, deed=AGREED)).all()
        return (asked, agreed) == ([one], [other])

    def every_open_swap_is_of_two_places_that_can_change_hands(self):
        """Each is held by somebody who takes part, and has not begun: nothing stays open that nobody can decide."""
        with self.world.rows() as session:
            for swap in session.scalars(select(Swap).where(Swap.state.in_(OPEN))):
                for offer in (swap.one, swap.other):
                    assert takes_part(offer.request.learner, Role.LEARNER)
                    assert offer.state in HOLDS
                    placement = session.scalar(select(Placement).where(Placement.offer_id == offer.id))
                    assert (placement is None) == (offer.state is OfferState.WAITING)
                    if placement:
                        assert placement.can_change_on(self.world.today)
                        assert placement.starts_on > self.world.today

    def every_better_place_is_beside_one_that_its_learner_has(self):
        """She takes part, holds the offer, and ranked what waits for her higher; one place at most waits for each."""
        with self.world.rows() as session:
            waiting = session.scalars(select(BetterPlace).where(BetterPlace.state == BetterPlaceState.WAITING)).all()
            assert max(Counter(one.offer_id for one in waiting).values(), default=0) <= 1
            for one in waiting:
                request = one.offer.request
                present, before = (request.rank_of(id_) for id_ in (one.opening_id, one.offer.opening_id))
                assert takes_part(request.learner, Role.LEARNER)
                assert one.offer.state in HOLDS
                assert present is not None
                assert before is None or present < before

    def the_audit_trail_tells_the_whole_story(self):
        with self.world.rows() as session:
            now = story.kept(session)
            self.last_line, lines = story.lines_since(session, self.last_line)
            untold = list(story.untold(session, self.kept, now, lines))
            assert untold == [], untold
            broken = list(story.broken_stories(session))
            assert broken == [], broken
            self.kept = now

    def every_free_place_is_seen(self):
        """On the page of free places, and for half a year on the coordinator's home unless a turn is to be run."""
        page = self.free_places()
        if page is None:
            return
        with self.world.rows() as session:
            names = {f"{one.mentor.name}, {one.study.name}" for one in self.world.free_openings(session)}
            round_ = self.world.the_round(session)
            has_turn = round_.open_turn is not None
            last_answers = max([round_.answer_by, *(turn.answer_by for turn in round_.turns)])
            is_followed = last_answers >= self.world.today - HALF_A_YEAR
        assert set(page.rows) == names, (page.rows, names)
        free = f"{count(len(names), 'opening')} {plural(len(names), 'has', 'have')} a free place"
        home = self.world.page(self.world.coordinator_id, "/")
        of_round = free.replace(" has", " of Spring 2026 has").replace(" have", " of Spring 2026 have")
        is_said = home.says(free) or home.says(of_round)
        assert has_turn or is_said == (bool(names) and is_followed), (names, home.paragraphs)

    def each_home_says_whether_she_waits(self):
        with self.world.rows() as session:
            if not self.world.is_published(session):
                return
            holds = set(session.scalars(select(Offer.request_id).where(Offer.state.in_(HOLDS))))
            waiting = dict.fromkeys(self.world.learner_ids, False)
            for one in session.scalars(select(PlacementRequest)):
                in_round = one.round_id == self.world.round_id and one.wants_a_place
                waiting[one.learner_id] |= in_round and one.id not in holds
            takes = {id_: takes_part(session.get_one(Person, id_), Role.LEARNER) for id_ in waiting}
        for learner_id, waits in waiting.items():
            page = self.world.page(learner_id, "/") if takes[learner_id] else None
            says = page and (page.says("You wait for a place of") or page.says("You are in the next turn of"))
            assert page is None or bool(says) == waits, (learner_id, waits, page.paragraphs)

    def each_home_says_what_becomes_of_a_swap(self):
        with self.world.rows() as session:
            swaps = session.scalars(select(Swap).where(Swap.state.in_(OPEN))).all()
            lines = [line for swap in swaps for line in said_of(swap)]
            agreed = [names_in(swap) for swap in swaps if swap.state is SwapState.AGREED]
        lines += [(self.world.coordinator_id, f"Decide whether {one} and {other} swap places") for one, other in agreed]
        for person, words in lines:
            home = self.world.page(person, "/")
            assert home.says(words), (words, home.text)

    def each_better_place_is_said_to_its_learner_and_to_the_coordinator(self):
        with self.world.rows() as session:
            waiting = session.scalars(select(BetterPlace).where(BetterPlace.is_open_on(self.world.today))).all()
            people = [one.offer.request.learner for one in waiting]
            names = [(one.id, one.name) for one in people]
        page = self.free_places() if names else None
        for learner_id, name in names:
            assert self.world.page(learner_id, "/").says("Say whether you move up")
            assert page is not None
            assert page.link(f"Take it back from {name}")

    def who_cannot_stay_stands_on_the_page_of_what_comes_next(self):
        page = self.world.page(self.world.coordinator_id, "/our-placements/rescue")
        with self.world.rows() as session:
            current = session.scalars(select(Placement).where(Placement.state == PlacementState.ACTIVE)).all()
            for one in current:
                is_gone = not takes_part(one.mentor, Role.MENTOR) or not takes_part(one.learner, Role.LEARNER)
                if one.can_change_on(self.world.today) and (is_gone or one.opening.study.status is StudyStatus.STOPPED):
                    assert page.says(f"{one.learner.name}, with {one.mentor.name}")


def learners_in(swap):
    return swap.one.request.learner_id, swap.other.request.learner_id


def names_in(swap):
    return swap.one.request.learner.name, swap.other.request.learner.name


def said_of(swap):
    """What home says of a swap that is open, to each of the two."""
    (one, other), (one_name, other_name) = learners_in(swap), names_in(swap)
    is_asked = swap.state is SwapState.PROPOSED
    yield one, f"You ask to swap places with {other_name}"
    yield other, f"{'Say whether you' if is_asked else 'You agree to'} swap places with {one_name}"
