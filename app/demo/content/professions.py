"""How many learners of the demo are of which profession."""

from dataclasses import dataclass
from functools import cache

from app.demo.content.reading import read
from app.models.values.registration import Profession


@dataclass(frozen=True)
class _File:
    learners: dict[Profession, int]

    def __post_init__(self) -> None:
        if missing := [profession.value for profession in Profession if profession not in self.learners]:
            raise ValueError(f"There is no {missing[0]} among the learners.")


@cache
def learners_by_profession() -> dict[Profession, int]:
    """In 160 learners."""
    return read("professions.toml", _File).learners
