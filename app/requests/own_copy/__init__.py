"""A learner’s own copy of her request: to print and to download."""
