"""Sessions end, links work once, and what was typed when a session ended is neither lost nor given to somebody else."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from wtforms.fields.core import UnboundField

from app.models.people import OneTimeLink, Person, Role, digest_of_secret
from app.platform.passwords import hasher
from app.sign_in.forms import SignInForm
from app.web.fields import Form, Password
from tests.pages import Page, form_to
from tests.screen import shown

PASSWORD = "four words put together"
NEW = {"password": "four other words here", "again": "four other words here"}
NEW_PERSON = "/admin/people/new"
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


SESSION_ENDED = (
    "Your session had ended. What you typed is kept on this page until 4 March 2026, 3pm, for you alone: sign in "
    "here to carry on."
)


def kept_in(answer):
    return form_to("/sign-in", answer).fields["kept"][0]


def mark_in(answer):
    """Whose page it is, as each of its forms says."""
    [mark] = {mark for form in Page("", answer.text).forms for mark in form.fields.get("filled_by", [])}
    return mark


@pytest.fixture
def ended(app, sign_in, build, now):
    """An administrator's browser whose session has just ended, with a form half an hour in the making."""
    person = build.person(Role.ADMINISTRATOR, email="boss@nowhere.example", password_hash=hasher.hash(PASSWORD))
    browser = sign_in(person)
    browser.mark = mark_in(browser.get(NEW_PERSON))
    later(app, now, hours=3)
    return browser


def typed_in(browser):
    """What a page of this browser sends that was open before its session ended."""
    return TYPED | {"filled_by": browser.mark}


TYPED = {"name": "Typed <b>Carefully</b>", "email": "typed@nowhere.example"}


def test_a_form_sent_after_the_session_ended_is_taken_after_signing_in(ended, session, look_again):
    answer = ended.post(NEW_PERSON, data=typed_in(ended), headers=FROM_HERE)
    assert answer.status_code == 401
    assert shown(answer).insets == [SESSION_ENDED]
    words = {"email": "boss@nowhere.example", "password": PASSWORD, "kept": kept_in(answer)}
    answer = ended.post("/sign-in", data=words)
    assert shown(answer).heading == "You are signed in"
    assert shown(answer).button("Send what I typed").action == NEW_PERSON
    kept = form_to(NEW_PERSON, answer).fields
    assert {name: kept[name] for name in TYPED} == {name: [value] for name, value in TYPED.items()}
    assert ended.post(NEW_PERSON, data=TYPED).status_code == 303
    look_again()
    assert session.scalar(select(Person).where(Person.email == TYPED["email"])).name == TYPED["name"]


def test_a_form_sent_by_htmx_after_the_session_ended_asks_for_the_password_in_place(ended):
    answer = ended.post(NEW_PERSON, data=typed_in(ended), headers=FROM_HERE | {"HX-Request": "true"})
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
    answer = ended.post(NEW_PERSON, data=typed_in(ended), headers=headers)
    assert answer.status_code == 401
    assert kept_in(answer) == ""
    page = shown(answer)
    assert (page.heading, page.insets) == ("Sign in", [])


def test_somebody_else_who_signs_in_there_does_not_get_what_was_typed(ended, session, nurse):
    session.commit()
    kept = kept_in(ended.post(NEW_PERSON, data=typed_in(ended), headers=FROM_HERE))
    answer = ended.post("/sign-in", data={"email": nurse.email, "password": PASSWORD, "kept": kept})
    assert answer.status_code == 303
    assert answer.location == "/"


@pytest.mark.parametrize("change", [lambda kept: kept[:-1], lambda kept: "x" + kept, lambda kept: "nonsense"])
def test_a_kept_form_that_somebody_tampered_with_is_dropped(ended, change):
    kept = change(kept_in(ended.post(NEW_PERSON, data=typed_in(ended), headers=FROM_HERE)))
    words = {"email": "boss@nowhere.example", "password": PASSWORD, "kept": kept}
    assert ended.post("/sign-in", data=words).location == "/"


def sign_in_there(browser, answer, email="boss@nowhere.example"):
    """Sign in on the page that asked for it."""
    return browser.post("/sign-in", data={"email": email, "password": PASSWORD, "kept": kept_in(answer)})


@pytest.mark.parametrize("hours", [4, 26])
def test_what_was_typed_is_kept_as_long_as_the_page_says(ended, app, now, hours):
    answer = ended.post(NEW_PERSON, data=typed_in(ended), headers=FROM_HERE)
    later(app, now, hours=hours)
    assert shown(sign_in_there(ended, answer)).heading == "You are signed in"


def test_who_comes_too_late_is_told_so(ended, app, now):
    answer = ended.post(NEW_PERSON, data=typed_in(ended), headers=FROM_HERE)
    later(app, now, hours=27)
    assert sign_in_there(ended, answer).location == "/"
    assert shown(ended.get("/")).banner == "What you had typed was kept until 4 March 2026, 3pm. It is gone now."


def test_a_browser_that_forgot_its_session_offers_what_was_typed_to_its_writer_alone(ended, client, session, nurse):
    """Its cookie is gone, so only the page itself tells whose it was."""
    session.commit()
    answer = client.post(NEW_PERSON, data=typed_in(ended), headers=FROM_HERE)
    assert shown(answer).insets == [SESSION_ENDED]
    assert sign_in_there(client, answer, nurse.email).location == "/"
    client.post("/sign-out")
    assert shown(sign_in_there(client, answer)).heading == "You are signed in"


@pytest.mark.parametrize("mark", ["", "nonsense"])
def test_a_form_of_nobody_knows_whom_is_not_kept_and_its_page_says_so(ended, mark):
    answer = ended.post(NEW_PERSON, data=TYPED | {"filled_by": mark}, headers=FROM_HERE)
    assert kept_in(answer) == ""
    assert shown(answer).insets == [
        "Your session had ended, and what you typed could not be kept. Go back in your browser to copy it before you "
        "sign in."
    ]


def test_a_password_is_never_kept(ended):
    answer = ended.post(NEW_PERSON, data=typed_in(ended) | {"password": "a secret of mine"}, headers=FROM_HERE)
    assert kept_in(answer) == ""


def test_every_form_that_asks_for_a_secret_has_a_field_named_password():
    """By that name it is known, and nothing of it is kept."""
    forms = [form for form in every_form() if any(part.field_class is Password for part in fields_of(form))]
    assert SignInForm in forms
    assert all(hasattr(form, "password") for form in forms)


def every_form(form=Form):
    return [form, *(one for sub in form.__subclasses__() for one in every_form(sub))]


def fields_of(form):
    return [part for part in vars(form).values() if isinstance(part, UnboundField)]


def test_a_page_of_one_person_is_not_sent_in_the_name_of_another(app, ended, sign_in, build, monkeypatch):
    """Both use one browser: the page was opened by the first, and the second has signed in since."""
    second = sign_in(build.person(Role.ADMINISTRATOR))
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    data = typed_in(ended) | {"csrf_token": "of the first"}
    answer = second.post(NEW_PERSON, data=data, headers=FROM_HERE)
    assert answer.status_code == 400
    page = shown(answer)
    assert page.paragraphs[0] == "Somebody else had filled in this form, so it was not sent in your name."
    assert "Send what I typed" not in page.buttons


def test_a_page_left_open_since_an_earlier_session_can_still_be_sent(app, sign_in, build, monkeypatch):
    browser = sign_in(build.person(Role.ADMINISTRATOR))
    mark = mark_in(browser.get(NEW_PERSON))
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    data = TYPED | {"csrf_token": "of yesterday", "filled_by": mark}
    answer = browser.post(NEW_PERSON, data=data, headers=FROM_HERE)
    assert answer.status_code == 400
    assert shown(answer).paragraphs[0].startswith("What you typed before your session ended is kept.")
    [token] = form_to(NEW_PERSON, answer).fields["csrf_token"]
    assert browser.post(NEW_PERSON, data=TYPED | {"csrf_token": token}).status_code == 303
