"""Where the demo is short of places, so that a match round has something to decide and something to explain."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from app.demo.content.networks import networks
from app.demo.content.reading import read
from app.demo.content.references import check_networks, check_specialties
from app.models.values.registration import Profession


@dataclass(frozen=True)
class NoPgcert:
    """The network that has no opening for PGCert, and the one that whoever works there on a PGCert can reach."""

    network: str
    reaches: str


@dataclass(frozen=True)
class FewProfessions:
    """The network whose openings are for `clinic` professions; one mentor takes those of `therapy`."""

    network: str
    clinic: tuple[Profession, ...]
    therapy: tuple[Profession, ...]
    therapists_mentor: str


@dataclass(frozen=True)
class Scarcity:
    """`open_in` has the networks of the specialties that are not open everywhere."""

    open_in: dict[str, frozenset[str]]
    no_pgcert: NoPgcert
    few_professions: FewProfessions

    def __post_init__(self) -> None:
        check_specialties(self.open_in)
        check_networks(name for names in self.open_in.values() for name in names)
        check_networks((self.no_pgcert.network, self.no_pgcert.reaches, self.few_professions.network))

    def networks_open_to(self, specialties: Iterable[str]) -> frozenset[str]:
        """The networks that have openings on a study of these specialties."""
        open_in = frozenset(network.name for network in networks())
        return open_in.intersection(*(self.open_in[name] for name in specialties if name in self.open_in))


@cache
def scarcity() -> Scarcity:
    return read("scarcity.toml", Scarcity)
