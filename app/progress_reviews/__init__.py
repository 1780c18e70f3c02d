"""Progress reviews of placements: prepared by learner and mentor, written down when they meet, signed and read."""
