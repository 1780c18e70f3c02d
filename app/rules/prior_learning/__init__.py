"""What of prior learning counts: the rules of universities, what a claim may be granted, and what is recognised."""
