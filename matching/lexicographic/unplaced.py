"""What keeps each learner without a place from every opening that would have fitted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from matching.files.wording import Closed, reason_in_words
from matching.pair_columns import PairColumns
from matching.problem import Mentor, Pair, Problem, Study
from matching.solution import Placed, Unplaced, UnplacedKind


@dataclass(frozen=True, slots=True)
class _Use:
    """How full everything is with the placed learners."""

    mentors: dict[str, Mentor]
    studies: dict[str, Study]
    opening_limit: dict[tuple[str, str], int]
    of_mentor: Counter[str]
    of_study: Counter[str]
    of_opening: Counter[tuple[str, str]]
    hours: Counter[str]
    openings: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)  # each once, for all learners


def reasons_of_unplaced(problem: Problem, placed: Iterable[Placed]) -> tuple[Unplaced, ...]:
    """Return every learner who is not placed, by id, with what stood in the way. Names no other learner.
    O(m log m)."""
    chosen = {(one.learner, one.mentor, one.study) for one in placed}
    have_place = {key[0] for key in chosen}
    without = sorted(learner.id for learner in problem.learners if learner.id not in have_place)
    if not without:
        return ()
    pairs, use = PairColumns.of(problem.pairs), _use(problem, chosen)
    return tuple(_unplaced(learner, own, use) for learner, own in pairs.by_learner(without))


def _use(problem: Problem, chosen: set[tuple[str, str, str]]) -> _Use:
    return _Use(
        mentors={mentor.id: mentor for mentor in problem.mentors},
        studies={study.id: study for study in problem.studies},
        opening_limit={(opening.mentor, opening.study): opening.capacity for opening in problem.openings},
        of_mentor=Counter(mentor for _, mentor, _ in chosen),
        of_study=Counter(study for _, _, study in chosen),
        of_opening=Counter((mentor, study) for _, mentor, study in chosen),
        hours=_hours_taken(problem, chosen),
    )


def _hours_taken(problem: Problem, chosen: set[tuple[str, str, str]]) -> Counter[str]:
    """By mentors with a budget."""
    with_budget = {mentor.id for mentor in problem.mentors if mentor.hours is not None}
    taken: Counter[str] = Counter()
    pairs = PairColumns.of(problem.pairs if with_budget else ())
    for pair in map(pairs.__getitem__, pairs.places_of(chosen)):
        if pair.mentor in with_budget:
            taken[pair.mentor] += pair.hours
    return taken


def _unplaced(learner: str, pairs: list[Pair], use: _Use) -> Unplaced:
    pairs = sorted(pairs, key=lambda pair: (pair.rank or 10**9, -pair.score, pair.mentor, pair.study))
    openings = tuple(use.openings.setdefault(one, one) for one in ((pair.mentor, pair.study) for pair in pairs))
    closed = [next(_closing(pair, use), None) for pair in pairs]
    kind = _kind({None if one is None else one.kind for one in closed})
    return Unplaced(learner, reason_in_words(kind, openings, closed), kind, openings)


def _kind(kinds: set[UnplacedKind | None]) -> UnplacedKind:
    """What stands for all openings that fit: something free before hours, hours before a minimum."""
    if not kinds:
        return UnplacedKind.NO_PAIR
    if None in kinds:
        return UnplacedKind.AIMS
    return next(kind for kind in (UnplacedKind.HOURS, UnplacedKind.MINIMUM, UnplacedKind.FULL) if kind in kinds)


def _closing(pair: Pair, use: _Use) -> Iterator[Closed]:
    """What keeps this pair from being added to the placed ones, the plainest first."""
    mentor, study = use.mentors[pair.mentor], use.studies[pair.study]
    opening = (pair.mentor, pair.study)
    if use.of_mentor[mentor.id] >= mentor.capacity:
        yield Closed(UnplacedKind.FULL, ("mentor", mentor.id), mentor.capacity)
    if use.of_study[study.id] >= study.capacity:
        yield Closed(UnplacedKind.FULL, ("study", study.id), study.capacity)
    if opening in use.opening_limit and use.of_opening[opening] >= use.opening_limit[opening]:
        yield Closed(UnplacedKind.FULL, ("opening", *opening), use.opening_limit[opening])
    if mentor.hours is not None and use.hours[mentor.id] + pair.hours > mentor.hours:
        left = mentor.hours - use.hours[mentor.id]
        yield Closed(UnplacedKind.HOURS, ("mentor", mentor.id), left, pair.hours)
    for name, host, taken in (("mentor", mentor, use.of_mentor), ("study", study, use.of_study)):
        if taken[host.id] + 1 < host.minimum_if_used:
            yield Closed(UnplacedKind.MINIMUM, (name, host.id), host.minimum_if_used)
