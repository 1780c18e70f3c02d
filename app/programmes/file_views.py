"""Pages that take a file of programmes in, after saying what it would do, and the file to keep."""

from flask import Response, url_for

from app.language.numbers import count
from app.language.refusal import Refused
from app.platform.db import db
from app.programmes.base_views import blueprint
from app.programmes.forms import TakeForm, UploadForm
from app.programmes.importing import FILE_BYTES_MAX, plan_of, take_in
from app.programmes.queries import programmes_reached
from app.rules.programmes.described import said_of_programme
from app.rules.programmes.reading import UnreadableProgrammes, programmes_in
from app.rules.programmes.said import ProgrammeSaid
from app.rules.programmes.writing import file_of
from app.web.access import Permission, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.delivery.files import file_to_keep
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion

Said = tuple[ProgrammeSaid, ...]


@blueprint.get("/programmes/upload")
@requires(Permission.EDIT_PROGRAMMES)
def choose_file() -> Response:
    return upload_page(UploadForm(formdata=None))


@blueprint.post("/programmes/upload")
@requires(Permission.EDIT_PROGRAMMES)
def upload() -> Response:
    """What the file would do; nothing is written."""
    form = UploadForm()
    if not form.validate():
        return upload_page(form)
    try:
        text = text_of(form.file.data.read(FILE_BYTES_MAX + 1))
        said = programmes_in(text)
    except Refused as refusal:
        form.refuse(refusal)
        return upload_page(form)
    except UnreadableProgrammes as unreadable:
        return upload_page(form, unreadable.complaints)
    return plan_page(text, said)


def text_of(content: bytes) -> str:
    """Raises Refused for what is no text of this service."""
    if len(content) > FILE_BYTES_MAX:
        raise Refused(f"The file must be smaller than {FILE_BYTES_MAX // 1000} kB. Split it by university.", "file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("The file is not in UTF-8. Save it so, then choose it again.", "file") from error


def plan_page(text: str, said: Said, complaint: str = "") -> Response:
    plan = plan_of(db.session(), said, this_occasion())
    if plan.complaints:
        return upload_page(UploadForm(formdata=None), plan.complaints)
    status = 409 if complaint else 200
    return answer("programmes/plan.html", status=status, plan=plan, content=text, complaint=complaint)


@blueprint.post("/programmes/upload/take")
@requires(Permission.EDIT_PROGRAMMES)
def take() -> Response:
    form = TakeForm()
    if not form.validate():
        return upload_page(UploadForm(formdata=None), ("Choose the file again: what was sent is not whole.",))
    try:
        said = programmes_in(str(form.content.data))
        plan = take_in(db.session(), said, this_occasion(), str(form.shown.data), full_address("programmes.pathways"))
    except UnreadableProgrammes as unreadable:
        return upload_page(UploadForm(formdata=None), unreadable.complaints)
    except Refused as refusal:
        db.session().rollback()
        return plan_page(str(form.content.data), said, refusal.message)
    flash(f"{count(len(plan.changes), 'change')} of the file {'is' if len(plan.changes) == 1 else 'are'} made.")
    return go_to(url_for("programmes.index"))


def upload_page(form: UploadForm, complaints: tuple[str, ...] = ()) -> Response:
    status = 422 if complaints else form.status
    return answer("programmes/upload.html", status=status, form=form, complaints=complaints)


@blueprint.get("/programmes.toml")
@requires(Permission.EDIT_PROGRAMMES)
def download() -> Response:
    """Every published version of the programmes that she may change."""
    said = (said_of_programme(one) for one in programmes_reached(db.session(), signed_in()))
    return file_to_keep(file_of(one for one in said if one.versions), "programmes.toml", "application/toml")
