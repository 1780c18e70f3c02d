"""Who a learner of the demo is: a job, a place of work and an interest, written as one person so that they agree."""

import enum
from dataclasses import dataclass

from app.demo.networks import Care
from app.models.values.registration import Profession


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
    """`words` is the interest in the learner's own words; `specialties` are in order of interest, two to four."""

    profession: Profession
    job_title: str
    works_in: Care | Practice
    specialties: tuple[str, ...]
    words: str
