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
from app.rules.advice.changes import OF_DATES, Candidate, Change, Hindrance, Wishes, candidates_for, number_fitting
from app.rules.advice.nearest_change import Hindered, Nearest, hindered, nearest_networks, own_changes
from app.rules.capacity import Held
from app.rules.eligibility import Asked, Obstacle, Obstacles
from app.rules.fit import openings_in

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
    openings = openings_in(session, [network.id for network in networks], request.module.programme.level)
    rules = Obstacles(today, Held.on(session, today))
    wishes = Wishes(answer(rules.asked_by(request)))
    return counted(wishes, candidates_for(rules, request, openings), networks, own_network_of(request), today)


def counted(
    wishes: Wishes, candidates: Sequence[Candidate], networks: Sequence[Network], own: Network | None, today: date
) -> Reach:
    """The same for openings that were read before."""
    chosen = wishes.asked.network_ids
    homes = [network.name for network in networks if network.id in chosen or (own and network.id == own.id)]
    groups = hindered(wishes, candidates)
    lost = Counter({found[0]: len(group) for found, group in groups.items() if len(found) == 1})
    only_own = replace(wishes, asked=replace(wishes.asked, network_ids=frozenset({own.id}))) if own else None
    return Reach(
        fitting=number_fitting(wishes, candidates),
        full=lost[Obstacle.NO_PLACE],
        has_networks=bool(chosen),
        lost=tuple((limit, n) for limit, n in lost.most_common() if limit in LIMITS_OF_HERS),
        own_network=own.name if own else "",
        own_network_fitting=number_fitting(only_own, candidates) if only_own else 0,
        more=tuple(with_each_neighbour(wishes, candidates, groups, homes)),
        changes=tuple(own_changes(wishes, candidates, homes, today)),
    )


def with_each_neighbour(
    wishes: Wishes, candidates: Sequence[Candidate], groups: Hindered, homes: Sequence[str]
) -> list[tuple[str, int]]:
    """What would fit with each of the nearest networks that would open anything, those with most first."""
    only_elsewhere: tuple[Hindrance, ...] = (Obstacle.NETWORK,)
    nearest = nearest_networks(groups.get(only_elsewhere, ()), homes)[:NETWORKS_SHOWN]
    return [(one.name, number_fitting(Change(network=one).in_wishes(wishes), candidates)) for one in nearest]


def own_network_of(request: PlacementRequest) -> Network | None:
    """The network of the learner's employer, where both are known."""
    profile = request.learner.learner_profile
    return profile.employer.network if profile and profile.employer else None


def asked_with(asked: Asked, networks: Sequence[Network], start_from: date | None, start_until: date | None) -> Asked:
    """What the request would ask with other answers to where and when."""
    window = (start_from, start_until) if start_from and start_until else None
    return replace(asked, network_ids=frozenset(network.id for network in networks), window=window)
