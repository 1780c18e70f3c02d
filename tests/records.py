"""Makes people, and the records of a placement on its way, with sensible values."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from app.agreements.moves import AGREEMENTS
from app.boards.lists import basis_of
from app.language.dates_and_times import day_of
from app.models.academic.boards import Board, BoardLine, BoardMember
from app.models.academic.dissertations import Dissertation, DissertationState, Milestone, SentProposal
from app.models.academic.notes import SupervisorNote
from app.models.academic.prior_learning import (
    ClaimDecision,
    ClaimState,
    CreditUse,
    PriorLearningClaim,
    PriorLearningRule,
    PriorSource,
    SourceKind,
)
from app.models.academic.supervisors import SupervisorAssignment
from app.models.academic.unplaced import UnplacedAcknowledgement
from app.models.bursaries.applications import ApplicationState, BursaryApplication
from app.models.bursaries.assessing import Assessor, ScoreSheet
from app.models.bursaries.calls import BursaryCall, CallState, Criterion, Method
from app.models.bursaries.spending import Spending, SpentOn
from app.models.course.acknowledged import Acknowledgement
from app.models.course.agreements import AgreementState, Cadence, LearningAgreement, Objective
from app.models.course.better_places import BetterPlace, BetterPlaceState
from app.models.course.capabilities import Capability, CapabilityWording
from app.models.course.changes_asked import AskedKind, AskedState, ChangeAsked
from app.models.course.deputies import Deputy, DeputyState
from app.models.course.evidence import Evidence, EvidenceKind
from app.models.course.next_places import NextPlace, NextPlaceState
from app.models.course.progress_reviews import (
    ProgressReview,
    ProgressReviewState,
    ReviewKind,
    ReviewPlan,
    ReviewPreparation,
)
from app.models.course.readiness import Cover, CoverState, Need, NeedKind, NeedState
from app.models.course.records_of_elsewhere import RecordOfElsewhere
from app.models.course.sign_offs import SignOff, SignOffState
from app.models.course.signed_records import IssuedFile, IssuedRecord, RecordKey, RecordState
from app.models.course.swaps import Swap, SwapCode, SwapState
from app.models.hours import HoursCategory, HoursEntry, HoursState
from app.models.meetings.planned import PlannedSession, PlanState
from app.models.operations.parties import Outsider, Party
from app.models.operations.sealed_papers import SealedPaper
from app.models.operations.signatures import Signature
from app.models.organisations import Network
from app.models.people import Person, Role, RoleGrant
from app.models.placements import Cause, Offer, Placement, Terms
from app.models.programmes import (
    CreditDecision,
    CreditOutcome,
    CreditVoid,
    Enrolment,
    Level,
    Module,
    ModuleKind,
    Programme,
    Provider,
)
from app.models.studies import Opening
from app.models.supervision import SessionForm
from app.models.values.access_papers import Employment
from app.models.values.registration import Profession, Regulator
from app.platform.sealing.keys import SigningKey, new_key
from app.progress_reviews.moves import REVIEWS
from app.promises.sign_offs.lifecycle import DECIDED, SIGN_OFFS
from app.rules.agreements.planned_hours import spread_evenly
from app.rules.bursaries.conditions import REGULATORS
from app.rules.course.risks import Risk
from app.rules.credit.counting import counting
from app.rules.credit.thin import record_of
from app.rules.dissertations.milestones import dates_of, suggested
from app.rules.prior_learning.same import key_of
from app.rules.progress_reviews.kind import PROGRESS_REVIEW
from app.rules.sign_offs.facts import facts_of
from app.rules.sign_offs.kind import SIGN_OFF

Row = TypeVar("Row")


@cache
def key_of_tests() -> SigningKey:
    """One key for all of a process: a short one, which is quickly made."""
    return new_key("Tests", datetime(2026, 1, 1, tzinfo=UTC), bits=2048)


class Records:
    """Adds records to a session and flushes them."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now
        self.today = day_of(now)
        self.number = count(1)

    def add(self, row: Row) -> Row:
        self.session.add(row)
        self.session.flush()
        return row

    def person(self, *roles: Role, name: str = "", **given: Any) -> Person:
        n = next(self.number)
        values = {
            "email": f"person{n}@nowhere.example",
            "name": name or f"Person {n}",
            "created_at": self.now - timedelta(days=100),
            **given,
        }
        person = self.add(Person(**values))
        for role in roles:
            self.grant(person, role)
        return person

    def grant(
        self, person: Person, role: Role, network: Network | None = None, provider: Provider | None = None
    ) -> RoleGrant:
        grant = RoleGrant(role=role, network=network, provider=provider, granted_at=self.now)
        person.grants.append(grant)
        self.session.flush()
        return grant

    def capability(self, programme: Programme, name: str = "", **given: Any) -> Capability:
        """One that is asked for, in words that a lead has chosen."""
        n = next(self.number)
        wording = CapabilityWording(
            number=1, name=name or f"Capability {n}", words="Does it well.", said_at=self.now, confirmed_at=self.now
        )
        return self.add(Capability(programme_id=programme.id, position=n, wordings=[wording], **given))

    def evidence(self, placement: Placement, *capabilities: Capability, **given: Any) -> Evidence:
        """A note for these capabilities."""
        values = {
            "kind": EvidenceKind.NOTE,
            "title": f"Evidence {next(self.number)}",
            "words": "What I did and what it shows.",
            "added_at": self.now,
            "form_key": f"evidence {next(self.number)}",
            **given,
        }
        return self.add(Evidence(placement=placement, wordings=[one.wording for one in capabilities], **values))

    def entry(self, placement: Placement, **given: Any) -> HoursEntry:
        """An hour in the workplace of today, a draft unless told otherwise."""
        values = {
            "worked_on": self.today,
            "category": HoursCategory.WORKPLACE,
            "minutes": 60,
            "did": "Screened notes.",
            "logged_at": self.now,
            "form_key": f"entry {next(self.number)}",
            "state": HoursState.DRAFT,
            **given,
        }
        return self.add(HoursEntry(placement=placement, **values))

    def need(self, placement: Placement, kind: NeedKind = NeedKind.GCP, **given: Any) -> Need:
        """Something that a placement needs, which is due a week before it begins, and missing."""
        values = {"state": NeedState.NEEDED, "due_on": placement.starts_on - timedelta(days=7), "covers": [], **given}
        return self.add(Need(placement=placement, kind=kind, **values))

    def needs(self, placement: Placement) -> dict[NeedKind, Need]:
        """The whole list of a placement whose learner works for another part of the NHS, with nothing on it yet."""
        given = {NeedKind.ACCESS: {"employment": Employment.NHS}}
        return {kind: self.need(placement, kind, **given.get(kind, {})) for kind in NeedKind}

    def cover(self, need: Need, **given: Any) -> Cover:
        """What covers a need for good since long ago, seen by somebody."""
        values = {
            "from_on": self.today - timedelta(days=100),
            "state": CoverState.GOOD,
            "entered_by": need.placement.learner,
            "entered_at": self.now - timedelta(days=1),
            "paper": need.paper,
            **given,
        }
        return self.add(Cover(need=need, **values))

    def wish(self, placement: Placement, by: Person, kind: AskedKind = AskedKind.PAUSE, **given: Any) -> ChangeAsked:
        """What somebody asks to change in a placement, from ten days from now."""
        values = {"from_on": self.today + timedelta(days=10), "why": "A term elsewhere.", "asked_at": self.now, **given}
        return self.add(ChangeAsked(placement=placement, kind=kind, asked_by=by, state=AskedState.WAITING, **values))

    def put_aside(self, placement: Placement, risk: Risk, by: Person, **given: Any) -> Acknowledgement:
        """A reason of risk that can wait for nine days."""
        values = {
            "badness": 0,
            "until_on": self.today + timedelta(days=9),
            "words": "We meet on Monday.",
            "at": self.now,
            **given,
        }
        return self.add(Acknowledgement(placement=placement, risk=risk.name, by=by, **values))

    def put_unplaced_aside(
        self, enrolment: Enrolment, module: Module, by: Person, **given: Any
    ) -> UnplacedAcknowledgement:
        """A learner without a placement who can wait for nine days."""
        values = {
            "starts_by": enrolment.started_on,
            "until_on": self.today + timedelta(days=9),
            "words": "We look for one.",
            "at": self.now,
            **given,
        }
        return self.add(UnplacedAcknowledgement(enrolment=enrolment, module=module, by=by, **values))

    def planned_session(self, placement: Placement, **given: Any) -> PlannedSession:
        """A session that its mentor has planned for tomorrow."""
        values = {
            "starts_at": self.now + timedelta(days=1),
            "minutes": 60,
            "form": SessionForm.VIDEO,
            "agenda": "The protocol.",
            "planned_by": placement.mentor,
            "planned_at": self.now,
            "state": PlanState.PLANNED,
            **given,
        }
        return self.add(PlannedSession(placement=placement, **values))

    def capabilities(self, programme: Programme, *names: str) -> list[CapabilityWording]:
        """Capabilities of a programme with these names, each in its first wording."""
        made = []
        for position, name in enumerate(names, start=1):
            wording = CapabilityWording(number=1, name=name, words=f"Shows: {name}.", said_at=self.now)
            self.add(Capability(programme_id=programme.id, position=position, wordings=[wording]))
            made.append(wording)
        return made

    def agreement(self, placement: Placement, **given: Any) -> LearningAgreement:
        """A learning agreement that lacks nothing and waits to be signed."""
        minutes = 60 * 60
        values = {
            "state": AgreementState.TO_SIGN,
            "objectives": [Objective(words="To screen for a trial on my own.")],
            "minutes_by_category": {HoursCategory.WORKPLACE.value: minutes},
            "minutes_by_month": spread_evenly(minutes, placement.starts_on, placement.ends_on),
            "sessions": Cadence.MONTH,
            "working_pattern": "Tuesdays on the ward, 9am to 1pm.",
            "begun_at": self.now,
            **given,
        }
        return self.add(LearningAgreement(placement=placement, **values))

    def signature(self, agreement: LearningAgreement, party: Party, person: Person) -> Signature:
        """Somebody signs what an agreement says."""
        seen = AGREEMENTS.signed.digest_of(agreement)
        return AGREEMENTS.sign(self.session, agreement, party, person, self.now, seen=seen)

    def supervision(self, enrolment: Enrolment, supervisor: Person, **given: Any) -> SupervisorAssignment:
        """Somebody who supervises a learner from yesterday on."""
        values = {
            "starts_on": self.today - timedelta(days=1),
            "assigned_by_id": supervisor.id,
            "assigned_at": self.now,
            **given,
        }
        return self.add(SupervisorAssignment(enrolment=enrolment, supervisor=supervisor, **values))

    def credit(self, enrolment: Enrolment, module: Module) -> CreditDecision:
        """That its university decided a week ago that a module's credits are earned."""
        lead = self.person()
        self.grant(lead, Role.PROGRAMME_LEAD, provider=enrolment.programme.provider)
        return self.credit_decision(enrolment, module, lead, decided_on=self.today - timedelta(days=7))

    def credit_decision(self, enrolment: Enrolment, module: Module, decider: Person, **given: Any) -> CreditDecision:
        """The credits of a module, earned today unless told otherwise."""
        outcome = given.get("outcome", CreditOutcome.EARNED)
        values = {
            "outcome": outcome,
            "credits": module.credits if outcome is CreditOutcome.EARNED else 0,
            "decided_on": self.today,
            "decided_by_id": decider.id,
            "recorded_at": self.now,
            "considered": "The marks.",
            **given,
        }
        return self.add(CreditDecision(enrolment=enrolment, module=module, **values))

    def prior_rule(self, provider: Provider, level: Level, by: Person, **given: Any) -> PriorLearningRule:
        """That a university recognises all of a level, unless told otherwise."""
        values = {"cap": 60, "reference": "Regulations, 4", "set_at": self.now, **given}
        return self.add(PriorLearningRule(provider=provider, level=level, set_by=by, **values))

    def claim(self, enrolment: Enrolment, **given: Any) -> PriorLearningClaim:
        """One of fifteen credits of the level that waits for a decision, unless told otherwise."""
        values = {"state": ClaimState.SENT, "revision": 1, "sent_at": self.now, "made_at": self.now, **given}
        return self.add(PriorLearningClaim(enrolment=enrolment, **{"credits": 15, "words": "The same.", **values}))

    def source(self, claim: PriorLearningClaim, **given: Any) -> PriorSource:
        """A module of fifteen credits that somebody passed elsewhere last year."""
        values = {
            "kind": SourceKind.MODULE,
            "title": "Trials",
            "body": "University of Somewhere",
            "level": 7,
            "credits": 15,
            "finished_on": self.today - timedelta(days=365),
            "added_at": self.now,
            "form_key": f"key of source {next(self.number)}",
            **given,
        }
        key = key_of(values["title"], values["body"])
        return self.add(PriorSource(claim=claim, key=key, **values))

    def granted(
        self, claim: PriorLearningClaim, by: Person, *sources: PriorSource, decided_on: date | None = None
    ) -> ClaimDecision:
        """That all credits of a claim were granted, evenly from its sources; today unless told otherwise."""
        decision = ClaimDecision(
            claim=claim,
            number=len(claim.decisions) + 1,
            revision=claim.revision,
            credits=claim.credits,
            reason="",
            decided_on=decided_on or self.today,
            decided_by=by,
            recorded_at=self.now,
        )
        decision.uses = [
            CreditUse(
                claim=claim,
                source=one,
                learner_id=claim.enrolment.learner_id,
                key=one.key,
                credits=claim.credits // len(sources),
            )
            for one in sources
        ]
        claim.state = ClaimState.GRANTED
        return self.add(decision)

    def void(self, decision: CreditDecision, lead: Person) -> CreditVoid:
        void = self.add(CreditVoid(decision_id=decision.id, reason="The wrong learner.", by_id=lead.id, at=self.now))
        self.session.refresh(decision, ["void"])
        return void

    def board(self, provider: Provider, lead: Person, **given: Any) -> Board:
        """A board that meets today, with one member from elsewhere."""
        values = {
            "name": "Board of examiners",
            "meets_on": self.today,
            "reference": "BoE 2026/1",
            "made_by_id": lead.id,
            "made_at": self.now,
            **given,
        }
        values.setdefault("members", [BoardMember(name="Prof E. External")])
        return self.add(Board(provider=provider, **values))

    def board_line(self, board: Board, enrolment: Enrolment, module: Module, **given: Any) -> BoardLine:
        """A learner on the list of a board, about whom nothing is proposed yet unless told otherwise."""
        line = self.add(BoardLine(board=board, enrolment=enrolment, module=module, **given))
        if line.outcome is not None and "basis" not in given:
            standing = counting(enrolment.decisions).get(module.id)
            line.basis = basis_of(record_of(self.session, enrolment.learner_id, module), standing)
            self.session.flush()
        return line

    def dissertation(self, enrolment: Enrolment, module: Module, **given: Any) -> Dissertation:
        """A proposal that is ready to be sent, with its milestones."""
        values = {
            "title": "Walking after a fall",
            "proposal": "To ask those who fell what helped them.",
            "without_study": "There is none in this field yet.",
            "begun_at": self.now,
            **given,
        }
        days = suggested(*dates_of(enrolment))
        values.setdefault("milestones", [Milestone(kind=kind, due_on=due_on) for kind, due_on in days.items()])
        dissertation = Dissertation(enrolment=enrolment, module=module, **values)
        if dissertation.state not in (None, DissertationState.DRAFT):
            dissertation.proposals = [
                SentProposal(
                    title=dissertation.title,
                    words=dissertation.proposal,
                    study_id=dissertation.study_id,
                    without_study=dissertation.without_study,
                    sent_at=self.now,
                )
            ]
        return self.add(dissertation)

    def master_module(self, programme: Programme) -> Module:
        """The dissertation of a programme."""
        return self.add(Module(programme=programme, title="Dissertation", credits=60, kind=ModuleKind.DISSERTATION))

    def note(self, enrolment: Enrolment, author: Person, **given: Any) -> SupervisorNote:
        """A note about a learner that waits for an answer."""
        values = {"words": "Robin has not answered for two weeks.", "written_at": self.now, **given}
        return self.add(SupervisorNote(enrolment=enrolment, author=author, **values))

    def bursary_call(self, provider: Provider | None = None, **given: Any) -> BursaryCall:
        """A lottery for two bursaries of the PGCert that is open from yesterday for a week."""
        values = {
            "provider": provider,
            "state": CallState.PUBLISHED,
            "title": f"Bursaries {next(self.number)}",
            "level": Level.PGCERT,
            "number": 2,
            "amount_pence": 450_000,
            "covers": "The course fees.",
            "courses": "Courses that begin in September 2026",
            "opens_at": self.now - timedelta(days=1),
            "closes_at": self.now + timedelta(days=7),
            "method": Method.LOTTERY,
            "regulators": [one.value for one in REGULATORS],
            "asks_place": True,
            "asks_level_before": True,
            "asks_first_funding": True,
            "has_no_deferral": True,
            "created_at": self.now - timedelta(days=2),
            "published_at": self.now - timedelta(days=2),
        } | given
        call = BursaryCall(created_by=values.pop("created_by", None) or self.person(Role.ADMINISTRATOR), **values)
        call.draw_seed()
        if call.method is Method.SCORING and not call.criteria:
            call.criteria = [
                Criterion(position=1, title="Why this course", weight=3),
                Criterion(position=2, title="What it changes", weight=1),
            ]
        return self.add(call)

    def bursary_application(self, call: BursaryCall, learner: Person, **given: Any) -> BursaryApplication:
        """One that was sent, by a nurse who was offered a place on `programme`."""
        values = {
            "reference": BursaryApplication.new_reference(),
            "state": ApplicationState.SENT,
            "created_at": self.now - timedelta(hours=2),
            "sent_at": self.now - timedelta(hours=1),
            "profession": Profession.NURSE,
            "regulator": Regulator.NMC,
            "registration_number": "12A3456B",
            "place": "By letter of 3 February 2026",
            "was_funded": False,
            "is_retake": False,
            "statement": "I run a clinic.",
            **given,
        }
        return self.add(BursaryApplication(call=call, learner=learner, **values))

    def assessor(self, call: BursaryCall, person: Person, **given: Any) -> Assessor:
        values = {"named_at": self.now, "named_by_id": call.created_by_id, **given}
        return self.add(Assessor(call=call, person=person, **values))

    def score_sheet(self, application: BursaryApplication, person: Person, *points: int) -> ScoreSheet:
        """Points for the criteria in their order."""
        given = {str(one.id): n for one, n in zip(application.call.criteria, points, strict=True)}
        sheet = ScoreSheet(application=application, person=person, points=given, words="Clear.", scored_at=self.now)
        return self.add(sheet)

    def spending(self, application: BursaryApplication, **given: Any) -> Spending:
        values = {
            "spent_on": self.today,
            "kind": SpentOn.FEES,
            "pence": 100_000,
            "words": "The first term",
            "noted_by": application.learner,
            "noted_at": self.now,
            **given,
        }
        return self.add(Spending(application=application, **values))

    def deputy(self, placement: Placement, person: Person, **given: Any) -> Deputy:
        """Somebody who has agreed to stand in for the mentor from yesterday for two weeks."""
        values = {
            "named_by": placement.mentor,
            "starts_on": self.today - timedelta(days=1),
            "ends_on": self.today + timedelta(days=13),
            "reason": "Annual leave.",
            "state": DeputyState.AGREED,
            "named_at": self.now,
            **given,
        }
        return self.add(Deputy(placement=placement, person=person, **values))

    def review_plan(self, placement: Placement, **given: Any) -> ReviewPlan:
        """The programme of a placement asks for reviews of all that begin as it does, or later."""
        values = {
            "from_on": placement.starts_on,
            "is_asked": True,
            "initial_weeks": 4,
            "final_weeks": 2,
            "short_weeks": 12,
            "set_by": self.person(),
            "set_at": self.now,
            **given,
        }
        return self.add(ReviewPlan(programme_id=placement.module.programme_id, **values))

    def progress_review(
        self, placement: Placement, kind: ReviewKind = ReviewKind.INITIAL, **given: Any
    ) -> ProgressReview:
        """A review that is written down and waits to be signed."""
        values = {
            "state": ProgressReviewState.TO_SIGN,
            "begun_at": self.now,
            "met_on": self.today,
            "agreed": "To take consent under supervision.",
            "statement": "Saw screening and consent." if kind.is_last else "",
            **given,
        }
        return self.add(ProgressReview(placement=placement, kind=kind, **values))

    def review_signature(self, review: ProgressReview, *parties: Party) -> Signature:
        """Learner or mentor, or both, sign what a review says; the last of the signatures."""
        people = {Party.LEARNER: review.placement.learner, Party.MENTOR: review.placement.mentor}
        for party in parties:
            seen = PROGRESS_REVIEW.digest_of(review)
            signature = REVIEWS.sign(self.session, review, party, people[party], self.now, seen=seen)
        return signature

    def sign_off(self, placement: Placement, **given: Any) -> SignOff:
        """A sign-off of the record as it stands, with a confirmer who has no account; nobody has signed it yet."""
        values = {
            "state": SignOffState.OPEN,
            "asked_by": placement.learner,
            "asked_at": self.now,
            "facts": facts_of(self.session, placement, self.today),
            "attested": "I saw screening and consent.",
            "confirmer_name": "Dr P. Investigator",
            "confirmer_role": "Principal investigator",
            "confirmer_email": "investigator@nowhere.example",
            **given,
        }
        return self.add(SignOff(placement=placement, **values))

    def sign_off_signature(self, sign_off: SignOff, party: Party, person: Person | None = None) -> Signature:
        """Somebody signs what a sign-off says; without a person it is the confirmer, by a link."""
        seen, signer = SIGN_OFF.digest_of(sign_off), person or Outsider(sign_off.confirmer_name)
        return SIGN_OFFS.sign(self.session, sign_off, party, signer, self.now, seen=seen, is_excepted=True)

    def signed_off(self, placement: Placement, supervisor: Person, **given: Any) -> SignOff:
        """A placement that all three have signed off."""
        sign_off = self.sign_off(placement, **given)
        self.sign_off_signature(sign_off, Party.MENTOR, placement.mentor)
        self.sign_off_signature(sign_off, Party.STUDY_TEAM)
        self.sign_off_signature(sign_off, Party.ACADEMIC_SUPERVISOR, supervisor)
        SIGN_OFFS.move(self.session, sign_off, DECIDED, Party.ACADEMIC_SUPERVISOR, supervisor, self.now)
        return sign_off

    def record_key(self) -> RecordKey:
        """The key of all tests, as this service knows it."""
        key = key_of_tests()
        known = self.session.get(RecordKey, key.public.id)
        if known is None:
            row = RecordKey(id=key.public.id, jwk=key.public.jwk, certificate=key.certificate_text, made_at=self.now)
            row.is_for_trial = False
            known = self.add(row)
        return known

    def sealed_paper(self, person: Person) -> SealedPaper:
        """A statement that was sealed for somebody; its file is none that could be checked."""
        number = next(self.number)
        return self.add(
            SealedPaper(
                person_id=person.id,
                title="Supervision given, all years",
                key_id=self.record_key().id,
                digest=f"paper {number}",
                sealed_at=self.now,
                content=b"%PDF-1.7",
            )
        )

    def record_of_elsewhere(self, enrolment: Enrolment, reader: Person, **given: Any) -> RecordOfElsewhere:
        """What somebody has read of another service, and not taken yet."""
        number = next(self.number)
        says = {
            "format": "rpe-record/1",
            "learner": {"name": "Robin Learner"},
            "module": {"title": "RPE", "credits": 20, "programme": "PGCert", "university": "Elsewhere"},
            "parts": [],
            "categories": [],
            "sign_off": {"signatures": []},
        }
        values = {
            "holder": "Robin Learner",
            "name": "RPE",
            "issuer": "https://elsewhere.example",
            "issuer_name": "Elsewhere",
            "issued_at": self.now,
            "address": f"https://elsewhere.example/records/{number}",
            "key_id": "a key",
            "key": {},
            "key_from": "a file that was given",
            "standing": "",
            "file_digest": f"file {number}",
            "says": says,
            "file": b"PK",
            "read_at": self.now,
            "read_by_id": reader.id,
            **given,
        }
        provider_id = enrolment.programme.provider_id
        return self.add(RecordOfElsewhere(enrolment=enrolment, provider_id=provider_id, **values))

    def issued_record(self, placement: Placement, **given: Any) -> IssuedRecord:
        """A record that was given out of a placement that is signed off; its file is none that could be checked."""
        key = self.record_key()
        number = next(self.number)
        values = {
            "sign_off": given.pop("sign_off", None) or self.sign_off(placement, state=SignOffState.SIGNED_OFF),
            "number": number,
            "address": f"record-{number}",
            "key_id": key.id,
            "state": RecordState.VALID,
            "content_digest": f"content {number}",
            "file_digest": f"file {number}",
            "pdf_digest": f"pdf {number}",
            "issued_at": self.now,
            "issued_by_id": placement.learner_id,
            "issued_by_name": placement.learner.name,
            **given,
        }
        issued = self.add(IssuedRecord(placement=placement, **values))
        self.add(IssuedFile(record=issued, content=b"PK"))
        return issued

    def prepares(self, review: ProgressReview, party: Party, **given: Any) -> ReviewPreparation:
        """Learner or mentor hands in what she prepared."""
        people = {Party.LEARNER: review.placement.learner, Party.MENTOR: review.placement.mentor}
        values = {"goes_well": f"Much, says the {party.value}.", "handed_in_at": self.now, **given}
        return self.add(ReviewPreparation(review=review, party=party.value, author=people[party], **values))

    def next_place(self, placement: Placement, opening: Opening, **given: Any) -> NextPlace:
        """A place on an opening, kept for a week for the learner of a placement."""
        values = {
            "cause": Cause.MENTOR_LEAVES,
            "starts_on": max(self.today, opening.starts_on),
            "ends_on": opening.ends_on,
            "answer_by": self.today + timedelta(days=7),
            "offered_at": self.now,
            "state": NextPlaceState.WAITING,
            **given,
        }
        return self.add(NextPlace(placement=placement, opening=opening, **values))

    def swap_code(self, offer: Offer) -> SwapCode:
        return self.add(SwapCode.of(offer, self.now))

    def swap(self, one: Offer, other: Offer, state: SwapState = SwapState.PROPOSED, **given: Any) -> Swap:
        """The learner of one offer asks that of another one of the same round to swap their places."""
        has_answered = state is not SwapState.PROPOSED
        values = {
            "round_id": one.round_id,
            "one_opening": one.opening,
            "other_opening": other.opening,
            "one_agreed_to": Terms.of(other.opening).digest,
            "other_agreed_to": Terms.of(one.opening).digest if has_answered else "",
            "asked_at": self.now,
            **given,
        }
        return self.add(Swap(one=one, other=other, state=state, **values))

    def better_place(self, offer: Offer, opening: Opening, **given: Any) -> BetterPlace:
        """A free place on an opening, kept for three days for the learner of an offer, who can move up to it."""
        values = {
            "round_id": offer.round_id,
            "from_opening": offer.opening,
            "terms": Terms.of(opening).digest,
            "answer_by": self.today + timedelta(days=3),
            "offered_at": self.now,
            "state": BetterPlaceState.WAITING,
            **given,
        }
        return self.add(BetterPlace(offer=offer, opening=opening, **values))
