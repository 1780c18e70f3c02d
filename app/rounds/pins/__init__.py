"""Pairings that a coordinator fixes before a run."""
