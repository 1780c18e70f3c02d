"""Solves the objective stages one after the other, component by component, and puts the solution together."""
