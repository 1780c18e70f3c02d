"""Pages on which a lead enrols a learner directly, and sets right what was noted with it."""

from collections.abc import Sequence

from flask import Blueprint, Response, request, url_for

from app.enrolments import queries
from app.enrolments.accounts import learner_behind
from app.enrolments.enrolling import Around, Entry, change_details, enrol
from app.enrolments.forms import AroundForm, EnrolForm, EntryForm, offer_starts
from app.models.people import Person, Role
from app.models.programmes import Enrolment
from app.platform.clock import today
from app.platform.db import db
from app.rules.academic.supervisors import supervisors_at
from app.rules.enrolments.starts import Start, starts_at, starts_of
from app.web.access import Permission, found, requires, signed_in
from app.web.addresses import password_address
from app.web.deeds.meanwhile import ChangingForm
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion
from app.web.security import limit_deeds

blueprint = Blueprint("enrolling", __name__)


@blueprint.get("/enrolments/new")
@requires(Permission.ENROL_LEARNERS)
def new() -> Response:
    return enrol_page(EnrolForm(formdata=None))


@blueprint.post("/enrolments/new")
@requires(Permission.ENROL_LEARNERS)
@limit_deeds("200 per hour")
def enrol_directly() -> Response:
    form, starts = EnrolForm(), starts_led()
    offer_starts(form.start, list(starts.values()))
    form.offer_supervisors(supervisors_led())
    form.look_up(db.session())
    if "find" in request.form:
        return enrol_page(form)
    made: list[Enrolment] = []
    if form.does(lambda: made.append(enrol_as_said(form, starts))):
        flash(f"{form.name.data} is enrolled and gets an email.{what_is_next(form)}")
        return go_to(url_for("enrolments.show", enrolment_id=made[0].id))
    return enrol_page(form)


def enrol_as_said(form: EnrolForm, starts: dict[str, Start]) -> Enrolment:
    session, occasion, entry = db.session(), this_occasion(), entry_in(form, starts)
    person = learner_behind(session, occasion, form.name.data, form.email.data, password_address)
    return enrol(session, occasion, person, entry, is_sure=bool(form.is_sure.data))


def entry_in(form: EntryForm, starts: dict[str, Start]) -> Entry:
    """What the form says of the beginning."""
    return Entry(
        starts[str(form.start.data)],
        form.started_on.given,
        Around(form.workplace(db.session()), form.funder.data or ""),
        form.equivalence.data or "",
        next((one for one in supervisors_led() if str(one.id) == form.supervisor.data), None),
    )


def supervisors_led() -> Sequence[Person]:
    """Who supervises at the universities of the lead who is signed in."""
    return supervisors_at(db.session(), signed_in().provider_ids(Role.PROGRAMME_LEAD))


def what_is_next(form: EntryForm) -> str:
    return " So does the academic supervisor." if form.supervisor.data else " Name the academic supervisor next."


def enrol_page(form: EnrolForm) -> Response:
    offer_starts(form.start, list(starts_led().values()))
    form.offer_supervisors(supervisors_led())
    return answer("enrolments/new.html", form=form, status=form.status)


def starts_led() -> dict[str, Start]:
    """What can be begun at the universities of the lead who is signed in, by what a form sends for it."""
    starts = starts_at(db.session(), today(), signed_in().provider_ids(Role.PROGRAMME_LEAD))
    return {one.key: one for one in starts}


class DetailsForm(AroundForm, ChangingForm):
    """The same of somebody who is enrolled already."""


@blueprint.get("/enrolments/<int:enrolment_id>/details")
@requires(Permission.ENROL_LEARNERS)
def ask_details(enrolment_id: int) -> Response:
    enrolment, learner = led(enrolment_id)
    return details_page(details_of(enrolment), enrolment, learner)


@blueprint.post("/enrolments/<int:enrolment_id>/details")
@requires(Permission.ENROL_LEARNERS)
def save_details(enrolment_id: int) -> Response:
    enrolment, learner = led(enrolment_id)
    form, starts = DetailsForm(), starts_within(enrolment)
    offer_starts(form.start, list(starts.values()))
    form.look_up(db.session())
    if "find" in request.form or not form.rests_on(details_of(enrolment), enrolment):
        return details_page(form, enrolment, learner)

    def done() -> None:
        around = Around(form.workplace(db.session()), form.funder.data or "")
        start = starts[str(form.start.data)]
        change_details(db.session(), this_occasion(), enrolment, start, around, is_sure=bool(form.is_sure.data))

    if not form.does(done):
        return details_page(form, enrolment, learner)
    flash("The details are saved.")
    return go_to(url_for("enrolments.show", enrolment_id=enrolment_id))


def details_of(enrolment: Enrolment) -> DetailsForm:
    """The form with what is noted now."""
    start = Start(enrolment.programme, enrolment.in_cohort)
    form = DetailsForm(formdata=None, data={"start": start.key, "funder": enrolment.funder})
    offer_starts(form.start, list(starts_within(enrolment).values()))
    form.start_with(enrolment.workplace)
    return form


def starts_within(enrolment: Enrolment) -> dict[str, Start]:
    """The cohorts of her own version, over or not, and none."""
    version = enrolment.version
    cohorts = [Start(enrolment.programme, one) for one in version.cohorts] if version else []
    if version is None:
        cohorts = [one for one in starts_of(enrolment.programme, today()) if one.cohort]
    return {one.key: one for one in (*cohorts, Start(enrolment.programme))}


def details_page(form: DetailsForm, enrolment: Enrolment, learner: Person) -> Response:
    return answer("enrolments/details.html", form=form, enrolment=enrolment, learner=learner, status=form.status)


def led(enrolment_id: int) -> tuple[Enrolment, Person]:
    one: tuple[Enrolment, Person] = found(queries.enrolment_led(db.session(), signed_in(), enrolment_id))
    return one
