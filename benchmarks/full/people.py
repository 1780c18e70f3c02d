"""Rows of people: who walks, mentors, learners with their programmes and supervisors, and where they work."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from app.models.academic.notes import SupervisorNote
from app.models.academic.supervisors import SupervisorAssignment
from app.models.organisations import Network, Organisation, Specialty
from app.models.people import (
    LearnerProfile,
    LinkPurpose,
    MentorAbsence,
    MentorProfile,
    OneTimeLink,
    Person,
    Role,
    RoleGrant,
    digest_of_secret,
)
from app.models.programmes import (
    Choose,
    Cohort,
    CreditDecision,
    Enrolment,
    Level,
    Module,
    ModuleKind,
    PartModule,
    PriorLearning,
    Programme,
    ProgrammeVersion,
    Provider,
    VersionPart,
)
from app.models.values.registration import Profession
from app.models.values.specialties import SPECIALTIES
from app.rules.reference import NETWORK_HOSTS, NETWORKS_SINCE
from benchmarks.full.sizes import CAST, DRAFT, FIRST_MENTOR, NOW, OTHER, TODAY, UNSENT, Size, days

NETWORKS = len(NETWORK_HOSTS)
PROFESSIONS = list(Profession)
PROGRAMMES = ((1, Level.PGCERT), (2, Level.PGDIP), (3, Level.MSC), (4, Level.PGCERT))
MODULES_A_PROGRAMME = 4
WITHOUT = 7  # of so many learners one has no supervisor
NOTED = 20  # of so many learners there is a note about one
Row = dict[str, Any]
Rows = Iterator[Row]


def rpe_of(programme: int) -> int:
    """The module of a programme for which a place is asked; the first of four."""
    return (programme - 1) * MODULES_A_PROGRAMME + 1


def networks(size: Size) -> Rows:
    yield from ({"id": n, "name": name, "valid_from": NETWORKS_SINCE} for n, name in enumerate(NETWORK_HOSTS, 1))


def specialties(size: Size) -> Rows:
    yield from ({"id": n, "name": name} for n, name in enumerate(SPECIALTIES, 1))


def organisations(size: Size) -> Rows:
    for n in range(1, size.openings + 1):
        yield {"id": n, "ods_code": f"R{n:05}", "name": f"Hospital {n}", "network_id": n % NETWORKS + 1}


def providers(size: Size) -> Rows:
    yield from ({"id": n, "name": f"University {n}"} for n in range(1, 5))


def programmes(size: Size) -> Rows:
    for n, level in PROGRAMMES:
        yield {"id": n, "provider_id": 1, "level": level, "title": f"{level.value} {n}"}


def modules(size: Size) -> Rows:
    for programme, _ in PROGRAMMES:
        for n in range(MODULES_A_PROGRAMME):
            kind = ModuleKind.TAUGHT if n else ModuleKind.RPE
            title = f"Online module {n}" if n else "Research Practice Experience"
            row = {"id": rpe_of(programme) + n, "programme_id": programme, "title": title, "credits": 15, "kind": kind}
            yield {**row, "supervision_hours_a_month": 2}


def versions(size: Size) -> Rows:
    """One of each programme, published; learners are on it. Another of the first is being written."""
    for n, _ in PROGRAMMES:
        yield version(n, n, 1, published_at=NOW)
    yield version(DRAFT, 1, 2, published_at=None)


def version(id_: int, programme_id: int, number: int, *, published_at: datetime | None) -> Row:
    row = {"id": id_, "programme_id": programme_id, "number": number, "academic_year": 2024 + number}
    return {**row, "made_at": NOW, "published_at": published_at, "prior_learning": PriorLearning.NOT_STATED}


def version_parts(size: Size) -> Rows:
    for n in (*(n for n, _ in PROGRAMMES), DRAFT):
        yield {"id": n, "version_id": n, "position": 1, "title": "Modules", "choose": Choose.ALL}


def part_modules(size: Size) -> Rows:
    for row in modules(size):
        line = {"module_id": row["id"], "position": row["id"], "title": row["title"]}
        yield {**line, "id": row["id"], "part_id": row["programme_id"]}
        if row["programme_id"] == 1:
            yield {**line, "id": 1_000 + row["id"], "part_id": DRAFT}


def cohorts(size: Size) -> Rows:
    """Twenty of each version, one of which is to come."""
    for n in range(20 * len(PROGRAMMES)):
        starts_on = TODAY + days(400) if n % 20 == 1 else TODAY - days(120 + n)
        row = {"id": n + 1, "version_id": n // 20 + 1, "name": f"Cohort {n % 20 + 1}", "starts_on": starts_on}
        yield {**row, "ends_on": starts_on + days(300)}


def people(size: Size) -> Rows:
    for id_ in (*CAST.values(), OTHER):
        yield person(id_, f"Walker {id_}")
    for n in range(1, size.mentors):
        yield person(FIRST_MENTOR + n, f"Mentor {n}")
    for n in range(1, size.learners):
        yield person(size.learner(n), f"Learner {n}")


def person(id_: int, name: str) -> Row:
    row = {"id": id_, "email": f"{id_}@nowhere.example", "name": name, "is_active": True}
    return {**row, "created_at": NOW - days(100)}


def grants(size: Size) -> Rows:
    """The first have the numbers of those who hold them; coordinators reach every network."""
    university = {Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD}
    for role, id_ in CAST.items():
        yield grant(id_, id_, role, 1 if role is Role.COORDINATOR else None, 1 if role in university else None)
    yield grant(OTHER, OTHER, Role.COORDINATOR, 1)
    number = FIRST_MENTOR
    for network in range(2, NETWORKS + 1):
        yield grant(number := number + 1, CAST[Role.COORDINATOR], Role.COORDINATOR, network)
    for n in range(1, size.mentors):
        yield grant(number := number + 1, FIRST_MENTOR + n, Role.MENTOR)
    for n in range(1, size.learners):
        yield grant(number := number + 1, size.learner(n), Role.LEARNER)


def grant(id_: int, person_id: int, role: Role, network_id: int | None = None, provider_id: int | None = None) -> Row:
    reach = {"network_id": network_id, "provider_id": provider_id}
    return {"id": id_, "person_id": person_id, "role": role, **reach, "granted_at": NOW - days(90)}


def one_time_links(size: Size) -> Rows:
    times = {"created_at": NOW, "expires_at": NOW + days(1)}
    row = {"id": 1, "person_id": OTHER, "purpose": LinkPurpose.SET_PASSWORD}
    yield {**row, "secret_digest": digest_of_secret(UNSENT), **times}


def learner_profiles(size: Size) -> Rows:
    for n in range(size.learners):
        profession = PROFESSIONS[n % len(PROFESSIONS)]
        row = {"person_id": size.learner(n), "profession": profession, "job_title": "Practitioner"}
        yield {**row, "employer_id": n % size.openings + 1, "employer_name": f"Hospital {n % size.openings + 1}"}


def mentor_profiles(size: Size) -> Rows:
    for n in range(size.mentors):
        row = {"profession": PROFESSIONS[n % len(PROFESSIONS)], "job_title": "Consultant", "organisation_id": n + 1}
        limits = {"learners_max": 2 + n % 3, "hours_a_month": 8 + n % 8}
        yield {"person_id": size.mentor_of(2 * n + 1), **row, **limits, "teaches": "Running a study at a busy site."}


def mentor_absences(size: Size) -> Rows:
    for n in range(0, size.mentors, 5):
        away = {"starts_on": TODAY + days(n % 90), "ends_on": TODAY + days(n % 90 + 14)}
        yield {"id": n + 1, "mentor_id": size.mentor_of(2 * n + 1), **away}


def enrolments(size: Size) -> Rows:
    """Every learner on the first programme; the one who walks on all."""
    for n in range(size.learners):
        named = n % 2 == 0  # before there were cohorts, in twenty of that name
        yield enrolment(
            n + 1, size.learner(n), 1, f"Cohort {n % 40 + 1}" if named else "", None if named else n % 20 + 1
        )
    for at, (programme, _) in enumerate(PROGRAMMES[1:], 1):
        yield enrolment(size.learners + at, CAST[Role.LEARNER], programme, "Cohort 1")


def enrolment(id_: int, learner_id: int, programme_id: int, cohort: str, cohort_id: int | None = None) -> Row:
    row = {"id": id_, "learner_id": learner_id, "programme_id": programme_id, "version_id": programme_id}
    return {**row, "cohort": cohort, "cohort_id": cohort_id, "started_on": TODAY - days(120)}


def credit_decisions(size: Size) -> Rows:
    """One learner in two has the credits of an online module."""
    for n in range(0, size.learners, 2):
        row = {"id": n + 1, "enrolment_id": n + 1, "module_id": 2, "credits": 15, "decided_on": TODAY - days(10)}
        yield {**row, "decided_by_id": CAST[Role.PROGRAMME_LEAD], "recorded_at": NOW - days(10)}


def assignments(size: Size) -> Rows:
    """The supervisor who walks has nearly all of them."""
    for n in range(1, size.enrolments + 1):
        if n % WITHOUT:
            row = {"id": n, "enrolment_id": n, "supervisor_id": CAST[Role.ACADEMIC_SUPERVISOR], "starts_on": TODAY}
            yield {**row, "assigned_by_id": CAST[Role.PROGRAMME_LEAD], "assigned_at": NOW - days(9), "reason": ""}


def notes(size: Size) -> Rows:
    """Half of them wait for an answer."""
    for n in range(1, size.enrolments // NOTED + 1):
        row = {"id": n, "enrolment_id": n, "author_id": CAST[Role.ACADEMIC_SUPERVISOR], "words": "No answer."}
        answered: Row = {"answer": "", "answered_by_id": None, "answered_at": None}
        if n % 2 == 0:
            answered = {"answer": "I write.", "answered_by_id": CAST[Role.PROGRAMME_LEAD], "answered_at": NOW}
        yield {**row, "written_at": NOW - days(3), **answered}


TABLES = (
    (Network, networks),
    (Specialty, specialties),
    (Organisation, organisations),
    (Provider, providers),
    (Programme, programmes),
    (Module, modules),
    (ProgrammeVersion, versions),
    (VersionPart, version_parts),
    (PartModule, part_modules),
    (Cohort, cohorts),
    (Person, people),
    (RoleGrant, grants),
    (OneTimeLink, one_time_links),
    (LearnerProfile, learner_profiles),
    (MentorProfile, mentor_profiles),
    (MentorAbsence, mentor_absences),
    (Enrolment, enrolments),
    (CreditDecision, credit_decisions),
    (SupervisorAssignment, assignments),
    (SupervisorNote, notes),
)
