"""What becomes of a better place that a learner can move up to, also when it can no longer be."""
