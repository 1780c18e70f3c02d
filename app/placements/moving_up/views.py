"""Pages on which a learner reads what she could move up to, and answers."""

from flask import Blueprint, Response, request, url_for

import app.placements.moving_up.jobs  # noqa: F401  a worker does regularly what stands there
from app.language.refusal import Overtaken
from app.models.course.better_places import BetterPlace
from app.models.placements import Placement, Terms
from app.placements.moving_up import service
from app.placements.moving_up.queries import better_place_of_learner
from app.placements.swaps.queries import hold_by
from app.platform.clock import today
from app.platform.db import db
from app.rules.eligibility import first_day_together
from app.web.access import Permission, found, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

blueprint = Blueprint("moving_up", __name__)


@blueprint.get("/moving-up/<int:better_place_id>")
@requires(Permission.ANSWER_OFFER)
def show(better_place_id: int) -> Response:
    return page_of(own(better_place_id))


def page_of(place: BetterPlace, complaint: str = "", status: int = 200) -> Response:
    """Both places, until when she can answer, and whether she can."""
    offer, opening = place.offer, place.opening
    hold, state = hold_by(db.session(), offer), place.state_on(today())
    waits = state.name == "WAITING"
    return answer(
        "placements/moving_up/better_place.html",
        place=place,
        state=state,
        hold=hold,
        until=service.until(hold, place),
        why_not=service.why_not(db.session(), place, this_occasion()) if waits else "",
        first_day=first_day_together(offer.request, opening, today()),
        has_changed=Terms.of(opening).digest != place.terms,
        agreed=service.agreement(offer.request, opening, today()),
        ranks=(offer.request.rank_of(opening.id), offer.request.rank_of(place.from_opening_id)),
        complaint=complaint,
        status=status,
    )


@blueprint.post("/moving-up/<int:better_place_id>/accept")
@requires(Permission.ANSWER_OFFER)
def accept(better_place_id: int) -> Response:
    try:
        placement = service.move_up(
            db.session(), this_occasion(), own(better_place_id), request.form.get("agreed", ""), placement_address
        )
    except Overtaken as refusal:
        db.session().rollback()
        return page_of(own(better_place_id), refusal.message, status=409)
    flash(f"You have moved up. Next: write to {placement.mentor.name} and agree when you first meet.")
    return go_to(url_for("placements.show", placement_id=placement.id))


@blueprint.post("/moving-up/<int:better_place_id>/keep")
@requires(Permission.ANSWER_OFFER)
def keep(better_place_id: int) -> Response:
    place = own(better_place_id)
    service.keep(db.session(), this_occasion(), place)
    flash("You keep what you have. The other place can go to somebody else.")
    return go_to(url_for("home.show"))


def placement_address(placement: Placement) -> str:
    return full_address("placements.show", placement_id=placement.id)


def own(better_place_id: int) -> BetterPlace:
    place: BetterPlace = found(better_place_of_learner(db.session(), signed_in(), better_place_id))
    return place
