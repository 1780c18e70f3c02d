"""Learning agreements: what their signatures cover, whose they are, what they lack, and the plan of hours in them."""
