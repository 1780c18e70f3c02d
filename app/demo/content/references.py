"""Whether a data file names specialties and networks as the service does."""

from collections.abc import Iterable

from app.models.values.specialties import SPECIALTIES, UnknownSpecialty
from app.rules.reference import NETWORK_HOSTS


def check_specialties(names: Iterable[str]) -> None:
    """Raise ValueError at the first that is not a specialty."""
    for name in names:
        if name not in SPECIALTIES:
            raise UnknownSpecialty(name)


def check_networks(names: Iterable[str]) -> None:
    """Raise ValueError at the first that is not a research delivery network."""
    for name in names:
        if name not in NETWORK_HOSTS:
            raise ValueError(f"“{name}” is not a research delivery network.")
