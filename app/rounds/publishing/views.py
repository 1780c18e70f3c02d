"""The page that publishes a run: who is affected, who will be told, what has changed since, what to look at before."""

from collections.abc import Sequence

from flask import Blueprint, Response, url_for

from app.language.numbers import count
from app.language.refusal import Refused
from app.language.working_days import working_days_between
from app.models.rounds import MatchRound
from app.models.runs import Run, RunState
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.jobs import enqueue, enqueue_once
from app.rounds.dossier.jobs import make_dossier
from app.rounds.policies import meaning_of
from app.rounds.publishing import service
from app.rounds.publishing.changes import Change, changes_since
from app.rounds.publishing.check_queries import case_lines
from app.rounds.publishing.check_words import MEANING, TITLES, sentence_of
from app.rounds.publishing.checks import Concern, Finding, findings, mark_of, refuse_unlooked
from app.rounds.publishing.forms import PublishForm
from app.rounds.publishing.mails import Addresses
from app.rounds.publishing.taking_back import present_publication
from app.rounds.queries import round_of
from app.rounds.questions.jobs import explain_offers
from app.rounds.runs.outcome import headline
from app.rounds.runs.queries import run_of
from app.web.access import Permission, found, requires, signed_in
from app.web.addresses import addresses_like, full_address
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.htmx import answer, go_to
from app.web.paging import page_of_rows

blueprint = Blueprint("publishing", __name__)


@blueprint.get("/runs/<int:run_id>/publish")
@requires(Permission.RUN_ROUNDS)
def ask(run_id: int) -> Response:
    run = run_reached(run_id)
    hindrance, changes = "", list[Change]()
    try:
        service.refuse_unless_publishable(run.round, run, now())
    except Refused as refusal:
        hindrance = refusal.message
    else:
        changes = changes_since(db.session(), run, today())
    to_look_at = [] if hindrance or changes else findings(db.session(), run, today(), now())
    return publish_page(run, PublishForm(seen=mark_of(to_look_at)), to_look_at, hindrance, changes)


def publish_page(
    run: Run,
    form: PublishForm,
    to_look_at: list[Finding],
    hindrance: str = "",
    changes: Sequence[Change] = (),
) -> Response:
    announced = run.round.announced
    return answer(
        "rounds/publishing/publish.html",
        run=run,
        form=form,
        headline=headline(run) if run.outcome else "",
        hindrance=hindrance,
        changes=changes,
        findings=[(one, sentence_of(one)) for one in to_look_at],
        is_blocked=is_blocked(to_look_at),
        concerned=service.concerned_by(db.session(), run),
        announced=meaning_of(announced.stages) if announced and announced.stages != run.stages else "",
        days=working_days_between(today(), run.round.offers_by),
        status=form.status,
    )


def is_blocked(to_look_at: Sequence[Finding]) -> bool:
    """True where something is found that nobody can wave through."""
    return any(one.concern.is_blocking for one in to_look_at)


@blueprint.post("/runs/<int:run_id>/publish")
@requires(Permission.RUN_ROUNDS)
def publish(run_id: int) -> Response:
    run, form = run_reached(run_id), PublishForm()
    round_ = found(round_of(db.session(), signed_in(), run.round_id, for_update=True))
    service.refuse_unless_publishable(round_, run, now())
    to_look_at = findings(db.session(), run, today(), now())
    if not form.validate():
        return publish_page(run, form, to_look_at)
    try:
        refuse_unlooked(to_look_at, has_looked=form.has_looked.data, seen=form.seen.data or "")
        number = published(round_, run, form)
    except Refused as refusal:
        if not (refusal.field or is_blocked(to_look_at)):
            raise
        form.refuse(refusal)
        form.seen.data = mark_of(to_look_at)
        return publish_page(run, form, to_look_at)
    publication = present_publication(db.session(), round_)
    if publication:
        enqueue_once(make_dossier, publication.id)
    enqueue(explain_offers, run.id)
    have_offers = count(number, "learner has an offer", "learners have an offer")
    flash(f"{round_.name} is published. {have_offers} to answer; everybody concerned gets an email.")
    return go_to(url_for("rounds.answers", round_id=round_.id))


def published(round_: MatchRound, run: Run, form: PublishForm) -> int:
    """Publish with what the form says; the number of offers."""
    reason, is_sure = form.reason.data or "", form.is_sure.data
    return service.publish_run(
        db.session(), signed_in(), today(), now(), round_, run, addresses(), reason, is_sure=is_sure
    )


@blueprint.get("/runs/<int:run_id>/publish/<concern>")
@requires(Permission.RUN_ROUNDS)
def look(run_id: int, concern: str) -> Response:
    run, wanted = run_reached(run_id), found(concern_named(concern))
    if run.state is not RunState.SOLVED:
        return go_to(url_for("rounds.runs.show", run_id=run.id))
    to_look_at = {one.concern: one.cases for one in findings(db.session(), run, today(), now())}
    page = page_of_rows(to_look_at.get(wanted, ()), page_asked())
    return answer(
        "rounds/publishing/look.html",
        run=run,
        concern=wanted,
        title=TITLES[wanted],
        meaning=MEANING[wanted],
        page=page,
        lines=case_lines(db.session(), wanted, page.rows),
    )


def concern_named(word: str) -> Concern | None:
    return next((one for one in Concern if one.value == word), None)


def addresses() -> Addresses:
    return Addresses(
        home=full_address("home.show"),
        offer=addresses_like("placements.offer", "offer_id"),
    )


def run_reached(run_id: int) -> Run:
    run: Run = found(run_of(db.session(), signed_in(), run_id))
    return run
