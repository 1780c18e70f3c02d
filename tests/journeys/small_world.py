"""A network with two mentors, two studies and a university, small enough to tell a whole story in."""

from app.models.people import Person, Role
from app.models.programmes import Level
from app.platform.passwords import hasher
from tests.builders import Builder
from tests.journeys.live import Service

PASSWORD = "a password for the story"
PASSWORD_HASH = hasher.hash(PASSWORD)
LEARNER, OTHER_LEARNER = "learner@nowhere.example", "other.learner@nowhere.example"
MENTOR, OTHER_MENTOR = "mentor@nowhere.example", "other.mentor@nowhere.example"
COORDINATOR, SUPERVISOR = "coordinator@nowhere.example", "supervisor@nowhere.example"
HEART_STUDY = "Heart failure clinics led by nurses in the community"
STROKE_STUDY = "Early supported discharge after stroke"


def settle(service: Service) -> None:
    """One opening is published already, and another learner has asked for a placement; the rest is the story's."""
    with service.records() as session:
        build = Builder(session, service.now)
        network = build.network("North East and North Cumbria")
        hospital = build.organisation(network, ods_code="RTE", name="Riverside Teaching Hospitals")
        cardiovascular, stroke = build.specialty("Cardiovascular Disease"), build.specialty("Stroke")
        university = build.provider("University of the North")
        programme = build.programme(university, Level.PGCERT)
        build.study(HEART_STUDY, [cardiovascular])
        discharge = build.study(STROKE_STUDY, [stroke])
        people = {
            LEARNER: build.person(Role.LEARNER, name="The Learner"),
            OTHER_LEARNER: build.learner(name="Another Learner"),
            MENTOR: build.mentor(name="The Mentor"),
            OTHER_MENTOR: build.mentor(name="Another Mentor"),
            COORDINATOR: build.person(name="The Coordinator"),
            SUPERVISOR: build.person(name="The Supervisor"),
        }
        for email, person in people.items():
            let_in(person, email)
        build.grant(people[COORDINATOR], Role.COORDINATOR, network=network)
        build.grant(people[SUPERVISOR], Role.ACADEMIC_SUPERVISOR, provider=university)
        build.opening(people[OTHER_MENTOR], discharge, network, organisation=hospital)
        build.request(
            people[OTHER_LEARNER],
            [network],
            build.enrolment(people[OTHER_LEARNER], programme).programme.modules[0],
            specialties=[stroke],
            interests="Rehabilitation after stroke.",
        )


def let_in(person: Person, email: str) -> None:
    person.email, person.password_hash = email, PASSWORD_HASH
