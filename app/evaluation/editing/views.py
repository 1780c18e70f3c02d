"""The pages of an editor: questions in their versions, and free text to decide on."""

from typing import Any

from flask import Blueprint, Response, request, url_for

from app.evaluation.editing import queries, service
from app.evaluation.editing.forms import HoldBackForm, RewordForm, ShowForm
from app.evaluation.questions import Question, questions_in, shipped, surveys_with
from app.evaluation.words import CALLED
from app.models.evaluation.replies import FreeWords, WordsStanding
from app.platform.clock import today
from app.platform.db import db
from app.rules.programmes.years import academic_year_of, year_in_words
from app.web.access import Permission, found, requires
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.fields import Form
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

blueprint = Blueprint("editing", __name__)


@blueprint.get("/evaluation/questions")
@requires(Permission.EDIT_EVALUATION)
def questions() -> Response:
    now = questions_in(db.session(), academic_year_of(today()))
    later = questions_in(db.session(), academic_year_of(today()) + 1)
    by_survey = [(CALLED[survey], [(now[key], later[key]) for key in keys]) for survey, keys in shipped()[1].items()]
    return answer("evaluation/editing/questions.html", by_survey=by_survey, next_year=next_year())


@blueprint.get("/evaluation/questions/<survey_question>")
@requires(Permission.EDIT_EVALUATION)
def question(survey_question: str) -> Response:
    one = question_named(survey_question)
    return question_page(one, RewordForm(formdata=None, words=one.words))


@blueprint.post("/evaluation/questions/<survey_question>")
@requires(Permission.EDIT_EVALUATION)
def reword(survey_question: str) -> Response:
    one, form = question_named(survey_question), RewordForm()
    if not form.does(lambda: service.reword(db.session(), this_occasion(), one, form.words.data)):
        return question_page(one, form)
    flash(f"From {next_year()} on it is asked in these words. Answers of this year are to the words of before.")
    return go_to(url_for("evaluation.editing.questions"))


@blueprint.get("/evaluation/words")
@requires(Permission.EDIT_EVALUATION)
def waiting() -> Response:
    named = request.args.get("state", "")
    state = next((one for one in WordsStanding if one.value == named), WordsStanding.WAITING)
    page = queries.words_standing(db.session(), state, page_asked())
    return answer(
        "evaluation/editing/waiting.html",
        page=page,
        state=state.value,
        states=[one.value for one in WordsStanding],
        called=CALLED,
        year_in_words=year_in_words,
    )


@blueprint.get("/evaluation/words/<int:words_id>")
@requires(Permission.EDIT_EVALUATION)
def words(words_id: int) -> Response:
    return words_page(one_of(words_id))


@blueprint.post("/evaluation/words/<int:words_id>/show")
@requires(Permission.EDIT_EVALUATION)
def show(words_id: int) -> Response:
    one, form = one_of(words_id, to_change=True), ShowForm()

    def done() -> None:
        service.show(db.session(), this_occasion(), one, form.shown.data, is_sure=bool(form.is_sure.data))

    if not (form.validate() and form.rests_on(show_form(one), one) and form.does(done)):
        return words_page(one, showing=form)
    flash("Readers see it once the results of its year are published.")
    return go_to(url_for("evaluation.editing.waiting"))


@blueprint.post("/evaluation/words/<int:words_id>/hold-back")
@requires(Permission.EDIT_EVALUATION)
def hold_back(words_id: int) -> Response:
    one, form = one_of(words_id, to_change=True), HoldBackForm()
    if not form.does(lambda: service.hold_back(db.session(), this_occasion(), one, form.reason.data)):
        return words_page(one, holding=form)
    flash("Only administrators read it.")
    return go_to(url_for("evaluation.editing.waiting"))


def one_of(words_id: int, *, to_change: bool = False) -> FreeWords:
    one: FreeWords = found(queries.words_with(db.session(), words_id, to_change=to_change))
    return one


def question_named(survey_question: str) -> Question:
    """As it will be asked next, which is what an editor changes."""
    later = questions_in(db.session(), academic_year_of(today()) + 1)
    one: Question = found(later.get(survey_question))
    return one


def next_year() -> str:
    return year_in_words(academic_year_of(today()) + 1)


def show_form(one: FreeWords) -> ShowForm:
    """The form with what readers see so far, or what was written."""
    return ShowForm(formdata=None, shown=one.shown or one.words)


def question_page(one: Question, form: RewordForm) -> Response:
    return answer(
        "evaluation/editing/question.html",
        status=form.status,
        form=form,
        question=one,
        asked_in=[CALLED[survey] for survey in surveys_with(one.key)],
        wordings=queries.wordings_of(db.session(), one.key),
        first=shipped()[0][one.key],
        next_year=next_year(),
        year_in_words=year_in_words,
    )


def words_page(one: FreeWords, **forms: Form) -> Response:
    """The page with its forms: the one that was sent, and a fresh one beside it."""
    every = questions_in(db.session(), one.year)
    fresh: dict[str, Form] = {
        "showing": show_form(one),
        "holding": HoldBackForm(formdata=None, reason=one.reason),
    }
    sent = next(iter(forms.values()), fresh["showing"])
    asked = every[one.question.partition("/")[0]].words
    context: dict[str, Any] = {
        "one": one,
        "asked": asked,
        "called": CALLED[one.survey],
        "year": year_in_words(one.year),
    }
    return answer("evaluation/editing/words.html", status=sent.status, form=sent, **context, **{**fresh, **forms})
