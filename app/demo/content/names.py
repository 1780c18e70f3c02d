"""The names that people of the demo are made of."""

from dataclasses import dataclass
from functools import cache

from app.demo.content.reading import read


@dataclass(frozen=True)
class NameGroup:
    """Given and family names that go together; `share` is how many in a hundred people have them."""

    share: int
    given: tuple[str, ...]
    family: tuple[str, ...]


@dataclass(frozen=True)
class _File:
    group: tuple[NameGroup, ...]


@cache
def name_groups() -> tuple[NameGroup, ...]:
    return read("names.toml", _File).group
