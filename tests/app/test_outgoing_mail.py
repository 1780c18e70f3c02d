"""Mail goes out after the commit through a real mail server, and stays readable when there is none."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from email import message_from_string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.language.mail import Mail
from app.models.operations.audit import AuditLine
from app.models.operations.outbox import Message
from app.models.people import OneTimeLink, Role
from app.platform.mailing import send_after_commits
from app.platform.outbox import (
    ATTEMPTS_MAX,
    LEASE,
    Complaint,
    Postman,
    letter_of,
    note_outcome,
    pause_after,
    queue_message,
    take_next,
)
from tests.conftest import settings_for
from tests.screen import shown

SENDER = "rpe@nowhere.example"


@pytest.fixture
def through(app):
    """through(smtp_url) lets the application send its mail there."""
    before = app.extensions["rpe_settings"], app.extensions["rpe_send_mail"]

    def send_through(smtp_url):
        app.extensions["rpe_settings"] = settings_for("", smtp_url=smtp_url, mail_from=SENDER)
        send_after_commits(app, app.extensions["rpe_settings"])

    yield send_through
    app.extensions["rpe_settings"], app.extensions["rpe_send_mail"] = before


def send_what_is_due(session, url, now):
    """How many letters the server took."""
    taken = 0
    with closing(Postman(url, SENDER)) as postman:
        while letter := take_next(session, now):
            complaint = postman.deliver(letter)
            note_outcome(session, letter, complaint, now)
            taken += complaint is None
    return taken


def test_a_waiting_mail_is_sent_once(session, mailbox, now):
    queue_message(session, "learner@nowhere.example", Mail("Your offer\nBcc: all", "Hello – good news."), now)
    assert send_what_is_due(session, mailbox.url, now) == 1
    assert send_what_is_due(session, mailbox.url, now + timedelta(days=1)) == 0
    [mail] = mailbox.taken
    assert "Subject: Your offer Bcc: all" in mail
    assert "Message-ID: <" in mail
    assert "Date: " in mail


def test_two_who_send_at_once_do_not_send_the_same_mail(session, now):
    queue_message(session, "learner@nowhere.example", Mail("One", "1"), now)
    assert take_next(session, now)
    assert take_next(session, now) is None, "somebody has it already"
    assert take_next(session, now + LEASE), "whoever had it did not come back"


def test_a_mail_that_is_handed_over_again_says_that_it_is_the_same(session, mailbox, now):
    for name in "ab":
        queue_message(session, f"{name}@nowhere.example", Mail("One", "1"), now)
    with closing(Postman(mailbox.url, "rpe@nowhere.example")) as postman:
        for _ in range(2):  # whoever took them dies before it is noted
            now += LEASE
            while letter := take_next(session, now):
                assert postman.deliver(letter) is None
    marks = [message_from_string(mail)["Message-ID"] for mail in mailbox.taken]
    assert len(marks) == 4
    assert marks[:2] == marks[2:]
    assert marks[0] != marks[1]


@pytest.mark.parametrize("bad_address", ["refused@nowhere.example", "two\nlines@nowhere.example"])
def test_a_refused_address_does_not_hold_up_the_others(session, mailbox, now, bad_address):
    queue_message(session, bad_address, Mail("One", "1"), now)
    queue_message(session, "learner@nowhere.example", Mail("Two", "2"), now)
    assert send_what_is_due(session, mailbox.url, now) == 1
    refused, sent = session.scalars(select(Message).order_by(Message.id))
    assert refused.complaint
    assert refused.attempts == 1
    assert sent.sent_at == now


def test_a_server_that_is_away_leaves_the_mail_waiting(session, now):
    queue_message(session, "learner@nowhere.example", Mail("One", "1"), now)
    assert send_what_is_due(session, "smtp://127.0.0.1:1", now) == 0
    message = session.scalars(select(Message)).one()
    assert "could not be reached" in message.complaint
    assert message.sent_at is None
    assert (message.attempts, message.tries) == (0, 1), "the mail itself was never refused"


def test_one_mail_is_enough_to_find_out_that_the_server_is_away(session, now):
    for name in "abc":
        queue_message(session, f"{name}@nowhere.example", Mail("One", "1"), now)
    assert send_what_is_due(session, "smtp://127.0.0.1:1", now) == 0
    messages = session.scalars(select(Message).execution_options(populate_existing=True)).all()
    assert sorted(message.tries for message in messages) == [0, 0, 1]
    assert all("could not be reached" in message.complaint for message in messages)
    assert {message.try_from for message in messages} == {now + timedelta(minutes=1)}


@given(tries=st.integers(1, 10_000))
def test_pauses_grow_and_end_at_four_hours(tries):
    assert pause_after(tries) <= pause_after(tries + 1) <= timedelta(hours=4)
    assert pause_after(1) == timedelta(minutes=1)


def test_a_server_that_asks_for_patience_is_asked_again_without_end(session, mailbox, now):
    message = queue_message(session, "later@nowhere.example", Mail("One", "1"), now)
    for day in range(3 * ATTEMPTS_MAX):
        assert send_what_is_due(session, mailbox.url, now + timedelta(days=day)) == 0
    assert (message.attempts, message.tries) == (0, 3 * ATTEMPTS_MAX)
    assert "451" in message.complaint
    message.recipient = "learner@nowhere.example"
    assert send_what_is_due(session, mailbox.url, now + timedelta(days=99)) == 1


def test_a_mail_that_is_refused_every_time_is_given_up(session, mailbox, now):
    message = queue_message(session, "refused@nowhere.example", Mail("One", "1"), now)
    for hour in range(ATTEMPTS_MAX):
        send_what_is_due(session, mailbox.url, now + timedelta(hours=hour))
    assert message.attempts == ATTEMPTS_MAX
    assert take_next(session, now + timedelta(days=9)) is None


def test_a_secret_is_kept_until_it_was_sent_and_no_longer(session, now):
    message = queue_message(session, "learner@nowhere.example", Mail("One", "use abc123 today"), now, secret="abc123")
    session.flush()
    letter = letter_of(message)
    note_outcome(session, letter, Complaint("busy", is_final=False), now)
    assert "abc123" in message.body
    note_outcome(session, letter, None, now)
    assert "abc123" not in f"{message.body}{message.secret}"


def test_a_password_link_arrives_by_mail_and_only_its_digest_stays(
    client, session, build, mailbox, through, look_again
):
    person = build.person(Role.LEARNER)
    session.commit()
    through(mailbox.url)
    answer = client.post("/password/forgotten", data={"email": person.email.upper()})
    assert answer.status_code == 200
    [mail] = mailbox.taken
    link = next(line for line in mail.splitlines() if line.startswith("http://localhost/password/")).strip()
    secret = link.rpartition("/")[2]
    look_again()
    kept = [session.scalars(select(OneTimeLink.secret_digest)).one(), session.scalars(select(Message.body)).one()]
    assert not any(secret in text for text in kept)
    words = {"password": "four words put together", "again": "four words put together"}
    assert client.post(link.removeprefix("http://localhost"), data=words).status_code == 303


def test_a_mail_server_that_is_away_does_not_spoil_the_deed(client, session, build, through, look_again):
    person = build.person(Role.LEARNER)
    session.commit()
    through("smtp://127.0.0.1:1")
    assert client.post("/password/forgotten", data={"email": person.email}).status_code == 200
    look_again()
    assert "could not be reached" in session.scalars(select(Message.complaint)).one()


def test_without_a_server_the_administrator_reads_the_outbox(sign_in, build, session, now):
    queue_message(session, "learner@nowhere.example", Mail("Your offer", "Hello <b>you</b>"), now - timedelta(days=1))
    page = shown(sign_in(build.person(Role.ADMINISTRATOR)).get("/admin/mail"))
    assert page.paragraphs[:2] == [
        "No mail server is configured: email stays here, where you can read it and pass on what matters.",
        "1 email, newest first",
    ]
    mail = page.section("Your offer")
    assert mail.paragraphs == [
        "To learner@nowhere.example, 2 March 2026, midday. Waiting.",
        "Hello <b>you</b>",
    ]


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        ({"sent_at": datetime(2026, 3, 3, 9, 5, tzinfo=UTC)}, "Sent 3 March 2026, 9:05am."),
        ({"complaint": "The address was refused."}, "Not sent: The address was refused."),
        ({}, "Waiting."),
    ],
)
def test_the_administrator_reads_what_became_of_a_mail(sign_in, build, session, now, happened, words):
    message = queue_message(session, "learner@nowhere.example", Mail("Your offer", "Hello"), now)
    for name, value in happened.items():
        setattr(message, name, value)
    page = shown(sign_in(build.person(Role.ADMINISTRATOR)).get("/admin/mail"))
    assert page.section("Your offer").paragraphs[0] == f"To learner@nowhere.example, 3 March 2026, midday. {words}"


def test_a_mail_that_was_given_up_is_seen_and_can_be_sent_again(
    sign_in, build, session, mailbox, through, look_again, now
):
    message = queue_message(session, "refused@nowhere.example", Mail("Your offer", "Hello"), now)
    message.attempts, message.tries, message.complaint = ATTEMPTS_MAX, 7, "550 no such mailbox"
    browser = sign_in(build.person(Role.ADMINISTRATOR))
    through(mailbox.url)
    assert shown(browser.get("/")).says("Look at 1 mail that could not be sent")
    page = shown(browser.get("/admin/mail"))
    assert "Given up: the mail server refused it 5 times." in page.section("Your offer").paragraphs
    message.recipient = "learner@nowhere.example"
    session.commit()
    assert browser.post(page.button("Send again").action).status_code == 303
    look_again()
    assert message.sent_at == now
    assert session.scalar(select(AuditLine.deed).order_by(AuditLine.id.desc())) == "let a mail be sent again"
    assert browser.post(page.button("Send again").action).status_code == 404


def test_a_mail_that_waits_for_its_server_says_how_often_and_when(sign_in, build, session, now):
    message = queue_message(session, "learner@nowhere.example", Mail("Your offer", "Hello"), now)
    message.tries, message.complaint, message.try_from = 3, "451 later", now + timedelta(minutes=4)
    browser = sign_in(build.person(Role.ADMINISTRATOR))
    section = shown(browser.get("/admin/mail")).section("Your offer")
    assert "Tried 3 times; tried again by itself from 3 March 2026, 12:04pm." in section.paragraphs
    assert section.buttons == []
    assert shown(browser.get("/")).says("Look at 1 mail that the mail server has not taken yet")
