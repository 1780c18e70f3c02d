"""Pages on which a coordinator sees the swaps of a round and decides them."""

from flask import Response, url_for

from app.language.refusal import Overtaken
from app.models.course.swaps import Swap
from app.models.placements import Placement
from app.placements.swaps import deciding
from app.placements.swaps.base_views import blueprint
from app.placements.swaps.forms import RefuseSwapForm
from app.placements.swaps.queries import round_of_coordinator, swap_of_coordinator, swaps_listed
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.lifecycle import story_of
from app.rules.eligibility import first_day_together
from app.web.access import Permission, found, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion


@blueprint.get("/rounds/<int:round_id>/swaps")
@requires(Permission.RUN_ROUNDS)
def index(round_id: int) -> Response:
    round_ = found(round_of_coordinator(db.session(), signed_in(), round_id))
    page = swaps_listed(db.session(), signed_in(), round_, page_asked())
    return answer("placements/swaps/swaps.html", round=round_, page=page, now=now())


@blueprint.get("/swaps/<int:swap_id>/decide")
@requires(Permission.RUN_ROUNDS)
def decide(swap_id: int) -> Response:
    return decide_page(swap_reached(swap_id), RefuseSwapForm(formdata=None))


@blueprint.post("/swaps/<int:swap_id>/do")
@requires(Permission.RUN_ROUNDS)
def do(swap_id: int) -> Response:
    swap = swap_reached(swap_id)
    try:
        deciding.do_swap(db.session(), this_occasion(), swap, placement_address)
    except Overtaken as refusal:
        db.session().rollback()
        return decide_page(swap_reached(swap_id), RefuseSwapForm(formdata=None), refusal.message, status=409)
    flash("They have swapped places. Both learners and both mentors get an email.")
    return go_to(url_for("placements.swaps.decide", swap_id=swap_id))


def refuse_as_said(form: RefuseSwapForm, swap: Swap) -> None:
    deciding.refuse_swap(db.session(), this_occasion(), swap, str(form.answer.data), bool(form.is_sure.data))


@blueprint.post("/swaps/<int:swap_id>/refuse")
@requires(Permission.RUN_ROUNDS)
def refuse(swap_id: int) -> Response:
    swap, form = swap_reached(swap_id), RefuseSwapForm()
    if form.does(lambda: refuse_as_said(form, swap)):
        flash("You have not agreed. Both learners read why, and keep what they have.")
        return go_to(url_for("placements.swaps.decide", swap_id=swap_id))
    return decide_page(swap, form, status=form.status)


def decide_page(swap: Swap, form: RefuseSwapForm, complaint: str = "", status: int = 200) -> Response:
    """Who would have what, whether every limit is kept, and what the coordinator can say."""
    waits = deciding.can_be_decided(swap)
    sides = ((swap.one, swap.one_opening, swap.other_opening), (swap.other, swap.other_opening, swap.one_opening))
    return answer(
        "placements/swaps/decide.html",
        swap=swap,
        sides=[
            (offer.request, had, wanted, first_day_together(offer.request, wanted, today()))
            for offer, had, wanted in sides
        ],
        waits=waits,
        hindrances=deciding.hindrances(db.session(), this_occasion(), swap) if waits else [],
        story=story_of(db.session(), swap),
        form=form,
        complaint=complaint,
        status=status,
    )


def swap_reached(swap_id: int) -> Swap:
    swap: Swap = found(swap_of_coordinator(db.session(), signed_in(), swap_id))
    return swap


def placement_address(placement: Placement) -> str:
    return full_address("placements.show", placement_id=placement.id)
