"""Pages on which a coordinator says whether learners can move up, offers a better place to one, and takes it back."""

from datetime import date

from flask import Blueprint, Response, url_for

from app.language.local_times import until_in_words
from app.language.refusal import Refused
from app.language.working_days import working_day_after
from app.models.course.better_places import BetterPlace
from app.models.placements import Offer
from app.models.rounds import MatchRound
from app.models.studies import Opening
from app.platform.clock import today
from app.platform.db import db
from app.rounds.clearing.forms import OfferPlaceForm
from app.rounds.clearing.moving_up import service, taking_back
from app.rounds.clearing.moving_up.candidates import MayMoveUp, last_day
from app.rounds.clearing.moving_up.forms import MovingUpForm, TakeBackForm
from app.rounds.clearing.moving_up.queries import better_place_in, offer_in_round
from app.rounds.clearing.places import opening_of_round
from app.rounds.clearing.service import refuse_offering
from app.rounds.queries import round_of
from app.web.access import Permission, found, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

blueprint = Blueprint("moving_up", __name__)

DAYS_TO_ANSWER = 3  # working days, which a form begins with


@blueprint.get("/rounds/<int:round_id>/moving-up")
@requires(Permission.RUN_ROUNDS)
def ask(round_id: int) -> Response:
    round_ = round_reached(round_id)
    return answer("rounds/clearing/moving_up/whether.html", round=round_, form=form_of(round_))


@blueprint.post("/rounds/<int:round_id>/moving-up")
@requires(Permission.RUN_ROUNDS)
def say(round_id: int) -> Response:
    round_, form = round_reached(round_id, for_update=True), MovingUpForm()
    if form.validate() and form.rests_on(form_of(round_), round_):
        service.say_whether(db.session(), this_occasion(), round_, bool(form.moves_up.data))
        flash("It is saved. Learners and mentors read it in the plan of the round.")
        return go_to(url_for("rounds.show", round_id=round_.id))
    return answer("rounds/clearing/moving_up/whether.html", status=form.status, round=round_, form=form)


def form_of(round_: MatchRound) -> MovingUpForm:
    """The form with what is said now."""
    return MovingUpForm(formdata=None, obj=round_)


@blueprint.get("/rounds/<int:round_id>/free-places/<int:opening_id>/move-up/<int:offer_id>")
@requires(Permission.RUN_ROUNDS)
def ask_offer(round_id: int, opening_id: int, offer_id: int) -> Response:
    round_ = round_reached(round_id)
    opening, offer_ = pair_reached(round_, opening_id, offer_id)
    return offer_page(round_, opening, offer_)


@blueprint.post("/rounds/<int:round_id>/free-places/<int:opening_id>/move-up/<int:offer_id>")
@requires(Permission.RUN_ROUNDS)
def offer(round_id: int, opening_id: int, offer_id: int) -> Response:
    round_, form = round_reached(round_id, for_update=True), OfferPlaceForm()
    opening, offer_ = pair_reached(round_, opening_id, offer_id)
    if form.validate():
        wanted = service.Wanted(offer_, opening, form.answer_by.given)
        try:
            made = service.offer_better_place(db.session(), this_occasion(), round_, wanted, place_address)
        except Refused as refusal:
            if not refusal.field:
                raise
            form.refuse(refusal)
        else:
            name, by = offer_.request.learner.name, until_in_words(service.until_of(made))
            flash(f"{name} can move up, and answers by {by}. {name} and {opening.mentor.name} get an email.")
            return go_to(url_for("rounds.clearing.index", round_id=round_.id))
    return offer_page(round_, opening, offer_, form)


def offer_page(round_: MatchRound, opening: Opening, offer_: Offer, form: OfferPlaceForm | None = None) -> Response:
    """Whom it concerns, who will be told; or why this cannot be offered as things stand."""
    mover, hindrance = None, ""
    try:
        refuse_offering(round_)
        mover = service.one_of(service.may_move_up(db.session(), this_occasion(), round_), offer_, opening)
    except Refused as refusal:
        hindrance = refusal.message
    if mover is None and not hindrance:
        hindrance = f"{offer_.request.learner.name} cannot move up to this place as things stand."
    form = form or OfferPlaceForm(answer_by=first_suggestion(mover))
    return answer(
        "rounds/clearing/moving_up/offer.html",
        status=form.status,
        round=round_,
        opening=opening,
        offer=offer_,
        mover=mover,
        last_day=last_day(mover.hold) if mover else None,
        form=form,
        hindrance=hindrance,
    )


def first_suggestion(mover: MayMoveUp | None) -> date:
    """Soon, and not after what she has begins or ends."""
    soon = working_day_after(today(), DAYS_TO_ANSWER)
    return min(soon, last_day(mover.hold)) if mover else soon


@blueprint.get("/rounds/<int:round_id>/better-places/<int:better_place_id>/take-back")
@requires(Permission.RUN_ROUNDS)
def ask_take_back(round_id: int, better_place_id: int) -> Response:
    round_ = round_reached(round_id)
    return take_back_page(round_, better_place_reached(round_, better_place_id), TakeBackForm(formdata=None))


@blueprint.post("/rounds/<int:round_id>/better-places/<int:better_place_id>/take-back")
@requires(Permission.RUN_ROUNDS)
def take_back(round_id: int, better_place_id: int) -> Response:
    round_, form = round_reached(round_id), TakeBackForm()
    place = better_place_reached(round_, better_place_id)
    if form.does(lambda: taking_back.take_back(db.session(), this_occasion(), place, *said_in(form))):
        learner, mentor = place.offer.request.learner.name, place.opening.mentor.name
        flash(f"It is taken back. {learner} keeps what was there; {learner} and {mentor} get an email.")
        return go_to(url_for("rounds.clearing.index", round_id=round_.id))
    return take_back_page(round_, place, form)


def said_in(form: TakeBackForm) -> tuple[str, bool]:
    return str(form.reason.data), bool(form.is_sure.data)


def take_back_page(round_: MatchRound, place: BetterPlace, form: TakeBackForm) -> Response:
    return answer(
        "rounds/clearing/moving_up/take_back.html",
        status=form.status,
        round=round_,
        place=place,
        state=place.state_on(today()),
        form=form,
    )


def place_address(better_place_id: int) -> str:
    return full_address("placements.moving_up.show", better_place_id=better_place_id)


def round_reached(round_id: int, for_update: bool = False) -> MatchRound:
    round_: MatchRound = found(round_of(db.session(), signed_in(), round_id, for_update))
    return round_


def pair_reached(round_: MatchRound, opening_id: int, offer_id: int) -> tuple[Opening, Offer]:
    """Both of the round, or 404."""
    opening = found(opening_of_round(db.session(), round_, opening_id))
    return opening, found(offer_in_round(db.session(), round_, offer_id))


def better_place_reached(round_: MatchRound, better_place_id: int) -> BetterPlace:
    place: BetterPlace = found(better_place_in(db.session(), round_, better_place_id))
    return place
