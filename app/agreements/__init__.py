"""Learning agreements: the learner writes one, learner, mentor and academic supervisor sign it."""
