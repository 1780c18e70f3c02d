"""Counting the figures of a round again because somebody asks, and telling her page when they are there."""

from flask import Blueprint, Response, request, url_for

from app.models.rounds import MatchRound
from app.platform.clock import today
from app.platform.db import db
from app.platform.jobs import enqueue_once
from app.rounds.figures.counted import Counted, counted_of
from app.rounds.figures.jobs import count_round
from app.rounds.queries import round_of
from app.web.access import Permission, found, requires, signed_in
from app.web.htmx import answer, go_to, page_shown, wants_part

blueprint = Blueprint("figures", __name__)


@blueprint.post("/rounds/<int:round_id>/figures")
@requires(Permission.RUN_ROUNDS)
def count_again(round_id: int) -> Response:
    round_ = round_reached(round_id)
    enqueue_once(count_round, round_.id)
    if wants_part():
        return being_counted(round_)
    return go_to(url_for("rounds.show", round_id=round_.id))


@blueprint.get("/rounds/<int:round_id>/figures")
@requires(Permission.RUN_ROUNDS)
def look(round_id: int) -> Response:
    """Until there are other figures than the page shows: then the page is shown afresh."""
    round_ = round_reached(round_id)
    counted = counted_of(db.session(), round_, today())
    if not wants_part():
        return go_to(url_for("rounds.show", round_id=round_.id))
    return being_counted(round_) if moment_of(counted) == request.args.get("shown", "") else go_to(page_shown())


def being_counted(round_: MatchRound) -> Response:
    counted = counted_of(db.session(), round_, today())
    part = "rounds/figures/_being_counted.html"
    return answer(part, part, round=round_, shown=request.args.get("shown", ""), counted=counted)


def moment_of(counted: Counted | None) -> str:
    return counted.counted_at.isoformat() if counted and counted.counted_at else ""


def round_reached(round_id: int) -> MatchRound:
    round_: MatchRound = found(round_of(db.session(), signed_in(), round_id))
    return round_
