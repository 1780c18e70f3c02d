"""Whom a round concerns, as several features ask it."""
