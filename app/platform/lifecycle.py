"""States as data: which moves a kind of record can make, who may make them, and how a move is kept.

A feature writes its moves down once, as a table; deeds, pages and tests ask that table and no other place.
"""

import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.language.refusal import Overtaken, Refused
from app.models.base import Base
from app.models.operations.parties import Outsider as Outsider
from app.models.operations.parties import Party as Party
from app.models.operations.state_changes import StateChange
from app.models.people import Person
from app.platform.audit import add_line, line_of, record

ASKED_AT_ONCE = 5000  # ids in one query: databases take no more than some ten thousand


S = TypeVar("S", bound=enum.Enum)
Enter = Callable[[Any, S, datetime], None]


@dataclass(frozen=True)
class Move(Generic[S]):
    """One move: `deed` is verb and object in the past, as the audit trail has it ("declined an offer")."""

    deed: str
    begins: frozenset[S]
    ends: S
    by: frozenset[Party]
    needs_reason: bool = False


class Lifecycle(Generic[S]):
    """The moves of one kind of record, asked by what is wanted: `possible` for pages, `move` for deeds.

    `kind` names the record in sentences ("offer"); each deed stands in the table once. `enter` brings a record into a
    state at a moment, where that is more than setting it: a record whose state is told by its moments notes the moment.
    """

    def __init__(self, kind: str, moves: Iterable[Move[S]], enter: "Enter[S] | None" = None) -> None:
        self.kind = kind
        self.enter: Enter[S] = enter or set_state
        self.moves: dict[str, Move[S]] = {}
        for move in moves:
            if move.deed in self.moves:
                raise ValueError(f"{move.deed!r} stands twice in the moves of the {kind}")
            self.moves[move.deed] = move

    def possible(self, state: S, party: Party) -> tuple[Move[S], ...]:
        """What somebody can do to a record that stands so: what a page may offer."""
        return tuple(move for move in self.moves.values() if state in move.begins and party in move.by)

    def can(self, deed: str, state: S, party: Party) -> bool:
        return self.moves[deed] in self.possible(state, party)

    def check(self, deed: str, state: S, party: Party, reason: str = "") -> Move[S]:
        """The move, or Overtaken where the record stands otherwise by now, Refused where the reason is missing."""
        move = self.moves[deed]
        if party not in move.by:
            raise Refused(f"This is not for the {party.value} to do.")
        if state not in move.begins:
            raise Overtaken(f"This {self.kind} is {state.value} by now, so this can no longer be done.")
        if move.needs_reason and not reason.strip():
            raise Refused("Say why, in a few words.", "reason")
        return move

    def move(
        self,
        session: Session,
        subject: Base,
        deed: str,
        party: Party,
        actor: Person | Outsider | None,
        now: datetime,
        *,
        reason: str = "",
        name: str = "",
        **details: Any,
    ) -> StateChange:
        """Move a record, and keep who did it and why, there and in the audit trail, which also gets the details.

        Whoever asks has locked the record or writes in a transaction that nobody overtakes. Raises as `check` does.
        """
        before: S = subject.state  # type: ignore[attr-defined]
        move = self.check(deed, before, party, reason)
        self.enter(subject, move.ends, now)
        record(session, actor, deed, subject, now=now, name=name, **details)
        change = self._change(subject, move, before, last_number(session, subject) + 1, party, actor, now, reason)
        session.add(change)
        return change

    def move_all(
        self,
        session: Session,
        subjects: Sequence[Base],
        deed: str,
        party: Party,
        actor: Person | Outsider | None,
        now: datetime,
        *,
        reason: str = "",
        details_of: Callable[[Any], dict[str, Any]] = lambda subject: {},
    ) -> None:
        """The same for many records of one kind at once, which are read and written together.

        `details_of` says what the audit trail gets of each, as it is after the move.
        """
        numbers = last_numbers(session, subjects)
        for subject in subjects:
            before: S = subject.state  # type: ignore[attr-defined]
            move = self.check(deed, before, party, reason)
            self.enter(subject, move.ends, now)
            number = numbers.get(subject.id, 0) + 1  # type: ignore[attr-defined]
            add_line(session, line_of(actor, deed, subject, now=now, **details_of(subject)))
            session.add(self._change(subject, move, before, number, party, actor, now, reason))

    def _change(
        self,
        subject: Base,
        move: Move[S],
        before: S,
        number: int,
        party: Party,
        actor: Person | Outsider | None,
        now: datetime,
        reason: str,
    ) -> StateChange:
        return StateChange(
            subject_type=type(subject).__name__,
            subject_id=subject.id,  # type: ignore[attr-defined]
            number=number,
            deed=move.deed,
            state_before=before.value,
            state_after=move.ends.value,
            reason=reason.strip(),
            actor_id=actor.id if actor else None,
            actor_name=actor.name if actor else "The service",
            party=party.value,
            at=now,
        )


def set_state(subject: Any, state: enum.Enum, now: datetime) -> None:
    subject.state = state


def last_number(session: Session, subject: Base) -> int:
    hers = of_subject(subject)
    return session.scalar(select(func.max(StateChange.number)).where(*hers)) or 0


def last_numbers(session: Session, subjects: Sequence[Base]) -> dict[int, int]:
    """The number of the last move of each record that has made one, by its id; the records are of one kind."""
    return {subject_id: number for subject_id, (number, _) in last_moves(session, subjects).items()}


def last_moves(session: Session, subjects: Sequence[Base]) -> dict[int, tuple[int, datetime]]:
    """The same with the moment of that move."""
    found: dict[int, tuple[int, datetime]] = {}
    columns = (StateChange.subject_id, func.max(StateChange.number), func.max(StateChange.at))
    for start in range(0, len(subjects), ASKED_AT_ONCE):
        some = subjects[start : start + ASKED_AT_ONCE]
        ids = [subject.id for subject in some]  # type: ignore[attr-defined]
        theirs = (StateChange.subject_type == type(some[0]).__name__, StateChange.subject_id.in_(ids))
        rows = session.execute(select(*columns).where(*theirs).group_by(StateChange.subject_id)).all()
        found |= {subject_id: (number, at) for subject_id, number, at in rows}
    return found


def story_of(session: Session, subject: Base) -> Sequence[StateChange]:
    """What became of a record, the oldest first."""
    return session.scalars(select(StateChange).where(*of_subject(subject)).order_by(StateChange.number)).all()


def stories_of(session: Session, subjects: Sequence[Base]) -> dict[int, list[StateChange]]:
    """What became of each of some records of one kind, by its id, the oldest first; for as many as a page shows."""
    found: dict[int, list[StateChange]] = {subject.id: [] for subject in subjects}  # type: ignore[attr-defined]
    if subjects:
        theirs = StateChange.subject_type == type(subjects[0]).__name__, StateChange.subject_id.in_(found)
        for change in session.scalars(select(StateChange).where(*theirs).order_by(StateChange.number)):
            found[change.subject_id].append(change)
    return found


def of_subject(subject: Base) -> tuple[Any, ...]:
    return StateChange.subject_type == type(subject).__name__, StateChange.subject_id == subject.id  # type: ignore[attr-defined]
