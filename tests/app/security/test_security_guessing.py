"""Who guesses passwords is stopped, in plain words, and takes nobody else along."""

import pytest
from argon2 import PasswordHasher

from app.models.people import Role
from app.sign_in import service
from app.web.security import limiter
from tests.screen import shown

PASSWORD = "four words put together"
WRONG = "three words only"
HOSPITAL, HOME = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def nurse(app, build, session, monkeypatch):
    """Somebody with a password that is quickly checked, in a service that counts."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(service, "hasher", quick)
    monkeypatch.setattr(service, "NOBODYS_HASH", quick.hash("nobody's"))
    monkeypatch.setitem(app.config, "RATELIMIT_ENABLED", True)
    limiter.reset()
    person = build.person(Role.LEARNER, email="nurse@nowhere.example", password_hash=quick.hash(PASSWORD))
    session.commit()
    yield person
    limiter.reset()


@pytest.fixture
def attempt(client):
    """attempt(email, password, address) sends the form to sign in and gives the status."""

    def send(email, password=WRONG, address=HOSPITAL):
        data = {"email": email, "password": password}
        return client.post("/sign-in", data=data, environ_base={"REMOTE_ADDR": address})

    return send


def test_ten_wrong_passwords_from_one_place_are_enough_for_a_while(attempt, nurse):
    assert [attempt(nurse.email).status_code for _ in range(10)] == [422] * 10
    answer = attempt(f" {nurse.email.upper()}", PASSWORD)
    assert answer.status_code == 429
    page = shown(answer)
    assert page.heading == "Too many tries"
    assert page.paragraphs[0] == "Wait 15 minutes, then try again. What you have done so far is kept."


def test_the_right_person_signs_in_from_another_place_meanwhile(attempt, nurse):
    for _ in range(11):
        attempt(nurse.email)
    assert attempt(nurse.email, PASSWORD, HOME).status_code == 303


def test_an_address_that_is_not_known_is_stopped_just_the_same(attempt, nurse):
    assert [attempt("nobody@nowhere.example").status_code for _ in range(11)] == [422] * 10 + [429]


def test_one_place_cannot_try_many_accounts(attempt, nurse):
    for number in range(50):
        assert attempt(f"person{number}@nowhere.example").status_code == 422
    assert attempt("one.more@nowhere.example").status_code == 429
    assert attempt("one.more@nowhere.example", address=HOME).status_code == 422


def test_many_places_cannot_try_one_account(attempt, nurse):
    for number in range(100):
        assert attempt(nurse.email, address=f"198.51.100.{number}").status_code == 422
    assert attempt(nurse.email, address="203.0.113.1").status_code == 429


def test_a_household_has_one_count_however_many_addresses_it_has(attempt, nurse):
    for number in range(10):
        attempt(nurse.email, address=f"2001:db8::{number:x}")
    assert attempt(nurse.email, address="2001:db8::ffff").status_code == 429
    assert attempt(nurse.email, address="2001:db8:0:1::1").status_code == 422


def test_a_whole_hospital_signs_in_from_one_address(app, attempt, nurse):
    assert [attempt(nurse.email, PASSWORD).status_code for _ in range(60)] == [303] * 60


def test_nobody_fills_a_mailbox_with_links(client, nurse):
    sent = [client.post("/password/forgotten", data={"email": nurse.email}).status_code for _ in range(6)]
    assert sent == [200] * 5 + [429]


def test_the_answer_is_the_same_whether_or_not_there_is_an_account(client, nurse):
    known, unknown = (
        client.post("/password/forgotten", data={"email": email}).text.replace(email, "EMAIL")
        for email in (nurse.email, "nobody@nowhere.example")
    )
    assert known == unknown


def test_a_password_is_checked_even_where_there_is_no_account(attempt, nurse, monkeypatch):
    """The time of an answer does not tell: argon2 works as long for nobody as for somebody."""
    checked = []
    verify = PasswordHasher.verify

    def note(self, stored, password):
        checked.append(stored.rsplit("$", 2)[0])
        return verify(self, stored, password)

    monkeypatch.setattr(PasswordHasher, "verify", note)
    for email in (nurse.email, "nobody@nowhere.example"):
        attempt(email)
    assert len(checked) == 2
    assert len(set(checked)) == 1, "both take the same work"
