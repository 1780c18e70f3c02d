"""The objective stages: one object for each, in a file of its own, and their registration."""
