"""Hours are submitted by their learner, and verified or returned line by line by the mentor of the placement."""
