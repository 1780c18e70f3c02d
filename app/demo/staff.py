"""The coordinators, academics and the administrator of the demo."""

from collections import Counter
from collections.abc import Sequence

from app.demo.names import NameBook
from app.demo.networks import NETWORKS, SOUTH_CENTRAL, SOUTH_EAST, SOUTH_WEST_CENTRAL, SOUTH_WEST_PENINSULA
from app.demo.universities import EXETER, KINGS, NEWCASTLE, PROGRAMME_BY_KEY, PROVIDERS, SHEFFIELD
from app.demo.world import DemoGrant, DemoLearner, DemoStaff
from app.models.people import Role

_SHARED = ((SOUTH_WEST_CENTRAL, SOUTH_WEST_PENINSULA), (SOUTH_CENTRAL, SOUTH_EAST))
_LEARNERS_A_SUPERVISOR = 20
_ADDRESS = {EXETER: "exeter", NEWCASTLE: "newcastle", KINGS: "kings", SHEFFIELD: "sheffield"}


def make_staff(learners: Sequence[DemoLearner], names: NameBook) -> tuple[DemoStaff, ...]:
    """Ten coordinators for twelve networks, a lead and supervisors for each university, and one administrator."""
    people = [
        *_coordinators(names),
        *(person for provider in PROVIDERS for person in _academics(provider, learners, names)),
        _person(names, "demo", (DemoGrant(Role.ADMINISTRATOR),)),
    ]
    return tuple(
        DemoStaff(f"T{number:03d}", name, email, grants) for number, (name, email, grants) in enumerate(people, start=1)
    )


_Person = tuple[str, str, tuple[DemoGrant, ...]]


def _coordinators(names: NameBook) -> list[_Person]:
    alone = [(network.name,) for network in NETWORKS if all(network.name not in pair for pair in _SHARED)]
    return [
        _person(names, "network", tuple(DemoGrant(Role.COORDINATOR, network=network) for network in networks))
        for networks in (*alone, *_SHARED)
    ]


def _academics(provider: str, learners: Sequence[DemoLearner], names: NameBook) -> list[_Person]:
    """The lead, who also supervises, and a supervisor for every twenty learners, at least two."""
    learners_of = Counter(PROGRAMME_BY_KEY[learner.programme].provider for learner in learners)
    supervisors = max(2, -(-learners_of[provider] // _LEARNERS_A_SUPERVISOR))
    supervises = DemoGrant(Role.ACADEMIC_SUPERVISOR, provider=provider)
    leads = DemoGrant(Role.PROGRAMME_LEAD, provider=provider)
    address = _ADDRESS[provider]
    return [
        _person(names, address, (leads, supervises)),
        *(_person(names, address, (supervises,)) for _ in range(supervisors)),
    ]


def _person(names: NameBook, address: str, grants: tuple[DemoGrant, ...]) -> _Person:
    name = names.name()
    return name, names.email(name, address), grants
