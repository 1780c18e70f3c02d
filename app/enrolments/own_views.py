"""Pages of a learner about her own way: where she stands, and what she asks."""

from flask import Blueprint, Response, url_for

from app.enrolments import asked, queries
from app.enrolments.asked import POSSIBLE, Words
from app.enrolments.brought import sharing
from app.enrolments.forms import ApplyForm, AskForm, AskStepOutForm, offer_starts
from app.models.academic.enrolment_steps import WayReason
from app.models.academic.way_asked import WayAskedKind, WayAskedState
from app.models.programmes import Enrolment
from app.platform.clock import today
from app.platform.db import db
from app.rules.academic.supervisors import assignments_of
from app.rules.enrolments.standing import Way, steps_of, way_of
from app.rules.enrolments.starts import Start, starts_at
from app.web.access import Permission, found, refuse, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion
from app.web.security import limit_deeds

blueprint = Blueprint("own", __name__)
WAYS = {"step-out": WayAskedKind.STEP_OUT, "return": WayAskedKind.RETURN, "leave": WayAskedKind.LEAVE}


@blueprint.get("/my-programme")
@requires(Permission.FOLLOW_OWN_WAY)
def show() -> Response:
    session, learner, day = db.session(), signed_in(), today()
    enrolments = queries.enrolments_of(session, learner)
    ids = [one.id for one in enrolments]
    steps = steps_of(session, ids)
    ways = {one.id: way_of(one, steps[one.id]) for one in enrolments}
    wishes = queries.wishes_of(session, learner)
    waiting = {one.programme_id for one in wishes if one.state is WayAskedState.WAITING}
    return answer(
        "enrolments/mine.html",
        enrolments=enrolments,
        steps=steps,
        stands={id_: way.on(day) for id_, way in ways.items()},
        possible={one.id: () if one.programme_id in waiting else names_possible(ways[one.id]) for one in enrolments},
        supervisors=assignments_of(session, ids),
        wishes=wishes,
        awards=queries.awards_of(session, learner),
        sharings=queries.sharings_of(session, learner),
    )


def names_possible(way: Way) -> tuple[str, ...]:
    """What she can ask now, as the addresses have it."""
    return tuple(name for name, kind in WAYS.items() if kind in POSSIBLE[way.at_last])


@blueprint.get("/my-programme/apply")
@requires(Permission.FOLLOW_OWN_WAY)
def ask_place() -> Response:
    return apply_page(ApplyForm(formdata=None))


@blueprint.post("/my-programme/apply")
@requires(Permission.FOLLOW_OWN_WAY)
@limit_deeds("20 per hour")
def apply() -> Response:
    form, starts, left = ApplyForm(), starts_open(), enrolments_to_leave()
    offer(form, starts, left)

    def done() -> None:
        session, occasion, start = db.session(), this_occasion(), starts[str(form.start.data)]
        leaving = left.get(str(form.leaving.data or ""))
        is_sure = bool(form.is_sure.data)
        asked.apply(session, occasion, signed_in(), start, leaving, form.words.data or "", is_sure=is_sure)
        if form.shares.data:
            sharing.share(session, occasion, signed_in(), start.programme.provider)

    if not form.does(done):
        return apply_page(form)
    flash("It is sent. The programme leads are told by email and answer; you hear by email.")
    return go_to(url_for("enrolments.own.show"))


def apply_page(form: ApplyForm) -> Response:
    left = enrolments_to_leave()
    offer(form, starts_open(), left)
    return answer("enrolments/apply.html", form=form, leaves=bool(left), status=form.status)


def offer(form: ApplyForm, starts: dict[str, Start], left: dict[str, Enrolment]) -> None:
    offer_starts(form.start, list(starts.values()), with_university=True)
    leaving = [(key, f"{one.programme.title}, {one.programme.provider.name}") for key, one in left.items()]
    form.leaving.offer([("", "No"), *leaving])


def starts_open() -> dict[str, Start]:
    """What she can ask for: programmes on which she neither is nor was."""
    session, day = db.session(), today()
    known = {one.programme_id for one in queries.enrolments_of(session, signed_in())}
    return {one.key: one for one in starts_at(session, day) if one.programme.id not in known}


def enrolments_to_leave() -> dict[str, Enrolment]:
    enrolments = queries.enrolments_of(db.session(), signed_in())
    steps = steps_of(db.session(), [one.id for one in enrolments])
    return {
        str(one.id): one for one in enrolments if WayAskedKind.LEAVE in POSSIBLE[way_of(one, steps[one.id]).at_last]
    }


@blueprint.get("/my-programme/<int:own_enrolment_id>/ask/<way_kind>")
@requires(Permission.FOLLOW_OWN_WAY)
def ask(own_enrolment_id: int, way_kind: str) -> Response:
    enrolment, form = own(own_enrolment_id), form_for(way_kind, formdata=None)
    way = way_of(enrolment, steps_of(db.session(), [enrolment.id])[enrolment.id])
    waits = asked.waiting_for(db.session(), signed_in(), enrolment.programme) is not None
    if waits or way_kind not in names_possible(way):
        flash("That cannot be asked now. The page says where you stand, and what you have asked.")
        return go_to(url_for("enrolments.own.show"))
    return ask_page(form, enrolment, way_kind)


@blueprint.post("/my-programme/<int:own_enrolment_id>/ask/<way_kind>")
@requires(Permission.FOLLOW_OWN_WAY)
@limit_deeds("20 per hour")
def send(own_enrolment_id: int, way_kind: str) -> Response:
    enrolment, form = own(own_enrolment_id), form_for(way_kind)

    def done() -> None:
        said = Words(
            form.day.given,
            form["returns_on"].data if "returns_on" in form else None,
            WayReason[form.reason.data] if form.reason.data else None,
            form.words.data or "",
        )
        is_sure = bool(form.is_sure.data)
        asked.ask(db.session(), this_occasion(), enrolment, WAYS[way_kind], said, is_sure=is_sure)

    if not form.does(done):
        return ask_page(form, enrolment, way_kind)
    flash("It is sent. The programme leads are told by email and answer. Until then everything stays as it is.")
    return go_to(url_for("enrolments.own.show"))


def form_for(way_kind: str, **given: object) -> AskForm:
    if way_kind not in WAYS:
        refuse(404)
    return AskStepOutForm(**given) if way_kind == "step-out" else AskForm(**given)


def ask_page(form: AskForm, enrolment: Enrolment, way_kind: str) -> Response:
    return answer("enrolments/ask.html", form=form, enrolment=enrolment, way_kind=way_kind, status=form.status)


@blueprint.post("/my-programme/asked/<int:own_way_asked_id>/take-back")
@requires(Permission.FOLLOW_OWN_WAY)
def take_back(own_way_asked_id: int) -> Response:
    wish = found(queries.own_wish(db.session(), signed_in(), own_way_asked_id))
    asked.take_back(db.session(), this_occasion(), wish)
    flash("It is taken back. The programme leads are told by email.")
    return go_to(url_for("enrolments.own.show"))


def own(enrolment_id: int) -> Enrolment:
    enrolment: Enrolment = found(queries.own_enrolment(db.session(), signed_in(), enrolment_id))
    return enrolment
