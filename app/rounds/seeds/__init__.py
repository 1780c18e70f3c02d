"""The seed of a round's lottery, and the deed that draws another."""
