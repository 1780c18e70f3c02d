"""A learner in a placement, at a university with a lead and two academic supervisors."""

import pytest
from sqlalchemy import select

from app.models.operations.outbox import Message
from app.models.people import Role
from app.models.programmes import Enrolment


@pytest.fixture
def placement(build):
    return build.placement(build.learner(name="Robin Learner"), build.mentor(name="Dr A. Mentor"))


@pytest.fixture
def provider(placement):
    return placement.module.programme.provider


@pytest.fixture
def enrolment(session, placement):
    return session.scalars(select(Enrolment).where(Enrolment.learner_id == placement.learner_id)).one()


@pytest.fixture
def of_university(build, provider):
    """Makes somebody with a role there."""

    def make(name, role=Role.ACADEMIC_SUPERVISOR):
        person = build.person(name=name)
        build.grant(person, role, provider=provider)
        return person

    return make


@pytest.fixture
def sam(of_university):
    return of_university("Sam Supervisor")


@pytest.fixture
def other(of_university):
    return of_university("Olu Other")


@pytest.fixture
def lead(of_university):
    return of_university("Lee Lead", Role.PROGRAMME_LEAD)


@pytest.fixture
def mails(session, look_again):
    """The subjects of all mails, by who reads them, the newest last."""

    def read():
        look_again()
        found: dict[str, list[str]] = {}
        for mail in session.scalars(select(Message).order_by(Message.id)):
            found.setdefault(mail.recipient, []).append(mail.subject)
        return found

    return read
