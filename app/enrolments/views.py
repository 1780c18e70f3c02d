"""Pages of a lead: who is enrolled and how each stands, the way of one learner, and what can be noted of it."""

from collections.abc import Iterator, Sequence

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from app.enrolments import asked_views, enrolling_views, own_views, queries, step_views
from app.enrolments.brought import views as brought_views
from app.enrolments.home import home_items_of
from app.enrolments.step_views import pages_for, wish_waiting
from app.language.numbers import count
from app.models.academic.enrolment_steps import EnrolmentStep
from app.models.people import Person
from app.platform.clock import today
from app.platform.db import db
from app.rules.academic.supervisors import assignments_of
from app.rules.credit.completed import lacks_credit
from app.rules.credit.held import held_of
from app.rules.enrolments.standing import Standing, steps_of, way_of
from app.web.access import Permission, found, requires, signed_in
from app.web.delivery.files import csv_file
from app.web.edge.numbers import id_asked, page_asked
from app.web.edge.searching import words_asked
from app.web.htmx import answer
from app.web.looking import note_opening
from app.web.paging import ROWS_AT_ONCE, page_through
from app.web.spreadsheet import Cell

blueprint = Blueprint("enrolments", __name__)
for part in (enrolling_views, step_views, asked_views, own_views, brought_views):
    blueprint.register_blueprint(part.blueprint)
HOME_SOURCES = (home_items_of,)
HEADINGS = ("Learner", "Programme", "Cohort", "First day", "Last day", "Stands", "Workplace", "Funder")


@blueprint.get("/enrolments")
@requires(Permission.ENROL_LEARNERS)
def index() -> Response:
    session, lead, day, filters = db.session(), signed_in(), today(), filters_asked()
    wanted = queries.enrolments_listed(lead, filters, day)
    page = page_through(
        queries.number_listed(session, lead, filters, day),
        page_asked(),
        lambda first, rows: session.execute(wanted.offset(first).limit(rows)).all(),
    )
    steps = steps_of(session, [enrolment.id for enrolment, _ in page.rows])
    return answer(
        "enrolments/index.html",
        "enrolments/_enrolments.html",
        announce=count(page.total, "enrolment"),
        page=page,
        stands={enrolment.id: way_of(enrolment, steps[enrolment.id]).on(day) for enrolment, _ in page.rows},
        filters=filters,
        standings=Standing,
        programmes=queries.programmes_led(session, lead),
        cohorts=queries.cohorts_led(session, lead),
    )


@blueprint.get("/enrolments.csv")
@requires(Permission.ENROL_LEARNERS)
def download() -> Response:
    """All of the list, some hundred read at a time."""
    lead_id, filters, day = signed_in().id, filters_asked(), today()

    def rows(apart: Session) -> Iterator[Sequence[Cell]]:
        lead = apart.get_one(Person, lead_id)
        wanted, total = queries.enrolments_listed(lead, filters, day), queries.number_listed(apart, lead, filters, day)
        for first in range(0, total, ROWS_AT_ONCE):
            some = apart.execute(wanted.offset(first).limit(ROWS_AT_ONCE)).all()
            steps = steps_of(apart, [enrolment.id for enrolment, _ in some])
            for enrolment, learner in some:
                stands = way_of(enrolment, steps[enrolment.id]).on(day)
                yield [
                    learner.name,
                    enrolment.programme.title,
                    enrolment.cohort_name,
                    enrolment.started_on.isoformat(),
                    enrolment.ended_on.isoformat() if enrolment.ended_on else "",
                    stands.value,
                    enrolment.workplace.name if enrolment.workplace else "",
                    enrolment.funder,
                ]

    return csv_file(f"enrolments-{day.isoformat()}.csv", HEADINGS, rows)


def filters_asked() -> queries.Filters:
    standing = request.args.get("standing", "")
    is_known = standing in Standing.__members__ or standing == queries.OVERDUE
    return queries.Filters(words_asked(), id_asked("programme"), id_asked("cohort"), standing if is_known else "")


@blueprint.get("/enrolments/<int:enrolment_id>")
@requires(Permission.ENROL_LEARNERS)
def show(enrolment_id: int) -> Response:
    session = db.session()
    enrolment, learner = found(queries.enrolment_led(session, signed_in(), enrolment_id))
    note_opening(enrolment, learner)
    steps = steps_of(session, [enrolment.id])[enrolment.id]
    way = way_of(enrolment, steps)
    return answer(
        "enrolments/enrolment.html",
        enrolment=enrolment,
        learner=learner,
        steps=steps,
        way=way,
        stands=way.on(today()),
        supervised=assignments_of(session, [enrolment.id]).get(enrolment.id),
        pages=pages_for(way),
        wish=wish_waiting(enrolment, learner),
        awards=queries.awards_of(session, learner, enrolment.programme.provider_id),
        last_step=to_take_back(steps),
        lacks_credit=lacks_credit(way, held_of(session, [enrolment])[enrolment.id]),
    )


def to_take_back(steps: Sequence[EnrolmentStep]) -> EnrolmentStep | None:
    """The last step that counts, unless somebody is enrolled elsewhere by it."""
    counting = [one for one in steps if one.taken_back_at is None]
    return counting[-1] if counting and counting[-1].onward_id is None else None
