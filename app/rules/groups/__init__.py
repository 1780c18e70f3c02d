"""Learners who come together: studies and mentors that take nobody, or a group of some size at least."""
