"""Pages on which a learner begins her learning agreement, writes it, and gives it to be signed."""

from collections.abc import Sequence
from typing import Any

from flask import Response, url_for

from app.agreements import service
from app.agreements.base_views import (
    agreement_written,
    back_to,
    blueprint,
    objective_written,
    placement_written,
)
from app.agreements.forms import (
    CategoriesForm,
    HoursForm,
    ObjectiveForm,
    StartForm,
    WorkingForm,
    hours_in,
    months_form,
    values_of_objective,
    values_of_working,
)
from app.agreements.starts import EMPTY, TEMPLATE, Start, earlier_agreements, start_from, template_of
from app.language.dates_and_times import day_in_words
from app.models.course.agreements import AgreementState, AgreementTemplate, Cadence, LearningAgreement, Objective
from app.models.course.capabilities import CapabilityWording
from app.models.placements import Placement
from app.platform.clock import today
from app.platform.db import db
from app.rules.academic.supervisors import supervisor_of
from app.rules.agreements.capabilities import wordings_now
from app.rules.agreements.kind import agreement_of
from app.rules.agreements.parts import supervisors_of
from app.rules.agreements.planned_hours import months_of
from app.rules.credit.held import hours_expected
from app.rules.workplace_hours import band_left
from app.web.access import Permission, requires
from app.web.deeds.messages import flash
from app.web.fields import Form
from app.web.htmx import answer
from app.web.occasions import this_occasion

Starts = dict[str, LearningAgreement | AgreementTemplate | None]


@blueprint.get("/placements/<int:placement_id>/agreement/begin")
@requires(Permission.WRITE_AGREEMENT)
def ask_start(placement_id: int) -> Response:
    placement = placement_written(placement_id)
    if agreement_of(db.session(), placement) or not placement.can_change_on(today()):
        return back_to(placement_id)
    starts = starts_of(placement)
    form = StartForm(formdata=None, start=next(iter(starts)))
    return start_page(form, placement, starts)


@blueprint.post("/placements/<int:placement_id>/agreement/begin")
@requires(Permission.WRITE_AGREEMENT)
def begin(placement_id: int) -> Response:
    placement, form = placement_written(placement_id), StartForm()
    if agreement_of(db.session(), placement):
        return back_to(placement_id)
    starts = starts_of(placement)
    offer(form, starts)
    if form.does(lambda: service.begin(db.session(), this_occasion(), placement, chosen(form, placement, starts))):
        flash("It is begun. Say what is still missing, then give it to be signed.")
        return back_to(placement_id)
    return start_page(form, placement, starts)


def starts_of(placement: Placement) -> Starts:
    """What she can begin with, by its value in the form, the nearest first."""
    found: Starts = {str(one.id): one for one in earlier_agreements(db.session(), placement)}
    template = template_of(db.session(), placement.module.programme_id)
    if template:
        found[TEMPLATE] = template
    found[EMPTY] = None
    return found


def chosen(form: StartForm, placement: Placement, starts: Starts) -> Start:
    return start_from(starts[form.start.data], wordings_of(placement))


def offer(form: StartForm, starts: Starts) -> None:
    form.start.offer([(value, start_in_words(one)) for value, one in starts.items()])


def start_in_words(start: LearningAgreement | AgreementTemplate | None) -> str:
    if start is None:
        return "An empty agreement"
    if isinstance(start, AgreementTemplate):
        return "What your programme suggests"
    placement = start.placement
    return f"The one with {placement.mentor.name}, from {day_in_words(placement.starts_on)}"


def start_page(form: StartForm, placement: Placement, starts: Starts) -> Response:
    offer(form, starts)
    return answer("agreements/begin.html", status=form.status, form=form, placement=placement)


@blueprint.get("/placements/<int:placement_id>/agreement/objectives/new")
@requires(Permission.WRITE_AGREEMENT)
def ask_objective(placement_id: int) -> Response:
    agreement = agreement_written(placement_id)
    form = objective_form(agreement, formdata=None, **values_of_objective(None))
    return objective_page(form, agreement) if is_draft(agreement) else back_to(placement_id)


@blueprint.post("/placements/<int:placement_id>/agreement/objectives/new")
@requires(Permission.WRITE_AGREEMENT)
def add_objective(placement_id: int) -> Response:
    agreement = agreement_written(placement_id)
    form = objective_form(agreement)
    if form.does(lambda: write_objective(agreement, None, form)):
        flash("The objective is added.")
        return back_to(placement_id)
    return objective_page(form, agreement)


@blueprint.get("/placements/<int:placement_id>/agreement/objectives/<int:objective_id>")
@requires(Permission.WRITE_AGREEMENT)
def ask_objective_change(placement_id: int, objective_id: int) -> Response:
    agreement = agreement_written(placement_id)
    objective = objective_written(agreement, objective_id)
    form = objective_form(agreement, formdata=None, **values_of_objective(objective))
    return objective_page(form, agreement, objective) if is_draft(agreement) else back_to(placement_id)


@blueprint.post("/placements/<int:placement_id>/agreement/objectives/<int:objective_id>")
@requires(Permission.WRITE_AGREEMENT)
def change_objective(placement_id: int, objective_id: int) -> Response:
    agreement = agreement_written(placement_id)
    objective, form = objective_written(agreement, objective_id), objective_form(agreement)
    present = objective_form(agreement, formdata=None, **values_of_objective(objective))
    is_as_seen = form.validate() and form.rests_on(present, agreement)
    if is_as_seen and form.does(lambda: write_objective(agreement, objective, form)):
        flash("The objective is changed.")
        return back_to(placement_id)
    return objective_page(form, agreement, objective)


@blueprint.post("/placements/<int:placement_id>/agreement/objectives/<int:objective_id>/remove")
@requires(Permission.WRITE_AGREEMENT)
def remove_objective(placement_id: int, objective_id: int) -> Response:
    agreement = agreement_written(placement_id)
    service.remove_objective(db.session(), this_occasion(), agreement, objective_written(agreement, objective_id))
    flash("The objective is removed.")
    return back_to(placement_id)


def write_objective(agreement: LearningAgreement, objective: Objective | None, form: ObjectiveForm) -> None:
    words, is_sure = str(form.words.data), bool(form.is_sure.data)
    chosen_ones = [one for one in wordings_of(agreement.placement) if str(one.id) in (form.capabilities.data or ())]
    service.write_objective(db.session(), this_occasion(), agreement, objective, words, chosen_ones, is_sure=is_sure)


def objective_form(agreement: LearningAgreement, **given: object) -> ObjectiveForm:
    """It asks for capabilities where the programme has any."""
    form = ObjectiveForm(**given)
    form.capabilities.offer([(str(one.id), one.name) for one in wordings_of(agreement.placement)])
    return form


def wordings_of(placement: Placement) -> Sequence[CapabilityWording]:
    return wordings_now(db.session(), placement.module.programme_id)


def objective_page(form: ObjectiveForm, agreement: LearningAgreement, objective: Objective | None = None) -> Response:
    hints = {str(one.id): one.words for one in wordings_of(agreement.placement)}
    return page("agreements/objective.html", form, agreement, objective=objective, hints=hints)


@blueprint.get("/placements/<int:placement_id>/agreement/hours")
@requires(Permission.WRITE_AGREEMENT)
def ask_hours(placement_id: int) -> Response:
    agreement = agreement_written(placement_id)
    return hours_page(hours_now(agreement), agreement) if is_draft(agreement) else back_to(placement_id)


@blueprint.post("/placements/<int:placement_id>/agreement/hours")
@requires(Permission.WRITE_AGREEMENT)
def plan_hours(placement_id: int) -> Response:
    agreement, form = agreement_written(placement_id), CategoriesForm()
    before = agreement.minutes_by_month
    is_as_seen = form.validate() and form.rests_on(hours_now(agreement), agreement)
    if is_as_seen and form.does(lambda: service.plan_hours(db.session(), this_occasion(), agreement, form.minutes)):
        was_spread = before and before != agreement.minutes_by_month
        anew = " They are spread over the months anew: look whether the months still suit." if was_spread else ""
        flash(f"The hours are saved.{anew}")
        return back_to(placement_id)
    return hours_page(form, agreement)


def hours_now(agreement: LearningAgreement) -> HoursForm:
    return CategoriesForm(formdata=None, **hours_in(agreement.minutes_by_category))


def hours_page(form: HoursForm, agreement: LearningAgreement) -> Response:
    module = agreement.placement.module
    expected = hours_expected(db.session(), agreement.placement)
    band = band_left(module.programme.level.workplace_band_hours, module.hours, module.hours - expected)
    return page("agreements/hours.html", form, agreement, band=band, module=module, expected=expected)


@blueprint.get("/placements/<int:placement_id>/agreement/months")
@requires(Permission.WRITE_AGREEMENT)
def ask_months(placement_id: int) -> Response:
    agreement = agreement_written(placement_id)
    return months_page(months_now(agreement), agreement) if is_draft(agreement) else back_to(placement_id)


@blueprint.post("/placements/<int:placement_id>/agreement/months")
@requires(Permission.WRITE_AGREEMENT)
def plan_months(placement_id: int) -> Response:
    agreement = agreement_written(placement_id)
    form = months_form(months_asked(agreement))()
    is_as_seen = form.validate() and form.rests_on(months_now(agreement), agreement)
    if is_as_seen and form.does(lambda: service.plan_months(db.session(), this_occasion(), agreement, form.minutes)):
        flash("The months are saved.")
        return back_to(placement_id)
    return months_page(form, agreement)


def months_asked(agreement: LearningAgreement) -> list[str]:
    return months_of(agreement.placement.starts_on, agreement.placement.ends_on)


def months_now(agreement: LearningAgreement) -> HoursForm:
    return months_form(months_asked(agreement))(formdata=None, **hours_in(agreement.minutes_by_month))


def months_page(form: HoursForm, agreement: LearningAgreement) -> Response:
    return page("agreements/months.html", form, agreement, planned=agreement.planned_minutes)


@blueprint.get("/placements/<int:placement_id>/agreement/working")
@requires(Permission.WRITE_AGREEMENT)
def ask_working(placement_id: int) -> Response:
    agreement = agreement_written(placement_id)
    return working_page(working_now(agreement), agreement) if is_draft(agreement) else back_to(placement_id)


@blueprint.post("/placements/<int:placement_id>/agreement/working")
@requires(Permission.WRITE_AGREEMENT)
def write_working(placement_id: int) -> Response:
    agreement, form = agreement_written(placement_id), WorkingForm()
    is_as_seen = form.validate() and form.rests_on(working_now(agreement), agreement)
    if is_as_seen and form.does(lambda: working_as_said(agreement, form)):
        flash("How you work together is saved.")
        return back_to(placement_id)
    return working_page(form, agreement)


def working_as_said(agreement: LearningAgreement, form: WorkingForm) -> None:
    service.write_working(
        db.session(),
        this_occasion(),
        agreement,
        Cadence(form.sessions.data),
        str(form.working_pattern.data),
        str(form.adjustments.data),
        is_sure=bool(form.is_sure.data),
    )


def working_now(agreement: LearningAgreement) -> WorkingForm:
    return WorkingForm(formdata=None, **values_of_working(agreement))


def working_page(form: WorkingForm, agreement: LearningAgreement) -> Response:
    return page("agreements/working.html", form, agreement)


@blueprint.post("/placements/<int:placement_id>/agreement/give")
@requires(Permission.WRITE_AGREEMENT)
def give(placement_id: int) -> Response:
    agreement = agreement_written(placement_id)
    service.give(db.session(), this_occasion(), agreement)
    own = supervisor_of(db.session(), agreement.placement)
    academics = own.name if own else "the academic supervisors of your university"
    is_anybody = supervisors_of(db.session(), agreement.placement)
    readers = f"Your mentor and {academics} are" if is_anybody else "Your mentor is"
    flash(f"It can be signed now. {readers} told by email. Sign it yourself as well.")
    return back_to(placement_id)


def is_draft(agreement: LearningAgreement) -> bool:
    """Whether it can be written at all today."""
    return agreement.state is AgreementState.DRAFT and agreement.placement.can_change_on(today())


def page(template: str, form: Form, agreement: LearningAgreement, **values: Any) -> Response:
    return answer(
        template,
        status=form.status,
        form=form,
        agreement=agreement,
        placement=agreement.placement,
        back=url_for("agreements.show", placement_id=agreement.placement_id),
        **values,
    )
