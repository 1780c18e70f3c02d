"""How far networks lie apart, counted in borders, so that a learner is sent next door before she is sent far away."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

FAR = 100  # borders, where nobody has written down how two networks are joined


@cache
def neighbours() -> Mapping[str, frozenset[str]]:
    """The networks beside each network, by name; every border is told from both sides."""
    written = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    beside: dict[str, set[str]] = {}
    for name, others in written.items():
        for other in others:
            beside.setdefault(name, set()).add(other)
            beside.setdefault(other, set()).add(name)
    return {name: frozenset(others) for name, others in beside.items()}


def borders_between(origins: Iterable[str], name: str) -> int:
    """How many borders lie between a network and the nearest of the origins: 0 for one of them, 1 for a neighbour."""
    return _borders_from(frozenset(origins)).get(name, FAR)


@cache
def _borders_from(origins: frozenset[str]) -> Mapping[str, int]:
    borders, edge = dict.fromkeys(origins, 0), set(origins)
    while edge:
        distance = max(borders.values()) + 1
        edge = {other for name in edge for other in neighbours().get(name, ())} - borders.keys()
        borders |= dict.fromkeys(edge, distance)
    return borders
