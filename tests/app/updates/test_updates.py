"""Anybody registers for updates by email, confirms it, and stops; an administrator sends each update once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.models.operations.outbox import Message
from app.models.people import Role
from app.models.public.updates import PublicUpdate, Subscriber, UpdateRegistration, UpdateStanding, UpdateTopic
from app.platform.outbox import FORGOTTEN, Postman, letter_of
from app.updates.jobs import forget_addresses
from app.updates.service import digest_of
from tests.screen import shown

READER = "reader@nowhere.example"
ASKS = {"email": READER, "topics": ["BURSARIES", "ROUNDS"]}
UPDATE = {"topic": "BURSARIES", "subject": "A call is open", "words": "Ask your university by 1 May 2026."}
FROM_MAIL_PROGRAM = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def somebody(app, session):
    """A browser in which nobody is signed in."""
    session.commit()
    return app.test_client()


@pytest.fixture
def letters(session, look_again):
    """letters() gives the mails to the reader so far."""

    def found(recipient=READER):
        look_again()
        return session.scalars(select(Message).where(Message.recipient == recipient).order_by(Message.id)).all()

    return found


@pytest.fixture
def subscribers(session, look_again):
    """subscribers() gives each address with its topics."""

    def found():
        look_again()
        return {one.email: one.topics for one in session.scalars(select(Subscriber))}

    return found


@pytest.fixture
def browser(build, sign_in):
    """The browser of an administrator."""
    return sign_in(build.person(Role.ADMINISTRATOR, name="Ada Editor"))


def link_in(letter):
    """The path of the link in a mail of ours."""
    address = next(word for word in letter.body.split() if word.startswith("http"))
    return "/" + address.split("/", 3)[3]


def register(somebody, letters, **given):
    """Register and confirm, and give the page that says so."""
    somebody.post("/updates", data=ASKS | given)
    return shown(somebody.post(link_in(letters()[-1])))


def written(browser, **given):
    """The page of a new draft."""
    return browser.post("/updates/write", data=UPDATE | given, follow_redirects=True)


def send(browser, page, **given):
    """Send what was shown, as its button does."""
    said = UPDATE | given
    update = PublicUpdate(topic=UpdateTopic[said["topic"]], subject=said["subject"], words=said["words"])
    data = {"seen": digest_of(update)}
    return browser.post(f"{page.request.path}/send", data=data, follow_redirects=True)


def test_nothing_counts_before_the_link_is_used_and_looking_at_it_writes_nothing(somebody, letters, subscribers):
    page = shown(somebody.post("/updates", data=ASKS))
    assert page.says(f"We write to {READER} with a link that confirms it.")
    path = link_in(letters()[0])
    assert shown(somebody.get(path)).says(f"They go to {READER}")
    assert subscribers() == {}
    page = shown(somebody.post(path))
    assert page.heading == "You get updates by email"
    assert subscribers() == {READER: {UpdateTopic.BURSARIES, UpdateTopic.ROUNDS}}
    assert somebody.get(path).status_code == somebody.post(path).status_code == 404


def test_the_form_tells_nothing_about_an_address_and_known_ones_get_the_same_mail(somebody, letters, subscribers):
    first = shown(somebody.post("/updates", data=ASKS)).text
    somebody.post(link_in(letters()[0]))
    again = shown(somebody.post("/updates", data=ASKS | {"email": READER.upper(), "topics": ["PATHWAYS"]})).text
    assert first == again
    assert [one.subject for one in letters()] == ["Confirm that you want updates by email"] * 2
    assert subscribers()[READER] == {UpdateTopic.BURSARIES, UpdateTopic.ROUNDS}, "until she confirms it herself"
    somebody.post(link_in(letters()[1]))
    assert subscribers() == {READER: {UpdateTopic.PATHWAYS}}


def test_one_link_ends_the_others_and_a_link_is_good_for_seven_days(app, build, somebody, letters, subscribers):
    for _ in range(2):
        somebody.post("/updates", data=ASKS)
    first, second = letters()
    app.config["NOW"] = lambda: build.now + timedelta(days=7, seconds=1)
    assert somebody.post(link_in(first)).status_code == 404
    app.config["NOW"] = lambda: build.now + timedelta(days=7)
    somebody.post(link_in(first))
    assert subscribers().keys() == {READER}
    assert somebody.post(link_in(second)).status_code == 404


def test_who_does_not_confirm_in_time_is_forgotten_also_by_the_outbox(app, build, session, somebody, letters):
    somebody.post("/updates", data=ASKS)
    app.config["NOW"] = lambda: build.now + timedelta(days=8)
    with app.test_request_context():
        forget_addresses()
    assert letters() == []
    assert len(letters(FORGOTTEN)) == 1
    assert session.scalars(select(UpdateRegistration)).all() == []


def test_who_gets_updates_keeps_hers_when_another_link_is_not_used(app, build, somebody, letters, subscribers):
    register(somebody, letters)
    somebody.post("/updates", data=ASKS)
    app.config["NOW"] = lambda: build.now + timedelta(days=8)
    with app.test_request_context():
        forget_addresses()
    assert subscribers().keys() == {READER}
    assert len(letters()) == 2


def test_an_address_whose_reader_wants_no_mail_gets_none_and_stands_nowhere(session, somebody, letters, subscribers):
    register(somebody, letters)
    before = shown(somebody.post("/updates", data=ASKS)).text
    page = shown(somebody.post(f"{link_in(letters()[-1])}/never"))
    assert page.heading == "We do not write to you about updates"
    assert subscribers() == {}
    assert shown(somebody.post("/updates", data=ASKS)).text == before
    assert letters() == []
    kept = [*session.scalars(select(AuditLine)), *session.scalars(select(UpdateRegistration))]
    assert READER not in repr([vars(one) for one in kept])


def test_bad_input_is_named_and_what_was_typed_is_kept(somebody, letters):
    answer = somebody.post("/updates", data={"email": "reader", "topics": ["ROUNDS"]})
    page = shown(answer)
    assert answer.status_code == 422
    assert page.complaint == (
        "Email address",
        "Enter an email address in the usual form, like name@example.org",
    )
    assert page.field("Email address").value == "reader"
    answer = somebody.post("/updates", data={"email": READER})
    assert shown(answer).complaint == ("What do you want to hear of?", "Choose at least one topic")


def test_an_update_goes_once_to_those_who_asked_for_its_topic(somebody, letters, session, build, browser):
    other = build.subscriber(UpdateTopic.PATHWAYS).email
    session.commit()
    register(somebody, letters)
    page = written(browser)
    assert shown(page).says("It goes to 1 person who asked to hear of “Calls for bursaries”.")
    assert shown(browser.get("/")).link("Send or discard the update “A call is open”") == page.request.path
    assert not shown(somebody.get("/updates")).says(UPDATE["words"]), "nobody else reads a draft"
    sent = send(browser, page)
    assert shown(sent).says("The update is sent to 1 person. Everybody can read it.")
    assert UPDATE["words"] in letters()[-1].body
    assert letters(other) == []
    assert send(browser, page).status_code == 409
    assert len(letters()) == 2
    assert shown(somebody.get("/updates")).section("A call is open").says(UPDATE["words"])
    seen_by_editors = [shown(browser.get(path)) for path in ("/updates/written", page.request.path)]
    assert not any(one.says(READER) for one in seen_by_editors)


def test_a_mail_program_stops_them_with_one_click(app, monkeypatch, mailbox, somebody, letters, session, browser):
    register(somebody, letters)
    send(browser, written(browser))
    letter = letters()[-1]
    address = letter.unsubscribe
    postman = Postman(mailbox.url, "rpe@nowhere.example")
    assert postman.deliver(letter_of(letter)) is None
    postman.close()
    assert f"List-Unsubscribe: <{address}>" in mailbox.taken[0]
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in mailbox.taken[0]
    path = link_in(letter)
    assert address.endswith(path)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    for _ in range(2):
        assert shown(somebody.post(path, data=FROM_MAIL_PROGRAM)).heading == "You get no more updates"
    assert shown(somebody.get(path)).heading == "You get no more updates"
    assert letters() == [], "her address is taken off the mails"
    assert all(one.withdrawn_at for one in letters(FORGOTTEN)), "none was sent yet, and none will be"
    deed = "stopped updates"
    assert [one.deed for one in session.scalars(select(AuditLine).where(AuditLine.deed == deed))] == [deed]


def test_who_stops_can_register_again_and_old_links_stop_nobody_else(somebody, letters, subscribers):
    old = register(somebody, letters).link("choose other topics, or stop")
    somebody.post(old)
    assert subscribers() == {}
    register(somebody, letters)
    somebody.post(old)
    assert subscribers().keys() == {READER}


def test_a_reader_chooses_other_topics(somebody, letters, subscribers):
    path = register(somebody, letters).link("choose other topics, or stop")
    page = shown(somebody.get(path))
    assert page.field("What do you want to hear of?").chosen == ("Calls for bursaries", "Match rounds")
    somebody.post(f"{path}/topics", data={"topics": ["PATHWAYS"]})
    assert subscribers() == {READER: {UpdateTopic.PATHWAYS}}
    answer = somebody.post(f"{path}/topics", data={})
    assert shown(answer).complaint == ("What do you want to hear of?", "Choose at least one topic")
    assert somebody.get(f"{path}x").status_code == 404


def test_nobody_sends_what_a_colleague_has_changed_meanwhile(build, sign_in, browser, session):
    page = written(browser)
    colleague = build.person(Role.ADMINISTRATOR)
    session.commit()
    changed = sign_in(colleague).post(f"{page.request.path}/change", data=UPDATE | {"words": "Ask by 2 May 2026."})
    assert changed.status_code == 303
    refused = send(browser, page)
    assert refused.status_code == 409
    assert shown(refused).says("This update was changed since you opened the page.")
    page = browser.get(page.request.path)
    assert shown(page).says("Ask by 2 May 2026.")
    assert shown(send(browser, page, words="Ask by 2 May 2026.")).says("The update is sent to 0 people.")


def test_what_is_discarded_is_never_sent_or_changed(browser, session, look_again):
    page = written(browser)
    browser.post(f"{page.request.path}/discard")
    assert send(browser, page).status_code == 409
    assert browser.post(f"{page.request.path}/change", data=UPDATE | {"words": "Another."}).status_code == 409
    look_again()
    assert session.scalars(select(PublicUpdate.state)).all() == [UpdateStanding.DISCARDED]
    assert "Publish the update" not in shown(browser.get(page.request.path)).buttons


@pytest.mark.parametrize("role", [Role.LEARNER, Role.MENTOR, Role.COORDINATOR])
def test_only_administrators_write(build, sign_in, session, role):
    update = build.public_update()
    person = build.person(role)
    session.commit()
    hers = sign_in(person)
    paths = ("/updates/written", "/updates/write", f"/updates/{update.id}")
    assert [hers.get(path).status_code for path in paths] == [403, 403, 403]
