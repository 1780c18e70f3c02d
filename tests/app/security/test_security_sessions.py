"""Sessions end, links work once, and what was typed when a session ended is neither lost nor given to somebody else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.people import OneTimeLink, Person, Role, digest_of_secret
from app.sign_in.service import hasher
from tests.pages import form_to
from tests.screen import shown

PASSWORD = "four words put together"
NEW = {"password": "four other words here", "again": "four other words here"}
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def nurse(build):
    return build.person(Role.LEARNER, email="nurse@nowhere.example", password_hash=hasher.hash(PASSWORD))


@pytest.fixture
def secret_of(session, now):
    def issue(person, life=timedelta(hours=24)):
        link, secret = OneTimeLink.issue(person, now, life)
        session.add(link)
        session.commit()
        return secret

    return issue


def later(app, now, **time):
    app.config["NOW"] = lambda: now + timedelta(**time)


def test_a_session_ends_after_twelve_hours_however_busy(app, sign_in, nurse, now):
    browser = sign_in(nurse)
    for hour in range(1, 13):
        later(app, now, hours=hour)
        assert browser.get("/account").status_code == 200
    later(app, now, hours=12, minutes=1)
    assert browser.get("/account").status_code == 303


def test_a_new_password_ends_every_session_and_every_other_link(app, client, sign_in, nurse, secret_of, now):
    browser, secret, other = sign_in(nurse), secret_of(nurse), secret_of(nurse)
    later(app, now, minutes=1)
    assert client.post(f"/password/{secret}", data=NEW).status_code == 303
    assert browser.get("/account").status_code == 303
    assert client.get(f"/password/{other}").status_code == 422
    assert client.post("/sign-in", data={"email": nurse.email, "password": PASSWORD}).status_code == 422
    assert client.post("/sign-in", data={"email": nurse.email, "password": NEW["password"]}).status_code == 303


def test_signing_out_everywhere_ends_the_sessions_of_other_devices(app, sign_in, nurse, now):
    phone, computer = sign_in(nurse), sign_in(nurse)
    later(app, now, minutes=1)
    assert phone.post("/sign-out/everywhere").status_code == 303
    assert computer.get("/account").status_code == 303
    assert phone.get("/account").status_code == 303


def test_signing_out_ends_this_session_only(sign_in, nurse):
    phone, computer = sign_in(nurse), sign_in(nurse)
    assert shown(phone.post("/sign-out", follow_redirects=True)).banner == "You are signed out."
    assert phone.get("/account").status_code == 303
    assert computer.get("/account").status_code == 200


def test_a_withdrawn_account_can_neither_sign_in_nor_use_a_link(client, session, nurse, secret_of):
    secret = secret_of(nurse)
    nurse.is_active = False
    session.commit()
    assert client.post("/sign-in", data={"email": nurse.email, "password": PASSWORD}).status_code == 422
    assert client.get(f"/password/{secret}").status_code == 422


def test_only_the_digest_of_a_link_is_kept(session, nurse, secret_of):
    secret = secret_of(nurse)
    [link] = session.scalars(select(OneTimeLink))
    assert link.secret_digest == digest_of_secret(secret)
    assert secret not in repr(vars(link))


def test_a_mail_scanner_that_opens_a_link_does_not_use_it_up(client, nurse, secret_of):
    secret = secret_of(nurse)
    for _ in range(3):
        assert client.get(f"/password/{secret}").status_code == 200
        assert client.head(f"/password/{secret}").status_code == 200
    assert client.post(f"/password/{secret}", data=NEW).status_code == 303
    assert client.post(f"/password/{secret}", data=NEW).status_code == 422


def test_a_bad_new_password_does_not_use_a_link_up(client, nurse, secret_of):
    secret = secret_of(nurse)
    answer = client.post(f"/password/{secret}", data={"password": "short", "again": "short"})
    assert answer.status_code == 422
    assert shown(answer).complaint == ("New password", "The password must have between 12 and 200 characters")
    assert client.post(f"/password/{secret}", data=NEW).status_code == 303


def test_a_link_is_refused_once_its_day_is_over(app, client, nurse, secret_of, now):
    secret = secret_of(nurse)
    later(app, now, hours=24, seconds=1)
    answer = client.get(f"/password/{secret}")
    assert answer.status_code == 422
    assert shown(answer).paragraphs[0] == (
        "This link was used already or is too old. Ask for a new one on the page to sign in."
    )


def test_a_link_that_nobody_sent_is_refused(client, app):
    assert client.get("/password/guessed").status_code == 422


SESSION_ENDED = "Your session had ended. What you typed is kept: sign in to carry on."


def kept_in(answer):
    return form_to("/sign-in", answer).fields["kept"][0]


@pytest.fixture
def ended(app, sign_in, build, now):
    """An administrator's browser whose session has just ended, with a form half an hour in the making."""
    person = build.person(Role.ADMINISTRATOR, email="boss@nowhere.example", password_hash=hasher.hash(PASSWORD))
    browser = sign_in(person)
    later(app, now, hours=3)
    return browser


TYPED = {"name": "Typed <b>Carefully</b>", "email": "typed@nowhere.example"}


def test_a_form_sent_after_the_session_ended_is_taken_after_signing_in(ended, session, look_again):
    answer = ended.post("/admin/people/new", data=TYPED, headers=FROM_HERE)
    assert answer.status_code == 401
    assert shown(answer).insets == [SESSION_ENDED]
    words = {"email": "boss@nowhere.example", "password": PASSWORD, "kept": kept_in(answer)}
    answer = ended.post("/sign-in", data=words)
    assert shown(answer).heading == "You are signed in"
    assert shown(answer).button("Send what I typed").action == "/admin/people/new"
    kept = form_to("/admin/people/new", answer).fields
    assert {name: kept[name] for name in TYPED} == {name: [value] for name, value in TYPED.items()}
    assert ended.post("/admin/people/new", data=TYPED).status_code == 303
    look_again()
    assert session.scalar(select(Person).where(Person.email == TYPED["email"])).name == TYPED["name"]


def test_a_form_sent_by_htmx_after_the_session_ended_asks_for_the_password_in_place(ended):
    answer = ended.post("/admin/people/new", data=TYPED, headers=FROM_HERE | {"HX-Request": "true"})
    assert answer.status_code == 401
    part = shown(answer)
    assert (part.title, part.insets) == ("", [SESSION_ENDED])
    assert kept_in(answer)


def test_a_part_that_htmx_asks_for_leads_back_to_the_page_that_shows_it(ended):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/admin/people?q=a&role=MENTOR"}
    answer = ended.get("/admin/people?q=a", headers=headers)
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/admin/people?q%3Da%26role%3DMENTOR"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_what_another_site_sent_is_not_kept(ended, headers):
    answer = ended.post("/admin/people/new", data=TYPED, headers=headers)
    assert answer.status_code == 401
    assert kept_in(answer) == ""
    page = shown(answer)
    assert (page.heading, page.insets) == ("Sign in", [])


def test_somebody_else_who_signs_in_there_does_not_get_what_was_typed(ended, session, nurse):
    session.commit()
    kept = kept_in(ended.post("/admin/people/new", data=TYPED, headers=FROM_HERE))
    answer = ended.post("/sign-in", data={"email": nurse.email, "password": PASSWORD, "kept": kept})
    assert answer.status_code == 303
    assert answer.location == "/"


@pytest.mark.parametrize("change", [lambda kept: kept[:-1], lambda kept: "x" + kept, lambda kept: "nonsense"])
def test_a_kept_form_that_somebody_tampered_with_is_dropped(ended, change):
    kept = change(kept_in(ended.post("/admin/people/new", data=TYPED, headers=FROM_HERE)))
    words = {"email": "boss@nowhere.example", "password": PASSWORD, "kept": kept}
    assert ended.post("/sign-in", data=words).location == "/"


def test_a_page_left_open_since_an_earlier_session_can_still_be_sent(app, sign_in, build, monkeypatch):
    browser = sign_in(build.person(Role.ADMINISTRATOR))
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    answer = browser.post("/admin/people/new", data=TYPED | {"csrf_token": "of yesterday"}, headers=FROM_HERE)
    assert answer.status_code == 400
    assert shown(answer).paragraphs[0].startswith("What you typed before your session ended is kept.")
    [token] = form_to("/admin/people/new", answer).fields["csrf_token"]
    assert browser.post("/admin/people/new", data=TYPED | {"csrf_token": token}).status_code == 303
