"""States as data: which moves a kind of record can make, who may make them, and how a move is kept.

A feature writes its moves down once, as a table; deeds, pages and tests ask that table and no other place.
"""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.language.refusal import Overtaken, Refused
from app.models.base import Base
from app.models.operations.state_changes import StateChange
from app.models.people import Person
from app.platform.audit import record


class Party(enum.Enum):
    """What somebody is to a record when she moves it; the service itself moves what time or others decide."""

    LEARNER = "learner"
    MENTOR = "mentor"
    COORDINATOR = "coordinator"
    ACADEMIC_SUPERVISOR = "academic supervisor"
    PROGRAMME_LEAD = "programme lead"
    SERVICE = "service"


S = TypeVar("S", bound=enum.Enum)


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

    `kind` names the record in sentences ("offer"); each deed stands in the table once.
    """

    def __init__(self, kind: str, moves: Iterable[Move[S]]) -> None:
        self.kind = kind
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
        actor: Person | None,
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
        subject.state = move.ends  # type: ignore[attr-defined]
        record(session, actor, deed, subject, now=now, name=name, **details)
        change = StateChange(
            subject_type=type(subject).__name__,
            subject_id=subject.id,  # type: ignore[attr-defined]
            number=last_number(session, subject) + 1,
            deed=deed,
            state_before=before.value,
            state_after=move.ends.value,
            reason=reason.strip(),
            actor_id=actor.id if actor else None,
            actor_name=actor.name if actor else "The service",
            party=party.value,
            at=now,
        )
        session.add(change)
        return change


def last_number(session: Session, subject: Base) -> int:
    hers = of_subject(subject)
    return session.scalar(select(func.max(StateChange.number)).where(*hers)) or 0


def story_of(session: Session, subject: Base) -> Sequence[StateChange]:
    """What became of a record, the oldest first."""
    return session.scalars(select(StateChange).where(*of_subject(subject)).order_by(StateChange.number)).all()


def of_subject(subject: Base) -> tuple[Any, ...]:
    return StateChange.subject_type == type(subject).__name__, StateChange.subject_id == subject.id  # type: ignore[attr-defined]
