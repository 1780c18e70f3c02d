"""Pages of what follows a publication: free places and who comes next, a clearing turn, and more time to answer."""

from datetime import timedelta

from flask import Blueprint, Response, url_for

from app.language.local_times import until_in_words
from app.language.numbers import count
from app.language.refusal import Refused
from app.language.working_days import working_day_after
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.models.studies import Opening
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.jobs import enqueue
from app.rounds.clearing import service
from app.rounds.clearing.forms import MoreTimeForm, OfferPlaceForm, OpenTurnForm
from app.rounds.clearing.groups import groups_told, only_together
from app.rounds.clearing.moving_up import views as moving_up
from app.rounds.clearing.moving_up.candidates import MayMoveUp, who_may_move_up
from app.rounds.clearing.moving_up.queries import kept_in, moved_away
from app.rounds.clearing.next_in_line import InLine, next_in_line
from app.rounds.clearing.places import (
    free_by_round,
    free_places,
    opening_of_round,
    openings_freed,
    waiting_in,
)
from app.rounds.inputs import rank_of
from app.rounds.policies import meaning_of
from app.rounds.queries import request_in_round, round_of
from app.rounds.questions.jobs import explain_offers
from app.rounds.runs.queries import published_stages
from app.web.access import Permission, found, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion
from app.web.paging import page_of_rows

blueprint = Blueprint("clearing", __name__)
blueprint.register_blueprint(moving_up.blueprint)

DAYS_TO_ANSWER = 5  # working days, which a form begins with
DAYS_TO_HEAR = timedelta(weeks=1)


@blueprint.get("/rounds/<int:round_id>/free-places")
@requires(Permission.RUN_ROUNDS)
def index(round_id: int) -> Response:
    round_ = round_reached(round_id)
    if round_.published_at is None:
        return go_to(url_for("rounds.show", round_id=round_id))
    waiting = waiting_in(db.session(), round_, today())
    in_line, why_not = line_of(round_) if waiting else (None, "")
    free = free_by_round(db.session(), [round_], today())[round_.id]
    freed, coming = openings_freed(db.session(), round_), in_line.by_opening if in_line else {}
    movers, why_no_moves = ({}, "") if why_not else movers_of(round_, in_line)
    order = sorted(free, key=lambda one: (one not in coming, one not in movers, one not in freed, one))
    page = page_of_rows(order, page_asked())
    return answer(
        "rounds/clearing/free_places.html",
        round=round_,
        page=page,
        rows=free_places(db.session(), round_, {one: free[one] for one in page.rows}),
        coming=coming,
        movers=movers,
        may_move=sum(map(len, movers.values())),
        why_no_moves=why_no_moves,
        kept=kept_in(db.session(), round_),
        moved=moved_away(db.session(), round_, page.rows),
        together=list(only_together(in_line)) if in_line else [],
        groups=groups_told(db.session(), round_, today()),
        why_not=why_not,
        waiting=waiting,
        meaning=meaning_of(published_stages(db.session(), round_)),
    )


def line_of(round_: MatchRound) -> tuple[InLine | None, str]:
    """Who comes next, or why that is not said here; in an open turn its runs say it."""
    if round_.open_turn:
        return None, ""
    try:
        return next_in_line(db.session(), round_, today()), ""
    except Refused as refusal:
        return None, refusal.message


def movers_of(round_: MatchRound, in_line: InLine | None) -> tuple[dict[int, list[MayMoveUp]], str]:
    """Who may move up, by opening id, or why that is not said here."""
    found: dict[int, list[MayMoveUp]] = {}
    if round_.open_turn:
        return found, ""
    try:
        for one in who_may_move_up(db.session(), round_, in_line, now()):
            found.setdefault(one.opening.id, []).append(one)
    except Refused as refusal:
        return {}, refusal.message
    return found, ""


@blueprint.get("/rounds/<int:round_id>/free-places/<int:opening_id>/<int:request_id>")
@requires(Permission.RUN_ROUNDS)
def ask_offer(round_id: int, opening_id: int, request_id: int) -> Response:
    round_ = round_reached(round_id)
    opening, wish = pair_reached(round_, opening_id, request_id)
    form = OfferPlaceForm(answer_by=working_day_after(today(), DAYS_TO_ANSWER))
    return offer_page(round_, opening, wish, form)


@blueprint.post("/rounds/<int:round_id>/free-places/<int:opening_id>/<int:request_id>")
@requires(Permission.RUN_ROUNDS)
def offer(round_id: int, opening_id: int, request_id: int) -> Response:
    round_, form = round_reached(round_id, for_update=True), OfferPlaceForm()
    opening, wish = pair_reached(round_, opening_id, request_id)
    if form.validate():
        wanted = service.Wanted(wish.id, wish.learner_id, opening, form.answer_by.given)
        try:
            made = service.offer_place(db.session(), this_occasion(), round_, wanted, offer_address)
        except Refused as refusal:
            if not refusal.field:
                raise
            form.refuse(refusal)
        else:
            enqueue(explain_offers, service.run_behind(db.session(), made))
            name, by = wish.learner.name, until_in_words(made.answer_until)
            flash(
                f"The place is offered to {name}, who answers by {by}. {name} and {opening.mentor.name} get an email."
            )
            return go_to(url_for("rounds.clearing.index", round_id=round_.id))
    return offer_page(round_, opening, wish, form)


def offer_page(round_: MatchRound, opening: Opening, wish: PlacementRequest, form: OfferPlaceForm) -> Response:
    """Whom it concerns, who will be told; or why this cannot be offered as things stand."""
    hindrance = ""
    try:
        service.refuse_offering(round_)
        if next_in_line(db.session(), round_, today()).pair(wish.id, opening.id) is None:
            hindrance = f"{wish.learner.name} does not come next for this place as things stand."
    except Refused as refusal:
        hindrance = refusal.message
    return answer(
        "rounds/clearing/offer_place.html",
        status=form.status,
        round=round_,
        opening=opening,
        wish=wish,
        rank=rank_of(wish, opening),
        form=form,
        hindrance=hindrance,
    )


@blueprint.get("/rounds/<int:round_id>/turns/new")
@requires(Permission.RUN_ROUNDS)
def ask_turn(round_id: int) -> Response:
    round_ = round_reached(round_id)
    hears_by = today() + DAYS_TO_HEAR
    form = OpenTurnForm(hears_by=hears_by, answer_by=working_day_after(hears_by, DAYS_TO_ANSWER))
    return turn_page(round_, form)


@blueprint.post("/rounds/<int:round_id>/turns/new")
@requires(Permission.RUN_ROUNDS)
def open_turn(round_id: int) -> Response:
    round_, form = round_reached(round_id, for_update=True), OpenTurnForm()
    if form.validate():
        try:
            service.open_turn(db.session(), this_occasion(), round_, form.hears_by.given, form.answer_by.given)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash("The clearing turn is open, and everybody who waits gets an email. Next: start a run.")
            return go_to(url_for("rounds.show", round_id=round_.id))
    return turn_page(round_, form)


def turn_page(round_: MatchRound, form: OpenTurnForm) -> Response:
    hindrance = ""
    try:
        service.refuse_offering(round_)
    except Refused as refusal:
        hindrance = refusal.message
    return answer(
        "rounds/clearing/new_turn.html",
        status=form.status,
        round=round_,
        form=form,
        hindrance=hindrance,
        waiting=waiting_in(db.session(), round_, today()),
        free=len(free_by_round(db.session(), [round_], today())[round_.id]),
    )


@blueprint.get("/rounds/<int:round_id>/turns/end")
@requires(Permission.RUN_ROUNDS)
def ask_end(round_id: int) -> Response:
    round_ = round_reached(round_id)
    if round_.open_turn is None:
        return go_to(url_for("rounds.show", round_id=round_id))
    waiting = waiting_in(db.session(), round_, today())
    return answer("rounds/clearing/end_turn.html", round=round_, waiting=waiting)


@blueprint.post("/rounds/<int:round_id>/turns/end")
@requires(Permission.RUN_ROUNDS)
def end_turn(round_id: int) -> Response:
    round_ = round_reached(round_id, for_update=True)
    waiting = len(waiting_in(db.session(), round_, today()))
    service.end_turn(db.session(), this_occasion(), round_)
    told = count(waiting, "learner who waits gets an email", "learners who wait get an email")
    flash(f"The clearing turn has ended without offers. {told}.")
    return go_to(url_for("rounds.clearing.index", round_id=round_.id))


@blueprint.get("/rounds/<int:round_id>/more-time")
@requires(Permission.RUN_ROUNDS)
def more_time(round_id: int) -> Response:
    round_ = round_reached(round_id)
    return answer("rounds/clearing/more_time.html", round=round_, form=more_time_form(round_))


@blueprint.post("/rounds/<int:round_id>/more-time")
@requires(Permission.RUN_ROUNDS)
def set_more_time(round_id: int) -> Response:
    round_, form = round_reached(round_id, for_update=True), MoreTimeForm()
    if form.validate() and form.rests_on(more_time_form(round_), round_):
        service.set_more_time(db.session(), this_occasion(), round_, form.more_time_days.given)
        flash("It is saved. Learners read it on the page of their offer.")
        return go_to(url_for("rounds.show", round_id=round_.id))
    return answer("rounds/clearing/more_time.html", status=form.status, round=round_, form=form)


def more_time_form(round_: MatchRound) -> MoreTimeForm:
    """The form with the number as it is."""
    return MoreTimeForm(formdata=None, obj=round_)


def offer_address(offer_id: int) -> str:
    return full_address("placements.offer", offer_id=offer_id)


def round_reached(round_id: int, for_update: bool = False) -> MatchRound:
    round_: MatchRound = found(round_of(db.session(), signed_in(), round_id, for_update))
    return round_


def pair_reached(round_: MatchRound, opening_id: int, request_id: int) -> tuple[Opening, PlacementRequest]:
    """Both of the round, or 404."""
    opening = found(opening_of_round(db.session(), round_, opening_id))
    return opening, found(request_in_round(db.session(), round_, request_id))
