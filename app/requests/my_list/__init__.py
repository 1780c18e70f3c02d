"""The openings that fit a request, and the learner's own ranking of them."""
