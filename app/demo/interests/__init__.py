"""The learners of the demo in their own words, by profession."""

from app.demo.interests import allied, families, medicine_science, nursing, teams, therapy
from app.demo.interests.persona import Persona, Practice

PERSONAS: tuple[Persona, ...] = (
    *nursing.PERSONAS,
    *families.PERSONAS,
    *therapy.PERSONAS,
    *allied.PERSONAS,
    *medicine_science.PERSONAS,
    *teams.PERSONAS,
)

__all__ = ["PERSONAS", "Persona", "Practice"]
