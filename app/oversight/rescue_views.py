"""Pages on which a coordinator says what comes next for placements that cannot stay as they are."""

from collections.abc import Sequence
from datetime import timedelta

from flask import Response, url_for

from app.language.dates_and_times import day_in_words
from app.language.refusal import Overtaken, Refused
from app.models.course.next_places import NextPlace
from app.models.placements import Cause, Outcome, Placement
from app.models.studies import Opening
from app.oversight import rescue_queries, service
from app.oversight.base_views import blueprint, placement_reached
from app.oversight.forms import AnswerForm, EndForm, MoveForm, PauseForm
from app.oversight.possible import page_of_possible
from app.oversight.proposing import proposals_for
from app.phrasebook.risks import risks_in_words
from app.platform.clock import today
from app.platform.db import db
from app.promises.course.going_on import Onward, waiting_next_places
from app.rules.course.courses import risks_by_placement
from app.rules.course.next_openings import NextOpenings
from app.rules.course.risks import AtRisk, Risk
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion
from app.web.paging import page_of_rows

CAUSE_OF = {
    Risk.MENTOR_GONE: Cause.MENTOR_LEAVES,
    Risk.MENTOR_LEAVES: Cause.MENTOR_LEAVES,
    Risk.STUDY_STOPPED: Cause.STUDY_STOPPED,
}
ANSWER_WITHIN = timedelta(days=7)


@blueprint.get("/our-placements/rescue")
@requires(Permission.OVERSEE_PLACEMENTS)
def rescue() -> Response:
    session, day = db.session(), today()
    to_rescue = rescue_queries.ids_to_rescue(session, signed_in(), day)
    page = page_of_rows(to_rescue, page_asked(), rescue_queries.RESCUED_ROWS)
    risks = risks_by_placement(session, day, Placement.id.in_(page.rows))
    placements = rescue_queries.placements_to_rescue(session, signed_in(), sorted(risks))
    ids = [one.id for one in placements]
    waiting = rescue_queries.next_places_of(session, ids, day)
    homeless = [one for one in placements if rescue_queries.needs_opening(risks[one.id]) and one.id not in waiting]
    first_days = {one.id: rescue_queries.first_day_elsewhere(one, risks[one.id], day) for one in homeless}
    return answer(
        "oversight/rescue.html",
        page=page,
        placements=placements,
        words={one.id: risks_in_words(risks[one.id], day) for one in placements},
        needs_opening={one.id for one in placements if rescue_queries.needs_opening(risks[one.id])},
        wishes=rescue_queries.open_wishes(session, ids),
        waiting=waiting,
        gone=gone_in_words(ids),
        first_days=first_days,
        proposed=proposals_for(session, signed_in(), homeless, first_days, day) if homeless else {},
        today=day,
    )


def gone_in_words(placement_ids: Sequence[int]) -> dict[int, str]:
    """By placement, where a place that was kept for it to go on is gone: with whom, and why."""
    broken = rescue_queries.broken_places(db.session(), placement_ids)
    return {
        id_: f"The place with {one.opening.mentor.name} is gone. {rescue_queries.why_broken(one, signed_in())}".strip()
        for id_, one in broken.items()
    }


@blueprint.get("/our-placements/<int:placement_id>/elsewhere")
@requires(Permission.OVERSEE_PLACEMENTS)
def elsewhere(placement_id: int) -> Response:
    """The openings on which it could go on."""
    placement, day = placement_reached(placement_id), today()
    service.check_current(placement, day)
    first = rescue_queries.first_day_elsewhere(placement, risks_about(placement), day)
    asked = NextOpenings(db.session(), [placement], {placement.id: first}, day)
    page = page_of_possible(db.session(), signed_in(), placement, asked, page_asked())
    return answer("oversight/elsewhere.html", placement=placement, first_day=first, page=page)


@blueprint.get("/our-placements/<int:placement_id>/elsewhere/<int:next_opening_id>")
@requires(Permission.OVERSEE_PLACEMENTS)
def ask_to_move(placement_id: int, next_opening_id: int) -> Response:
    placement, opening = placement_reached(placement_id), opening_reached(next_opening_id)
    service.check_current(placement, today())
    risks = risks_about(placement)
    first = rescue_queries.first_day_elsewhere(placement, risks, today())
    asked = NextOpenings(db.session(), [placement], {placement.id: first}, today())
    first = asked.first_day(placement, opening) or first
    same = service.is_same_study(placement, opening)
    form = move_form(
        placement,
        opening,
        formdata=None,
        first_day=first,
        last_day=min(placement.ends_on, opening.ends_on) if same else opening.ends_on,
        answer_by=min(today() + ANSWER_WITHIN, first),
    )
    form.cause.data = next((CAUSE_OF[one.risk].name for one in risks if one.risk in CAUSE_OF), "")
    return move_page(placement, opening, form)


@blueprint.post("/our-placements/<int:placement_id>/elsewhere/<int:next_opening_id>")
@requires(Permission.OVERSEE_PLACEMENTS)
def move(placement_id: int, next_opening_id: int) -> Response:
    placement, opening = placement_reached(placement_id), opening_reached(next_opening_id)
    service.check_current(placement, today())
    form = move_form(placement, opening)
    if not form.validate():
        return move_page(placement, opening, form)
    onward = Onward(
        opening, form.first_day.given, form.last_day.given, Cause[str(form.cause.data)], str(form.reason.data)
    )
    answer_by = form.answer_by.given if "answer_by" in form else today()
    try:
        made = service.move_on(db.session(), placement, onward, answer_by, bool(form.is_sure.data), this_occasion())
    except Refused as refusal:
        form.refuse(refusal)
        return move_page(placement, opening, form, status_of(refusal))
    flash(what_was_moved(placement, made))
    return go_to(url_for("oversight.show", placement_id=placement.id if isinstance(made, NextPlace) else made.id))


def what_was_moved(placement: Placement, made: Placement | NextPlace) -> str:
    """Who was told, and what comes next."""
    mentor = made.opening.mentor.name
    if isinstance(made, NextPlace):
        until = day_in_words(made.answer_by)
        return f"The place with {mentor} is kept. {placement.learner.name} has been told and can answer until {until}."
    return (
        f"From {day_in_words(made.starts_on)} the placement goes on with {mentor}. Learner, both mentors, the other "
        "coordinators and the university have been told."
    )


def move_form(placement: Placement, opening: Opening, **given: object) -> MoveForm:
    form = MoveForm(**given)
    if service.is_same_study(placement, opening):
        form.leave_out(["answer_by"])
    return form


def move_page(placement: Placement, opening: Opening, form: MoveForm, status: int | None = None) -> Response:
    return answer(
        "oversight/move.html",
        placement=placement,
        opening=opening,
        form=form,
        is_same_study=service.is_same_study(placement, opening),
        waiting=waiting_next_places(db.session(), placement),
        status=status or form.status,
    )


def status_of(refusal: Refused) -> int:
    """409 where somebody was faster, 422 where what was entered cannot be."""
    return 409 if isinstance(refusal, Overtaken) else 422


@blueprint.post("/our-placements/<int:placement_id>/next-place/take-back")
@requires(Permission.OVERSEE_PLACEMENTS)
def take_back(placement_id: int) -> Response:
    placement = placement_reached(placement_id)
    service.take_back_next_place(db.session(), placement, this_occasion())
    flash(f"The place is no longer offered. {placement.learner.name} has been told.")
    return go_to(url_for("oversight.show", placement_id=placement.id))


@blueprint.get("/our-placements/<int:placement_id>/pause")
@requires(Permission.OVERSEE_PLACEMENTS)
def ask_pause(placement_id: int) -> Response:
    placement = placement_reached(placement_id)
    service.check_current(placement, today())
    wished = next((one for one in risks_about(placement) if one.risk is Risk.ASKS_TO_PAUSE), None)
    first = wished.day if wished else max(today(), placement.starts_on)
    return pause_page(placement, PauseForm(formdata=None, from_on=first, ends_on=placement.ends_on))


@blueprint.post("/our-placements/<int:placement_id>/pause")
@requires(Permission.OVERSEE_PLACEMENTS)
def pause(placement_id: int) -> Response:
    placement, form = placement_reached(placement_id), PauseForm()
    service.check_current(placement, today())
    if form.validate():
        rest = service.Rest(form.from_on.given, form.resumes_on.given, form.ends_on.given, str(form.reason.data))
        try:
            service.pause_placement(db.session(), placement, rest, bool(form.is_sure.data), this_occasion())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(f"The placement rests until {day_in_words(rest.resumes_on)}. {told(placement)}")
            return go_to(url_for("oversight.show", placement_id=placement.id))
    return pause_page(placement, form)


def pause_page(placement: Placement, form: PauseForm) -> Response:
    waiting = waiting_next_places(db.session(), placement)
    return answer("oversight/pause.html", placement=placement, form=form, waiting=waiting, status=form.status)


@blueprint.post("/our-placements/<int:placement_id>/go-on")
@requires(Permission.OVERSEE_PLACEMENTS)
def let_go_on(placement_id: int) -> Response:
    placement = placement_reached(placement_id)
    service.let_go_on(db.session(), placement, this_occasion())
    flash(f"The placement goes on from today. {told(placement)}")
    return go_to(url_for("oversight.show", placement_id=placement.id))


@blueprint.get("/our-placements/<int:placement_id>/end")
@requires(Permission.OVERSEE_PLACEMENTS)
def ask_end(placement_id: int) -> Response:
    placement = placement_reached(placement_id)
    service.check_current(placement, today())
    return end_page(placement, end_form(placement, formdata=None, last_day=today()))


@blueprint.post("/our-placements/<int:placement_id>/end")
@requires(Permission.OVERSEE_PLACEMENTS)
def end(placement_id: int) -> Response:
    placement = placement_reached(placement_id)
    service.check_current(placement, today())
    form = end_form(placement)
    if form.validate():
        said = Outcome[str(form.outcome.data)], Cause[str(form.cause.data)], form.last_day.given, str(form.reason.data)
        try:
            service.end_placement(db.session(), placement, *said, bool(form.is_sure.data), this_occasion())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(f"The placement has ended: {said[0].value}. {told(placement)}")
            return go_to(url_for("oversight.show", placement_id=placement.id))
    return end_page(placement, form)


def end_form(placement: Placement, **given: object) -> EndForm:
    form = EndForm(**given)
    form.offer_outcomes(placement.has_begun_on(today()))
    return form


def end_page(placement: Placement, form: EndForm) -> Response:
    waiting = waiting_next_places(db.session(), placement)
    return answer(
        "oversight/end.html", placement=placement, form=form, waiting=waiting, today=today(), status=form.status
    )


@blueprint.get("/our-placements/<int:placement_id>/wishes/<int:wish_id>")
@requires(Permission.OVERSEE_PLACEMENTS)
def ask_refusal(placement_id: int, wish_id: int) -> Response:
    placement = placement_reached(placement_id)
    wish = found(rescue_queries.wish_reached(db.session(), placement, wish_id))
    return answer("oversight/wish.html", placement=placement, wish=wish, form=AnswerForm(formdata=None))


@blueprint.post("/our-placements/<int:placement_id>/wishes/<int:wish_id>")
@requires(Permission.OVERSEE_PLACEMENTS)
def refuse(placement_id: int, wish_id: int) -> Response:
    placement, form = placement_reached(placement_id), AnswerForm()
    wish = found(rescue_queries.wish_reached(db.session(), placement, wish_id))
    if form.validate():
        said, is_sure = str(form.answer.data), bool(form.is_sure.data)
        try:
            service.refuse_wish(db.session(), placement, wish, said, is_sure, this_occasion())
        except Overtaken:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(f"The placement stays as it is. {wish.asked_by.name} has been told why.")
            return go_to(url_for("oversight.show", placement_id=placement.id))
    return answer("oversight/wish.html", placement=placement, wish=wish, form=form, status=form.status)


def told(placement: Placement) -> str:
    """Who gets a mail of what was just done."""
    return (
        f"{placement.learner.name}, {placement.mentor.name}, the other coordinators and the university have been told."
    )


def risks_about(placement: Placement) -> list[AtRisk]:
    return risks_by_placement(db.session(), today(), Placement.id == placement.id).get(placement.id, [])


def opening_reached(opening_id: int) -> Opening:
    opening: Opening = found(rescue_queries.opening_to_take_over(db.session(), signed_in(), opening_id))
    return opening
