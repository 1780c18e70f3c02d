"""Pages on which a proposal is answered, approvals are recorded, days are set, and a submission is noted."""

from flask import Response

from app.dissertations import service
from app.dissertations.base_views import (
    OF_ONE,
    back_to,
    blueprint,
    own_or_supervised,
    page_of,
    reached,
    supervised,
)
from app.dissertations.forms import ApprovalForm, DayForm, SubmissionForm, WhyForm
from app.dissertations.moves import NOT_SUBMITTED, REOPENED, RETURNED, SUBMITTED, SUBMITTED_AGAIN
from app.dissertations.standing import can
from app.models.academic.dissertations import ApprovalKind, Dissertation, MilestoneKind
from app.models.people import Person, Role
from app.platform.clock import today
from app.platform.db import db
from app.platform.lifecycle import Party
from app.web.access import Permission, found, requires
from app.web.deeds.messages import flash
from app.web.fields import Form
from app.web.htmx import answer
from app.web.occasions import this_occasion

SUPERVISOR = Party.ACADEMIC_SUPERVISOR
OF_UNIVERSITY = (Role.ACADEMIC_SUPERVISOR, Role.PROGRAMME_LEAD)


@blueprint.post(f"{OF_ONE}/agree")
@requires(Permission.ANSWER_DISSERTATION)
def agree(dissertation_id: int) -> Response:
    dissertation, learner = supervised(dissertation_id, to_change=True)
    form = Form()
    if not form.does(lambda: service.agree(db.session(), this_occasion(), dissertation, learner)):
        return page_of(dissertation, learner, form=form)
    flash(f"The proposal is agreed, and {learner.name} is told by email.")
    return back_to(dissertation)


@blueprint.get(f"{OF_ONE}/return")
@requires(Permission.ANSWER_DISSERTATION)
def ask_return(dissertation_id: int) -> Response:
    dissertation, learner = supervised(dissertation_id)
    if not any(can(deed, dissertation, SUPERVISOR, today()) for deed in (RETURNED, REOPENED)):
        return back_to(dissertation)
    return why_page("return", WhyForm(formdata=None), dissertation, learner)


@blueprint.post(f"{OF_ONE}/return")
@requires(Permission.ANSWER_DISSERTATION)
def give_back(dissertation_id: int) -> Response:
    dissertation, learner = supervised(dissertation_id, to_change=True)
    form = WhyForm()

    def deed() -> None:
        is_sure = bool(form.is_sure.data)
        service.give_back(db.session(), this_occasion(), dissertation, learner, form.reason.data, is_sure=is_sure)

    if not form.does(deed):
        return why_page("return", form, dissertation, learner)
    flash(f"The proposal is returned, and {learner.name} is told why by email.")
    return back_to(dissertation)


@blueprint.get(f"{OF_ONE}/not-submitted")
@requires(Permission.ANSWER_DISSERTATION)
def ask_not_submitted(dissertation_id: int) -> Response:
    dissertation, learner = supervised(dissertation_id)
    if not can(NOT_SUBMITTED, dissertation, SUPERVISOR, today()):
        return back_to(dissertation)
    return why_page("not submitted", WhyForm(formdata=None), dissertation, learner)


@blueprint.post(f"{OF_ONE}/not-submitted")
@requires(Permission.ANSWER_DISSERTATION)
def take_submission_back(dissertation_id: int) -> Response:
    dissertation, learner = supervised(dissertation_id, to_change=True)
    form = WhyForm()

    def deed() -> None:
        session, occasion, is_sure = db.session(), this_occasion(), bool(form.is_sure.data)
        service.take_submission_back(session, occasion, dissertation, learner, form.reason.data, is_sure=is_sure)

    if not form.does(deed):
        return why_page("not submitted", form, dissertation, learner)
    flash(f"The dissertation counts as not submitted, and {learner.name} is told why by email.")
    return back_to(dissertation)


def why_page(what: str, form: WhyForm, dissertation: Dissertation, learner: Person) -> Response:
    return answer(
        "dissertations/why.html",
        status=form.status,
        what=what,
        form=form,
        dissertation=dissertation,
        learner=learner,
    )


@blueprint.get(f"{OF_ONE}/approvals/<approval_kind>")
@requires(Permission.RECORD_APPROVALS)
def ask_approval(dissertation_id: int, approval_kind: str) -> Response:
    dissertation, learner, _ = own_or_supervised(dissertation_id)
    kind = found(ApprovalKind.__members__.get(approval_kind))
    newest = dissertation.approvals_now[kind]
    form = ApprovalForm(
        formdata=None,
        state=newest.state.value if newest else None,
        reference=newest.reference if newest else "",
        decided_on=newest.decided_on if newest else None,
        reason=newest.reason if newest else "",
    )
    return approval_page(form, dissertation, learner, kind)


@blueprint.post(f"{OF_ONE}/approvals/<approval_kind>")
@requires(Permission.RECORD_APPROVALS)
def record_approval(dissertation_id: int, approval_kind: str) -> Response:
    dissertation, learner, _ = own_or_supervised(dissertation_id, to_change=True)
    kind, form = found(ApprovalKind.__members__.get(approval_kind)), ApprovalForm()

    def deed() -> None:
        is_sure = bool(form.is_sure.data)
        service.record_approval(db.session(), this_occasion(), dissertation, kind, form.said, is_sure=is_sure)

    if not form.does(deed):
        return approval_page(form, dissertation, learner, kind)
    flash("It is recorded. What was said before stays in the history.")
    return back_to(dissertation)


def approval_page(form: ApprovalForm, dissertation: Dissertation, learner: Person, kind: ApprovalKind) -> Response:
    entries = [one for one in dissertation.approvals if one.kind is kind]
    return answer(
        "dissertations/approval.html",
        status=form.status,
        form=form,
        dissertation=dissertation,
        learner=learner,
        kind=kind,
        entries=entries,
    )


@blueprint.get(f"{OF_ONE}/milestones/<milestone_kind>")
@requires(Permission.SET_MILESTONES)
def ask_day(dissertation_id: int, milestone_kind: str) -> Response:
    dissertation, learner = reached(dissertation_id, *OF_UNIVERSITY)
    kind = found(MilestoneKind.__members__.get(milestone_kind))
    milestone = service.milestone_of(dissertation, kind)
    if milestone.done_on is not None:
        return back_to(dissertation)
    return day_page(DayForm(formdata=None, due_on=milestone.due_on), dissertation, learner, kind)


@blueprint.post(f"{OF_ONE}/milestones/<milestone_kind>")
@requires(Permission.SET_MILESTONES)
def set_day(dissertation_id: int, milestone_kind: str) -> Response:
    dissertation, learner = reached(dissertation_id, *OF_UNIVERSITY, to_change=True)
    kind, form = found(MilestoneKind.__members__.get(milestone_kind)), DayForm()

    def deed() -> None:
        is_sure, due_on, reason = bool(form.is_sure.data), form.due_on.given, form.reason.data
        service.set_day(db.session(), this_occasion(), dissertation, learner, kind, due_on, reason, is_sure=is_sure)

    if not form.does(deed):
        return day_page(form, dissertation, learner, kind)
    flash(f"The day is set, and {learner.name} is told by email.")
    return back_to(dissertation)


def day_page(form: DayForm, dissertation: Dissertation, learner: Person, kind: MilestoneKind) -> Response:
    return answer(
        "dissertations/day.html",
        status=form.status,
        form=form,
        dissertation=dissertation,
        learner=learner,
        milestone=service.milestone_of(dissertation, kind),
    )


@blueprint.post(f"{OF_ONE}/milestones/<milestone_kind>/done")
@requires(Permission.RECORD_APPROVALS)
def tick(dissertation_id: int, milestone_kind: str) -> Response:
    dissertation, learner, _ = own_or_supervised(dissertation_id, to_change=True)
    kind, form = found(MilestoneKind.__members__.get(milestone_kind)), Form()
    if not form.does(lambda: service.tick(db.session(), this_occasion(), dissertation, kind)):
        return page_of(dissertation, learner, form=form)
    flash("It is noted as done.")
    return back_to(dissertation)


@blueprint.get(f"{OF_ONE}/submission")
@requires(Permission.RECORD_APPROVALS)
def ask_submission(dissertation_id: int) -> Response:
    dissertation, learner, party = own_or_supervised(dissertation_id)
    if not any(can(deed, dissertation, party, today()) for deed in (SUBMITTED, SUBMITTED_AGAIN)):
        return back_to(dissertation)
    return submission_page(SubmissionForm(formdata=None, submitted_on=today()), dissertation, learner)


@blueprint.post(f"{OF_ONE}/submission")
@requires(Permission.RECORD_APPROVALS)
def submit(dissertation_id: int) -> Response:
    dissertation, learner, party = own_or_supervised(dissertation_id, to_change=True)
    form = SubmissionForm()

    def deed() -> None:
        service.submit(db.session(), this_occasion(), dissertation, learner, party, form.submitted_on.given)

    if not form.does(deed):
        return submission_page(form, dissertation, learner)
    flash("The submission is noted. The university decides about the credits next.")
    return back_to(dissertation)


def submission_page(form: SubmissionForm, dissertation: Dissertation, learner: Person) -> Response:
    return answer(
        "dissertations/submission.html",
        status=form.status,
        form=form,
        dissertation=dissertation,
        learner=learner,
    )
