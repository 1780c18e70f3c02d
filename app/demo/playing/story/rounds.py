"""One round of the demo as its coordinator takes it from its opening to its offers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Flask
from sqlalchemy import select

from app.demo.playing.days import acting, as_done_by, at
from app.language.dates_and_times import day_of
from app.models.people import Person
from app.models.placements import Offer, OfferState, Placement
from app.models.programmes import Level
from app.models.publications import Publication
from app.models.rounds import MatchRound
from app.models.runs import Proposal, Run
from app.placements.service import accept_offer
from app.rounds.clearing.moving_up.service import say_whether
from app.rounds.dossier.jobs import make_dossier
from app.rounds.plan.service import announce_policy
from app.rounds.policies import stages_of
from app.rounds.publishing.mails import Addresses
from app.rounds.publishing.service import publish_run
from app.rounds.questions.jobs import explain_offers
from app.rounds.runs.jobs import solve_run
from app.rounds.runs.service import start_run
from app.rounds.service import RoundDates, open_round
from app.web.addresses import full_address

PUBLISHED = "fit"  # the policy that the demo's rounds announce and publish
COMPARED = ("first", PUBLISHED)  # those that are run side by side; the last is the one to look at
SEED = "demonstration"


@dataclass
class RoundPlay:
    """A round on its way; `coordinator` is who opens, runs and publishes it."""

    app: Flask
    coordinator: Person
    round: MatchRound

    @classmethod
    def begin(cls, app: Flask, coordinator: Person, name: str, level: Level, dates: RoundDates) -> "RoundPlay":
        """Open a round in all networks of the coordinator, and say which policy is meant to be published."""
        name = f"{name}, {level.value}"
        with acting(app, day_of(dates.opens_at), coordinator) as (session, occasion):
            networks, secret = sorted(coordinator.network_ids()), f"{SEED}, {name}"
            # A seed of its own: that of a closed round can be read.
            opened = open_round(session, coordinator, occasion.now, name, level, networks, dates, secret)
            announce_policy(
                session, coordinator, occasion.now, opened, stages_of(PUBLISHED), "", 0, occasion.home, is_sure=True
            )
        return cls(app, coordinator, opened)

    def let_learners_move_up(self) -> None:
        """Say, before anything is published, that who has a place may be offered one that she ranked higher."""
        with acting(self.app, day_of(self.round.opens_at), self.coordinator) as (session, occasion):
            say_whether(session, occasion, self.round, moves_up=True)

    def solve(self, day: date, policies: Sequence[str] = COMPARED) -> int:
        """Run it under each policy; the id of the last run."""
        runs = [self.solve_under(policy, day) for policy in policies]
        return runs[-1]

    def solve_under(self, policy: str, day: date) -> int:
        with acting(self.app, day, self.coordinator) as (session, occasion):
            run = start_run(session, self.coordinator, occasion.now, self.round, stages_of(policy))
            session.flush()
        with at(self.app, day):
            solve_run(run.id)
        return run.id

    def publish(self, run_id: int, day: date) -> Publication:
        """Make offers of a run, and do at once what the service does beside it: explanations and dossier."""
        addresses = Addresses(full_address("home.show"), offer_address)
        with acting(self.app, day, self.coordinator) as (session, occasion):
            run = session.get_one(Run, run_id)
            publish_run(session, self.coordinator, day, occasion.now, self.round, run, addresses)
            publication = session.scalars(select(Publication).where(Publication.run_id == run_id)).one()
        with at(self.app, day):
            explain_offers(run_id)
            make_dossier(publication.id)
        return publication

    def offers_of(self, run_id: int) -> Sequence[int]:
        """The ids of the offers of a run, by the choice that each is: what was wanted most comes first."""
        with acting(self.app, day_of(self.round.closes_at)) as (session, _):
            ranked = Proposal.rank.is_(None), Proposal.rank, Offer.id
            statement = select(Offer.id).join(Proposal, Offer.proposal_id == Proposal.id)
            return session.scalars(statement.where(Proposal.run_id == run_id).order_by(*ranked)).all()

    def accept_all(self, day: date) -> None:
        """Let everybody accept who has an offer to answer."""
        with acting(self.app, day) as (session, occasion):
            waiting = (Offer.round_id == self.round.id, Offer.state == OfferState.WAITING)
            for offer in session.scalars(select(Offer).where(*waiting).order_by(Offer.id)):
                accept_offer(session, as_done_by(occasion, offer.request.learner), offer, "", placement_address)

    def answered(self, offer_id: int, day: date, deed: Callable[..., object]) -> None:
        """Let the learner of an offer do something with it: deed(session, occasion, offer)."""
        with acting(self.app, day) as (session, occasion):
            offer = session.get_one(Offer, offer_id)
            deed(session, as_done_by(occasion, offer.request.learner), offer)


def offer_address(offer_id: int) -> str:
    return full_address("placements.offer", offer_id=offer_id)


def placement_address(placement: Placement) -> str:
    return full_address("placements.show", placement_id=placement.id)
