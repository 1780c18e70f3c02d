"""What is asked of hours: between which times, who verifies them, and how they stand to what is planned."""
