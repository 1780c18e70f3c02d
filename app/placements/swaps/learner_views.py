"""Pages on which a learner gives away a code, asks another one to swap, and answers."""

from flask import Response, request, url_for

from app.language.refusal import Overtaken
from app.models.course.swaps import Swap, SwapState, code_typed
from app.models.placements import Terms
from app.placements.swaps import service
from app.placements.swaps.base_views import blueprint
from app.placements.swaps.forms import CodeForm
from app.placements.swaps.queries import (
    good_code,
    hold_by,
    hold_by_code,
    hold_of_learner,
    swap_of_learner,
    swaps_of_offer,
)
from app.platform.clock import now, today
from app.platform.db import db
from app.rules.course.swapping import Hold
from app.rules.eligibility import first_day_together
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion
from app.web.security import limit_guesses

NOBODY = "No place of your round has this code now. Check each letter, or ask the other learner for a new code"
limit_codes = limit_guesses("30 per 15 minutes", lambda: f"codes of {signed_in().id}")


@blueprint.get("/offers/<int:offer_id>/swap")
@requires(Permission.ANSWER_OFFER)
def start(offer_id: int) -> Response:
    return start_page(own_hold(offer_id), CodeForm(formdata=None))


@blueprint.post("/offers/<int:offer_id>/swap/code")
@requires(Permission.ANSWER_OFFER)
def make_code(offer_id: int) -> Response:
    service.make_code(db.session(), this_occasion(), own_hold(offer_id))
    flash("You have a new code. Give it to nobody but the learner with whom you want to swap.")
    return go_to(url_for("placements.swaps.start", offer_id=offer_id))


@blueprint.post("/offers/<int:offer_id>/swap")
@requires(Permission.ANSWER_OFFER)
@limit_codes
def find(offer_id: int) -> Response:
    hold, form = own_hold(offer_id), CodeForm()
    if form.validate():
        code = code_typed(str(form.code.data))
        if hold_by_code(db.session(), hold.offer, code):
            return go_to(url_for("placements.swaps.ask", offer_id=offer_id, code=code))
        form.code.errors = [NOBODY]
    return start_page(hold, form, status=form.status)


def start_page(hold: Hold, form: CodeForm, status: int = 200) -> Response:
    return answer(
        "placements/swaps/start.html",
        hold=hold,
        can_swap=hold.can_be_swapped_at(now()),
        code=good_code(db.session(), hold.offer),
        swaps=swaps_of_offer(db.session(), hold.offer),
        form=form,
        person=signed_in(),
        status=status,
    )


@blueprint.get("/offers/<int:offer_id>/swap/with/<code>")
@requires(Permission.ANSWER_OFFER)
@limit_codes
def ask(offer_id: int, code: str) -> Response:
    return ask_page(own_hold(offer_id), code)


@blueprint.post("/offers/<int:offer_id>/swap/with/<code>")
@requires(Permission.ANSWER_OFFER)
@limit_codes
def propose(offer_id: int, code: str) -> Response:
    mine = own_hold(offer_id)
    theirs = other_hold(mine, code)
    try:
        swap = service.propose_swap(
            db.session(), this_occasion(), mine.offer, theirs.offer, request.form.get("agreed", "")
        )
    except Overtaken as refusal:
        db.session().rollback()
        return ask_page(own_hold(offer_id), code, refusal.message, status=409)
    flash(f"{theirs.offer.request.learner.name} gets an email, and says yes or no. Until then you keep what you have.")
    return go_to(url_for("placements.swaps.show", swap_id=swap.id))


def ask_page(mine: Hold, code: str, complaint: str = "", status: int = 200) -> Response:
    """Both places side by side, and whether they can be swapped."""
    theirs = other_hold(mine, code)
    comes_first = service.what_comes_first(db.session(), mine.offer, theirs.offer)
    return answer(
        "placements/swaps/ask.html",
        mine=mine,
        theirs=theirs,
        code=code,
        why_not=[*comes_first, *service.why_not(db.session(), mine, theirs, this_occasion())],
        first_day=first_day_together(mine.offer.request, theirs.offer.opening, today()),
        agreed=Terms.of(theirs.offer.opening).digest,
        complaint=complaint,
        status=status,
    )


@blueprint.get("/swaps/<int:swap_id>")
@requires(Permission.ANSWER_OFFER)
def show(swap_id: int) -> Response:
    return swap_page(own_swap(swap_id))


def swap_page(swap: Swap, complaint: str = "", status: int = 200) -> Response:
    """How it stands for the learner who looks, and what she can say."""
    asked = swap.one.request.learner_id == signed_in().id
    mine, theirs = (swap.one, swap.other) if asked else (swap.other, swap.one)
    holds = hold_by(db.session(), mine), hold_by(db.session(), theirs)
    why_not = []
    if swap.state is SwapState.PROPOSED and service.is_agreed_elsewhere(db.session(), swap):
        why_not = [service.AGREED_ELSEWHERE]
    elif swap.state.is_open:
        why_not = service.why_not(db.session(), *holds, this_occasion())
    return answer(
        "placements/swaps/swap.html",
        swap=swap,
        asked=asked,
        other=theirs.request.learner,
        hers=swap.one_opening if asked else swap.other_opening,
        wanted=swap.other_opening if asked else swap.one_opening,
        hold=holds[0],
        until=min(hold.until for hold in holds),
        why_not=why_not,
        first_day=first_day_together(mine.request, theirs.opening, today()) if swap.state.is_open else None,
        agreed=Terms.of(theirs.opening).digest,
        complaint=complaint,
        status=status,
    )


@blueprint.post("/swaps/<int:swap_id>/agree")
@requires(Permission.ANSWER_OFFER)
def agree(swap_id: int) -> Response:
    try:
        service.agree_to_swap(db.session(), this_occasion(), own_swap(swap_id), request.form.get("agreed", ""))
    except Overtaken as refusal:
        db.session().rollback()
        return swap_page(own_swap(swap_id), refusal.message, status=409)
    flash("You agree. A coordinator of the round decides next; until then you both keep what you have.")
    return go_to(url_for("placements.swaps.show", swap_id=swap_id))


@blueprint.post("/swaps/<int:swap_id>/decline")
@requires(Permission.ANSWER_OFFER)
def decline(swap_id: int) -> Response:
    swap = own_swap(swap_id)
    service.decline_swap(db.session(), this_occasion(), swap)
    flash(f"You have said no. {swap.one.request.learner.name} is told; nothing changes for you.")
    return go_to(url_for("home.show"))


@blueprint.post("/swaps/<int:swap_id>/take-back")
@requires(Permission.ANSWER_OFFER)
def take_back(swap_id: int) -> Response:
    service.take_back_swap(db.session(), this_occasion(), own_swap(swap_id))
    flash("The swap is taken back, and whoever was told of it is told of that too. You keep what you have.")
    return go_to(url_for("home.show"))


def own_hold(offer_id: int) -> Hold:
    hold: Hold = found(hold_of_learner(db.session(), signed_in(), offer_id))
    return hold


def other_hold(mine: Hold, code: str) -> Hold:
    hold: Hold = found(hold_by_code(db.session(), mine.offer, code))
    return hold


def own_swap(swap_id: int) -> Swap:
    swap: Swap = found(swap_of_learner(db.session(), signed_in(), swap_id))
    return swap
