"""Capabilities in Practice: what a programme asks for, how far learners have come, and the evidence for it."""
