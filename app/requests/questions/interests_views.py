"""The page that asks what interests the learner."""

from flask import Response

from app.language.refusal import Refused
from app.models.requests import PlacementRequest
from app.platform.clock import now, today
from app.platform.db import db
from app.requests.base_views import blueprint, go_on, request_to_answer, request_to_change
from app.requests.my_list.choices import specialties
from app.requests.questions.answers import save_interests
from app.requests.questions.forms import FIELDS_OF_SPECIALTIES, InterestsForm
from app.web.access import Permission, requires, signed_in
from app.web.htmx import answer


@blueprint.get("/request/<int:request_id>/interests")
@requires(Permission.REQUEST_PLACEMENT)
def interests(request_id: int) -> Response:
    placement_request = request_to_answer(request_id)
    form = interests_form(placement_request)
    return answer("requests/questions/interests.html", form=form, placement_request=placement_request)


def interests_form(placement_request: PlacementRequest) -> InterestsForm:
    """The form with what she has answered."""
    chosen = [str(row.specialty_id) for row in placement_request.specialty_rows]
    answers = dict(zip(FIELDS_OF_SPECIALTIES, chosen, strict=False))
    form = InterestsForm(formdata=None, interests=placement_request.interests, **answers)
    form.offer(specialties(db.session()))
    return form


@blueprint.post("/request/<int:request_id>/interests")
@requires(Permission.REQUEST_PLACEMENT)
def save_interests_page(request_id: int) -> Response:
    placement_request = request_to_change(request_id)
    known = {one.id: one for one in specialties(db.session())}
    form = InterestsForm()
    form.offer(known.values())
    if form.validate() and form.rests_on(interests_form(placement_request), placement_request):
        chosen = [known[specialty_id] for specialty_id in form.chosen_ids]
        try:
            save_interests(
                db.session(),
                signed_in(),
                placement_request,
                form.interests.data or "",
                chosen,
                is_sure=form.is_sure.data,
                today=today(),
                now=now(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return go_on(placement_request, "Your interests are saved.")
    return answer(
        "requests/questions/interests.html", form=form, placement_request=placement_request, status=form.status
    )
