"""Pages on which calls for bursaries are written, published, extended and cancelled, and their standing is seen."""

from flask import Blueprint, Response, url_for

from app.bursaries import queries
from app.bursaries.assessing.queries import assessors_of, scoring_of
from app.bursaries.base_views import call_run
from app.bursaries.calls import service
from app.bursaries.calls.forms import CallForm, DoctorsForm, ExtendForm, ReasonForm, form_of
from app.bursaries.outcome.service import free_in, next_on_list
from app.language.refusal import Refused
from app.models.bursaries.calls import BursaryCall, CallState, DoctorsAndDentists, Method
from app.models.people import Role
from app.phrasebook.of_programmes.bursaries import who_may_apply
from app.platform.clock import now
from app.platform.db import db
from app.web.access import Permission, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

blueprint = Blueprint("calls", __name__)


@blueprint.get("/bursary-calls")
@requires(Permission.RUN_BURSARIES)
def index() -> Response:
    page = queries.calls_run(db.session(), signed_in(), page_asked())
    numbers = queries.numbers_by_call(db.session(), [call.id for call in page.rows])
    return answer("bursaries/calls/index.html", page=page, numbers=numbers)


@blueprint.get("/bursary-calls/new")
@requires(Permission.RUN_BURSARIES)
def ask() -> Response:
    return form_page(CallForm(formdata=None))


@blueprint.post("/bursary-calls/new")
@requires(Permission.RUN_BURSARIES)
def write() -> Response:
    form = CallForm()
    offer_universities(form)
    made: list[BursaryCall] = []

    def deed() -> None:
        made.append(service.write_call(db.session(), this_occasion(), form.said, is_sure=bool(form.is_sure.data)))

    if not form.does(deed):
        return form_page(form)
    db.session().flush()
    flash("The call is written. Nobody else reads it before you publish it.")
    return back_to(made[0])


def form_page(form: CallForm, call: BursaryCall | None = None) -> Response:
    offer_universities(form)
    return answer("bursaries/calls/form.html", status=form.status, form=form, call=call)


def offer_universities(form: CallForm) -> None:
    """A call for every university is for administrators to write."""
    providers = queries.providers_of_runner(db.session(), signed_in())
    form.offer(providers, with_all=Role.ADMINISTRATOR in signed_in().roles)


@blueprint.get("/bursary-calls/<int:call_id>")
@requires(Permission.RUN_BURSARIES)
def show(call_id: int) -> Response:
    call, session = call_run(call_id), db.session()
    is_scored = call.method is Method.SCORING
    free = free_in(session, call)
    return answer(
        "bursaries/calls/show.html",
        call=call,
        conditions=who_may_apply(call),
        numbers=queries.numbers_by_state(session, call),
        assessors=assessors_of(session, call) if is_scored else (),
        scoring=scoring_of(session, call) if is_scored and call.state is CallState.PUBLISHED else None,
        has_closed=call.has_closed(now()),
        is_open=call.takes_applications(now()),
        free=free,
        next_one=next_on_list(session, this_occasion(), call) if free else None,
        reason=queries.reason_of_cancelling(session, call),
    )


@blueprint.get("/bursary-calls/<int:call_id>/change")
@requires(Permission.RUN_BURSARIES)
def ask_change(call_id: int) -> Response:
    call = call_run(call_id)
    service.require_draft(call)
    return form_page(form_of(call), call)


@blueprint.post("/bursary-calls/<int:call_id>/change")
@requires(Permission.RUN_BURSARIES)
def change(call_id: int) -> Response:
    call, form = call_run(call_id, to_change=True), CallForm()
    service.require_draft(call)
    offer_universities(form)
    present = form_of(call)
    offer_universities(present)

    def deed() -> None:
        service.change_call(db.session(), this_occasion(), call, form.said, is_sure=bool(form.is_sure.data))

    if not (form.validate() and form.rests_on(present, call) and form.does(deed)):
        return form_page(form, call)
    flash("The call is changed. Nobody else reads it before you publish it.")
    return back_to(call)


@blueprint.get("/bursary-calls/<int:call_id>/publish")
@requires(Permission.RUN_BURSARIES)
def ask_publish(call_id: int) -> Response:
    call = call_run(call_id)
    service.require_draft(call)
    return publish_page(call)


@blueprint.post("/bursary-calls/<int:call_id>/publish")
@requires(Permission.RUN_BURSARIES)
def publish(call_id: int) -> Response:
    call = call_run(call_id, to_change=True)
    service.require_draft(call)
    try:
        service.publish_call(db.session(), this_occasion(), call)
    except Refused as refusal:
        db.session().rollback()
        return publish_page(call_run(call_id), refusal.message)
    flash("The call is published. Everybody reads it under Bursaries, with the digest of its seed.")
    return back_to(call)


def publish_page(call: BursaryCall, complaint: str = "") -> Response:
    return answer(
        "bursaries/calls/publish.html",
        status=422 if complaint else 200,
        call=call,
        complaint=complaint,
        conditions=who_may_apply(call),
    )


@blueprint.get("/bursary-calls/<int:call_id>/extend")
@requires(Permission.RUN_BURSARIES)
def ask_extend(call_id: int) -> Response:
    call = call_run(call_id)
    service.require_extendable(call, this_occasion())
    return extend_page(call, ExtendForm(formdata=None, closes_at=call.closes_at))


@blueprint.post("/bursary-calls/<int:call_id>/extend")
@requires(Permission.RUN_BURSARIES)
def extend(call_id: int) -> Response:
    call, form = call_run(call_id, to_change=True), ExtendForm()
    present = ExtendForm(formdata=None, closes_at=call.closes_at)
    is_as_seen = form.validate() and form.rests_on(present, call)
    if is_as_seen and form.does(lambda: service.extend_call(db.session(), this_occasion(), call, form.closes_at.given)):
        flash("Applications close later now. The page of the call says so.")
        return back_to(call)
    return extend_page(call, form)


def extend_page(call: BursaryCall, form: ExtendForm) -> Response:
    return answer("bursaries/calls/extend.html", status=form.status, call=call, form=form)


@blueprint.get("/bursary-calls/<int:call_id>/doctors")
@requires(Permission.RUN_BURSARIES)
def ask_doctors(call_id: int) -> Response:
    call = call_run(call_id)
    service.require_published(call)
    if call.doctors_and_dentists is not DoctorsAndDentists.TO_CONFIRM:
        return back_to(call)
    return doctors_page(call, DoctorsForm(formdata=None))


@blueprint.post("/bursary-calls/<int:call_id>/doctors")
@requires(Permission.RUN_BURSARIES)
def say_doctors(call_id: int) -> Response:
    call, form = call_run(call_id, to_change=True), DoctorsForm()
    if form.does(
        lambda: service.say_doctors(db.session(), this_occasion(), call, DoctorsAndDentists[form.doctors.data])
    ):
        flash("It is said. Doctors and dentists who have begun or sent an application are told by email.")
        return back_to(call)
    return doctors_page(call, form)


def doctors_page(call: BursaryCall, form: DoctorsForm) -> Response:
    return answer("bursaries/calls/doctors.html", status=form.status, call=call, form=form)


@blueprint.get("/bursary-calls/<int:call_id>/cancel")
@requires(Permission.RUN_BURSARIES)
def ask_cancel(call_id: int) -> Response:
    return cancel_page(call_run(call_id), ReasonForm(formdata=None))


@blueprint.post("/bursary-calls/<int:call_id>/cancel")
@requires(Permission.RUN_BURSARIES)
def cancel(call_id: int) -> Response:
    call, form = call_run(call_id, to_change=True), ReasonForm()

    def deed() -> None:
        is_sure = bool(form.is_sure.data)
        service.cancel_call(db.session(), this_occasion(), call, form.reason.data, is_sure=is_sure)

    if form.does(deed):
        flash("The call is cancelled. Whoever had begun or sent an application, or was to assess, is told by email.")
        return back_to(call)
    return cancel_page(call, form)


def cancel_page(call: BursaryCall, form: ReasonForm) -> Response:
    numbers = queries.numbers_by_state(db.session(), call)
    return answer("bursaries/calls/cancel.html", status=form.status, call=call, form=form, sent=sum(numbers.values()))


def back_to(call: BursaryCall) -> Response:
    return go_to(url_for("bursaries.calls.show", call_id=call.id))
