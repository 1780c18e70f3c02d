"""What was counted for rounds and for runs, kept because counting takes long where many ask and many offer."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class RoundFigures(Base):
    """The figures of a round when it had this fingerprint; whoever shows them as present compares it first.

    `fingerprint` covers who may be placed where, `fingerprint_with_texts` also what the advice reads. `details` are
    large and read only where they are shown.
    """

    __tablename__ = "round_figures"

    round_id: Mapped[int] = mapped_column(ForeignKey("match_rounds.id"), primary_key=True)
    fingerprint: Mapped[str]
    fingerprint_with_texts: Mapped[str]
    counted_at: Mapped[datetime]
    places: Mapped[int]
    without_opening: Mapped[int]
    undecided: Mapped[list[list[int]]] = mapped_column(JSON)
    details: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)


class RunFigures(Base):
    """What a solved run gave, in numbers, written with its end; a run of a time before these were kept has none.

    `could_have_first` counts the learners whose first-ranked opening was a possible pair, `off_list` those who got what
    they had not ranked. `pairings` is a digest of who got what: two runs with the same one gave the same. `details`
    hold the numbers of the run and those of choosing in a random order, as `app.rounds.runs.counting` writes them.
    """

    __tablename__ = "run_figures"

    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    learners: Mapped[int]
    placed: Mapped[int]
    could_have_first: Mapped[int]
    first_choices: Mapped[int]
    off_list: Mapped[int]
    score_sum: Mapped[int]
    pinned: Mapped[int]
    is_proved: Mapped[bool]
    pairings: Mapped[str]
    details: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)

    @property
    def mean_fit(self) -> int | None:
        """The fit of those who are placed on the average, 0 to 1000; None where nobody is."""
        return round(self.score_sum / self.placed) if self.placed else None
