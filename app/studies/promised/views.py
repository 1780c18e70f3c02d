"""The page on which a coordinator says how many learners a round must give a mentor."""

from flask import Response, url_for

from app.language.refusal import Refused
from app.models.people import Person
from app.platform.clock import today
from app.platform.db import db
from app.studies.base_views import blueprint
from app.studies.promised.forms import PromiseForm
from app.studies.promised.mails import in_words
from app.studies.promised.queries import hosted_mentor, learners_with
from app.studies.promised.service import promise_learners
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion


@blueprint.get("/mentors/<int:mentor_id>/promised")
@requires(Permission.PROMISE_LEARNERS)
def promised(mentor_id: int) -> Response:
    mentor = mentor_at(mentor_id)
    return promise_page(mentor, form_of(mentor))


@blueprint.post("/mentors/<int:mentor_id>/promised")
@requires(Permission.PROMISE_LEARNERS)
def promise(mentor_id: int) -> Response:
    mentor, form = mentor_at(mentor_id), PromiseForm()
    if not (form.validate() and form.rests_on(form_of(mentor), mentor)):
        return promise_page(mentor, form)
    learners = form.learner_minimum.data or 0
    try:
        promise_learners(db.session(), signed_in(), this_occasion(), mentor, learners)
    except Refused as refusal:
        form.refuse(refusal)
        return promise_page(mentor, form)
    flash(f"A round must now give {mentor.name} {in_words(learners)}. She gets an email if that is new.")
    return go_to(url_for("studies.promised", mentor_id=mentor.id))


def mentor_at(mentor_id: int) -> Person:
    """The mentor whom a network of the coordinator hosts, or 404."""
    mentor: Person = found(hosted_mentor(db.session(), signed_in(), mentor_id))
    return mentor


def form_of(mentor: Person) -> PromiseForm:
    """The form with the number as it is; none is an empty field."""
    profile = mentor.mentor_profile
    return PromiseForm(formdata=None, learner_minimum=(profile and profile.promised) or None)


def promise_page(mentor: Person, form: PromiseForm) -> Response:
    return answer(
        "studies/promised/promised.html",
        mentor=mentor,
        profile=mentor.mentor_profile,
        is_hers=mentor is signed_in(),
        learners=learners_with(db.session(), mentor, today()),
        form=form,
        status=form.status,
    )
