"""Mentors say again, before a round closes, that what they offer is still right."""
