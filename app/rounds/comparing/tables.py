"""The tables of a comparison: a row for each number, a cell for each run and what it differs by from the first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.language.numbers import ordinal
from app.phrasebook.comparisons import higher_or_lower, more_or_fewer, share
from app.rounds.comparing.chosen import Column, Comparison
from app.rounds.runs.counting.entrants import KINDS
from app.rounds.runs.counting.numbers import FIRST, PLACED, Numbers
from app.rounds.runs.counting.shares import TOGETHER, Rate
from app.rounds.runs.outcome import profile_finding

OFF_LIST, NOT_PLACED = "Not on the list", "Not placed"
NOBODY_PLACED, NOT_TOLD = "nobody placed", "too few to say"
FIRST_TOGETHER = "First choice where there are too few to say, together"
KIND_WORDS = dict(zip(KINDS, ("Profession", "Region of the employer", "University"), strict=True))


@dataclass(frozen=True)
class Cell:
    """What a run reaches, and how that differs from the first run."""

    text: str
    beside: str = ""


@dataclass(frozen=True)
class Line:
    """A row of a table: what it counts, and a cell for each column."""

    words: str
    cells: Sequence[Cell]


Text = Callable[[Numbers], str]
Beside = Callable[[Numbers, Numbers], str]


def numbers_in_lines(comparison: Comparison) -> list[Line]:
    """The headline numbers."""
    return [Line(words, cells_of(comparison, text, beside)) for words, text, beside in MEASURES]


def cells_of(comparison: Comparison, text: Text, beside: Beside) -> list[Cell]:
    first = comparison.first.numbers
    return [
        Cell(text(column.numbers), "" if column is comparison.first else beside(column.numbers, first))
        for column in comparison.all_columns
    ]


def fit_in_words(fit: int | None) -> str:
    return NOBODY_PLACED if fit is None else f"{fit:,}"


MEASURES: Sequence[tuple[str, Text, Beside]] = (
    ("Placed", lambda one: share(one.placed, one.learners), lambda one, two: more_or_fewer(one.placed, two.placed)),
    (
        "First choice, of those whose first choice was possible",
        lambda one: share(one.first_choices, one.could),
        lambda one, two: more_or_fewer(one.first_choices, two.first_choices),
    ),
    (
        "Given an opening that is not on their list",
        lambda one: f"{one.off_list:,}",
        lambda one, two: more_or_fewer(one.off_list, two.off_list),
    ),
    (
        "Fit, on the average (0 to 1,000)",
        lambda one: fit_in_words(one.mean_fit),
        lambda one, two: higher_or_lower(one.mean_fit, two.mean_fit),
    ),
    (
        "Lowest fit",
        lambda one: fit_in_words(one.lowest),
        lambda one, two: higher_or_lower(one.lowest, two.lowest),
    ),
    ("Placed with little fit", lambda one: f"{one.weak:,}", lambda one, two: more_or_fewer(one.weak, two.weak)),
    (
        "Most learners with one mentor",
        lambda one: f"{most_of_a_mentor(one):,}",
        lambda one, two: more_or_fewer(most_of_a_mentor(one), most_of_a_mentor(two)),
    ),
    (
        "Numbers of learners by mentor, squared and summed (lower is more even where as many are placed)",
        lambda one: f"{one.squares:,}",
        lambda one, two: higher_or_lower(one.squares, two.squares),
    ),
)


def most_of_a_mentor(numbers: Numbers) -> int:
    return max((learners or 0 for learners, _ in numbers.loads), default=0)


@dataclass(frozen=True)
class Profile:
    """Which choice those got who could have had their first, as a picture."""

    column: Column
    finding: str
    bars: Sequence[tuple[str, int]]

    @property
    def longest(self) -> int:
        return max(number for _, number in self.bars)


def profiles_of(comparison: Comparison) -> list[Profile]:
    """One for each column, all with the same bars."""
    ranks = [rank for column in comparison.all_columns for rank, _ in column.numbers.profile if rank]
    return [profile_of(column, max(ranks, default=1)) for column in comparison.all_columns if column.numbers.could]


def profile_of(column: Column, last_rank: int) -> Profile:
    numbers, by_rank = column.numbers, dict(column.numbers.profile)
    bars = [(f"{ordinal(rank)} choice", by_rank.get(rank, 0)) for rank in range(1, last_rank + 1)]
    bars += [(OFF_LIST, by_rank.get(None, 0)), (NOT_PLACED, numbers.could - sum(by_rank.values()))]
    return Profile(column, f"{column.name}: {profile_finding(bars)}", bars)


def loads_in_lines(comparison: Comparison) -> Iterator[Line]:
    """How many mentors have how many learners."""
    loads = [dict(column.numbers.loads) for column in comparison.all_columns]
    for learners in sorted({number or 0 for load in loads for number in load}):
        words = {0: "No learner", 1: "1 learner"}.get(learners, f"{learners} learners")
        yield Line(words, [Cell(f"{load.get(learners, 0):,}") for load in loads])


@dataclass(frozen=True)
class Shares:
    """How groups of one kind fared: in each cell who is placed, and beside it who got the first choice."""

    words: str
    lines: Sequence[Line]


def shares_of(comparison: Comparison) -> list[Shares]:
    return [Shares(KIND_WORDS[kind], shares_in_lines(comparison, kind)) for kind in KINDS]


def shares_in_lines(comparison: Comparison, kind: str) -> list[Line]:
    """A row for each group that any of the runs tells apart, and those that are told together at the end.

    These are more groups for the first choice than for a place, so they have a row of their own.
    """
    placed, first = (rates_by_label(comparison, kind, of) for of in (PLACED, FIRST))
    labels = {label for column in (*placed, *first) for label in column} - {TOGETHER}
    together = ((TOGETHER, of_group(placed, TOGETHER)), (FIRST_TOGETHER, of_group(first, TOGETHER)))
    return [
        *(group_line(label, of_group(placed, label), of_group(first, label)) for label in sorted(labels)),
        *(Line(words, [Cell(told(rate)) for rate in rates]) for words, rates in together if any(rates)),
    ]


def of_group(rates: Sequence[Mapping[str, Rate]], label: str) -> list[Rate | None]:
    return [column.get(label) for column in rates]


def group_line(label: str, placed: Sequence[Rate | None], first: Sequence[Rate | None]) -> Line:
    both = zip(placed, first, strict=True)
    return Line(label, [Cell(told(one), f"First choice: {told(two)}") for one, two in both])


def rates_by_label(comparison: Comparison, kind: str, of: str) -> list[dict[str, Rate]]:
    """The rates of each column."""
    return [{rate.label: rate for rate in column.numbers.shares[kind][of]} for column in comparison.all_columns]


def told(rate: Rate | None) -> str:
    return share(rate.got, rate.requests) if rate else NOT_TOLD
