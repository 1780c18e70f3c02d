"""Signing in and out, and setting a password by a one-time link."""
