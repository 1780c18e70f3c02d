"""How groups of learners fared, none of them so small that it would tell how one person fared."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

SMALLEST_GROUP = 5  # people
TOGETHER = "Smaller groups together"


@dataclass(frozen=True)
class Rate:
    """Of the requests in a group, how many got something."""

    label: str
    requests: int
    got: int


@dataclass(frozen=True)
class Member:
    """A request, whose it is, and the group that it is in."""

    request: str
    person: int
    label: str


def rates_of(members: Collection[Member], got: Collection[str]) -> list[Rate]:
    """The rates of all groups, those added together last; empty where they cannot be told apart without telling all.

    `got` are the requests that got what is counted.
    """
    people = {label: len({one.person for one in members if one.label == label}) for label in labels_of(members)}
    together = too_small_alone(people)
    if len(people.keys() - together) + bool(together) < 2:
        return []
    label = {one.request: TOGETHER if one.label in together else one.label for one in members}
    requests, fared = Counter(label.values()), Counter(label[one] for one in label.keys() & set(got))
    return [Rate(one, requests[one], fared[one]) for one in sorted(requests, key=lambda one: (one == TOGETHER, one))]


def labels_of(members: Iterable[Member]) -> set[str]:
    return {one.label for one in members}


def too_small_alone(people: Mapping[str, int]) -> set[str]:
    """The groups that are only told together.

    Those of fewer than five people; and where these together are fewer than five, the next smallest with them, because
    what is left out could be worked out from the sum of all groups.
    """
    by_size = sorted(people, key=lambda label: (people[label], label))
    together = [label for label in by_size if people[label] < SMALLEST_GROUP]
    if together and sum(people[label] for label in together) < SMALLEST_GROUP:
        together = by_size[: len(together) + 1]
    return set(together)
