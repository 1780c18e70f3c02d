"""Studies, the import of registry files, mentors and their openings."""
