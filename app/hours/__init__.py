"""Hours of learning of a placement."""
