"""Anybody asks a question; an editor answers it, and everybody reads the answer without knowing who asked."""

import pytest
from sqlalchemy import select

from app.models.operations.outbox import Message
from app.models.operations.public_questions import PublicQuestion, QuestionStanding
from app.models.people import Role
from tests.screen import shown

ASKS = {"words": "May a paramedic in London take part?", "topic": "JOINING", "email": "asker@nowhere.example"}
SAYS = {"shown": "May paramedics take part?", "answer": "Yes, like every regulated profession.", "topic": "JOINING"}


@pytest.fixture
def editor(build):
    return build.person(Role.ADMINISTRATOR)


@pytest.fixture
def asked(app, session, editor):
    """A question that waits."""
    session.commit()
    assert shown(app.test_client().post("/questions/ask", data=ASKS)).says("You get an email at asker@nowhere.example")
    return session.scalars(select(PublicQuestion)).one()


@pytest.fixture
def mails(session, look_again):
    """What the one who asked has got so far."""

    def found():
        look_again()
        hers = select(Message.body).where(Message.recipient == "asker@nowhere.example")
        return session.scalars(hers.order_by(Message.id)).all()

    return found


def test_an_answer_is_published_in_the_editors_words_and_mailed_once(app, session, mails, sign_in, editor, asked):
    browser = sign_in(editor)
    assert shown(browser.get("/")).link("Answer 1 question from the public") == "/questions/waiting"
    page = shown(browser.get(f"/questions/{asked.id}"))
    assert page.field("The question as everybody reads it").value == ASKS["words"]
    page = shown(browser.post(f"/questions/{asked.id}/publish", data=SAYS, follow_redirects=True))
    assert page.says("Everybody can read it now.")
    assert SAYS["answer"] in mails()[0]
    assert session.get_one(PublicQuestion, asked.id).email == "", "it was for the answer alone"
    browser.post(f"/questions/{asked.id}/publish", data=SAYS | {"answer": "Yes."})
    assert len(mails()) == 1
    public = shown(app.test_client().get("/questions?q=PARAMEDICS"))
    assert public.section("May paramedics take part?").says("Yes.")
    assert not public.says("London"), "the asker's own words stay with the editors"
    assert shown(app.test_client().get("/questions?q=dentist")).says("No answer has these words.")
    assert shown(app.test_client().get("/questions?topic=MATCHING")).says("0 answers")


def test_an_answer_by_mail_is_on_no_page(app, session, mails, sign_in, editor, asked):
    browser = sign_in(editor)
    browser.post(f"/questions/{asked.id}/answer", data={"mail-words": "Yes, you may."})
    assert "Yes, you may." in mails()[0]
    assert shown(app.test_client().get("/questions")).says("Nothing is published yet.")
    assert shown(browser.get("/questions/waiting?state=answered+by+email")).link(ASKS["words"])


def test_what_is_set_aside_tells_who_asked_why_and_can_be_published_later(app, session, mails, sign_in, editor, asked):
    browser = sign_in(editor)
    answer = browser.post(f"/questions/{asked.id}/set-aside", data={"aside-reason": ""})
    assert shown(answer).complaint == ("Why?", "Enter why, in a few words")
    browser.post(f"/questions/{asked.id}/set-aside", data={"aside-reason": "Ask your university."})
    assert "Ask your university." in mails()[0]
    browser.post(f"/questions/{asked.id}/publish", data=SAYS)
    assert shown(app.test_client().get("/questions")).says(SAYS["answer"])
    browser.post(f"/questions/{asked.id}/take-down", data={"aside-reason": "Out of date."})
    assert not shown(app.test_client().get("/questions")).says(SAYS["answer"])
    assert len(mails()) == 1


def test_whoever_comes_second_is_told_that_it_is_decided(sign_in, build, editor, asked):
    lead = build.person()
    build.grant(lead, Role.PROGRAMME_LEAD, provider=build.provider())
    build.session.commit()
    sign_in(editor).post(f"/questions/{asked.id}/set-aside", data={"aside-reason": "Twice."})
    late = sign_in(lead).post(f"/questions/{asked.id}/answer", data={"mail-words": "Yes."})
    assert late.status_code == 409
    assert shown(late).says("This question is set aside by now, so this can no longer be done.")


def test_the_same_words_wait_once(app, session, asked):
    again = app.test_client().post("/questions/ask", data=ASKS | {"words": "  may a Paramedic in london take part? "})
    assert shown(again).says("You get an email")
    assert session.scalars(select(PublicQuestion.state)).all() == [QuestionStanding.WAITING]


def test_what_looks_like_a_patient_is_asked_about_and_bad_input_keeps_what_was_typed(app, session):
    browser = app.test_client()
    page = shown(browser.post("/questions/ask", data=ASKS | {"words": "Is JS aged 67 in the study?"}))
    assert page.says("looks like somebody’s initials with an age")
    page = shown(browser.post("/questions/ask", data={"words": "Who?", "topic": "", "email": "me"}))
    assert page.errors == {
        "Choose what it is about": "What is it about?",
        "Enter an email address in the usual form, like name@example.org": "Email address (if you want the answer by "
        "email)",
    }
    assert page.field("Your question").value == "Who?"
    assert session.scalars(select(PublicQuestion)).all() == []


@pytest.mark.parametrize("role", [Role.LEARNER, Role.MENTOR])
def test_others_do_not_see_what_waits(sign_in, build, asked, role):
    person = build.learner() if role is Role.LEARNER else build.mentor()
    build.session.commit()
    browser = sign_in(person)
    assert [browser.get(path).status_code for path in ("/questions/waiting", f"/questions/{asked.id}")] == [403, 403]


def test_whoever_asked_takes_it_back_while_it_waits_and_nothing_is_kept(app, session, look_again, sign_in, editor):
    session.commit()
    somebody = app.test_client()
    address = shown(somebody.post("/questions/ask", data=ASKS)).link("take it back")
    assert shown(somebody.get(address)).heading == "Your question waits for an answer"
    for _ in range(2):
        assert shown(somebody.post(address)).heading == "Your question is taken back"
    look_again()
    question = session.scalars(select(PublicQuestion)).one()
    assert (question.state, question.words, question.email) == (QuestionStanding.TAKEN_BACK, "", "")
    browser = sign_in(editor)
    page = shown(browser.get(f"/questions/{question.id}"))
    assert page.says("The one who asked has taken it back.")
    assert page.buttons == []
    assert browser.post(f"/questions/{question.id}/publish", data=SAYS).status_code == 409
    again = shown(somebody.post("/questions/ask", data=ASKS))
    assert again.link("take it back") != address, "asked again, it is another question"


def test_what_is_decided_cannot_be_taken_back(app, session, sign_in, editor):
    session.commit()
    somebody = app.test_client()
    address = shown(somebody.post("/questions/ask", data=ASKS)).link("take it back")
    number = session.scalars(select(PublicQuestion.id)).one()
    session.rollback()
    sign_in(editor).post(f"/questions/{number}/publish", data=SAYS)
    assert shown(somebody.get(address)).heading == "Your question is decided"
    assert somebody.post(address).status_code == 409
    assert somebody.get(f"{address}x").status_code == 404


def test_who_asks_what_waits_already_is_told_so_and_cannot_take_it_from_the_other(app, asked):
    page = shown(app.test_client().post("/questions/ask", data=ASKS))
    assert page.says("The same question waits already: it is answered once.")
    assert "take it back" not in page.links


def test_an_editor_writes_an_answer_that_nobody_has_asked_for(app, session, mails, sign_in, editor):
    browser = sign_in(editor)
    answer = browser.post("/questions/write", data=SAYS | {"answer": ""})
    assert shown(answer).complaint == ("The answer", "Enter the answer")
    assert shown(answer).field("The question as everybody reads it").value == SAYS["shown"]
    browser.post("/questions/write", data=SAYS)
    assert shown(app.test_client().get("/questions")).section(SAYS["shown"]).says(SAYS["answer"])
    number = session.scalars(select(PublicQuestion.id)).one()
    session.rollback()
    assert shown(browser.get(f"/questions/{number}")).says("An editor wrote this answer; nobody had asked.")
    assert mails() == []
