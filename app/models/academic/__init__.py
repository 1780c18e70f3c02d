"""What a university keeps about its learners beside their course: who supervises them, and notes about them."""

from app.models.academic import notes, supervisors

__all__ = ["notes", "supervisors"]
