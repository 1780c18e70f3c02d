"""A learner's way through programmes: enrolled, away, back, elsewhere; and what she was awarded before."""
