"""Why a learner has no place, in words that a coordinator could say to her."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matching.problem import Mentor, Pair, Problem, Study
from matching.solution import Placed, Unplaced

SHOWN = 4


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


def reasons_of_unplaced(problem: Problem, placed: Iterable[Placed]) -> tuple[Unplaced, ...]:
    """Return every learner who is not placed, by id, with what stood in the way. Names no other learner."""
    chosen = {(one.learner, one.mentor, one.study) for one in placed}
    have_place = {key[0] for key in chosen}
    without = sorted(learner.id for learner in problem.learners if learner.id not in have_place)
    if not without:
        return ()
    pairs_of: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in problem.pairs:
        if pair.learner not in have_place:
            pairs_of[pair.learner].append(pair)
    use = _use(problem, chosen)
    return tuple(_unplaced(learner, pairs_of[learner], use) for learner in without)


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
    for pair in problem.pairs if with_budget else ():
        if pair.mentor in with_budget and pair.key in chosen:
            taken[pair.mentor] += pair.hours
    return taken


def _unplaced(learner: str, pairs: list[Pair], use: _Use) -> Unplaced:
    pairs = sorted(pairs, key=lambda pair: (pair.rank or 10**9, -pair.score, pair.mentor, pair.study))
    openings = tuple((pair.mentor, pair.study) for pair in pairs)
    if not pairs:
        return Unplaced(learner, "No opening in this round fits: there is no pair that could be formed.", "no_pair")
    hindrances = [next(_hindrances(pair, use), ("aims", "")) for pair in pairs]
    kinds = {kind for kind, _ in hindrances}
    told = list(dict.fromkeys(sentence for kind, sentence in hindrances if kind != "aims"))
    if kinds == {"full"}:
        return Unplaced(learner, f"{_all_openings(len(pairs))} full: {_listed(told)}.", "full", openings)
    if "aims" not in kinds:
        kind = "hours" if "hours" in kinds else "minimum"
        return Unplaced(learner, f"{_all_openings(len(pairs))} closed to one more: {_listed(told)}.", kind, openings)
    return Unplaced(learner, _aims_sentence(pairs, hindrances), "aims", openings)


def _hindrances(pair: Pair, use: _Use) -> Iterator[tuple[str, str]]:
    """What keeps this pair from being added to the placed ones, the plainest first."""
    mentor, study = use.mentors[pair.mentor], use.studies[pair.study]
    opening = (pair.mentor, pair.study)
    if use.of_mentor[mentor.id] >= mentor.capacity:
        yield "full", f"mentor {mentor.id} has {_places_taken(mentor.capacity)}"
    if use.of_study[study.id] >= study.capacity:
        yield "full", f"study {study.id} has {_places_taken(study.capacity)}"
    if opening in use.opening_limit and use.of_opening[opening] >= use.opening_limit[opening]:
        yield "full", f"mentor {mentor.id} on study {study.id} has {_places_taken(use.opening_limit[opening])}"
    if mentor.hours is not None and use.hours[mentor.id] + pair.hours > mentor.hours:
        left = mentor.hours - use.hours[mentor.id]
        yield "hours", f"mentor {mentor.id} has {left} hours left and this would take {pair.hours}"
    for name, host, taken in (("mentor", mentor, use.of_mentor), ("study", study, use.of_study)):
        if taken[host.id] + 1 < host.minimum_if_used:
            yield "minimum", f"{name} {host.id} would start only with at least {host.minimum_if_used} learners"


def _places_taken(places: int) -> str:
    if places == 0:
        return "no place to give"
    return "its only place taken" if places == 1 else f"all {places} places taken"


def _all_openings(count: int) -> str:
    return "The only opening that fits is" if count == 1 else f"All {count} openings that fit are"


def _listed(sentences: list[str]) -> str:
    shown = sentences[:SHOWN]
    more = len(sentences) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more else "")


def _aims_sentence(pairs: list[Pair], hindrances: list[tuple[str, str]]) -> str:
    free = next(pair for pair, (kind, _) in zip(pairs, hindrances, strict=True) if kind == "aims")
    return (
        f"Mentor {free.mentor} on study {free.study} still has room, "
        "but a place there would have been worse for the aims of this round, in their order."
    )
