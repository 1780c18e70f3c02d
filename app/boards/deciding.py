"""The deed of a board: all lines of its list are decided together, and the list is frozen as it was decided."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.boards.lists import ReadLine, ReadList, list_of
from app.boards.moves import BOARDS, DECIDED
from app.boards.service import actor_of, check_preparing
from app.language.refusal import Overtaken, Refused
from app.models.academic.boards import Board, BoardLine
from app.models.people import Person
from app.models.programmes import CreditDecision, Enrolment
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.promises.credit import deciding
from app.promises.credit.deciding import Learner, ToDecide
from app.rules.signing.canonical import canonical_text, digest_of


def decide(session: Session, occasion: Occasion, board: Board, seen: str, address: str) -> Sequence[CreditDecision]:
    """Record what the board decided about all of its lines, freeze the list, and tell each learner once.

    `seen` is the digest of the list that was read, and `address` where a learner reads what was decided. The caller
    holds the board. Raises Overtaken where it has decided by now or the list has changed, and Refused where something
    is in the way.
    """
    check_preparing(board)
    actor = actor_of(occasion)
    listed = select(BoardLine.enrolment_id).where(BoardLine.board_id == board.id)
    deciding.hold(session, session.scalars(select(Enrolment).where(Enrolment.id.in_(listed))).all())
    read = list_of(session, board, actor, occasion.today)
    if read.digest != seen:
        raise Overtaken("The list has changed while you read it. Read it again, then record what was decided.")
    if not read.can_be_decided:
        raise Refused("Something is in the way of deciding this list. It is said on the page of the board.")
    wanted = [to_decide(one) for one in read.lines]
    decisions = deciding.decide(session, occasion, wanted, board.meets_on)
    for one, decision in zip(read.lines, decisions, strict=True):
        one.line.decision = decision
    session.flush()
    BOARDS.move(session, board, DECIDED, Party.PROGRAMME_LEAD, actor, occasion.now, name=board.name)
    board.decided_by, board.decided_at = actor, occasion.now
    board.decided = canonical_text(content_of(read, actor, occasion))
    board.digest = digest_of(board.decided)
    deciding.tell_decided(session, occasion, [one.learner for one in wanted], decisions, address)
    return decisions


def to_decide(one: ReadLine) -> ToDecide:
    board = one.line.board
    said = replace(one.said, considered=f"The list of {board.name}", board_reference=board.reference)
    return ToDecide(Learner(one.line.enrolment, one.learner), one.line.module, said, one.on_record)


def content_of(read: ReadList, actor: Person, occasion: Occasion) -> dict[str, Any]:
    """The list as it was decided, as plain JSON; people stand there by id and by the name they had."""
    board = read.board
    return {
        "board": board.id,
        "name": board.name,
        "reference": board.reference,
        "university": board.provider.name,
        "meets_on": board.meets_on.isoformat(),
        "decided_by": {"person": actor.id, "name": actor.name},
        "decided_at": occasion.now.isoformat(),
        "members": [{"person": one.person_id, "name": one.name} for one in board.members],
        "lines": [line_as_decided(one) for one in read.lines],
    }


def line_as_decided(one: ReadLine) -> dict[str, Any]:
    line, said = one.line, one.said
    return {
        "line": line.id,
        "decision": line.decision_id,
        "enrolment": line.enrolment_id,
        "learner": {"person": one.learner.id, "name": one.learner.name},
        "programme": line.enrolment.programme.title,
        "module": {"id": line.module_id, "title": line.module.title, "credits": line.module.credits},
        "outcome": said.outcome.value,
        "until_on": line.until_on.isoformat() if line.until_on else None,
        "words": line.words,
        "reason": line.reason,
        "missing": one.on_record.plain_thin,
        "evidence": one.on_record.evidence,
        "stepped_out": [
            {"person": member.person_id, "name": member.name, "tie": tie.name} for member, tie in one.steps_out
        ],
    }
