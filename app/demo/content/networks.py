"""The networks of the demo: real names, invented shares of the people."""

from dataclasses import dataclass
from functools import cache

from app.demo.content.reading import read
from app.demo.content.references import check_networks


@dataclass(frozen=True)
class DemoNetwork:
    """A network; `practice` is an invented place whose general practice, pharmacy and so on employ some learners.

    `neighbours` are the networks that a learner could travel to. `learners` and `mentors` are its shares of each.
    """

    name: str
    practice: str
    neighbours: tuple[str, ...]
    learners: int
    mentors: int

    def __post_init__(self) -> None:
        check_networks((self.name, *self.neighbours))


@dataclass(frozen=True)
class _File:
    network: tuple[DemoNetwork, ...]
    share_a_coordinator: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        check_networks(name for together in self.share_a_coordinator for name in together)


def networks() -> tuple[DemoNetwork, ...]:
    return _file().network


def network_named(name: str) -> DemoNetwork:
    return next(network for network in networks() if network.name == name)


def networks_that_share_a_coordinator() -> tuple[tuple[str, ...], ...]:
    return _file().share_a_coordinator


@cache
def _file() -> _File:
    return read("networks.toml", _File)
