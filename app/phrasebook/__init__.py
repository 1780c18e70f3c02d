"""The one place where facts of the rules and of the engine become words for learners, mentors and coordinators."""
