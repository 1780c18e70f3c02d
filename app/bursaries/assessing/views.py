"""Pages on which assessors are named, and on which one of them scores, or declares an interest and takes it back."""

from flask import Blueprint, Response, url_for

from app.bursaries.assessing import queries, service
from app.bursaries.assessing.forms import AssessorForm, InterestForm, ScoreForm, TakeBackForm, name_of, score_form
from app.bursaries.base_views import call_run
from app.models.bursaries.applications import BursaryApplication
from app.models.bursaries.assessing import POINTS_MAX
from app.models.bursaries.calls import BursaryCall
from app.platform.clock import now
from app.platform.db import db
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.fields import Form
from app.web.htmx import answer, go_to
from app.web.looking import note_opening
from app.web.occasions import this_occasion
from app.web.paging import page_of_rows

blueprint = Blueprint("assessing", __name__)


@blueprint.get("/bursary-calls/<int:call_id>/assessors")
@requires(Permission.RUN_BURSARIES)
def assessors(call_id: int) -> Response:
    return assessors_page(call_run(call_id), AssessorForm(formdata=None))


@blueprint.post("/bursary-calls/<int:call_id>/assessors")
@requires(Permission.RUN_BURSARIES)
def name(call_id: int) -> Response:
    call, form = call_run(call_id, to_change=True), AssessorForm()
    if form.does(lambda: service.name_assessor(db.session(), this_occasion(), call, form.email.data)):
        flash("The assessor is named, and told by email.")
        return go_to(url_for("bursaries.assessing.assessors", call_id=call_id))
    return assessors_page(call, form)


def assessors_page(call: BursaryCall, form: AssessorForm) -> Response:
    return answer(
        "bursaries/assessing/assessors.html",
        status=form.status,
        call=call,
        form=form,
        assessors=queries.assessors_of(db.session(), call),
    )


@blueprint.post("/bursary-calls/<int:call_id>/assessors/<int:assessor_id>/stand-down")
@requires(Permission.RUN_BURSARIES)
def stand_down(call_id: int, assessor_id: int) -> Response:
    call = call_run(call_id, to_change=True)
    assessor = found(queries.assessor_of(db.session(), call, assessor_id))
    service.stand_down(db.session(), this_occasion(), assessor)
    flash(f"{assessor.person.name} no longer assesses, and is told by email. What was scored counts.")
    return go_to(url_for("bursaries.assessing.assessors", call_id=call_id))


@blueprint.get("/bursary-assessments")
@requires(Permission.ASSESS_BURSARIES)
def index() -> Response:
    calls = queries.calls_assessed(db.session(), signed_in())
    page = page_of_rows(queries.to_assess(db.session(), signed_in(), calls, now()), page_asked())
    return answer(
        "bursaries/assessing/index.html",
        calls=[(call, [row for row in page.rows if row.application.call_id == call.id]) for call in calls],
        page=page,
        now=now(),
    )


@blueprint.get("/bursary-assessments/<int:application_id>")
@requires(Permission.ASSESS_BURSARIES)
def show(application_id: int) -> Response:
    application = to_assess(application_id)
    note_opening(application, application.learner)
    return score_page(application)


@blueprint.post("/bursary-assessments/<int:application_id>")
@requires(Permission.ASSESS_BURSARIES)
def score(application_id: int) -> Response:
    application = to_assess(application_id, to_change=True)
    form = score_form(application.call.criteria)()

    def deed() -> None:
        points = form.points_of(application.call.criteria)
        is_sure = bool(form.is_sure.data)
        service.score(db.session(), this_occasion(), application, points, form.words.data, is_sure=is_sure)

    if not form.does(deed):
        return score_page(application, scoring=form)
    flash(f"Your points for {application.reference} are saved. You can change them until the call is decided.")
    return go_to(url_for("bursaries.assessing.index"))


@blueprint.post("/bursary-assessments/<int:application_id>/interest")
@requires(Permission.ASSESS_BURSARIES)
def declare(application_id: int) -> Response:
    application, form = to_assess(application_id, to_change=True), InterestForm(prefix="interest")

    def deed() -> None:
        is_sure = bool(form.is_sure.data)
        service.declare_interest(db.session(), this_occasion(), application, form.reason.data, is_sure=is_sure)

    if not form.does(deed):
        return score_page(application, declaring=form)
    flash(
        f"Your interest in {application.reference} is on record, so you do not score it. Whoever runs the call is told."
    )
    return go_to(url_for("bursaries.assessing.index"))


@blueprint.post("/bursary-assessments/<int:application_id>/interest/take-back")
@requires(Permission.ASSESS_BURSARIES)
def take_back(application_id: int) -> Response:
    application, form = to_assess(application_id, to_change=True), TakeBackForm(prefix="back")

    def deed() -> None:
        is_sure = bool(form.is_sure.data)
        service.take_back_interest(db.session(), this_occasion(), application, form.why.data, is_sure=is_sure)

    if not form.does(deed):
        return score_page(application, taking_back=form)
    flash(f"Your interest in {application.reference} is taken back. Whoever runs the call is told why.")
    return go_to(url_for("bursaries.assessing.show", application_id=application_id))


def to_assess(application_id: int, *, to_change: bool = False) -> BursaryApplication:
    application: BursaryApplication = found(
        queries.application_to_assess(db.session(), signed_in(), application_id, now(), to_change=to_change)
    )
    return application


def score_page(application: BursaryApplication, scoring: ScoreForm | None = None, **sent: Form) -> Response:
    """The page of one application with its forms: the one that was sent, and fresh ones beside it."""
    session, call = db.session(), application.call
    scoring = scoring or filled(application)
    fresh: dict[str, Form] = {
        "declaring": InterestForm(formdata=None, prefix="interest"),
        "taking_back": TakeBackForm(formdata=None, prefix="back"),
    }
    form = next(iter(sent.values()), scoring)
    return answer(
        "bursaries/assessing/score.html",
        status=form.status,
        application=application,
        call=call,
        form=form,
        fields=scoring.gives(call.criteria),
        weights={name_of(one): one.weight for one in call.criteria},
        points_max=POINTS_MAX,
        is_barred=service.is_barred(session, application, signed_in()),
        interest=queries.interest_of(session, application, signed_in()),
        is_being_assessed=service.is_being_assessed(application),
        is_over=call.is_decided,
        scoring=scoring,
        **{**fresh, **sent},
    )


def filled(application: BursaryApplication) -> ScoreForm:
    """With what she gave last."""
    sheet, criteria = queries.sheet_of(db.session(), application, signed_in()), application.call.criteria
    given = {name_of(one): str(sheet.points.get(str(one.id), "")) for one in criteria} if sheet else {}
    return score_form(criteria)(formdata=None, words=sheet.words if sheet else "", **given)
