"""Two-sided problems, where limits are laminar: dense, sparse and large assignments, solved with their duals."""
