"""People whom learners excluded by a name that a mentor may have, until somebody says whether it is the same person."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.language.person_names import could_be_same_person, whole_words
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


def undecided_in_all(requests: Iterable[PlacementRequest], mentors: Sequence[Person]) -> Iterator[Undecided]:
    """Those of the learners of many requests: only mentors are looked at who share a word with somebody named."""
    by_word: dict[str, set[int]] = {}
    for at, mentor in enumerate(mentors):
        for word in whole_words(mentor.name):
            by_word.setdefault(word, set()).add(at)
    for request in requests:
        words = {word for one in request.excluded if one.mentor_id is None for word in whole_words(one.name)}
        alike = set().union(*(by_word.get(word, ()) for word in words))
        yield from undecided_of(request, [mentors[at] for at in sorted(alike)])


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
