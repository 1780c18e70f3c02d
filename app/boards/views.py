"""Pages of boards: those there are, one of them to read, print and keep, and its day."""

from collections.abc import Iterator, Sequence

from flask import Response, request
from sqlalchemy.orm import Session

from app.boards import list_views, making_views, own_views, queries
from app.boards.base_views import (
    back_to,
    blueprint,
    board_kept,
    board_page,
    board_read,
    lines_shown,
    list_read,
)
from app.boards.deciding import decide
from app.boards.home import home_items_of
from app.boards.words import SaidLine, said_line
from app.language.dates_and_times import day_in_words
from app.language.numbers import count
from app.platform.db import db
from app.web.access import Permission, may, requires, signed_in
from app.web.addresses import full_address
from app.web.deeds.messages import flash
from app.web.delivery.files import csv_file
from app.web.edge.numbers import page_asked
from app.web.fields import Form
from app.web.htmx import answer
from app.web.occasions import this_occasion
from app.web.spreadsheet import Cell

__all__ = ["HOME_SOURCES", "blueprint", "list_views", "making_views", "own_views"]

HOME_SOURCES = (home_items_of,)
HEADINGS = (
    "Learner",
    "Programme",
    "Module",
    "Credits of the module",
    "Outcome",
    "What the learner should know",
    "Missing from the record",
    "Why the credits are earned all the same",
    "Considered",
    "Stepped out",
    "Since then",
)


@blueprint.get("/boards")
@requires(Permission.READ_BOARDS)
def index() -> Response:
    page = queries.boards_read(db.session(), signed_in(), page_asked())
    numbers = queries.numbers_of_lines(db.session(), [one.id for one in page.rows])
    return answer("boards/index.html", page=page, numbers=numbers, keeps=may(Permission.KEEP_BOARDS))


@blueprint.get("/boards/<int:board_id>")
@requires(Permission.READ_BOARDS)
def show(board_id: int) -> Response:
    return board_page(board_read(board_id))


@blueprint.get("/boards/<int:board_id>/print")
@requires(Permission.READ_BOARDS)
def paper(board_id: int) -> Response:
    return board_page(board_read(board_id), "boards/paper.html")


@blueprint.get("/boards/<int:board_id>/list.csv")
@requires(Permission.READ_BOARDS)
def download(board_id: int) -> Response:
    """The list as the page shows it; there are few enough lines to be read at once."""
    board = board_read(board_id)
    lines, _ = lines_shown(board)
    rows = [row_of(one) for one in lines]

    def read(apart: Session) -> Iterator[Sequence[Cell]]:
        yield from rows

    return csv_file(f"board-{board.meets_on.isoformat()}-{board.id}.csv", HEADINGS, read)


def row_of(one: SaidLine) -> list[Cell]:
    return [
        one.name,
        one.programme,
        one.module,
        one.credits,
        one.outcome,
        one.words,
        " ".join(fact.words for fact in one.missing),
        one.reason,
        "; ".join(one.evidence),
        "; ".join(one.steps_out),
        "; ".join(one.since),
    ]


@blueprint.get("/boards/<int:board_id>/decide")
@requires(Permission.KEEP_BOARDS)
def ask_decide(board_id: int) -> Response:
    board = board_kept(board_id)
    read = list_read(board)
    if not board.is_preparing or not read.can_be_decided:
        return back_to(board)
    return answer(
        "boards/decide.html",
        board=board,
        lines=[said_line(one) for one in read.lines],
        learners=len({one.line.enrolment_id for one in read.lines}),
        seen=read.digest,
        form=Form(formdata=None),
    )


@blueprint.post("/boards/<int:board_id>/decide")
@requires(Permission.KEEP_BOARDS)
def record_decisions(board_id: int) -> Response:
    board, form = board_kept(board_id, to_change=True), Form()
    made: list[object] = []

    def deed() -> None:
        made.extend(
            decide(db.session(), this_occasion(), board, request.form.get("seen", ""), full_address("boards.mine"))
        )

    if form.does(deed):
        flash(
            f"{count(len(made), 'decision')} of {day_in_words(board.meets_on)} recorded, and the list is frozen. Each "
            "learner is told by email."
        )
        return back_to(board)
    return board_page(board, form=form)
