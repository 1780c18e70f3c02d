"""Which groups of people are shown only as a sum in numbers that leave the service, so that nobody can be told."""

from collections.abc import Mapping

FEWEST = 5  # people of a group that is shown, and of all that are hidden together


def hidden_among(people: Mapping[str, int]) -> set[str]:
    """The labels of groups that are not shown apart, of the number of people in each.

    The total is known, so one small group that is hidden alone could be had by taking the others from it. With the
    small ones are hidden large ones, the first by label, until the sum could hold a four in each small group and five
    in each large one; where it never could, all are. Whom that takes does not follow from how large the groups are,
    other than by what is shown, so that who knows this rule learns no more (decision 0425).
    """
    small = {label for label, number in people.items() if number < FEWEST}
    hidden = set(small)
    for added, label in enumerate(sorted(people.keys() - small), start=1):
        if not small:
            break
        hidden.add(label)
        if sum(people[one] for one in hidden) >= (FEWEST - 1) * len(small) + FEWEST * added:
            break
    return hidden
