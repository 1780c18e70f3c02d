"""What stands around a session: that it is planned, who else was there, and what its writer notes for herself."""

from app.models.meetings import groups, planned, private_notes

__all__ = ["groups", "planned", "private_notes"]
