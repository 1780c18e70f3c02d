"""Learners propose a dissertation, academic supervisors agree to it, and everybody sees how far it is."""
