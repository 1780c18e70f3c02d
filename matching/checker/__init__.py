"""Checks a solution from the problem alone; shares no code with what solves."""
