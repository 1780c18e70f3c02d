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


@dataclass(frozen=True)
class Named:
    """Somebody or something that a change concerns, and what its link leads to: a request, or openings found by name.

    What is there no longer has neither.
    """

    name: str
    request_id: int | None = None
    search: str = ""


@dataclass(frozen=True)
class Change:
    """One kind of change: whom it concerns, the first of them named, between `before` and `after`."""

    before: str
    about: tuple[Named, ...] = ()
    after: str = "."

    @property
    def shown(self) -> tuple[Named, ...]:
        return self.about[:SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.about) - SHOWN)

    @property
    def text(self) -> str:
        """The change as one sentence."""
        more = f" and {self.more} more" if self.more else ""
        return f"{self.before}{', '.join(one.name for one in self.shown)}{more}{self.after}"


def changes_since(session: Session, run: Run, today: date) -> list[Change]:
    """What changed since the run read the round; empty when its problem would be the very same today.

    As long as the fingerprint of the round is the same, nothing else is read.
    """
    if run.inputs_fingerprint and run.inputs_fingerprint == fingerprint_of(session, run.round, today):
        return []
    try:
        whole = snapshot_of(session, run.round, run.stages, run.seed, today, run.previous_id).problem
    except Refused as refusal:
        return [Change(refusal.message, after="")]
    live = with_left_out(whole, run.outcome.get("left_out", ()))
    if matching.digest(live) == run.problem_digest:
        return []
    solved = matching.read_problem(run.problem)
    return list(differences(solved, live, names_in(session, solved, live))) or [
        Change("The round is not as it was at the run", after=".")
    ]


@dataclass(frozen=True)
class Names:
    """What the names in a problem stand for."""

    of: Mapping[str, str]

    def learner(self, key: tuple[str, ...]) -> Named:
        return Named(self.of.get(key[0], key[0]), request_id=LEARNERS.decode(key[0]))

    def opening(self, key: tuple[str, ...]) -> Named:
        mentor = self.of.get(key[-2], key[-2])
        return Named(f"{mentor} on {self.of.get(key[-1], key[-1])}", search=mentor)

    def one(self, key: tuple[str, ...]) -> Named:
        """A mentor or a study."""
        name = self.of.get(key[0], key[0])
        return Named(name, search=name.strip("“”"))


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


def differences(solved: matching.Problem, live: matching.Problem, names: Names) -> Iterable[Change]:
    """Each kind of change once, what concerns people first."""
    yield from gone_and_new(solved.learners, live.learners, lambda one: one.id, names.learner, "request")
    yield from gone_and_new(
        solved.openings, live.openings, lambda one: (one.mentor, one.study), names.opening, "opening"
    )
    yield from changed_capacities(solved, live, names)
    yield from gone_and_new(solved.pins, live.pins, lambda pin: pin.key, names.learner, "pin")
    yield from changed_pairs(solved, live, names)


def gone_and_new(
    before: Iterable[object], after: Iterable[object], key: Callable[..., object], name: Callable[..., Named], noun: str
) -> Iterable[Change]:
    """Two at most: what is no longer there, which no link leads to, and what came."""
    was, is_ = {as_tuple(key(one)) for one in before}, {as_tuple(key(one)) for one in after}
    gone, new = by_name(name(k) for k in was - is_), by_name(name(k) for k in is_ - was)
    if gone:
        yield Change(f"No longer there: {count(len(gone), noun)} (", tuple(Named(one.name) for one in gone), ").")
    if new:
        yield Change(f"New since the run: {count(len(new), noun)} (", new, ").")


def as_tuple(key: object) -> tuple[str, ...]:
    return key if isinstance(key, tuple) else (str(key),)


def by_name(found: Iterable[Named]) -> tuple[Named, ...]:
    return tuple(sorted(found, key=lambda one: (one.name, one.request_id or 0)))


def changed_capacities(solved: matching.Problem, live: matching.Problem, names: Names) -> Iterable[Change]:
    """Which openings, mentors and studies have other places, or start with more or fewer learners, than at the run."""
    for kind, noun in (("openings", "opening"), ("mentors", "mentor"), ("studies", "study")):
        for what, limits in (("Places or hours", capacity), ("The fewest learners", minimums)):
            was = {capacity_key(one): limits(one) for one in getattr(solved, kind)}
            is_ = {capacity_key(one): limits(one) for one in getattr(live, kind)}
            changed = [key for key in was.keys() & is_.keys() if was[key] != is_[key]]
            if changed:
                told = by_name(names.opening(key) if len(key) == 2 else names.one(key) for key in changed)
                yield Change(f"{what} changed at {count(len(changed), noun, kind)}: ", told)


def capacity_key(one: matching.Opening | matching.Mentor | matching.Study) -> tuple[str, ...]:
    return (one.mentor, one.study) if isinstance(one, matching.Opening) else (one.id,)


def capacity(one: matching.Opening | matching.Mentor | matching.Study) -> tuple[int | None, ...]:
    return (one.capacity, one.hours if isinstance(one, matching.Mentor) else None)


def minimums(one: matching.Opening | matching.Mentor | matching.Study) -> tuple[int, ...]:
    return () if isinstance(one, matching.Opening) else (one.minimum, one.minimum_if_used)


def changed_pairs(solved: matching.Problem, live: matching.Problem, names: Names) -> Iterable[Change]:
    """Whose possible openings, ranks or scores changed, of those who are in both."""
    was, is_ = {p.key: p for p in solved.pairs}, {p.key: p for p in live.pairs}
    both = {learner.id for learner in solved.learners} & {learner.id for learner in live.learners}
    changed = {key[0] for key in was.keys() | is_.keys() if was.get(key) != is_.get(key)} & both
    if changed:
        told = by_name(names.learner((key,)) for key in changed)
        yield Change(f"What fits, or how well, changed for {count(len(changed), 'learner')}: ", told)
