"""Plays the months before today in the demo: an earlier round with its placements, then the rounds of today.

Everything goes through the services that people use, on the days when they would have used them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from app.demo.playing.accounts import name_newcomers, name_placed, name_staff
from app.demo.playing.days import at
from app.demo.playing.loading import Loader
from app.demo.playing.record import play_record
from app.demo.world.records import DemoLearner, World
from app.language.dates_and_times import day_of
from app.models.people import Person
from app.models.placements import Offer, Placement
from app.models.programmes import Level
from app.models.rounds import MatchRound
from app.models.runs import Run
from app.models.studies import OpeningState, Study
from app.placements.service import accept_offer
from app.platform.db import transaction
from app.platform.occasion import Occasion
from app.rounds.policies import stages_of
from app.rounds.publishing.mails import Addresses
from app.rounds.publishing.service import publish_run
from app.rounds.questions.jobs import explain_offers
from app.rounds.runs.jobs import solve_run
from app.rounds.runs.service import start_run
from app.rounds.service import RoundDates, open_round

EARLIER_SHARE = 8  # one learner in so many was placed by the earlier round
EARLIER_WEEKS = 13  # how long ago those placements began
STAGES = stages_of("fit")
SEED = "demonstration"


@dataclass
class Play:
    """The demo's world on its way from an empty database to today; `say` tells the person who waits what goes on."""

    app: Flask
    world: World
    known_studies: Mapping[str, Study]
    say: Callable[[str], None]

    def run(self) -> int:
        """Play everything and return the id of the run to look at; needs a request context for addresses in mails."""
        self.began_on = self.world.today - timedelta(weeks=EARLIER_WEEKS)
        self.earlier = earlier_learners(self.world.learners)
        self.say("Writing people, studies and organisations")
        self.write_world()
        self.say("Playing an earlier round with its placements, sessions and hours")
        self.play_earlier_round()
        self.say("Opening the rounds of today")
        closed = self.open_todays_rounds()
        self.say("Solving the round for PGCert learners")
        return self.solve(closed, self.world.today)

    def write_world(self) -> None:
        with at(self.app, self.began_on - timedelta(weeks=9)) as now, transaction() as session:
            self.loader = Loader(session, self.world, now, self.known_studies).load()
            self.coordinator = name_staff(self.loader)

    def play_earlier_round(self) -> None:
        opened, closed = self.began_on - timedelta(weeks=8), self.began_on - timedelta(weeks=5)
        with at(self.app, opened) as now, transaction():
            wanted = {key for learner in self.earlier for key in learner.ranked}
            openings = self.loader.publish(
                replace(opening, starts_on=self.began_on, ends_on=self.began_on + timedelta(weeks=40))
                for opening in self.world.openings
                if opening.key in wanted
            )
            self.loader.submit((started(learner, self.began_on) for learner in self.earlier), now)
        round_ = self.open(
            "Autumn round", Level.PGCERT, RoundDates.of_days(opened, closed, closed + timedelta(weeks=2))
        )
        run_id = self.solve(round_, closed + timedelta(days=1))
        self.publish(round_, run_id, closed + timedelta(days=2))
        self.accept_offers(round_, closed + timedelta(days=5))
        with transaction() as session:
            for opening in openings.values():
                opening.state = OpeningState.WITHDRAWN
            placements = session.scalars(select(Placement).order_by(Placement.id)).all()
            name_placed(placements)
        play_record(placements, self.world.today, lambda day: at(self.app, day))

    def open_todays_rounds(self) -> MatchRound:
        """One round that has closed, which is returned, and one that still takes requests."""
        today, placed = self.world.today, {learner.key for learner in self.earlier}
        waiting = [learner for learner in self.world.learners if learner.key not in placed]
        newcomer = next((learner for learner in waiting if learner.level is Level.PGDIP), waiting[-1])
        opened = today - timedelta(weeks=6)
        with at(self.app, opened) as now, transaction():
            self.loader.publish(self.world.openings)
            self.loader.submit((learner for learner in waiting if learner is not newcomer), now)
            easy = (one for one in waiting if one.level is Level.PGCERT and one.trouble is None and one.ranked)
            name_newcomers(self.loader, newcomer, next(easy, waiting[0]))
        closed_on, answer_by = today - timedelta(days=1), today + timedelta(weeks=3)
        closed = self.open("Spring round", Level.PGCERT, RoundDates.of_days(opened, closed_on, answer_by))
        self.open(
            "Spring round",
            Level.PGDIP,
            RoundDates.of_days(opened, today + timedelta(weeks=2), today + timedelta(weeks=5)),
        )
        return closed

    def open(self, name: str, level: Level, dates: RoundDates) -> MatchRound:
        with at(self.app, day_of(dates.opens_at)) as now, transaction() as session:
            return open_round(
                session,
                self.coordinator,
                now,
                f"{name}, {level.value}",
                level,
                sorted(self.coordinator.network_ids()),
                dates,
                f"{SEED}, {name}, {level.value}",  # of its own: that of a closed round can be read
            )

    def solve(self, round_: MatchRound, day: date) -> int:
        with at(self.app, day) as now:
            with transaction() as session:
                run = start_run(session, self.coordinator, now, round_, STAGES)
                session.flush()
            solve_run(run.id)
        return run.id

    def publish(self, round_: MatchRound, run_id: int, day: date) -> None:
        with at(self.app, day) as now, transaction() as session:
            run = session.get_one(Run, run_id)
            publish_run(session, self.coordinator, day, now, round_, run, Addresses("", lambda offer_id: ""))
        with at(self.app, day):
            explain_offers(run_id)

    def accept_offers(self, round_: MatchRound, day: date) -> None:
        with at(self.app, day) as now, transaction() as session:
            for offer in session.scalars(select(Offer).where(Offer.round_id == round_.id).order_by(Offer.id)):
                learner: Person = offer.request.learner
                accept_offer(session, Occasion(learner, day, now, ""), offer, "", lambda placement: "")


def earlier_learners(learners: Sequence[DemoLearner]) -> list[DemoLearner]:
    """The learners whom the earlier round placed: some of those whom nothing stands in the way of."""
    easy = [one for one in learners if one.level is Level.PGCERT and one.trouble is None and one.ranked]
    return easy[: max(1, len(learners) // EARLIER_SHARE)]


def started(learner: DemoLearner, day: date) -> DemoLearner:
    """The same learner, who asked to start at an earlier time."""
    return replace(learner, start_from=day, start_until=day + timedelta(weeks=8))
