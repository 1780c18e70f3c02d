"""The plan of a round, which everybody whom it concerns can read, and the policy that is announced in it."""
