"""A university with a lead and a course, learners who can apply, and a way to let time pass."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.bursaries.applications import ApplicationState, BursaryApplication
from app.models.bursaries.calls import Method
from app.models.people import Role
from tests.conftest import NOON

SCORING = Method.SCORING


@pytest.fixture
def provider(build):
    return build.provider("University of Exampleton")


@pytest.fixture
def programme(build, provider):
    return build.programme(provider)


@pytest.fixture
def lead(build, provider):
    person = build.person(name="Lee Lead")
    build.grant(person, Role.PROGRAMME_LEAD, provider=provider)
    return person


@pytest.fixture
def assess(build, provider):
    """Makes somebody who can assess."""

    def make(name):
        person = build.person(name=name)
        build.grant(person, Role.ACADEMIC_SUPERVISOR, provider=provider)
        return person

    return make


@pytest.fixture
def call(build, provider, lead):
    """A lottery for two bursaries, open until in a week."""
    return build.bursary_call(provider, title="PGCert bursaries", created_by=lead)


@pytest.fixture
def scored_call(build, provider, lead):
    """Two bursaries that assessors decide; applications have closed."""
    closed = {"opens_at": NOON - timedelta(days=9), "closes_at": NOON - timedelta(days=1)}
    return build.bursary_call(provider, title="Scored", created_by=lead, method=SCORING, **closed)


@pytest.fixture
def applied(build, programme):
    """Makes learners who have applied to a call, by name."""

    def make(call, *names, **given):
        return [
            build.bursary_application(call, build.learner(name=name), programme=programme, **given) for name in names
        ]

    return make


@pytest.fixture
def later(app):
    """Lets so many days pass."""

    def pass_by(days):
        app.config["NOW"] = lambda: NOON + timedelta(days=days)

    return pass_by


@pytest.fixture
def states(session, look_again):
    """How each application to a call stands, by its learner's name."""

    def read(call_id):
        look_again()
        found = session.scalars(select(BursaryApplication).where(BursaryApplication.call_id == call_id))
        return {one.learner.name: one.state for one in found}

    return read


@pytest.fixture
def names_in(states):
    """The names of those who stand so."""

    def read(call_id, state: ApplicationState):
        return {name for name, standing in states(call_id).items() if standing is state}

    return read
