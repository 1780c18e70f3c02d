"""Programme leads name who supervises which learner; supervisors write them notes about their learners."""
