"""What is asked and offered in the course of a placement, so that it can pause, end, or go on elsewhere."""

from app.models.course import changes_asked, next_places

__all__ = ["changes_asked", "next_places"]
