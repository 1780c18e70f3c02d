"""The page on which a coordinator says whether a mentor is somebody whom a learner excluded."""

from flask import Blueprint, Response, request, url_for

from app.language.refusal import Refused
from app.platform.clock import today
from app.platform.db import db
from app.rounds.figures.counted import counted_of
from app.rounds.names import service
from app.rounds.names.queries import learner_who_named, undecided_in, undecided_pair
from app.rounds.queries import round_of
from app.rules.standing_still import lock_people
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import page_asked
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion
from app.web.paging import page_of_rows

blueprint = Blueprint("names", __name__)


@blueprint.get("/rounds/<int:round_id>/names")
@requires(Permission.RUN_ROUNDS)
def index(round_id: int) -> Response:
    round_ = found(round_of(db.session(), signed_in(), round_id))
    counted = counted_of(db.session(), round_, today())
    pairs = page_of_rows(counted.undecided if counted else (), page_asked())
    return answer(
        "rounds/names/names.html",
        round=round_,
        counted=counted,
        pairs=pairs,
        undecided=undecided_in(db.session(), signed_in(), round_, pairs.rows, today()),
    )


@blueprint.post("/rounds/<int:round_id>/names/<int:excluded_id>/<int:mentor_id>")
@requires(Permission.RUN_ROUNDS)
def decide(round_id: int, excluded_id: int, mentor_id: int) -> Response:
    round_ = found(round_of(db.session(), signed_in(), round_id))
    is_same = is_same_person(request.form.get("is_same", ""))
    lock_people(db.session(), learner_who_named(db.session(), excluded_id))
    chosen = undecided_pair(db.session(), signed_in(), round_, excluded_id, mentor_id, today())
    occasion = this_occasion()
    service.decide(db.session(), signed_in(), chosen, is_same, occasion)
    if chosen:
        never = f"No round pairs {chosen.learner.name} with {chosen.mentor.name}."
        flash(never if is_same else f"{chosen.mentor.name} is somebody else, and can mentor {chosen.learner.name}.")
    return go_to(url_for("rounds.names.index", round_id=round_id))


def is_same_person(said: str) -> bool:
    """What the button said; raises Refused for anything else, as a wrong answer pairs two who must not meet."""
    if said not in ("yes", "no"):
        raise Refused("Say whether it is the same person with one of the two buttons on the page.")
    return said == "yes"
