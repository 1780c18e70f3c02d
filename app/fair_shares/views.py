"""The page of fair shares, a year at a time, and the same numbers as a file."""

from collections.abc import Sequence

from flask import Blueprint, Response, request

from app.fair_shares import jobs as jobs  # registers its job
from app.fair_shares import words
from app.models.evaluation.figures import PublishedFigures
from app.platform.clock import today
from app.platform.db import db
from app.rules.evaluation.kept import FAIR_SHARES, figures_about, published_in
from app.rules.evaluation.years import published_on
from app.rules.programmes.years import academic_year_of, year_in_words
from app.web.access import Permission, found, requires
from app.web.delivery.files import csv_file
from app.web.htmx import answer

blueprint = Blueprint("fair_shares", __name__)


@blueprint.get("/fair-shares")
@requires(Permission.READ_EVALUATION)
def show() -> Response:
    every = figures_about(db.session(), FAIR_SHARES)
    chosen = asked_for(every)
    year = academic_year_of(today())
    return answer(
        "fair_shares/show.html",
        every=every,
        chosen=chosen,
        told=published_in(chosen) if chosen else None,
        words=words,
        year_in_words=year_in_words,
        next_on=published_on(year if published_on(year - 1) <= today() else year - 1),
    )


@blueprint.get("/fair-shares.csv")
@requires(Permission.READ_EVALUATION)
def download() -> Response:
    chosen: PublishedFigures = found(asked_for(figures_about(db.session(), FAIR_SHARES)))
    told = found(published_in(chosen))
    headings = ("Grouped by", "Group", *words.COLUMNS, "Share of places")
    return csv_file(f"fair-shares-{chosen.year}.csv", headings, lambda apart: words.lines_of(told))


def asked_for(every: Sequence[PublishedFigures]) -> PublishedFigures | None:
    """The year in the address, or the latest of which there is anything to show."""
    asked = request.args.get("year", "")
    with_numbers = [one for one in every if one.content] or list(every)
    return next((one for one in every if str(one.year) == asked), next(iter(with_numbers), None))
