"""Pages on which a lead puts learners on the list of a board, and says what is proposed about each."""

from flask import Response, request, url_for

from app.boards import queries, service
from app.boards.base_views import back_to, blueprint, board_kept, line_kept, list_read
from app.boards.forms import ProposalForm, PutOnForm, proposal_form
from app.boards.queries import Candidate, Filters, box
from app.boards.words import said_line
from app.language.numbers import count
from app.models.academic.boards import Board, BoardLine
from app.models.people import Person
from app.models.programmes import Enrolment, Module
from app.phrasebook.of_programmes.credit import decision_in_words
from app.platform.clock import today
from app.platform.db import db
from app.web.access import Permission, requires
from app.web.deeds.messages import flash
from app.web.edge.numbers import id_asked, id_in, page_asked
from app.web.edge.searching import words_asked
from app.web.htmx import answer, go_to
from app.web.occasions import this_occasion


@blueprint.get("/boards/<int:board_id>/learners")
@requires(Permission.KEEP_BOARDS)
def ask_put_on(board_id: int) -> Response:
    board = board_kept(board_id)
    return put_on_page(PutOnForm(formdata=None), board) if board.is_preparing else back_to(board)


@blueprint.post("/boards/<int:board_id>/learners")
@requires(Permission.KEEP_BOARDS)
def put_on(board_id: int) -> Response:
    """Whoever was put on a list meanwhile is left out: one decision is enough."""
    board, form = board_kept(board_id, to_change=True), PutOnForm()
    keys = {key for one in request.form.getlist("lines") if (key := key_in(one)) is not None}
    meant = queries.candidates_with(db.session(), board, keys, today())
    form.lines.offer(labels(meant))
    number: list[int] = []

    def deed() -> None:
        wanted = [(meant[one][0], meant[one][2]) for one in form.lines.data]
        number.append(service.put_on(db.session(), this_occasion(), board, wanted))

    if form.does(deed):
        flash(f"{count(number[0], 'line')} added to the list. Say what is proposed about each.")
        return back_to(board)
    return put_on_page(form, board)


def put_on_page(form: PutOnForm, board: Board) -> Response:
    filters = filters_asked()
    page = queries.candidates(db.session(), board, filters, today(), page_asked())
    form.lines.offer(labels({box(one[0], one[2]): one for one in page.rows}))
    programmes = queries.programmes_of(db.session(), board)
    return answer(
        "boards/put_on.html",
        "boards/_candidates.html",
        status=form.status,
        announce=f"{page.total} found",
        form=form,
        board=board,
        page=page,
        filters=filters,
        programmes=programmes,
        modules=[(module, programme) for programme in programmes for module in programme.modules],
        cohorts=queries.cohorts_of(db.session(), board),
    )


def labels(candidates: dict[str, Candidate]) -> list[tuple[str, str]]:
    """What stands beside each box: who it is, in which cohort, and which module."""

    def label(enrolment: Enrolment, learner: Person, module: Module) -> str:
        where = ", ".join(filter(None, (enrolment.programme.title, enrolment.cohort_name)))
        return f"{learner.name}: {module.title} ({where})"

    return [(value, label(*one)) for value, one in candidates.items()]


def key_in(value: str) -> tuple[int, int] | None:
    first, _, second = value.partition("-")
    enrolment_id, module_id = id_in(first), id_in(second)
    return (enrolment_id, module_id) if enrolment_id and module_id else None


def filters_asked() -> Filters:
    return Filters(
        words_asked(),
        id_asked("programme"),
        request.args.get("cohort", ""),
        id_asked("module"),
        request.args.get("who") == "all",
    )


@blueprint.post("/boards/<int:board_id>/propose-complete")
@requires(Permission.KEEP_BOARDS)
def propose_complete(board_id: int) -> Response:
    board = board_kept(board_id, to_change=True)
    number = service.propose_complete(db.session(), this_occasion(), board, list_read(board))
    flash(f"For {count(number, 'line')} it is proposed that the credits are earned. You can change each.")
    return back_to(board)


@blueprint.get("/boards/<int:board_id>/lines/<int:line_id>")
@requires(Permission.KEEP_BOARDS)
def ask_proposal(board_id: int, line_id: int) -> Response:
    line, learner = line_kept(board_id, line_id)
    return proposal_page(proposal_form(line), line, learner) if line.board.is_preparing else back_to(line.board)


@blueprint.post("/boards/<int:board_id>/lines/<int:line_id>")
@requires(Permission.KEEP_BOARDS)
def prepare(board_id: int, line_id: int) -> Response:
    line, learner = line_kept(board_id, line_id, to_change=True)
    form = ProposalForm()
    is_as_seen = form.validate() and form.rests_on(proposal_form(line), line)
    if is_as_seen and form.does(lambda: prepare_as_said(form, line, learner)):
        flash(f"What is proposed about {learner.name} is saved.")
        return back_to(line.board)
    return proposal_page(form, line, learner)


def prepare_as_said(form: ProposalForm, line: BoardLine, learner: Person) -> None:
    service.prepare(
        db.session(),
        this_occasion(),
        line.board,
        line,
        learner,
        form.proposal,
        is_sure=bool(form.is_sure.data),
    )


def proposal_page(form: ProposalForm, line: BoardLine, learner: Person) -> Response:
    read = next(one for one in list_read(line.board).lines if one.line.id == line.id)
    decisions = [one for one in line.enrolment.decisions if one.module_id == line.module_id]
    return answer(
        "boards/proposal.html",
        status=form.status,
        form=form,
        line=line,
        learner=learner,
        board=line.board,
        said=said_line(read),
        decisions=decisions,
        in_words=decision_in_words,
    )


@blueprint.post("/boards/<int:board_id>/lines/<int:line_id>/take-off")
@requires(Permission.KEEP_BOARDS)
def take_off(board_id: int, line_id: int) -> Response:
    line, learner = line_kept(board_id, line_id, to_change=True)
    board, module = line.board, line.module.title
    service.take_off(db.session(), this_occasion(), board, line, learner)
    flash(f"{learner.name} with {module} is off the list. Nothing was decided.")
    return go_to(url_for("boards.show", board_id=board_id))
