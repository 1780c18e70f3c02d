"""A university with a programme in a version and two cohorts, its lead, and a learner."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.outbox import Message
from app.models.people import Role
from tests.app.studies.filling_in import day


@pytest.fixture
def programme(build):
    return build.programme(build.provider("University of Anytown"))


@pytest.fixture
def version(build, programme):
    return build.programme_version(programme)


@pytest.fixture
def cohort(build, version):
    return build.cohort(version, name="Autumn")


@pytest.fixture
def leading(build):
    """Makes a lead of a university."""

    def make(provider, name="Lee Lead"):
        person = build.person(name=name)
        build.grant(person, Role.PROGRAMME_LEAD, provider=provider)
        return person

    return make


@pytest.fixture
def lead(leading, programme, cohort):
    return leading(programme.provider)


@pytest.fixture
def learner(build):
    return build.learner(name="Robin Learner")


@pytest.fixture
def enrolment(build, session, learner, programme, cohort):
    made = build.enrolment(learner, programme)
    made.version, made.in_cohort = cohort.version, cohort
    session.commit()
    return made


@pytest.fixture
def days(today):
    """The parts of a date of a form, so many days from today."""

    def parts(name, offset):
        return day(name, today + timedelta(days=offset))

    return parts


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
