"""The mentors of the demo and what they teach, in their own words."""

from app.demo.mentors import brain_heart_mind, community, hospital
from app.demo.mentors.expert import Expert

EXPERTS: tuple[Expert, ...] = (*brain_heart_mind.EXPERTS, *hospital.EXPERTS, *community.EXPERTS)

__all__ = ["EXPERTS", "Expert"]
