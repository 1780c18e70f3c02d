"""Pages of studies: the list with its search, one study, and the coordinator's limit of learners."""

from flask import Response, request, url_for

from app.language.numbers import count
from app.language.refusal import Refused
from app.models.studies import Study
from app.models.values.identifiers import registry_link, warnings
from app.models.values.study_status import StudyStatus
from app.platform.clock import today
from app.platform.db import db
from app.studies import queries
from app.studies.base_views import blueprint, study_at
from app.studies.download import HEADINGS, rows_of_studies
from app.studies.forms import LimitForm
from app.studies.limit_of_study import Limits, in_words, limit_study, may_limit
from app.studies.openings.queries import openings_on
from app.studies.openings.service import live_opening
from app.studies.openings.suitability import scheme_notes
from app.web.access import Permission, may, requires, signed_in
from app.web.deeds.messages import flash
from app.web.delivery.files import csv_file
from app.web.edge.numbers import id_asked, page_asked
from app.web.edge.searching import words_asked
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion


@blueprint.get("/studies")
@requires(Permission.SEE_STUDIES)
def index() -> Response:
    filters = filters_asked()
    page = queries.studies(db.session(), filters, page_asked())
    return answer(
        "studies/index.html",
        "studies/_studies.html",
        announce=count(page.total, "study", "studies"),
        page=page,
        filters=filters.values(),
        openings=queries.openings_by_study(db.session(), [study.id for study in page.rows]),
        statuses=list(StudyStatus),
        sorts=queries.SORTS,
        specialties=queries.specialties(db.session()),
        has_studies=bool(page.total) or queries.has_studies(db.session()),
    )


@blueprint.get("/studies.csv")
@requires(Permission.SEE_STUDIES)
def download() -> Response:
    ids = queries.ids_of_studies(db.session(), filters_asked())
    return csv_file("studies.csv", HEADINGS, lambda session: rows_of_studies(session, ids))


def filters_asked() -> queries.Filters:
    args = request.args
    status = args.get("status", "")
    return queries.Filters(
        typed=words_asked(),
        status=StudyStatus[status] if status in StudyStatus.__members__ else None,
        specialty_id=id_asked("specialty"),
        sort=args.get("sort", "title"),
    )


@blueprint.get("/studies/<int:study_id>")
@requires(Permission.SEE_STUDIES)
def show(study_id: int) -> Response:
    study = study_at(study_id)
    return study_page(study, limit_form(study))


@blueprint.post("/studies/<int:study_id>/limit")
@requires(Permission.LIMIT_STUDY)
def limit(study_id: int) -> Response:
    study, form = study_at(study_id), LimitForm()
    if not (form.validate() and form.rests_on(limit_form(study), study)):
        return study_page(study, form)
    try:
        limits = Limits(form.learner_limit.data, form.learner_minimum.data or 0, form.minimum_if_used.data or 0)
        limit_study(db.session(), signed_in(), this_occasion(), study, limits)
    except Refused as refusal:
        form.refuse(refusal)
        return study_page(study, form)
    flash(
        f"The study now takes {in_words(limits)}. Whoever is there already stays; openings and mentors keep their own "
        "limits."
    )
    return go_to(url_for("studies.show", study_id=study.id))


def limit_form(study: Study) -> LimitForm:
    """The form with the limits as they are; no minimum is an empty field."""
    limits = Limits.of(study)
    return LimitForm(
        formdata=None,
        learner_limit=limits.learner_limit,
        learner_minimum=limits.learner_minimum or None,
        minimum_if_used=limits.minimum_if_used or None,
    )


def study_page(study: Study, form: LimitForm) -> Response:
    mine = live_opening(db.session(), signed_in(), study) if may(Permission.OFFER_OPENINGS) else None
    can_limit = may(Permission.LIMIT_STUDY) and may_limit(db.session(), signed_in(), study)
    return answer(
        "studies/show.html",
        study=study,
        title=study.name,
        numbers=[
            (one.scheme.value, one.value, registry_link(one.scheme, one.value), warnings(one.scheme, one.value))
            for one in study.identifiers
        ],
        lines=openings_on(db.session(), study, today()),
        notes=scheme_notes(study, today()),
        mine=mine,
        can_limit=can_limit,
        form=form,
        status=form.status,
    )
