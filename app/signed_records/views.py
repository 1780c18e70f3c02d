"""The page of a placement's signed record, where its learner makes it and takes it away."""

from pathlib import Path

from flask import Blueprint, Response, current_app, url_for

from app.config import Settings
from app.language.refusal import Overtaken, Refused
from app.models.course.signed_records import IssuedRecord
from app.models.placements import Placement
from app.platform.clock import now, today
from app.platform.db import db, short_write, writes_at_the_end
from app.rules.sign_offs.issued import standing_of
from app.rules.sign_offs.standing import is_signed_off
from app.signed_records import public_views, queries, service
from app.signed_records.base_views import issuing
from app.signed_records.bundle.credential import Issuing
from app.signed_records.drafts import Draft, draft_of
from app.signed_records.elsewhere import views as elsewhere
from app.signed_records.paper import paper_of
from app.web.access import Permission, found, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.delivery.files import file_to_keep
from app.web.delivery.sealing import key_of_service
from app.web.htmx import answer, go_to
from app.web.looking import note_opening
from app.web.occasions import this_occasion

blueprint = Blueprint("signed_records", __name__)
blueprint.register_blueprint(public_views.blueprint)
blueprint.register_blueprint(elsewhere.blueprint)


@blueprint.get("/placements/<int:placement_id>/signed-record")
@requires(Permission.SEE_SIGNED_RECORD)
def show(placement_id: int) -> Response:
    return record_page(placement_read(placement_id))


def record_page(placement: Placement, complaint: str = "", status: int = 200) -> Response:
    issued = queries.records_of(db.session(), placement)
    note_opening(placement, placement.learner)
    return answer(
        "signed_records/record.html",
        status=status,
        complaint=complaint,
        placement=placement,
        is_learner=placement.learner_id == signed_in().id,
        takes_it=signed_in().id != placement.mentor_id,
        is_signed_off=is_signed_off(db.session(), placement),
        records=[(one, standing_of(one)) for one in issued],
        is_for_trial=any(one.key.is_for_trial for one in issued),
        address_of=address_of,
    )


def address_of(issued: IssuedRecord) -> str:
    return full_address("signed_records.public.standing", record_address=issued.address)


@blueprint.post("/placements/<int:placement_id>/signed-record")
@requires(Permission.MAKE_SIGNED_RECORD)
@writes_at_the_end
def make(placement_id: int) -> Response:
    """Sealed and signed before the lock is taken; sent twice, it is the same record."""
    placement = own_placement(placement_id)
    try:
        issued, is_new = issued_now(placement)
    except Overtaken:
        raise
    except Refused as refusal:
        return record_page(own_placement(placement_id), refusal.message, status=422)
    told = "Your signed record is made." if is_new else "Your record has not changed: the one that you have stands."
    flash(f"{told} Download it below, and keep it where you will find it again.")
    return go_to(url_for("signed_records.show", placement_id=issued.placement_id))


def issued_now(placement: Placement) -> tuple[IssuedRecord, bool]:
    """The record, and whether it is a new one. Raises Refused where none can be signed."""
    draft = draft_of(db.session(), placement, today())
    known = service.record_that_says(db.session(), placement, draft)
    if known:
        return known, False
    made = service.make_record(draft, key_of_service(), issued_at_this_address, pages_of)
    with short_write() as session:
        placement = own_placement(placement.id)
        issued = service.give_out(session, this_occasion(), placement, made)
        return issued, issued.address == made.address


def issued_at_this_address(address: str, key_id: str) -> Issuing:
    return issuing(address, key_id, now())


def pages_of(draft: Draft, issuing: Issuing) -> bytes:
    """The PDF before it is sealed."""
    from app.web.delivery.pdf_pages import pdf_of  # it brings what draws letters, which few pages need

    settings = settings_here()
    instead = "Tell the administrator."
    paper = paper_of(draft, issuing.address, issuing.at)
    return pdf_of(paper, settings.service_name, issuing.at, Path(settings.font_folder), instead)


@blueprint.get("/signed-records/<int:signed_record_id>/record.zip")
@requires(Permission.TAKE_SIGNED_RECORD)
def download(signed_record_id: int) -> Response:
    issued: IssuedRecord = found(queries.record_to_take(db.session(), signed_in(), signed_record_id))
    name = f"placement-{issued.placement_id}-record-{issued.number}.zip"
    return file_to_keep([queries.file_of(db.session(), issued)], name, "application/zip")


def placement_read(placement_id: int) -> Placement:
    placement: Placement = found(queries.placement_read(db.session(), signed_in(), placement_id))
    return placement


def own_placement(placement_id: int) -> Placement:
    placement: Placement = found(queries.placement_of_learner(db.session(), signed_in(), placement_id))
    return placement


def settings_here() -> Settings:
    settings: Settings = current_app.extensions["rpe_settings"]
    return settings
