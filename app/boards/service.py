"""Deeds with a board before it decides: it is made, changed or called off, and its list is prepared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.boards.lists import ReadList, basis_of
from app.boards.moves import BOARDS, CALLED_OFF
from app.language.refusal import Overtaken, Refused
from app.models.academic.boards import Board, BoardLine, BoardMember
from app.models.people import Person
from app.models.programmes import CreditOutcome, Enrolment, Module, Provider
from app.platform.audit import record
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.promises.credit.deciding import check_nobody_favoured
from app.rules.credit.counting import counting
from app.rules.credit.outcomes import Said, check_said
from app.rules.credit.thin import record_of
from app.rules.doubts import ask_about, doubts_about_text

LINES_MAX = 500  # more than a board reads on a day


@dataclass(frozen=True)
class SaidBoard:
    """A board as it is entered; members without an account are named."""

    name: str
    meets_on: date
    reference: str
    member_ids: tuple[int, ...]
    outside: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """What a board is asked to decide about one line."""

    outcome: CreditOutcome
    until_on: date | None = None
    words: str = ""
    reason: str = ""


def make_board(
    session: Session,
    occasion: Occasion,
    provider: Provider,
    said: SaidBoard,
    people: Sequence[Person],
    *,
    is_sure: bool,
) -> Board:
    """Make a board that is to meet; `people` are those of the university who can sit on it.

    Raises Refused for a day that has passed, and to ask about doubtful words.
    """
    check_words(occasion, said, is_sure=is_sure)
    if said.meets_on < occasion.today:
        raise Refused("The date must be today or later.", "meets_on")
    board = Board(
        provider=provider,
        name=said.name,
        meets_on=said.meets_on,
        reference=said.reference,
        made_by_id=actor_of(occasion).id,
        made_at=occasion.now,
    )
    session.add(board)
    let_sit(board, said, people)
    record(session, occasion.actor, "made a board", board, now=occasion.now, name=board.name)
    return board


def change_board(
    session: Session, occasion: Occasion, board: Board, said: SaidBoard, people: Sequence[Person], *, is_sure: bool
) -> None:
    """Change a board that has not decided; what was prepared stays on its list.

    The caller holds the board. Raises Overtaken where it has decided by now, and Refused as `make_board` does.
    """
    check_preparing(board)
    check_words(occasion, said, is_sure=is_sure)
    if said.meets_on < occasion.today and said.meets_on != board.meets_on:
        raise Refused("The date must be today or later.", "meets_on")
    board.name, board.meets_on, board.reference = said.name, said.meets_on, said.reference
    let_sit(board, said, people)
    record(session, occasion.actor, "changed a board", board, now=occasion.now, name=board.name)


def check_words(occasion: Occasion, said: SaidBoard, *, is_sure: bool) -> None:
    ask_about(doubts_about_text((said.name, said.reference, *said.outside), occasion.today), is_sure)
    if not said.member_ids and not said.outside:
        raise Refused("Choose at least one member, or name one from elsewhere.", "members")


def let_sit(board: Board, said: SaidBoard, people: Sequence[Person]) -> None:
    """Those who sit on it from now on; who did already is the same row."""
    names = {one.id: one.name for one in people}
    before = {(one.person_id, "" if one.person_id else one.name): one for one in board.members}
    wanted = [*((id_, "") for id_ in said.member_ids), *((None, name) for name in said.outside)]
    board.members = [
        before.get(key) or BoardMember(person_id=key[0], name=names[key[0]] if key[0] else key[1]) for key in wanted
    ]


def call_off(session: Session, occasion: Occasion, board: Board, reason: str, *, is_sure: bool) -> None:
    """Let a board not meet; its list stays to be read, and its learners can be put on another."""
    ask_about(doubts_about_text((reason,), occasion.today), is_sure)
    BOARDS.move(
        session,
        board,
        CALLED_OFF,
        Party.PROGRAMME_LEAD,
        actor_of(occasion),
        occasion.now,
        reason=reason,
        name=board.name,
    )


def put_on(session: Session, occasion: Occasion, board: Board, wanted: Sequence[tuple[Enrolment, Module]]) -> int:
    """Put learners with a module each on the list; how many. The caller holds the board.

    Raises Refused for more than a board reads on a day.
    """
    check_preparing(board)
    there = session.scalar(select(func.count()).where(BoardLine.board_id == board.id)) or 0
    if there + len(wanted) > LINES_MAX:
        raise Refused(f"A list has at most {LINES_MAX} lines. Make another board for the others.", "lines")
    for enrolment, module in wanted:
        session.add(BoardLine(board_id=board.id, enrolment_id=enrolment.id, module_id=module.id))
    session.flush()
    record(session, occasion.actor, "put learners on the list of a board", board, now=occasion.now, name=board.name)
    return len(wanted)


def take_off(session: Session, occasion: Occasion, board: Board, line: BoardLine, learner: Person) -> None:
    """Take a line off a list that is still prepared; nobody has decided anything by that.

    Raises Refused for a line about oneself or whom one mentors.
    """
    check_preparing(board)
    check_nobody_favoured(session, actor_of(occasion), learner)
    details = {"learner": learner.id, "module": line.module_id}
    deed = "took a learner off the list of a board"
    record(session, occasion.actor, deed, board, now=occasion.now, name=board.name, **details)
    session.delete(line)


def prepare(
    session: Session,
    occasion: Occasion,
    board: Board,
    line: BoardLine,
    learner: Person,
    proposal: Proposal,
    *,
    is_sure: bool,
) -> None:
    """Say what the board is asked to decide, on what stands on record now.

    The caller holds the board. Raises Refused for what is missing from an outcome, for a line about oneself or whom
    one mentors, and to ask about doubtful words.
    """
    check_preparing(board)
    check_nobody_favoured(session, actor_of(occasion), learner)
    ask_about(doubts_about_text((proposal.words, proposal.reason), occasion.today), is_sure)
    on_record = record_of(session, learner.id, line.module)
    said = Said(proposal.outcome, proposal.until_on, proposal.words, proposal.reason)
    check_said(said, board.meets_on, is_thin=bool(on_record.thin))
    standing = counting(line.enrolment.decisions).get(line.module_id)
    propose(occasion, line, proposal, basis_of(on_record, standing))
    record(session, occasion.actor, "prepared a line of a board", line, now=occasion.now, name=learner.name)


def propose_complete(session: Session, occasion: Occasion, board: Board, read: ReadList) -> int:
    """Propose that the credits are earned wherever nothing is missing and nobody has proposed anything; how many.

    What is learnt in no placement is left out: its marks are not here; and so are learners whom the reader mentors.
    """
    check_preparing(board)
    complete = read.to_propose
    for one in complete:
        propose(occasion, one.line, Proposal(CreditOutcome.EARNED), one.basis)
    if complete:
        deed = "proposed what is complete to a board"
        record(session, occasion.actor, deed, board, now=occasion.now, name=board.name, lines=len(complete))
    return len(complete)


def propose(occasion: Occasion, line: BoardLine, proposal: Proposal, rests_on: dict[str, Any]) -> None:
    line.outcome, line.basis = proposal.outcome, rests_on
    line.until_on = proposal.until_on if proposal.outcome.has_day else None
    line.words = proposal.words.strip()
    needs_reason = proposal.outcome is CreditOutcome.EARNED and rests_on["thin"]
    line.reason = proposal.reason.strip() if needs_reason else ""
    line.prepared_by_id, line.prepared_at = actor_of(occasion).id, occasion.now


def actor_of(occasion: Occasion) -> Person:
    assert occasion.actor is not None
    return occasion.actor


def check_preparing(board: Board) -> None:
    """Raise Overtaken where the list can no longer be changed."""
    if not board.is_preparing:
        raise Overtaken(f"This board is {board.state.value} by now, so its list stays as it is.")
