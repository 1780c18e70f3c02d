"""What the engine answers to questions about a run, as sentences."""
