"""People whom learners excluded by a name that a mentor may have, until somebody says whether it is the same person."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.language.person_names import could_be_same_person
from app.models.people import Person
from app.models.requests import ExcludedMentor, PlacementRequest


@dataclass(frozen=True)
class Undecided:
    """A learner, somebody whom she named, and a mentor who may be that person."""

    learner: Person
    named: ExcludedMentor
    mentor: Person


def may_be(mentor: Person, named: ExcludedMentor) -> bool:
    """Whether somebody named without an account may be this person, as far as anybody has said."""
    is_open = named.mentor_id is None and mentor.id not in named.other_ids
    return is_open and could_be_same_person(named.name, mentor.name)


def undecided_of(request: PlacementRequest, mentors: Iterable[Person]) -> Iterator[Undecided]:
    """Those of the learner of a request."""
    return undecided_between(request.excluded, mentors)


def undecided_between(excluded: Sequence[ExcludedMentor], mentors: Iterable[Person]) -> Iterator[Undecided]:
    """Those of one learner, who excluded these: a constant time for each mentor, and none where all are known."""
    named = [one for one in excluded if one.mentor_id is None]
    if not named:
        return
    known = frozenset().union(*(one.excluded_ids for one in excluded))
    for mentor in mentors:
        if mentor.id in known:
            continue
        for one in named:
            if may_be(mentor, one):
                yield Undecided(one.learner, one, mentor)
