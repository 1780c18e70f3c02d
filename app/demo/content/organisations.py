"""The NHS organisations in which people of the demo work."""

import enum
from dataclasses import dataclass
from functools import cache

from app.demo.content.networks import network_named
from app.demo.content.reading import read
from app.demo.content.references import check_networks


class Care(enum.Enum):
    """What kind of care an organisation gives: it decides who plausibly works there."""

    ACUTE = "hospital"
    MENTAL_HEALTH = "mental health"
    AMBULANCE = "ambulance"
    CHILDREN = "children's hospital"
    EYE = "eye hospital"


@dataclass(frozen=True)
class DemoOrganisation:
    """A real NHS organisation; the ODS code is its key."""

    ods_code: str
    name: str
    care: Care
    network: str

    def __post_init__(self) -> None:
        check_networks([self.network])


@dataclass(frozen=True)
class _File:
    organisation: tuple[DemoOrganisation, ...]


@cache
def organisations() -> tuple[DemoOrganisation, ...]:
    return read("organisations.toml", _File).organisation


def organisation_in(network: str, care: Care, turn: int) -> DemoOrganisation:
    """One of the network's organisations of this kind, else a hospital; `turn` goes round them.

    An ambulance service may belong to a neighbouring network, because some cover two.
    """
    here = [organisation for organisation in organisations() if organisation.network == network]
    choice = [organisation for organisation in here if organisation.care is care]
    if not choice and care is Care.AMBULANCE:
        neighbours = network_named(network).neighbours
        choice = [one for one in organisations() if one.care is care and one.network in neighbours]
    choice = choice or [organisation for organisation in here if organisation.care is Care.ACUTE]
    return choice[turn % len(choice)]
