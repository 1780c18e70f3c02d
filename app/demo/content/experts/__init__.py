"""Who the mentors of the demo are and what they teach, in their own words."""

from dataclasses import dataclass
from functools import cache

from app.demo.content.organisations import Care
from app.demo.content.reading import read
from app.demo.content.references import check_specialties
from app.models.values.registration import Profession

FIELDS = ("brain_heart_mind", "hospital", "community")  # chance draws from them in this order


@dataclass(frozen=True)
class Expert:
    """`teaches` is what the mentor offers, in the mentor's own words; the first specialty is the main one."""

    job_title: str
    profession: Profession
    works_in: Care
    specialties: tuple[str, ...]
    teaches: str

    def __post_init__(self) -> None:
        check_specialties(self.specialties)


@dataclass(frozen=True)
class _File:
    expert: tuple[Expert, ...]


@cache
def experts() -> tuple[Expert, ...]:
    return tuple(expert for field in FIELDS for expert in read(f"experts/{field}.toml", _File).expert)
