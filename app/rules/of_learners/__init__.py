"""What a learner studies and where she has a place already, as several features ask it."""
