"""What is said of programmes and their versions."""
