"""Pages on which a lead notes a step: away, back, gone, completed; each says who is concerned and who will be told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, Response, request, url_for

from app.enrolments import queries, steps
from app.enrolments.asked import ANSWERING, waiting_for
from app.enrolments.forms import CompleteForm, LastDayForm, ReturnForm, StepOutForm, with_meanwhile
from app.enrolments.moves import COMPLETE, ENROLMENTS, READMIT, RETURN, STEP_OUT, TRANSFER, WITHDRAW
from app.models.academic.enrolment_steps import WayReason
from app.models.academic.way_asked import WayAsked
from app.models.people import Person
from app.models.programmes import Enrolment
from app.platform.clock import today
from app.platform.db import db
from app.platform.lifecycle import Party
from app.promises.stepping_away import Meanwhile, OfPlacement, Resting, resting_on
from app.rules.enrolments.standing import Standing, Way, steps_of, way_of
from app.web.access import Permission, found, refuse, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import id_in
from app.web.fields import Day, SureForm
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

blueprint = Blueprint("steps", __name__)
DAY = timedelta(days=1)
OUT_CHOICES = (OfPlacement.PAUSE, OfPlacement.END, OfPlacement.STAYS)


@dataclass(frozen=True)
class Page:
    """One of the pages: the deeds that it can do, its form, its heading, and what may become of a placement."""

    deeds: tuple[str, ...]
    form: type[SureForm]
    heading: str
    choices: tuple[OfPlacement, ...] = ()
    is_last_day: bool = False


PAGES = {
    "step-out": Page((STEP_OUT,), StepOutForm, "steps out", OUT_CHOICES),
    "return": Page((RETURN, READMIT), ReturnForm, "is back"),
    "leave": Page((WITHDRAW, TRANSFER), LastDayForm, "leaves the programme", is_last_day=True),
    "complete": Page(
        (COMPLETE,),
        CompleteForm,
        "has completed the level",
        (OfPlacement.END, OfPlacement.STAYS),
        is_last_day=True,
    ),
}


def pages_for(way: Way) -> list[str]:
    """The pages that somebody who stands so can be on: what her page offers."""
    possible = {move.deed for move in ENROLMENTS.possible(way.at_last, Party.PROGRAMME_LEAD)}
    return [name for name, page in PAGES.items() if possible.intersection(page.deeds)]


@blueprint.get("/enrolments/<int:enrolment_id>/note/<way_step>")
@requires(Permission.ENROL_LEARNERS)
def ask(enrolment_id: int, way_step: str) -> Response:
    enrolment, learner, page, way = noted(enrolment_id, way_step)
    if way_step not in pages_for(way):
        flash("Something else was noted by now. The page shows where the learner stands.")
        return go_to(url_for("enrolments.show", enrolment_id=enrolment_id))
    resting = resting_on(db.session(), enrolment, today(), today())
    form = form_of(page, way, resting)(formdata=None, data=as_asked(enrolment, learner, page))
    return step_page(form, enrolment, learner, way_step, resting)


@blueprint.post("/enrolments/<int:enrolment_id>/note/<way_step>")
@requires(Permission.ENROL_LEARNERS)
def note(enrolment_id: int, way_step: str) -> Response:
    enrolment, learner, page, way = noted(enrolment_id, way_step)
    resting = resting_on(db.session(), enrolment, today(), today())
    form = form_of(page, way, resting)()
    if not form.does(step_as_said(form, enrolment, learner, page, way)):
        return step_page(form, enrolment, learner, way_step, resting)
    flash(f"It is noted. {learner.name} and everybody concerned are told by email.")
    return go_to(url_for("enrolments.show", enrolment_id=enrolment_id))


def step_as_said(form: SureForm, enrolment: Enrolment, learner: Person, page: Page, way: Way) -> Callable[[], object]:
    def done() -> object:
        reason = WayReason[form["reason"].data] if "reason" in form else None
        day: Day = form["day"]
        returns_on = form["returns_on"].data if "returns_on" in form else None
        said = steps.Said(
            day.given + DAY if page.is_last_day else day.given, reason, form["words"].data or "", returns_on
        )
        deed = deed_meant(page, way, reason)
        meanwhile, is_sure = meanwhile_in(form), bool(form.is_sure.data)
        return steps.take_step(
            db.session(), this_occasion(), enrolment, learner, deed, said, meanwhile, is_sure=is_sure
        )

    return done


def deed_meant(page: Page, way: Way, reason: WayReason | None) -> str:
    """Who leaves to go on elsewhere transfers; who returns after she had left is taken back."""
    if reason is WayReason.GOES_ON and TRANSFER in page.deeds:
        return TRANSFER
    if READMIT in page.deeds and way.at_last is not Standing.STEPPED_OUT:
        return READMIT
    return page.deeds[0]


def meanwhile_in(form: SureForm) -> Meanwhile:
    placements = OfPlacement[form["placements"].data] if "placements" in form else None
    return Meanwhile(placements, "requests" not in form or form["requests"].data == "keep")


def form_of(page: Page, way: Way, resting: Resting) -> type[SureForm]:
    asks_of_requests = STEP_OUT in page.deeds and bool(resting.requests or resting.offers)
    choices = page.choices or ((OfPlacement.END, OfPlacement.STAYS) if page.is_last_day else ())
    return with_meanwhile(page.form, choices if resting.placements else (), asks_of_requests)


def as_asked(enrolment: Enrolment, learner: Person, page: Page) -> dict[str, object]:
    """What the learner asked for, where she did: the lead reads it over and changes what has to be."""
    wish = wish_waiting(enrolment, learner)
    if wish is None or wish.kind not in {ANSWERING[deed] for deed in page.deeds}:
        return {}
    return {
        "day": wish.day,
        "returns_on": wish.returns_on,
        "reason": wish.reason.name if wish.reason else None,
    }


def wish_waiting(enrolment: Enrolment, learner: Person) -> WayAsked | None:
    wish = waiting_for(db.session(), learner, enrolment.programme)
    return wish if wish and wish.enrolment_id == enrolment.id else None


def step_page(form: SureForm, enrolment: Enrolment, learner: Person, way_step: str, resting: Resting) -> Response:
    return answer(
        "enrolments/note.html",
        form=form,
        enrolment=enrolment,
        learner=learner,
        way_step=way_step,
        heading=PAGES[way_step].heading,
        resting=resting,
        wish=wish_waiting(enrolment, learner),
        status=form.status,
    )


@blueprint.post("/enrolments/<int:enrolment_id>/take-back")
@requires(Permission.ENROL_LEARNERS)
def take_back(enrolment_id: int) -> Response:
    enrolment, learner = found(queries.enrolment_led(db.session(), signed_in(), enrolment_id))
    steps.take_back_step(db.session(), this_occasion(), enrolment, learner, id_in(request.form.get("step", "")))
    flash("The last step does not count any more. Everybody who was told of it is told of that too.")
    return go_to(url_for("enrolments.show", enrolment_id=enrolment_id))


def noted(enrolment_id: int, way_step: str) -> tuple[Enrolment, Person, Page, Way]:
    enrolment, learner = found(queries.enrolment_led(db.session(), signed_in(), enrolment_id))
    if way_step not in PAGES:
        refuse(404)
    way = way_of(enrolment, steps_of(db.session(), [enrolment.id])[enrolment.id])
    return enrolment, learner, PAGES[way_step], way
