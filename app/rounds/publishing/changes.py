"""What has changed between the problem that a run solved and the round as it stands now."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

import matching
from app.language.numbers import count
from app.language.refusal import Refused
from app.models.people import Person
from app.models.requests import PlacementRequest
from app.models.runs import Run
from app.models.studies import Study
from app.rounds.fingerprint import fingerprint_of
from app.rounds.names_in_problem import LEARNERS, MENTORS, STUDIES
from app.rounds.runs.apart import with_left_out
from app.rounds.snapshot import snapshot_of

SHOWN = 8


def changes_since(session: Session, run: Run, today: date) -> list[str]:
    """Sentences on what changed since the run read the round; empty when its problem would be the very same today.

    As long as the fingerprint of the round is the same, nothing else is read.
    """
    if run.inputs_fingerprint and run.inputs_fingerprint == fingerprint_of(session, run.round, today):
        return []
    try:
        whole = snapshot_of(session, run.round, run.stages, run.seed, today, run.previous_id).problem
    except Refused as refusal:
        return [refusal.message]
    live = with_left_out(whole, run.outcome.get("left_out", ()))
    if matching.digest(live) == run.problem_digest:
        return []
    solved = matching.read_problem(run.problem)
    return list(differences(solved, live, names_in(session, solved, live))) or [
        "The round is not as it was at the run."
    ]


@dataclass(frozen=True)
class Names:
    """What the names in a problem stand for."""

    of: Mapping[str, str]

    def opening(self, key: tuple[str, ...]) -> str:
        return f"{self.of.get(key[-2], key[-2])} on {self.of.get(key[-1], key[-1])}"


def names_in(session: Session, *problems: matching.Problem) -> Names:
    """The learners', mentors' and studies' names; three queries."""
    learners = {LEARNERS.decode(one.id) for problem in problems for one in problem.learners}
    mentors = {MENTORS.decode(one.id) for problem in problems for one in problem.mentors}
    studies = {STUDIES.decode(one.id) for problem in problems for one in problem.studies}
    of = {
        LEARNERS.encode(id_): name
        for id_, name in session.execute(
            select(PlacementRequest.id, Person.name)
            .join(PlacementRequest.learner)
            .where(PlacementRequest.id.in_(learners))
        )
    }
    of |= {
        MENTORS.encode(id_): name
        for id_, name in session.execute(select(Person.id, Person.name).where(Person.id.in_(mentors)))
    }
    of |= {
        STUDIES.encode(study.id): f"“{study.name}”"
        for study in session.scalars(select(Study).where(Study.id.in_(studies)))
    }
    return Names(of)


def differences(solved: matching.Problem, live: matching.Problem, names: Names) -> Iterable[str]:
    """Each kind of change in one sentence, what concerns people first."""
    yield from gone_and_new(
        solved.learners, live.learners, lambda one: one.id, lambda key: names.of.get(key[0], key[0]), "request"
    )
    yield from gone_and_new(
        solved.openings, live.openings, lambda one: (one.mentor, one.study), names.opening, "opening"
    )
    yield from changed_capacities(solved, live, names)
    yield from gone_and_new(
        solved.pins, live.pins, lambda pin: pin.key, lambda key: names.of.get(key[0], key[0]), "pin"
    )
    yield from changed_pairs(solved, live, names)


def gone_and_new(
    before: Iterable[object], after: Iterable[object], key: Callable[..., object], name: Callable[..., str], noun: str
) -> Iterable[str]:
    """Two sentences at most: what is no longer there, and what came."""
    was, is_ = {as_tuple(key(one)) for one in before}, {as_tuple(key(one)) for one in after}
    for keys, words in ((was - is_, "No longer there"), (is_ - was, "New since the run")):
        if keys:
            yield f"{words}: {count(len(keys), noun)} ({shown(name(k) for k in sorted(keys))})."


def as_tuple(key: object) -> tuple[str, ...]:
    return key if isinstance(key, tuple) else (str(key),)


def changed_capacities(solved: matching.Problem, live: matching.Problem, names: Names) -> Iterable[str]:
    """Which openings, mentors and studies have more or fewer places than at the run."""
    for kind, noun in (("openings", "opening"), ("mentors", "mentor"), ("studies", "study")):
        was = {capacity_key(one): limits(one) for one in getattr(solved, kind)}
        is_ = {capacity_key(one): limits(one) for one in getattr(live, kind)}
        changed = sorted(key for key in was.keys() & is_.keys() if was[key] != is_[key])
        if changed:
            told = shown(names.opening(key) if len(key) == 2 else names.of.get(key[0], key[0]) for key in changed)
            yield f"Places or hours changed at {count(len(changed), noun, kind)}: {told}."


def capacity_key(one: matching.Opening | matching.Mentor | matching.Study) -> tuple[str, ...]:
    return (one.mentor, one.study) if isinstance(one, matching.Opening) else (one.id,)


def limits(one: matching.Opening | matching.Mentor | matching.Study) -> tuple[int | None, ...]:
    return (one.capacity, one.hours if isinstance(one, matching.Mentor) else None)


def changed_pairs(solved: matching.Problem, live: matching.Problem, names: Names) -> Iterable[str]:
    """Whose possible openings, ranks or scores changed, of those who are in both."""
    was, is_ = {p.key: p for p in solved.pairs}, {p.key: p for p in live.pairs}
    both = {learner.id for learner in solved.learners} & {learner.id for learner in live.learners}
    changed = {key[0] for key in was.keys() | is_.keys() if was.get(key) != is_.get(key)} & both
    if changed:
        told = shown(names.of.get(key, key) for key in sorted(changed))
        yield f"What fits, or how well, changed for {count(len(changed), 'learner')}: {told}."


def shown(names: Iterable[str]) -> str:
    found = sorted(names)
    more = len(found) - SHOWN
    return ", ".join(found[:SHOWN]) + (f" and {more} more" if more > 0 else "")
