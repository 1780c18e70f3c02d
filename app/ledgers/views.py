"""Pages of the three ledgers: a learner’s own, and one enrolment for her mentor, her supervisor and the leads."""

from flask import Blueprint, Response

from app.ledgers import queries
from app.ledgers.reading import ledgers_of
from app.ledgers.transcript import views as transcript_views
from app.models.people import Person
from app.models.programmes import Enrolment
from app.phrasebook.of_programmes.credit import outcome_in_words
from app.platform.clock import today
from app.platform.db import db
from app.web.access import Permission, found, requires, signed_in
from app.web.htmx import answer
from app.web.looking import note_opening

blueprint = Blueprint("ledgers", __name__)
blueprint.register_blueprint(transcript_views.blueprint)


@blueprint.get("/my-progress")
@requires(Permission.SEE_OWN_PROGRESS)
def mine() -> Response:
    session = db.session()
    enrolments = queries.enrolments_of(session, signed_in())
    return answer(
        "ledgers/mine.html", ledgers=ledgers_of(session, enrolments, today()), outcome_in_words=outcome_in_words
    )


@blueprint.get("/ledgers/<int:enrolment_id>")
@requires(Permission.SEE_LEDGERS)
def show(enrolment_id: int) -> Response:
    """For the university all of it; for a mentor what is of her placement."""
    session, person = db.session(), signed_in()
    read = queries.enrolment_of_university(session, person, enrolment_id)
    mentored: tuple[Enrolment, Person] | None = None
    if read is None:
        mentored = found(queries.enrolment_mentored(session, person, enrolment_id))
    enrolment, learner = read or mentored or found(None)
    note_opening(enrolment, learner)
    ledgers = ledgers_of(session, [enrolment], today(), mentored_by=person.id if read is None else None)
    return answer(
        "ledgers/show.html",
        ledger=ledgers[0],
        learner=learner,
        is_mentor=read is None,
        outcome_in_words=outcome_in_words,
    )
