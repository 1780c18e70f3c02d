"""Rows of what a university decides about its learners."""
