"""The page that publishes a run: who is affected, who will be told, what has changed since."""

from flask import Blueprint, Response, url_for

from app.language.numbers import count
from app.language.refusal import Refused
from app.models.runs import Run
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.jobs import enqueue
from app.rounds.publishing import service
from app.rounds.publishing.changes import changes_since
from app.rounds.publishing.mails import Addresses
from app.rounds.queries import round_of
from app.rounds.questions.jobs import explain_offers
from app.rounds.runs.outcome import headline
from app.rounds.runs.queries import run_of
from app.web.access import Permission, found, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to

blueprint = Blueprint("publishing", __name__)


@blueprint.get("/runs/<int:run_id>/publish")
@requires(Permission.RUN_ROUNDS)
def ask(run_id: int) -> Response:
    run = run_reached(run_id)
    hindrance, changes = "", list[str]()
    try:
        service.refuse_unless_publishable(run.round, run, today())
    except Refused as refusal:
        hindrance = refusal.message
    else:
        changes = changes_since(db.session(), run, today())
    return answer(
        "rounds/publishing/publish.html",
        run=run,
        headline=headline(run) if run.outcome else "",
        hindrance=hindrance,
        changes=changes,
        concerned=service.concerned_by(db.session(), run),
    )


@blueprint.post("/runs/<int:run_id>/publish")
@requires(Permission.RUN_ROUNDS)
def publish(run_id: int) -> Response:
    run = run_reached(run_id)
    round_ = found(round_of(db.session(), signed_in(), run.round_id, for_update=True))
    number = service.publish_run(db.session(), signed_in(), today(), now(), round_, run, addresses())
    enqueue(explain_offers, run.id)
    have_offers = count(number, "learner has an offer", "learners have an offer")
    flash(f"{round_.name} is published. {have_offers} to answer; everybody concerned gets an email.")
    return go_to(url_for("rounds.answers", round_id=round_.id))


def addresses() -> Addresses:
    return Addresses(
        home=full_address("home.show"),
        offer=lambda offer_id: full_address("placements.offer", offer_id=offer_id),
    )


def run_reached(run_id: int) -> Run:
    run: Run = found(run_of(db.session(), signed_in(), run_id))
    return run
