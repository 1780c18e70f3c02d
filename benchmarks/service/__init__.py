"""Databases to measure the service on."""
