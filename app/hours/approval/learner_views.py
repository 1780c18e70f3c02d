"""Pages on which a learner submits her drafts, keeps what was returned, and says that a week had no hours."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import Response, url_for

from app.hours.approval import submitting
from app.hours.approval.base_views import blueprint, own_entry, own_placement
from app.hours.approval.forms import NoneForm, ReasonForm, SubmitForm
from app.hours.approval.periods import periods_of
from app.hours.approval.queries import drafts_of
from app.language.dates_and_times import day_in_words
from app.language.numbers import listed
from app.models.hours import HoursEntry
from app.models.people import Person
from app.models.placements import Placement
from app.platform.clock import today
from app.platform.db import db
from app.platform.lifecycle import Party
from app.promises.course.hours import HOURS, KEEP
from app.promises.course.line_stories import lines_of
from app.rules.doubts import week_of
from app.rules.hours.by_day import days_of_hours, weeks_without
from app.rules.hours.verifiers import verifiers_of
from app.web.access import Permission, requires
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

WEEKS_TO_CHOOSE = 8


@blueprint.get("/placements/<int:placement_id>/hours/submit")
@requires(Permission.LOG_HOURS)
def ask_submission(placement_id: int) -> Response:
    placement = own_placement(placement_id)
    return submission_page(SubmitForm(formdata=None), placement, drafts_of(db.session(), placement))


@blueprint.post("/placements/<int:placement_id>/hours/submit")
@requires(Permission.LOG_HOURS)
def submit(placement_id: int) -> Response:
    placement, form = own_placement(placement_id), SubmitForm()
    drafts = drafts_of(db.session(), placement)
    periods = {period.key: period for period in periods_of(drafts)}
    form.offer_periods(periods.values())
    address = full_address("hours.approval.ask_decision", placement_id=placement_id)
    if not form.does(
        lambda: submitting.submit_period(db.session(), this_occasion(), placement, periods[form.period.data], address)
    ):
        return submission_page(form, placement, drafts)
    readers = verifiers_of(db.session(), placement, today())
    flash(f"Submitted: {periods[form.period.data].in_words}. It counts from now on. {who_is_told(readers)}")
    return go_to(url_for("hours.approval.weeks", placement_id=placement_id))


def who_is_told(readers: Sequence[Person]) -> str:
    if not readers:
        return "It waits until there is a mentor for it."
    names = [reader.name for reader in readers]
    if len(names) == 1:
        return f"{names[0]} is told by email and verifies it."
    return f"{listed(names)} are told by email; one of them verifies it."


def submission_page(form: SubmitForm, placement: Placement, drafts: Sequence[HoursEntry]) -> Response:
    periods = periods_of(drafts)
    form.offer_periods(periods)
    if len(periods) == 1 and not form.period.data:
        form.period.data = periods[0].key
    return answer(
        "hours/approval/submit.html",
        status=form.status,
        form=form,
        placement=placement,
        drafts=drafts,
        readers=verifiers_of(db.session(), placement, today()),
    )


@blueprint.get("/placements/<int:placement_id>/hours/none")
@requires(Permission.LOG_HOURS)
def ask_none(placement_id: int) -> Response:
    return none_page(NoneForm(formdata=None), own_placement(placement_id))


@blueprint.post("/placements/<int:placement_id>/hours/none")
@requires(Permission.LOG_HOURS)
def say_none(placement_id: int) -> Response:
    placement, form = own_placement(placement_id), NoneForm()
    form.week.offer(weeks_to_choose(placement))
    if not form.does(
        lambda: submitting.say_none(db.session(), this_occasion(), placement, date.fromisoformat(form.week.data))
    ):
        return none_page(form, placement)
    flash("It is noted that the week had no hours. If you log some for it after all, they count.")
    return go_to(url_for("hours.approval.weeks", placement_id=placement_id))


def none_page(form: NoneForm, placement: Placement) -> Response:
    form.week.offer(weeks_to_choose(placement))
    return answer("hours/approval/none.html", status=form.status, form=form, placement=placement)


def weeks_to_choose(placement: Placement) -> list[tuple[str, str]]:
    """The last weeks of the placement that have begun, have nothing on the record and were not said to."""
    taken = {week_of(one.day)[0] for one in days_of_hours(db.session(), placement)}
    taken |= weeks_without(db.session(), placement)
    newest, oldest = (week_of(day)[0] for day in (min(today(), placement.ends_on), placement.starts_on))
    mondays = [newest - timedelta(weeks=back) for back in range(WEEKS_TO_CHOOSE)]
    return [
        (monday.isoformat(), f"{day_in_words(monday)} to {day_in_words(week_of(monday)[1])}")
        for monday in mondays
        if monday >= oldest and monday not in taken
    ]


@blueprint.get("/hours/<int:entry_id>/keep")
@requires(Permission.LOG_HOURS)
def ask_keeping(entry_id: int) -> Response:
    entry = own_entry(entry_id)
    if not HOURS.can(KEEP, entry.state, Party.LEARNER):
        return go_to(url_for("hours.show", entry_id=entry_id))
    return keeping_page(ReasonForm(formdata=None), entry)


@blueprint.post("/hours/<int:entry_id>/keep")
@requires(Permission.LOG_HOURS)
def keep(entry_id: int) -> Response:
    entry, form = own_entry(entry_id), ReasonForm()
    is_sure = bool(form.is_sure.data)
    if not form.does(
        lambda: submitting.keep_returned(db.session(), this_occasion(), entry, form.reason.data, is_sure=is_sure)
    ):
        return keeping_page(form, entry)
    flash("The entry stays as it is and is a draft. Submit it again: your mentor then reads what you wrote.")
    return go_to(url_for("hours.approval.ask_submission", placement_id=entry.placement_id))


def keeping_page(form: ReasonForm, entry: HoursEntry) -> Response:
    [line] = lines_of(db.session(), [entry])
    return answer("hours/approval/keep.html", status=form.status, form=form, line=line)
