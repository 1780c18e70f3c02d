"""The coordinators, academics and the administrator of the demo."""

from collections import Counter
from collections.abc import Sequence

from app.demo.content.networks import networks, networks_that_share_a_coordinator
from app.demo.content.universities import DemoProvider, programme_of, providers
from app.demo.world.names import NameBook
from app.demo.world.records import DemoGrant, DemoLearner, DemoStaff
from app.models.people import Role

_LEARNERS_A_SUPERVISOR = 20


def make_staff(learners: Sequence[DemoLearner], names: NameBook) -> tuple[DemoStaff, ...]:
    """Ten coordinators for twelve networks, a lead and supervisors for each university, and one administrator."""
    people = [
        *_coordinators(names),
        *(person for provider in providers() for person in _academics(provider, learners, names)),
        _person(names, "demo", (DemoGrant(Role.ADMINISTRATOR),)),
    ]
    return tuple(
        DemoStaff(f"T{number:03d}", name, email, grants) for number, (name, email, grants) in enumerate(people, start=1)
    )


_Person = tuple[str, str, tuple[DemoGrant, ...]]


def _coordinators(names: NameBook) -> list[_Person]:
    shared = networks_that_share_a_coordinator()
    alone = [(network.name,) for network in networks() if all(network.name not in pair for pair in shared)]
    return [
        _person(names, "network", tuple(DemoGrant(Role.COORDINATOR, network=name) for name in together))
        for together in (*alone, *shared)
    ]


def _academics(provider: DemoProvider, learners: Sequence[DemoLearner], names: NameBook) -> list[_Person]:
    """The lead, who also supervises, and a supervisor for every twenty learners, at least two."""
    learners_of = Counter(programme_of(learner.programme).provider for learner in learners)
    supervisors = max(2, -(-learners_of[provider.name] // _LEARNERS_A_SUPERVISOR))
    supervises = DemoGrant(Role.ACADEMIC_SUPERVISOR, provider=provider.name)
    leads = DemoGrant(Role.PROGRAMME_LEAD, provider=provider.name)
    return [
        _person(names, provider.address, (leads, supervises)),
        *(_person(names, provider.address, (supervises,)) for _ in range(supervisors)),
    ]


def _person(names: NameBook, address: str, grants: tuple[DemoGrant, ...]) -> _Person:
    name = names.name()
    return name, names.email(name, address), grants
