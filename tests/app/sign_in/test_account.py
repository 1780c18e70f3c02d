"""A person sees where she is signed in and ends it, and changes password and address only with her password."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.outbox import Message
from app.models.operations.sign_ins import SignIn
from app.models.people import Person, Role
from app.platform.passwords import hasher
from tests.screen import shown

PASSWORD, NEW = "four words put together", "four other words here"
ON_A_PHONE = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"}
ON_A_COMPUTER = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0"}
ACCOUNT, LIST = "/account", "Where you are signed in"


@pytest.fixture
def nurse(build, session):
    person = build.person(Role.LEARNER, email="nurse@nowhere.example", password_hash=hasher.hash(PASSWORD))
    session.commit()
    return person


@pytest.fixture
def signed_in_on(app, nurse):
    """signed_in_on(headers) gives a browser in which she has signed in by the page."""

    def sign_in(headers, password=PASSWORD):
        browser = app.test_client()
        words = {"email": "nurse@nowhere.example", "password": password}
        answer = browser.post("/sign-in", data=words, headers=headers)
        assert answer.status_code == 303
        return browser

    return sign_in


def is_signed_in(browser):
    return browser.get(ACCOUNT).status_code == 200


def later(app, now, **time):
    app.config["NOW"] = lambda: now + timedelta(**time)


def test_she_sees_where_she_is_signed_in_in_plain_words(app, signed_in_on, now):
    signed_in_on(ON_A_PHONE)
    later(app, now, minutes=7)
    page = shown(signed_in_on(ON_A_COMPUTER).get(ACCOUNT)).table(LIST)
    assert page.rows == ["Edge on Windows (this one)", "Safari on iPhone"]
    assert page.row("Safari on iPhone").cells[:2] == ["3 March 2026, midday", "3 March 2026, midday"]


def test_she_ends_one_session_from_another(signed_in_on):
    phone, computer, other = signed_in_on(ON_A_PHONE), signed_in_on(ON_A_COMPUTER), signed_in_on(ON_A_COMPUTER)
    button = shown(computer.get(ACCOUNT)).table(LIST).row("Safari on iPhone").button("Sign out")
    page = shown(computer.post(button.action, follow_redirects=True))
    assert page.banner == "Safari on iPhone is signed out."
    assert [is_signed_in(one) for one in (phone, computer, other)] == [False, True, True]
    assert shown(computer.post(button.action, follow_redirects=True)).banner == "It is signed out."


def test_she_ends_all_others_at_once(signed_in_on):
    phone, computer, other = signed_in_on(ON_A_PHONE), signed_in_on(ON_A_COMPUTER), signed_in_on(ON_A_COMPUTER)
    button = shown(phone.get(ACCOUNT)).button("Sign out everywhere but here")
    assert phone.post(button.action).status_code == 303
    assert [is_signed_in(one) for one in (phone, computer, other)] == [True, False, False]
    assert "Sign out everywhere but here" not in shown(phone.get(ACCOUNT)).buttons


def test_nobody_ends_the_session_of_somebody_else(signed_in_on, sign_in, build, session):
    phone = signed_in_on(ON_A_PHONE)
    [hers] = session.scalars(select(SignIn.id))
    session.rollback()
    stranger = sign_in(build.person(Role.LEARNER))
    assert stranger.post(f"/account/sign-ins/{hers}/end").status_code == 303
    assert is_signed_in(phone)


def test_a_copied_cookie_opens_nothing_after_signing_out(app, signed_in_on):
    phone = signed_in_on(ON_A_PHONE)
    copied = phone.get_cookie("rpe").value
    thief = app.test_client()
    thief.set_cookie("rpe", copied)
    assert is_signed_in(thief)
    phone.post("/sign-out")
    thief.set_cookie("rpe", copied)
    assert not is_signed_in(thief)


def test_the_browser_holds_what_the_database_does_not(signed_in_on, session):
    phone = signed_in_on(ON_A_PHONE)
    [row] = session.scalars(select(SignIn))
    with phone.session_transaction() as kept:
        assert kept["_user_id"] not in repr(vars(row))


def test_who_is_signed_in_is_asked_of_the_database_once_for_each_page(signed_in_on, queries):
    phone = signed_in_on(ON_A_PHONE)
    with queries() as statements:
        assert phone.get("/privacy").status_code == 200
    assert ["sign_ins" in one for one in statements if one.startswith("SELECT")] == [True]


def test_looking_at_pages_writes_only_every_five_minutes(app, signed_in_on, now, queries):
    phone = signed_in_on(ON_A_PHONE)
    writes = []
    for minutes in range(1, 12):
        later(app, now, minutes=minutes)
        with queries() as statements:
            phone.get("/privacy")
        writes += [minutes for one in statements if one.startswith("UPDATE")]
    assert writes == [5, 10]


def test_a_session_goes_on_while_it_is_used(app, signed_in_on, now):
    phone = signed_in_on(ON_A_PHONE)
    for hour in range(1, 12):
        later(app, now, hours=hour)
        assert is_signed_in(phone)


def test_an_account_that_is_withdrawn_and_restored_has_no_session_left(signed_in_on, sign_in, build, session):
    phone = signed_in_on(ON_A_PHONE)
    [nurse_id] = session.scalars(select(SignIn.person_id))
    session.rollback()
    administrator = sign_in(build.person(Role.ADMINISTRATOR))
    for deed in ("withdraw", "restore"):
        assert administrator.post(f"/admin/people/{nurse_id}/{deed}").status_code == 303
    assert not is_signed_in(phone)


def choose(browser, old=PASSWORD, new=NEW):
    return browser.post("/account/password", data={"current_password": old, "password": new, "again": new})


def test_a_new_password_needs_the_current_one_ends_other_sessions_and_is_told(signed_in_on, mails):
    phone, computer = signed_in_on(ON_A_PHONE), signed_in_on(ON_A_COMPUTER)
    answer = choose(phone, old="another guess of mine")
    assert answer.status_code == 422
    assert shown(answer).complaint == (
        "Current password",
        "This is not your current password. Check it and try again",
    )
    assert mails() == []
    assert choose(phone).status_code == 303
    assert [is_signed_in(one) for one in (phone, computer)] == [True, False]
    assert [(to, subject) for to, subject, _ in mails()] == [("nurse@nowhere.example", "Your password was changed")]
    assert is_signed_in(signed_in_on(ON_A_COMPUTER, NEW))


def test_a_new_password_of_an_account_must_be_good_too(signed_in_on):
    answer = choose(signed_in_on(ON_A_PHONE), new="nurse@nowhere.example")
    assert answer.status_code == 422
    assert shown(answer).complaint[0] == "New password"


def test_whoever_finds_a_computer_signed_in_cannot_guess_there(app, signed_in_on, monkeypatch):
    monkeypatch.setitem(app.config, "RATELIMIT_ENABLED", True)
    computer = signed_in_on(ON_A_COMPUTER)
    assert [choose(computer, old="a guess of a thief").status_code for _ in range(11)] == [422] * 10 + [429]
    assert choose(computer).status_code == 429


@pytest.fixture
def links(session, look_again):
    """links() gives where each mail went and the path of the link in it; empty where there is none."""

    def read():
        look_again()
        found = []
        for one in session.scalars(select(Message).order_by(Message.id)):
            [link] = [word for word in one.body.split() if word.startswith("http://localhost/address/")] or [""]
            found.append((one.recipient, link.removeprefix("http://localhost")))
        return found

    return read


def ask(browser, email="new@nowhere.example", password=PASSWORD):
    return browser.post("/account/address", data={"email": email, "password": password})


def test_nobody_lets_the_service_write_to_one_stranger_after_another(app, signed_in_on, monkeypatch):
    monkeypatch.setitem(app.config, "RATELIMIT_ENABLED", True)
    phone = signed_in_on(ON_A_PHONE)
    assert [ask(phone, f"stranger{n}@nowhere.example").status_code for n in range(6)] == [200] * 5 + [429]


def test_an_address_changes_once_its_reader_has_said_so_and_the_old_one_is_told(
    client, signed_in_on, links, mails, session, nurse, look_again
):
    assert ask(signed_in_on(ON_A_PHONE), " New@nowhere.example").status_code == 200
    [(recipient, link)] = links()
    assert recipient == "new@nowhere.example"
    assert shown(client.get(link)).says("From now on we write to new@nowhere.example")
    look_again()
    assert nurse.email == "nurse@nowhere.example"
    assert client.post(link).status_code == 303
    look_again()
    assert nurse.email == "new@nowhere.example"
    assert mails()[1] == ("nurse@nowhere.example", "Your email address was changed", f"Hello {nurse.name},")
    assert client.post(link).status_code == 422


def test_an_address_needs_the_password(signed_in_on, links):
    answer = ask(signed_in_on(ON_A_PHONE), password="a guess of a thief")
    assert answer.status_code == 422
    page = shown(answer)
    assert page.complaint[0] == "Your password"
    assert page.field("New email address").value == "new@nowhere.example"
    assert links() == []


def test_nobody_learns_whose_addresses_are_known_here(signed_in_on, build, session, links):
    build.person(email="taken@nowhere.example")
    session.commit()
    phone = signed_in_on(ON_A_PHONE)
    free, taken = (
        shown(ask(phone, email)).body.text.replace(email, "EMAIL")
        for email in ("new@nowhere.example", "taken@nowhere.example")
    )
    assert free == taken
    assert [recipient for recipient, _ in links()] == ["new@nowhere.example"]


def test_an_address_that_somebody_else_took_meanwhile_is_refused(client, signed_in_on, build, session, links):
    ask(signed_in_on(ON_A_PHONE))
    [(_, link)] = links()
    build.person(email="new@nowhere.example")
    session.commit()
    assert client.post(link).status_code == 422
    assert session.scalar(select(Person.id).where(Person.email == "nurse@nowhere.example"))


def test_a_link_for_an_address_chooses_no_password(client, signed_in_on, links):
    ask(signed_in_on(ON_A_PHONE))
    [(_, link)] = links()
    assert client.get(link.replace("/address/", "/password/")).status_code == 422
