"""A small world in which every kind of record exists once and every role is held by somebody whom it concerns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.routing import Rule

from app.calendars.service import make_address
from app.calendars.views import calendar_secret
from app.home.digests.stopping_views import stop_secret
from app.language.mail import Mail
from app.models import Base
from app.models.academic.boards import BoardMember
from app.models.academic.dissertations import ApprovalKind, DissertationState, MilestoneKind
from app.models.academic.prior_learning import PriorSourceFile
from app.models.academic.way_asked import WayAskedKind
from app.models.bursaries.calls import CallState, Method
from app.models.course.deputies import DeputyState
from app.models.course.evidence import EvidenceFile, EvidenceKind
from app.models.course.readiness import CoverState, NeedKind
from app.models.course.records_of_elsewhere import RecordOfElsewhere
from app.models.course.sign_offs import SignOffState
from app.models.course.swaps import SwapState
from app.models.evaluation.askings import Survey
from app.models.hours import HoursCategory, HoursEntry, HoursState
from app.models.meetings.groups import GroupMeeting
from app.models.operations.jobs import CRASHED, TRIES_MAX, Job, JobOutcome, Lane
from app.models.operations.parties import Party
from app.models.operations.public_questions import QuestionStanding
from app.models.operations.registry_files import RegistryKind
from app.models.operations.sign_ins import SignIn
from app.models.pairs.nominations import NominationState
from app.models.people import MentorAbsence, OneTimeLink, Person, Role, RoleGrant
from app.models.programmes import CreditOutcome, Enrolment
from app.models.public.updates import UpdateRegistration, UpdateTopic
from app.models.publications import DossierPage
from app.models.requests import ExcludedMentor, ExclusionKind
from app.models.rounds import MatchRound
from app.models.runs import ListOfPairs, Pin, QuestionKind, QuestionState, Run, RunQuestion
from app.models.supervision import ActionOwner, AgreedAction, SessionForm, SupervisionSession
from app.models.values.access_papers import Employment
from app.platform.db import TransactionalFlask
from app.platform.files.kept import keep
from app.platform.outbox import ATTEMPTS_MAX, queue_message
from app.questions.views import asker_of
from app.rounds.publishing.checks import Concern
from app.rounds.runs.jobs import solve_run
from app.rounds.runs.service import start_run
from app.rules.agreements.kind import AGREEMENT
from app.rules.course.risks import Risk
from app.rules.evaluation.kept import FAIR_SHARES
from app.rules.home_items import ToDo
from app.rules.sign_offs.kind import SIGN_OFF
from app.studies.imports.service import RegistryFile
from app.studies.imports.uploads import keep_upload, try_file
from app.updates.base_views import secret_of
from app.web.access import Permission, permissions_of
from tests.browsers import begin_sign_in, browser_of
from tests.builders import Builder
from tests.written import put_back

PORTFOLIO = """Short Name,Managing Specialty,All Specialties,Lead Country,Lead LCRN,Funder(s),Open to New Sites,Study Status,Link
FALLS: walking,Ageing,Ageing,England,Wessex,A Charity,No,Open,12345
"""  # noqa: E501

# Who reaches the records of every university, and so is nobody's stranger there.
REACH_EVERYWHERE = {
    (Permission.EDIT_PROGRAMMES, Role.ADMINISTRATOR),
    (Permission.RUN_BURSARIES, Role.ADMINISTRATOR),
}

# Parameters whose records every holder of the permission reaches. All others belong to somebody: a stranger with the
# same role gets 404. Whoever adds a parameter to a route adds its record to `World.values` and thinks about this line.
OPEN_TO_ALL_HOLDERS = {
    "person_id",
    "grant_id",
    "study_id",
    "provider_id",
    "filename",
    "secret",
    "job_id",
    "message_id",
    "sign_in_id",
    "address",
    "left_review_id",
    "asked_id",
    "asker",
    "update_id",
    "wanted",
    "subscription",
    "survey_name",
    "survey_question",
    "words_id",
    "item",
    "stop",
    "calendar",
    "open_call_id",
}


@dataclass(frozen=True)
class World:
    """Who holds each role, a stranger for each role, and the value of each parameter that a route can have."""

    app: TransactionalFlask
    owners: dict[Role, int]
    strangers: dict[Role, int]
    values: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]]

    def browser_of(self, person_id: int | None) -> FlaskClient:
        """A browser of a person, or of nobody."""
        return self.app.test_client() if person_id is None else browser_of(self.app, person_id, token_of(person_id))

    def address_of(self, rule: Rule) -> str:
        """The address of a route for the records of this world."""
        given = {name: self.value_of(name, rule) for name in rule.arguments}
        return self.app.url_map.bind("localhost").build(rule.endpoint, given)

    def value_of(self, name: str, rule: Rule) -> Any:
        """`request_id of a round` is taken where the route also says which round."""
        for other in sorted(rule.arguments - {name}):
            if f"{name} with {other}" in self.values:
                return self.values[f"{name} with {other}"]
        return self.values[name]

    def restore(self, engine: Engine) -> None:
        """Put every table back to what it was when the world was made."""
        with engine.begin() as connection:
            put_back(connection, self.rows)


def rows_in(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    with engine.connect() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in Base.metadata.sorted_tables
        }


def token_of(person_id: int) -> str:
    """One session for each person, which is there again when the world is restored."""
    return f"the session of person {person_id}"


def routes(app: TransactionalFlask) -> Iterator[tuple[Rule, str, Permission | None]]:
    """Every route of the application with its method and the permission that it asks for."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield rule, method, vars(app.view_functions[rule.endpoint])["access"]


def holders(people: dict[Role, int], permission: Permission) -> dict[Role, int]:
    """Those of a set of people, one of each role, who hold a permission."""
    return {role: person_id for role, person_id in people.items() if permission in permissions_of(one_of(role))}


def one_of(role: Role) -> Person:
    """Somebody with just this role, to ask what it allows."""
    return Person(grants=[RoleGrant(role=role)])


def is_scoped(rule: Rule) -> bool:
    return bool(rule.arguments - OPEN_TO_ALL_HOLDERS)


def make_world(app: TransactionalFlask, build: Builder, engine: Engine) -> World:
    """Build the world and commit it."""
    return Maker(app, build).make(engine)


class Maker:
    """Builds the records of a world around one placement."""

    def __init__(self, app: TransactionalFlask, build: Builder) -> None:
        self.app, self.build = app, build
        self.placement = build.placement()
        self.network = self.placement.opening.network
        self.provider = self.placement.module.programme.provider
        self.learner, self.mentor = self.placement.learner, self.placement.mentor
        self.coordinator = build.coordinator(self.network)
        self.administrator = build.person(Role.ADMINISTRATOR)
        self.supervisor, self.lead = build.person(), build.person()
        build.grant(self.supervisor, Role.ACADEMIC_SUPERVISOR, provider=self.provider)
        build.grant(self.lead, Role.PROGRAMME_LEAD, provider=self.provider)

    def make(self, engine: Engine) -> World:
        values = self.placement_values() | self.learner_values() | self.staff_values()
        values |= self.round_values() | self.waiting_values() | self.agreed_values() | self.reminder_values()
        owners = {
            Role.LEARNER: self.learner.id,
            Role.MENTOR: self.mentor.id,
            Role.COORDINATOR: self.coordinator.id,
            Role.ACADEMIC_SUPERVISOR: self.supervisor.id,
            Role.PROGRAMME_LEAD: self.lead.id,
            Role.ADMINISTRATOR: self.administrator.id,
        }
        strangers = self.strangers()
        self.build.session.commit()
        self.solve(values["run_id"])
        values["question_id"] = self.ask(values["run_id"])
        with engine.begin() as connection:
            for person_id in connection.scalars(select(Person.id)).all():
                begin_sign_in(connection, self.app, person_id, token_of(person_id))
            hers = select(SignIn.id).where(SignIn.person_id == owners[Role.LEARNER])
            values["sign_in_id"] = connection.scalar(hers)
        return World(self.app, owners, strangers, values, rows_in(engine))

    def group_of(self, like: SupervisionSession) -> GroupMeeting:
        """A meeting with several learners, as one of them has it on her record."""
        group = self.build.add(GroupMeeting(made_by=self.mentor, made_at=like.logged_at, form_key="a group"))
        day = like.held_on - timedelta(days=1)
        said = {"minutes": 30, "form": SessionForm.PHONE, "topics": "The amendment.", "form_key": "one of a group"}
        by = {"logged_by": self.mentor, "logged_at": like.logged_at, "group_id": group.id}
        self.build.add(SupervisionSession(placement=self.placement, held_on=day, **said, **by))
        return group

    def placement_values(self) -> dict[str, Any]:
        day, now = self.build.today - timedelta(days=7), self.build.now - timedelta(days=6)
        meeting = self.build.add(
            SupervisionSession(
                placement=self.placement,
                held_on=day,
                minutes=45,
                form=SessionForm.VIDEO,
                topics="Consent and how to speak about it.",
                logged_by=self.mentor,
                logged_at=now,
                form_key="a session",
                actions=[
                    AgreedAction(what="Read the protocol", owner=ActionOwner.LEARNER),
                    AgreedAction(what="Send the log", owner=ActionOwner.MENTOR, done_on=day),
                ],
            )
        )
        entry = self.build.add(
            HoursEntry(
                placement=self.placement,
                state=HoursState.SUBMITTED,
                worked_on=day,
                category=HoursCategory.WORKPLACE,
                minutes=120,
                did="Screening lists with the research nurse.",
                logged_at=now,
                form_key="an entry",
            )
        )
        enrolment = self.build.session.scalars(select(Enrolment).where(Enrolment.learner_id == self.learner.id)).one()
        return {
            "placement_id": self.placement.id,
            "session_id": meeting.id,
            "action_id": meeting.actions[0].id,
            "done action": meeting.actions[1].id,
            "deputy_id": self.build.deputy(self.build.placement(), self.mentor, state=DeputyState.ASKED).id,
            "group_id": self.group_of(meeting).id,
            "plan_id": self.build.planned_session(self.placement, starts_at=now).id,
            "entry_id": entry.id,
            "enrolment_id": enrolment.id,
            "module_id": self.placement.module_id,
            "risk": Risk.ASKS_TO_PAUSE.name,
            **self.way_values(enrolment),
            "note_id": self.build.note(enrolment, self.supervisor).id,
            "opening_id": self.placement.opening_id,
            "study_id": self.placement.opening.study_id,
            **self.course_values(),
            **self.evidence_values(),
            **self.readiness_values(),
            **self.agreement_values(),
            **self.progress_review_values(),
            **self.signed_record_values(),
            **self.sign_off_values(),
            **self.programme_values(),
            **self.prior_learning_values(enrolment),
            **self.board_values(enrolment),
            **self.bursary_values(),
            **self.survey_values(enrolment),
        }

    def survey_values(self, enrolment: Enrolment) -> dict[str, Any]:
        """What the learner and her mentor are asked, free text that waits, and the names of a survey and a question."""
        self.build.published_figures(Survey.PLACEMENT.value, "answered")
        self.build.published_figures(FAIR_SHARES, "placed")
        return {
            "asking_id": self.build.asking(enrolment).id,
            "mentor_asking_id": self.build.asking(enrolment, Survey.MENTORING, self.mentor).id,
            "words_id": self.build.free_words().id,
            "survey_name": "placement",
            "survey_question": "induction",
        }

    def board_values(self, enrolment: Enrolment) -> dict[str, Any]:
        """A decision, and a board that can decide about another module."""
        modules = enrolment.programme.modules
        decision = self.build.credit_decision(enrolment, modules[1], self.lead)
        self.board = self.build.board(self.provider, self.lead)
        self.board.members.append(BoardMember(person_id=self.supervisor.id, name=self.supervisor.name))
        line = self.build.board_line(self.board, enrolment, modules[3], outcome=CreditOutcome.EARNED)
        self.dissertation = self.build.dissertation(
            enrolment, self.build.master_module(enrolment.programme), state=DissertationState.PROPOSED
        )
        dissertation = {
            "dissertation_id": self.dissertation.id,
            "approval_kind": ApprovalKind.HRA.name,
            "milestone_kind": MilestoneKind.RESEARCH.name,
        }
        return {**dissertation, "decision_id": decision.id, "board_id": self.board.id, "line_id": line.id}

    def way_values(self, enrolment: Enrolment) -> dict[str, Any]:
        """A wish to step out, an award from elsewhere, and a university that may read earlier records."""
        kind = WayAskedKind.STEP_OUT
        asked = self.build.way_asked(self.learner, enrolment.programme, kind=kind, enrolment=enrolment)
        award = self.build.prior_award(self.learner, self.provider)
        self.build.record_share(self.learner, self.provider)
        return {
            "own_enrolment_id": enrolment.id,
            "way_asked_id": asked.id,
            "own_way_asked_id": asked.id,
            "award_id": award.id,
            "own_award_id": award.id,
            "way_step": "step-out",
            "way_kind": "step-out",
        }

    def course_values(self) -> dict[str, Any]:
        """What the learner asks to change, and a place at which her placement can go on."""
        opening = self.build.opening(network=self.network)
        return {
            "wish_id": self.build.wish(self.placement, self.learner).id,
            "next_place_id": self.build.next_place(self.placement, opening).id,
            "next_opening_id": opening.id,
        }

    def agreement_values(self) -> dict[str, Any]:
        """A learning agreement that its mentor has signed."""
        agreement = self.build.agreement(self.placement)
        return {
            "objective_id": agreement.objectives[0].id,
            "signature_id": self.build.signature(agreement, Party.MENTOR, self.mentor).id,
            "programme_id": self.placement.module.programme_id,
            "what is signed": AGREEMENT.digest_of(agreement),
        }

    def progress_review_values(self) -> dict[str, Any]:
        """An initial review that its mentor has signed."""
        review = self.build.progress_review(self.placement)
        signature = self.build.review_signature(review, Party.MENTOR)
        return {"review_kind": review.kind.value, "signature_id with review_kind": signature.id}

    def signed_record_values(self) -> dict[str, Any]:
        """A record that was given out once; its sign-off has ended since."""
        ended = self.build.sign_off(self.placement, state=SignOffState.VOID)
        issued = self.build.issued_record(self.placement, sign_off=ended)
        return {
            "signed_record_id": issued.id,
            "record_address": issued.address,
            "record_key": issued.key_id,
            "sealed_paper_id": self.build.sealed_paper(self.mentor).id,
            "elsewhere_id": self.record_of_elsewhere().id,
        }

    def programme_values(self) -> dict[str, Any]:
        """A programme of the university whose first version is being written, with a cohort to come."""
        version = self.build.programme_version(self.build.programme(self.provider), published_at=None)
        cohort = self.build.cohort(version, starts_on=self.build.today + timedelta(days=90))
        return {"version_id": version.id, "part_id": version.parts[0].id, "cohort_id": cohort.id}

    def bursary_values(self) -> dict[str, Any]:
        """An application to a call that has closed, which all who may assess, and something spent of a bursary."""
        closed = {"opens_at": self.build.now - timedelta(days=9), "closes_at": self.build.now - timedelta(days=1)}
        call = self.build.bursary_call(self.provider, method=Method.SCORING, **closed)
        application = self.build.bursary_application(call, self.learner, programme=self.placement.module.programme)
        people = (self.lead, self.supervisor, self.mentor, self.coordinator, self.administrator)
        assessors = [self.build.assessor(call, person) for person in people]
        decided = self.build.bursary_call(self.provider, state=CallState.DECIDED, decided_at=self.build.now)
        return {
            "call_id": call.id,
            "open_call_id": self.build.bursary_call(self.provider).id,
            "decided call": decided.id,
            "application_id": application.id,
            "assessor_id": assessors[1].id,
            "spending_id": self.build.spending(application).id,
        }

    def prior_learning_values(self, enrolment: Enrolment) -> dict[str, Any]:
        """A claim that waits for a decision, resting on a module with a file."""
        level = self.placement.module.programme.level
        self.build.prior_rule(self.provider, level, self.lead)
        claim = self.build.claim(enrolment)
        file = PriorSourceFile(
            name="transcript.pdf",
            kept_as=keep(self.app.extensions["rpe_settings"].files, b"%PDF-1.7"),
            media_type="application/pdf",
            size_bytes=8,
            digest="of eight bytes",
        )
        source = self.build.source(claim, file=file)
        return {
            "claim_id": claim.id,
            "source_id": source.id,
            "led_provider_id": self.provider.id,
            "level_name": level.name,
        }

    def record_of_elsewhere(self) -> RecordOfElsewhere:
        """A record of another service, which the lead has read and not taken yet."""
        enrolment = self.build.session.scalars(select(Enrolment).where(Enrolment.learner_id == self.learner.id)).one()
        return self.build.record_of_elsewhere(enrolment, self.lead)

    def sign_off_values(self) -> dict[str, Any]:
        """A sign-off that its mentor has attested, and the digest of what the others sign."""
        sign_off = self.build.sign_off(self.placement)
        self.build.sign_off_signature(sign_off, Party.MENTOR, self.mentor)
        return {"what three sign": SIGN_OFF.digest_of(sign_off)}

    def evidence_values(self) -> dict[str, Any]:
        """A capability of the programme, and a file that is evidence for it."""
        programme = self.placement.module.programme
        capability = self.build.capability(programme)
        file = EvidenceFile(
            name="log.pdf",
            kept_as=keep(self.app.extensions["rpe_settings"].files, b"%PDF-1.7"),
            media_type="application/pdf",
            size_bytes=8,
            digest="of eight bytes",
        )
        piece = self.build.evidence(self.placement, capability, kind=EvidenceKind.FILE, file=file)
        return {"programme_id": programme.id, "capability_id": capability.id, "evidence_id": piece.id}

    def readiness_values(self) -> dict[str, Any]:
        """A paper that is in place, and a newer one that waits to be checked."""
        need = self.build.need(self.placement, NeedKind.ACCESS, employment=Employment.NHS)
        good = self.build.cover(need)
        newer = self.build.cover(need, from_on=self.build.today, state=CoverState.TO_CHECK)
        return {
            "need_id": need.id,
            "cover_id": newer.id,
            "good entry": good.id,
            "organisation_id": self.placement.opening.organisation_id,
        }

    def reminder_values(self) -> dict[str, Any]:
        """What waits for the learner, the secret that stops her digests, and that of her calendar."""
        address = make_address(self.build.session, self.learner, self.build.now)
        entry = ToDo("Log your hours", "", "hours.new", {"placement_id": self.placement.id})
        with self.app.app_context():
            secrets = {"stop": stop_secret(self.learner), "calendar": calendar_secret(address)}
        return {"item": entry.mark, **secrets}

    def agreed_values(self) -> dict[str, Any]:
        """A supervisor whom the learner named and who said yes, a pair that is ruled out, and a list of pairs."""
        nomination = self.build.nomination(
            self.learner,
            state=NominationState.CONFIRMED,
            email=self.mentor.email,
            network=self.network,
            module=self.placement.module,
        )
        asked = self.build.request(networks=[self.network], round_id=self.round.id)
        conflict = self.build.conflict(asked.learner, self.build.opening(network=self.network).mentor)
        pairs = ListOfPairs(
            round_id=self.round.id,
            name="pairs.csv",
            content=b"Learner email,Mentor email,Study or opening,Reason code,Reason\n",
            chosen_by_id=self.coordinator.id,
            chosen_at=self.build.now,
        )
        return {
            "nomination_id": nomination.id,
            "conflict_id": conflict.id,
            "list_id": self.build.add(pairs).id,
        }

    def waiting_values(self) -> dict[str, Any]:
        """A job that was given up, a mail that was refused, a question that waits, and one that is answered."""
        now = self.build.now
        job = self.build.add(Job(deed="import a file", arguments="[0]", lane=Lane.LONG, created_at=now, due_at=now))
        job.outcome, job.ended_at, job.complaint, job.tries = JobOutcome.GIVEN_UP, now, CRASHED, TRIES_MAX
        mail = queue_message(self.build.session, "refused@nowhere.example", Mail("One", "1"), now)
        mail.attempts = mail.tries = ATTEMPTS_MAX
        mail.complaint = "550 no such mailbox"
        asked = self.build.public_question(email="asker@nowhere.example")
        answered = self.build.public_question(state=QuestionStanding.PUBLISHED, shown="Who?", answer="You.")
        with self.app.app_context():
            asker = asker_of(asked)
        ids = {"asked_id": asked.id, "published question": answered.id, "asker": asker}
        return {"job_id": job.id, "message_id": mail.id, **ids, **self.update_values()}

    def update_values(self) -> dict[str, Any]:
        """An update that is not sent yet, the link of one who registers, and that of one who gets them."""
        registration, secret = UpdateRegistration.issue(
            "reader@nowhere.example", {UpdateTopic.ROUNDS}, self.build.now, timedelta(days=7)
        )
        self.build.add(registration)
        with self.app.app_context():
            subscription = secret_of(self.build.subscriber().mark)
        return {"update_id": self.build.public_update().id, "wanted": secret, "subscription": subscription}

    def learner_values(self) -> dict[str, Any]:
        """A request that can still be changed, with something on its list, and an offer on another."""
        listed = self.build.opening(network=self.network)
        request = self.build.request(self.learner, [self.network], ranked=[listed])
        exclusion = self.build.add(
            ExcludedMentor(learner_id=request.learner_id, kind=ExclusionKind.LINE_MANAGER, name="A Manager")
        )
        offered = self.build.opening(network=self.network, mentor=self.mentor)
        offer = self.build.offer(self.build.request(self.learner, [self.network]), offered)
        review = self.build.review(offer)
        elsewhere = self.build.offer()
        only_coordinator = self.build.session.get_one(Person, elsewhere.round.created_by_id)
        left = self.build.review(elsewhere, self.build.publication(elsewhere, only_coordinator))
        other = self.build.offer(
            self.build.request(networks=[self.network]), self.build.opening(network=self.network), offer.round
        )
        better_place = self.build.better_place(offer, self.build.opening(network=self.network, mentor=self.mentor))
        return {
            "left_review_id": left.id,
            "swap_id": self.build.swap(offer, other, SwapState.AGREED).id,
            "code": self.build.swap_code(other).code,
            "better_place_id": better_place.id,
            "round_id with better_place_id": better_place.round_id,
            "review_id": review.id,
            "round_id with review_id": review.round_id,
            "round_id with offer_id": offer.round_id,
            "request_id": request.id,
            "opening_id with request_id": listed.id,
            "exclusion_id": exclusion.id,
            "offer_id": offer.id,
            "provider_id": self.provider.id,
        }

    def staff_values(self) -> dict[str, Any]:
        absence = MentorAbsence(
            mentor_id=self.mentor.id, starts_on=self.build.today, ends_on=self.build.today + timedelta(days=3)
        )
        file = RegistryFile(RegistryKind.STUDIES, PORTFOLIO.encode(), "studies.csv")
        trial = try_file(self.build.session, file)
        upload = keep_upload(self.build.session, self.administrator, file, trial, self.build.now)
        other = self.build.coordinator(self.network)
        link, secret = OneTimeLink.issue(other, self.build.now, timedelta(days=1))
        self.build.add(link)
        return {
            "absence_id": self.build.add(absence).id,
            "upload_id": upload.id,
            "person_id": other.id,
            "grant_id": other.grants[0].id,
            "secret": secret,
        }

    def round_values(self) -> dict[str, Any]:
        """A closed round with requests, a pin and a run that waits to be solved."""
        closed = self.build.today - timedelta(days=1)
        self.round: MatchRound = self.build.round(self.network, coordinator=self.coordinator, closes_on=closed)
        opening = self.build.opening(network=self.network)
        asked = [self.build.request(networks=[self.network], round_id=self.round.id) for _ in range(2)]
        pin = self.build.add(
            Pin(
                round_id=self.round.id,
                request=asked[0],
                opening=opening,
                reason="They work together already.",
                author=self.coordinator,
                created_at=self.build.now,
            )
        )
        named = ExcludedMentor(
            learner_id=asked[1].learner_id, kind=ExclusionKind.LINE_MANAGER, name=opening.mentor.name
        )
        excluded = self.build.add(named)
        run: Run = start_run(
            self.build.session, self.coordinator, self.build.now, self.round, ["placed", "score", "lottery"]
        )
        self.build.session.flush()
        return {
            "round_id": self.round.id,
            "request_id with round_id": asked[1].id,
            "request_id with run_id": asked[1].id,
            "network_id": self.network.id,
            "pin_id": pin.id,
            "excluded_id": excluded.id,
            "mentor_id": opening.mentor_id,
            "run_id": run.id,
            "concern": Concern.WEAK_FIT.value,
            "address": self.build.add(DossierPage.of(self.round, self.coordinator, self.build.now)).address,
        }

    def solve(self, run_id: int) -> None:
        with self.app.test_request_context():
            solve_run(run_id)

    def ask(self, run_id: int) -> int:
        """A question to the run that waits for its answer."""
        question = RunQuestion(
            run_id=run_id,
            kind=QuestionKind.WHAT_IF,
            asked=[f"mentor-{self.mentor.id}"],
            state=QuestionState.WAITING,
            asked_at=self.build.now,
            asked_by_id=self.coordinator.id,
        )
        self.build.add(question)
        self.build.session.commit()
        return question.id

    def strangers(self) -> dict[Role, int]:
        """Somebody of each role who has nothing to do with any of it."""
        elsewhere, university = self.build.network(), self.build.provider()
        supervisor, lead = self.build.person(), self.build.person()
        self.build.grant(supervisor, Role.ACADEMIC_SUPERVISOR, provider=university)
        self.build.grant(lead, Role.PROGRAMME_LEAD, provider=university)
        return {
            Role.LEARNER: self.build.learner().id,
            Role.MENTOR: self.build.mentor().id,
            Role.COORDINATOR: self.build.coordinator(elsewhere).id,
            Role.ACADEMIC_SUPERVISOR: supervisor.id,
            Role.PROGRAMME_LEAD: lead.id,
            Role.ADMINISTRATOR: self.build.person(Role.ADMINISTRATOR).id,
        }
