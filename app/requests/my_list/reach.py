"""How many openings a request reaches, and which of its limits costs most."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.language.numbers import count
from app.models.organisations import Network
from app.models.requests import PlacementRequest
from app.phrasebook.obstacles import of_openings
from app.rules.capacity import Held
from app.rules.eligibility import Obstacle, Obstacles
from app.rules.fit import openings_in

OF_DATES = (Obstacle.CLOSES_BEFORE, Obstacle.STARTS_AFTER, Obstacle.MENTOR_AWAY)
LIMITS_OF_HERS = (*OF_DATES, Obstacle.EXCLUDED)
NETWORKS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Reach:
    """How many openings fit, how many more would but for one limit, and what each further network would make it.

    `own_network_fitting` counts what fits in the network of her employer, whether or not she chose it.
    """

    fitting: int
    has_networks: bool
    lost: tuple[tuple[Obstacle, int], ...]
    own_network: str
    own_network_fitting: int
    more: tuple[tuple[str, int], ...]

    @property
    def headline(self) -> str:
        """14 openings fit; 2 close before you can start."""
        fit = count(self.fitting, "opening fits", "openings fit")
        if not self.has_networks:
            return f"{fit} in all networks together. Choose those that you can reach."
        return "; ".join([fit, *(f"{n:,} {of_openings(limit, n)}" for limit, n in self.lost)]) + "."

    @property
    def by_network(self) -> str:
        """Only in your own network: 4. With East Midlands: 11."""
        own = [f"Only in your own network: {self.own_network_fitting}."] if self.own_network else []
        return " ".join([*own, *(f"With {name}: {number}." for name, number in self.more)])

    @property
    def costliest(self) -> str:
        """The one change that would reach most, in a sentence; empty when none would."""
        gains = [(n, f"other start dates, which would reach {n} more") for limit, n in self.lost if limit in OF_DATES]
        gains += [(n - self.fitting, f"{name}, which would add {n - self.fitting}") for name, n in self.more]
        most = max(gains, default=None, key=lambda gain: gain[0])
        return f"What would help most: {most[1]}." if most else ""


def reach_of(session: Session, request: PlacementRequest, networks: Sequence[Network], today: date) -> Reach | None:
    """Count what a request reaches among all networks; None while its module is not chosen."""
    if request.module is None:
        return None
    openings = openings_in(session, [network.id for network in networks], request.module.programme.level)
    asked = Obstacles(today, Held.on(session, today))
    fitting: Counter[int] = Counter()
    elsewhere: Counter[int] = Counter()
    lost: Counter[Obstacle] = Counter()
    for opening in openings:
        in_the_way = asked.of(request, opening)
        if not in_the_way:
            fitting[opening.network_id] += 1
        elif in_the_way == (Obstacle.NETWORK,):
            elsewhere[opening.network_id] += 1
        elif len(in_the_way) == 1:
            lost[in_the_way[0]] += 1
    return counted(request, networks, fitting, elsewhere, lost)


def counted(
    request: PlacementRequest,
    networks: Sequence[Network],
    fitting: Counter[int],
    elsewhere: Counter[int],
    lost: Counter[Obstacle],
) -> Reach:
    """Put the counts into words, largest first."""
    total = fitting.total()
    own = own_network_of(request)
    names = {network.id: network.name for network in networks}
    return Reach(
        fitting=total,
        has_networks=bool(request.networks),
        lost=tuple((limit, n) for limit, n in lost.most_common() if limit in LIMITS_OF_HERS),
        own_network=own.name if own else "",
        own_network_fitting=(fitting + elsewhere)[own.id] if own else 0,
        more=tuple((names[network_id], total + n) for network_id, n in elsewhere.most_common(NETWORKS_SHOWN)),
    )


def own_network_of(request: PlacementRequest) -> Network | None:
    """The network of the learner's employer, where both are known."""
    profile = request.learner.learner_profile
    return profile.employer.network if profile and profile.employer else None


def as_if(
    request: PlacementRequest, networks: Sequence[Network], start_from: date | None, start_until: date | None
) -> PlacementRequest:
    """The request as it would be with other answers; it belongs to no session, so it is never saved."""
    return PlacementRequest(
        id=request.id,
        learner_id=request.learner_id,
        learner=request.learner,
        module=request.module,
        networks=list(networks),
        start_from=start_from,
        start_until=start_until,
        excluded=list(request.excluded),
    )
