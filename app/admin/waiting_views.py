"""The administrator's pages of what is done after a request, outgoing mail and jobs: each can be tried again."""

from flask import Blueprint, Response, current_app, url_for

from app.admin import queries, service
from app.config import Settings
from app.phrasebook.jobs import state_of_job
from app.platform.clock import now
from app.platform.db import db
from app.platform.jobs import try_again
from app.platform.outbox import ATTEMPTS_MAX
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.htmx import answer, go_to

blueprint = Blueprint("waiting", __name__)


@blueprint.get("/mail")
@requires(Permission.READ_OUTBOX)
def mail() -> Response:
    settings: Settings = current_app.extensions["rpe_settings"]
    return answer(
        "admin/mail.html",
        page=queries.messages(db.session(), page_asked()),
        is_sending=bool(settings.smtp_url),
        shows_secrets=not settings.is_production,
        attempts_max=ATTEMPTS_MAX,
    )


@blueprint.post("/mail/<int:message_id>/again")
@requires(Permission.READ_OUTBOX)
def send_again(message_id: int) -> Response:
    message = found(queries.message_to_send(db.session(), message_id))
    service.send_again(db.session(), signed_in(), message, now())
    flash("The email is sent again soon.")
    return go_to(url_for("admin.waiting.mail"))


@blueprint.get("/jobs")
@requires(Permission.LOOK_AFTER_JOBS)
def jobs() -> Response:
    moment = now()
    page = queries.jobs(db.session(), page_asked())
    return answer(
        "admin/jobs.html",
        page=page,
        states={job.id: state_of_job(job, job.is_held_at(moment)) for job in page.rows},
        workers=queries.workers_at_work(db.session(), moment),
        is_at_once=current_app.extensions["rpe_queue"].is_at_once,
    )


@blueprint.post("/jobs/<int:job_id>/again")
@requires(Permission.LOOK_AFTER_JOBS)
def try_job_again(job_id: int) -> Response:
    job = found(queries.job_given_up(db.session(), job_id))
    service.note_job_asked_again(db.session(), signed_in(), job, now())
    try_again(db.session(), job)
    flash("The job is tried again.")
    return go_to(url_for("admin.waiting.jobs"))
