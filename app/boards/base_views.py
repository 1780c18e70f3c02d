"""The blueprint of boards, the loaders that its views share, and the page of one board."""

import json
from collections.abc import Sequence

from flask import Blueprint, Response, url_for

from app.boards import queries
from app.boards.lists import ReadList, list_of
from app.boards.words import IN_THE_WAY, SaidLine, said_as_decided, said_line
from app.models.academic.boards import Board, BoardLine, BoardState
from app.models.people import Person, Role
from app.platform.clock import today
from app.platform.db import db
from app.platform.lifecycle import story_of
from app.web.access import found, signed_in
from app.web.edge.numbers import page_asked
from app.web.fields import Form
from app.web.htmx import answer, go_to
from app.web.paging import page_of_rows

blueprint = Blueprint("boards", __name__)


def board_kept(board_id: int, *, to_change: bool = False) -> Board:
    board: Board = found(queries.board_kept(db.session(), signed_in(), board_id, to_change=to_change))
    return board


def board_read(board_id: int) -> Board:
    board: Board = found(queries.board_read(db.session(), signed_in(), board_id))
    return board


def line_kept(board_id: int, line_id: int, *, to_change: bool = False) -> tuple[BoardLine, Person]:
    one: tuple[BoardLine, Person] = found(
        queries.line_kept(db.session(), signed_in(), board_id, line_id, to_change=to_change)
    )
    return one


def back_to(board: Board) -> Response:
    return go_to(url_for("boards.show", board_id=board.id))


def is_keeper(board: Board) -> bool:
    return board.provider_id in signed_in().provider_ids(Role.PROGRAMME_LEAD)


def list_read(board: Board) -> ReadList:
    return list_of(db.session(), board, signed_in(), today())


def decided_lines(board: Board) -> list[SaidLine]:
    """The list as it was frozen, with what came later beside it."""
    content = json.loads(board.decided)
    keys = {(one["enrolment"], one["module"]["id"]) for one in content["lines"]}
    decisions = queries.since_decided(db.session(), keys)
    return [
        said_as_decided(one, decisions.get((one["enrolment"], one["module"]["id"]), [])) for one in content["lines"]
    ]


def members_of(board: Board) -> Sequence[str]:
    """Who sits on it, and of whom that is to be looked at; of a list that was decided, who did."""
    if board.state is BoardState.DECIDED:
        return [one["name"] for one in json.loads(board.decided)["members"]]
    left = queries.ids_of_those_who_left(db.session(), board)
    return [f"{one.name} (no longer of the university)" if one.person_id in left else one.name for one in board.members]


def lines_shown(board: Board) -> tuple[list[SaidLine], ReadList | None]:
    """All lines in words; and the list that they were read from, while it is prepared."""
    if board.state is BoardState.DECIDED:
        return decided_lines(board), None
    read = list_read(board)
    return [said_line(one) for one in read.lines], read


def board_page(board: Board, template: str = "boards/board.html", form: Form | None = None) -> Response:
    """A board with its list; `form` is that of a deed of one button which was refused."""
    lines, read = lines_shown(board)
    called_off = story_of(db.session(), board)[-1] if board.state is BoardState.CALLED_OFF else None
    return answer(
        template,
        status=form.status if form else 200,
        form=form,
        board=board,
        lines=lines,
        page=page_of_rows(lines, page_asked()),
        members=members_of(board),
        keeps=is_keeper(board),
        is_preparing=board.is_preparing,
        is_decided=board.state is BoardState.DECIDED,
        can_be_decided=board.is_preparing and read is not None and read.can_be_decided,
        in_the_way=[IN_THE_WAY[one] for one in read.in_the_way] if read and board.is_preparing else [],
        open_lines=sum(bool(one.in_the_way) for one in lines) if board.is_preparing else 0,
        complete=len(read.to_propose) if read and board.is_preparing else 0,
        called_off=called_off,
    )
