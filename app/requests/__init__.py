"""A learner's request for a placement: what interests her, what fits and her ranked list."""
