"""Plays the months before today in the demo: rounds with what followed them, then the rounds of today.

Everything goes through the services that people use, on the days when they would have used them.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from flask import Flask
from sqlalchemy import select

from app.demo.playing.accounts import name_newcomers, name_offered, name_placed, name_staff
from app.demo.playing.bursaries import play_bursaries
from app.demo.playing.course.agreements import play_agreements
from app.demo.playing.course.boards import play_boards
from app.demo.playing.course.capabilities import play_capabilities
from app.demo.playing.course.prior_learning import play_prior_learning
from app.demo.playing.course.progress_reviews import play_final_review, play_initial_reviews, set_plans
from app.demo.playing.course.readiness import play_readiness
from app.demo.playing.course.record import Stretch, play_record
from app.demo.playing.course.sign_offs import play_sign_off
from app.demo.playing.course.supervisors import name_for, name_for_most_others, write_one_note
from app.demo.playing.course.ways import play_ways
from app.demo.playing.days import acting, at
from app.demo.playing.evaluation import play_evaluation
from app.demo.playing.loading import Loader
from app.demo.playing.reminders import play_reminders
from app.demo.playing.story.answers import answer_offers, answer_turn, ask_for_a_review, play_clearing_turn
from app.demo.playing.story.changing_places import agree_on_swap, answer_moves_up, let_swap, offer_moves_up
from app.demo.playing.story.leaving import Leaving
from app.demo.playing.story.meeting import play_other_meetings
from app.demo.playing.story.naming import confirm, name_supervisor
from app.demo.playing.story.rounds import RoundPlay
from app.demo.playing.updates import play_updates
from app.demo.playing.whole_way.story import play_whole_way
from app.demo.world.records import DemoLearner, World
from app.models.people import Person
from app.models.placements import Placement
from app.models.programmes import Level
from app.models.studies import Opening, OpeningState, Study
from app.platform.db import transaction
from app.rounds.dossier.service import show_to_everybody
from app.rounds.service import RoundDates

EARLIER_SHARE = 8  # one learner in so many was placed by the earlier round
FEWEST_EARLIER, LARGEST_EARLIER_SHARE = 4, 4  # or so many, if that is not more than one in four
CLEARED_SHARE = 12  # and so many are in the round that is being cleared
FEWEST_CLEARED = 3
EARLIER_WEEKS = 13  # how long ago the placements of the earlier round began
SHORTER, SHORTER_WEEKS = 5, 24  # one of its openings in so many, and how long it runs
OF_TODAY = "Spring round"
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@dataclass
class Play:
    """The demo's world on its way from an empty database to today; `say` tells the person who waits what goes on."""

    app: Flask
    world: World
    known_studies: Mapping[str, Study]
    say: Callable[[str], None]

    def run(self) -> int:
        """Play everything and return the id of the run to look at; needs a request context for addresses in mails."""
        self.today = self.world.today
        self.began_on = self.today - EARLIER_WEEKS * WEEK
        self.earlier = earlier_learners(self.world.learners)
        self.cleared = cleared_learners(self.world.learners)
        self.say("Writing people, studies and organisations")
        self.write_world()
        self.say("Playing an earlier round with its placements, sessions and hours")
        self.play_earlier_round()
        self.say("Playing a round that is published, with answers and a clearing turn")
        self.play_cleared_round()
        self.say("Opening the rounds of today")
        closed = self.open_todays_rounds()
        name_for_most_others(self.app, self.today - WEEK)
        write_one_note(self.app, self.today - 2 * DAY)
        play_boards(self.app, self.today)
        play_prior_learning(self.app, self.today)
        play_ways(self.app, self.today)
        play_evaluation(self.app, self.today)
        play_bursaries(self.app, self.today)
        play_reminders(self.app, self.learner, self.mentor, self.today)
        play_updates(self.app, self.today)
        self.say("Playing a whole way through three universities")
        play_whole_way(self.app)
        self.say("Solving the round for PGCert learners under two policies")
        return closed.solve(self.today)

    def write_world(self) -> None:
        with at(self.app, self.began_on - 9 * WEEK) as now, transaction() as session:
            self.loader = Loader(session, self.world, now, self.known_studies).load()
            self.coordinator, self.colleague = name_staff(self.loader)

    def play_earlier_round(self) -> None:
        """A round whose placements have run for weeks; a mentor left, and another has said that she will."""
        opened, closed = self.began_on - 8 * WEEK, self.began_on - 5 * WEEK
        with at(self.app, opened) as now, transaction():
            wanted = {key for learner in self.earlier for key in learner.ranked}
            openings = self.loader.publish(
                replace(opening, starts_on=self.began_on, ends_on=self.began_on + weeks_of(number) * WEEK)
                for number, opening in enumerate(self.world.openings)
                if opening.key in wanted
            )
            self.loader.submit((started(learner, self.began_on) for learner in self.earlier), now)
        dates = RoundDates.of_days(opened, closed, closed + 2 * WEEK)
        played = self.begin("Autumn round", Level.PGCERT, dates, self.colleague)
        played.publish(played.solve(closed + DAY), closed + 2 * DAY)
        played.accept_all(closed + 5 * DAY)
        with acting(self.app, closed + 5 * DAY) as (session, _):
            placements = session.scalars(select(Placement).order_by(Placement.id)).all()
            name_placed(placements)
            self.end_full(openings, placements)
        set_plans(closed + 6 * DAY, partial(at, self.app))
        name_for(self.app, [one.learner_id for one in placements], closed + 6 * DAY)
        self.make_ready(placements, closed + 6 * DAY)
        self.learner, self.mentor = placements[0].learner, placements[0].mentor
        self.play_weeks(placements)

    def end_full(self, openings: Mapping[str, Opening], placements: Sequence[Placement]) -> None:
        """Withdraw those without a place left: their mentors write them anew for the rounds of today."""
        taken = Counter(placement.opening_id for placement in placements)
        for key, opening in openings.items():
            if taken[opening.id] >= opening.places:
                opening.state = OpeningState.WITHDRAWN
                del self.loader.rows.openings[key]

    def play_weeks(self, placements: Sequence[Placement]) -> None:
        """The record up to today, with the mentors who leave on the way."""
        left_on = self.today - 4 * WEEK
        finishing = placements[-1]
        leaving = Leaving(self.app, self.coordinator, frozenset({self.mentor.id, finishing.mentor_id}))
        clock = partial(at, self.app)
        reviewed_on = self.began_on + 3 * WEEK
        play_record(placements, Stretch(self.began_on, reviewed_on, self.today), clock)
        play_initial_reviews([one.id for one in placements], reviewed_on, clock)
        play_record(placements, Stretch(reviewed_on, left_on, self.today), clock)
        play_capabilities(placements, left_on, clock)
        gone = leaving.say(left_on, left_on + WEEK)
        after = leaving.place_again(gone, left_on + 2 * DAY, left_on + WEEK)
        play_record(placements, Stretch(left_on, self.today, self.today), clock)
        play_final_review(finishing.id, self.coordinator, self.today, clock)
        play_sign_off(finishing.id, self.today, clock)
        self.make_ready(after, left_on + 3 * DAY)
        play_record(after, Stretch(left_on, self.today, self.today), clock)
        play_other_meetings(self.app, [*placements, *after], self.today)
        self.leaving = replace(leaving, successors=frozenset(one.mentor_id for one in after))

    def play_cleared_round(self) -> None:
        """A round whose offers were answered one way and another, so that a clearing turn followed."""
        opened, closed = self.today - 13 * WEEK, self.today - 7 * WEEK
        with at(self.app, opened) as now, transaction():
            self.loader.publish(self.world.openings)
            self.loader.submit(self.cleared, now)
        if not self.cleared:
            return
        dates = RoundDates.of_days(opened, closed, closed + 3 * WEEK)
        played = self.begin("Winter round", Level.PGDIP, dates, self.colleague)
        played.let_learners_move_up()
        run_id = played.solve(closed + DAY)
        played.publish(run_id, closed + 2 * DAY)
        answer_offers(played, run_id, closed + 5 * DAY)
        self.change_places(played, closed + 2 * WEEK)
        turn_run_id = play_clearing_turn(played, self.today - 12 * DAY, self.today - WEEK, self.today + WEEK)
        name_offered(answer_turn(played, turn_run_id, self.today - 5 * DAY))
        ask_for_a_review(played, turn_run_id, self.today - 4 * DAY)
        agree_on_swap(played, self.today - 2 * DAY)
        offer_moves_up(played, self.today - 2 * DAY, most=1)
        with acting(self.app, self.today - 3 * DAY, self.colleague) as (session, occasion):
            show_to_everybody(session, self.colleague, played.round, occasion.now)

    def change_places(self, played: RoundPlay, day: date) -> None:
        """Two learners swap; of two who could have a place that they ranked higher, one moves up."""
        swap = agree_on_swap(played, day)
        if swap:
            let_swap(played, swap, day + DAY)
        offer_moves_up(played, day + 2 * DAY, most=2)
        answer_moves_up(played, day + 3 * DAY)

    def open_todays_rounds(self) -> RoundPlay:
        """One round that has closed, which is returned, and one that still takes requests."""
        today, had = self.today, {learner.key for learner in (*self.earlier, *self.cleared)}
        waiting = [learner for learner in self.world.learners if learner.key not in had]
        diploma = [learner for learner in waiting if learner.level is Level.PGDIP]
        newcomer, *namers = [*diploma[:1], *[one for one in diploma[1:] if one.ranked][:2]] or waiting[-1:]
        opened = today - 6 * WEEK
        with at(self.app, opened) as now, transaction():
            self.loader.submit((one for one in waiting if one is not newcomer and one not in namers), now)
            easy = (one for one in waiting if one.level is Level.PGCERT and one.trouble is None and one.ranked)
            name_newcomers(self.loader, newcomer, next(easy, waiting[0]))
        self.name_supervisors(namers)
        self.leaving.say(today - 2 * DAY, today + 2 * WEEK)
        dates = RoundDates.of_days(opened, today - DAY, today + 3 * WEEK)
        closed = self.begin(OF_TODAY, Level.PGCERT, dates, self.coordinator)
        dates = RoundDates.of_days(opened, today + 2 * WEEK, today + 5 * WEEK)
        self.begin(OF_TODAY, Level.PGDIP, dates, self.coordinator)
        return closed

    def name_supervisors(self, namers: Sequence[DemoLearner]) -> None:
        """One names a mentor of her list, who says yes; the other the mentor of the demo's accounts, who is asked."""
        openings, learners = self.loader.rows.openings, self.loader.rows.learners
        for learner in namers[:1]:
            named = name_supervisor(self.app, learners[learner.key], openings[learner.ranked[0]], self.today - 8 * DAY)
            confirm(self.app, named, self.today - 3 * DAY)
        for learner in namers[1:]:
            with acting(self.app, self.today - DAY) as (session, _):
                hers = select(Opening).where(Opening.mentor_id == self.mentor.id).order_by(Opening.id.desc())
                opening = session.scalars(hers).first()
            if opening:
                name_supervisor(self.app, learners[learner.key], opening, self.today - DAY)

    def begin(self, name: str, level: Level, dates: RoundDates, coordinator: Person) -> RoundPlay:
        return RoundPlay.begin(self.app, coordinator, name, level, dates)

    def make_ready(self, placements: Sequence[Placement], day: date) -> None:
        """Enter what the placements need before they start, so that work can be logged; agree what it is for."""
        ids, clock = [placement.id for placement in placements], partial(at, self.app)
        play_readiness(ids, day, self.today, clock)
        play_agreements(ids, day, self.today, clock)


def weeks_of(number: int) -> int:
    """How long an opening of the earlier round runs: some are so short that their middle review is overdue by now."""
    return SHORTER_WEEKS if number % SHORTER == 0 else 40


def earlier_learners(learners: Sequence[DemoLearner]) -> list[DemoLearner]:
    """The learners whom the earlier round placed: some of those whom nothing stands in the way of."""
    enough = min(FEWEST_EARLIER, len(learners) // LARGEST_EARLIER_SHARE)
    return easy_ones(learners, Level.PGCERT)[: max(1, enough, len(learners) // EARLIER_SHARE)]


def cleared_learners(learners: Sequence[DemoLearner]) -> list[DemoLearner]:
    """The learners of the round that is being cleared; at least as many others are left for the round of today."""
    easy = easy_ones(learners, Level.PGDIP)
    return easy[: min(max(FEWEST_CLEARED, len(learners) // CLEARED_SHARE), len(easy) // 2)]


def easy_ones(learners: Sequence[DemoLearner], level: Level) -> list[DemoLearner]:
    return [one for one in learners if one.level is level and one.trouble is None and one.ranked]


def started(learner: DemoLearner, day: date) -> DemoLearner:
    """The same learner, who asked to start at an earlier time."""
    return replace(learner, start_from=day, start_until=day + 8 * WEEK)
