"""The small world, with what two people can want at once: last places, last credits, two administrators."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Engine

from app.boards.lists import list_of
from app.home.digests.stopping_views import stop_secret
from app.models.academic.dissertations import DissertationState
from app.models.academic.enrolment_steps import StepKind
from app.models.base import Base
from app.models.bursaries.applications import ApplicationState, BursaryApplication
from app.models.bursaries.calls import BursaryCall, CallState
from app.models.course.agreements import AgreementState
from app.models.course.deputies import DeputyState
from app.models.course.progress_reviews import ProgressReviewState, ReviewKind
from app.models.course.readiness import NeedState
from app.models.course.sign_offs import SignOffException
from app.models.course.swaps import SwapState
from app.models.hours import HoursState
from app.models.meetings.groups import GroupMeeting
from app.models.operations.links import RecordLink
from app.models.operations.parties import Party
from app.models.pairs.nominations import NominationState
from app.models.people import Person, Role
from app.models.placements import Pause, Placement
from app.models.programmes import Enrolment, Module, ModuleKind
from app.models.public.updates import PublicUpdate
from app.models.publications import DossierPage
from app.models.requests import ExcludedMentor, ExclusionKind, RequestState
from app.models.reviews import ReviewState
from app.models.rounds import RoundTurn
from app.models.runs import ListOfPairs, Pin, PinKind, Run, RunState
from app.models.studies import OpeningState
from app.models.supervision import SessionForm, SupervisionSession
from app.nominations.answering import ACCOUNT
from app.nominations.service import ANSWER
from app.platform.db import TransactionalFlask
from app.promises.sign_offs.changed import CONFIRM_SIGN_OFF
from app.rounds.pins.lists.trial import trial_of
from app.rules.course.risks import Risk
from app.rules.progress_reviews.kind import PROGRESS_REVIEW
from app.rules.sign_offs.facts import facts_of
from app.rules.sign_offs.kind import SIGN_OFF
from app.rules.signing.canonical import canonical_text, digest_of
from app.studies.confirming.service import PURPOSE
from app.supervision.moves import CONFIRM_BY_LINK
from app.updates.service import digest_of as update_digest
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
            **self.versions(),
            **self.bursaries(),
            **self.agreements(),
            **self.credits(),
            **self.claims(),
            **self.requests(),
            **self.ways(),
            **self.in_the_round(),
            **self.published(),
            **self.nominations(),
            **self.after_a_round(),
            **self.swaps(),
            **self.moves_up(),
            **self.hours(),
            **self.progress_reviews(),
            **self.sign_offs(),
            **self.deputies(),
            **self.told_of(),
            **self.groups(),
            **self.reminders(),
            **self.answered_by_link(),
        }

    def strangers(self) -> dict[Role, int]:
        """No third administrator, who would keep the last two from being the last."""
        strangers = super().strangers()
        self.build.session.get_one(Person, strangers[Role.ADMINISTRATOR]).is_active = False
        return strangers

    def people(self) -> dict[str, Any]:
        other, misspelt = self.build.person(Role.ADMINISTRATOR), self.build.person()
        second = self.build.person()
        self.build.grant(second, Role.ACADEMIC_SUPERVISOR, provider=self.provider)
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
            "supervisor": self.supervisor.id,
            "second supervisor": second.id,
            "misspelt": misspelt.id,
            "email": misspelt.email,
            "withdrawn": self.build.person(is_active=False).id,
        }

    def places(self) -> dict[str, Any]:
        """A last place that was offered to two learners, two places of which one was offered, and a paused opening."""
        mentor = self.build.mentor()
        self.busy_mentor_id = mentor.id
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

    def versions(self) -> dict[str, Any]:
        """A programme whose last version is published, and a version that nobody is on."""
        one, other = (self.build.programme_version(self.build.programme(self.provider)) for _ in range(2))
        return {"programme with one version": one.programme_id, "version of nobody": other.id}

    def bursaries(self) -> dict[str, Any]:
        """A draft, two offers to one learner, a bursary held, one free while somebody waits, and a call to decide."""
        programme, now = self.placement.module.programme, self.build.now
        closed = {"closes_at": now - timedelta(days=1), "opens_at": now - timedelta(days=9)}
        decided: dict[str, Any] = {**closed, "state": CallState.DECIDED, "decided_at": now, "number": 1}
        asked = self.build.bursary_call(self.provider)
        offering, holding, free = (self.build.bursary_call(self.provider, **decided) for _ in range(3))
        deciding = self.build.bursary_call(self.provider, **closed)

        def apply(
            call: BursaryCall, state: ApplicationState, by: Person | None = None, **given: Any
        ) -> BursaryApplication:
            learner = by or self.build.learner()
            return self.build.bursary_application(call, learner, programme=programme, state=state, **given)

        draft = apply(asked, ApplicationState.DRAFT, sent_at=None)
        open_offer: dict[str, Any] = {
            "state": ApplicationState.OFFERED,
            "position": 1,
            "answer_until": now + timedelta(days=9),
        }
        offer = apply(offering, **open_offer)
        second = apply(self.build.bursary_call(**decided), by=offer.learner, **open_offer)
        held = apply(holding, ApplicationState.ACCEPTED, position=1)
        waiting = apply(free, ApplicationState.WAITING, position=1)
        return {
            "bursary learner": draft.learner_id,
            "draft for a bursary": draft.id,
            "offered a bursary": offer.learner_id,
            "offer of a bursary": offer.id,
            "offer of another bursary": second.id,
            "bursary holder": held.learner_id,
            "bursary held": held.id,
            "call of the held": holding.id,
            "waiting for a bursary": waiting.learner_id,
            "application on the list": waiting.id,
            "call with a free bursary": free.id,
            "call to decide": deciding.id,
            "application to decide": apply(deciding, ApplicationState.SENT).id,
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
        aside = self.build.placement()
        aside.opening.network = self.network
        self.build.wish(aside, aside.learner)
        self.build.put_aside(aside, Risk.ASKS_TO_PAUSE, self.coordinator)
        return {
            "placement put aside": aside.id,
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
            "no need": self.build.need(moving, state=NeedState.NOT_NEEDED).id,
        }

    def agreements(self) -> dict[str, Any]:
        """A placement without a learning agreement, and one whose agreement is being written."""
        without, writing = self.build.placement(), self.build.placement()
        draft = self.build.agreement(writing, state=AgreementState.DRAFT)
        return {
            "learner without agreement": without.learner_id,
            "placement without agreement": without.id,
            "writing learner": writing.learner_id,
            "placement written about": writing.id,
            "objective": draft.objectives[0].id,
        }

    def hours(self) -> dict[str, Any]:
        """One entry of each kind that waits for a deed: a draft, and one submitted, verified and returned."""
        placement = self.build.placement()
        self.build.grant(self.lead, Role.PROGRAMME_LEAD, provider=placement.module.programme.provider)
        draft, submitted, verified, returned = (
            self.build.entry(placement, state=state)
            for state in (HoursState.DRAFT, HoursState.SUBMITTED, HoursState.VERIFIED, HoursState.RETURNED)
        )
        verified.verify(placement.mentor, self.build.now)
        return {
            "placement with hours": placement.id,
            "learner with hours": placement.learner_id,
            "mentor who verifies": placement.mentor_id,
            "draft entry": draft.id,
            "submitted entry": submitted.id,
            "verified entry": verified.id,
            "returned entry": returned.id,
        }

    def progress_reviews(self) -> dict[str, Any]:
        """Reviews at each step: to be prepared, to be written down, to be signed, and signed by both."""
        running, signing, read = (self.build.placement() for _ in range(3))
        self.build.progress_review(running, ReviewKind.INITIAL, state=ProgressReviewState.PREPARING)
        self.build.progress_review(running, ReviewKind.MIDDLE, state=ProgressReviewState.WRITING)
        waiting, signed = (self.build.progress_review(placement) for placement in (signing, read))
        self.build.review_signature(signed, Party.LEARNER, Party.MENTOR)
        self.build.grant(self.supervisor, Role.ACADEMIC_SUPERVISOR, provider=read.module.programme.provider)
        return {
            "reviewed placement": running.id,
            "reviewed learner": running.learner_id,
            "reviewing mentor": running.mentor_id,
            "review to prepare": ReviewKind.INITIAL.value,
            "review to write": ReviewKind.MIDDLE.value,
            "placement to sign for": signing.id,
            "signing learner": signing.learner_id,
            "signing mentor": signing.mentor_id,
            "what both sign": PROGRESS_REVIEW.digest_of(waiting),
            "placement to read about": read.id,
            "learner read about": read.learner_id,
            "what is read": PROGRESS_REVIEW.digest_of(signed),
        }

    def sign_offs(self) -> dict[str, Any]:
        """Placements near their end at each step of a sign-off."""
        asking, attesting, confirming, excepting, excepted, deciding, done = (self.ending() for _ in range(7))
        self.build.sign_off(attesting, facts={}, attested="")
        to_confirm, to_decide = self.build.sign_off(confirming), self.build.sign_off(deciding)
        alone, both = (self.build.sign_off(one, confirmer_id=one.mentor_id) for one in (excepting, excepted))
        for one in (to_confirm, to_decide, alone, both):
            self.build.sign_off_signature(one, Party.MENTOR, one.placement.mentor)
        self.build.sign_off_signature(to_decide, Party.STUDY_TEAM)
        both.exceptions.append(
            SignOffException(
                person_id=excepted.mentor_id, reason="One.", granted_by=self.supervisor, granted_at=self.build.now
            )
        )
        self.build.signed_off(done, self.supervisor)
        facts = facts_of(self.build.session, attesting, self.build.today)
        return {
            "placement to ask": asking.id,
            "learner to sign off": asking.learner_id,
            "mentor to sign off": asking.mentor_id,
            "placement to attest": attesting.id,
            "mentor who attests": attesting.mentor_id,
            "record to attest": digest_of(canonical_text(facts)),
            "placement to confirm": confirming.id,
            "mentor who attested": confirming.mentor_id,
            "what is confirmed": SIGN_OFF.digest_of(to_confirm),
            "link to a sign-off": self.link(CONFIRM_SIGN_OFF, to_confirm, to_confirm.confirmer_email, None),
            "placement to except": excepting.id,
            "placement of one who may": excepted.id,
            "mentor who may": excepted.mentor_id,
            "what she confirms": SIGN_OFF.digest_of(both),
            "placement to decide": deciding.id,
            "what is decided": SIGN_OFF.digest_of(to_decide),
            "placement to void": done.id,
        }

    def ending(self) -> Placement:
        """A placement near its end, at the university of the supervisor."""
        placement = self.build.placement()
        placement.ends_on = self.build.today + timedelta(days=14)
        self.build.grant(self.supervisor, Role.ACADEMIC_SUPERVISOR, provider=placement.module.programme.provider)
        return placement

    def told_of(self) -> dict[str, Any]:
        """A placement that is over, whose learner has not said yet how the supervision was."""
        over = self.build.placement(ends_on=self.build.today - timedelta(days=5))
        return {"placement to tell of": over.id, "learner who tells": over.learner_id}

    def deputies(self) -> dict[str, Any]:
        """Somebody who is asked to stand in, and a placement for which either of two could be named."""
        asked, free = self.build.placement(), self.build.placement()
        near = [self.build.opening(network=free.opening.network).mentor for _ in range(2)]
        deputy = self.build.deputy(asked, self.build.mentor(), state=DeputyState.ASKED)
        return {
            "deputy who is asked": deputy.id,
            "who is asked to stand in": deputy.person_id,
            "mentor who asked": asked.mentor_id,
            "placement without deputy": free.id,
            "mentor without deputy": free.mentor_id,
            "near": near[0].email,
            "also_near": near[1].email,
        }

    def groups(self) -> dict[str, Any]:
        """A mentor of two learners, with a meeting of both on their records and one that was planned for today."""
        mentor = self.build.mentor()
        both = [self.build.placement(mentor=mentor) for _ in range(2)]
        held, planned = (
            self.build.add(GroupMeeting(made_by=mentor, made_at=self.build.now, form_key=f"{name} with both"))
            for name in ("held", "planned")
        )
        said = {"minutes": 30, "form": SessionForm.PHONE, "topics": "Consent.", "group_id": held.id}
        for at, placement in enumerate(both):
            by = {"logged_by": mentor, "logged_at": self.build.now, "form_key": f"held with both {at}"}
            day = self.build.today - timedelta(days=3)
            self.build.add(SupervisionSession(placement=placement, held_on=day, **said, **by))
        plans = [
            self.build.planned_session(one, starts_at=self.build.now - timedelta(hours=1), group_id=planned.id)
            for one in both
        ]
        return {
            "mentor of both": mentor.id,
            "one_of_both": both[0].id,
            "other_of_both": both[1].id,
            "meeting with both": held.id,
            "plan with both": plans[0].id,
        }

    def reminders(self) -> dict[str, Any]:
        """Somebody who has chosen neither when a digest comes nor an address for her calendar."""
        reader = self.build.learner()
        with self.app.app_context():
            return {"new reader": reader.id, "link to stop": stop_secret(reader)}

    def answered_by_link(self) -> dict[str, Any]:
        """A session that its learner can answer signed in, or by the link of a mail; and one whose link is too old."""
        placement = self.build.placement()
        meeting, other = (self.meeting(placement, days) for days in (4, 5))
        now, week = self.build.now, timedelta(days=7)
        email, learner = placement.learner.email, placement.learner
        old, secret = RecordLink.issue(CONFIRM_BY_LINK, other, email, now - 2 * week, week, learner)
        self.build.add(old)
        return {
            "session to answer": meeting.id,
            "learner who answers": learner.id,
            "mentor who logged": placement.mentor_id,
            "link to answer a session": self.link(CONFIRM_BY_LINK, meeting, email, learner),
            "link that is too old": secret,
        }

    def meeting(self, placement: Placement, days_ago: int) -> SupervisionSession:
        """A session that its mentor wrote down."""
        by = {"logged_by": placement.mentor, "logged_at": self.build.now, "form_key": f"{days_ago} days ago"}
        said = {"minutes": 30, "form": SessionForm.PHONE, "topics": "Consent."}
        day = self.build.today - timedelta(days=days_ago)
        return self.build.add(SupervisionSession(placement=placement, held_on=day, **said, **by))

    def credits(self) -> dict[str, Any]:
        """A level whose learner has thirty of sixty credits, and two modules that do not both fit."""
        enrolment = self.build.session.query(Enrolment).filter_by(learner_id=self.learner.id).first()
        assert enrolment is not None
        large = self.build.add(
            Module(programme_id=enrolment.programme_id, title="A large one", credits=30, kind=ModuleKind.TAUGHT)
        )
        modules = enrolment.programme.modules
        self.build.credit_decision(enrolment, modules[2], self.lead)  # that about the one before is of the small world
        other = self.build.enrolment(self.build.learner(), enrolment.programme)
        early = self.build.board(self.provider, self.lead)
        to_prepare = self.build.board_line(early, other, modules[1])
        self.build.session.expire(self.board)
        return {
            "third module": modules[3].id,
            "large module": large.id,
            **self.dissertations(),
            "board to prepare": early.id,
            "line to prepare": to_prepare.id,
            "one to list": f"{other.id}-{modules[2].id}",
            "what the board reads": list_of(self.build.session, self.board, self.lead, self.build.today).digest,
        }

    def dissertations(self) -> dict[str, Any]:
        """Of five learners: one not begun, and one in each state that somebody can change."""
        programme = self.build.programme(self.provider)
        module = self.build.master_module(programme)
        fresh = self.build.enrolment(self.build.learner(), programme)
        found: dict[str, Any] = {"fresh learner": fresh.learner_id, "enrolment without dissertation": fresh.id}
        for state in DissertationState:
            enrolment = self.build.enrolment(self.build.learner(), programme)
            submitted_on = self.build.today if state is DissertationState.SUBMITTED else None
            one = self.build.dissertation(enrolment, module, state=state, submitted_on=submitted_on)
            found |= {f"learner with it {state.name}": enrolment.learner_id, f"dissertation {state.name}": one.id}
        return found

    def claims(self) -> dict[str, Any]:
        """Two claims that name the same fifteen credits, of which one can be granted."""
        enrolment = self.build.session.query(Enrolment).filter_by(learner_id=self.learner.id).first()
        assert enrolment is not None
        one, other = self.build.claim(enrolment), self.build.claim(enrolment)
        sources = [self.build.source(claim, title="The same module") for claim in (one, other)]
        return {
            "one claim": one.id,
            "other claim": other.id,
            "source of one": sources[0].id,
            "source of other": sources[1].id,
        }

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

    def ways(self) -> dict[str, Any]:
        """A learner who has stepped out, and one who asks for a place on a programme."""
        away = self.build.learner()
        enrolment = self.build.enrolment(away, self.build.programme(self.provider))
        out = self.build.step(enrolment, StepKind.STEPPED_OUT, self.lead, day=self.build.today - timedelta(days=9))
        wanted = self.build.programme(self.provider)
        waits, aside = (self.build.enrolment(self.build.learner(), wanted) for _ in range(2))
        self.build.put_unplaced_aside(aside, wanted.modules[0], self.lead)
        return {
            "unplaced": waits.id,
            "unplaced and put aside": aside.id,
            "module to be placed for": wanted.modules[0].id,
            "learner away": away.id,
            "away": enrolment.id,
            "step of away": out.id,
            "leaving": "leave",
            "returning": "return",
            "wish for a place": self.build.way_asked(self.build.learner(), wanted).id,
            "programme wanted": wanted.id,
        }

    def update_values(self) -> dict[str, Any]:
        """With what two administrators have read of the update."""
        values = super().update_values()
        update = self.build.session.get_one(PublicUpdate, values["update_id"])
        return {**values, "what the update says": update_digest(update)}

    def nominations(self) -> dict[str, Any]:
        """One that waits for its supervisor, asked long ago, and one that a coordinator can verify."""
        before = self.build.now - timedelta(days=5)
        asked = self.build.nomination(email=self.mentor.email, network=self.network, asked_at=before)
        confirmed = self.build.nomination(network=self.network, state=NominationState.CONFIRMED)
        linked = self.build.nomination(network=self.network)
        busy = self.build.session.get_one(Person, self.busy_mentor_id)
        return {
            "nobody": None,
            "asked by link": linked.id,
            "linked learner": linked.learner_id,
            "link to answer": self.link(ANSWER, linked, linked.email),
            "link to an account": self.link(ACCOUNT, confirmed, confirmed.email),
            "link to confirm": self.link(PURPOSE, busy, busy.email, busy),
            "asked long ago": asked.id,
            "naming learner": asked.learner_id,
            "confirmed": confirmed.id,
            "confirmed learner": confirmed.learner_id,
        }

    def link(self, purpose: str, subject: Base, email: str, person: Person | None = None) -> str:
        """The secret of a link in a mail."""
        link, secret = RecordLink.issue(purpose, subject, email, self.build.now, timedelta(days=1), person)
        self.build.add(link)
        return secret

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
        self.build.session.flush()
        trial = trial_of(
            self.build.session, self.coordinator, self.round, pairs.content, lambda kind: False, self.build.now
        )
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
        return {**values, **shown, "other coordinator": other.id, "what the list does": trial.digest}

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

    def swaps(self) -> dict[str, Any]:
        """A swap that one learner is asked for, one to be decided, and a place whose code another learner has."""
        round_ = self.build.round(self.network, coordinator=self.coordinator, published_at=self.build.now)
        asking, asked, agreeing, agreed, mine, theirs = (
            self.build.offer(
                self.build.request(networks=[self.network]), self.build.opening(network=self.network), round_
            )
            for _ in range(6)
        )
        return {
            "swap asked for": self.build.swap(asking, asked).id,
            "learner who is asked": asked.request.learner_id,
            "swap to decide": self.build.swap(agreeing, agreed, SwapState.AGREED).id,
            "learner who agreed": agreed.request.learner_id,
            "offer to swap": mine.id,
            "learner who swaps": mine.request.learner_id,
            "code of another": self.build.swap_code(theirs).code,
        }

    def moves_up(self) -> dict[str, Any]:
        """A learner who can move up, another one who may be offered it, and a round in which it is still to be said."""
        build, network = self.build, self.network
        round_ = build.round(network, coordinator=self.coordinator, published_at=build.now, moves_up=True)
        better, best, *hers = (build.opening(network=network) for _ in range(4))
        offers = [
            build.offer(build.request(networks=[network], ranked=[first, second]), second, round_)
            for first, second in zip((better, best), hers, strict=True)
        ]
        place = build.better_place(offers[0], better)
        return {
            "better place": place.id,
            "opening of the better place": better.id,
            "mentor of the better place": better.mentor_id,
            "learner who moves up": offers[0].request.learner_id,
            "offer below the better place": offers[0].id,
            "round with moves up": round_.id,
            "free best place": best.id,
            "offer that may move up": offers[1].id,
        }

    def build_network_of_coordinator(self) -> int:
        """A network in which she has no round yet."""
        network = self.build.network()
        self.build.grant(self.coordinator, Role.COORDINATOR, network=network)
        return network.id
