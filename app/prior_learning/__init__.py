"""Learners claim credit for what they have learnt before, and universities decide by what they have said."""
