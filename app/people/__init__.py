"""A person's own account and profile."""
