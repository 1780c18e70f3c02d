"""The deed of a board: all lines of its list are decided together, and the list is frozen as it was decided."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.boards.lists import ReadLine, ReadList, list_of
from app.boards.moves import BOARDS, DECIDED
from app.boards.service import actor_of, check_preparing
from app.language.refusal import Overtaken, Refused
from app.models.academic.boards import Board, BoardLine
from app.models.people import Person
from app.models.programmes import CreditDecision, CreditOutcome, Enrolment
from app.platform.lifecycle import Party
from app.platform.occasion import Occasion
from app.promises.credit import deciding
from app.promises.credit.deciding import Learner
from app.rules.credit.outcomes import Said
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
    for one in ordered(read.lines):
        one.line.decision = decide_line(session, occasion, board, one)
    session.flush()
    BOARDS.move(session, board, DECIDED, Party.PROGRAMME_LEAD, actor, occasion.now, name=board.name)
    board.decided_by, board.decided_at = actor, occasion.now
    board.decided = canonical_text(content_of(read, actor, occasion))
    board.digest = digest_of(board.decided)
    return tell_each_once(session, occasion, read, address)


def ordered(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """What gives no credits first: on the way there a learner never has more than she has in the end."""
    return sorted(lines, key=lambda one: one.line.outcome is CreditOutcome.EARNED)


def decide_line(session: Session, occasion: Occasion, board: Board, one: ReadLine) -> CreditDecision:
    line = one.line
    said = Said(
        one.said.outcome,
        line.until_on,
        line.words,
        line.reason,
        f"The list of {board.name}",
        board.reference,
    )
    learner = Learner(line.enrolment, one.learner)
    return deciding.decide(session, occasion, learner, line.module, said, board.meets_on, one.on_record)


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


def tell_each_once(session: Session, occasion: Occasion, read: ReadList, address: str) -> list[CreditDecision]:
    """One mail for each learner of the list, however many of her modules stand on it."""
    by_enrolment: dict[int, list[ReadLine]] = {}
    for one in read.lines:
        by_enrolment.setdefault(one.line.enrolment_id, []).append(one)
    made: list[CreditDecision] = []
    for hers in by_enrolment.values():
        decisions = [one.line.decision for one in hers if one.line.decision]
        deciding.tell_decided(session, occasion, Learner(hers[0].line.enrolment, hers[0].learner), decisions, address)
        made += decisions
    return made
