"""The front page of the evaluation, and the rooms that belong to it."""

from flask import Blueprint, Response

from app.evaluation.answering import views as answering
from app.evaluation.answering.home import home_items_of as surveys_at_home
from app.evaluation.editing import views as editing
from app.evaluation.editing.home import home_items_of as words_at_home
from app.evaluation.results import told
from app.evaluation.results import views as results
from app.evaluation.words import CALLED
from app.models.evaluation.askings import Survey
from app.platform.db import db
from app.rules.evaluation.kept import figures_about
from app.rules.programmes.years import year_in_words
from app.web.access import Permission, requires
from app.web.htmx import answer

blueprint = Blueprint("evaluation", __name__)
blueprint.register_blueprint(answering.blueprint)
blueprint.register_blueprint(results.blueprint)
blueprint.register_blueprint(editing.blueprint)
HOME_SOURCES = (surveys_at_home, words_at_home)


@blueprint.get("/evaluation")
@requires(Permission.READ_EVALUATION)
def index() -> Response:
    figures = figures_about(db.session(), *(one.value for one in Survey))
    latest = {
        survey: next(iter(told.results_in([one for one in figures if one.about == survey.value])), None)
        for survey in Survey
    }
    return answer(
        "evaluation/index.html",
        rows=[(CALLED[survey], results.address_of(survey), one) for survey, one in latest.items()],
        told=told,
        year_in_words=year_in_words,
        next_on=results.next_publication(),
    )
