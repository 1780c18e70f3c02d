"""The return of a network as a page, as text to keep, and the rows on which its numbers rest."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from flask import Blueprint, Response, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.hours import HoursCategory
from app.models.organisations import Network
from app.network_return.figures import Figures
from app.network_return.forms import ReturnForm
from app.network_return.rows import Row, Span, placement_ids, rows_of
from app.network_return.words import COUNTED, NOT_ADDED, TOO_FEW, as_of, name_of, paragraphs_of, text_of, title_of
from app.platform.clock import today
from app.platform.db import db
from app.web.access import Permission, found, requires, signed_in
from app.web.delivery.files import csv_file, file_to_keep
from app.web.edge.numbers import page_asked
from app.web.htmx import answer
from app.web.paging import in_parts, page_of_rows
from app.web.spreadsheet import Cell

blueprint = Blueprint("network_return", __name__)
HEADINGS = (
    "Learner",
    "Profession",
    "Level",
    "University",
    "Mentor",
    "Study",
    "Organisation",
    "First day",
    "Last day",
    "Began in the period",
    "What became of it",
    "Signed off in the period",
    "Sessions",
    *(f"Hours: {category.value}" for category in HoursCategory),
)


@blueprint.get("/network-return")
@requires(Permission.OVERSEE_PLACEMENTS)
def show() -> Response:
    form = asked()
    if not form.validate():
        return answer("network_return/return.html", status=form.status, form=form)
    span = form.span
    figures = Figures(rows_of(db.session(), span, None, today()))
    return answer(
        "network_return/return.html",
        form=form,
        title=title_of(span),
        as_of=as_of(span, today()),
        figures=figures,
        paragraphs=paragraphs_of(figures),
        counted=COUNTED,
        not_added=NOT_ADDED,
        name_of=name_of,
        too_few=TOO_FEW,
        text=text_of(span, figures, today()),
    )


@blueprint.get("/network-return.txt")
@requires(Permission.OVERSEE_PLACEMENTS)
def text() -> Response:
    span = whole().span
    figures = Figures(rows_of(db.session(), span, None, today()))
    return file_to_keep(text_of(span, figures, today()), f"return-{named(span)}.txt", "text/plain; charset=utf-8")


@blueprint.get("/network-return/placements")
@requires(Permission.OVERSEE_PLACEMENTS)
def placements() -> Response:
    """Every row of the return, so that its numbers can be followed to the placements."""
    form = whole()
    span = form.span
    page = page_of_rows(placement_ids(db.session(), span, today()), page_asked())
    return answer(
        "network_return/placements.html",
        form=form,
        page=replace(page, rows=rows_of(db.session(), span, page.rows, today())),
        title=title_of(span),
        as_of=as_of(span, today()),
    )


@blueprint.get("/network-return/placements.csv")
@requires(Permission.OVERSEE_PLACEMENTS)
def download() -> Response:
    span, day = whole().span, today()
    ids = placement_ids(db.session(), span, day)
    return csv_file(f"return-{named(span)}.csv", HEADINGS, lambda apart: lines_of(apart, span, ids, day))


def lines_of(session: Session, span: Span, ids: Sequence[int], day: date) -> Iterator[Sequence[Cell]]:
    """One line for each row, some hundred loaded at a time."""
    for some in in_parts(ids):
        yield from map(line_of, rows_of(session, span, some, day))
        session.expunge_all()


def line_of(row: Row) -> list[Cell]:
    placement = row.placement
    programme = placement.module.programme
    return [
        placement.learner.name,
        row.profession,
        programme.level.value,
        programme.provider.name,
        placement.mentor.name,
        placement.opening.study.title,
        placement.opening.organisation.name,
        placement.starts_on.isoformat(),
        placement.ends_on.isoformat(),
        "yes" if row.began else "no",
        row.ending.value,
        "yes" if row.is_signed_off else "no",
        row.sessions,
        *(row.minutes[category] / 60 for category in HoursCategory),
    ]


def asked() -> ReturnForm:
    return ReturnForm.asked(request.args, found(networks_of(db.session()) or None), today())


def whole() -> ReturnForm:
    """The form in the address of what stands beside a return; 404 where it is not one."""
    form = asked()
    return found(form if form.validate() else None)


def networks_of(session: Session) -> Sequence[Network]:
    """The networks that whoever is signed in coordinates."""
    return session.scalars(
        select(Network).where(Network.id.in_(signed_in().network_ids())).order_by(Network.name)
    ).all()


def named(span: Span) -> str:
    return f"{span.first.isoformat()}-to-{span.last.isoformat()}"
