"""How many openings a request reaches, what each of its limits costs, and which changes would reach more."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from app.language.numbers import count, plural
from app.models.organisations import Network
from app.models.requests import PlacementRequest
from app.phrasebook.obstacles import of_openings
from app.phrasebook.what_would_help import advice_on
from app.rules.advice.changes import OF_DATES, Candidate, Wishes, number_fitting, plain_candidates
from app.rules.advice.nearest_change import Hindered, Nearest, hindered, nearest_networks, own_changes
from app.rules.capacity import Held
from app.rules.eligibility import Asked, Obstacle, Obstacles
from app.rules.plain.openings import plain_openings

LIMITS_OF_HERS = (*OF_DATES, Obstacle.EXCLUDED)
NETWORKS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Reach:
    """How many openings fit, how many more would but for one limit, and what each further network would make it.

    `full` fit but have no place free, `own_network_fitting` fit in the network of her employer, whether or not she
    chose it. Each number was asked with exactly the change that it is about.
    """

    fitting: int
    full: int
    has_networks: bool
    lost: tuple[tuple[Obstacle, int], ...]
    own_network: str
    own_network_fitting: int
    more: tuple[tuple[str, int], ...]
    changes: tuple[Nearest, ...] = ()

    @property
    def headline(self) -> str:
        """14 openings fit; 3 more are full now; 2 close before you can start."""
        fit = count(self.fitting, "opening fits", "openings fit")
        if not self.has_networks:
            return f"{fit} in all networks together. Choose those that you can reach."
        full = [f"{self.full:,} more {plural(self.full, 'is', 'are')} full now"] if self.full else []
        return "; ".join([fit, *full, *(f"{n:,} {of_openings(limit, n)}" for limit, n in self.lost)]) + "."

    @property
    def by_network(self) -> str:
        """Only in your own network: 4. With East Midlands: 11."""
        own = [f"Only in your own network: {self.own_network_fitting:,}."] if self.own_network else []
        return " ".join([*own, *(f"With {name}: {number:,}." for name, number in self.more)])

    @property
    def advice(self) -> list[str]:
        """What would help, the change that would reach most first, a sentence for each."""
        return [advice_on(change) for change in self.changes]


def reach_of(
    session: Session,
    request: PlacementRequest,
    networks: Sequence[Network],
    today: date,
    answer: Callable[[Asked], Asked] = lambda asked: asked,
) -> Reach | None:
    """Count what a request reaches among all networks; None while its module is not chosen.

    `answer` makes of what it asks what it would ask with other answers.
    """
    if request.module is None:
        return None
    held = Held.on(session, today)
    openings = plain_openings(session, [network.id for network in networks], request.module.programme.level, today)
    wishes = Wishes(answer(Obstacles(today, held).asked_by(request)))
    return counted(wishes, plain_candidates(held, request, openings), networks, own_network_of(request), today)


def counted(
    wishes: Wishes, candidates: Sequence[Candidate], networks: Sequence[Network], own: Network | None, today: date
) -> Reach:
    """The same for openings that were read before."""
    chosen = wishes.asked.network_ids
    homes = [network.name for network in networks if network.id in chosen or (own and network.id == own.id)]
    groups = hindered(wishes, candidates)
    lost = Counter({found[0]: len(group) for found, group in groups.items() if len(found) == 1})
    fitting = len(candidates) - sum(map(len, groups.values()))
    return Reach(
        fitting=fitting,
        full=lost[Obstacle.NO_PLACE],
        has_networks=bool(chosen),
        lost=tuple((limit, n) for limit, n in lost.most_common() if limit in LIMITS_OF_HERS),
        own_network=own.name if own else "",
        own_network_fitting=fitting_in(own, wishes, candidates) if own else 0,
        more=tuple(with_each_neighbour(groups, homes, fitting)),
        changes=tuple(own_changes(wishes, [one for group in groups.values() for one in group], homes, today)),
    )


def fitting_in(own: Network, wishes: Wishes, candidates: Sequence[Candidate]) -> int:
    """How many fit in one network alone."""
    only_there = replace(wishes, asked=replace(wishes.asked, network_ids=frozenset({own.id})))
    return number_fitting(only_there, [one for one in candidates if one.given.network_id == own.id])


def with_each_neighbour(groups: Hindered, homes: Sequence[str], fitting: int) -> list[tuple[str, int]]:
    """What would fit with each of the nearest networks that would open anything, those with most first.

    Adding a network opens what nothing but its network keeps from her, and closes nothing.
    """
    only_elsewhere: Sequence[Candidate] = groups.get((Obstacle.NETWORK,), ())
    there = Counter(one.given.network_id for one in only_elsewhere)
    nearest = nearest_networks(only_elsewhere, homes)[:NETWORKS_SHOWN]
    return [(one.name, fitting + there[one.id]) for one in nearest]


def own_network_of(request: PlacementRequest) -> Network | None:
    """The network of the learner's employer, where both are known."""
    profile = request.learner.learner_profile
    return profile.employer.network if profile and profile.employer else None


def asked_with(asked: Asked, networks: Sequence[Network], start_from: date | None, start_until: date | None) -> Asked:
    """What the request would ask with other answers to where and when."""
    window = (start_from, start_until) if start_from and start_until else None
    return replace(asked, network_ids=frozenset(network.id for network in networks), window=window)
