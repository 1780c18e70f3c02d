"""Who a mentor of the demo is."""

from dataclasses import dataclass

from app.demo.networks import Care
from app.models.values.registration import Profession


@dataclass(frozen=True)
class Expert:
    """`teaches` is what the mentor offers, in the mentor's own words; the first specialty is the main one."""

    profession: Profession
    job_title: str
    works_in: Care
    specialties: tuple[str, ...]
    teaches: str
