"""Who supervises which learner for a university, and what everybody of it reaches."""
