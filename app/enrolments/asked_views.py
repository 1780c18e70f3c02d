"""Pages on which a lead answers what a learner asks about her way."""

from flask import Blueprint, Response, request, url_for

from app.enrolments import asked, queries
from app.enrolments.enrolling import enrol
from app.enrolments.enrolling_views import entry_in, starts_led, supervisors_led, what_is_next
from app.enrolments.forms import EntryForm, NoForm, offer_starts, with_meanwhile
from app.enrolments.moves import ENROLMENTS, TRANSFER
from app.enrolments.step_views import meanwhile_in, pages_for
from app.enrolments.steps import Said, take_step
from app.models.academic.enrolment_steps import WayReason
from app.models.academic.way_asked import WayAsked, WayAskedKind, WayAskedState
from app.models.programmes import Enrolment
from app.platform.clock import today
from app.platform.db import db
from app.platform.lifecycle import Party
from app.promises.stepping_away import OfPlacement, resting_on
from app.rules.credit.entry import missing_level
from app.rules.enrolments.standing import steps_of, way_of
from app.rules.enrolments.starts import Start
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.looking import note_opening
from app.web.occasions import this_occasion

blueprint = Blueprint("asked", __name__)
STEP_OF = {WayAskedKind.STEP_OUT: "step-out", WayAskedKind.RETURN: "return", WayAskedKind.LEAVE: "leave"}


@blueprint.get("/enrolments/asked/<int:way_asked_id>")
@requires(Permission.ENROL_LEARNERS)
def show(way_asked_id: int) -> Response:
    wish = wish_of(way_asked_id)
    note_opening(wish, wish.learner)
    return wish_page(wish, entry_form(wish, formdata=None), NoForm(formdata=None, prefix="no"))


@blueprint.post("/enrolments/asked/<int:way_asked_id>/enrol")
@requires(Permission.ENROL_LEARNERS)
def enrol_asked(way_asked_id: int) -> Response:
    wish = wish_of(way_asked_id)
    form, starts = entry_form(wish), starts_asked(wish)
    offer_starts(form.start, list(starts.values()))
    form.offer_supervisors(supervisors_led())
    form.look_up(db.session())
    made: list[Enrolment] = []
    if "find" in request.form or not form.does(lambda: made.append(enrol_as_said(wish, form, starts))):
        return wish_page(wish, form, NoForm(formdata=None, prefix="no"))
    flash(f"{wish.learner.name} is enrolled and told by email.{what_is_next(form)}")
    return go_to(url_for("enrolments.show", enrolment_id=made[0].id))


def enrol_as_said(wish: WayAsked, form: EntryForm, starts: dict[str, Start]) -> Enrolment:
    """Enrol, and for a transfer end what she leaves, both or neither; then that answers the wish."""
    session, occasion, is_sure = db.session(), this_occasion(), bool(form.is_sure.data)
    entry = entry_in(form, starts)
    asked.hold_waiting(session, wish)
    enrolment = enrol(session, occasion, wish.learner, entry, is_sure=is_sure, is_asked=True)
    session.flush()
    if wish.enrolment and can_transfer(wish.enrolment):
        take_step(
            session,
            occasion,
            wish.enrolment,
            wish.learner,
            TRANSFER,
            Said(entry.started_on, WayReason.GOES_ON),
            meanwhile_in(form),
            is_sure=is_sure,
            onward=enrolment,
        )
    asked.agree(session, occasion, wish)
    return enrolment


def can_transfer(enrolment: Enrolment) -> bool:
    way = way_of(enrolment, steps_of(db.session(), [enrolment.id])[enrolment.id])
    return ENROLMENTS.can(TRANSFER, way.at_last, Party.PROGRAMME_LEAD)


def entry_form(wish: WayAsked, **given: object) -> EntryForm:
    """The form of an enrolment, with the cohort that she asked for; for a transfer with what ends there."""
    ends = wish.enrolment is not None and bool(resting_on(db.session(), wish.enrolment, today(), today()).placements)
    kind = with_meanwhile(EntryForm, (OfPlacement.END, OfPlacement.STAYS) if ends else (), asks_of_requests=False)
    first_day = wish.cohort.starts_on if wish.cohort else None
    form = kind(data={"start": Start(wish.programme, wish.cohort).key, "started_on": first_day}, **given)
    assert isinstance(form, EntryForm)
    return form


def starts_asked(wish: WayAsked) -> dict[str, Start]:
    return {key: one for key, one in starts_led().items() if one.programme.id == wish.programme_id}


@blueprint.post("/enrolments/asked/<int:way_asked_id>/refuse")
@requires(Permission.ENROL_LEARNERS)
def refuse_asked(way_asked_id: int) -> Response:
    wish, form = wish_of(way_asked_id), NoForm(prefix="no")
    is_sure = bool(form.is_sure.data)
    if not form.does(lambda: asked.refuse(db.session(), this_occasion(), wish, form.answer.data, is_sure=is_sure)):
        return wish_page(wish, entry_form(wish, formdata=None), form)
    flash(f"{wish.learner.name} is told by email, with your reason.")
    return go_to(url_for("enrolments.index"))


def wish_page(wish: WayAsked, form: EntryForm, refusing: NoForm) -> Response:
    session = db.session()
    offer_starts(form.start, list(starts_asked(wish).values()) if wish.kind.is_to_begin else [])
    form.offer_supervisors(supervisors_led())
    step = STEP_OF.get(wish.kind, "")
    can_be_noted = False
    if wish.enrolment and step:
        way = way_of(wish.enrolment, steps_of(session, [wish.enrolment.id])[wish.enrolment.id])
        can_be_noted = step in pages_for(way)
    return answer(
        "enrolments/asked.html",
        wish=wish,
        waits=wish.state is WayAskedState.WAITING,
        form=refusing if refusing.has_errors else form,
        entering=form,
        refusing=refusing,
        step=step,
        can_be_noted=can_be_noted,
        missing=missing_level(session, wish.learner_id, wish.programme) if wish.kind.is_to_begin else None,
        awards=queries.awards_of(session, wish.learner, wish.programme.provider_id),
        status=max(form.status, refusing.status),
    )


def wish_of(way_asked_id: int) -> WayAsked:
    wish: WayAsked = found(queries.wish_led(db.session(), signed_in(), way_asked_id))
    return wish
