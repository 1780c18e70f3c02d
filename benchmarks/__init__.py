"""Measures what the README says about speed: our engine and its peers on the same instances."""
