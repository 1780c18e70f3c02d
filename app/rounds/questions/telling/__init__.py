"""Answers in the names of learners, mentors and studies, as pages show them."""
