"""What learner and mentor ask to change in a placement, and the learner's answer to a place to go on with."""
