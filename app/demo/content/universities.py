"""The universities of the demo and their programmes."""

from dataclasses import dataclass
from functools import cache

from app.demo.content.reading import read
from app.models.programmes import Level
from app.programmes.shipping import shipped_programmes
from app.rules.programmes.said import ProgrammeSaid


@dataclass(frozen=True)
class DemoProvider:
    """A university; its people have their email under `address`.example."""

    name: str
    address: str


@dataclass(frozen=True)
class DemoProgramme:
    """One level of one university, as the file of programmes describes it; `share` is its part in a hundred."""

    key: str
    provider: str
    level: Level
    share: int

    @property
    def said(self) -> ProgrammeSaid:
        return next(one for one in shipped_programmes() if (one.university, one.level) == (self.provider, self.level))


@dataclass(frozen=True)
class _File:
    provider: tuple[DemoProvider, ...]
    programme: tuple[DemoProgramme, ...]

    def __post_init__(self) -> None:
        known = {provider.name for provider in self.provider}
        for programme in self.programme:
            if programme.provider not in known:
                raise ValueError(f"programme {programme.key}: “{programme.provider}” is not one of the providers.")
        described = {(one.university, one.level) for one in shipped_programmes()}
        if missing := [one.key for one in self.programme if (one.provider, one.level) not in described]:
            raise ValueError(f"programme {missing[0]}: the file of programmes has none of that university and level.")


def providers() -> tuple[DemoProvider, ...]:
    return _file().provider


def programmes() -> tuple[DemoProgramme, ...]:
    return _file().programme


def programme_of(key: str) -> DemoProgramme:
    return next(programme for programme in programmes() if programme.key == key)


@cache
def _file() -> _File:
    return read("universities.toml", _File)
