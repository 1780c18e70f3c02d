"""What is said of one placement on its way."""
