"""Writes the demo world into an empty database, as rows that the service then treats like any others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo.world import DemoLearner, DemoMentor, DemoOpening, DemoStaff, StudyToPlace, World
from app.models.organisations import Network, Organisation, Specialty
from app.models.people import LearnerProfile, MentorAbsence, MentorProfile, Person, Role, RoleGrant
from app.models.programmes import Enrolment, Module, ModuleKind, Programme, Provider
from app.models.requests import ExcludedMentor, PlacementRequest, RankedOpening, RequestSpecialty, RequestState
from app.models.studies import Opening, OpeningLevel, OpeningProfession, OpeningState, Study, StudyIdentifier
from app.models.values.identifiers import Scheme
from app.models.values.study_status import StudyStatus
from app.rules.reference import add_missing_reference
from app.sign_in.service import kept_of_password
from app.studies.imports.service import search_text_of

PASSWORD = "demonstration"  # noqa: S105 (printed on the sign-in page of the demo)


@dataclass
class Loader:
    """Adds the records of a world in the order in which they name each other, and remembers them by key."""

    session: Session
    world: World
    now: datetime
    known_studies: Mapping[str, Study] = field(default_factory=dict)

    def load(self) -> "Loader":
        add_missing_reference(self.session)
        self.session.flush()
        self.password_hash = kept_of_password(PASSWORD)
        self.networks = {row.name: row for row in self.session.scalars(select(Network))}
        self.specialties = {row.name: row for row in self.session.scalars(select(Specialty))}
        self.organisations = {
            o.ods_code: Organisation(ods_code=o.ods_code, name=o.name, network=self.networks[o.network])
            for o in self.world.organisations
        }
        self.programmes = self.add_programmes()
        self.studies = {study.key: self.study(study) for study in self.world.studies}
        self.mentors = {mentor.key: self.mentor(mentor) for mentor in self.world.mentors}
        self.staff = {staff.key: self.staff_member(staff) for staff in self.world.staff}
        self.session.add_all(
            [
                *self.organisations.values(),
                *self.studies.values(),
                *self.mentors.values(),
                *self.staff.values(),
            ]
        )
        self.session.flush()
        self.learners = {learner.key: self.learner(learner) for learner in self.world.learners}
        self.session.add_all(self.learners.values())
        self.session.flush()
        self.session.add_all(self.enrolment(learner) for learner in self.world.learners)
        self.session.flush()
        return self

    def publish(self, openings: Iterable[DemoOpening]) -> dict[str, Opening]:
        """Add openings; requests that are added later may rank them."""
        self.openings = {opening.key: self.opening(opening) for opening in openings}
        self.session.add_all(self.openings.values())
        self.session.flush()
        return self.openings

    def submit(self, learners: Iterable[DemoLearner], now: datetime) -> dict[str, PlacementRequest]:
        """Add the learners' submitted requests, which wait for a round."""
        requests = {learner.key: self.request(learner, now) for learner in learners}
        self.session.add_all(requests.values())
        self.session.flush()
        return requests

    def add_programmes(self) -> dict[str, Programme]:
        providers = {name: Provider(name=name) for name in dict.fromkeys(p.provider for p in self.world.programmes)}
        self.providers = providers
        programmes = {
            programme.key: Programme(
                provider=providers[programme.provider],
                level=programme.level,
                title=programme.title,
                modules=[
                    Module(
                        title=f"{module.title} (credits assumed for the demo)" if module.is_assumed else module.title,
                        credits=module.credits,
                        kind=module.kind,
                    )
                    for module in programme.modules
                ],
            )
            for programme in self.world.programmes
        }
        self.session.add_all(programmes.values())
        return programmes

    def person(self, name: str, email: str, grants: list[RoleGrant]) -> Person:
        return Person(
            name=name,
            email=email,
            password_hash=self.password_hash,
            created_at=self.now,
            sessions_valid_from=self.now,
            grants=grants,
        )

    def grant(self, role: Role, network: str = "", provider: str = "") -> RoleGrant:
        return RoleGrant(
            role=role,
            network=self.networks.get(network),
            provider=self.providers.get(provider),
            granted_at=self.now,
        )

    def study(self, study: StudyToPlace) -> Study:
        if study.key in self.known_studies:
            return self.known_studies[study.key]
        number = study.key.removeprefix("CPMS ")
        row = Study(
            title=study.title,
            short_title=getattr(study, "short_title", ""),
            summary=study.summary,
            status=getattr(study, "status", StudyStatus.OPEN),
            phase=study.phase,
            study_type=getattr(study, "study_type", ""),
            learner_limit=study.learner_limit,
            source="demonstration",
            specialties=[self.specialties[name] for name in study.specialties],
            identifiers=[StudyIdentifier(scheme=Scheme.CPMS, value=number)],
        )
        row.search_text = search_text_of(row)
        return row

    def mentor(self, mentor: DemoMentor) -> Person:
        person = self.person(mentor.name, mentor.email, [self.grant(Role.MENTOR)])
        person.mentor_profile = MentorProfile(
            profession=mentor.profession,
            job_title=mentor.job_title,
            organisation=self.organisations[mentor.organisation],
            teaches=mentor.teaches,
            learners_max=mentor.learners_max,
            hours_a_month=mentor.hours_a_month,
            specialties=[self.specialties[name] for name in mentor.specialties],
            absences=[MentorAbsence(starts_on=first, ends_on=last) for first, last in mentor.absences],
        )
        return person

    def opening(self, opening: DemoOpening) -> Opening:
        return Opening(
            mentor=self.mentors[opening.mentor],
            study=self.studies[opening.study],
            organisation=self.organisations[opening.organisation],
            network=self.networks[opening.network],
            state=OpeningState.PUBLISHED,
            places=opening.places,
            starts_on=opening.starts_on,
            ends_on=opening.ends_on,
            learner_does=opening.learner_does,
            created_at=self.now,
            level_rows=[OpeningLevel(level=level) for level in opening.levels],
            profession_rows=[OpeningProfession(profession=profession) for profession in opening.professions],
        )

    def staff_member(self, staff: DemoStaff) -> Person:
        grants = [self.grant(grant.role, grant.network, grant.provider) for grant in staff.grants]
        return self.person(staff.name, staff.email, grants)

    def learner(self, learner: DemoLearner) -> Person:
        person = self.person(learner.name, learner.email, [self.grant(Role.LEARNER)])
        person.learner_profile = LearnerProfile(
            profession=learner.profession,
            regulator=learner.regulator,
            registration_number=learner.registration_number,
            job_title=learner.job_title,
            employer=self.organisations.get(learner.organisation),
            employer_name=learner.employer,
        )
        return person

    def enrolment(self, learner: DemoLearner) -> Enrolment:
        return Enrolment(
            learner_id=self.learners[learner.key].id,
            programme=self.programmes[learner.programme],
            cohort="Demonstration",
            started_on=self.now.date(),
        )

    def request(self, learner: DemoLearner, now: datetime) -> PlacementRequest:
        programme = self.programmes[learner.programme]
        excluded = [
            ExcludedMentor(
                kind=exclusion.kind,
                why=exclusion.why,
                name=self.mentors[exclusion.mentor].name,
                email=self.mentors[exclusion.mentor].email,
                mentor=self.mentors[exclusion.mentor],
            )
            for exclusion in learner.exclusions
        ]
        return PlacementRequest(
            learner=self.learners[learner.key],
            module=next(module for module in programme.modules if module.kind is ModuleKind.RPE),
            state=RequestState.SUBMITTED,
            interests=learner.words,
            start_from=learner.start_from,
            start_until=learner.start_until,
            nobody_excluded=not excluded,
            takes_any_other=learner.takes_any_other,
            created_at=now,
            submitted_at=now,
            networks=[self.networks[name] for name in learner.networks],
            specialty_rows=[
                RequestSpecialty(specialty=self.specialties[name], position=position)
                for position, name in enumerate(learner.specialties, 1)
            ],
            ranked=[
                RankedOpening(opening=self.openings[key], position=position)
                for position, key in enumerate((key for key in learner.ranked if key in self.openings), 1)
            ],
            excluded=excluded,
        )
