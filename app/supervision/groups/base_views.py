"""The blueprint of meetings with several learners, with what its pages share: their form, read and shown."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response

from app.models.meetings.groups import GroupMeeting
from app.models.meetings.planned import PlannedSession
from app.models.placements import Placement
from app.models.supervision import ActionOwner, SessionForm
from app.platform.clock import now, today
from app.platform.db import db
from app.supervision.base_views import link_address
from app.supervision.groups import queries, service
from app.supervision.groups.forms import GroupForm, WithdrawGroupForm
from app.supervision.service import NewAction, NewSession
from app.web.access import signed_in
from app.web.htmx import answer

blueprint = Blueprint("groups", __name__)


def form_for(placements: Sequence[Placement], **values: Any) -> GroupForm:
    form = GroupForm(**values)
    form.offer_learners(placements)
    form.offer_open_actions(queries.open_actions_with(db.session(), placements))
    return form


def chosen(form: GroupForm, placements: Sequence[Placement]) -> list[Placement]:
    return [one for one in placements if str(one.id) in (form.learners.data or ())]


def given(form: GroupForm | WithdrawGroupForm) -> service.Circumstances:
    return service.Circumstances(signed_in(), now(), today(), bool(form.is_sure.data), link_address)


def said_in(form: GroupForm) -> service.NewMeeting:
    said = NewSession(
        held_on=form.held_on.given,
        minutes=form.duration_minutes,
        form=SessionForm(form.how.data),
        topics=form.topics.data,
        form_key=form.form_key.data,
        done_ids=frozenset(int(id_) for id_ in form.done.data or ()),
    )
    actions = [action_in(what.data, owner.data, due.data) for what, owner, due in form.action_fields if what.data]
    return service.NewMeeting(said, actions)


def action_in(what: str, owner: str, due: Any) -> tuple[NewAction, int | None]:
    """What is to be done, and for the placement of one learner alone where she was chosen by name."""
    if owner.isdigit():
        return NewAction(what, ActionOwner.LEARNER, due), int(owner)
    return NewAction(what, ActionOwner(owner), due), None


def log_page(form: GroupForm, group: GroupMeeting | None = None, plan: PlannedSession | None = None) -> Response:
    """The form for a new meeting, for one that was planned, or for correcting `group`."""
    return answer("supervision/groups/log.html", status=form.status, form=form, group=group, plan=plan)
