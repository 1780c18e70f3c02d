"""What stands around a session: who else was there, private notes, and what is said of the mentor at the end."""

from app.models.meetings import feedback, groups, planned, private_notes

__all__ = ["feedback", "groups", "planned", "private_notes"]
