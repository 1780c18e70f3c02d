"""The page on which a programme lead says from when on reviews are asked for, and when they are due."""

from flask import Response, url_for

from app.models.programmes import Programme
from app.platform.clock import today
from app.platform.db import db
from app.progress_reviews import service
from app.progress_reviews.base_views import blueprint
from app.progress_reviews.forms import YES, PlanForm, values_of_plan
from app.progress_reviews.queries import newest_plan, programme_led
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion


@blueprint.get("/programmes/<int:programme_id>/progress-reviews")
@requires(Permission.SET_REVIEW_DATES)
def ask_plan(programme_id: int) -> Response:
    programme = programme_reached(programme_id)
    return plan_page(plan_now(programme), programme)


@blueprint.post("/programmes/<int:programme_id>/progress-reviews")
@requires(Permission.SET_REVIEW_DATES)
def set_plan(programme_id: int) -> Response:
    programme, form = programme_reached(programme_id), PlanForm()
    service.hold_plans(db.session(), programme)
    plan = newest_plan(db.session(), programme)
    is_as_seen = form.validate() and (plan is None or form.rests_on(plan_now(programme), plan))
    if is_as_seen and form.does(lambda: set_as_said(programme, form)):
        flash("It is saved. Placements that began before keep what counted for them.")
        return go_to(url_for("progress_reviews.ask_plan", programme_id=programme.id))
    return plan_page(form, programme)


def set_as_said(programme: Programme, form: PlanForm) -> None:
    is_asked = form.is_asked.data == YES
    service.set_plan(db.session(), this_occasion(), programme, form.from_on.given, form.weeks, is_asked=is_asked)


def programme_reached(programme_id: int) -> Programme:
    programme: Programme = found(programme_led(db.session(), signed_in(), programme_id))
    return programme


def plan_now(programme: Programme) -> PlanForm:
    plan = newest_plan(db.session(), programme)
    return PlanForm(formdata=None, **{"from_on": today(), **values_of_plan(plan)})


def plan_page(form: PlanForm, programme: Programme) -> Response:
    plan = newest_plan(db.session(), programme)
    return answer("progress_reviews/plan.html", status=form.status, form=form, programme=programme, plan=plan)
