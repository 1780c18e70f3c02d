"""The page of openings that fit, with the learner's list beside it, and the question about any other."""

from typing import Any

from flask import Response, url_for

from app.language.numbers import count
from app.language.refusal import Refused
from app.models.requests import PlacementRequest, RequestState
from app.phrasebook.obstacles import all_to_learner
from app.platform.clock import now, today
from app.platform.db import db
from app.requests.base_views import blueprint, go_on, request_read, request_to_answer, request_to_change
from app.requests.my_list.forms import AnyOtherForm, SearchForm
from app.requests.my_list.openings import Search, find_openings, fit_in_round, obstacles_on_list
from app.requests.my_list.ranking import LIST_MAX
from app.requests.my_list.service import choose_any_other
from app.requests.queries import opening_to_read, others_on_study
from app.requests.task_list import can_see_openings
from app.rules.capacity import Held
from app.rules.eligibility import Obstacle, obstacles
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.edge.numbers import id_in
from app.web.htmx import answer, go_to


@blueprint.get("/request/<int:request_id>/openings")
@requires(Permission.REQUEST_PLACEMENT)
def openings(request_id: int) -> Response:
    placement_request = request_read(request_id)
    if not can_see_openings(placement_request):
        flash("Answer the first four parts first: then we can say which openings fit.", "problem")
        return go_to(url_for("requests.show", request_id=request_id))
    return show_openings(placement_request, "requests/my_list/_found.html")


def show_openings(placement_request: PlacementRequest, part: str = "", problem: str = "") -> Response:
    """The page, or for htmx its part, for the search in the address; `problem` says why the list did not change."""
    form = SearchForm()
    search = search_in(form)
    page = find_openings(db.session(), placement_request, search, now())
    form.offer(page.specialties, page.networks)
    return answer(
        "requests/my_list/openings.html",
        part,
        announce=f"{count(page.number, 'opening')} found",
        status=422 if problem else 200,
        search_form=form,
        found=page,
        problem=problem,
        **way_on(placement_request),
        **list_context(placement_request, search),
    )


def search_in(form: SearchForm) -> Search:
    """What the address asks for; what cannot be read there is left open."""
    return Search(
        text=form.text.data or "",
        specialty_id=id_in(form.specialty.data),
        network_id=id_in(form.network.data),
        word=form.fit.data or "",
        page=max(1, form.page.data or 1),
    )


def way_on(placement_request: PlacementRequest) -> dict[str, Any]:
    """What stands below the list: of a draft the question that goes with it, of a sent request the way back."""
    asks = placement_request.state is RequestState.DRAFT
    return {
        "asks_any_other": asks,
        "any_other": any_other_form(placement_request) if asks else None,
    }


def any_other_form(placement_request: PlacementRequest) -> AnyOtherForm:
    """The form with what she has answered."""
    return AnyOtherForm(formdata=None, takes_any_other=saved_answer(placement_request))


def saved_answer(placement_request: PlacementRequest) -> str | None:
    return {True: "yes", False: "no", None: None}[placement_request.takes_any_other]


def list_context(placement_request: PlacementRequest, search: Search) -> dict[str, Any]:
    """What the list and the buttons that change it need, on the page and in its parts."""
    return {
        "placement_request": placement_request,
        "positions": {row.opening_id: row.position for row in placement_request.ranked},
        "in_the_way": obstacles_on_list(db.session(), placement_request, today()),
        "is_frozen": placement_request.is_frozen_at(now()),
        "list_max": LIST_MAX,
        "search": search.address,
    }


@blueprint.get("/request/<int:request_id>/openings/<int:opening_id>")
@requires(Permission.REQUEST_PLACEMENT)
def opening(request_id: int, opening_id: int) -> Response:
    """One opening: its study, its mentor's words, what the learner would do, and the others on the same study."""
    placement_request = request_read(request_id)
    session = db.session()
    one = found(opening_to_read(session, placement_request, opening_id))
    held = Held.around(session, today(), [one], [placement_request.learner_id])
    in_the_way = obstacles(placement_request, one, today(), held)
    return answer(
        "requests/my_list/opening.html",
        opening=one,
        study=one.study,
        fit=fit_in_round(session, placement_request, one, now()),
        places=held.places_for(placement_request, one),
        obstacles=all_to_learner(what for what in in_the_way if what is not Obstacle.NO_PLACE),
        others=others_on_study(session, one),
        can_see_openings=can_see_openings(placement_request),
        **list_context(placement_request, search_in(SearchForm())),
    )


@blueprint.get("/request/<int:request_id>/any-other")
@requires(Permission.REQUEST_PLACEMENT)
def any_other(request_id: int) -> Response:
    placement_request = request_to_answer(request_id)
    form = any_other_form(placement_request)
    return answer("requests/my_list/any_other.html", form=form, placement_request=placement_request)


@blueprint.post("/request/<int:request_id>/any-other")
@requires(Permission.REQUEST_PLACEMENT)
def save_any_other(request_id: int) -> Response:
    placement_request = request_to_change(request_id)
    form = AnyOtherForm()
    if form.validate() and form.rests_on(any_other_form(placement_request), placement_request):
        takes_any_other = form.takes_any_other.data == "yes"
        try:
            choose_any_other(db.session(), signed_in(), placement_request, takes_any_other, today(), now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return go_on(placement_request, "Your answer is saved.")
    return answer("requests/my_list/any_other.html", form=form, placement_request=placement_request, status=form.status)
