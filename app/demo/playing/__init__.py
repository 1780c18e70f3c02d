"""Puts the demo world into a database and plays what its people did until today."""
