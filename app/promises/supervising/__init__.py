"""Who supervises a learner: named by itself, or with an enrolment."""
