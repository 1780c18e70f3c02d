"""Which groups of learners are not shown in numbers that leave the service, so that nobody can be told from them."""

from collections.abc import Mapping

FEWEST = 5  # learners of a group that is shown, and of all that are hidden together


def hidden_among(people: Mapping[str, int]) -> set[str]:
    """The labels of groups that are not shown, of the number of people in each.

    The total is known, so one small group that is hidden alone could be had by taking the others from it: as many more
    are hidden, the smallest first, until there are two of them with enough learners together.
    """
    by_size = sorted(people, key=lambda label: (people[label], label))
    hidden = [label for label in by_size if people[label] < FEWEST]
    rest = by_size[len(hidden) :]
    while hidden and rest and (len(hidden) < 2 or sum(people[label] for label in hidden) < FEWEST):
        hidden.append(rest.pop(0))
    return set(hidden)
