"""Pages about the learner herself: her profession and registration, her job and employer."""

from flask import Response, request, url_for

from app.language.numbers import count
from app.language.refusal import Refused
from app.models.people import LearnerProfile
from app.models.values.registration import registration_warnings
from app.platform.clock import now, today
from app.platform.db import db
from app.requests.base_views import blueprint, go_on, request_to_answer, request_to_change
from app.requests.questions.answers import save_profession, save_work
from app.requests.questions.forms import ProfessionForm, WorkForm
from app.rules.search import organisations_like
from app.web.access import Permission, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to


@blueprint.get("/request/<int:request_id>/about")
@requires(Permission.REQUEST_PLACEMENT)
def about(request_id: int) -> Response:
    placement_request = request_to_answer(request_id)
    return answer("requests/questions/about.html", form=about_form(), placement_request=placement_request)


def about_form() -> ProfessionForm:
    """The form with what she has answered."""
    profile = signed_in().learner_profile
    return ProfessionForm(formdata=None, **(answers_about(profile) if profile else {}))


def answers_about(profile: LearnerProfile) -> dict[str, str]:
    return {
        "profession": profile.profession.name if profile.profession else "",
        "regulator": profile.regulator.name if profile.regulator else "",
        "number": profile.registration_number,
    }


@blueprint.post("/request/<int:request_id>/about")
@requires(Permission.REQUEST_PLACEMENT)
def save_about(request_id: int) -> Response:
    placement_request = request_to_change(request_id)
    form = ProfessionForm()
    if form.validate() and form.rests_on(about_form(), placement_request):
        try:
            profile = save_profession(
                db.session(),
                signed_in(),
                placement_request,
                form.chosen_profession,
                form.chosen_regulator,
                form.number.data or "",
                is_sure=form.is_sure.data,
                today=today(),
                now=now(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return on_to_work(request_id, profile)
    return answer("requests/questions/about.html", form=form, placement_request=placement_request, status=form.status)


def on_to_work(request_id: int, profile: LearnerProfile) -> Response:
    """To the next question, with what looks odd about the number, which does not stop her."""
    if profile.profession and profile.regulator and profile.registration_number:
        for warning in registration_warnings(profile.profession, profile.regulator, profile.registration_number):
            flash(f"Saved. {warning}", "problem")
    return go_to(url_for("requests.work", request_id=request_id))


@blueprint.get("/request/<int:request_id>/job")
@requires(Permission.REQUEST_PLACEMENT)
def work(request_id: int) -> Response:
    placement_request = request_to_answer(request_id)
    return answer("requests/questions/work.html", form=work_form(), placement_request=placement_request)


def work_form() -> WorkForm:
    """The form with what she has answered."""
    profile = signed_in().learner_profile
    form = WorkForm(formdata=None, **(answers_about_work(profile) if profile else {}))
    if profile and profile.employer:
        form.offer([profile.employer])
    return form


def answers_about_work(profile: LearnerProfile) -> dict[str, str]:
    return {
        "job_title": profile.job_title,
        "typed": profile.employer.name if profile.employer else profile.employer_name,
        "picked": str(profile.employer_id or ""),
        "employer_kind": profile.employer_kind.name if profile.employer_kind else "",
        "experience": profile.research_experience.name if profile.research_experience else "",
    }


@blueprint.get("/request/<int:request_id>/job/employers")
@requires(Permission.REQUEST_PLACEMENT)
def employers(request_id: int) -> Response:
    """The part of the page that shows which organisations were found for what is being typed."""
    placement_request = request_to_answer(request_id)
    form = WorkForm(formdata=request.args)
    organisations = organisations_like(db.session(), form.typed.data or "")
    form.offer(organisations)
    return answer(
        "requests/questions/work.html",
        "requests/questions/_picked.html",
        announce=f"{count(len(organisations), 'organisation')} found",
        form=form,
        placement_request=placement_request,
    )


@blueprint.post("/request/<int:request_id>/job")
@requires(Permission.REQUEST_PLACEMENT)
def save_work_page(request_id: int) -> Response:
    placement_request = request_to_change(request_id)
    form = WorkForm()
    organisations = organisations_like(db.session(), form.typed.data or "")
    form.offer(organisations)
    if "find" not in request.form and form.validate() and form.rests_on(work_form(), placement_request):
        save_work(
            db.session(),
            signed_in(),
            placement_request,
            form.job_title.data or "",
            next((one for one in organisations if str(one.id) == form.picked.data), None),
            form.typed.data or "",
            form.background,
            today(),
            now(),
        )
        return go_on(placement_request, "What you told us about yourself is saved.")
    return answer("requests/questions/work.html", form=form, placement_request=placement_request, status=form.status)
