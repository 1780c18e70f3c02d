"""Anybody registers for updates by email and stops them again; an administrator writes and sends them."""
