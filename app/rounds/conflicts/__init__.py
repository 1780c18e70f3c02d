"""Pairs that no run of a round may form, as coordinators recorded them, and the exceptions that lift them."""
