"""The people of the demo as rows: accounts, roles and profiles."""

from app.demo.playing.rows import Rows
from app.demo.world.records import DemoGrant, DemoLearner, DemoMentor, DemoStaff
from app.language.dates_and_times import day_of
from app.models.people import LearnerProfile, MentorAbsence, MentorProfile, Person, Role, RoleGrant
from app.models.programmes import Enrolment


def grant_row(rows: Rows, grant: DemoGrant) -> RoleGrant:
    return RoleGrant(
        role=grant.role,
        network=rows.networks.get(grant.network),
        provider=rows.providers.get(grant.provider),
        granted_at=rows.now,
    )


def mentor_row(rows: Rows, mentor: DemoMentor, password_hash: str) -> Person:
    person = _person(rows, mentor, password_hash, DemoGrant(Role.MENTOR))
    person.mentor_profile = MentorProfile(
        profession=mentor.profession,
        job_title=mentor.job_title,
        organisation=rows.organisations[mentor.organisation],
        teaches=mentor.teaches,
        learners_max=mentor.learners_max,
        hours_a_month=mentor.hours_a_month,
        specialties=[rows.specialties[name] for name in mentor.specialties],
        absences=[MentorAbsence(starts_on=first, ends_on=last) for first, last in mentor.absences],
    )
    return person


def staff_row(rows: Rows, staff: DemoStaff, password_hash: str) -> Person:
    return _person(rows, staff, password_hash, *staff.grants)


def learner_row(rows: Rows, learner: DemoLearner, password_hash: str) -> Person:
    person = _person(rows, learner, password_hash, DemoGrant(Role.LEARNER))
    person.learner_profile = LearnerProfile(
        profession=learner.profession,
        regulator=learner.regulator,
        registration_number=learner.registration_number,
        job_title=learner.job_title,
        employer=rows.organisations.get(learner.organisation),
        employer_name=learner.employer,
    )
    return person


def enrolment_row(rows: Rows, learner: DemoLearner) -> Enrolment:
    return Enrolment(
        learner_id=rows.learners[learner.key].id,
        programme=rows.programmes[learner.programme],
        version=rows.programmes[learner.programme].versions[-1],
        in_cohort=rows.programmes[learner.programme].versions[-1].cohorts[-1],
        started_on=day_of(rows.now),
    )


def _person(rows: Rows, who: DemoMentor | DemoStaff | DemoLearner, password_hash: str, *grants: DemoGrant) -> Person:
    return Person(
        name=who.name,
        email=who.email,
        password_hash=password_hash,
        created_at=rows.now,
        grants=[grant_row(rows, grant) for grant in grants],
    )
