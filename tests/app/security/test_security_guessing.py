"""Who guesses passwords is stopped, in plain words, and takes nobody else along."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.people import OneTimeLink, Role
from app.platform import passwords
from app.sign_in import service
from tests.screen import shown

PASSWORD = "four words put together"
WRONG = "three words only"
HOSPITAL, HOME = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def quick(monkeypatch):
    """Passwords that are quickly checked."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(service, "hasher", hasher)
    monkeypatch.setattr(passwords, "hasher", hasher)
    monkeypatch.setattr(passwords, "NOBODYS_HASH", hasher.hash("nobody's"))
    return hasher


@pytest.fixture
def nurse(app, build, session, monkeypatch, quick):
    """Somebody with a password, in a service that counts."""
    monkeypatch.setitem(app.config, "RATELIMIT_ENABLED", True)
    person = build.person(Role.LEARNER, email="nurse@nowhere.example", password_hash=quick.hash(PASSWORD))
    session.commit()
    return person


def attempt(browser, email, password=WRONG, address=HOSPITAL):
    """Send the form to sign in; gives the answer."""
    data = {"email": email, "password": password}
    return browser.post("/sign-in", data=data, environ_base={"REMOTE_ADDR": address})


@pytest.fixture
def tried(app):
    """tried(email, password, address) sends the form from a browser that was never here before; gives the status."""
    return lambda *words, **more: attempt(app.test_client(), *words, **more).status_code


def test_ten_wrong_passwords_from_one_place_are_enough_for_a_while(client, tried, nurse):
    assert [tried(nurse.email) for _ in range(10)] == [422] * 10
    answer = attempt(client, f" {nurse.email.upper()}", PASSWORD)
    assert answer.status_code == 429
    page = shown(answer)
    assert page.heading == "Too many tries"
    assert page.paragraphs[0] == (
        "Wait 15 minutes, then try again. If you know your password, sign in from a browser or a place where you have "
        "signed in before; or ask for a link to choose a new password, on the page to sign in."
    )


def test_the_right_person_signs_in_from_another_place_meanwhile(tried, nurse):
    for _ in range(11):
        tried(nurse.email)
    assert tried(nurse.email, PASSWORD, HOME) == 303


def test_an_address_that_is_not_known_is_stopped_just_the_same(tried, nurse):
    assert [tried("nobody@nowhere.example") for _ in range(11)] == [422] * 10 + [429]


def test_one_place_cannot_try_many_accounts(tried, nurse):
    for number in range(50):
        assert tried(f"person{number}@nowhere.example") == 422
    assert tried("one.more@nowhere.example") == 429
    assert tried("one.more@nowhere.example", address=HOME) == 422


def guess_from_everywhere(tried, email):
    for number in range(100):
        assert tried(email, address=f"198.51.100.{number}") == 422


def test_many_places_cannot_try_one_account(tried, nurse):
    guess_from_everywhere(tried, nurse.email)
    assert tried(nurse.email, address="203.0.113.1") == 429
    assert tried(nurse.email, PASSWORD, address="203.0.113.1") == 429, "not even with the right password"


def test_a_hundred_guesses_do_not_lock_out_who_comes_from_where_she_was_before(tried, nurse):
    assert tried(nurse.email, PASSWORD, HOME) == 303
    guess_from_everywhere(tried, nurse.email)
    assert tried(nurse.email, PASSWORD, HOME) == 303
    assert tried(nurse.email, PASSWORD, HOSPITAL) == 429


def test_nor_who_comes_with_her_own_browser_from_anywhere(client, tried, nurse):
    assert attempt(client, nurse.email, PASSWORD, HOME).status_code == 303
    client.post("/sign-out")
    guess_from_everywhere(tried, nurse.email)
    for _ in range(51):
        tried("somebody@nowhere.example")
        tried(nurse.email)
    assert attempt(client, nurse.email, PASSWORD, HOSPITAL).status_code == 303


def test_a_browser_that_is_known_for_one_account_is_not_for_another(client, tried, nurse, build, session, quick):
    build.person(Role.MENTOR, email="doctor@nowhere.example", password_hash=quick.hash(PASSWORD))
    session.commit()
    assert attempt(client, nurse.email, PASSWORD, HOME).status_code == 303
    client.post("/sign-out")
    guess_from_everywhere(tried, "doctor@nowhere.example")
    assert attempt(client, "doctor@nowhere.example", PASSWORD, HOME).status_code == 429


def test_who_reads_her_mail_gets_in_whatever_others_try(client, tried, nurse, session, now, look_again):
    guess_from_everywhere(tried, nurse.email)
    look_again()
    link, secret = OneTimeLink.issue(nurse, now, service.LINK_LIFE)
    session.add(link)
    session.commit()
    new = "four other words here"
    assert client.post(f"/password/{secret}", data={"password": new, "again": new}).status_code == 303
    assert attempt(client, "nurse@nowhere.example", new, HOSPITAL).status_code == 303


def test_a_known_browser_guesses_no_more_than_others(client, nurse):
    assert attempt(client, nurse.email, PASSWORD).status_code == 303
    assert [attempt(client, nurse.email).status_code for _ in range(11)] == [422] * 10 + [429]
    assert attempt(client, nurse.email, PASSWORD).status_code == 429


def test_where_somebody_guesses_the_answer_does_not_tell_who_was_there_before(tried, nurse):
    assert tried(nurse.email, PASSWORD) == 303
    for number in range(50):
        tried(f"person{number}@nowhere.example")
    assert [tried(email) for email in (nurse.email, "nobody@nowhere.example")] == [429, 429]


def test_a_household_has_one_count_however_many_addresses_it_has(tried, nurse):
    for number in range(10):
        tried(nurse.email, address=f"2001:db8::{number:x}")
    assert tried(nurse.email, address="2001:db8::ffff") == 429
    assert tried(nurse.email, address="2001:db8:0:1::1") == 422


def test_a_whole_hospital_signs_in_from_one_address(tried, nurse):
    assert [tried(nurse.email, PASSWORD) for _ in range(60)] == [303] * 60


def test_what_was_tried_is_forgotten_after_its_time(app, tried, nurse, now):
    for _ in range(11):
        tried(nurse.email)
    app.config["NOW"] = lambda: now + timedelta(minutes=15)
    assert tried(nurse.email, PASSWORD) == 303


def test_she_is_told_once_a_day_that_somebody_tries(tried, nurse, mails, session, look_again):
    for number in range(30):
        tried(nurse.email, address=f"198.51.100.{number}")
        tried("nobody@nowhere.example", address=f"198.51.100.{number}")
    told = [(to, subject) for to, subject, _ in mails()]
    assert told == [("nurse@nowhere.example", "Somebody tried to sign in as you")]
    [line] = session.scalars(select(AuditLine).where(AuditLine.deed == "told of refused sign-ins"))
    assert (line.subject_id, line.details) == (nurse.id, {"tries": 10})


def test_nobody_fills_a_mailbox_with_links(client, nurse):
    sent = [client.post("/password/forgotten", data={"email": nurse.email}).status_code for _ in range(6)]
    assert sent == [200] * 5 + [429]


def test_the_answer_is_the_same_whether_or_not_there_is_an_account(client, nurse):
    known, unknown = (
        shown(client.post("/password/forgotten", data={"email": email})).body.text.replace(email, "EMAIL")
        for email in (nurse.email, "nobody@nowhere.example")
    )
    assert known == unknown


@pytest.mark.parametrize("guesses", [0, 12, 60])
def test_a_password_is_checked_even_where_there_is_no_account(tried, nurse, monkeypatch, queries, guesses):
    """The time of an answer does not tell: argon2 and the database work as long for nobody as for somebody."""
    for number in range(guesses):
        tried(f"person{number}@nowhere.example")
    checked, asked = [], []
    verify = PasswordHasher.verify

    def note(self, stored, password):
        checked.append(stored.rsplit("$", 2)[0])
        return verify(self, stored, password)

    monkeypatch.setattr(PasswordHasher, "verify", note)
    for email in (nurse.email, "nobody@nowhere.example"):
        with queries() as statements:
            tried(email)
        asked.append(statements)
    assert len(checked) == 2
    assert len(set(checked)) == 1, "both take the same work"
    assert asked[0] == asked[1]
