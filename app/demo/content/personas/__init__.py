"""Who the learners of the demo are and what interests them, in their own words."""

import enum
from dataclasses import dataclass
from functools import cache

from app.demo.content.organisations import Care
from app.demo.content.reading import read
from app.demo.content.references import check_specialties
from app.models.values.registration import Profession

# Chance draws from them in this order.
CALLINGS = ("nursing", "families", "therapy", "allied", "medicine_science", "teams")


class Practice(enum.Enum):
    """An independent employer in a network's invented place; the value follows the place's name."""

    GENERAL_PRACTICE = "Surgery"
    PHARMACY = "Pharmacy"
    OPTICIAN = "Eye Care"
    DENTIST = "Dental Practice"
    BACK_CLINIC = "Back and Joint Clinic"
    HEARING_CENTRE = "Hearing Centre"
    HOSPICE = "Hospice"


@dataclass(frozen=True)
class Persona:
    """A job, a place of work and an interest, written as one person so that they agree.

    `words` is the interest in the learner's own words; `specialties` are in order of interest, two to four.
    """

    job_title: str
    profession: Profession
    works_in: Care | Practice
    specialties: tuple[str, ...]
    words: str

    def __post_init__(self) -> None:
        check_specialties(self.specialties)
        if not 2 <= len(self.specialties) <= 4:
            raise ValueError(f"A learner is interested in two to four specialties, not {len(self.specialties)}.")


@dataclass(frozen=True)
class _File:
    persona: tuple[Persona, ...]


@cache
def personas() -> tuple[Persona, ...]:
    return tuple(persona for calling in CALLINGS for persona in read(f"personas/{calling}.toml", _File).persona)
