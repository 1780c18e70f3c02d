"""Pages and files of the whole record of a placement, for whoever may read it, within what she may read."""

from pathlib import Path

from flask import Blueprint, Response, current_app

from app.config import Settings
from app.models.placements import Placement
from app.phrasebook.of_placements.whole_record import paper_of_record
from app.platform.clock import now, today
from app.platform.db import db
from app.record.lines import HEADINGS, rows_of_lines
from app.record.queries import RecordRead, parts_read, placement_reached, record_read
from app.record.sheets import sheets_of
from app.web.access import Permission, found, may, requires, signed_in
from app.web.delivery.files import csv_file, file_to_keep
from app.web.htmx import answer
from app.web.looking import note_opening

blueprint = Blueprint("record", __name__)
INSTEAD = "Print the page of the record instead."


@blueprint.get("/placements/<int:placement_id>/record")
@requires(Permission.SEE_RECORD)
def show(placement_id: int) -> Response:
    read = read_record(placement_id)
    placement = read.placement
    note_opening(placement, placement.learner)
    return answer(
        "record/record.html",
        placement=placement,
        paper=paper_of_record(read.content, today(), is_whole=read.is_whole),
        is_between=signed_in().id in (placement.learner_id, placement.mentor_id),
        oversees=not read.words_of and may(Permission.OVERSEE_PLACEMENTS),
    )


@blueprint.get("/placements/<int:placement_id>/record.pdf")
@requires(Permission.SEE_RECORD)
def pdf(placement_id: int) -> Response:
    from app.web.delivery.pdf_pages import pdf_of  # it brings what draws letters, which no other page needs

    read, settings = read_record(placement_id), settings_here()
    paper = paper_of_record(read.content, today(), is_whole=read.is_whole)
    made = pdf_of(paper, settings.service_name, now(), Path(settings.font_folder), INSTEAD)
    return file_to_keep([made], f"{name_of(read.placement)}.pdf", "application/pdf")


@blueprint.get("/placements/<int:placement_id>/record.xlsx")
@requires(Permission.SEE_RECORD)
def workbook(placement_id: int) -> Response:
    from app.web.delivery.workbook import MEDIA_TYPE, pieces_of_workbook

    read = read_record(placement_id)
    paper = paper_of_record(read.content, today(), is_whole=read.is_whole)
    rows = rows_of_lines(db.session(), read.part_ids, read.words_of)
    made = pieces_of_workbook(sheets_of(read.content, paper, rows))
    return file_to_keep(made, f"{name_of(read.placement)}.xlsx", MEDIA_TYPE)


@blueprint.get("/placements/<int:placement_id>/record.csv")
@requires(Permission.SEE_RECORD)
def lines(placement_id: int) -> Response:
    """The lines of the record, sent while they are read."""
    placement = reached(placement_id)
    parts, words_of = parts_read(db.session(), signed_in(), placement)
    return csv_file(f"{name_of(placement)}.csv", HEADINGS, lambda apart: rows_of_lines(apart, parts, words_of))


def read_record(placement_id: int) -> RecordRead:
    return record_read(db.session(), signed_in(), reached(placement_id), today())


def reached(placement_id: int) -> Placement:
    placement: Placement = found(placement_reached(db.session(), signed_in(), placement_id))
    return placement


def name_of(placement: Placement) -> str:
    """A file name that tells placements apart, and nobody's name to whoever looks over a list of files."""
    return f"placement-record-{placement.id}-{today().isoformat()}"


def settings_here() -> Settings:
    settings: Settings = current_app.extensions["rpe_settings"]
    return settings
