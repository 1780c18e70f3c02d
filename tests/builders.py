"""Makes records with sensible values, so that a test names only what matters to it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from app.models.evaluation.askings import Asking, Survey
from app.models.evaluation.figures import PublishedFigures
from app.models.evaluation.replies import FreeWords
from app.models.operations.public_questions import PublicQuestion, QuestionStanding, Topic
from app.models.organisations import Network, Organisation, Specialty
from app.models.pairs.conflicts import Conflict, ConflictKind
from app.models.pairs.nominations import Nomination, NominationState
from app.models.people import LearnerProfile, MentorProfile, Person, Role
from app.models.placements import Offer, OfferState, Placement, PlacementState, Terms
from app.models.programmes import (
    Choose,
    Cohort,
    Enrolment,
    Level,
    Module,
    ModuleKind,
    PartModule,
    Programme,
    ProgrammeVersion,
    Provider,
    VersionPart,
)
from app.models.public.updates import PublicUpdate, Subscriber, SubscriberTopic, UpdateStanding, UpdateTopic
from app.models.publications import Publication
from app.models.requests import PlacementRequest, RankedOpening, RequestSpecialty, RequestState
from app.models.reviews import Review, ReviewState
from app.models.rounds import MatchRound
from app.models.runs import Proposal, Run, RunState
from app.models.studies import Opening, OpeningLevel, OpeningProfession, OpeningState, Study, StudyIdentifier
from app.models.values.identifiers import Scheme
from app.models.values.registration import Profession
from app.models.values.study_status import StudyStatus
from app.rules.programmes.years import academic_year_of
from tests.ways import Ways


class Builder(Ways):
    """Adds records to a session and flushes them; every call makes a new record unless told otherwise."""

    def network(self, name: str = "") -> Network:
        return self.add(Network(name=name or f"Network {next(self.number)}"))

    def organisation(self, network: Network | None = None, **given: Any) -> Organisation:
        n = next(self.number)
        values = {"ods_code": f"R{n:03}", "name": f"Hospital {n} NHS Trust", "network": network, **given}
        return self.add(Organisation(**values))

    def specialty(self, name: str = "") -> Specialty:
        return self.add(Specialty(name=name or f"Specialty {next(self.number)}"))

    def learner(self, profession: Profession = Profession.NURSE, **given: Any) -> Person:
        person = self.person(Role.LEARNER, **given)
        person.learner_profile = LearnerProfile(
            profession=profession,
            regulator=profession.regulators[0] if profession.regulators else None,
            employer_name="Example Community Trust",
        )
        self.session.flush()
        return person

    def mentor(self, learners_max: int = 2, hours_a_month: int = 20, **given: Any) -> Person:
        person = self.person(Role.MENTOR, **given)
        person.mentor_profile = MentorProfile(
            profession=Profession.DOCTOR,
            job_title="Consultant and principal investigator",
            learners_max=learners_max,
            hours_a_month=hours_a_month,
            teaches="Running a study at a busy site.",
        )
        self.session.flush()
        return person

    def coordinator(self, *networks: Network) -> Person:
        person = self.person()
        for network in networks:
            self.grant(person, Role.COORDINATOR, network=network)
        return person

    def provider(self, name: str = "") -> Provider:
        return self.add(Provider(name=name or f"University {next(self.number)}"))

    def programme(self, provider: Provider | None = None, level: Level = Level.PGCERT) -> Programme:
        """A programme of four 15-credit modules, the first of which is the RPE."""
        programme = Programme(
            provider=provider or self.provider(), level=level, title=f"{level.value} {next(self.number)}"
        )
        programme.modules = [
            Module(title="Research Practice Experience", credits=15, kind=ModuleKind.RPE),
            *(Module(title=f"Online module {n}", credits=15, kind=ModuleKind.TAUGHT) for n in (1, 2, 3)),
        ]
        return self.add(programme)

    def programme_version(self, programme: Programme | None = None, **given: Any) -> ProgrammeVersion:
        """A published version in which all modules of the programme are asked for."""
        programme = programme or self.programme()
        number = max((one.number for one in programme.versions), default=0) + 1
        values = {"number": number, "academic_year": 2025, "made_at": self.now, "published_at": self.now, **given}
        part = VersionPart(position=1, title="Compulsory modules", choose=Choose.ALL)
        part.lines = [
            PartModule(module=module, title=module.title, position=position)
            for position, module in enumerate(programme.modules, 1)
        ]
        return self.add(ProgrammeVersion(programme=programme, parts=[part], **values))

    def cohort(self, version: ProgrammeVersion, **given: Any) -> Cohort:
        """One of ten months, which began a month ago unless told otherwise."""
        starts_on = given.pop("starts_on", self.today - timedelta(days=30))
        values = {"name": f"Cohort {next(self.number)}", "ends_on": starts_on + timedelta(days=300), **given}
        return self.add(Cohort(version=version, starts_on=starts_on, **values))

    def enrolment(self, learner: Person, programme: Programme | None = None) -> Enrolment:
        programme = programme or self.programme()
        return self.add(
            Enrolment(learner_id=learner.id, programme=programme, started_on=self.today - timedelta(days=60))
        )

    def study(self, title: str = "", specialties: Sequence[Specialty] = (), **given: Any) -> Study:
        n = next(self.number)
        values = {"title": title or f"Study {n}", "status": StudyStatus.OPEN, **given}
        study = Study(**values, specialties=list(specialties))
        study.identifiers = [StudyIdentifier(scheme=Scheme.CPMS, value=str(900000 + n))]
        study.search_text = study.title.lower()
        return self.add(study)

    def opening(
        self,
        mentor: Person | None = None,
        study: Study | None = None,
        network: Network | None = None,
        places: int = 1,
        levels: Sequence[Level] = (Level.PGCERT,),
        professions: Sequence[Profession] = (),
        **given: Any,
    ) -> Opening:
        network = network or self.network()
        values = {
            "mentor": mentor or self.mentor(),
            "study": study or self.study(),
            "organisation": self.organisation(network),
            "network": network,
            "state": OpeningState.PUBLISHED,
            "places": places,
            "starts_on": self.today + timedelta(days=30),
            "ends_on": self.today + timedelta(days=300),
            "learner_does": "Screening, consent and data queries.",
            "created_at": self.now,
            **given,
        }
        opening = Opening(**values)
        opening.level_rows = [OpeningLevel(level=level) for level in levels]
        opening.profession_rows = [OpeningProfession(profession=profession) for profession in professions]
        return self.add(opening)

    def request(
        self,
        learner: Person | None = None,
        networks: Sequence[Network] = (),
        module: Module | None = None,
        ranked: Sequence[Opening] = (),
        specialties: Sequence[Specialty] = (),
        **given: Any,
    ) -> PlacementRequest:
        """A submitted request for an RPE module, for as long as the openings that `opening` makes."""
        learner = learner or self.learner()
        values = {
            "learner": learner,
            "module": module or self.enrolment(learner).programme.modules[0],
            "state": RequestState.SUBMITTED,
            "interests": "Caring for people with heart failure in the community.",
            "start_from": self.today,
            "start_until": self.today + timedelta(days=120),
            "nobody_excluded": True,
            "takes_any_other": True,
            "created_at": self.now,
            "submitted_at": self.now,
            **given,
        }
        request = PlacementRequest(**values, networks=list(networks))
        request.specialty_rows = [RequestSpecialty(specialty=s, position=i) for i, s in enumerate(specialties, 1)]
        request.ranked = [RankedOpening(opening=o, position=i) for i, o in enumerate(ranked, 1)]
        return self.add(request)

    def round(self, *networks: Network, coordinator: Person | None = None, **given: Any) -> MatchRound:
        values = {
            "name": f"Round {next(self.number)}",
            "level": Level.PGCERT,
            "opens_on": self.today - timedelta(days=20),
            "closes_on": self.today + timedelta(days=10),
            "answer_by": self.today + timedelta(days=30),
            "created_at": self.now,
            "created_by_id": (coordinator or self.coordinator(*networks)).id,
            "turns": [],
            **given,
        }
        round_ = MatchRound(**values, networks=list(networks))
        round_.draw_seed(None, self.now)
        return self.add(round_)

    def run(self, round_: MatchRound, **given: Any) -> Run:
        values = {
            "stages": ["placed", "score", "lottery"],
            "seed": round_.seed.secret,
            "state": RunState.SOLVED,
            "problem": "{}",
            "problem_digest": "sha256:test",
            "created_at": self.now,
            "created_by_id": round_.created_by_id,
            **given,
        }
        return self.add(Run(round=round_, **values))

    def offer(
        self,
        request: PlacementRequest | None = None,
        opening: Opening | None = None,
        round_: MatchRound | None = None,
        state: OfferState = OfferState.WAITING,
        answer_by: date | None = None,
    ) -> Offer:
        opening = opening or self.opening()
        request = request or self.request(networks=[opening.network])
        round_ = round_ or self.round(opening.network, published_at=self.now)
        request.round_id = round_.id
        proposal = self.add(Proposal(run=self.run(round_), request=request, opening=opening, score=700))
        offer = Offer(
            proposal_id=proposal.id,
            request=request,
            opening=opening,
            round_id=round_.id,
            state=state,
            offered_at=self.now,
            answer_by=answer_by or round_.answer_by,
        )
        offer.say(Terms.of(opening), self.now)
        return self.add(offer)

    def publication(self, offer: Offer, published_by: Person | None = None) -> Publication:
        """That of the run which made an offer; what `offer` makes has none."""
        run = self.session.get_one(Proposal, offer.proposal_id).run
        return self.add(Publication(round=run.round, run=run, published_at=self.now, published_by=published_by))

    def review(self, offer: Offer, publication: Publication | None = None, **given: Any) -> Review:
        """A review that waits for a person, asked for by the learner of an offer."""
        publication = publication or self.publication(offer)
        values = {
            "state": ReviewState.ASKED,
            "words": "Why not my first choice?",
            "asked_at": self.now,
            "due_on": self.today + timedelta(days=14),
            **given,
        }
        return self.add(Review(publication=publication, round=publication.round, request=offer.request, **values))

    def placement(
        self,
        learner: Person | None = None,
        mentor: Person | None = None,
        level: Level = Level.PGCERT,
        **given: Any,
    ) -> Placement:
        """A placement that began sixty days ago."""
        learner = learner or self.learner()
        opening = self.opening(mentor=mentor, levels=[level])
        module = given.pop("module", None) or self.enrolment(learner, self.programme(level=level)).programme.modules[0]
        offer = self.offer(self.request(learner, [opening.network], module), opening, state=OfferState.ACCEPTED)
        values = {
            "state": PlacementState.ACTIVE,
            "starts_on": self.today - timedelta(days=60),
            "ends_on": self.today + timedelta(days=240),
            "agreed_at": self.now - timedelta(days=70),
            **given,
        }
        return self.add(
            Placement(learner=learner, mentor=opening.mentor, opening=opening, module=module, offer=offer, **values)
        )

    def public_question(self, **given: Any) -> PublicQuestion:
        """A question that waits."""
        words = given.get("words", f"May I take part? {next(self.number)}")
        values = {"state": QuestionStanding.WAITING, "topic": Topic.JOINING, "words": words, "asked_at": self.now}
        return self.add(PublicQuestion(**values | {"words_digest": words} | given))

    def public_update(self, **given: Any) -> PublicUpdate:
        """A draft of an update."""
        values = {"state": UpdateStanding.DRAFT, "topic": UpdateTopic.BURSARIES, "subject": "A call is open"}
        values |= {"words": "Ask by 1 May 2026.", "written_at": self.now}
        return self.add(PublicUpdate(**values | {"written_by": given.pop("written_by", None) or self.person()} | given))

    def subscriber(self, *topics: UpdateTopic, **given: Any) -> Subscriber:
        """Somebody who has confirmed that she wants updates."""
        values = {"email": f"reader{next(self.number)}@nowhere.example", "confirmed_at": self.now}
        rows = [SubscriberTopic(topic=topic) for topic in topics or [UpdateTopic.BURSARIES]]
        return self.add(Subscriber(**values | given, topic_rows=rows))

    def asking(
        self, enrolment: Enrolment, survey: Survey = Survey.PLACEMENT, person: Person | None = None, **given: Any
    ) -> Asking:
        """Somebody, the learner unless told otherwise, who is asked since yesterday."""
        values = {
            "level": enrolment.programme.level,
            "provider_id": enrolment.programme.provider_id,
            "year": academic_year_of(self.today),
            "asked_on": self.today - timedelta(days=1),
            "until_on": self.today + timedelta(days=55),
            "person_id": person.id if person else enrolment.learner_id,
            **given,
        }
        return self.add(Asking(survey=survey, enrolment=enrolment, **values))

    def published_figures(self, about: str, part: str) -> PublishedFigures:
        """Figures of the last academic year with one part of everybody, and no group that is shown apart."""
        whole = {"": 40, part: 20, "offered no more": 10, "completed": 10, "credits": 10}
        content = {"whole": whole, "tables": {"University": []}, "questions": []}
        year = academic_year_of(self.today) - 1
        return self.add(PublishedFigures(about=about, year=year, published_at=self.now, content=content))

    def free_words(self, **given: Any) -> FreeWords:
        """Words about a placement that wait for an editor."""
        values = {"survey": Survey.PLACEMENT, "year": academic_year_of(self.today), "question": "placement_words/1"}
        return self.add(FreeWords(**values | {"words": "More time with the study team."} | given))

    def conflict(self, learner: Person, mentor: Person, **given: Any) -> Conflict:
        """A conflict that stands."""
        values = {
            "kind": ConflictKind.LINE_MANAGER,
            "reason": "They work in one team.",
            "author": self.person(),
            "created_at": self.now,
            **given,
        }
        return self.add(Conflict(learner=learner, mentor=mentor, **values))

    def nomination(self, learner: Person | None = None, **given: Any) -> Nomination:
        """A supervisor who has not answered yet, for the learner's RPE module, from in a month on."""
        learner = learner or self.learner()
        network = given.pop("network", None) or self.network()
        values = {
            "module": given.get("module") or self.enrolment(learner).programme.modules[0],
            "name": "Sam Example",
            "email": f"supervisor{next(self.number)}@nowhere.example",
            "job_title": "Research nurse",
            "study": self.study(),
            "organisation": self.organisation(network),
            "network": network,
            "starts_on": self.today + timedelta(days=30),
            "ends_on": self.today + timedelta(days=200),
            "state": NominationState.PROPOSED,
            "created_at": self.now,
            "asked_at": self.now,
            **given,
        }
        return self.add(Nomination(learner=learner, **values))
