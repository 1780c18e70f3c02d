"""The list of a board read whole: what stands on record for each line, who steps out, and what is in the way."""

import enum
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from app.models.academic.boards import Board, BoardLine, BoardMember
from app.models.people import Person
from app.models.programmes import (
    CREDITS_A_LEVEL,
    CreditDecision,
    CreditOutcome,
    Enrolment,
    PartModule,
    Programme,
    ProgrammeVersion,
    VersionPart,
)
from app.rules.credit.conflicts import Tie, ties_of
from app.rules.credit.counting import counting
from app.rules.credit.held import Held, held_of
from app.rules.credit.outcomes import Said
from app.rules.credit.thin import ModuleRecord, records_of
from app.rules.signing.canonical import canonical_text, digest_of


class InTheWay(enum.Enum):
    """Why a line, or a whole list, cannot be decided yet."""

    NOTHING_LISTED = "nobody is on the list"
    NO_MEMBERS = "nobody sits on the board"
    NOT_YET = "the board has not met yet"
    NO_OUTCOME = "no outcome is proposed"
    CHANGED = "something changed since it was prepared"
    RECORDED = "it is recorded just so already"
    TOO_SOON = "its day is over when the board meets"
    TOO_MANY = "more credits than a level has"
    RECOGNISED = "the credits are recognised as prior learning"
    BEFORE_ENROLMENT = "the board meets before the learner enrolled"
    NOBODY_LEFT = "every member steps out"
    IS_YOU = "whoever records it is the learner"
    YOU_STEP_OUT = "whoever records it steps out"


# What its reader neither prepares nor records: a colleague does.
FOR_COLLEAGUES = {Tie.LEARNER: InTheWay.IS_YOU, Tie.MENTOR: InTheWay.YOU_STEP_OUT}


@dataclass(frozen=True)
class ReadLine:
    """A line with its learner, what stands on record, the members who step out, and what is in the way of deciding."""

    line: BoardLine
    learner: Person
    on_record: ModuleRecord
    standing: CreditDecision | None
    steps_out: tuple[tuple[BoardMember, Tie], ...]
    in_the_way: tuple[InTheWay, ...]

    @property
    def is_complete(self) -> bool:
        """Whether a sign-off stands and nothing is missing."""
        return self.on_record.sign_off is not None and not self.on_record.thin

    @property
    def is_for_colleagues(self) -> bool:
        """Whether its reader has nothing to propose or decide about it."""
        return any(one in self.in_the_way for one in FOR_COLLEAGUES.values())

    @property
    def basis(self) -> dict[str, Any]:
        return basis_of(self.on_record, self.standing)

    @property
    def said(self) -> Said:
        return said_of(self.line)


@dataclass(frozen=True)
class ReadList:
    """All lines of a board, by the learner's name; and what is in the way of deciding all of them."""

    board: Board
    lines: tuple[ReadLine, ...]
    in_the_way: tuple[InTheWay, ...]

    @property
    def can_be_decided(self) -> bool:
        return not self.in_the_way and not any(one.in_the_way for one in self.lines)

    @property
    def to_propose(self) -> list[ReadLine]:
        """The lines of which nothing is missing, about which nobody has proposed anything yet, and its reader may."""
        return [one for one in self.lines if one.is_complete and one.line.outcome is None and not one.is_for_colleagues]

    @property
    def digest(self) -> str:
        """Of all that whoever decides has read: who reads it again a moment later reads the same."""
        return digest_of(
            canonical_text(
                {
                    "board": [self.board.name, self.board.reference, self.board.meets_on.isoformat()],
                    "members": [[one.person_id, one.name] for one in self.board.members],
                    "lines": [
                        {
                            "line": one.line.id,
                            "outcome": one.line.outcome.value if one.line.outcome else None,
                            "until": one.line.until_on.isoformat() if one.line.until_on else None,
                            "words": one.line.words,
                            "reason": one.line.reason,
                            "basis": one.basis,
                        }
                        for one in self.lines
                    ],
                }
            )
        )


def said_of(line: BoardLine) -> Said:
    """What is proposed; only of a line with an outcome."""
    assert line.outcome is not None
    return Said(line.outcome, line.until_on, line.words, line.reason)


def basis_of(on_record: ModuleRecord, standing: CreditDecision | None) -> dict[str, Any]:
    """What a proposal rests on, as plain JSON."""
    return {
        "thin": on_record.plain_thin,
        "evidence": [one["digest"] for one in on_record.evidence],
        "decision": standing.id if standing else None,
    }


def rows_of(session: Session, board: Board) -> list[tuple[BoardLine, Person]]:
    """The lines of a board with their learners, by name, with all that is read of them."""
    enrolment = contains_eager(BoardLine.enrolment)
    parts = enrolment.joinedload(Enrolment.version).selectinload(ProgrammeVersion.parts)
    statement = (
        select(BoardLine, Person)
        .join(BoardLine.enrolment)
        .join(Person, Person.id == Enrolment.learner_id)
        .where(BoardLine.board_id == board.id)
        .options(
            enrolment.joinedload(Enrolment.programme).options(
                joinedload(Programme.provider), selectinload(Programme.modules)
            ),
            parts.joinedload(VersionPart.lines).joinedload(PartModule.module),
            enrolment.selectinload(Enrolment.decisions).joinedload(CreditDecision.module),
            joinedload(BoardLine.module),
            joinedload(BoardLine.prepared_by),
        )
        .order_by(Person.folded_name, Enrolment.id, BoardLine.module_id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def list_of(session: Session, board: Board, reader: Person, today: date) -> ReadList:
    """The list of a board that prepares; some queries, however long it is."""
    rows = rows_of(session, board)
    records = records_of(session, [(learner.id, line.module) for line, learner in rows])
    members = {one.person_id: one for one in board.members if one.person_id is not None}
    ties = ties_of(session, {*members, reader.id}, {learner.id for _, learner in rows})
    held = held_of(session, list({line.enrolment_id: line.enrolment for line, _ in rows}.values()))
    number = credits_together(held, [line for line, _ in rows])
    lines = []
    for line, learner in rows:
        on_record, hers = records[learner.id, line.module_id], ties.get(learner.id, {})
        standing = counting(line.enrolment.decisions).get(line.module_id)
        steps_out = tuple((members[id_], tie) for id_, tie in sorted(hers.items()) if id_ in members)
        found = found_in_the_way(board, line, basis_of(on_record, standing), standing)
        if number[line.enrolment_id] > CREDITS_A_LEVEL and line.outcome is CreditOutcome.EARNED:
            found.append(InTheWay.TOO_MANY)
        if line.outcome is CreditOutcome.EARNED and held[line.enrolment_id].is_exempt(line.module):
            found.append(InTheWay.RECOGNISED)
        if board.members and len(steps_out) == len(board.members):
            found.append(InTheWay.NOBODY_LEFT)
        if hers.get(reader.id) in FOR_COLLEAGUES:
            found.append(FOR_COLLEAGUES[hers[reader.id]])
        lines.append(ReadLine(line, learner, on_record, standing, steps_out, tuple(found)))
    whole = {
        InTheWay.NOTHING_LISTED: not rows,
        InTheWay.NO_MEMBERS: not board.members,
        InTheWay.NOT_YET: board.meets_on > today,
    }
    return ReadList(board, tuple(lines), tuple(one for one, is_so in whole.items() if is_so))


def found_in_the_way(
    board: Board, line: BoardLine, basis: dict[str, Any], standing: CreditDecision | None
) -> list[InTheWay]:
    found = []
    if line.outcome is None:
        found.append(InTheWay.NO_OUTCOME)
    else:
        said = said_of(line)
        if line.basis != basis:
            found.append(InTheWay.CHANGED)
        if said.is_recorded_by(standing, board.meets_on):
            found.append(InTheWay.RECORDED)
        if said.is_too_soon(board.meets_on):
            found.append(InTheWay.TOO_SOON)
    if board.meets_on < line.enrolment.started_on:
        found.append(InTheWay.BEFORE_ENROLMENT)
    return found


def credits_together(held: Mapping[int, Held], lines: Sequence[BoardLine]) -> Counter[int]:
    """What each learner would have once all that is proposed about her is decided, by the enrolment."""
    proposed: dict[int, dict[int, int]] = {}
    for line in lines:
        if line.outcome is not None:
            earned = held[line.enrolment_id].to_earn(line.module) if line.outcome is CreditOutcome.EARNED else 0
            proposed.setdefault(line.enrolment_id, {})[line.module_id] = earned
    return Counter({id_: one.with_decided(proposed.get(id_, {})) for id_, one in held.items()})
