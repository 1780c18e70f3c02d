"""What a university keeps about its learners beside their course: who supervises them, notes, and boards of credit."""

from app.models.academic import boards, dissertations, notes, supervisors

__all__ = ["boards", "dissertations", "notes", "supervisors"]
