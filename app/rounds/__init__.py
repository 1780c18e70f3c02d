"""Match rounds, their runs and their publication."""
