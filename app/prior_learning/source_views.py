"""Pages on which a learner names what she has learnt before, and the file that shows it."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from flask import Response, current_app, request, url_for

from app.language.dates_and_times import day_of
from app.models.academic.prior_learning import TO_WRITE, PriorLearningClaim, PriorSource, PriorSourceFile, SourceKind
from app.platform.clock import now
from app.platform.db import db, short_write, writes_at_the_end
from app.platform.files.handed_in import file_kept
from app.platform.files.kept import path_of
from app.prior_learning import queries, service
from app.prior_learning.base_views import blueprint, own_claim
from app.prior_learning.forms import FORMS, HereForm, ModuleForm, RecordForm, SourceForm, WorkForm
from app.prior_learning.service import NewSource
from app.prior_learning.words import NEW_SOURCES
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.delivery.files import kept_file
from app.web.edge.false_alarms import keep_false_alarms
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

LEVEL_OF_THE_FRAMEWORK = 7  # its qualifications are a master’s and what leads to one


@blueprint.get("/prior-learning/claims/<int:claim_id>/sources/new")
@requires(Permission.CLAIM_PRIOR_LEARNING)
def ask_source(claim_id: int) -> Response:
    claim = own_claim(claim_id)
    if claim.state not in TO_WRITE:
        return go_to(url_for("prior_learning.show", claim_id=claim_id))
    kind = kind_asked()
    return source_page(form_of(kind, claim, formdata=None), claim, kind)


@blueprint.post("/prior-learning/claims/<int:claim_id>/sources/new")
@requires(Permission.CLAIM_PRIOR_LEARNING)
@writes_at_the_end
def add_source(claim_id: int) -> Response:
    """The file is looked at and kept before the lock is taken, in which the row is written."""
    claim, kind = own_claim(claim_id), kind_asked()
    form = form_of(kind, claim)
    if not form.does(lambda: add_as_said(form, claim_id, kind)):
        return source_page(form, own_claim(claim_id), kind)
    flash("It stands in your claim. Name more, or send the claim when it is whole.")
    return go_to(url_for("prior_learning.show", claim_id=claim_id))


def add_as_said(form: SourceForm, claim_id: int, kind: SourceKind) -> None:
    file = file_sent(form)
    with short_write() as session:
        claim = own_claim(claim_id)
        given = replace(source_in(form, claim, kind), file=file)
        service.add_source(session, this_occasion(), claim, given, is_sure=bool(form.is_sure.data))
        keep_false_alarms()


def file_sent(form: SourceForm) -> PriorSourceFile | None:
    sent = form.file.data
    if not sent:
        return None
    kept = file_kept(current_app.extensions["rpe_settings"], sent.filename or "", sent.read(), now())
    return PriorSourceFile(**asdict(kept))


def source_in(form: SourceForm, claim: PriorLearningClaim, kind: SourceKind) -> NewSource:
    """What the form says; of credit and records of this service, what stands there."""
    said = NewSource(
        kind, "", "", None, 0, date.max, form.words.data or "", form.link.data or "", form.form_key.data or ""
    )
    if isinstance(form, ModuleForm):
        level = int(form.level.data) if form.level.data else None
        return replace(
            said,
            title=form.title.data,
            body=form.body.data,
            level=level,
            credits=form.credits.given,
            finished_on=form.finished_on.given,
        )
    if isinstance(form, WorkForm):
        return replace(said, title=form.title.data, body=form.body.data, finished_on=form.finished_on.given)
    if isinstance(form, HereForm):
        held = queries.credit_held_by(db.session(), signed_in(), claim.enrolment_id)
        decision = found(next((one for one in held if str(one.id) == form.decision.data), None))
        return replace(
            said,
            title=decision.module.title,
            body=decision.enrolment.programme.provider.name,
            level=LEVEL_OF_THE_FRAMEWORK,
            credits=decision.credits,
            finished_on=decision.decided_on,
            credit_decision=decision,
        )
    assert isinstance(form, RecordForm)
    records = queries.records_held_by(db.session(), signed_in())
    row = found(next((one for one in records if str(one.id) == form.record.data), None))
    module = row.says["module"]
    return replace(
        said,
        title=row.name,
        body=str(module["university"]),
        level=LEVEL_OF_THE_FRAMEWORK,
        credits=int(module["credits"]),
        finished_on=day_of(row.issued_at),
        record=row,
    )


def form_of(kind: SourceKind, claim: PriorLearningClaim, **given: Any) -> SourceForm:
    form = FORMS[kind](**given)
    if isinstance(form, HereForm):
        form.offer(queries.credit_held_by(db.session(), signed_in(), claim.enrolment_id))
    if isinstance(form, RecordForm):
        form.offer(queries.records_held_by(db.session(), signed_in()))
    return form


def kind_asked() -> SourceKind:
    """The kind that the link or the form names; a module, where it names none that there is."""
    return SourceKind.__members__.get(request.values.get("kind", ""), SourceKind.MODULE)


def source_page(form: SourceForm, claim: PriorLearningClaim, kind: SourceKind) -> Response:
    megabytes = current_app.extensions["rpe_settings"].file_megabytes_max
    return answer(
        "prior_learning/source.html",
        status=form.status,
        form=form,
        claim=claim,
        kind=kind,
        heading=NEW_SOURCES[kind],
        megabytes=megabytes,
    )


@blueprint.post("/prior-learning/sources/<int:source_id>/take-out")
@requires(Permission.CLAIM_PRIOR_LEARNING)
def take_out(source_id: int) -> Response:
    source: PriorSource = found(queries.source_of_learner(db.session(), signed_in(), source_id))
    service.take_out(db.session(), this_occasion(), source)
    flash("It is taken out of your claim.")
    return go_to(url_for("prior_learning.show", claim_id=source.claim_id))


@blueprint.get("/prior-learning/sources/<int:source_id>/file")
@requires(Permission.SEE_PRIOR_LEARNING)
def file(source_id: int) -> Response:
    source: PriorSource = found(queries.source_seen_by(db.session(), signed_in(), source_id))
    if source.file is None:
        return found(None)
    path = path_of(current_app.extensions["rpe_settings"].files, source.file.kept_as)
    ending = source.file.name.rpartition(".")[2]
    return kept_file(path, f"prior-learning-{source.id}.{ending}", source.file.media_type)
