"""Pages on which a mentor describes herself, and the list of organisations that any form finds by typing."""

from flask import Response, request, url_for

from app.language.numbers import count
from app.language.refusal import Refused
from app.models.people import MentorProfile
from app.models.values.registration import Profession
from app.platform.clock import now, today
from app.platform.db import db
from app.studies import queries
from app.studies.base_views import blueprint, wants_to_find
from app.studies.profiles import service as profiles
from app.studies.profiles.forms import AbsenceForm, ProfileForm
from app.studies.profiles.queries import absence_of_mentor
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.forms.organisations import OrganisationForm
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion


@blueprint.get("/mentor/profile")
@requires(Permission.OFFER_OPENINGS)
def profile() -> Response:
    mine = own_profile()
    return profile_page(form_of(mine), AbsenceForm(prefix="absence"), mine)


@blueprint.post("/mentor/profile")
@requires(Permission.OFFER_OPENINGS)
def save_profile() -> Response:
    form = profile_form()
    form.look_up(db.session())
    if not wants_to_find() and form.validate() and describe(form):
        flash("Your profile is saved. Learners see it with your openings.")
        return go_to(url_for("studies.openings"))
    return profile_page(form, AbsenceForm(formdata=None, prefix="absence"), own_profile())


def describe(form: ProfileForm) -> bool:
    """Keep what the form says; False, with the reason on the form, when a rule or a later change stands against it."""
    if not form.rests_on(form_of(own_profile()), signed_in()):
        return False
    chosen = set(form.specialties.data)
    try:
        profiles.describe_mentor(
            db.session(),
            signed_in(),
            profiles.ProfileAnswers(
                profession=Profession[form.profession.data],
                job_title=form.job_title.data,
                organisation=form.chosen(db.session()),
                specialties=[one for one in queries.specialties(db.session()) if str(one.id) in chosen],
                teaches=form.teaches.data,
                learners_max=form.learners_max.given,
                hours_a_month=form.hours_a_month.given,
                minimum_if_used=form.minimum_if_used.data or 0,
            ),
            is_sure=form.is_sure.data,
            today=today(),
            now=now(),
        )
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


@blueprint.post("/mentor/profile/absences")
@requires(Permission.OFFER_OPENINGS)
def add_absence() -> Response:
    absence_form, mine = AbsenceForm(prefix="absence"), own_profile()
    if absence_form.validate():
        try:
            profiles.add_absence(
                db.session(),
                signed_in(),
                absence_form.starts_on.given,
                absence_form.ends_on.given,
                is_sure=absence_form.is_sure.data,
                occasion=this_occasion(),
            )
        except Refused as refusal:
            absence_form.refuse(refusal)
        else:
            flash("Your absence is noted. Nobody starts with you while you are away.")
            return go_to(url_for("studies.profile"))
    return profile_page(form_of(mine), absence_form, mine)


@blueprint.post("/mentor/profile/absences/<int:absence_id>/remove")
@requires(Permission.OFFER_OPENINGS)
def remove_absence(absence_id: int) -> Response:
    absence = found(absence_of_mentor(db.session(), signed_in(), absence_id))
    profiles.remove_absence(db.session(), signed_in(), absence, now())
    flash("The absence is removed.")
    return go_to(url_for("studies.profile"))


@blueprint.get("/find/organisations")
@requires(Permission.USE_OWN_ACCOUNT)
def find_organisations() -> Response:
    """The radio buttons with the organisations found for what is being typed."""
    form = OrganisationForm(formdata=request.args)
    form.look_up(db.session())
    number = len(form.organisation_id.choices)
    return answer(
        "studies/profiles/find_organisations.html",
        "components/_organisations.html",
        announce=f"{count(number, 'organisation')} found",
        form=form,
    )


def own_profile() -> MentorProfile:
    """Her profile, or an empty one to look at: it is made when she says something."""
    return signed_in().mentor_profile or profiles.blank_profile()


def profile_form(**given: None) -> ProfileForm:
    form = ProfileForm(**given)
    form.offer(queries.specialties(db.session()))
    return form


def form_of(mine: MentorProfile) -> ProfileForm:
    """The form with what she has said."""
    form = profile_form(formdata=None)
    form.fill_from(mine)
    return form


def profile_page(form: ProfileForm, absence_form: AbsenceForm, mine: MentorProfile) -> Response:
    shown = absence_form if absence_form.has_errors else form
    return answer(
        "studies/profiles/profile.html",
        form=shown,
        profile_form=form,
        absence_form=absence_form,
        profile=mine,
        status=shown.status,
    )
