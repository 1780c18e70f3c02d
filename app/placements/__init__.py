"""Offers and what comes of them: placements, and the learner's record in them."""
