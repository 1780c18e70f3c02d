"""Pages on which a mentor writes down a meeting with several learners, and sees what each has answered."""

from collections.abc import Sequence

from flask import Response, url_for

from app.models.meetings.groups import GroupMeeting
from app.models.placements import Placement
from app.models.supervision import SessionState, SupervisionSession
from app.platform.clock import today
from app.platform.db import db
from app.supervision.groups import plan_views, queries, service
from app.supervision.groups.base_views import blueprint, chosen, form_for, given, log_page, said_in
from app.supervision.groups.forms import FEWEST, WithdrawGroupForm, values_of_group
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to

__all__ = ["blueprint", "plan_views"]


@blueprint.get("/my-learners/sessions/new")
@requires(Permission.SEE_LEARNERS)
def new() -> Response:
    placements = queries.placements_to_meet(db.session(), signed_in(), today())
    if len(placements) < FEWEST:
        return go_to(url_for("supervision.learners"))
    return log_page(form_for(placements, formdata=None, held_on=today()))


@blueprint.post("/my-learners/sessions/new")
@requires(Permission.SEE_LEARNERS)
def log() -> Response:
    placements = queries.placements_to_meet(db.session(), signed_in(), today())
    form = form_for(placements)
    if not form.does(lambda: service.log_meeting(db.session(), given(form), chosen(form, placements), said_in(form))):
        return log_page(form)
    flash("The session is logged. Each learner is asked by email to confirm it, and it counts for each who has.")
    return go_to(url_for("supervision.learners"))


@blueprint.get("/group-sessions/<int:group_id>")
@requires(Permission.SEE_LEARNERS)
def show(group_id: int) -> Response:
    return group_page(own_group(group_id), WithdrawGroupForm(formdata=None))


@blueprint.get("/group-sessions/<int:group_id>/correct")
@requires(Permission.SEE_LEARNERS)
def ask_correction(group_id: int) -> Response:
    group = own_group(group_id)
    standing = standing_of(group)
    if not standing:
        return go_to(url_for("supervision.groups.show", group_id=group_id))
    form = form_for(who_could_be_there(standing), formdata=None, **values_of_group(standing))
    return log_page(form, group)


@blueprint.post("/group-sessions/<int:group_id>/correct")
@requires(Permission.SEE_LEARNERS)
def correct(group_id: int) -> Response:
    group = own_group(group_id)
    placements = who_could_be_there(standing_of(group))
    form = form_for(placements)
    if not form.does(
        lambda: service.correct_meeting(db.session(), given(form), group, chosen(form, placements), said_in(form))
    ):
        return log_page(form, group)
    flash("The session is corrected. Each learner is asked by email to confirm it as it is now.")
    return go_to(url_for("supervision.learners"))


@blueprint.post("/group-sessions/<int:group_id>/withdraw")
@requires(Permission.SEE_LEARNERS)
def withdraw(group_id: int) -> Response:
    group, form = own_group(group_id), WithdrawGroupForm()
    if not form.does(lambda: service.withdraw_meeting(db.session(), given(form), group, form.reason.data)):
        return group_page(group, form)
    flash("The session is withdrawn for all learners, who have been told by email. It no longer counts.")
    return go_to(url_for("supervision.groups.show", group_id=group_id))


def own_group(group_id: int) -> GroupMeeting:
    group: GroupMeeting = found(queries.group_of(db.session(), signed_in(), group_id))
    return group


def standing_of(group: GroupMeeting) -> list[SupervisionSession]:
    meetings = queries.sessions_of_group(db.session(), group)
    return [one for one in meetings if one.state is not SessionState.WITHDRAWN]


def who_could_be_there(standing: Sequence[SupervisionSession]) -> list[Placement]:
    """Whom she can meet today, and whoever is on the session, whose placement may be over by now."""
    could = queries.placements_to_meet(db.session(), signed_in(), today())
    everybody = {one.id: one for one in (*could, *(meeting.placement for meeting in standing))}
    return sorted(everybody.values(), key=lambda one: (one.learner.name, one.id))


def group_page(group: GroupMeeting, form: WithdrawGroupForm) -> Response:
    meetings = queries.sessions_of_group(db.session(), group)
    standing = [one for one in meetings if one.state is not SessionState.WITHDRAWN]
    return answer(
        "supervision/groups/group.html",
        status=form.status,
        group=group,
        meetings=meetings,
        stands=bool(standing),
        form=form,
    )
