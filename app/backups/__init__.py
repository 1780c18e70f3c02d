"""Backing up the database and bringing a backup back."""
