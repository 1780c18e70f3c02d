"""What is only read writes nothing, what somebody was first with is told so, whoever is overtaken begins anew."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.models.organisations import Network
from app.models.people import MentorProfile, Person, Role
from app.platform.db import transaction
from tests.in_between import in_between
from tests.screen import shown

NEW = {"name": "Somebody New", "email": "somebody.new@nowhere.example"}


@pytest.fixture
def administrator(sign_in, build):
    return sign_in(build.person(Role.ADMINISTRATOR))


def number_of(session, model):
    session.rollback()
    return session.scalar(select(func.count()).select_from(model))


def test_a_transaction_that_reads_can_write_nothing(app, session):
    with app.app_context(), transaction(writing=False) as own:
        own.add(Network(name="Never"))
        with pytest.raises(DBAPIError):
            own.flush()
        own.rollback()
    assert number_of(session, Network) == 0


def test_the_connection_that_read_can_be_written_through_afterwards(app, session):
    with app.app_context():
        for name in ("", "One", "", "Two"):
            with transaction(writing=bool(name)) as own:
                own.scalars(select(Network)).all()
                own.add_all([Network(name=name)] if name else [])
    assert number_of(session, Network) == 2


def test_what_is_read_is_of_one_moment(app, engine):
    with app.app_context(), transaction(writing=False) as own:
        before = own.scalars(select(Network)).all()
        with Session(engine) as other:
            other.add(Network(name="Meanwhile"))
            other.commit()
        assert own.scalars(select(Network)).all() == before == []


def test_looking_at_her_profile_makes_none(sign_in, build, session):
    mentor = sign_in(build.person(Role.MENTOR))
    assert mentor.get("/mentor/profile").status_code == 200
    assert number_of(session, MentorProfile) == 0


def test_what_is_there_already_is_told_as_somebody_elses_and_not_as_a_fault(
    app, administrator, build, session, monkeypatch
):
    build.network("Taken")
    session.commit()

    def take(own, *rest, **named):
        own.add(Network(name="Taken"))
        own.flush()

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr("app.admin.service.invite_person", take)
    answer = administrator.post("/admin/people/new", data=NEW)
    assert answer.status_code == 409
    assert shown(answer).heading == "Somebody was faster"


def test_two_administrators_who_invite_the_same_person_at_once(sign_in, build, engine, session):
    one, other = (sign_in(build.person(Role.ADMINISTRATOR)) for _ in range(2))
    answers = in_between(
        engine,
        lambda: one.post("/admin/people/new", data=NEW),
        lambda: other.post("/admin/people/new", data=NEW),
        before="^INSERT INTO people",
    )
    assert sorted(answer.status_code for answer in answers) == [303, 422]
    assert number_of(session, Person) == 3


@pytest.mark.parametrize("deed", ["withdraw", "end"])
def test_of_two_administrators_one_stays(sign_in, build, engine, session, deed):
    people = [build.person(Role.ADMINISTRATOR) for _ in range(2)]
    browsers = [sign_in(person) for person in people]
    page = {"withdraw": "withdraw", "end": "roles/{}/end"}[deed]
    addresses = [f"/admin/people/{person.id}/{page.format(person.grants[0].id)}" for person in people]
    in_between(engine, lambda: browsers[0].post(addresses[1]), lambda: browsers[1].post(addresses[0]))
    session.rollback()
    left = [person for person in session.scalars(select(Person)) if person.takes_part_as(Role.ADMINISTRATOR)]
    assert len(left) == 1
