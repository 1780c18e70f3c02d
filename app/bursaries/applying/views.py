"""Pages of a learner's own applications: the conditions, her statement, sending, and her answer to an offer."""

from flask import Blueprint, Response, url_for

from app.bursaries import queries
from app.bursaries.applying import service
from app.bursaries.applying.forms import AnswersForm, SendForm, StatementForm, answered, known_before
from app.bursaries.base_views import call_shown, own_application
from app.bursaries.conditions import require_met, unmet_of
from app.bursaries.outcome import service as outcome
from app.bursaries.outcome.forms import DeclineForm, HandBackForm
from app.bursaries.spending.queries import HELD, pence_spent
from app.models.bursaries.applications import ApplicationState, BursaryApplication
from app.models.bursaries.calls import BursaryCall, Method
from app.phrasebook.of_programmes.bursaries import TO_APPLICANT, who_may_apply
from app.platform.clock import now, today
from app.platform.db import db
from app.rules.bursaries.conditions import is_to_confirm
from app.rules.bursaries.known import Known, known_of
from app.web.access import Permission, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

blueprint = Blueprint("applying", __name__)


@blueprint.get("/my-bursaries")
@requires(Permission.APPLY_FOR_BURSARY)
def index() -> Response:
    return answer("bursaries/applying/index.html", applications=queries.own_applications(db.session(), signed_in()))


@blueprint.get("/bursaries/<int:open_call_id>/apply")
@requires(Permission.APPLY_FOR_BURSARY)
def ask(open_call_id: int) -> Response:
    call = call_shown(open_call_id)
    service.require_open(call, this_occasion())
    return answers_page(call, present_form(call))


@blueprint.post("/bursaries/<int:open_call_id>/apply")
@requires(Permission.APPLY_FOR_BURSARY)
def save_answers(open_call_id: int) -> Response:
    call = call_shown(open_call_id, to_change=True)
    own = queries.own_application_to(db.session(), signed_in(), call)
    form = asked_of(call, AnswersForm())
    made: list[BursaryApplication] = []

    def deed() -> None:
        is_sure = bool(form.is_sure.data)
        made.append(service.answer_conditions(db.session(), this_occasion(), call, form.answers, is_sure=is_sure))

    is_as_seen = form.validate() and (own is None or form.rests_on(present_form(call), own))
    if not (is_as_seen and form.does(deed)):
        return answers_page(call, form)
    return go_to(url_for("bursaries.applying.show", application_id=made[0].id))


def present_form(call: BursaryCall) -> AnswersForm:
    """With what she has answered; before that, with what is on record of her."""
    own = queries.own_application_to(db.session(), signed_in(), call)
    known = known_of_her()
    return asked_of(
        call, AnswersForm(formdata=None, data=answered(own) if own else known_before(signed_in(), known, call))
    )


def asked_of(call: BursaryCall, form: AnswersForm) -> AnswersForm:
    return form.ask_for(call, known_of_her(), queries.courses_of(db.session(), call))


def known_of_her() -> Known:
    return known_of(db.session(), [signed_in().id], today())[signed_in().id]


def answers_page(call: BursaryCall, form: AnswersForm) -> Response:
    return answer(
        "bursaries/applying/answers.html", status=form.status, call=call, form=form, conditions=who_may_apply(call)
    )


@blueprint.get("/bursary-applications/<int:application_id>")
@requires(Permission.APPLY_FOR_BURSARY)
def show(application_id: int) -> Response:
    return own_page(own_application(application_id), SendForm(formdata=None))


def own_page(application: BursaryApplication, form: SendForm) -> Response:
    call, occasion = application.call, this_occasion()
    is_open_draft = application.state is ApplicationState.DRAFT and call.takes_applications(occasion.now)
    is_offered = application.is_open_offer(occasion.now)
    unmet = unmet_of(db.session(), occasion, application) if is_open_draft or is_offered else []
    return answer(
        "bursaries/applying/show.html",
        status=form.status,
        form=form,
        application=application,
        call=call,
        is_open_draft=is_open_draft,
        is_open_offer=is_offered,
        is_call_open=call.takes_applications(occasion.now),
        unmet=[TO_APPLICANT[one] for one in unmet],
        is_to_confirm=is_to_confirm(call, application.profession),
        asks_statement=call.method is Method.SCORING,
        place_on_list=queries.place_on_list(db.session(), application),
        reason=queries.reason_of_ending(db.session(), application),
        is_held=application.state in HELD,
        spent=pence_spent(db.session(), application),
    )


@blueprint.get("/bursary-applications/<int:application_id>/statement")
@requires(Permission.APPLY_FOR_BURSARY)
def ask_statement(application_id: int) -> Response:
    application = own_application(application_id)
    service.require_open(application.call, this_occasion())
    service.require_draft(application)
    require_met(db.session(), this_occasion(), application)
    return statement_page(application, StatementForm(formdata=None, statement=application.statement))


@blueprint.post("/bursary-applications/<int:application_id>/statement")
@requires(Permission.APPLY_FOR_BURSARY)
def save_statement(application_id: int) -> Response:
    application, form = own_application(application_id, to_change=True), StatementForm()
    present = StatementForm(formdata=None, statement=application.statement)

    def deed() -> None:
        is_sure = bool(form.is_sure.data)
        service.state_why(db.session(), this_occasion(), application, form.statement.data, is_sure=is_sure)

    if form.validate() and form.rests_on(present, application) and form.does(deed):
        flash("Your statement is saved. It is not sent yet.")
        return go_to_own(application)
    return statement_page(application, form)


def statement_page(application: BursaryApplication, form: StatementForm) -> Response:
    return answer(
        "bursaries/applying/statement.html",
        status=form.status,
        form=form,
        application=application,
        call=application.call,
    )


@blueprint.post("/bursary-applications/<int:application_id>/send")
@requires(Permission.APPLY_FOR_BURSARY)
def send(application_id: int) -> Response:
    application, form = own_application(application_id, to_change=True), SendForm()
    if form.does(lambda: service.send_application(db.session(), this_occasion(), application)):
        flash(f"Your application is sent. Its reference is {application.reference}, and you get it by email.")
        return go_to_own(application)
    return own_page(application, form)


@blueprint.post("/bursary-applications/<int:application_id>/take-up")
@requires(Permission.APPLY_FOR_BURSARY)
def take_up(application_id: int) -> Response:
    application = own_application(application_id, to_change=True)
    service.take_up_again(db.session(), this_occasion(), application)
    flash("You can change your application. It does not count before you send it again.")
    return go_to_own(application)


@blueprint.get("/bursary-applications/<int:application_id>/withdraw")
@requires(Permission.APPLY_FOR_BURSARY)
def ask_withdraw(application_id: int) -> Response:
    application = own_application(application_id)
    is_call_open = application.call.takes_applications(now())
    return answer("bursaries/applying/withdraw.html", application=application, is_call_open=is_call_open)


@blueprint.post("/bursary-applications/<int:application_id>/withdraw")
@requires(Permission.APPLY_FOR_BURSARY)
def withdraw(application_id: int) -> Response:
    application = own_application(application_id, to_change=True)
    service.withdraw(db.session(), this_occasion(), application)
    flash("Your application is withdrawn.")
    return go_to_own(application)


@blueprint.post("/bursary-applications/<int:application_id>/accept")
@requires(Permission.APPLY_FOR_BURSARY)
def accept(application_id: int) -> Response:
    application = own_application(application_id, to_change=True)
    outcome.accept(db.session(), this_occasion(), application)
    flash("The bursary is yours. Whoever runs the call is told by email.")
    return go_to_own(application)


@blueprint.get("/bursary-applications/<int:application_id>/decline")
@requires(Permission.APPLY_FOR_BURSARY)
def ask_decline(application_id: int) -> Response:
    return decline_page(own_application(application_id), DeclineForm(formdata=None))


@blueprint.post("/bursary-applications/<int:application_id>/decline")
@requires(Permission.APPLY_FOR_BURSARY)
def decline(application_id: int) -> Response:
    application, form = own_application(application_id, to_change=True), DeclineForm()

    def deed() -> None:
        is_sure = bool(form.is_sure.data)
        outcome.decline(db.session(), this_occasion(), application, form.reason.data or "", is_sure=is_sure)

    if form.does(deed):
        flash("You declined the bursary. Whoever runs the call is told by email.")
        return go_to_own(application)
    return decline_page(application, form)


def decline_page(application: BursaryApplication, form: DeclineForm) -> Response:
    return answer("bursaries/applying/decline.html", status=form.status, application=application, form=form)


@blueprint.get("/bursary-applications/<int:application_id>/hand-back")
@requires(Permission.APPLY_FOR_BURSARY)
def ask_hand_back(application_id: int) -> Response:
    return hand_back_page(own_application(application_id), HandBackForm(formdata=None))


@blueprint.post("/bursary-applications/<int:application_id>/hand-back")
@requires(Permission.APPLY_FOR_BURSARY)
def hand_back(application_id: int) -> Response:
    application, form = own_application(application_id, to_change=True), HandBackForm()

    def deed() -> None:
        is_sure = bool(form.is_sure.data)
        outcome.hand_back(db.session(), this_occasion(), application, form.reason.data, is_sure=is_sure)

    if form.does(deed):
        flash("Your bursary is handed back. Whoever runs the call is told by email.")
        return go_to_own(application)
    return hand_back_page(application, form)


def hand_back_page(application: BursaryApplication, form: HandBackForm) -> Response:
    spent = pence_spent(db.session(), application)
    return answer(
        "bursaries/applying/hand_back.html", status=form.status, application=application, form=form, spent=spent
    )


def go_to_own(application: BursaryApplication) -> Response:
    return go_to(url_for("bursaries.applying.show", application_id=application.id))
