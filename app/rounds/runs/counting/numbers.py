"""Who got what in numbers, worked out when a run ends: of the run, and of choosing in a random order."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

import matching
from app.rounds.runs.counting.shares import Member, Rate, rates_of
from matching.interest import fit_word

WEAK = "little"
PLACED, FIRST = "placed", "first"
Counts = list[tuple[int | None, int]]


@dataclass(frozen=True)
class Entrants:
    """Whom a run could place.

    `could` are the requests whose first-ranked opening is a possible pair, `mentors` the mentors of the round, and
    `members` says for each kind of group, such as the profession, in which one every request is.
    """

    requests: Collection[str]
    could: Collection[str]
    mentors: Collection[str]
    members: Mapping[str, Collection[Member]]


@dataclass(frozen=True)
class Numbers:
    """What a set of pairings comes to.

    profile   of those who could have had their first choice: how many got which rank, None for off the list
    loads     how many mentors have how many learners
    shares    by kind of group: the rates of "placed", of all, and of "first", of those who could
    """

    learners: int
    placed: int
    could: int
    profile: Counts
    off_list: int
    score_sum: int
    lowest: int | None
    weak: int
    loads: Counts
    shares: Mapping[str, Mapping[str, list[Rate]]]

    @property
    def first_choices(self) -> int:
        return dict(self.profile).get(1, 0)

    @property
    def mean_fit(self) -> int | None:
        """The fit of those who are placed on the average, 0 to 1000; None where nobody is."""
        return round(self.score_sum / self.placed) if self.placed else None

    @property
    def squares(self) -> int:
        """The sum of the squared numbers of learners of the mentors: the smaller, the more even."""
        return sum((learners or 0) ** 2 * mentors for learners, mentors in self.loads)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        shares = {
            kind: {of: [Rate(**rate) for rate in rates] for of, rates in both.items()}
            for kind, both in kept["shares"].items()
        }
        counts = {name: [(value, number) for value, number in kept[name]] for name in ("profile", "loads")}
        return cls(**{**kept, **counts, "shares": shares})


def numbers_of(placed: Sequence[matching.Placed], entrants: Entrants) -> Numbers:
    """The numbers of these pairings."""
    could = set(entrants.could)
    ranks = Counter(one.rank for one in placed if one.learner in could)
    load = Counter(one.mentor for one in placed)
    return Numbers(
        learners=len(entrants.requests),
        placed=len(placed),
        could=len(could),
        profile=sorted(ranks.items(), key=lambda counted: (counted[0] is None, counted[0] or 0)),
        off_list=sum(one.rank is None for one in placed),
        score_sum=sum(one.score for one in placed),
        lowest=min((one.score for one in placed), default=None),
        weak=sum(fit_word(one.score) == WEAK for one in placed),
        loads=sorted(Counter(load[mentor] for mentor in entrants.mentors).items()),
        shares={kind: shares_of(members, placed, could) for kind, members in entrants.members.items()},
    )


def shares_of(
    members: Collection[Member], placed: Sequence[matching.Placed], could: Collection[str]
) -> dict[str, list[Rate]]:
    """How many of each group are placed, and how many of those who could have it got their first choice."""
    first = [one.learner for one in placed if one.rank == 1]
    return {
        PLACED: rates_of(members, [one.learner for one in placed]),
        FIRST: rates_of([one for one in members if one.request in could], first),
    }
