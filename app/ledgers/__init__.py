"""How far a learner is: credits, hours and capabilities beside each other, and a transcript to take away."""
