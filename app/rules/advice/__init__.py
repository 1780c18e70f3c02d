"""What would help a learner: one change, asked again through the rule that says what fits."""
