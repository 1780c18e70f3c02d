"""The task list, checking all answers, sending the request, where it stands since, and taking it back."""

from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for

from app.models.requests import PlacementRequest, RequestState
from app.models.rounds import MatchRound
from app.phrasebook.of_rounds.policies import meaning_of, rewards_of
from app.platform.clock import now, today
from app.platform.db import db
from app.requests.asking_again import WITHOUT_PLACE, ask_again
from app.requests.base_views import blueprint, next_page, request_read, request_to_answer, request_to_change
from app.requests.my_list.choices import networks
from app.requests.my_list.openings import number_that_still_fit, obstacles_on_list
from app.requests.my_list.reach import Reach, reach_of
from app.requests.queries import present_request_of, request_of, round_of
from app.requests.questions.whereabouts import whereabouts_of
from app.requests.service import start_request, submit_request, withdraw_request
from app.requests.task_list import is_complete, parts_of
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to


@blueprint.get("/request")
@requires(Permission.REQUEST_PLACEMENT)
def start() -> Response:
    """The request to go on with; where there is none, or another is wanted, the page that starts one."""
    present = present_request_of(db.session(), signed_in())
    if present and ("another" not in request.args or present.state is RequestState.DRAFT):
        return go_to(url_for("requests.show", request_id=present.id))
    return answer("requests/start.html")


@blueprint.post("/request")
@requires(Permission.REQUEST_PLACEMENT)
def begin() -> Response:
    """Start, and lead to the first question: what is known from before is answered already."""
    placement_request = start_request(db.session(), signed_in(), now())
    db.session().flush()
    return go_to(url_for(next_page(placement_request), request_id=placement_request.id))


@blueprint.get("/request/<int:request_id>")
@requires(Permission.REQUEST_PLACEMENT)
def show(request_id: int) -> Response:
    placement_request = request_read(request_id)
    if placement_request.state is RequestState.DRAFT:
        return show_task_list(placement_request)
    whereabouts = whereabouts_of(db.session(), [placement_request], now())[placement_request.id]
    can_ask_again = whereabouts.stage in WITHOUT_PLACE and placement_request.asked_again_at is None
    return answer(
        "requests/sent.html",
        whereabouts=whereabouts,
        now=now(),
        can_ask_again=can_ask_again,
        reach=reach_today(placement_request) if can_ask_again else None,
        policy=policy_of(whereabouts.round),
        **answers_shown(placement_request),
    )


@dataclass(frozen=True)
class PolicyTold:
    """What was announced for a round, in words; empty until it is."""

    meaning: str = ""
    rewards: str = ""


def policy_of(round_: MatchRound | None) -> PolicyTold:
    said = round_.announced if round_ else None
    return PolicyTold(meaning_of(said.stages), rewards_of(said.stages)) if said else PolicyTold()


def reach_today(placement_request: PlacementRequest) -> Reach | None:
    """What would fit if she asked again; None when her dates are over, which she then names anew."""
    until = placement_request.start_until
    if until is None or until < today():
        return None
    return reach_of(db.session(), placement_request, networks(db.session()), today())


def show_task_list(placement_request: PlacementRequest) -> Response:
    reach = reach_of(db.session(), placement_request, networks(db.session()), today())
    left = number_that_still_fit(db.session(), placement_request, today())
    return answer(
        "requests/task_list.html",
        placement_request=placement_request,
        parts=parts_of(placement_request, reach.fitting if reach else None, left),
        is_complete=is_complete(placement_request),
        reach=reach,
        round=round_of(db.session(), placement_request, now()),
    )


def answers_shown(placement_request: PlacementRequest) -> dict[str, Any]:
    """What the summary of all answers needs."""
    return {
        "placement_request": placement_request,
        "in_the_way": obstacles_on_list(db.session(), placement_request, today()),
        "is_frozen": placement_request.is_frozen_at(now()) or placement_request.state is RequestState.WITHDRAWN,
    }


@blueprint.get("/request/<int:request_id>/check")
@requires(Permission.REQUEST_PLACEMENT)
def check(request_id: int) -> Response:
    placement_request = request_to_answer(request_id)
    if not is_complete(placement_request) or placement_request.state is not RequestState.DRAFT:
        return go_to(url_for("requests.show", request_id=request_id))
    round_ = round_of(db.session(), placement_request, now())
    return answer("requests/check.html", round=round_, policy=policy_of(round_), **answers_shown(placement_request))


@blueprint.post("/request/<int:request_id>/submit")
@requires(Permission.REQUEST_PLACEMENT)
def submit(request_id: int) -> Response:
    placement_request = request_to_change(request_id)
    submit_request(db.session(), signed_in(), placement_request, today(), now())
    flash("Your request is in. This page says what happens next.")
    return go_to(url_for("requests.show", request_id=request_id))


@blueprint.get("/request/<int:request_id>/withdraw")
@requires(Permission.REQUEST_PLACEMENT)
def confirm_withdrawal(request_id: int) -> Response:
    return answer("requests/withdraw.html", placement_request=request_to_answer(request_id))


@blueprint.post("/request/<int:request_id>/withdraw")
@requires(Permission.REQUEST_PLACEMENT)
def withdraw(request_id: int) -> Response:
    placement_request = request_to_change(request_id)
    withdraw_request(db.session(), signed_in(), placement_request, today(), now())
    flash("Your request is withdrawn. You can still read it, and you can start a new one.")
    return go_to(url_for("requests.show", request_id=request_id))


@blueprint.post("/request/<int:request_id>/again")
@requires(Permission.REQUEST_PLACEMENT)
def again(request_id: int) -> Response:
    """Read with the lock of a change, though the old request is over: two clicks must not make two drafts."""
    placement_request = found(request_of(db.session(), signed_in(), request_id, to_change=True))
    new = ask_again(db.session(), signed_in(), placement_request, today(), now())
    flash("Here is a new request with your answers from before. Look through them, then send it.")
    return go_to(url_for("requests.show", request_id=new.id))
