"""Runs of a round side by side: what tells them apart, and who gets something else."""
