"""Pages on which a mentor plans a meeting with several learners, and records it once they have met."""

from typing import Any

from flask import Response, url_for

from app.language.refusal import Refused
from app.models.meetings.planned import PlannedSession
from app.platform.clock import now, today
from app.platform.db import db
from app.supervision.groups import planning, queries
from app.supervision.groups.base_views import blueprint, chosen, form_for, given, log_page, said_in
from app.supervision.groups.forms import FEWEST, PlanGroupForm
from app.supervision.planning.queries import plan_seen_by
from app.supervision.planning.service import may_change, plans_together
from app.supervision.planning.views import address_of, plan_in
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion


@blueprint.get("/my-learners/planned-sessions/new")
@requires(Permission.SEE_LEARNERS)
def plan_new() -> Response:
    placements = queries.placements_to_meet(db.session(), signed_in(), today())
    if len(placements) < FEWEST:
        return go_to(url_for("supervision.learners"))
    form = PlanGroupForm(formdata=None)
    form.offer_learners(placements)
    return plan_page(form)


@blueprint.post("/my-learners/planned-sessions/new")
@requires(Permission.SEE_LEARNERS)
def plan() -> Response:
    placements = queries.placements_to_meet(db.session(), signed_in(), today())
    form = PlanGroupForm()
    form.offer_learners(placements)
    wanted = [one for one in placements if str(one.id) in (form.learners.data or ())]
    given_: dict[str, Any] = {"is_sure": bool(form.is_sure.data)}
    if not form.does(
        lambda: planning.plan_meeting(
            db.session(), this_occasion(), wanted, plan_in(form), form.form_key.data, address_of, **given_
        )
    ):
        return plan_page(form)
    flash("The session is planned. Each learner is told by email, and with whom.")
    return go_to(url_for("supervision.learners"))


@blueprint.get("/planned-sessions/<int:plan_id>/record-for-all")
@requires(Permission.SEE_LEARNERS)
def record_planned(plan_id: int) -> Response:
    plan = own_plan(plan_id)
    if not (is_for_all(plan) and plan.waits_to_be_recorded(now())):
        return go_to(url_for("supervision.planning.show", plan_id=plan_id))
    plans = plans_of_meeting(plan)
    values = {"held_on": plan.day, "minutes": str(plan.minutes), "how": plan.form.value, "topics": plan.agenda}
    form = form_for(
        [one.placement for one in plans], formdata=None, learners=[str(one.placement_id) for one in plans], **values
    )
    return log_page(form, plan=plan)


@blueprint.post("/planned-sessions/<int:plan_id>/record-for-all")
@requires(Permission.SEE_LEARNERS)
def log_planned(plan_id: int) -> Response:
    plan = own_plan(plan_id)
    if not is_for_all(plan):
        raise Refused("Whoever has planned a session with several learners records it for all of them.")
    plans = plans_of_meeting(plan)
    placements = [one.placement for one in plans]
    form = form_for(placements)
    if not form.does(
        lambda: planning.record_meeting(
            db.session(), given(form), this_occasion(), chosen(form, placements), said_in(form), plans, address_of
        )
    ):
        return log_page(form, plan=plan)
    flash("The session is logged. Each learner is asked by email to confirm it, and it counts for each who has.")
    return go_to(url_for("supervision.learners"))


def own_plan(plan_id: int) -> PlannedSession:
    plan: PlannedSession = found(plan_seen_by(db.session(), signed_in(), plan_id, today()))
    return plan


def is_for_all(plan: PlannedSession) -> bool:
    """True of a session with several learners that the person has planned, and records for all of them."""
    return plan.group_id is not None and may_change(plan, signed_in())


def plans_of_meeting(plan: PlannedSession) -> list[PlannedSession]:
    plans = plans_together(db.session(), plan, signed_in())
    return sorted(plans, key=lambda one: (one.placement.learner.name, one.id))


def plan_page(form: PlanGroupForm) -> Response:
    return answer("supervision/groups/plan.html", status=form.status, form=form)
