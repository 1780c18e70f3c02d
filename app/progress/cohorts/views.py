"""The board of a programme lead, and its list as a file."""

from collections.abc import Iterator, Sequence

from flask import Blueprint, Response, request
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words
from app.language.numbers import count
from app.models.people import Person
from app.platform.clock import today
from app.platform.db import db
from app.progress.cohorts import queries
from app.progress.cohorts.places import Place
from app.web.access import Permission, requires, signed_in
from app.web.delivery.files import csv_file
from app.web.edge.numbers import id_asked, page_asked
from app.web.edge.searching import words_asked
from app.web.htmx import answer
from app.web.paging import page_through
from app.web.spreadsheet import Cell

blueprint = Blueprint("cohorts", __name__)
HEADINGS = ("Learner", "Programme", "Cohort", "Enrolled since", "Place")
ROWS_AT_ONCE = 500


@blueprint.get("/cohorts")
@requires(Permission.SEE_COHORTS)
def board() -> Response:
    session, lead, day, filters = db.session(), signed_in(), today(), filters_asked()
    cohorts = queries.cohorts(session, lead, filters, day)
    wanted = queries.learners(lead, filters, day)
    weeks = queries.minutes_by_week(session, lead, filters, day)
    page = page_through(
        sum(one.total for one in cohorts),
        page_asked(),
        lambda first, rows: session.execute(wanted.offset(first).limit(rows)).all(),
    )
    return answer(
        "progress/cohorts/board.html",
        "progress/cohorts/_board.html",
        announce=count(page.total, "learner"),
        cohorts=cohorts,
        page=page,
        weeks=[(day_in_words(monday), round(minutes / 60)) for monday, minutes in weeks],
        total_hours=round(sum(minutes for _, minutes in weeks) / 60),
        filters=filters,
        places=Place,
        programmes=queries.programmes_led(session, lead),
        cohorts_to_choose=queries.cohorts_to_choose(session, lead),
    )


@blueprint.get("/cohorts.csv")
@requires(Permission.SEE_COHORTS)
def download() -> Response:
    """All of the list, some hundred read at a time."""
    lead_id, filters, day = signed_in().id, filters_asked(), today()

    def rows(apart: Session) -> Iterator[Sequence[Cell]]:
        wanted = queries.learners(apart.get_one(Person, lead_id), filters, day)
        total = apart.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0
        for first in range(0, total, ROWS_AT_ONCE):
            for one in apart.execute(wanted.offset(first).limit(ROWS_AT_ONCE)):
                yield [one.name, one.programme, one.cohort, one.started_on.isoformat(), Place[one.place].value]

    return csv_file(f"cohorts-{day.isoformat()}.csv", HEADINGS, rows)


def filters_asked() -> queries.Filters:
    args = request.args
    return queries.Filters(words_asked(), id_asked("programme"), args.get("cohort", ""), args.get("place", ""))
