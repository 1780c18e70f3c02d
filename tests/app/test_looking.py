"""Who looks at what leaves a line, though a page that is only read writes nothing."""

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.people import Person
from app.platform.db import roll_back, transaction
from app.platform.looking import note_looking


def lines(session):
    return session.execute(select(AuditLine.actor_name, AuditLine.deed, AuditLine.subject_type)).all()


@pytest.fixture
def person(build, session):
    person = build.person()
    session.commit()
    return person


def test_looking_leaves_a_line_once_everything_was_read(app, session, person, now, look_again):
    with app.app_context(), transaction(writing=False) as own:
        same = own.get_one(Person, person.id)
        note_looking(same, "opened the record of", same, now=now)
        look_again()
        assert lines(session) == []
    look_again()
    assert lines(session) == [(person.name, "opened the record of", "Person")]


def test_who_was_not_let_see_it_leaves_none(app, session, person, now, look_again):
    with app.app_context(), transaction(writing=False) as own:
        note_looking(own.get_one(Person, person.id), "opened the record of", now=now)
        roll_back(own)
    look_again()
    assert lines(session) == []
