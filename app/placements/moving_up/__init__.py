"""A learner who has a place is offered one that she ranked higher: she moves up, or keeps what she has."""
