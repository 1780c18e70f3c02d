"""A database of any size, filled with numbered people and made-up words, the same for the same size."""
