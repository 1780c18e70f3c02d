"""What cannot hold together in a run: kept as facts, and told with the place where each part of it is mended."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.people import Person
from app.models.studies import Opening, OpeningState
from app.phrasebook.clashes import Names, item_in_words, release_in_words
from app.rounds.names_in_problem import MENTORS, STUDIES
from app.rounds.runs.names import ids_in, names_of
from matching import ClashItem, Infeasible, LimitKind, Release

Facts = Mapping[str, Any]


def facts_of(clash: Infeasible) -> dict[str, Any]:
    """The clash and its remedies as the database keeps them, in the names of the problem."""
    return {
        "clash": [facts_of_item(item) for item in clash.clash],
        "remedies": [
            [{**facts_of_item(one.item), "to": one.amount} for one in releases] for releases in clash.remedies
        ],
    }


def facts_of_item(item: ClashItem) -> dict[str, Any]:
    return {"kind": item.kind.value, "of": list(item.of), "amount": item.amount, "reason": item.reason}


def clash_in(facts: Facts) -> Infeasible:
    """What was kept, as the engine told it."""
    return Infeasible(
        tuple(item_in(one) for one in facts["clash"]),
        tuple(tuple(Release(item_in(one), one["to"]) for one in releases) for releases in facts["remedies"]),
    )


def item_in(facts: Facts) -> ClashItem:
    return ClashItem(LimitKind(facts["kind"]), tuple(facts["of"]), facts["amount"], facts["reason"])


@dataclass(frozen=True)
class Step:
    """One thing to change: in words, and where: a pin, a study by its id, or a mentor, who alone can do it.

    What a mentor was promised is changed by the coordinators of her networks instead.
    """

    words: str
    is_pin: bool = False
    study_id: int | None = None
    mentor: Person | None = None
    is_promise: bool = False
    network_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Clash:
    """What cannot hold together, and the ways out; each way is all its steps together."""

    items: Sequence[str]
    ways: Sequence[Sequence[Step]]


def clash_told(session: Session, facts: Facts) -> Clash:
    """A clash in the names of today; five queries."""
    found = clash_in(facts)
    keys = {key for item in found.clash for key in item.of[1:]}
    keys |= {key for releases in found.remedies for one in releases for key in one.item.of[1:]}
    names = names_of(session, keys)
    mentors = mentors_named(session, ids_in(keys, MENTORS))
    return Clash(
        [item_in_words(item, names) for item in found.clash],
        [list(steps_of(releases, names, mentors)) for releases in found.remedies],
    )


def mentors_named(session: Session, ids: Collection[int]) -> Mapping[int, tuple[Person, frozenset[int]]]:
    """Mentors by their ids, with the networks in which they have an opening that is not withdrawn; two queries."""
    people = session.scalars(select(Person).where(Person.id.in_(ids))).all()
    hosted = select(Opening.mentor_id, Opening.network_id).where(
        Opening.mentor_id.in_(ids), Opening.state != OpeningState.WITHDRAWN
    )
    hosts = {(mentor_id, network_id) for mentor_id, network_id in session.execute(hosted)}
    return {one.id: (one, frozenset(network for mentor, network in hosts if mentor == one.id)) for one in people}


def steps_of(
    releases: Sequence[Release], names: Names, mentors: Mapping[int, tuple[Person, frozenset[int]]]
) -> Iterator[Step]:
    for one in releases:
        words, of = release_in_words(one.item, one.amount, names), one.item.of
        if one.item.kind is LimitKind.PIN:
            yield Step(words, is_pin=True)
        elif of[0] == "study":
            yield Step(words, study_id=STUDIES.decode(of[1]))
        else:
            mentor, network_ids = mentors[MENTORS.decode(of[1])]
            yield Step(words, False, None, mentor, one.item.kind is LimitKind.MINIMUM, network_ids)
