"""A placement that runs, its three signers, and their agreement."""

import pytest
from sqlalchemy import select

from app.models.course.agreements import LearningAgreement
from app.models.operations.outbox import Message
from app.models.people import Role
from app.platform.occasion import Occasion


@pytest.fixture
def placement(build):
    return build.placement(build.learner(name="Robin Learner"), build.mentor(name="Dr A. Mentor"))


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


@pytest.fixture
def agreement(build, placement, supervisor):
    return build.agreement(placement)


@pytest.fixture
def page(placement):
    return f"/placements/{placement.id}/agreement"


@pytest.fixture
def by(today, now):
    """by(person) is the occasion of what she does today."""
    return lambda person: Occasion(person, today, now, "http://localhost/")


@pytest.fixture
def known(session, look_again):
    """The agreement as requests have left it."""

    def read():
        look_again()
        return session.scalars(select(LearningAgreement)).one()

    return read


@pytest.fixture
def mails(session, look_again):
    """To whom what was sent, in order."""

    def read():
        look_again()
        rows = session.scalars(select(Message).order_by(Message.id))
        return [(row.recipient, row.subject) for row in rows]

    return read
