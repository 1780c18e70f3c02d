"""The transcript of a learner, as a page to print and as files: her own, and for her university."""

from pathlib import Path

from flask import Blueprint, Response, current_app

from app.language.papers import Paper
from app.ledgers import queries
from app.ledgers.transcript.paper import LevelRead, paper_of
from app.ledgers.transcript.reading import levels_of
from app.ledgers.transcript.sheets import MODULE_HEADINGS, modules_of, sheets_of
from app.models.people import Person
from app.models.programmes import Enrolment
from app.platform.clock import now, today
from app.platform.db import db
from app.rules.prior_learning.awards import awards_of
from app.web.access import Permission, found, requires, signed_in
from app.web.delivery.files import file_to_keep
from app.web.htmx import answer
from app.web.looking import note_opening
from app.web.spreadsheet import csv_of

blueprint = Blueprint("transcript", __name__)
INSTEAD = "Print the page of the transcript instead."


@blueprint.get("/my-transcript")
@requires(Permission.SEE_OWN_PROGRESS)
def mine() -> Response:
    return answer("ledgers/transcript/transcript.html", paper=paper_about(signed_in()), enrolment=None)


@blueprint.get("/my-transcript.pdf")
@requires(Permission.SEE_OWN_PROGRESS)
def my_file() -> Response:
    return pdf_file(paper_about(signed_in()), "my-transcript.pdf")


@blueprint.get("/ledgers/<int:enrolment_id>/transcript")
@requires(Permission.SEE_TRANSCRIPT)
def show(enrolment_id: int) -> Response:
    enrolment, learner = read(enrolment_id)
    note_opening(enrolment, learner)
    return answer("ledgers/transcript/transcript.html", paper=paper_about(learner), enrolment=enrolment)


@blueprint.get("/ledgers/<int:enrolment_id>/transcript.pdf")
@requires(Permission.SEE_TRANSCRIPT)
def file(enrolment_id: int) -> Response:
    _, learner = read(enrolment_id)
    return pdf_file(paper_about(learner), f"transcript-{enrolment_id}.pdf")


@blueprint.get("/my-transcript.xlsx")
@requires(Permission.SEE_OWN_PROGRESS)
def my_workbook() -> Response:
    return workbook_file(signed_in(), "my-transcript.xlsx")


@blueprint.get("/my-transcript.csv")
@requires(Permission.SEE_OWN_PROGRESS)
def my_modules() -> Response:
    return modules_file(signed_in(), "my-transcript.csv")


@blueprint.get("/ledgers/<int:enrolment_id>/transcript.xlsx")
@requires(Permission.SEE_TRANSCRIPT)
def workbook(enrolment_id: int) -> Response:
    _, learner = read(enrolment_id)
    return workbook_file(learner, f"transcript-{enrolment_id}.xlsx")


@blueprint.get("/ledgers/<int:enrolment_id>/transcript.csv")
@requires(Permission.SEE_TRANSCRIPT)
def modules(enrolment_id: int) -> Response:
    _, learner = read(enrolment_id)
    return modules_file(learner, f"transcript-{enrolment_id}.csv")


def read(enrolment_id: int) -> tuple[Enrolment, Person]:
    """The enrolment and its learner, if she leads there or supervises the learner, or 404."""
    enrolment, learner = found(queries.enrolment_of_university(db.session(), signed_in(), enrolment_id))
    return enrolment, learner


def levels_read(learner: Person) -> list[LevelRead]:
    return levels_of(db.session(), queries.enrolments_of(db.session(), learner))


def paper_about(learner: Person) -> Paper:
    return paper_of(learner.name, levels_read(learner), awards_of(db.session(), learner.id), today())


def workbook_file(learner: Person, name: str) -> Response:
    from app.web.delivery.workbook import MEDIA_TYPE, pieces_of_workbook

    levels, awards = levels_read(learner), awards_of(db.session(), learner.id)
    paper = paper_of(learner.name, levels, awards, today())
    return file_to_keep(pieces_of_workbook(sheets_of(paper, levels, awards)), name, MEDIA_TYPE)


def modules_file(learner: Person, name: str) -> Response:
    """The modules of all levels, line by line."""
    return file_to_keep(csv_of(MODULE_HEADINGS, modules_of(levels_read(learner))), name, "text/csv")


def pdf_file(paper: Paper, name: str) -> Response:
    from app.web.delivery.pdf_pages import pdf_of  # it brings what draws letters, which no other page needs

    settings = current_app.extensions["rpe_settings"]
    made = pdf_of(paper, settings.service_name, now(), Path(settings.font_folder), INSTEAD)
    return file_to_keep([made], name, "application/pdf")
