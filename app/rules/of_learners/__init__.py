"""What a learner studies, and whether she has a place or starts soon without one, as several features ask it."""
