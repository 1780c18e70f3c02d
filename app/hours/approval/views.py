"""Pages with the hours of a placement week by week, on which a mentor verifies, returns and reopens them."""

from collections.abc import Sequence

from flask import Response, request, url_for

from app.hours.approval import deciding, learner_views
from app.hours.approval.base_views import blueprint, for_verifier, placement_to_verify, seen_entry, seen_placement
from app.hours.approval.changed import changed_among
from app.hours.approval.forms import DecideForm, ReasonForm
from app.hours.approval.picture import picture_of_weeks
from app.hours.approval.queries import (
    drafts_of,
    lines_to_verify,
    returned_in,
    sent_by_placement,
    waiting_lines,
)
from app.language.dates_and_times import hours_and_minutes
from app.language.numbers import count
from app.language.refusal import Overtaken
from app.models.hours import HoursEntry
from app.models.placements import Placement
from app.platform.clock import today
from app.platform.db import db
from app.platform.lifecycle import Party
from app.promises.course.hours import HOURS, REOPEN, reopen
from app.promises.course.line_stories import lines_of
from app.rules.hours.by_day import days_of_hours, weeks_without
from app.rules.hours.plan import four_numbers, plan_of, weeks_of
from app.rules.hours.verifiers import verifier_of, verifiers_of, verifies
from app.rules.record_totals import summaries_with_earlier, workplace_of
from app.web.access import Permission, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

__all__ = ["blueprint", "learner_views"]


@blueprint.get("/placements/<int:placement_id>/hours")
@requires(Permission.SEE_PLACEMENT)
def weeks(placement_id: int) -> Response:
    placement, session = seen_placement(placement_id), db.session()
    workplace = workplace_of(placement, summaries_with_earlier(session, [placement])[placement.id])
    plan, days = plan_of(session, placement, workplace), days_of_hours(session, placement)
    numbers = four_numbers(plan, days, today())
    by_week = weeks_of(plan, days, weeks_without(session, placement), today())
    finding = f"{hours_and_minutes(numbers.submitted)} in the workplace count"
    return answer(
        "hours/approval/weeks.html",
        placement=placement,
        is_learner=placement.learner_id == signed_in().id,
        verifier=verifier_of(session, placement, today()),
        verifies=verifies(session, placement, signed_in(), today()),
        readers=verifiers_of(session, placement, today()),
        person=signed_in(),
        numbers=numbers,
        weeks=by_week[::-1],
        picture=picture_of_weeks(by_week, numbers, f"{finding}, {numbers.position}" if numbers.position else finding),
        drafts=drafts_of(session, placement),
        returned=lines_of(session, returned_in(session, placement)),
        waiting=waiting_lines(session, [placement_id]).get(placement_id, (0, None)),
        sent=sent_by_placement(session, placement),
        today=today(),
    )


@blueprint.get("/placements/<int:placement_id>/hours/verify")
@requires(Permission.VERIFY_HOURS)
def ask_decision(placement_id: int) -> Response:
    placement = placement_to_verify(placement_id)
    entries = lines_to_verify(db.session(), placement)
    form = DecideForm.for_lines(entries)(formdata=None)
    if "all" in request.args:
        form.tick_all()
    return decision_page(form, placement, entries)


@blueprint.post("/placements/<int:placement_id>/hours/verify")
@requires(Permission.VERIFY_HOURS)
def decide(placement_id: int) -> Response:
    placement = placement_to_verify(placement_id)
    entries = lines_to_verify(db.session(), placement)
    form = DecideForm.for_lines(entries)()
    try:
        is_done = form.does(lambda: decide_as_said(form, placement))
    except Overtaken as change:
        entries = lines_to_verify(db.session(), placement)
        form = DecideForm.for_lines(entries)()
        form.refuse(change)
        return decision_page(form, placement, entries, status=409)
    if not is_done:
        return decision_page(form, placement, entries)
    flash(f"{what_was_done(form)} {placement.learner.name} is told by email.")
    left, _ = waiting_lines(db.session(), [placement_id]).get(placement_id, (0, None))
    return go_to(url_for("hours.approval.ask_decision" if left else "hours.approval.weeks", placement_id=placement_id))


def decide_as_said(form: DecideForm, placement: Placement) -> None:
    """Decide what the page named: an entry that it showed and that is not among those waiting by now was changed."""
    verified = {*form.verified, *(said_of().keys() - set(form.ids))}
    address = full_address("hours.approval.weeks", placement_id=placement.id)
    is_sure = bool(form.is_sure.data)
    deciding.decide_lines(db.session(), this_occasion(), placement, verified, form.returned, address, is_sure=is_sure)


def said_of() -> dict[int, str]:
    """The ids of the entries that were shown and ticked or written about, each with what was written."""
    shown = {int(id_) for id_ in request.form.getlist("shown") if id_.isascii() and id_.isdigit() and len(id_) < 10}
    typed = {id_: request.form.get(f"words_{id_}", "").strip() for id_ in shown}
    return {id_: words for id_, words in typed.items() if words or request.form.get(f"read_{id_}")}


def what_was_done(form: DecideForm) -> str:
    done = [f"{count(len(form.verified), 'entry is', 'entries are')} verified"] if form.verified else []
    done += [f"{count(len(form.returned), 'is', 'are')} returned"] if form.returned else []
    return f"{', '.join(done)}."


def decision_page(
    form: DecideForm, placement: Placement, entries: Sequence[HoursEntry], status: int | None = None
) -> Response:
    number, since = waiting_lines(db.session(), [placement.id]).get(placement.id, (0, None))
    changed = list(changed_among(db.session(), placement, said_of()))
    for one in changed:
        form.begin_with(one.latest.id, one.words)
    return answer(
        "hours/approval/verify.html",
        status=status or form.status,
        form=form,
        placement=placement,
        read_before={one.latest.id: one for one in changed if one.latest.id in form.ids},
        gone=[one for one in changed if one.latest.id not in form.ids],
        lines=[line for line in lines_of(db.session(), entries) if line.entry.id in form.ids],
        number=number,
        since=since,
    )


@blueprint.get("/hours/<int:entry_id>/story")
@requires(Permission.SEE_PLACEMENT)
def story(entry_id: int) -> Response:
    entry = seen_entry(entry_id)
    [line] = lines_of(db.session(), [entry])
    is_verifier = verifies(db.session(), entry.placement, signed_in(), today())
    can_reopen = is_verifier and HOURS.can(REOPEN, entry.state, Party.MENTOR)
    return answer("hours/approval/story.html", line=line, can_reopen=can_reopen)


@blueprint.get("/hours/<int:entry_id>/reopen")
@requires(Permission.VERIFY_HOURS)
def ask_reopening(entry_id: int) -> Response:
    entry = entry_to_reopen(entry_id)
    if not HOURS.can(REOPEN, entry.state, Party.MENTOR):
        return go_to(url_for("hours.approval.story", entry_id=entry_id))
    return reopening_page(ReasonForm(formdata=None), entry)


@blueprint.post("/hours/<int:entry_id>/reopen")
@requires(Permission.VERIFY_HOURS)
def do_reopen(entry_id: int) -> Response:
    entry, form = entry_to_reopen(entry_id), ReasonForm()
    address = full_address("hours.approval.weeks", placement_id=entry.placement_id)
    is_sure = bool(form.is_sure.data)
    if not form.does(
        lambda: reopen(db.session(), this_occasion(), entry, Party.MENTOR, form.reason.data, address, is_sure=is_sure)
    ):
        return reopening_page(form, entry)
    flash(f"The entry is reopened and does not count. You and {entry.placement.learner.name} are told by email.")
    return go_to(url_for("hours.approval.story", entry_id=entry_id))


def entry_to_reopen(entry_id: int) -> HoursEntry:
    entry = seen_entry(entry_id)
    for_verifier(entry.placement)
    return entry


def reopening_page(form: ReasonForm, entry: HoursEntry) -> Response:
    [line] = lines_of(db.session(), [entry])
    return answer("hours/approval/reopen.html", status=form.status, form=form, line=line)
