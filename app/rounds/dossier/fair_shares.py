"""How groups of learners fared, with small groups hidden so that nobody can be told from the numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

import matching
from app.rules.groups.small_numbers import FEWEST, hidden_among

Labels = Mapping[str, tuple[tuple[str, str], ...]]
People = Mapping[tuple[str, str], int]  # how many there are of each kind and label


def with_labels(problem: matching.Problem, labels: Labels) -> matching.Problem:
    """The problem with what each learner is counted among, such as (("profession", "nurse"),); for numbers alone."""
    learners = tuple(replace(one, groups=labels.get(one.id, ())) for one in problem.learners)
    return replace(problem, learners=learners)


def people_in(labels: Labels, person_of: Mapping[str, int]) -> People:
    """How many people each group has, some of whom ask for two modules and so stand in the problem twice."""
    found = {(group, person_of[one]) for one, groups in labels.items() for group in groups}
    return Counter(group for group, _ in found)


def shares_of(rates: Iterable[matching.GroupRate], people: People) -> dict[str, Any]:
    """For each kind of group those that are large enough to be shown, and how many the others are together."""
    ordered = sorted(rates, key=lambda rate: (rate.group, rate.label))
    by_kind = {kind: list(own) for kind, own in groupby(ordered, key=lambda rate: rate.group)}
    return {"fewest_learners_shown": FEWEST, "by": {kind: one_kind(own, people) for kind, own in by_kind.items()}}


def one_kind(rates: list[matching.GroupRate], people: People) -> dict[str, Any]:
    hidden = hidden_among({rate.label: people[rate.group, rate.label] for rate in rates})
    return {
        "shown": [
            {
                "label": rate.label,
                "learners": rate.learners,
                "placed": rate.placed,
                "first_choices": rate.first_choices,
            }
            for rate in rates
            if rate.label not in hidden
        ],
        "groups_hidden": len(hidden),
    }
