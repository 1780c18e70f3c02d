"""The runs that somebody chose to compare, and what stands in the way of comparing them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, undefer

from app.language.numbers import listed
from app.models.figures import RunFigures
from app.models.rounds import MatchRound
from app.models.runs import Run, RunState
from app.rounds.policies import meaning_of
from app.rounds.runs.counting.numbers import Numbers

FEWEST, MOST = 2, 3
HOW_MANY = "Choose two or three runs."
TOO_OLD = "Run {} was made before the numbers of runs were kept. Start it again to compare it."


@dataclass(frozen=True)
class Column:
    """A run beside others, or the baseline, which is none."""

    name: str
    numbers: Numbers
    run: Run | None = None
    figures: RunFigures | None = None

    @property
    def in_a_sentence(self) -> str:
        return self.name[:1].lower() + self.name[1:]

    @property
    def meaning(self) -> str:
        return meaning_of(self.run.stages) if self.run else ""


@dataclass(frozen=True)
class Comparison:
    """Runs side by side, the oldest first: the others are told by their difference from it.

    `in_turn` is what choosing in a random order gives on the requests, openings and pins of the newest; None where that
    would have broken a limit.
    """

    columns: Sequence[Column]
    in_turn: Column | None

    @property
    def runs(self) -> list[Run]:
        return [column.run for column in self.columns if column.run]

    @property
    def runs_in_words(self) -> str:
        """For instance "runs 3 and 5"."""
        return f"runs {listed([str(run.id) for run in self.runs])}"

    @property
    def all_columns(self) -> list[Column]:
        return [*self.columns, *([self.in_turn] if self.in_turn else [])]

    @property
    def first(self) -> Column:
        return self.columns[0]

    @property
    def newest(self) -> Column:
        return self.columns[-1]

    @property
    def have_the_same_inputs(self) -> bool:
        """Whether all of them read the same requests, openings and pins."""
        return all(one.inputs_fingerprint == other.inputs_fingerprint for one, other in pairwise(self.runs))

    @property
    def have_the_same_seed(self) -> bool:
        return all(one.seed == other.seed for one, other in pairwise(self.runs))


def solved_among(session: Session, round_: MatchRound, ids: Sequence[int]) -> list[Run]:
    """Those of the runs that are of the round and solved, the oldest first, without what is long."""
    statement = select(Run).where(Run.round_id == round_.id, Run.id.in_(ids), Run.state == RunState.SOLVED)
    return list(session.scalars(statement.options(joinedload(Run.created_by)).order_by(Run.id)))


def comparison_of(runs: Sequence[Run], figures: dict[int, RunFigures]) -> Comparison:
    """The runs side by side; all of them must have figures with their details."""
    columns = [
        Column(f"Run {run.id}", Numbers.read(figures[run.id].details["run"]), run, figures[run.id]) for run in runs
    ]
    kept = figures[runs[-1].id].details["random_order"]
    return Comparison(columns, Column("Random order", Numbers.read(kept)) if kept else None)


def figures_with_details(session: Session, runs: Sequence[Run]) -> dict[int, RunFigures]:
    statement = select(RunFigures).where(RunFigures.run_id.in_([run.id for run in runs]))
    return {one.run_id: one for one in session.scalars(statement.options(undefer(RunFigures.details)))}


def hindrance_of(runs: Sequence[Run], figures: dict[int, RunFigures]) -> str:
    """Why these cannot be compared, and what to do; empty where they can, and where nobody has chosen yet."""
    if runs and not FEWEST <= len(runs) <= MOST:
        return HOW_MANY
    return next((TOO_OLD.format(run.id) for run in runs if run.id not in figures), "")
