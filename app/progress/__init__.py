"""What a university sees of its learners: credits, hours and sessions."""
