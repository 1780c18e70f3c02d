"""Signing in: the right password opens, a wrong one does not, and sessions end."""

from datetime import timedelta

import pytest

from app.models.people import Role
from app.platform.passwords import hasher
from tests.screen import shown

EMAIL = "Email address"


@pytest.fixture
def nurse(build):
    return build.person(
        Role.LEARNER,
        email="nurse@nowhere.example",
        name="A Nurse",
        password_hash=hasher.hash("four words put together"),
    )


def test_the_right_password_opens_the_home_page(client, session, nurse):
    session.commit()
    answer = client.post("/sign-in", data={"email": " Nurse@nowhere.example", "password": "four words put together"})
    assert answer.status_code == 303
    assert shown(client.get("/")).heading == "What needs doing now"


@pytest.mark.parametrize("email", ["nurse@nowhere.example", "nobody@nowhere.example"])
def test_a_wrong_password_and_an_unknown_address_are_refused_in_the_same_words(client, session, nurse, email):
    session.commit()
    answer = client.post("/sign-in", data={"email": email, "password": "wrong"})
    assert answer.status_code == 422
    page = shown(answer)
    assert page.complaint == (EMAIL, "The email address or the password is not right. Check both and try again.")
    assert (page.field(EMAIL).value, page.field("Password").value) == (email, "")


def test_a_page_behind_a_permission_asks_to_sign_in_and_then_opens(client, session, nurse):
    session.commit()
    answer = client.get("/account")
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/account"
    answer = client.post(
        "/sign-in",
        data={"email": nurse.email, "password": "four words put together", "next": "/account"},
    )
    assert answer.location == "/account"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site_after_signing_in(client, session, nurse, elsewhere):
    session.commit()
    answer = client.post(
        "/sign-in", data={"email": nurse.email, "password": "four words put together", "next": elsewhere}
    )
    assert answer.location == "/"


def test_an_idle_session_ends(app, sign_in, nurse, now):
    browser = sign_in(nurse)
    assert browser.get("/account").status_code == 200
    app.config["NOW"] = lambda: now + timedelta(minutes=121)
    assert browser.get("/account").status_code == 303


def test_who_forgot_her_password_gets_a_link_and_nobody_else_does(client, session, nurse, mails):
    session.commit()
    for email in ("Nurse@nowhere.example", "nobody@nowhere.example"):
        assert client.post("/password/forgotten", data={"email": email}).status_code < 400
    assert mails() == [("nurse@nowhere.example", "Choose a new password", "Hello A Nurse,")]
