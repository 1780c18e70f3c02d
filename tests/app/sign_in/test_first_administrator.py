"""The first administrator comes from the command line, and nothing that is no address becomes an account."""

import pytest
from sqlalchemy import select

from app.models.people import Person, Role
from app.sign_in.commands import add_administrator


@pytest.fixture
def add(app):
    return lambda *words: app.test_cli_runner().invoke(add_administrator, words)


def test_a_new_administrator_gets_a_link_to_choose_a_password(add, client, session):
    answer = add("Boss@nowhere.example", "A Boss")
    person = session.scalars(select(Person)).one()
    assert (person.email, person.roles) == ("boss@nowhere.example", {Role.ADMINISTRATOR})
    address = answer.output.split()[-1].removeprefix("http://localhost")
    assert client.post(address, data={"password": "too short", "again": "too short"}).status_code == 422
    good = "four words put together"
    assert client.post(address, data={"password": good, "again": good}).status_code == 303


def test_a_withdrawn_account_is_restored(add, build, session, look_again):
    person = build.person(email="boss@nowhere.example", is_active=False)
    session.commit()
    assert add("boss@nowhere.example", "A Boss").exit_code == 0
    look_again()
    assert person.is_active
    assert person.roles == {Role.ADMINISTRATOR}


@pytest.mark.parametrize("email", ["A Boss", "boss@", "@nowhere.example", "boss @nowhere.example", "boss@nowhere"])
def test_what_is_no_address_is_refused(add, session, email):
    answer = add(email, "A Boss")
    assert answer.exit_code == 2
    assert "is not an email address" in answer.output
    assert session.scalars(select(Person)).all() == []
