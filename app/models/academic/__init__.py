"""What a university keeps about its learners beside their course: their way, who supervises them, notes about them."""

from app.models.academic import enrolment_steps, notes, prior_awards, record_shares, supervisors, way_asked

__all__ = ["enrolment_steps", "notes", "prior_awards", "record_shares", "supervisors", "way_asked"]
