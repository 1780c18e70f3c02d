"""What can be counted in a round: at once where it is small, else by a job that keeps the figures."""
