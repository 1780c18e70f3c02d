"""A placement that all three have signed off, its learner, and the record that she takes away."""

import pytest
from sqlalchemy import select

from app.models.course.signed_records import IssuedFile, IssuedRecord
from app.models.people import Role


@pytest.fixture
def placement(build):
    return build.placement(build.learner(name="Robin Learner"), build.mentor(name="Dr A. Mentor"))


@pytest.fixture
def supervisor(build, placement):
    person = build.person(name="Sam Supervisor")
    build.grant(person, Role.ACADEMIC_SUPERVISOR, provider=placement.module.programme.provider)
    return person


@pytest.fixture
def sign_off(build, placement, supervisor, session):
    made = build.signed_off(placement, supervisor)
    session.commit()
    return made


@pytest.fixture
def page(placement):
    return f"/placements/{placement.id}/signed-record"


@pytest.fixture
def learner(sign_in, placement, sign_off):
    return sign_in(placement.learner)


@pytest.fixture
def issued(session, look_again):
    """The records that were given out, the oldest first."""

    def read():
        look_again()
        return session.scalars(select(IssuedRecord).order_by(IssuedRecord.number)).all()

    return read


@pytest.fixture
def file_of(session, look_again):
    def read(record):
        look_again()
        return session.get_one(IssuedFile, record.id).content

    return read


@pytest.fixture
def record(learner, page, issued):
    """The record that she has made."""
    assert learner.post(page).status_code == 303
    return issued()[0]
