"""What a university keeps about its learners beside their course: supervisors, notes, and prior learning."""

from app.models.academic import notes, prior_learning, supervisors

__all__ = ["notes", "prior_learning", "supervisors"]
