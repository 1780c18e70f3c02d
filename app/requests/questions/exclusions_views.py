"""Pages that ask who must not be the mentor."""

from flask import Response, request, url_for

from app.language.numbers import count
from app.language.refusal import Refused
from app.models.people import Person
from app.models.requests import ExclusionKind, PlacementRequest
from app.platform.clock import now, today
from app.platform.db import db
from app.requests.base_views import blueprint, go_on, request_to_change, request_to_protect
from app.requests.my_list.choices import mentors_named
from app.requests.questions.answers import exclude_mentor, exclude_nobody, remove_exclusion
from app.requests.questions.forms import AnybodyForm, ExcludeForm
from app.web.access import Permission, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion


@blueprint.get("/request/<int:request_id>/not-my-mentor")
@requires(Permission.REQUEST_PLACEMENT)
def exclusions(request_id: int) -> Response:
    placement_request = request_to_protect(request_id)
    if placement_request.is_frozen_at(now()) and not placement_request.excluded:
        return go_to(url_for("requests.exclude", request_id=request_id))  # the other answer can no longer be given
    return exclusions_page(anybody_form(placement_request), placement_request)


def anybody_form(placement_request: PlacementRequest) -> AnybodyForm:
    """The form with what she has answered."""
    return AnybodyForm(formdata=None, anybody="no" if placement_request.nobody_excluded else None)


@blueprint.post("/request/<int:request_id>/not-my-mentor")
@requires(Permission.REQUEST_PLACEMENT)
def save_exclusions(request_id: int) -> Response:
    placement_request = request_to_change(request_id)
    form = AnybodyForm()
    if not (form.validate() and form.rests_on(anybody_form(placement_request), placement_request)):
        return exclusions_page(form, placement_request)
    if form.anybody.data == "yes":
        return go_to(url_for("requests.exclude", request_id=request_id))
    exclude_nobody(db.session(), signed_in(), placement_request, today(), now())
    return go_on(placement_request, "Anybody may be your mentor: that is saved.")


@blueprint.get("/request/<int:request_id>/not-my-mentor/add")
@requires(Permission.REQUEST_PLACEMENT)
def exclude(request_id: int) -> Response:
    placement_request = request_to_protect(request_id)
    return answer("requests/questions/exclude.html", form=ExcludeForm(), placement_request=placement_request)


@blueprint.get("/request/<int:request_id>/not-my-mentor/mentors")
@requires(Permission.REQUEST_PLACEMENT)
def mentors(request_id: int) -> Response:
    """The part of the page that shows which mentors were found for what is being typed."""
    placement_request = request_to_protect(request_id)
    form = ExcludeForm(formdata=request.args)
    people = mentors_named(db.session(), form.typed.data or "", signed_in())
    form.offer(people)
    return answer(
        "requests/questions/exclude.html",
        "requests/questions/_picked.html",
        announce=f"{count(len(people), 'mentor')} found",
        form=form,
        placement_request=placement_request,
    )


@blueprint.post("/request/<int:request_id>/not-my-mentor/add")
@requires(Permission.REQUEST_PLACEMENT)
def save_exclude(request_id: int) -> Response:
    placement_request = request_to_protect(request_id, to_change=True)
    form = ExcludeForm()
    people = mentors_named(db.session(), form.typed.data or "", signed_in())
    form.offer(people)
    if "find" not in request.form and form.validate():
        try:
            return add_exclusion(placement_request, form, people)
        except Refused as refusal:
            form.refuse(refusal)
    return answer("requests/questions/exclude.html", form=form, placement_request=placement_request, status=form.status)


def add_exclusion(placement_request: PlacementRequest, form: ExcludeForm, people: list[Person]) -> Response:
    mentor = next((one for one in people if str(one.id) == form.picked.data), None)
    excluded = exclude_mentor(
        db.session(),
        signed_in(),
        placement_request,
        ExclusionKind[str(form.kind.data)],
        mentor,
        () if mentor else people,
        mentor.name if mentor else form.typed.data or "",
        "" if mentor else form.email.data or "",
        form.why.data or "",
        is_sure=form.is_sure.data,
        occasion=this_occasion(),
    )
    is_known = bool(excluded.excluded_ids)
    flash(f"No round pairs you with {excluded.name}." if is_known else f"{excluded.name} is noted.")
    return go_to(url_for("requests.exclusions", request_id=placement_request.id))


@blueprint.post("/request/<int:request_id>/not-my-mentor/<int:exclusion_id>/remove")
@requires(Permission.REQUEST_PLACEMENT)
def unexclude(request_id: int, exclusion_id: int) -> Response:
    placement_request = request_to_change(request_id)
    remove_exclusion(db.session(), signed_in(), placement_request, exclusion_id, today(), now())
    flash("Removed. That person can be your mentor.")
    return go_to(url_for("requests.exclusions", request_id=request_id))


def exclusions_page(form: AnybodyForm, placement_request: PlacementRequest) -> Response:
    return answer(
        "requests/questions/exclusions.html",
        form=form,
        placement_request=placement_request,
        can_remove=not placement_request.is_frozen_at(now()),
        status=form.status,
    )
