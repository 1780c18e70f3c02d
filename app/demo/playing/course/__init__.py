"""Plays what the people of the demo put on the record of their placements, before and while these run."""
