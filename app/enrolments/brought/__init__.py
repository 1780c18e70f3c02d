"""What a learner brings along: awards of other universities, and the records of earlier placements that she shares."""
