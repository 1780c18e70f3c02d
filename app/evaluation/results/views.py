"""The pages of results: which surveys there are, one survey of one year, and the same numbers as a file."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, Response, request

from app.evaluation.results import jobs as jobs  # registers its job
from app.evaluation.results import told
from app.evaluation.results.queries import words_shown
from app.evaluation.words import CALLED
from app.models.evaluation.askings import Survey
from app.platform.clock import today
from app.platform.db import db
from app.rules.evaluation.kept import figures_about
from app.rules.evaluation.years import published_on
from app.rules.groups.small_numbers import FEWEST
from app.rules.programmes.years import academic_year_of, year_in_words
from app.web.access import Permission, found, requires
from app.web.delivery.files import csv_file
from app.web.edge.numbers import page_asked
from app.web.htmx import answer
from app.web.paging import Page

blueprint = Blueprint("results", __name__)
HEADINGS = ("Grouped by", "Group", "What", "Question", "Number")


@blueprint.get("/evaluation/results/<survey_name>")
@requires(Permission.READ_EVALUATION)
def show(survey_name: str) -> Response:
    survey, years = named(survey_name), results_of(survey_name)
    chosen = chosen_of(years)
    return answer(
        "evaluation/results/survey.html",
        survey=survey,
        called=CALLED[survey],
        years=years,
        chosen=chosen,
        told=told,
        words=words_to_read(survey, chosen),
        year_in_words=year_in_words,
        next_on=next_publication(),
        fewest=FEWEST,
    )


@blueprint.get("/evaluation/results/<survey_name>.csv")
@requires(Permission.READ_EVALUATION)
def download(survey_name: str) -> Response:
    named(survey_name)
    chosen: told.YearResults = found(chosen_of(results_of(survey_name)))
    return csv_file(f"{survey_name}-{chosen.year}.csv", HEADINGS, lambda apart: told.lines_of(chosen))


def named(survey_name: str) -> Survey:
    survey: Survey = found(next((one for one in Survey if address_of(one) == survey_name), None))
    return survey


def address_of(survey: Survey) -> str:
    """How a survey stands in an address."""
    return survey.name.lower().replace("_", "-")


def results_of(survey_name: str) -> list[told.YearResults]:
    return told.results_in(figures_about(db.session(), named(survey_name).value))


def chosen_of(years: Sequence[told.YearResults]) -> told.YearResults | None:
    """The year in the address, or the latest."""
    asked = request.args.get("year", "")
    return next((one for one in years if str(one.year) == asked), next(iter(years), None))


def words_to_read(survey: Survey, chosen: told.YearResults | None) -> Page | None:
    """Only where at least five people answered, so that nobody can be told by having been asked."""
    if chosen is None or chosen.answered is None:
        return None
    return words_shown(db.session(), survey, chosen.year, page_asked())


def next_publication() -> date:
    """The day on which the next figures come out."""
    year = academic_year_of(today())
    return published_on(year if published_on(year - 1) <= today() else year - 1)
