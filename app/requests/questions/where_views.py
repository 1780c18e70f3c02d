"""The page that asks where and when, and counts the openings within reach as the answers change."""

from flask import Response, request

from app.language.refusal import Refused
from app.models.organisations import Network
from app.models.requests import PlacementRequest
from app.platform.clock import now, today
from app.platform.db import db
from app.requests.base_views import blueprint, go_on, request_to_answer, request_to_change
from app.requests.my_list.choices import networks
from app.requests.my_list.lost_choices import Lost, choices_lost, lost_in_words
from app.requests.my_list.reach import Reach, asked_with, own_network_of, reach_of
from app.requests.questions.answers import save_where_and_when
from app.requests.questions.forms import WhereForm
from app.rules.eligibility import Asked
from app.web.access import Permission, requires, signed_in
from app.web.htmx import answer


@blueprint.get("/request/<int:request_id>/where")
@requires(Permission.REQUEST_PLACEMENT)
def where(request_id: int) -> Response:
    placement_request = request_to_answer(request_id)
    known = networks(db.session())
    return show_where(placement_request, where_form(placement_request, known), known)


def where_form(placement_request: PlacementRequest, known: list[Network]) -> WhereForm:
    """The form with what she has answered."""
    own = own_network_of(placement_request)
    form = WhereForm(
        formdata=None,
        networks=[str(network.id) for network in placement_request.networks] or ([str(own.id)] if own else []),
        start_from=placement_request.start_from,
        start_until=placement_request.start_until,
    )
    form.offer(known)
    return form


def show_where(placement_request: PlacementRequest, form: WhereForm, known: list[Network], part: str = "") -> Response:
    form.offer(known)
    reach: Reach | None = reach_of(
        db.session(), placement_request, known, today(), lambda asked: asked_on(asked, form, known)
    )
    lost = losses(placement_request, form, known)
    loss = lost_in_words(placement_request, lost) if lost else ""
    return answer(
        "requests/questions/where.html",
        part,
        announce=f"{reach.headline} {loss}".strip() if reach else "",
        form=form,
        placement_request=placement_request,
        own_network=own_network_of(placement_request),
        reach=reach,
        loss=loss,
        number_lost=len(lost),
        status=200 if part else form.status,
    )


def asked_on(asked: Asked, form: WhereForm, known: list[Network]) -> Asked:
    """What a request would ask with the answers on the page; dates count once both can be read."""
    chosen = [network for network in known if str(network.id) in (form.networks.data or [])]
    return asked_with(asked, chosen, form.start_from.data, form.start_until.data)


def losses(placement_request: PlacementRequest, form: WhereForm, known: list[Network]) -> Lost:
    """What these answers would take off her list, said while she changes them; empty when nothing."""
    if not form.networks.data:
        return {}
    return choices_lost(db.session(), placement_request, lambda asked: asked_on(asked, form, known), today())


@blueprint.get("/request/<int:request_id>/where/reach")
@requires(Permission.REQUEST_PLACEMENT)
def reach(request_id: int) -> Response:
    """The part of the page with the counts, for the answers as they stand on it."""
    placement_request = request_to_answer(request_id)
    return show_where(
        placement_request, WhereForm(formdata=request.args), networks(db.session()), "requests/questions/_reach.html"
    )


@blueprint.post("/request/<int:request_id>/where")
@requires(Permission.REQUEST_PLACEMENT)
def save_where(request_id: int) -> Response:
    placement_request = request_to_change(request_id)
    known = networks(db.session())
    form = WhereForm()
    form.offer(known)
    first, last = form.start_from.data, form.start_until.data
    is_good = form.validate() and form.rests_on(where_form(placement_request, known), placement_request)
    if is_good and first and last:
        chosen = [network for network in known if str(network.id) in (form.networks.data or [])]
        try:
            save_where_and_when(
                db.session(),
                signed_in(),
                placement_request,
                chosen,
                first,
                last,
                is_sure=form.is_sure.data,
                today=today(),
                now=now(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return go_on(placement_request, saved_words(reach_of(db.session(), placement_request, known, today())))
    return show_where(placement_request, form, known)


def saved_words(reach: Reach | None) -> str:
    return f"Where and when are saved. {reach.headline}" if reach else "Where and when are saved."
