"""A placement that ends in two weeks, and the people who sign it off."""

from datetime import timedelta

import pytest

from app.models.people import Role
from app.models.programmes import Level


@pytest.fixture
def placement(build, today):
    made = build.placement(build.learner(name="Robin Learner"), build.mentor(name="Dr A. Mentor"))
    made.ends_on = today + timedelta(days=14)
    made.module.programme.level = Level.PGCERT
    return made


@pytest.fixture
def provider(placement):
    return placement.module.programme.provider


@pytest.fixture
def supervisor(build, provider):
    person = build.person(name="Sam Supervisor")
    build.grant(person, Role.ACADEMIC_SUPERVISOR, provider=provider)
    return person


@pytest.fixture
def lead(build, provider):
    person = build.person(name="Lee Lead")
    build.grant(person, Role.PROGRAMME_LEAD, provider=provider)
    return person
