"""A university with its lead, its supervisor and an enrolled learner."""

import pytest

from app.models.people import Role


@pytest.fixture
def university(build):
    return build.provider("University of Testing")


@pytest.fixture
def programme(build, university):
    return build.programme(university)


@pytest.fixture
def lead(build, university):
    person = build.person()
    build.grant(person, Role.PROGRAMME_LEAD, provider=university)
    return person


@pytest.fixture
def supervisor(build, university):
    person = build.person()
    build.grant(person, Role.ACADEMIC_SUPERVISOR, provider=university)
    return person


@pytest.fixture
def enrolment(build, programme):
    return build.enrolment(build.learner(name="Robin Learner"), programme)
