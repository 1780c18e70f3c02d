"""What tells the runs of a round apart: their numbers, whether they still hold, and in what each is the best."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.numbers import count
from app.models.figures import RunFigures
from app.models.rounds import MatchRound
from app.models.runs import Run, RunState
from app.phrasebook.comparisons import BEFORE_NUMBERS, MAY_NOT_HOLD, NOT_PROVED
from app.rounds.policies import meaning_of
from app.rounds.runs.holding import Known, known_by_round


@dataclass(frozen=True)
class RunRow:
    """A run as a list shows it.

    `figures` are None while it is not solved, and for one of a time before they were kept. `best_in` are the words of
    what no other run of the same requests and openings does better, and `same_as` another run that gives everybody the
    same. `may_not_hold` is true when something has changed since the run read the round.
    """

    run: Run
    figures: RunFigures | None
    may_not_hold: bool = False
    same_as: int | None = None
    best_in: Sequence[str] = field(default_factory=tuple)

    @property
    def meaning(self) -> str:
        return meaning_of(self.run.stages)

    @property
    def notes(self) -> list[str]:
        """What tells it apart, in sentences."""
        if self.figures is None:
            return [BEFORE_NUMBERS] if self.run.state is RunState.SOLVED else []
        facts = (
            *self.best_in,
            f"Same pairings as run {self.same_as}" if self.same_as else "",
            f"{count(self.figures.pinned, 'pin')} kept" if self.figures.pinned else "",
            "" if self.figures.is_proved else NOT_PROVED,
            MAY_NOT_HOLD if self.may_not_hold else "",
        )
        return [fact for fact in facts if fact]


Measure = Callable[[RunFigures], float]
# In what a run can be the best: the more the better.
BEST: Mapping[str, Measure] = {
    "Most placed": lambda one: one.placed,
    "Most first choices": lambda one: one.first_choices,
    "Fewest off the list": lambda one: -one.off_list,
    "Best mean fit": lambda one: one.score_sum / max(1, one.placed),
}


def rows_of(session: Session, round_: MatchRound, runs: Sequence[Run], today: date) -> list[RunRow]:
    """The runs of a round, in the order given, each beside all others."""
    figures = figures_by_run(session, runs)
    known = known_by_round(session, [round_], today).get(round_.id)
    by_inputs: dict[str, list[RunFigures]] = {}
    for run in runs:
        if run.id in figures:
            by_inputs.setdefault(run.inputs_fingerprint, []).append(figures[run.id])
    return [row_of(run, figures.get(run.id), by_inputs.get(run.inputs_fingerprint, ()), known) for run in runs]


def figures_by_run(session: Session, runs: Sequence[Run]) -> dict[int, RunFigures]:
    """The figures of those that have any, without their details."""
    statement = select(RunFigures).where(RunFigures.run_id.in_([run.id for run in runs]))
    return {one.run_id: one for one in session.scalars(statement)}


def row_of(run: Run, figures: RunFigures | None, alike: Sequence[RunFigures], known: Known | None) -> RunRow:
    """A run beside those of the same requests and openings."""
    if figures is None:
        return RunRow(run, None)
    may_not_hold = not run.published_at and known is not None and known.has_left_behind(run)
    return RunRow(run, figures, may_not_hold, same_as(figures, alike), tuple(best_in(figures, alike)))


def same_as(figures: RunFigures, alike: Sequence[RunFigures]) -> int | None:
    """The oldest other run that gives everybody the same."""
    others = [one.run_id for one in alike if one.pairings == figures.pairings and one.run_id != figures.run_id]
    return min(others, default=None)


def best_in(figures: RunFigures, alike: Sequence[RunFigures]) -> Iterator[str]:
    """Only what not all of them reach."""
    for words, measure in BEST.items():
        reached = [measure(one) for one in alike]
        if measure(figures) == max(reached) > min(reached):
            yield words
