"""The administrator's pages for registry files: upload, dry run, import."""

from flask import Response, flash, request, url_for

from app.language.refusal import Refused
from app.models.studies import RegistryKind, UploadedFile
from app.platform.clock import now
from app.platform.db import db
from app.studies.base_views import blueprint
from app.studies.imports import uploads
from app.studies.imports.forms import UploadForm
from app.studies.imports.queries import latest_upload, upload_of
from app.studies.imports.report import ImportReport
from app.web.access import Permission, found, requires, signed_in
from app.web.htmx import answer, go_to


@blueprint.get("/studies/import")
@requires(Permission.IMPORT_REGISTRIES)
def choose_file() -> Response:
    wanted = request.args.get("kind", RegistryKind.STUDIES.value)
    return upload_page(UploadForm(kind=wanted))


@blueprint.post("/studies/import")
@requires(Permission.IMPORT_REGISTRIES)
def upload() -> Response:
    form = UploadForm()
    if form.validate():
        file = form.file.data
        try:
            kept = uploads.try_upload(
                db.session(), signed_in(), RegistryKind(form.kind.data), file.filename or "", file.read(), now()
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return go_to(url_for("studies.dry_run", upload_id=kept.id))
    return upload_page(form)


def upload_page(form: UploadForm) -> Response:
    waiting = latest_upload(db.session(), signed_in())
    return answer("studies/imports/choose_file.html", form=form, waiting=waiting, status=form.status)


@blueprint.get("/studies/import/<int:upload_id>")
@requires(Permission.IMPORT_REGISTRIES)
def dry_run(upload_id: int) -> Response:
    """What the file would change, or what it did."""
    kept = own_upload(upload_id)
    page = "studies/imports/imported.html" if kept.imported_at else "studies/imports/dry_run.html"
    return answer(page, upload=kept, report=ImportReport.from_json(kept.report))


@blueprint.post("/studies/import/<int:upload_id>")
@requires(Permission.IMPORT_REGISTRIES)
def import_now(upload_id: int) -> Response:
    kept = own_upload(upload_id)
    uploads.import_upload(db.session(), signed_in(), kept, now())
    return go_to(url_for("studies.dry_run", upload_id=kept.id))


@blueprint.post("/studies/import/<int:upload_id>/cancel")
@requires(Permission.IMPORT_REGISTRIES)
def cancel(upload_id: int) -> Response:
    uploads.discard_upload(db.session(), signed_in(), own_upload(upload_id), now())
    flash("The file is dropped. Nothing was imported.")
    return go_to(url_for("studies.choose_file"))


def own_upload(upload_id: int) -> UploadedFile:
    """The file that the person who is signed in uploaded, or 404."""
    kept: UploadedFile = found(upload_of(db.session(), signed_in(), upload_id))
    return kept
