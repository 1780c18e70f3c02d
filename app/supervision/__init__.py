"""Supervision sessions of a placement."""
