"""Pages on which the cohorts of a version are written."""

from flask import Response

from app.models.programmes import Cohort, ProgrammeVersion
from app.platform.db import db
from app.programmes import cohorts
from app.programmes.base_views import (
    address_of,
    back_to,
    blueprint,
    cohort_reached,
    refused,
    version_page,
    version_reached,
)
from app.programmes.forms import CohortForm, cohort_form
from app.rules.programmes.described import said_of_cohort
from app.web.access import Permission, requires
from app.web.deeds.messages import flash
from app.web.htmx import answer
from app.web.occasions import this_occasion


@blueprint.get("/programme-versions/<int:version_id>/cohorts/new")
@requires(Permission.EDIT_PROGRAMMES)
def ask_cohort(version_id: int) -> Response:
    return cohort_page(CohortForm(formdata=None), version_reached(version_id))


@blueprint.post("/programme-versions/<int:version_id>/cohorts/new")
@requires(Permission.EDIT_PROGRAMMES)
def add_cohort(version_id: int) -> Response:
    version, form = version_reached(version_id, to_change=True), CohortForm()
    if form.does(lambda: cohorts.add_cohort(db.session(), this_occasion(), version, form.said)):
        flash("The cohort is added. Learners who say that they begin within its dates are in it.")
        return back_to(version)
    return cohort_page(form, version)


@blueprint.get("/programme-cohorts/<int:cohort_id>")
@requires(Permission.EDIT_PROGRAMMES)
def cohort(cohort_id: int) -> Response:
    cohort = cohort_reached(cohort_id)
    if cohorts.is_begun(cohort, this_occasion()):
        return version_page(cohort.version, cohorts.BEGUN)
    return cohort_page(cohort_form(said_of_cohort(cohort)), cohort.version, cohort)


@blueprint.post("/programme-cohorts/<int:cohort_id>")
@requires(Permission.EDIT_PROGRAMMES)
def change_cohort(cohort_id: int) -> Response:
    cohort, form = cohort_reached(cohort_id, to_change=True), CohortForm()
    is_as_seen = form.validate() and form.rests_on(cohort_form(said_of_cohort(cohort)), cohort)
    if is_as_seen and form.does(lambda: cohorts.change_cohort(db.session(), this_occasion(), cohort, form.said)):
        flash("The cohort is saved.")
        return back_to(cohort.version)
    return cohort_page(form, cohort.version, cohort)


@blueprint.post("/programme-cohorts/<int:cohort_id>/remove")
@requires(Permission.EDIT_PROGRAMMES)
def remove_cohort(cohort_id: int) -> Response:
    cohort = cohort_reached(cohort_id, to_change=True)
    version = cohort.version
    if complaint := refused(lambda: cohorts.remove_cohort(db.session(), this_occasion(), cohort)):
        return version_page(version_reached(version.id), complaint)
    flash("The cohort is removed.")
    return back_to(version)


def cohort_page(form: CohortForm, version: ProgrammeVersion, cohort: Cohort | None = None) -> Response:
    return answer(
        "programmes/cohort.html",
        status=form.status,
        form=form,
        version=version,
        cohort_id=cohort.id if cohort else None,
        back_to=address_of(version),
    )
