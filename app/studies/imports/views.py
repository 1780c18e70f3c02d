"""The administrator's pages for registry files: upload, columns, dry run, import."""

from flask import Response, request, url_for

from app.language.refusal import Refused
from app.models.operations.registry_files import RegistryKind, RowOutcome, UploadedFile
from app.platform.clock import now
from app.platform.db import db, short_write, writes_at_the_end
from app.platform.jobs import enqueue, enqueue_once, standing_of
from app.registries.records import UnreadableFile
from app.studies.base_views import blueprint
from app.studies.imports import queries, uploads
from app.studies.imports.download import HEADINGS, lines_of_all
from app.studies.imports.forms import UploadForm, columns_form
from app.studies.imports.jobs import compare_uploaded, import_uploaded
from app.studies.imports.report import ImportReport
from app.studies.imports.service import RegistryFile
from app.web.access import Permission, found, requires, signed_in
from app.web.deeds.messages import flash
from app.web.delivery.files import csv_file
from app.web.edge.numbers import page_asked
from app.web.htmx import answer, go_to
from app.web.paging import page_of


@blueprint.get("/studies/import")
@requires(Permission.IMPORT_REGISTRIES)
def choose_file() -> Response:
    wanted = request.args.get("kind", RegistryKind.STUDIES.value)
    return upload_page(UploadForm(kind=wanted))


@blueprint.post("/studies/import")
@requires(Permission.IMPORT_REGISTRIES)
@writes_at_the_end
def upload() -> Response:
    form = UploadForm()
    if form.validate():
        try:
            file = file_sent(form)
            trial = uploads.try_file(db.session(), file)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            try:
                with short_write() as session:
                    kept = uploads.keep_upload(session, signed_in(), file, trial, now())
                    let_it_be_compared(kept)
                return go_to(url_for("studies.dry_run", upload_id=kept.id))
            except Refused as refusal:
                form.refuse(refusal)
    return upload_page(form)


def file_sent(form: UploadForm) -> RegistryFile:
    """The file of the form, with what was said before of columns with its names."""
    kind, content = RegistryKind(form.kind.data), form.file.data.read()
    try:
        said = queries.columns_said(db.session(), kind, content)
    except UnreadableFile as complaint:
        raise Refused(str(complaint), "file") from complaint
    return RegistryFile(kind, content, form.file.data.filename or "", said)


def let_it_be_compared(kept: UploadedFile) -> None:
    """Ask for the job, within the transaction that keeps the file, where there is too much for a request."""
    if kept.rows_to_compare:
        enqueue(compare_uploaded, kept.id)


def upload_page(form: UploadForm) -> Response:
    waiting = queries.latest_upload(db.session(), signed_in())
    return answer("studies/imports/choose_file.html", form=form, waiting=waiting, status=form.status)


@blueprint.get("/studies/import/<int:upload_id>/columns")
@requires(Permission.IMPORT_REGISTRIES)
def ask_columns(upload_id: int) -> Response:
    """Which column of the file is which."""
    kept = own_upload(upload_id)
    columns = uploads.columns_of(kept)
    form = columns_form(columns, kept.columns)
    return answer("studies/imports/columns.html", upload=kept, columns=columns, form=form)


@blueprint.post("/studies/import/<int:upload_id>/columns")
@requires(Permission.IMPORT_REGISTRIES)
@writes_at_the_end
def say_columns(upload_id: int) -> Response:
    kept = own_upload(upload_id)
    columns = uploads.columns_of(kept)
    form = columns_form(columns, {})
    if form.validate():
        said = form.chosen(columns)
        try:
            trial = uploads.try_columns(db.session(), kept, said)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            with short_write() as session:
                kept = own_upload(upload_id, to_change=True)
                uploads.say_columns(session, signed_in(), kept, said, trial, now())
                let_it_be_compared(kept)
            return go_to(url_for("studies.dry_run", upload_id=kept.id))
    return answer("studies/imports/columns.html", upload=kept, columns=columns, form=form, status=form.status)


@blueprint.get("/studies/import/<int:upload_id>")
@requires(Permission.IMPORT_REGISTRIES)
def dry_run(upload_id: int) -> Response:
    """What the file would change or how far it is compared, how far its import is, or what it did."""
    kept = own_upload(upload_id)
    if kept.rows_to_compare:
        return comparing_page(kept)
    if kept.complaint:
        return answer("studies/imports/unusable.html", upload=kept)
    if not kept.report:
        return go_to(url_for("studies.ask_columns", upload_id=kept.id))
    if kept.import_id and not kept.imported_at:
        return under_way_page(kept)
    page = "studies/imports/imported.html" if kept.imported_at else "studies/imports/dry_run.html"
    rows = queries.first_rows(db.session(), kept)
    return answer(page, upload=kept, report=ImportReport.from_json(kept.report), rows=rows, outcomes=RowOutcome)


def comparing_page(kept: UploadedFile) -> Response:
    standing = standing_of(compare_uploaded, kept.id)
    pages = ("studies/imports/comparing.html", "studies/imports/_comparing.html")
    return answer(*pages, upload=kept, standing=standing)


def under_way_page(kept: UploadedFile) -> Response:
    under_way = kept.registry_import
    assert under_way is not None
    return answer(
        "studies/imports/under_way.html",
        "studies/imports/_under_way.html",
        upload=kept,
        under_way=under_way,
        report=ImportReport.from_json(under_way.counts),
        total=ImportReport.from_json(kept.report).rows,
        standing=standing_of(import_uploaded, kept.id),
    )


@blueprint.get("/studies/import/<int:upload_id>/progress")
@requires(Permission.IMPORT_REGISTRIES)
def import_progress(upload_id: int) -> Response:
    """The part that a page under way asks for; the page with the report once there is one."""
    kept = own_upload(upload_id)
    if kept.rows_to_compare:
        return comparing_page(kept)
    if kept.imported_at or not kept.import_id:
        return go_to(url_for("studies.dry_run", upload_id=kept.id))
    return under_way_page(kept)


@blueprint.get("/studies/import/<int:upload_id>/rows")
@requires(Permission.IMPORT_REGISTRIES)
def uploaded_rows(upload_id: int) -> Response:
    """All rows of one kind, page by page."""
    kept = own_upload(upload_id)
    name = request.args.get("kind", "")
    outcome = RowOutcome[name] if name in RowOutcome.__members__ else RowOutcome.CHANGED
    page = page_of(db.session(), queries.rows_in(kept, outcome), page_asked())
    return answer("studies/imports/rows.html", upload=kept, outcome=outcome, outcomes=RowOutcome, page=page)


@blueprint.get("/studies/import/<int:upload_id>/rows.csv")
@requires(Permission.IMPORT_REGISTRIES)
def download_rows(upload_id: int) -> Response:
    """Every changed, less recent and refused row as a file."""
    kept = own_upload(upload_id)
    return csv_file(
        "what-the-file-changes.csv", HEADINGS, lambda session: lines_of_all(queries.all_rows(session, kept))
    )


@blueprint.post("/studies/import/<int:upload_id>")
@requires(Permission.IMPORT_REGISTRIES)
def import_now(upload_id: int) -> Response:
    kept = own_upload(upload_id, to_change=True)
    if uploads.begin_import(db.session(), signed_in(), kept, now()):
        enqueue_once(import_uploaded, kept.id)
    return go_to(url_for("studies.dry_run", upload_id=kept.id))


@blueprint.post("/studies/import/<int:upload_id>/cancel")
@requires(Permission.IMPORT_REGISTRIES)
def cancel(upload_id: int) -> Response:
    uploads.discard_upload(db.session(), signed_in(), own_upload(upload_id, to_change=True), now())
    flash("The file is dropped. Nothing was imported.")
    return go_to(url_for("studies.choose_file"))


def own_upload(upload_id: int, to_change: bool = False) -> UploadedFile:
    """The file that the person who is signed in uploaded, or 404."""
    kept: UploadedFile = found(queries.upload_of(db.session(), signed_in(), upload_id, to_change))
    return kept
