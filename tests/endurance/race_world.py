"""The small world, with what two people can want at once: last places, last credits, two administrators."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Engine

from app.models.pairs.nominations import NominationState
from app.models.people import Person, Role
from app.models.placements import Pause
from app.models.programmes import CreditDecision, Enrolment, Module, ModuleKind
from app.models.publications import DossierPage
from app.models.requests import ExcludedMentor, ExclusionKind, RequestState
from app.models.reviews import ReviewState
from app.models.rounds import RoundTurn
from app.models.runs import ListOfPairs, Pin, PinKind, Run, RunState
from app.models.studies import OpeningState
from app.platform.db import TransactionalFlask
from tests.builders import Builder
from tests.world import Maker, World


def make_race_world(app: TransactionalFlask, build: Builder, engine: Engine) -> World:
    return RaceMaker(app, build).make(engine)


class RaceMaker(Maker):
    """Adds records by names that no route has as a parameter."""

    def round_values(self) -> dict[str, Any]:
        values = super().round_values()
        return {
            **values,
            "network_id": self.network.id,
            "digest": self.round.seed.digest,
            **self.people(),
            **self.places(),
            **self.courses(),
            **self.credits(),
            **self.requests(),
            **self.in_the_round(),
            **self.published(),
            **self.nominations(),
            **self.after_a_round(),
        }

    def strangers(self) -> dict[Role, int]:
        """No third administrator, who would keep the last two from being the last."""
        strangers = super().strangers()
        self.build.session.get_one(Person, strangers[Role.ADMINISTRATOR]).is_active = False
        return strangers

    def people(self) -> dict[str, Any]:
        other, misspelt = self.build.person(Role.ADMINISTRATOR), self.build.person()
        return {
            "administrator": self.administrator.id,
            "grant of one": self.administrator.grants[0].id,
            "other administrator": other.id,
            "grant of other": other.grants[0].id,
            "learner": self.learner.id,
            "mentor": self.mentor.id,
            "grant of mentor": self.mentor.grants[0].id,
            "coordinator": self.coordinator.id,
            "lead": self.lead.id,
            "misspelt": misspelt.id,
            "email": misspelt.email,
            "withdrawn": self.build.person(is_active=False).id,
        }

    def places(self) -> dict[str, Any]:
        """A last place that was offered to two learners, two places of which one was offered, and a paused opening."""
        mentor = self.build.mentor()
        opening = self.build.opening(mentor, network=self.network, places=2)
        offers = [self.build.offer(opening=opening) for _ in range(2)]
        opening.places = 1
        paused = self.build.opening(mentor, network=self.network, state=OpeningState.PAUSED)
        two = self.build.opening(network=self.network, places=2)
        offer = self.build.offer(opening=two)
        return {
            "mentor of two": two.mentor_id,
            "two places": two.id,
            "learner of two": offer.request.learner_id,
            "offer of two": offer.id,
            "busy mentor": mentor.id,
            "last place": opening.id,
            "organisation": opening.organisation.name,
            "paused opening": paused.id,
            "free study": self.build.study().id,
            "one offer": offers[0].id,
            "other offer": offers[1].id,
            "one learner": offers[0].request.learner_id,
            "other learner": offers[1].request.learner_id,
        }

    def courses(self) -> dict[str, Any]:
        """A placement that can go on with one other mentor, one that rests, one asked about, one with a next place."""
        moving, resting, asking, going = (self.build.placement() for _ in range(4))
        for placement in (moving, resting, asking, going):
            placement.opening.network = self.network
            assert placement.offer is not None
            placement.offer.request.networks.append(self.network)
        today, on_the_same = self.build.today, moving.opening.study
        successor = self.build.opening(self.build.mentor(1), on_the_same, self.network, starts_on=today)
        going.opening.study = on_the_same  # both could go on with the successor, who has one place
        self.build.add(Pause(placement_id=resting.id, starts_on=today, resumes_on=today + timedelta(9)))
        other = self.build.opening(network=self.network)
        return {
            "moving placement": moving.id,
            "successor": successor.id,
            "resting placement": resting.id,
            "asked placement": asking.id,
            "asking mentor": asking.mentor_id,
            "learner who asks": asking.learner_id,
            "wish": self.build.wish(asking, asking.learner).id,
            "going placement": going.id,
            "going learner": going.learner_id,
            "next place": self.build.next_place(going, other).id,
        }

    def credits(self) -> dict[str, Any]:
        """A level whose learner has thirty of sixty credits, and two modules that do not both fit."""
        enrolment = self.build.session.query(Enrolment).filter_by(learner_id=self.learner.id).first()
        assert enrolment is not None
        large = self.build.add(
            Module(programme_id=enrolment.programme_id, title="A large one", credits=30, kind=ModuleKind.TAUGHT)
        )
        modules = enrolment.programme.modules
        for module in modules[1:3]:
            self.build.add(
                CreditDecision(
                    enrolment=enrolment,
                    module_id=module.id,
                    credits=module.credits,
                    decided_on=self.build.today,
                    decided_by_id=self.lead.id,
                    recorded_at=self.build.now,
                )
            )
        return {"third module": modules[3].id, "large module": large.id}

    def requests(self) -> dict[str, Any]:
        """Learners at each step of asking: who has not begun, who has not sent, who has, and whose round is over."""
        beginner = self.build.learner()
        enrolled = self.build.enrolment(beginner)
        openings = [self.build.opening(network=self.network) for _ in range(3)]
        draft = self.build.request(
            networks=[self.network], ranked=openings[:1], state=RequestState.DRAFT, submitted_at=None
        )
        sent = self.build.request(networks=[self.network], ranked=openings[:2])
        named = ExcludedMentor(learner_id=sent.learner_id, kind=ExclusionKind.LINE_MANAGER, name="A Manager")
        past = self.build.round(self.network, published_at=self.build.now, closes_on=self.build.today - timedelta(9))
        over = self.build.request(networks=[self.network], round_id=past.id)
        programme = self.build.programme(self.provider)
        assert sent.module is not None
        return {
            "beginner": beginner.id,
            "module of beginner": enrolled.programme.modules[0].id,
            "drafting learner": draft.learner_id,
            "draft": draft.id,
            "asking learner": sent.learner_id,
            "request": sent.id,
            "exclusion": self.build.add(named).id,
            "listed": openings[1].id,
            "not listed": openings[2].id,
            "module": sent.module_id,
            "university": self.provider.id,
            "programme": programme.id,
            "past learner": over.learner_id,
            "past request": over.id,
        }

    def nominations(self) -> dict[str, Any]:
        """One that waits for its supervisor, asked long ago, and one that a coordinator can verify."""
        before = self.build.now - timedelta(days=5)
        asked = self.build.nomination(email=self.mentor.email, network=self.network, asked_at=before)
        confirmed = self.build.nomination(network=self.network, state=NominationState.CONFIRMED)
        return {
            "asked long ago": asked.id,
            "naming learner": asked.learner_id,
            "confirmed": confirmed.id,
            "confirmed learner": confirmed.learner_id,
        }

    def agreed_values(self) -> dict[str, Any]:
        """With a list of one pair, and a pin that another coordinator has to see the evidence for."""
        values = super().agreed_values()
        listed = self.build.request(networks=[self.network], round_id=self.round.id)
        before, until = (self.build.today - timedelta(days=days) for days in (90, 60))
        closed = self.build.round(self.network, opens_on=before, closes_on=until)
        wish = self.build.request(networks=[self.network], round_id=closed.id)
        opening = self.build.opening(network=self.network)
        pairs = self.build.session.get_one(ListOfPairs, values["list_id"])
        line = f"{listed.learner.email},{opening.mentor.email},,agreed before the round,As agreed.\n"
        pairs.content += line.encode()
        pin = Pin(
            round_id=closed.id,
            request=wish,
            opening=self.build.opening(network=self.network),
            kind=PinKind.CIRCUMSTANCES,
            reason="Near home.",
            needs_evidence=True,
            author=self.build.person(),
            created_at=self.build.now,
        )
        other = self.build.coordinator(self.network)
        shown = {"round to show": closed.id, "pin to show": self.build.add(pin).id}
        return {**values, **shown, "other coordinator": other.id}

    def in_the_round(self) -> dict[str, Any]:
        """A last place that two learners can be pinned to, a mentor of the round, another round, a run that waits."""
        free = self.build.opening(network=self.network)
        one, other = (self.build.request(networks=[self.network], round_id=self.round.id) for _ in range(2))
        elsewhere = self.build.network()
        self.build.grant(self.coordinator, Role.COORDINATOR, network=elsewhere)
        open_round = self.build.round(elsewhere, coordinator=self.coordinator)
        waiting = Run(
            round_id=open_round.id,
            stages=["placed", "lottery"],
            seed=open_round.seed.secret,
            state=RunState.WAITING,
            created_at=self.build.now,
            created_by_id=self.coordinator.id,
        )
        return {
            "free opening": free.id,
            "mentor of the round": free.mentor_id,
            "study of the round": free.study_id,
            "one to pin": one.id,
            "other to pin": other.id,
            "open round": open_round.id,
            "waiting run": self.build.add(waiting).id,
            "third network": self.build_network_of_coordinator(),
        }

    def published(self) -> dict[str, Any]:
        """A round whose publication nobody has answered yet."""
        opening = self.build.opening(network=self.network)
        offer = self.build.offer(opening=opening)
        self.build.publication(offer)
        other = self.build.offer(opening=self.build.opening(network=self.network))
        wrong = self.build.review(other, state=ReviewState.CORRECTED, correction="Another place.")
        self.build.add(DossierPage.of(wrong.round, self.coordinator, self.build.now))
        return {
            "second coordinator": self.build.coordinator(self.network).id,
            "review to put right": wrong.id,
            "round of the wrong one": wrong.round_id,
            "published round": offer.round_id,
            "published offer": offer.id,
            "published request": offer.request_id,
            "learner of the published": offer.request.learner_id,
        }

    def after_a_round(self) -> dict[str, Any]:
        """A free place that one learner waits for, one who no longer waits, and a round whose clearing turn is open."""
        network = self.build.network()
        self.build.grant(self.coordinator, Role.COORDINATOR, network=network)
        closed = self.build.today - timedelta(days=9)
        cleared, turning = (
            self.build.round(network, coordinator=self.coordinator, published_at=self.build.now, closes_on=closed)
            for _ in range(2)
        )
        turn = RoundTurn(
            number=2,
            opened_at=self.build.now,
            opened_by_id=self.coordinator.id,
            hears_by=self.build.today + timedelta(days=7),
            answer_by=self.build.today + timedelta(days=14),
        )
        turning.turns.append(turn)
        waiting = self.build.request(networks=[network], round_id=cleared.id)
        stopped = self.build.request(networks=[network], round_id=cleared.id, stopped_waiting_at=self.build.now)
        return {
            "cleared round": cleared.id,
            "turning round": turning.id,
            "cleared opening": self.build.opening(network=network).id,
            "waiting request": waiting.id,
            "waiting learner": waiting.learner_id,
            "stopped request": stopped.id,
            "stopped learner": stopped.learner_id,
        }

    def build_network_of_coordinator(self) -> int:
        """A network in which she has no round yet."""
        network = self.build.network()
        self.build.grant(self.coordinator, Role.COORDINATOR, network=network)
        return network.id
