"""The page on which somebody answers a survey, signed in or by the link of a mail."""

from typing import Any

from flask import Blueprint, Response, url_for

from app.evaluation.answering import jobs as jobs  # registers its job
from app.evaluation.answering import queries, service
from app.evaluation.answering.forms import answers_in, form_of, name_of, words_in
from app.evaluation.questions import Question, questions_of
from app.evaluation.words import TITLES
from app.language.refusal import Refused
from app.models.evaluation.askings import Asking, Survey
from app.platform.clock import now, today
from app.platform.db import db
from app.rules.evaluation.years import published_on
from app.rules.groups.small_numbers import FEWEST
from app.web.access import Permission, found, open_to_all, requires, signed_in
from app.web.deeds.messages import flash
from app.web.deeds.once import asks_when_sent_again
from app.web.fields import SureForm
from app.web.htmx import answer, go_to
from app.web.security import limit_guesses

blueprint = Blueprint("answering", __name__)
THANKS = "Thank you. Nobody can tell which answers are yours, we neither, so they can no longer be changed."
NOT_AGAIN = "You are not asked this again."


@blueprint.get("/surveys/<int:asking_id>")
@requires(Permission.ANSWER_SURVEYS)
def ask(asking_id: int) -> Response:
    return page_to_answer(own(asking_id))


@blueprint.post("/surveys/<int:asking_id>")
@requires(Permission.ANSWER_SURVEYS)
@asks_when_sent_again
def say(asking_id: int) -> Response:
    """Sent twice, the second is refused: what forms keep to know each other again would tell whose an answer is."""
    return said(own(asking_id, to_change=True))


@blueprint.post("/surveys/<int:asking_id>/none")
@requires(Permission.ANSWER_SURVEYS)
@asks_when_sent_again
def decline(asking_id: int) -> Response:
    return declined(own(asking_id, to_change=True))


@blueprint.get("/mentor-surveys/<int:mentor_asking_id>")
@requires(Permission.ANSWER_MENTOR_SURVEYS)
def ask_mentor(mentor_asking_id: int) -> Response:
    return page_to_answer(own(mentor_asking_id, of_mentor=True))


@blueprint.post("/mentor-surveys/<int:mentor_asking_id>")
@requires(Permission.ANSWER_MENTOR_SURVEYS)
@asks_when_sent_again
def say_as_mentor(mentor_asking_id: int) -> Response:
    return said(own(mentor_asking_id, of_mentor=True, to_change=True))


@blueprint.post("/mentor-surveys/<int:mentor_asking_id>/none")
@requires(Permission.ANSWER_MENTOR_SURVEYS)
@asks_when_sent_again
def decline_as_mentor(mentor_asking_id: int) -> Response:
    return declined(own(mentor_asking_id, of_mentor=True, to_change=True))


def own(asking_id: int, *, of_mentor: bool = False, to_change: bool = False) -> Asking:
    asking: Asking = found(
        queries.asking_of(db.session(), signed_in(), asking_id, of_mentor=of_mentor, to_change=to_change)
    )
    return asking


def page_to_answer(asking: Asking) -> Response:
    return page(asking, asked(asking))


def said(asking: Asking) -> Response:
    form, questions = sent(asking)
    if not keep(asking, form, questions):
        return page(asking, form)
    flash(THANKS)
    return go_to(url_for("home.show"))


def declined(asking: Asking) -> Response:
    service.decline(db.session(), asking, now())
    flash(NOT_AGAIN)
    return go_to(url_for("home.show"))


@blueprint.get("/survey/<secret>")
@open_to_all
@limit_guesses("30 per 15 minutes")
def ask_by_link(secret: str) -> Response:
    """Shows the questions and changes nothing: programs that look at links in mails answer nothing."""
    asking = behind(secret)
    return page(asking, asked(asking), secret) if asking else over()


@blueprint.post("/survey/<secret>")
@open_to_all
@limit_guesses("30 per 15 minutes")
def say_by_link(secret: str) -> Response:
    asking = behind(secret, to_change=True)
    if asking is None:
        return over()
    form, questions = sent(asking)
    if not keep(asking, form, questions):
        return page(asking, form, secret)
    return answer("evaluation/answering/done.html", words=THANKS)


@blueprint.post("/survey/<secret>/none")
@open_to_all
@limit_guesses("30 per 15 minutes")
def decline_by_link(secret: str) -> Response:
    asking = behind(secret, to_change=True)
    if asking is None:
        return over()
    service.decline(db.session(), asking, now())
    return answer("evaluation/answering/done.html", words=NOT_AGAIN)


def behind(secret: str, *, to_change: bool = False) -> Asking | None:
    """What the link opens; None where it opens nothing any more."""
    try:
        return queries.asking_behind(db.session(), secret, now(), to_change=to_change)
    except Refused:
        return None


def over() -> Response:
    return answer("evaluation/answering/over.html", status=422)


def asked(asking: Asking) -> SureForm:
    return form_of(questions_of(db.session(), asking.survey, asking.year))(formdata=None)


def sent(asking: Asking) -> tuple[SureForm, list[Question]]:
    questions = questions_of(db.session(), asking.survey, asking.year)
    return form_of(questions)(), questions


def keep(asking: Asking, form: SureForm, questions: list[Question]) -> bool:
    def done() -> None:
        answers, written = answers_in(form, questions), words_in(form, questions)
        service.answer(db.session(), asking, answers, written, now(), is_sure=bool(form.is_sure.data))

    return form.does(done)


def page(asking: Asking, form: SureForm, secret: str = "") -> Response:
    say_at, decline_at = addresses_of(asking, secret)
    questions = questions_of(db.session(), asking.survey, asking.year)
    return answer(
        "evaluation/answering/survey.html",
        status=form.status,
        form=form,
        asking=asking,
        title=TITLES[asking.survey],
        is_open=asking.is_open_on(today()),
        names=[name_of(one) for one in questions],
        published_on=published_on(asking.year),
        fewest=FEWEST,
        say_at=say_at,
        decline_at=decline_at,
    )


def addresses_of(asking: Asking, secret: str) -> tuple[str, str]:
    """Where the form is sent, and where she says that she would rather not."""
    here: dict[str, Any] = {"asking_id": asking.id}
    say_at, decline_at = "say", "decline"
    if secret:
        here, say_at, decline_at = {"secret": secret}, "say_by_link", "decline_by_link"
    elif asking.survey is Survey.MENTORING:
        here, say_at, decline_at = {"mentor_asking_id": asking.id}, "say_as_mentor", "decline_as_mentor"
    return url_for(f"evaluation.answering.{say_at}", **here), url_for(f"evaluation.answering.{decline_at}", **here)
