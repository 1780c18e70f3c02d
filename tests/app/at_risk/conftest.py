"""A placement whose learner asks to pause, and who watches over it."""

import pytest

from app.models.people import Role


@pytest.fixture
def placement(build, today):
    people = build.learner(name="Robin Learner"), build.mentor(name="Dr A. Mentor")
    made = build.placement(*people, starts_on=today)
    build.wish(made, made.learner)
    return made


@pytest.fixture
def coordinator(build, placement):
    return build.coordinator(placement.opening.network)


@pytest.fixture
def of_university(build, placement):
    def make(name, role):
        person = build.person(name=name)
        build.grant(person, role, provider=placement.module.programme.provider)
        return person

    return make


@pytest.fixture
def lead(of_university):
    return of_university("Lee Lead", Role.PROGRAMME_LEAD)


@pytest.fixture
def supervisor(of_university):
    return of_university("Sam Supervisor", Role.ACADEMIC_SUPERVISOR)
