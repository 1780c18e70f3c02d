"""A board of a university that decides about credit: who sits on it, and its list as prepared and as decided."""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Connection, ForeignKey, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from app.models.base import Base
from app.models.people import Person
from app.models.programmes import CreditDecision, CreditOutcome, Enrolment, Module, Provider


class BoardState(enum.Enum):
    """Whether a board has decided; a list that was decided is frozen."""

    PREPARING = "being prepared"
    DECIDED = "decided"
    CALLED_OFF = "called off"


class Board(Base):
    """One meeting of a board. `decided` is its list as it was decided, as canonical JSON, and `digest` covers that."""

    __tablename__ = "boards"

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("providers.id"), index=True)
    name: Mapped[str]
    meets_on: Mapped[date]
    reference: Mapped[str]
    state: Mapped[BoardState] = mapped_column(default=BoardState.PREPARING)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    decided_at: Mapped[datetime | None]
    decided: Mapped[str] = mapped_column(default="", server_default="")
    digest: Mapped[str] = mapped_column(default="", server_default="")

    provider: Mapped[Provider] = relationship()
    made_by: Mapped[Person] = relationship(foreign_keys=[made_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    members: Mapped[list["BoardMember"]] = relationship(
        back_populates="board", order_by="BoardMember.id", cascade="all, delete-orphan"
    )
    lines: Mapped[list["BoardLine"]] = relationship(back_populates="board", order_by="BoardLine.id")

    @property
    def is_preparing(self) -> bool:
        return self.state is BoardState.PREPARING


class BoardMember(Base):
    """Somebody who sits on a board; without an account she is known by what was typed."""

    __tablename__ = "board_members"
    __table_args__ = (UniqueConstraint("board_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str]

    board: Mapped[Board] = relationship(back_populates="members")


class BoardLine(Base):
    """A learner and a module on the list of a board, with the outcome that is proposed, once there is one.

    `basis` is what the proposal rests on, as plain JSON: what was missing from the record and what was decided by then.
    """

    __tablename__ = "board_lines"
    __table_args__ = (UniqueConstraint("board_id", "enrolment_id", "module_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"), index=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), index=True)
    outcome: Mapped[CreditOutcome | None]
    until_on: Mapped[date | None]
    words: Mapped[str] = mapped_column(default="", server_default="")
    reason: Mapped[str] = mapped_column(default="", server_default="")
    basis: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    prepared_at: Mapped[datetime | None]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("credit_decisions.id"), unique=True)

    board: Mapped[Board] = relationship(back_populates="lines")
    enrolment: Mapped[Enrolment] = relationship()
    module: Mapped[Module] = relationship()
    prepared_by: Mapped[Person | None] = relationship(foreign_keys=[prepared_by_id])
    decision: Mapped[CreditDecision | None] = relationship()


@event.listens_for(Board, "before_update")
@event.listens_for(Board, "before_delete")
@event.listens_for(BoardLine, "before_update")
@event.listens_for(BoardLine, "before_delete")
def refuse_to_change_what_is_frozen(mapper: Mapper[Base], connection: Connection, row: Base) -> None:
    """What was decided together stays as it was decided."""
    name = "digest" if isinstance(row, Board) else "decision_id"
    before = inspect(row).attrs[name].history
    was = before.deleted or before.unchanged
    if was and was[0]:
        raise ValueError("the list of a board that has decided is never changed")
