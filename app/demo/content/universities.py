"""The universities of the demo and their programmes."""

from dataclasses import dataclass
from functools import cache

from app.demo.content.reading import read
from app.models.programmes import Level, ModuleKind


@dataclass(frozen=True)
class DemoProvider:
    """A university; its people have their email under `address`.example."""

    name: str
    address: str


@dataclass(frozen=True)
class DemoModule:
    """A module; `is_assumed` marks credits that we chose for the demo."""

    title: str
    credits: int
    kind: ModuleKind
    is_assumed: bool = False


@dataclass(frozen=True)
class DemoProgramme:
    """One level of one university; `share` is its part in a hundred of the learners."""

    key: str
    provider: str
    level: Level
    title: str
    modules: tuple[DemoModule, ...]
    share: int


@dataclass(frozen=True)
class _File:
    provider: tuple[DemoProvider, ...]
    programme: tuple[DemoProgramme, ...]

    def __post_init__(self) -> None:
        known = {provider.name for provider in self.provider}
        for programme in self.programme:
            if programme.provider not in known:
                raise ValueError(f"programme {programme.key}: “{programme.provider}” is not one of the providers.")


def providers() -> tuple[DemoProvider, ...]:
    return _file().provider


def programmes() -> tuple[DemoProgramme, ...]:
    return _file().programme


def programme_of(key: str) -> DemoProgramme:
    return next(programme for programme in programmes() if programme.key == key)


@cache
def _file() -> _File:
    return read("universities.toml", _File)
