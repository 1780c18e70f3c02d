"""A learner applies for a bursary: whether she can, why she should have it, and sending it."""
