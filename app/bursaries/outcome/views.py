"""Pages on which a call is decided, its applications are read, and bursaries that are free are offered."""

from flask import Blueprint, Response, request, url_for

from app.bursaries import queries
from app.bursaries.assessing.queries import interests_in, scoring_of, sheets_of
from app.bursaries.base_views import application_run, call_run
from app.bursaries.outcome import service
from app.bursaries.outcome.forms import HandBackForm, OfferNextForm, RuleOutForm
from app.bursaries.spending.queries import HELD, pence_spent
from app.language.refusal import Overtaken
from app.models.bursaries.applications import ApplicationState, BursaryApplication
from app.models.bursaries.calls import BursaryCall
from app.phrasebook.of_programmes.bursaries import TO_APPLICANT
from app.platform.db import db
from app.platform.lifecycle import story_of
from app.rules.bursaries.conditions import is_to_confirm
from app.web.access import Permission, requires
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.htmx import answer, go_to
from app.web.looking import note_opening
from app.web.occasions import this_occasion

blueprint = Blueprint("outcome", __name__)


@blueprint.get("/bursary-calls/<int:call_id>/applications")
@requires(Permission.RUN_BURSARIES)
def index(call_id: int) -> Response:
    call = call_run(call_id)
    named = request.args.get("state", "")
    state = next((one for one in ApplicationState if one.value == named), None)
    return answer(
        "bursaries/outcome/index.html",
        call=call,
        page=queries.applications_listed(db.session(), call, state, page_asked()),
        state=state.value if state else "",
        states=[one.value for one in ApplicationState if one is not ApplicationState.DRAFT],
    )


@blueprint.get("/bursary-calls/<int:call_id>/applications/<int:application_id>")
@requires(Permission.RUN_BURSARIES)
def show(call_id: int, application_id: int) -> Response:
    call, application = application_run(call_id, application_id)
    note_opening(application, application.learner)
    return application_page(call, application, RuleOutForm(formdata=None))


def application_page(call: BursaryCall, application: BursaryApplication, form: RuleOutForm) -> Response:
    session = db.session()
    unmet = service.unmet_among(session, this_occasion(), [application])
    return answer(
        "bursaries/outcome/show.html",
        status=form.status,
        call=call,
        application=application,
        form=form,
        unmet=[TO_APPLICANT[one][0] for _, conditions in unmet for one in conditions],
        is_to_confirm=is_to_confirm(call, application.profession),
        may_rule_out=application.state in (ApplicationState.SENT, ApplicationState.WAITING),
        sheets=sheets_of(session, application) if call.is_decided else (),
        interests=interests_in(session, application),
        story=story_of(session, application),
        is_held=application.state in HELD,
        spent=pence_spent(session, application),
    )


@blueprint.post("/bursary-calls/<int:call_id>/applications/<int:application_id>/rule-out")
@requires(Permission.RUN_BURSARIES)
def rule_out(call_id: int, application_id: int) -> Response:
    (call, application), form = application_run(call_id, application_id, to_change=True), RuleOutForm()

    def deed() -> None:
        is_sure = bool(form.is_sure.data)
        service.rule_out(db.session(), this_occasion(), application, form.reason.data, is_sure=is_sure)

    if form.does(deed):
        flash(f"{application.learner.name} is told why by email.")
        return go_to(url_for("bursaries.outcome.show", call_id=call_id, application_id=application_id))
    return application_page(call, application, form)


@blueprint.get("/bursary-calls/<int:call_id>/decide")
@requires(Permission.RUN_BURSARIES)
def ask_decide(call_id: int) -> Response:
    call, session, occasion = call_run(call_id), db.session(), this_occasion()
    service.require_closed(call, occasion)
    sent = queries.applications_in(session, call, ApplicationState.SENT)
    return answer(
        "bursaries/outcome/decide.html",
        call=call,
        sent=sent,
        unmet=[
            (one, [TO_APPLICANT[condition][0] for condition in conditions])
            for one, conditions in service.unmet_among(session, occasion, sent)
        ],
        waits_for_doctors=any(is_to_confirm(call, one.profession) for one in sent),
        scoring=scoring_of(session, call),
    )


@blueprint.post("/bursary-calls/<int:call_id>/decide")
@requires(Permission.RUN_BURSARIES)
def decide(call_id: int) -> Response:
    call = call_run(call_id, to_change=True)
    service.decide_call(db.session(), this_occasion(), call)
    flash("It is decided. Everybody who applied is told by email.")
    return back_to(call_id)


@blueprint.get("/bursary-calls/<int:call_id>/offer-next")
@requires(Permission.RUN_BURSARIES)
def ask_offer_next(call_id: int) -> Response:
    call, session, occasion = call_run(call_id), db.session(), this_occasion()
    service.require_decided(call)
    free, next_one = service.free_in(session, call), service.next_on_list(session, occasion, call)
    if not (free and next_one):
        raise Overtaken("No bursary is free that anybody waits for.")
    form = OfferNextForm(formdata=None, shown=str(next_one.id))
    return answer("bursaries/outcome/offer_next.html", call=call, free=free, next_one=next_one, form=form)


@blueprint.post("/bursary-calls/<int:call_id>/offer-next")
@requires(Permission.RUN_BURSARIES)
def offer_next(call_id: int) -> Response:
    call, form = call_run(call_id, to_change=True), OfferNextForm()
    application = service.offer_next(db.session(), this_occasion(), call, form.shown_id)
    flash(f"{application.learner.name} is offered a bursary, and told by email.")
    return back_to(call_id)


@blueprint.get("/bursary-calls/<int:call_id>/finish")
@requires(Permission.RUN_BURSARIES)
def ask_finish(call_id: int) -> Response:
    call = call_run(call_id)
    service.require_decided(call)
    numbers = queries.numbers_by_state(db.session(), call)
    return answer(
        "bursaries/outcome/finish.html",
        call=call,
        waiting=numbers.get(ApplicationState.WAITING, 0),
        offered=numbers.get(ApplicationState.OFFERED, 0),
    )


@blueprint.post("/bursary-calls/<int:call_id>/finish")
@requires(Permission.RUN_BURSARIES)
def finish(call_id: int) -> Response:
    call = call_run(call_id, to_change=True)
    service.finish_call(db.session(), this_occasion(), call)
    flash("The waiting list is closed, and whoever waited is told by email. Spending can still be noted.")
    return back_to(call_id)


@blueprint.get("/bursary-calls/<int:call_id>/applications/<int:application_id>/hand-back")
@requires(Permission.RUN_BURSARIES)
def ask_hand_back(call_id: int, application_id: int) -> Response:
    return hand_back_page(*application_run(call_id, application_id), HandBackForm(formdata=None))


@blueprint.post("/bursary-calls/<int:call_id>/applications/<int:application_id>/hand-back")
@requires(Permission.RUN_BURSARIES)
def hand_back(call_id: int, application_id: int) -> Response:
    (call, application), form = application_run(call_id, application_id, to_change=True), HandBackForm()

    def deed() -> None:
        is_sure = bool(form.is_sure.data)
        service.hand_back(db.session(), this_occasion(), application, form.reason.data, is_sure=is_sure)

    if form.does(deed):
        flash(f"The bursary of {application.learner.name} is handed back, and the learner is told by email.")
        return back_to(call_id)
    return hand_back_page(call, application, form)


def hand_back_page(call: BursaryCall, application: BursaryApplication, form: HandBackForm) -> Response:
    return answer(
        "bursaries/outcome/hand_back.html",
        status=form.status,
        call=call,
        application=application,
        form=form,
        spent=pence_spent(db.session(), application),
    )


def back_to(call_id: int) -> Response:
    return go_to(url_for("bursaries.calls.show", call_id=call_id))
