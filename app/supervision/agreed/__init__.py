"""What was agreed in sessions, and whether it is done."""
