"""Pairs that people agree on or rule out: conflicts, and supervisors whom learners nominate."""
