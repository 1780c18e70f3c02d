"""Pages on which a programme lead reads a record of elsewhere, and takes it for a learner as prior learning."""

from flask import Blueprint, Response, current_app, url_for

from app.config import Settings
from app.models.course.records_of_elsewhere import RecordOfElsewhere
from app.models.people import Person
from app.models.programmes import Enrolment
from app.platform.db import db, short_write, writes_at_the_end
from app.signed_records.base_views import issuer_address
from app.signed_records.elsewhere import queries, service
from app.signed_records.elsewhere.forms import ReadForm, TakeForm
from app.signed_records.elsewhere.reading import ReadRecord, key_in_file, read_with_issuer, read_with_key
from app.signed_records.elsewhere.words import lines_of
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.delivery.files import file_to_keep
from app.web.htmx import answer, go_to
from app.web.looking import note_opening
from app.web.occasions import this_occasion
from app.web.security import limit_deeds

blueprint = Blueprint("elsewhere", __name__)


@blueprint.get("/progress/<int:enrolment_id>/record-from-elsewhere")
@requires(Permission.DECIDE_CREDIT)
def ask(enrolment_id: int) -> Response:
    return reading_page(form_of(formdata=None), *own_enrolment(enrolment_id))


@blueprint.post("/progress/<int:enrolment_id>/record-from-elsewhere")
@requires(Permission.DECIDE_CREDIT)
@writes_at_the_end
@limit_deeds("30 per 15 minutes")
def read(enrolment_id: int) -> Response:
    """Checked, and its issuer asked, before the lock is taken in which it is kept to be shown."""
    own_enrolment(enrolment_id)
    form, kept = form_of(), list[int]()
    if not form.does(lambda: kept.append(keep(enrolment_id, read_as_said(form)))):
        return reading_page(form, *own_enrolment(enrolment_id))
    return go_to(url_for("signed_records.elsewhere.show", elsewhere_id=kept[0]))


def read_as_said(form: ReadForm) -> ReadRecord:
    content = form.content()
    if form.issuer.data:
        return read_with_issuer(content, form.issuer.data)
    return read_with_key(content, key_in_file(form.key_content()))


def keep(enrolment_id: int, read: ReadRecord) -> int:
    with short_write() as session:
        enrolment, _ = own_enrolment(enrolment_id)
        row = service.keep_to_show(session, this_occasion(), enrolment, read, issuer_address())
        session.flush()
        return row.id


@blueprint.get("/records-from-elsewhere/<int:elsewhere_id>")
@requires(Permission.SEE_PROGRESS)
def show(elsewhere_id: int) -> Response:
    return record_page(*seen(elsewhere_id), TakeForm(formdata=None))


@blueprint.post("/records-from-elsewhere/<int:elsewhere_id>/take")
@requires(Permission.DECIDE_CREDIT)
def take(elsewhere_id: int) -> Response:
    row, learner = to_take(elsewhere_id)
    form = TakeForm()
    is_sure = bool(form.is_sure.data)
    if not form.does(lambda: service.take(db.session(), this_occasion(), row, learner, is_sure=is_sure)):
        return record_page(row, learner, form)
    flash(f"The record is taken as prior learning. {learner.name} is told by email. Credit is decided apart.")
    return go_to(url_for("progress.show", enrolment_id=row.enrolment_id))


@blueprint.post("/records-from-elsewhere/<int:elsewhere_id>/drop")
@requires(Permission.DECIDE_CREDIT)
def drop(elsewhere_id: int) -> Response:
    row, learner = to_take(elsewhere_id)
    service.drop(db.session(), this_occasion(), row)
    flash(f"The record was not taken, and nothing of it is kept. {learner.name} is not told.")
    return go_to(url_for("progress.show", enrolment_id=row.enrolment_id))


@blueprint.get("/records-from-elsewhere/<int:elsewhere_id>/record.zip")
@requires(Permission.SEE_PROGRESS)
def download(elsewhere_id: int) -> Response:
    row, _ = seen(elsewhere_id)
    return file_to_keep([queries.file_of(db.session(), row)], f"record-from-elsewhere-{row.id}.zip", "application/zip")


def form_of(**given: None) -> ReadForm:
    settings: Settings = current_app.extensions["rpe_settings"]
    form = ReadForm(**given)
    form.offer_issuers(settings.other_services.split())
    return form


def own_enrolment(enrolment_id: int) -> tuple[Enrolment, Person]:
    enrolled: tuple[Enrolment, Person] = found(queries.enrolment_led_by(db.session(), signed_in(), enrolment_id))
    return enrolled


def seen(elsewhere_id: int) -> tuple[RecordOfElsewhere, Person]:
    row: tuple[RecordOfElsewhere, Person] = found(queries.record_seen_by(db.session(), signed_in(), elsewhere_id))
    return row


def to_take(elsewhere_id: int) -> tuple[RecordOfElsewhere, Person]:
    row: tuple[RecordOfElsewhere, Person] = found(queries.record_to_take(db.session(), signed_in(), elsewhere_id))
    return row


def reading_page(form: ReadForm, enrolment: Enrolment, learner: Person) -> Response:
    return answer(
        "signed_records/elsewhere/read.html", status=form.status, form=form, enrolment=enrolment, learner=learner
    )


def record_page(row: RecordOfElsewhere, learner: Person, form: TakeForm) -> Response:
    note_opening(row.enrolment, learner)
    return answer(
        "signed_records/elsewhere/record.html",
        status=form.status,
        form=form,
        row=row,
        learner=learner,
        lines=lines_of(row.says),
        is_taken=row.taken_at is not None,
        may_take=row.taken_at is None and queries.record_to_take(db.session(), signed_in(), row.id) is not None,
    )
