"""Pages of questions: answers for everybody, the form to ask, and what editors see."""

from collections.abc import Callable

from flask import Blueprint, Response, request, url_for

from app.models.operations.public_questions import PublicQuestion, QuestionStanding, Topic
from app.platform.clock import now, today
from app.platform.db import db
from app.questions import queries, service
from app.questions.forms import TOPICS, AskForm, MailForm, PublishForm, ReasonForm
from app.questions.home import home_items_of
from app.web.access import Permission, found, open_to_all, requires
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.deeds.signed import facts_in, signed
from app.web.edge.numbers import page_asked
from app.web.edge.searching import words_asked
from app.web.fields import Form
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion
from app.web.security import limit_deeds, limit_guesses

blueprint = Blueprint("questions", __name__)
HOME_SOURCES = (home_items_of,)
TAKE_BACK = "take a question back"


@blueprint.get("/questions")
@open_to_all
def index() -> Response:
    topic = Topic.__members__.get(request.args.get("topic", ""))
    page = queries.answers(db.session(), words_asked(), topic, page_asked())
    return answer(
        "questions/index.html",
        "questions/_answers.html",
        page=page,
        groups=queries.by_topic(page.rows),
        q=words_asked(),
        topic=topic.name if topic else "",
        topics=TOPICS,
    )


@blueprint.get("/questions/ask")
@open_to_all
def ask() -> Response:
    return answer("questions/ask.html", form=AskForm(formdata=None))


@blueprint.post("/questions/ask")
@open_to_all
@limit_guesses("30 per 15 minutes")
@limit_deeds("10 per hour")
def send() -> Response:
    form = AskForm()
    kept: list[PublicQuestion | None] = []

    def keep() -> None:
        asked = service.Asked(Topic[form.topic.data], form.words.data, form.email.data or "")
        kept.append(service.ask(db.session(), asked, now(), today(), is_sure=form.is_sure.data))

    if not form.does(keep):
        return answer("questions/ask.html", status=form.status, form=form)
    question = kept[0]
    return answer("questions/asked.html", email=form.email.data, asker=asker_of(question) if question else "")


@blueprint.get("/questions/yours/<asker>")
@open_to_all
@limit_guesses("30 per 15 minutes")
def yours(asker: str) -> Response:
    return answer("questions/yours.html", asker=asker, question=asked_by(asker))


@blueprint.post("/questions/yours/<asker>")
@open_to_all
@limit_guesses("30 per 15 minutes")
def take_back(asker: str) -> Response:
    question = asked_by(asker, to_change=True)
    if question.state is not QuestionStanding.TAKEN_BACK:
        service.take_back(db.session(), question, now())
    return answer("questions/yours.html", asker=asker, question=question)


@blueprint.get("/questions/waiting")
@requires(Permission.ANSWER_QUESTIONS)
def waiting() -> Response:
    named = request.args.get("state", "")
    state = next((one for one in QuestionStanding if one.value == named), QuestionStanding.WAITING)
    return answer(
        "questions/waiting.html",
        page=queries.questions_listed(db.session(), state, page_asked()),
        state=state.value,
        states=[one.value for one in QuestionStanding],
    )


@blueprint.get("/questions/<int:asked_id>")
@requires(Permission.ANSWER_QUESTIONS)
def show(asked_id: int) -> Response:
    return page_of(one(asked_id))


@blueprint.post("/questions/<int:asked_id>/publish")
@requires(Permission.ANSWER_QUESTIONS)
def publish(asked_id: int) -> Response:
    question, form = one(asked_id, to_change=True), PublishForm()

    def done() -> None:
        written = service.Written(Topic[form.topic.data], form.shown.data, form.answer.data)
        address = full_address("questions.index", topic=written.topic.name)
        service.publish(db.session(), this_occasion(), question, written, address, is_sure=form.is_sure.data)

    if not form.does(done):
        return page_of(question, publishing=form)
    flash("Everybody can read it now.")
    return go_to(url_for("questions.show", asked_id=asked_id))


@blueprint.post("/questions/<int:asked_id>/answer")
@requires(Permission.ANSWER_QUESTIONS)
def answer_by_mail(asked_id: int) -> Response:
    question, form = one(asked_id, to_change=True), MailForm(prefix="mail")
    if not form.does(lambda: service.answer_by_mail(db.session(), this_occasion(), question, form.words.data)):
        return page_of(question, mailing=form)
    flash("Your answer goes by email to the one who asked.")
    return go_to(url_for("questions.waiting"))


@blueprint.post("/questions/<int:asked_id>/set-aside")
@requires(Permission.ANSWER_QUESTIONS)
def set_aside(asked_id: int) -> Response:
    return decided_with_reason(asked_id, service.set_aside, "The question is set aside.")


@blueprint.post("/questions/<int:asked_id>/take-down")
@requires(Permission.ANSWER_QUESTIONS)
def take_down(asked_id: int) -> Response:
    return decided_with_reason(asked_id, service.take_down, "Nobody reads it on the page of answers any more.")


@blueprint.get("/questions/write")
@requires(Permission.ANSWER_QUESTIONS)
def write() -> Response:
    return answer("questions/write.html", form=PublishForm(formdata=None))


@blueprint.post("/questions/write")
@requires(Permission.ANSWER_QUESTIONS)
def publish_unasked() -> Response:
    form = PublishForm()

    def done() -> None:
        written = service.Written(Topic[form.topic.data], form.shown.data, form.answer.data)
        service.write(db.session(), this_occasion(), written, is_sure=form.is_sure.data)

    if not form.does(done):
        return answer("questions/write.html", status=form.status, form=form)
    flash("Everybody can read it now.")
    return go_to(url_for("questions.index", topic=form.topic.data))


def decided_with_reason(asked_id: int, deed: Callable[..., None], said: str) -> Response:
    question, form = one(asked_id, to_change=True), ReasonForm(prefix="aside")
    if not form.does(lambda: deed(db.session(), this_occasion(), question, form.reason.data)):
        return page_of(question, reasoning=form)
    flash(said)
    return go_to(url_for("questions.show", asked_id=asked_id))


def one(asked_id: int, *, to_change: bool = False) -> PublicQuestion:
    question: PublicQuestion = found(queries.question_with(db.session(), asked_id, to_change=to_change))
    return question


def asker_of(question: PublicQuestion) -> str:
    """By it whoever asked, and nobody else, takes the question back: signed, and kept by her alone."""
    return signed(TAKE_BACK, question.id)


def asked_by(secret: str, *, to_change: bool = False) -> PublicQuestion:
    facts = facts_in(TAKE_BACK, secret)
    question: PublicQuestion = found(
        queries.question_with(db.session(), facts[0], to_change=to_change) if facts else None
    )
    return question


def page_of(question: PublicQuestion, **forms: Form) -> Response:
    """The page of one question with its forms: the one that was sent, and fresh ones beside it."""
    shown = {"shown": question.shown or question.words, "answer": question.answer, "topic": question.topic.name}
    fresh = {
        "publishing": PublishForm(formdata=None, data=shown),
        "mailing": MailForm(formdata=None, prefix="mail"),
        "reasoning": ReasonForm(formdata=None, prefix="aside"),
    }
    sent = next(iter(forms.values()), fresh["publishing"])
    return answer("questions/question.html", status=sent.status, question=question, form=sent, **{**fresh, **forms})
