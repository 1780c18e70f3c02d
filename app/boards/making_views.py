"""Pages on which a lead makes a board, changes it, or calls it off."""

from flask import Response, url_for

from app.boards import queries, service
from app.boards.base_views import back_to, blueprint, board_kept, is_keeper
from app.boards.forms import BoardForm, CallOffForm, board_form
from app.models.academic.boards import Board
from app.models.people import Role
from app.platform.db import db
from app.web.access import Permission, requires, signed_in
from app.web.deeds.messages import flash
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion


@blueprint.get("/boards/new")
@requires(Permission.KEEP_BOARDS)
def ask_new() -> Response:
    return form_page(BoardForm(formdata=None))


@blueprint.post("/boards/new")
@requires(Permission.KEEP_BOARDS)
def make() -> Response:
    form = BoardForm()
    offer(form)
    made: list[Board] = []
    if form.does(lambda: made.append(make_as_said(form))):
        flash("The board is made. Put the learners on its list about whom it decides.")
        return back_to(made[0])
    return form_page(form)


def make_as_said(form: BoardForm) -> Board:
    providers = {str(one.id): one for one in queries.providers_led(db.session(), signed_in())}
    provider = providers[form.provider.data]
    people = queries.people_at(db.session(), [provider.id])
    is_sure = bool(form.is_sure.data)
    return service.make_board(db.session(), this_occasion(), provider, form.said, people, is_sure=is_sure)


@blueprint.get("/boards/<int:board_id>/change")
@requires(Permission.KEEP_BOARDS)
def ask_change(board_id: int) -> Response:
    board = board_kept(board_id)
    return form_page(board_form(board), board) if board.is_preparing else back_to(board)


@blueprint.post("/boards/<int:board_id>/change")
@requires(Permission.KEEP_BOARDS)
def change(board_id: int) -> Response:
    board, form = board_kept(board_id, to_change=True), BoardForm()
    offer(form, board)
    present = board_form(board)
    offer(present, board)
    is_as_seen = form.validate() and form.rests_on(present, board)
    if is_as_seen and form.does(lambda: change_as_said(form, board)):
        flash("The board is saved.")
        return back_to(board)
    return form_page(form, board)


def change_as_said(form: BoardForm, board: Board) -> None:
    people = queries.people_at(db.session(), [board.provider_id], board)
    is_sure = bool(form.is_sure.data)
    service.change_board(db.session(), this_occasion(), board, form.said, people, is_sure=is_sure)


def offer(form: BoardForm, board: Board | None = None) -> None:
    """Whoever may sit on it, and whoever does."""
    ids = [board.provider_id] if board else signed_in().provider_ids(Role.PROGRAMME_LEAD)
    providers = [board.provider] if board else queries.providers_led(db.session(), signed_in())
    form.offer(providers, queries.people_at(db.session(), ids, board))


def form_page(form: BoardForm, board: Board | None = None) -> Response:
    offer(form, board)
    return answer("boards/edit.html", status=form.status, form=form, board=board)


@blueprint.get("/boards/<int:board_id>/call-off")
@requires(Permission.KEEP_BOARDS)
def ask_call_off(board_id: int) -> Response:
    board = board_kept(board_id)
    return call_off_page(CallOffForm(formdata=None), board) if board.is_preparing else back_to(board)


@blueprint.post("/boards/<int:board_id>/call-off")
@requires(Permission.KEEP_BOARDS)
def call_off(board_id: int) -> Response:
    board, form = board_kept(board_id, to_change=True), CallOffForm()
    if form.does(lambda: call_off_as_said(form, board)):
        flash("The board is called off. Nothing was decided; its learners can be put on another list.")
        return go_to(url_for("boards.index"))
    return call_off_page(form, board)


def call_off_as_said(form: CallOffForm, board: Board) -> None:
    service.call_off(db.session(), this_occasion(), board, form.reason.data, is_sure=bool(form.is_sure.data))


def call_off_page(form: CallOffForm, board: Board) -> Response:
    assert is_keeper(board)
    number = queries.numbers_of_lines(db.session(), [board.id]).get(board.id, (0, 0))[0]
    return answer("boards/call_off.html", status=form.status, form=form, board=board, number=number)
